package modem

import (
	"strings"
	"testing"

	"rtty/baudot"
	"rtty/bench/corpus"
	"rtty/prior"
)

// overs gives the codes of so many overs of amateur contacts.
func overs(count int, usos bool, seed uint64) []baudot.Code {
	source, e := corpus.New(corpus.Ragchew, corpus.Test, seed), baudot.Encoder{USOS: usos}
	var codes []baudot.Code
	for range count {
		codes = e.AppendString(codes, source.Over())
	}
	return codes
}

// expecting is a receiver with the text prior.
func expecting() ReceiverConfig {
	return ReceiverConfig{Rate: 8000, AFC: true, Prior: prior.Default()}
}

// heardAt is what a receiver makes of codes in white noise.
func heardAt(t testing.TB, config ReceiverConfig, sent []baudot.Code, snr float64, seed uint64) []Char {
	t.Helper()
	samples := newSender(hamSignal(), config.Rate, seed).Key(sent, 0.5, 0.5)
	addNoise(samples, config.Rate, snr, seed)
	return receive(t, hamSignal(), config, samples, 1000)
}

func TestPriorReadsContactsBelowTheLimit(t *testing.T) {
	t.Parallel()
	sent := overs(2, true, 1)
	chars := heardAt(t, expecting(), sent, -13, 1)
	wrong := codeErrors(sent, codesOf(chars))
	if share := float64(wrong) / float64(len(sent)); share > 0.05 {
		t.Errorf("%d of %d codes wrong at -13 dB", wrong, len(sent))
	}
}

func TestTextThatNobodyExpectsLosesLittle(t *testing.T) {
	t.Parallel()
	plain := expecting()
	plain.Prior = nil
	with, without, total := 0, 0, 0
	for seed := range uint64(2) {
		e := baudot.Encoder{USOS: true}
		sent := e.AppendString(nil, corpus.New(corpus.Random, corpus.Test, seed).Over())
		with += codeErrors(sent, codesOf(heardAt(t, expecting(), sent, -9.5, seed)))
		without += codeErrors(sent, codesOf(heardAt(t, plain, sent, -9.5, seed)))
		total += len(sent)
	}
	if with > without+total/50 {
		t.Errorf("random groups: %d of %d codes wrong with the prior, %d without", with, total, without)
	}
}

func TestShiftHabitIsFoundOut(t *testing.T) {
	text := strings.Repeat("ALL OK 599 599 001 001 NR 73 14 22 5 10 15 TEMP 21 22 23 QTH 47 08 TNX\n", 3)
	none, err := prior.Named("none")
	if err != nil {
		t.Fatal(err)
	}
	for i, model := range []*prior.Model{prior.Default(), none, prior.Default(), none} {
		usos := i < 2
		e := baudot.Encoder{USOS: usos}
		sent := e.AppendString(nil, text)
		config := expecting()
		config.Prior = model
		samples := newSender(hamSignal(), config.Rate, 5).Key(sent, 0.5, 0.5)
		addNoise(samples, config.Rate, 5, 5)
		for _, told := range []bool{false, true} {
			sig := hamSignal()
			sig.USOS = told
			var read strings.Builder
			for _, c := range receive(t, sig, config, samples, 1000) {
				if c.Rune != 0 && c.Rune != '\r' {
					read.WriteRune(c.Rune)
				}
			}
			if got := read.String(); got != text {
				t.Errorf("model %d, unshift on space sent for: %v, set: %v: read %q", i, usos, told, got)
			}
		}
	}
}

func TestPriorDoesNotOverruleAStrongSignal(t *testing.T) {
	for _, c := range heardAt(t, expecting(), overs(1, true, 2), 10, 2) {
		if c.FromPrior {
			t.Errorf("the prior decided %q at 10 dB", c.Rune)
		}
	}
}

// Characters say how sure they are, and whose word it was.
func TestCharsKnowTheirDoubts(t *testing.T) {
	t.Parallel()
	sent := overs(2, true, 2)
	chars := heardAt(t, expecting(), sent, -16, 2)
	var p [2]float64
	var count [2]int // of wrong ones and right ones
	guessed := 0
	for i, right := range aligned(sent, codesOf(chars)) {
		c := chars[i]
		if c.P < 0 || c.P > 1 {
			t.Errorf("probability %g", c.P)
		}
		if c.FromPrior {
			guessed++
		}
		at := 0
		if right {
			at = 1
		}
		p[at] += c.P
		count[at]++
	}
	if guessed < len(chars)/20 {
		t.Errorf("the prior decided %d of %d characters", guessed, len(chars))
	}
	if count[0] < 10 {
		t.Fatalf("only %d of %d characters are wrong", count[0], len(chars))
	}
	if wrong, right := p[0]/float64(count[0]), p[1]/float64(count[1]); right < 0.9 || wrong > right-0.07 {
		t.Errorf("right characters have a mean probability of %.3f, wrong ones %.3f", right, wrong)
	}
}

// aligned tells which of the codes that were read belong to a cheapest
// alignment with those that were sent.
func aligned(sent, got []baudot.Code) []bool {
	cost := make([][]int, len(sent)+1)
	for i := range cost {
		cost[i] = make([]int, len(got)+1)
		for j := range cost[i] {
			switch {
			case i == 0 || j == 0:
				cost[i][j] = i + j
			case sent[i-1] == got[j-1]:
				cost[i][j] = cost[i-1][j-1]
			default:
				cost[i][j] = 1 + min(cost[i-1][j-1], cost[i-1][j], cost[i][j-1])
			}
		}
	}
	right := make([]bool, len(got))
	for i, j := len(sent), len(got); i > 0 && j > 0; {
		switch {
		case sent[i-1] == got[j-1]:
			i, j = i-1, j-1
			right[j] = true
		case cost[i][j] == cost[i-1][j-1]+1:
			i, j = i-1, j-1
		case cost[i][j] == cost[i-1][j]+1:
			i--
		default:
			j--
		}
	}
	return right
}

func TestReceiverAllocatesNothing(t *testing.T) {
	const block = 1000
	sent := overs(1, true, 3)
	samples := newSender(hamSignal(), 8000, 3).Key(sent, 0.5, 0)
	addNoise(samples, 8000, 0, 3)
	r, err := NewReceiver(hamSignal(), expecting())
	if err != nil {
		t.Fatal(err)
	}
	next := func() []float32 {
		head := samples[:block]
		samples = samples[block:]
		return head
	}
	for range 200 {
		r.Process(next())
	}
	if n := testing.AllocsPerRun(100, func() { r.Process(next()) }); n != 0 {
		t.Errorf("%g allocations per block", n)
	}
}
