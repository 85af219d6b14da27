package modem

import "math"

// Looking ahead.
const (
	aheadSeconds    = 1.0 // by which noise and tuning are heard before the text is read
	aheadFinalUnits = 24  // text is settled that long after its stop unit, units: while the beams remember it
	aroundWindows   = 20  // of the noise gauge, to either side of the moment
	leastStep       = 8.0 // nats by which a step of the noise must be likelier than none
)

// Text that is looked at every half unit must be final before it is forgotten.
const _ = uint(recall - (aheadFinalUnits+frameUnits)*stepsPerUnit - stepsPerUnit/2)

// backlog holds the baseband back from what reads it, while gauge and search
// have heard it already.
type backlog struct {
	re, im []float64
	next   int
	full   bool
}

func newBacklog(samples int) backlog {
	return backlog{re: make([]float64, samples), im: make([]float64, samples)}
}

// Push takes the newest sample and gives the oldest, once it is full.
func (b *backlog) Push(re, im float64) (oldRe, oldIm float64, full bool) {
	if len(b.re) == 0 {
		return re, im, true
	}
	oldRe, oldIm, full = b.re[b.next], b.im[b.next], b.full
	b.re[b.next], b.im[b.next] = re, im
	if b.next++; b.next == len(b.re) {
		b.next, b.full = 0, true
	}
	return oldRe, oldIm, full
}

func (b *backlog) Reset() { b.next, b.full = 0, false }

// LookAhead lets the gauge be asked for noise of which it has heard what comes
// after it too, by so many samples.
func (g *noiseGauge) LookAhead(samples int) {
	g.either = int64(max(1, min(samples/g.window-2, aroundWindows)))
}

// around is the noise in a window: what the windows to both sides of it tell,
// but those beyond a step of the level. So noise that rises when a radio's gain
// recovers counts from there on, and the signal before is not held to be weak.
func (g *noiseGauge) around(window int64) float64 {
	window = max(0, min(window, g.seen-1))
	from, to := max(0, window-g.either), min(g.seen, window+g.either+1)
	if to <= from {
		return 0
	}
	if step := g.step(from, to); step > window {
		to = step
	} else if step > 0 {
		from = step
	}
	mean := g.sum(from, to)
	for side := range mean {
		mean[side] /= float64(to - from)
	}
	return allowance(float64(to-from)) * g.quietest(mean)
}

// step is the window from which on the level is likeliest to be another, of
// those in a stretch, or −1 if it is likelier to stay. Energies of noise are
// exponentially distributed: where n of them have the mean m, the logarithm of
// their likelihood is −n·ln m, but for a constant.
func (g *noiseGauge) step(from, to int64) int64 {
	total, n := g.sum(from, to), float64(to-from)
	var before [gaugeSides]float64
	best, at := leastStep, int64(-1)
	for w := from + 1; w < to; w++ {
		m := float64(w - from)
		gain := 0.0
		for side, probes := range g.onSide {
			before[side] += g.last[(w-1)&(gaugeKept-1)][side]
			if probes > 0 && total[side] > 0 {
				after := total[side] - before[side]
				gain += probes * (n*logMean(total[side], n) - m*logMean(before[side], m) - (n-m)*logMean(after, n-m))
			}
		}
		if gain > best {
			best, at = gain, w
		}
	}
	return at
}

// logMean is the logarithm of a mean, of digital silence too.
func logMean(sum, n float64) float64 { return math.Log(max(sum/n, 1e-30)) }

func (g *noiseGauge) sum(from, to int64) (sum [gaugeSides]float64) {
	for w := from; w < to; w++ {
		for side, e := range g.last[w&(gaugeKept-1)] {
			sum[side] += e
		}
	}
	return sum
}
