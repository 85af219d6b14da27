package bench

import (
	"math"
	"math/cmplx"
	"math/rand/v2"
	"testing"

	"rtty/baudot"
	"rtty/bench/corpus"
	"rtty/hf"
	"rtty/modem"
)

func hamSignal(t testing.TB) modem.Signal {
	t.Helper()
	preset, err := modem.PresetNamed("ham")
	if err != nil {
		t.Fatal(err)
	}
	return preset.Signal(preset.Sideband)
}

func randomGroups(sig modem.Signal, seed uint64, overs int) []baudot.Code {
	text := corpus.New(corpus.Random, corpus.Test, seed)
	encoder := baudot.Encoder{Table: sig.Code, USOS: sig.USOS}
	var codes []baudot.Code
	for range overs {
		codes = encoder.AppendString(codes, text.Over())
	}
	return codes
}

// around is the idle around the codes of these tests.
var around = idle{before: 0.7, diddles: 6, after: 0.8}

func keyed(t *testing.T, s Sender, sig modem.Signal, codes []baudot.Code, seed uint64) []float32 {
	t.Helper()
	samples, err := s.key(sig, Rate, around, codes, rand.New(rand.NewPCG(seed, 1)))
	if err != nil {
		t.Fatal(err)
	}
	return samples
}

func TestSendersHaveTheirLevelAndLength(t *testing.T) {
	sig := hamSignal(t)
	codes := randomGroups(sig, 1, 1)
	for _, c := range []struct {
		sender Sender
		unit   float64 // units a character
	}{
		{Sender{}, 7.5},
		{Sender{Keying: FreeOscillators}, 7.5},
		{Sender{Keying: RandomPhase}, 7.5},
		{Sender{StopBits: 1}, 7},
		{Sender{BaudError: 0.02}, 7.5 / 1.02},
	} {
		samples := keyed(t, c.sender, sig, codes, 2)
		chars := float64(around.diddles + len(codes))
		want := around.before + chars*c.unit/sig.Baud + around.after
		if got := float64(len(samples)) / Rate; math.Abs(got-want) > 1.0/Rate {
			t.Errorf("%+v lasts %.5f s, want %.5f", c.sender, got, want)
		}
		if p := hf.KeyedPower(samples, Rate); math.Abs(p-keyedPower) > 0.005 {
			t.Errorf("%+v has power %.4f, want %g", c.sender, p, keyedPower)
		}
	}
	for _, k := range []Keying{Linear, Constant} {
		if p := hf.KeyedPower(keyed(t, Sender{Keying: k}, sig, codes, 2), Rate); math.Abs(p-keyedPower) > 0.02 {
			t.Errorf("%v has power %.4f, want %g", k, p, keyedPower)
		}
	}
}

// The phase of each unit's tone, counted from an oscillator of that frequency
// that runs from the beginning, tells the law.
func TestPhaseLaws(t *testing.T) {
	sig := hamSignal(t)
	codes := randomGroups(sig, 3, 1)
	for _, c := range []struct {
		keying      Keying
		free, joint float64 // how steady the phases are: length of their mean, 1 for always the same
	}{
		{FreeOscillators, 1, 0},
		{Ideal, 0, 1},
		{RandomPhase, 0, 0},
	} {
		samples := keyed(t, Sender{Keying: c.keying}, sig, codes, 4)
		var free, joint complex128
		marks, edges := 0, 0
		for _, e := range edgesOf(codes, sig, around.before) {
			before := tonePhase(samples, e.from, e.at-0.9/sig.Baud, e.at-0.1/sig.Baud)
			after := tonePhase(samples, e.to, e.at+0.1/sig.Baud, e.at+0.9/sig.Baud)
			if e.to == sig.Mark {
				free += after
				marks++
			}
			// Carried to the edge, the two are the same if the phase goes on.
			turn := cmplx.Exp(complex(0, 2*math.Pi*(e.to-e.from)*e.at))
			joint += after * turn * cmplx.Conj(before)
			edges++
		}
		if got := cmplx.Abs(free) / float64(marks); math.Abs(got-c.free) > 0.1 {
			t.Errorf("%v: marks keep their phase by %.2f, want %g", c.keying, got, c.free)
		}
		if got := real(joint) / float64(edges); math.Abs(got-c.joint) > 0.1 {
			t.Errorf("%v: phases go on over an edge by %.2f, want %g", c.keying, got, c.joint)
		}
	}
}

