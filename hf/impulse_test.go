package hf

import (
	"math"
	"testing"
	"time"
)

func TestImpulsesComeAsOftenAndAsStrongAsAsked(t *testing.T) {
	const seconds, noise = 120, 0.01
	for _, b := range []Impulses{
		{PerSecond: 10, Length: 5 * time.Millisecond, LevelDB: 20},
		{PerSecond: 200, Length: 10 * time.Millisecond, LevelDB: 10},
		{PerSecond: 100, Length: time.Millisecond, LevelDB: 15, Periodic: true},
		{PerSecond: 100, Length: time.Second, LevelDB: 0, Periodic: true},
		{PerSecond: 10, Length: 100 * time.Millisecond, LevelDB: 30, Decaying: true},
		{PerSecond: 20, Length: 20 * time.Millisecond, LevelDB: 20, SpreadDB: 3, Decaying: true},
	} {
		m := newImpulseMaker(b, noise, rate, 1, 0)
		x := additions(m, seconds*rate)
		want := m.meanVariance()
		if got := moment(x, 2); math.Abs(got/want-1) > 0.1 {
			t.Errorf("%+v: mean power %.4f, want %.4f", b, got, want)
		}
		switch count := bursts(x); {
		case b.Decaying || b.PerSecond*b.Length.Seconds() > 0.2: // they overlap
		case b.Periodic && math.Abs(float64(count)-b.PerSecond*seconds) > 1:
			t.Errorf("%+v: %d bursts", b, count)
		case !b.Periodic && math.Abs(float64(count)/(b.PerSecond*seconds)-1) > 0.1:
			t.Errorf("%+v: %d bursts", b, count)
		}
	}
}

// bursts counts the stretches of x that are not zero.
func bursts(x []float64) int {
	n := 0
	for i, v := range x {
		if v != 0 && (i == 0 || x[i-1] == 0) {
			n++
		}
	}
	return n
}

func TestPeriodicImpulsesKeepTheirPeriodAndLength(t *testing.T) {
	x := additions(newImpulseMaker(Impulses{PerSecond: 100, Length: 2 * time.Millisecond, Periodic: true}, 1, rate, 2, 0), 2*rate)
	first := 0
	for x[first] == 0 {
		first++
	}
	for i := first; i < len(x); i++ {
		if on := (i-first)%80 < 16; on != (x[i] != 0) {
			t.Fatalf("sample %d of the period: on is %v", (i-first)%80, !on)
		}
	}
}

func TestDecayingImpulsesDecay(t *testing.T) {
	const length = 50 * time.Millisecond
	m := newImpulseMaker(Impulses{PerSecond: 0.1, Length: length, LevelDB: 40, Decaying: true}, 1, rate, 1, 0)
	m.begin()
	samples := int(length.Seconds() * rate)
	for lengths := 1; lengths < 5; lengths++ {
		for range samples {
			m.age()
		}
		if want := 1e4 * math.Exp(-float64(lengths)); math.Abs(m.present/want-1) > 1e-9 {
			t.Errorf("after %d lengths %.3f, want %.3f", lengths, m.present, want)
		}
	}
}
