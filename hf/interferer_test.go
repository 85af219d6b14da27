package hf

import (
	"math"
	"math/cmplx"
	"testing"
	"time"
)

func TestInterfererHasItsLevelAndPlace(t *testing.T) {
	const n, settle = 20000, 500
	x := sine(n, 1500, rate)
	for _, v := range []struct {
		level, offset float64
	}{{0, 0}, {-10, 0}, {6, 300}, {-3, -400}} {
		source := sine(n, 900, rate)
		for i := range source {
			source[i] *= 0.1
		}
		y := through(t, Config{Rate: rate, SignalPower: 0.5, Interferers: []Interferer{
			{Source: Samples(source), Power: 0.005, LevelDB: v.level, Offset: v.offset},
		}}, x)[settle : n-settle]
		got := 2 * decibels(cmplx.Abs(phasor(y, 900+v.offset, rate, 0)))
		if math.Abs(got-v.level) > 0.05 {
			t.Errorf("%+v: %.2f dB over the signal", v, got)
		}
		if wanted := cmplx.Abs(phasor(y, 1500, rate, 0)); math.Abs(wanted-1) > 0.01 {
			t.Errorf("%+v: the wanted signal has amplitude %.3f", v, wanted)
		}
	}
}

func TestInterfererStartsWithTheSignalAndMayEnd(t *testing.T) {
	x := make([]float32, 6000)
	source := sine(2000, 900, rate)
	for _, c := range []Config{
		{Rate: rate, SignalPower: 1, Interferers: []Interferer{{Source: Samples(source), Power: 1}}},
		{Rate: rate, SignalPower: 1, Interferers: []Interferer{{Source: Samples(source), Power: 1, Offset: 1e-9}}},
		{Rate: rate, SignalPower: 1, Interferers: []Interferer{{Source: Samples(source), Power: 1}}, Offset: 5, Passband: Passband{High: 3000}},
	} {
		y := through(t, c, x)
		for i := 500; i < 1500; i++ {
			if math.Abs(float64(y[i]-source[i])) > 0.01 {
				t.Fatalf("sample %d is %.3f, want %.3f", i, y[i], source[i])
			}
		}
		if p := power(y[2500:]); p > 1e-6 {
			t.Errorf("after its end the interferer has power %g", p)
		}
	}
}

func TestInterfererFadesOnItsOwn(t *testing.T) {
	const n = 60 * rate
	c := Config{Rate: rate, Seed: 1, SignalPower: 0.5, Interferers: []Interferer{
		{Source: Loop(sine(rate, 1000, rate)), Power: 0.5, Fading: Fading{2, time.Millisecond, 30}},
	}}
	y := through(t, c, make([]float32, n))
	if got := decibels(power(y) / 0.5); math.Abs(got) > 0.3 {
		t.Errorf("mean level %.2f dB, want 0", got)
	}
	weakest := 1.0
	for at := 0; at+40 <= n; at += 40 {
		weakest = min(weakest, power(y[at:at+40]))
	}
	if weakest > 0.01 {
		t.Errorf("never below %.3f: no fading", weakest)
	}
}

func TestCarrierHasItsLevelAndFrequency(t *testing.T) {
	c := Config{Rate: rate, SignalPower: 0.5, Carriers: []Carrier{{Frequency: 1234.5, LevelDB: -7}}}
	y := through(t, c, make([]float32, 20000))
	if got := 2 * decibels(cmplx.Abs(phasor(y, 1234.5, rate, 0))); math.Abs(got+7) > 0.01 {
		t.Errorf("level %.3f dB, want -7", got)
	}
	if got := frequency(y, 1234.5, rate); math.Abs(got-1234.5) > 1e-4 {
		t.Errorf("frequency %.5f Hz, want 1234.5", got)
	}
	c.Carriers[0].Fading = Fading{2, time.Millisecond, 30}
	if got := decibels(power(through(t, c, make([]float32, 60*rate))) / 0.5); math.Abs(got+7) > 0.3 {
		t.Errorf("mean level when fading %.2f dB, want -7", got)
	}
}

func TestSourcesGiveTheirSamples(t *testing.T) {
	dst := make([]float32, 4)
	once := Samples([]float32{1, 2, 3, 4, 5})
	if n := once(dst); n != 4 || dst[3] != 4 {
		t.Errorf("%d samples, %v", n, dst)
	}
	if n := once(dst); n != 1 || dst[0] != 5 {
		t.Errorf("%d samples, %v", n, dst)
	}
	if n := once(dst); n != 0 {
		t.Errorf("%d samples after the end", n)
	}
	again := Loop([]float32{1, 2, 3})
	if n := again(dst); n != 4 || dst[3] != 1 {
		t.Errorf("%d samples, %v", n, dst)
	}
	if n := again(dst); n != 4 || dst[0] != 2 {
		t.Errorf("%d samples, %v", n, dst)
	}
	if n := Loop(nil)(dst); n != 0 {
		t.Errorf("%d samples of nothing", n)
	}
}