// An edge is a change of tone.
type edge struct {
	at       float64 // seconds
	from, to float64 // Hz
}

// edgesOf are the edges with a whole unit of one tone on both sides.
func edgesOf(codes []baudot.Code, sig modem.Signal, lead float64) []edge {
	var edges []edge
	unit := 1 / sig.Baud
	for i, c := range codes {
		at := lead + float64(around.diddles+i)*sig.CharSeconds()
		last := sig.Space
		for bit := range 5 {
			at += unit
			tone := sig.Mark
			if c>>bit&1 == 0 {
				tone = sig.Space
			}
			if tone != last {
				edges = append(edges, edge{at, last, tone})
			}
			last = tone
		}
	}
	return edges
}

// tonePhase is the phase, of length 1, of a tone at time 0 as the samples from
// a to b seconds show it.
func tonePhase(samples []float32, freq, a, b float64) complex128 {
	sum := correlate(samples, freq, a, b)
	return sum / complex(cmplx.Abs(sum), 0)
}

func correlate(samples []float32, freq, a, b float64) complex128 {
	turns := func(v float64) complex128 { return cmplx.Exp(complex(0, -2*math.Pi*freq*v/Rate)) }
	first := math.Ceil(a * Rate)
	var sum complex128
	oscillator, step := turns(first), turns(1)
	for i := int(first); float64(i) < b*Rate; i++ {
		sum += complex(float64(samples[i]), 0) * oscillator
		oscillator *= step
	}
	return sum
}

func TestTypistPausesAsOftenAndLongAsTold(t *testing.T) {
	typist := Typist{Chance: 0.7, Mean: 0.15}
	rng := rand.New(rand.NewPCG(1, 1))
	const n = 20000
	pauses, total := 0, 0.0
	for range n {
		if p := typist.pause(rng); p > 0 {
			pauses++
			total += p
		}
	}
	if share := float64(pauses) / n; math.Abs(share-0.7) > 0.02 {
		t.Errorf("pauses after %.3f of the characters", share)
	}
	if mean := total / float64(pauses); math.Abs(mean-0.15) > 0.005 {
		t.Errorf("pauses of %.4f s", mean)
	}
}

// A receiver that knows the place of every unit and decides by the stronger
// tone must have the error rate of the textbook: this holds sender, channel,
// and what SNR means together.
func TestUnitErrorsAreThoseOfTheory(t *testing.T) {
	sig := hamSignal(t)
	const snr = -11
	codes := randomGroups(sig, 5, 8)
	clean := keyed(t, Sender{}, sig, codes, 6)
	channel, err := hf.NewChannel(mustScenario("awgn").channel(sig, Rate, snr, 7))
	if err != nil {
		t.Fatal(err)
	}
	heard := channel.Flush(channel.Process(nil, clean))
	wrong, units := 0, 0
	for i, c := range codes {
		at := around.before + float64(around.diddles+i)*sig.CharSeconds()
		for bit := range 5 {
			from := at + float64(bit+1)/sig.Baud
			mark := cmplx.Abs(correlate(heard, sig.Mark, from, from+1/sig.Baud))
			space := cmplx.Abs(correlate(heard, sig.Space, from, from+1/sig.Baud))
			if (mark > space) != (c>>bit&1 == 1) {
				wrong++
			}
			units++
		}
	}
	want := 1 - math.Pow(1-TheoryAWGN.CER(EbN0(snr, sig.Baud)), 0.2)
	got := float64(wrong) / float64(units)
	// 20,000 units spread by 3 %, and tones 170 Hz apart are not quite orthogonal.
	if math.Abs(got-want) > 0.1*want {
		t.Errorf("%.4f of %d units are wrong, theory says %.4f", got, units, want)
	}
}
