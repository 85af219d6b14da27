package modem

import (
	"math"
	"math/rand/v2"
	"testing"
)

// hamTurn is what space gains on mark in a unit of 45.45 Bd and 170 Hz.
const hamTurn = 2 * math.Pi * 170 / 45.45

// correlators makes the correlations that a sender of some law gives, in noise
// of energy 1.
type correlators struct {
	law     phaseLaw
	energy  float64 // of a unit
	turn    float64 // by which space gains on mark in a unit
	detuned float64 // turn of both tones in a unit

	phase [2]float64
	last  int
	rng   *rand.Rand
}

func newCorrelators(law phaseLaw, energy float64, seed uint64) *correlators {
	rng := rand.New(rand.NewPCG(seed, 9))
	return &correlators{law: law, energy: energy, turn: hamTurn, last: markTone, rng: rng,
		phase: [2]float64{rng.Float64() * 2 * math.Pi, rng.Float64() * 2 * math.Pi}}
}

// send gives the correlation over so much of a unit of a tone.
func (c *correlators) send(tone int, units float64) heard {
	if c.law == anyPhase && tone != c.last {
		c.phase[tone] = c.rng.Float64() * 2 * math.Pi
	}
	sigma := math.Sqrt(units / 2)
	amplitude := units * math.Sqrt(c.energy)
	z := heard{
		re:    amplitude*math.Cos(c.phase[tone]) + sigma*c.rng.NormFloat64(),
		im:    amplitude*math.Sin(c.phase[tone]) + sigma*c.rng.NormFloat64(),
		noise: 1, mean: [2]float64{c.energy, c.energy},
	}
	if c.law == continuousPhase {
		if tone == markTone {
			c.phase[spaceTone] -= c.turn * units
		} else {
			c.phase[markTone] += c.turn * units
		}
	}
	for t := range c.phase {
		c.phase[t] += c.detuned * units
	}
	c.last = tone
	return z
}

// explain is how well a tracker explains frames of random text with stop
// elements of stop steps beyond the unit, of which the grid shows each now and
// then one more or less by up to slip.
func explain(k gainTracker, c *correlators, frames, stop, slip int) (llr float64) {
	g := unknown([2]float64{c.energy, c.energy})
	for range frames {
		code := c.rng.IntN(32)
		for unit := range frameUnits {
			tone := markTone
			if unit == 0 || unit < 6 && code>>(unit-1)&1 == 0 {
				tone = spaceTone
			}
			llr += k.unit(&g, tone, c.send(tone, 1))
		}
		shown := stop
		if slip > 0 {
			shown += c.rng.IntN(2*slip+1) - slip
		}
		if stop > 0 {
			z := c.send(markTone, float64(stop)/stepsPerUnit)
			z.re *= float64(shown) / float64(stop)
			z.im *= float64(shown) / float64(stop)
			llr += k.rest(&g, shown, z)
		}
	}
	return llr
}

func hamTracker(law phaseLaw, stop float64) gainTracker {
	k := gainTracker{law: law, steady: newSteadiness(0.9985), turning: new(turning)}
	k.turning.set(hamTurn, stop)
	return k
}

func TestTheTrueLawExplainsBest(t *testing.T) {
	const frames = 80
	for sent := range phaseLaws {
		for _, energy := range []float64{2, 4, 12} {
			for seed := range uint64(3) {
				var llr [phaseLaws]float64
				for law := range phaseLaws {
					llr[law] = explain(hamTracker(law, 4), newCorrelators(sent, energy, seed), frames, 4, 0)
				}
				for law := range phaseLaws {
					// The phase of a sender who keeps it can be ignored at a price; a
					// phase that is assumed and is not there costs dearly.
					if law != sent && llr[sent] < llr[law]+20 {
						t.Errorf("law %d sent at Eb/N0 %g, seed %d: %.1f for it, %.1f for law %d", sent, energy, seed, llr[sent], llr[law], law)
					}
				}
				if llr[sent] < 0 {
					t.Errorf("law %d sent at Eb/N0 %g, seed %d: %.1f nats worse than noise", sent, energy, seed, -llr[sent])
				}
			}
		}
	}
}

func TestNoiseIsExplainedByNoTone(t *testing.T) {
	for law := range phaseLaws {
		c := newCorrelators(anyPhase, 4, 1)
		g := unknown([2]float64{4, 4})
		k, llr := hamTracker(law, 4), 0.0
		for range 400 {
			z := heard{re: c.rng.NormFloat64() / math.Sqrt2, im: c.rng.NormFloat64() / math.Sqrt2, noise: 1, mean: [2]float64{4, 4}}
			llr += k.unit(&g, c.rng.IntN(2), z)
		}
		if llr > -20 {
			t.Errorf("law %d: noise is %.1f nats more likely as a tone", law, llr)
		}
	}
}

