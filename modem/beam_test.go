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

// Tokens share letters in a ring that is written over and over. Nobody may come
// upon a letter that is newer than the one it is read after.
func TestTextNeverLoops(t *testing.T) {
	const rate, block, mostSeconds = 8000, 800, 60
	samples := make([]float32, mostSeconds*rate)
	addNoise(samples, rate, 0, 1)
	r, err := NewReceiver(hamSignal(), ReceiverConfig{Rate: rate, Squelch: SquelchOff})
	if err != nil {
		t.Fatal(err)
	}
	wraps, last := 0, int32(0)
	for ; wraps < 2 && len(samples) > 0; samples = samples[block:] {
		r.Process(samples[:block])
		b := r.jury.Beam()
		if b.next < last {
			wraps++
		}
		last = b.next
		checkTexts(t, b, r.lattice.step-1)
		if t.Failed() {
			return
		}
	}
	if wraps < 2 {
		t.Errorf("the ring was written over %d times in %d s of noise", wraps, mostSeconds)
	}
}

// checkTexts follows every token's text.
func checkTexts(t *testing.T, b *beam, now int64) {
	t.Helper()
	for step := now; step >= 0 && step > now-beamSteps; step-- {
		ends, rests := b.end(step), b.rest(step)
		for i := range ends.count {
			checkText(t, b, ends.list[i].letter, step)
		}
		for i := range rests.count {
			checkText(t, b, rests.list[i].letter, step)
		}
		checkText(t, b, b.quiet(step).letter, step)
	}
}

// checkText follows a text back as far as anyone may.
func checkText(t *testing.T, b *beam, at int32, step int64) {
	t.Helper()
	before := step + 1
	for at >= 0 {
		l := &b.arena[at]
		if l.begin+frameSteps+minGap > before {
			t.Errorf("step %d: a letter that begins at %d is followed by one at %d", step, l.begin, before)
			return
		}
		if l.begin < step-recall {
			return
		}
		before, at = l.begin, l.before
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
