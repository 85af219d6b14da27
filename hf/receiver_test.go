package hf

import (
	"math"
	"math/cmplx"
	"testing"
	"time"
)

func TestPassbandPassesAndStops(t *testing.T) {
	const n, settle = 8000, 500
	for _, c := range []struct {
		band   Passband
		hz     float64
		lo, hi float64 // dB
	}{
		{Passband{300, 2700}, 355, -0.05, 0.05},
		{Passband{300, 2700}, 1500, -0.05, 0.05},
		{Passband{300, 2700}, 2645, -0.05, 0.05},
		{Passband{300, 2700}, 300, -6.3, -5.7},
		{Passband{300, 2700}, 2700, -6.3, -5.7},
		{Passband{300, 2700}, 248, -300, -68},
		{Passband{300, 2700}, 2752, -300, -68},
		{Passband{300, 2700}, 3900, -300, -68},
		{Passband{0, 1000}, 20, -0.05, 0.05},
		{Passband{0, 1000}, 1052, -300, -68},
	} {
		y := through(t, Config{Rate: rate, Passband: c.band}, sine(n, c.hz, rate))[settle : n-settle]
		if got := 2 * decibels(cmplx.Abs(phasor(y, c.hz, rate, 0))); got < c.lo || got > c.hi {
			t.Errorf("%+v: gain at %g Hz %.2f dB, want %g to %g", c.band, c.hz, got, c.lo, c.hi)
		}
	}
}

func TestAGCBringsPeaksToTheSignalWithoutFading(t *testing.T) {
	for _, amplitude := range []float32{0.01, 0.3, 1, 20} {
		x := sine(4*rate, 1500, rate)
		for i := range x {
			x[i] *= amplitude
		}
		y := through(t, Config{Rate: rate, SignalPower: 0.5, AGC: &AGC{Decay: 200 * time.Millisecond}}, x)
		if got := decibels(power(y[3*rate:]) / 0.5); math.Abs(got) > 1 {
			t.Errorf("amplitude %g comes out at %.2f dB, want 0", amplitude, got)
		}
	}
}

func TestAGCHasAMostGain(t *testing.T) {
	x := sine(4*rate, 1500, rate)
	for i := range x {
		x[i] *= 1e-3
	}
	y := through(t, Config{Rate: rate, SignalPower: 0.5, AGC: &AGC{MaxDB: 20, Decay: 100 * time.Millisecond}}, x)
	if got := decibels(power(y[3*rate:]) / 0.5); math.Abs(got+40) > 0.1 {
		t.Errorf("60 dB too little and 20 dB of gain at most give %.2f dB", got)
	}
}

func TestAGCPumps(t *testing.T) {
	// A burst 30 dB above the signal, and the signal again.
	x := sine(3*rate, 1500, rate)
	for i := rate; i < rate+rate/10; i++ {
		x[i] *= 31.6
	}
	y := through(t, Config{Rate: rate, SignalPower: 0.5, AGC: &AGC{Decay: 300 * time.Millisecond}}, x)
	level := func(seconds float64) float64 {
		at := int(seconds * rate)
		return decibels(power(y[at:at+80]) / 0.5)
	}
	if before, after := level(0.9), level(1.11); before < -1 || after > before-25 {
		t.Errorf("%.1f dB before the burst and %.1f after it", before, after)
	}
	// A peak that falls by 30 dB takes ln(31.6) time constants to get down.
	if soon, late := level(1.4), level(2.9); soon > -15 || late < -1.5 {
		t.Errorf("%.1f dB after a time constant and %.1f after six", soon, late)
	}
}

func TestClipCutsAtItsLevel(t *testing.T) {
	x := sine(rate, 1000, rate)
	for _, over := range []float64{-6, 0, 2} {
		y := through(t, Config{Rate: rate, SignalPower: 0.5, Clip: &Clip{over}}, x)
		want := math.Sqrt(0.5) * math.Pow(10, over/20)
		for i := range y {
			cut := max(-want, min(want, float64(x[i])))
			if math.Abs(float64(y[i])-cut) > 1e-6 {
				t.Fatalf("clip %g dB over: sample %d is %g, want %g", over, i, y[i], cut)
			}
		}
	}
}
