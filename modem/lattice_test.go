package modem

import (
	"math"
	"math/rand/v2"
	"testing"

	"rtty/baudot"
)

// keyedSteps gives, for each step, how much of it is mark: codes with the given
// stop element after a rest of lead units. ends are the times, in steps, at
// which one unit of each stop element has been sent.
func keyedSteps(codes []baudot.Code, stop, lead, tail float64) (mark []float64, ends []float64) {
	now := 0.0
	add := func(units, level float64) {
		for left := units * stepsPerUnit; left > 1e-9; {
			step := int(now + 1e-9)
			n := min(left, float64(step+1)-now)
			if step == len(mark) {
				mark = append(mark, 0)
			}
			mark[step] += n * level
			now += n
			left -= n
		}
	}
	add(lead, 1)
	for _, c := range codes {
		add(1, 0)
		for bit := range 5 {
			add(1, float64(c>>bit&1))
		}
		ends = append(ends, now+stepsPerUnit)
		add(stop, 1)
	}
	add(tail, 1)
	return mark, ends
}

// playTo gives a lattice the evidence of clean windows, step by step.
func playTo(l *lattice, mark []float64, each func(step int64)) {
	const present, absent = 16.0, -6.0
	for i := range mark {
		share := 0.0
		for _, m := range mark[max(0, i-stepsPerUnit+1) : i+1] {
			share += m / stepsPerUnit
		}
		evidence := func(share float64) float64 { return absent + (present-absent)*share*share }
		l.Step(evidence(share), evidence(1-share))
		if each != nil {
			each(int64(i))
		}
	}
}

const hamStep = 1 / 45.45 / stepsPerUnit // seconds

func TestLatticeFindsEveryFrame(t *testing.T) {
	for _, stop := range []float64{1, 1.42, 1.5, 2} {
		l := newLattice(hamStep)
		mark, ends := keyedSteps(randomCodes(60, 1), stop, 5, 5)
		var open []float64 // ends of the frames that the beams would look at
		playTo(l, mark, func(step int64) {
			if *l.at(frameEnd, step) > l.BestSignal()-latticeMargin {
				open = append(open, float64(step+1))
			}
		})
		nearest := func(list []float64, at float64) float64 {
			best := math.Inf(1)
			for _, x := range list {
				best = min(best, math.Abs(x-at))
			}
			return best
		}
		for i, end := range ends {
			if nearest(open, end) > 0.75 {
				t.Errorf("stop %g: frame %d, which ends at step %.1f, is not looked at", stop, i, end)
			}
		}
		for _, at := range open {
			if nearest(ends, at) > stepsPerUnit/2 {
				t.Errorf("stop %g: a frame is looked for that ends at step %.0f", stop, at)
			}
		}
	}
}

func TestLatticeKnowsARestFromAFrame(t *testing.T) {
	l := newLattice(hamStep)
	mark, _ := keyedSteps(nil, 1, 60, 0)
	playTo(l, mark, nil)
	now := l.step - 1
	if rest, end, quiet := *l.at(resting, now), *l.at(frameEnd, now), *l.at(silent, now); rest < end+20 || rest < quiet+5 {
		t.Errorf("after sixty units of mark: resting %.1f, end of a frame %.1f, silent %.1f", rest, end, quiet)
	}
}

func TestSilenceWinsWhereNothingIsHeard(t *testing.T) {
	for _, evidence := range []float64{-0.05, -1, -30} {
		l := newLattice(hamStep)
		for range 3000 {
			l.Step(evidence, evidence)
		}
		if quiet, signal := *l.at(silent, l.step-1), l.BestSignal(); quiet < signal+callEvidence {
			t.Errorf("evidence of %g: silence %.1f, signal %.1f", evidence, quiet, signal)
		}
	}
}

func TestSignalEndsInSilence(t *testing.T) {
	l := newLattice(hamStep)
	mark, _ := keyedSteps(randomCodes(10, 2), 1.5, 3, 0)
	playTo(l, mark, nil)
	if quiet, signal := *l.at(silent, l.step-1), l.BestSignal(); signal < quiet {
		t.Fatalf("silence %.1f, signal %.1f while there is one", quiet, signal)
	}
	for range 20 * stepsPerUnit {
		l.Step(-4, -4)
	}
	if quiet, signal := *l.at(silent, l.step-1), l.BestSignal(); quiet < signal {
		t.Errorf("silence %.1f, signal %.1f twenty units after the end", quiet, signal)
	}
}

func TestWithoutSquelchThereIsNoSilence(t *testing.T) {
	l := newLattice(hamStep)
	l.alwaysOn = true
	for range 1000 {
		l.Step(-2, -2)
	}
	if quiet := *l.at(silent, l.step-1); !math.IsInf(quiet, -1) {
		t.Errorf("silence %g with the squelch open", quiet)
	}
}

func TestStopElementIsLearnt(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, stop := range []float64{1, 1.42, 1.5, 2} {
		for _, jitter := range []float64{0, 0.4} {
			l := newLattice(hamStep)
			at, last := 0.0, int64(0)
			for range 300 {
				at += (stop - 1) * stepsPerUnit
				begin := int64(math.Round(at + jitter*rng.NormFloat64()))
				l.Saw(begin - last)
				last = begin
				// The grid is measured from the frame that was found.
				at -= float64(begin)
				last -= begin
			}
			if got := l.StopUnits(); math.Abs(got-stop) > 0.06 {
				t.Errorf("stop of %g units, jitter of %g steps: learnt %.3f", stop, jitter, got)
			}
			if usual, odd := l.gap(int64(math.Round((stop-1)*stepsPerUnit))), l.gap(2); stop != 1.42 && usual < odd+1 {
				t.Errorf("stop of %g units: expected %.2f, another %.2f", stop, usual, odd)
			}
		}
	}
}

func TestGapsAreProbabilities(t *testing.T) {
	l := newLattice(hamStep)
	for _, seen := range []int64{minGap - 1, minGap, 4, 4, maxGap, maxGap + 1, 1000} {
		l.Saw(seen)
		sum := 0.0
		for d := int64(minGap); d <= maxGap; d++ {
			sum += math.Exp(l.gap(d))
		}
		if math.Abs(sum-gapShare) > 1e-9 {
			t.Errorf("after a gap of %d steps the gaps make %.6f, want %g", seen, sum, gapShare)
		}
	}
}

func TestSettlingChangesNoDifference(t *testing.T) {
	a, b := newLattice(hamStep), newLattice(hamStep)
	mark, _ := keyedSteps(randomCodes(40, 3), 1.5, 3, 10)
	playTo(a, mark, nil)
	playTo(b, mark, func(step int64) {
		if step%97 == 96 {
			b.Settle()
		}
	})
	now := a.step - 1
	base := *a.at(resting, now) - *b.at(resting, now)
	if base < 100 {
		t.Fatalf("settling took %.1f nats off", base)
	}
	for kind := range nodeKinds {
		for step := now - 200; step <= now; step++ {
			x, y := *a.at(kind, step), *b.at(kind, step)
			if math.IsInf(x, -1) && math.IsInf(y, -1) {
				continue
			}
			if math.Abs(x-y-base) > 1e-6 {
				t.Fatalf("kind %d, step %d: %.6f and %.6f, %.6f apart at the end", kind, step, x, y, base)
			}
		}
	}
	if math.Abs(a.BestSignal()-b.BestSignal()-base) > 1e-6 {
		t.Errorf("best signal %.6f and %.6f", a.BestSignal(), b.BestSignal())
	}
}