func TestMachinesStopElementKeepsThePhaseOnASlip(t *testing.T) {
	for _, stop := range []float64{0, 3.36, 4, 8} {
		k := hamTracker(continuousPhase, stop)
		want := math.Mod(-hamTurn*stop/stepsPerUnit, 2*math.Pi)
		for d := range k.turning.hops {
			h := &k.turning.hops[d]
			near := math.Abs(float64(d)-stop) <= 1
			turned := want
			if !near {
				turned = -hamTurn * float64(d) / stepsPerUnit
			}
			if off := math.Abs(math.Remainder(math.Atan2(h.sin, h.cos)-turned, 2*math.Pi)); off > 1e-9 {
				t.Errorf("stop of %g steps, %d shown: turn off by %.3f", stop, d, off)
			}
			if near != (h.keep == 1) || h.keep < 0.5 {
				t.Errorf("stop of %g steps, %d shown: keeps %.3f", stop, d, h.keep)
			}
		}
	}
	exact := explain(hamTracker(continuousPhase, 4), newCorrelators(continuousPhase, 4, 1), 100, 4, 0)
	slips := explain(hamTracker(continuousPhase, 4), newCorrelators(continuousPhase, 4, 1), 100, 4, 1)
	handed := explain(hamTracker(continuousPhase, 8), newCorrelators(continuousPhase, 4, 1), 100, 4, 1)
	if slips < 0.8*exact {
		t.Errorf("%.1f nats where the grid slips, %.1f where it does not", slips, exact)
	}
	if handed > slips-50 {
		t.Errorf("%.1f nats with a wrong stop element, %.1f with the right one", handed, slips)
	}
}

func TestDriftExplainsWhoIsOffTune(t *testing.T) {
	const off = 2 * math.Pi * detuning
	for _, detuned := range []float64{-off, 0, off} {
		var llr [3]float64
		turns := [3]float64{-off, 0, off}
		for i, turn := range turns {
			c := newCorrelators(continuousPhase, 6, 2)
			c.detuned = detuned
			k := hamTracker(continuousPhase, 4)
			if turn != 0 {
				k.drift = newDrift(turn)
			}
			llr[i] = explain(k, c, 120, 4, 0)
		}
		for i, turn := range turns {
			right := llr[int(math.Round(detuned/off))+1]
			if turn != detuned && right < llr[i]+20 {
				t.Errorf("off by %+.3f: %.1f nats for it, %.1f for %+.3f", detuned, right, llr[i], turn)
			}
		}
	}
}

func TestGainIsLearntAndForgotten(t *testing.T) {
	const energy = 20.0
	for law := range phaseLaws {
		k := hamTracker(law, 4)
		c := newCorrelators(law, energy, 3)
		g := unknown([2]float64{energy, energy})
		for range 30 {
			k.unit(&g, markTone, c.send(markTone, 1))
		}
		own := g[markTone]
		if off := math.Hypot(own.re-math.Sqrt(energy)*math.Cos(c.phase[markTone]), own.im-math.Sqrt(energy)*math.Sin(c.phase[markTone])); off > 0.8 {
			t.Errorf("law %d: gain off by %.2f", law, off)
		}
		if own.variance > 0.1*energy {
			t.Errorf("law %d: variance %.2f after thirty units", law, own.variance)
		}
		if g[spaceTone].variance < 0.9*energy {
			t.Errorf("law %d: the tone that was not heard has variance %.2f", law, g[spaceTone].variance)
		}
		for range 3000 {
			g[markTone].fade(k.steady.rho, k.steady.decay, energy)
		}
		if math.Abs(g[markTone].variance-energy) > 0.1 || g[markTone].power() > 0.1 {
			t.Errorf("law %d: %+v long after the last unit", law, g[markTone])
		}
	}
}

func TestOverlapGivesBackWhatItCountedTwice(t *testing.T) {
	k := hamTracker(continuousPhase, 0)
	c := newCorrelators(continuousPhase, 9, 4)
	g := unknown([2]float64{9, 9})
	for range 20 {
		k.unit(&g, markTone, c.send(markTone, 1))
	}
	z := c.send(markTone, 1.0/stepsPerUnit)
	once := g[markTone]
	counted := observe(&once, z, 1.0/stepsPerUnit)
	if back := k.rest(&g, -1, z); counted <= 0 || back != -counted {
		t.Errorf("a step that made %.3f nats gives back %.3f", counted, back)
	}
}
