package modem

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"rtty/prior"
)

func TestHypothesesAreTheBestOfTheirKind(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for range 2000 {
		width, kinds := 1+rng.IntN(beamWidth), 1+rng.IntN(20)
		var h hypotheses
		best := map[uint16]float64{}
		for range rng.IntN(60) {
			t := token{score: rng.NormFloat64(), recent: uint16(rng.IntN(kinds))}
			h.offer(&t, width)
			if old, ok := best[t.recent]; !ok || t.score > old {
				best[t.recent] = t.score
			}
		}
		var want []token
		for recent, score := range best {
			want = append(want, token{score: score, recent: recent})
		}
		slices.SortFunc(want, func(a, b token) int {
			if a.score > b.score {
				return -1
			}
			return 1
		})
		want = want[:min(width, len(want))]
		if got := h.list[:h.count]; !slices.Equal(got, want) {
			t.Fatalf("width %d: kept %v, want %v", width, got, want)
		}
	}
}

func TestEqualHypothesesStayInOrder(t *testing.T) {
	var h hypotheses
	for i := range uint16(6) {
		h.offer(&token{score: 1, recent: i}, 3)
	}
	for i := range h.count {
		if h.list[i].recent != uint16(i) {
			t.Errorf("place %d has number %d of six alike", i, h.list[i].recent)
		}
	}
}

// Tokens share letters in a ring that is written over and over. No reader may
// come upon a letter that has been.
func TestTextIsReadBeforeItIsWrittenOver(t *testing.T) {
	const rate, seconds = 8000, 60
	noise := make([]float32, seconds*rate)
	addNoise(noise, rate, 0, 1)
	weak := newSender(hamSignal(), rate, 1).Key(randomCodes(330, 1), 1, 1)
	addNoise(weak, rate, -16, 1)
	for name, c := range map[string]struct {
		samples []float32
		squelch float64
	}{
		"noise taken for text": {noise, SquelchOff},
		"a weak signal":        {weak, 0},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := NewReceiver(hamSignal(), ReceiverConfig{Rate: rate, Squelch: c.squelch})
			if err != nil {
				t.Fatal(err)
			}
			checkReading(t, r, c.samples)
		})
	}
}

// checkReading lets r hear samples and looks at all that it could read after
// each block, until the ring has been written over three times.
func checkReading(t *testing.T, r *Receiver, samples []float32) {
	t.Helper()
	const block = 400
	wraps, last := 0, int32(0)
	for ; wraps < 3 && len(samples) >= block && !t.Failed(); samples = samples[block:] {
		r.Process(samples[:block])
		b, now := r.jury.Beam(), r.lattice.step-1
		if b.next < last {
			wraps++
		}
		last = b.next
		for _, c := range b.candidates(nil, now, new([frameSteps + 1]float64)) {
			checkText(t, b, c.letter, now)
		}
	}
	if wraps < 3 {
		t.Errorf("the ring was written over only %d times", wraps)
	}
}

// checkText follows a text back as far as any reader does: to the first letter
// before what is not yet final.
func checkText(t *testing.T, b *beam, at int32, now int64) {
	t.Helper()
	const notFinal = (finalAfterUnits+frameUnits)*stepsPerUnit + 2*slack
	for before := now + 1; at >= 0; at = b.arena[at].before {
		l := &b.arena[at]
		if l.begin+frameSteps+minGap > before {
			t.Errorf("step %d: a letter that begins at %d is followed by one at %d", now, l.begin, before)
			return
		}
		if before = l.begin; before < now-notFinal {
			return
		}
	}
}

func TestExpectationsAreProbabilities(t *testing.T) {
	b := newBeam(newLattice(hamStep), prior.Default())
	first := b.expect(-1)
	if !first.known || first != b.expect(-1) {
		t.Error("what is expected of the first letter is not kept")
	}
	b.arena[0] = letter{before: -1, code: 31}
	b.arena[1] = letter{before: 0, code: 4}
	for _, x := range []*expectation{first, b.expect(1), b.expect(0)} {
		sum := 0.0
		for _, v := range x.logs {
			sum += math.Exp(float64(v)/logScale) / 32
		}
		if sum < 0.999 || sum > 1.001 {
			t.Errorf("probabilities make %.4f", sum)
		}
	}
}
