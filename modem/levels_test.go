package modem

import (
	"math"
	"math/rand/v2"
	"testing"
)

// logBessel is the logarithm of I0 by its integral, of which the sum over a
// whole period is exact.
func logBessel(x float64) float64 {
	const points = 4000
	sum := 0.0
	for i := range points {
		sum += math.Exp(x * (math.Cos(2*math.Pi*float64(i)/points) - 1))
	}
	return x + math.Log(sum/points)
}

func TestLogI0(t *testing.T) {
	for x := 0.0; x < 2000; x = x*1.03 + 0.001 {
		if got, want := logI0(x), logBessel(x); math.Abs(got-want) > 5e-7 {
			t.Errorf("log I0(%g) = %.9f, want %.9f", x, got, want)
		}
	}
	for _, x := range []float64{math.Nextafter(3.75, 0), 3.75} {
		if got, want := logI0(x), logBessel(x); math.Abs(got-want) > 5e-7 {
			t.Errorf("log I0(%g) = %.9f, want %.9f", x, got, want)
		}
	}
}

func TestFastLog(t *testing.T) {
	for x := 1e-300; x < 1e300; x *= 1.0137 {
		if got, want := fastLog(x), math.Log(x); math.Abs(got-want) > 1e-7 {
			t.Fatalf("log %g = %.10f, want %.10f", x, got, want)
		}
	}
	for _, x := range []float64{1, 2, math.Sqrt2, math.Nextafter(math.Sqrt2, 2), math.Nextafter(1, 0), math.Nextafter(2, 0)} {
		if got, want := fastLog(x), math.Log(x); math.Abs(got-want) > 1e-7 {
			t.Errorf("log %g = %.10f, want %.10f", x, got, want)
		}
	}
}

func TestLogAdd(t *testing.T) {
	for _, a := range []float64{-700, -30, -1, 0, 0.5, 40, 700} {
		for d := -50.0; d <= 50; d += 3.7 {
			b := a + d
			want := a + math.Log(1+math.Exp(d))
			if got := logAdd(a, b); math.Abs(got-want) > 1e-12*(1+math.Abs(want)) {
				t.Errorf("logAdd(%g, %g) = %.15g, want %.15g", a, b, got, want)
			}
			if logAdd(a, b) != logAdd(b, a) {
				t.Errorf("logAdd(%g, %g) depends on the order", a, b)
			}
		}
		for _, far := range []float64{math.Inf(-1), a - 1e6} {
			if got := logAdd(a, far); got != a {
				t.Errorf("logAdd(%g, %g) = %g", a, far, got)
			}
		}
	}
}

// air makes the energies of one-unit windows: a tone of given energy, or none,
// in noise of energy 1.
type air struct{ rng *rand.Rand }

func newAir(seed uint64) air { return air{rand.New(rand.NewPCG(seed, 8))} }

func (a air) energy(signal float64) float64 {
	re := math.Sqrt(signal) + a.rng.NormFloat64()*math.Sqrt2/2
	im := a.rng.NormFloat64() * math.Sqrt2 / 2
	return re*re + im*im
}

// ratio is x over y in dB.
func ratio(x, y float64) float64 { return 10 * math.Log10(x/y) }

func TestLevelsFollowEachToneByItself(t *testing.T) {
	for _, c := range []struct{ mark, space float64 }{{10, 10}, {30, 5}, {4, 20}, {50, 50}} {
		l, a := newLevels(hamSignal()), newAir(1)
		signal := [2]float64{c.mark, c.space}
		var noise, mean [2]float64
		const settle, units = 500, 4000
		for i := range settle + units {
			sent := a.rng.IntN(2)
			var energy [2]float64
			energy[sent], energy[1-sent] = a.energy(signal[sent]), a.energy(0)
			l.Observe(energy[markTone], energy[spaceTone], 0.8)
			l.Unit(sent, energy[markTone], energy[spaceTone])
			for tone := range signal {
				if i >= settle {
					noise[tone] += l.Noise()[tone] / units
					mean[tone] += l.Mean()[tone] / units
				}
			}
		}
		for tone := range signal {
			if off := ratio(noise[tone], 1); math.Abs(off) > 0.7 {
				t.Errorf("%+v: noise of tone %d off by %+.2f dB", c, tone, off)
			}
			if off := ratio(mean[tone], signal[tone]); math.Abs(off) > 0.7 {
				t.Errorf("%+v: energy of tone %d off by %+.2f dB", c, tone, off)
			}
		}
		// A unit of 45.45 Bd in 2500 Hz: Eb/N0 less 17.4 dB.
		if got, want := l.SNR(45.45), 10*math.Log10((c.mark+c.space)/2*45.45/2500); math.Abs(got-want) > 1.5 {
			t.Errorf("%+v: SNR %.1f dB, want %.1f", c, got, want)
		}
	}
}

