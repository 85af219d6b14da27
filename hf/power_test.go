package hf

import (
	"math"
	"testing"
)

func TestKeyedPowerLooksPastPausesAndClicks(t *testing.T) {
	const seconds = 60
	noise := newGaussian(newStream(1, noiseStream, 0))
	for _, c := range []struct {
		name  string
		keyed func(second float64) bool
		floor float64 // amplitude of noise all the time
		click bool
		bound float64 // dB
	}{
		{"always keyed", func(float64) bool { return true }, 0, false, 0.001},
		{"half the time", func(s float64) bool { return math.Mod(s, 4) < 2 }, 0, false, 0.01},
		{"once for a second and a half", func(s float64) bool { return s > 20.005 && s < 21.507 }, 0, false, 0.05},
		{"short overs out of step with the frames", func(s float64) bool { return math.Mod(s, 1.2345) < 0.5 }, 0, false, 0.1},
		{"with a click", func(s float64) bool { return s > 20 && s < 30 }, 0, true, 0.1},
		{"over a noise 40 dB below", func(s float64) bool { return s > 20 && s < 22 }, 0.007, false, 0.05},
	} {
		x := sine(seconds*rate, 1500, rate)
		for i := range x {
			if !c.keyed(float64(i) / rate) {
				x[i] = 0
			}
			x[i] += float32(c.floor * noise.next())
		}
		if c.click {
			x[5*rate] = 20
		}
		if got := decibels(KeyedPower(x, rate) / 0.5); math.Abs(got) > c.bound {
			t.Errorf("%s: %.3f dB, want 0", c.name, got)
		}
	}
}

func TestKeyedPowerOfAnyLevel(t *testing.T) {
	x := sine(rate, 1500, rate)
	for _, db := range []float64{-120, -60, 0, 90} {
		y := make([]float32, len(x))
		for i := range x {
			y[i] = x[i] * float32(math.Pow(10, db/20))
		}
		if got := decibels(KeyedPower(y, rate) / 0.5); math.Abs(got-db) > 0.01 {
			t.Errorf("level %g dB measured as %.3f", db, got)
		}
	}
}

func TestKeyedPowerOfLittleOrNothing(t *testing.T) {
	if got := KeyedPower(nil, rate); got != 0 {
		t.Errorf("no samples have power %g", got)
	}
	if got := KeyedPower(make([]float32, 1000), rate); got != 0 {
		t.Errorf("silence has power %g", got)
	}
	if got := KeyedPower([]float32{1, -1, 1}, rate); got != 1 {
		t.Errorf("three samples of 1 have power %g", got)
	}
}

func TestPowerMeterIsTheSameHoweverTheStreamIsCut(t *testing.T) {
	x := sine(9999, 1500, rate)
	want := KeyedPower(x, rate)
	m := NewPowerMeter(rate)
	for at := 0; at < len(x); at += 7 {
		m.Add(x[at:min(at+7, len(x))])
	}
	if got := m.KeyedPower(); got != want {
		t.Errorf("%g in pieces, %g at once", got, want)
	}
}
