package hf

import (
	"fmt"
	"math"
	"time"
)

// impulseFloor is the variance, over that of the noise, below which a decaying
// burst is over: −60 dB.
const impulseFloor = 1e-6

// Impulses are bursts of white noise on top of the steady noise: the clicks of
// an electric fence, the buzz of a power line (Periodic, 100 or 120 a second),
// or the static crashes of lightning (Decaying, some 100 ms long, a SpreadDB of
// about 6).
type Impulses struct {
	PerSecond float64       // mean number, up to 1000
	Length    time.Duration // of a burst, up to 10 s; of a decaying one the time in which its power falls to 1/e
	LevelDB   float64       // power of a burst over that of the noise, in the same bandwidth, dB; at its start if decaying
	SpreadDB  float64       // standard deviation of the level from burst to burst, dB, up to 20
	Periodic  bool          // at even distances, not at random times (a Poisson process)
	Decaying  bool          // exponentially, not with a sudden end
}

// Validate names the first part of b that is out of bounds.
func (b Impulses) Validate() error {
	switch {
	case !(b.PerSecond > 0 && b.PerSecond <= 1000):
		return fmt.Errorf("%g impulses per second: must be above 0 and up to 1000", b.PerSecond)
	case b.Length <= 0 || b.Length > 10*time.Second:
		return fmt.Errorf("impulse length %v: must be above 0 and up to 10s", b.Length)
	case !(b.LevelDB >= -100 && b.LevelDB <= 100):
		return fmt.Errorf("impulse level %g dB: must be -100 to 100", b.LevelDB)
	case !(b.SpreadDB >= 0 && b.SpreadDB <= 20):
		return fmt.Errorf("impulse level spread %g dB: must be 0 to 20", b.SpreadDB)
	}
	return nil
}

// impulseMaker adds the bursts to samples.
type impulseMaker struct {
	bursts   Impulses
	variance float64 // of a burst of the mean level
	floor    float64 // below which a burst is over
	period   float64 // mean distance of two bursts, samples
	length   int     // samples
	decay    float64 // of the variance from one sample to the next

	normal  *gaussian
	wait    float64 // samples until the next burst
	left    int     // samples of the present burst, if it does not decay
	present float64 // variance now
}

func newImpulseMaker(b Impulses, noise, rate float64, seed, index uint64) *impulseMaker {
	samples := b.Length.Seconds() * rate
	m := &impulseMaker{
		bursts:   b,
		variance: noise * powerRatio(b.LevelDB),
		floor:    noise * impulseFloor,
		period:   rate / b.PerSecond,
		length:   max(1, int(math.Round(samples))),
		decay:    math.Exp(-1 / samples),
		normal:   newGaussian(newStream(seed, impulseStream, index)),
	}
	m.wait = uniform(m.normal.bits) * m.period
	if !b.Periodic {
		m.wait = m.interval()
	}
	return m
}

func (m *impulseMaker) add(dst []float64) {
	for i := range dst {
		for m.wait <= 0 {
			m.begin()
			m.wait += m.interval()
		}
		m.wait--
		if m.present > 0 {
			dst[i] += math.Sqrt(m.present) * m.normal.next()
			m.age()
		}
	}
}

// interval is the time from one burst to the next in samples.
func (m *impulseMaker) interval() float64 {
	if m.bursts.Periodic {
		return m.period
	}
	return m.period * exponential(m.normal.bits)
}

// begin starts a burst. What is left of the one before adds its power if it
// decays, and is cut off if not.
func (m *impulseMaker) begin() {
	level := m.variance
	if m.bursts.SpreadDB > 0 {
		level *= powerRatio(m.bursts.SpreadDB * m.normal.next())
	}
	if m.bursts.Decaying {
		m.present += level
		return
	}
	m.present, m.left = level, m.length
}

// age passes one sample of the present burst.
func (m *impulseMaker) age() {
	if !m.bursts.Decaying {
		if m.left--; m.left == 0 {
			m.present = 0
		}
		return
	}
	if m.present *= m.decay; m.present < m.floor {
		m.present = 0
	}
}

// meanVariance is the mean power of the bursts, their pauses included.
func (m *impulseMaker) meanVariance() float64 {
	// The level is log-normal: its mean lies above its median.
	nepers := m.bursts.SpreadDB * math.Ln10 / 10
	level := m.variance * math.Exp(nepers*nepers/2)
	load := float64(m.length) / m.period
	switch {
	case m.bursts.Decaying:
		return level / (1 - m.decay) / m.period
	case m.bursts.Periodic:
		return level * min(1, load)
	}
	return level * (1 - math.Exp(-load)) // an overlap counts once
}