func TestNoiseThatIsReadAsTextIsStillNoise(t *testing.T) {
	// Whoever reads noise takes the stronger tone for the one that was sent.
	l, a := newLevels(hamSignal()), newAir(2)
	var noise float64
	const settle, units = 500, 4000
	for i := range settle + units {
		mark, space := a.energy(0), a.energy(0)
		l.Observe(mark, space, 0)
		sent := markTone
		if space > mark {
			sent = spaceTone
		}
		l.Unit(sent, mark, space)
		if i >= settle {
			noise += l.Noise()[markTone] / units
		}
	}
	if off := ratio(noise, 1); math.Abs(off) > 1 {
		t.Errorf("noise off by %+.2f dB", off)
	}
}

func TestChosenNoise(t *testing.T) {
	a := newAir(3)
	for _, signal := range []float64{0, 0.5, 1, 2, 4, 8, 20} {
		stronger, weaker := 0.0, 0.0
		const units = 100000
		for range units {
			on, off := a.energy(signal), a.energy(0)
			stronger += max(on, off) / units
			weaker += min(on, off) / units
		}
		if off := ratio(weaker/chosenNoise(stronger/weaker), 1); math.Abs(off) > 0.5 {
			t.Errorf("signal %g times the noise: noise off by %+.2f dB", signal, off)
		}
	}
}

func TestLevelsBeforeLockKnowNoiseAndSignal(t *testing.T) {
	const energy = 12.0
	l, a := newLevels(hamSignal()), newAir(4)
	for range 8 * 45 * 10 {
		on, off := a.energy(energy), a.energy(0)
		if a.rng.IntN(2) == 0 {
			on, off = off, on
		}
		l.Observe(on, off, 1)
	}
	for tone := range l.tone {
		if off := ratio(l.Noise()[tone], 1); math.Abs(off) > 1 {
			t.Errorf("noise of tone %d off by %+.2f dB", tone, off)
		}
		if off := ratio(l.Mean()[tone], energy); math.Abs(off) > 1 {
			t.Errorf("energy of tone %d off by %+.2f dB", tone, off)
		}
	}
}

func TestPresenceIsEvidence(t *testing.T) {
	// A likelihood ratio is above 0 on the average where it is true and below
	// where it isn't, also for a tone that has faded and for one that is gone.
	for _, fade := range []float64{1, 0.3, 0} {
		l, a := newLevels(hamSignal()), newAir(5)
		signal := [2]float64{15, 15 * fade}
		for range 3000 {
			sent := a.rng.IntN(2)
			var energy [2]float64
			energy[sent], energy[1-sent] = a.energy(signal[sent]), a.energy(0)
			l.Observe(energy[markTone], energy[spaceTone], 1)
			l.Unit(sent, energy[markTone], energy[spaceTone])
		}
		present, absent := 0.0, 0.0
		const looks = 2000
		for range looks {
			present += l.Present(markTone, a.energy(15)) / looks
			absent += l.Present(markTone, a.energy(0)) / looks
		}
		if present < 8 || absent > -1 {
			t.Errorf("space at %g: mark counts %.2f where it is, %.2f where it isn't", fade, present, absent)
		}
		if fade == 0 {
			continue
		}
		present, absent = 0, 0
		for range looks {
			present += l.Present(spaceTone, a.energy(15*fade)) / looks
			absent += l.Present(spaceTone, a.energy(0)) / looks
		}
		if present < 1 || absent > -0.5 {
			t.Errorf("space at %g counts %.2f where it is, %.2f where it isn't", fade, present, absent)
		}
	}
}
