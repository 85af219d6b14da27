package modem

import (
	"fmt"
	"math"
	"math/cmplx"
	"testing"

	"rtty/baudot"
)

// keyedAt calls unit for every unit of codes from their first start bit on,
// with the exact time of its middle in units since then, and the cycles that a
// carrier keyed hard at the exact times has turned there, off the centre.
func keyedAt(sig Signal, codes []baudot.Code, unit func(middle, turn float64)) {
	cycles := map[bool]float64{true: (sig.Mark - sig.Center()) / sig.Baud, false: (sig.Space - sig.Center()) / sig.Baud}
	turn := 0.0
	for i, code := range codes {
		start := float64(i) * (6 + sig.StopBits)
		for element := range 6 {
			tone := cycles[element > 0 && code>>(element-1)&1 == 1]
			unit(start+float64(element)+0.5, turn+tone/2)
			_, turn = math.Modf(turn + tone)
		}
		unit(start+6+sig.StopBits/2, turn+cycles[true]*sig.StopBits/2)
		_, turn = math.Modf(turn + cycles[true]*sig.StopBits)
	}
}

// A glide that lies evenly about its edge turns the carrier as far as a jump at
// the edge does, so that between the glides constant must stand exactly where
// hard keying at the exact times stands. A thousandth of a sample of error in one
// edge of 10,000 characters shows.
func TestBitsStandAtTheirExactTimes(t *testing.T) {
	for _, c := range []struct {
		baud, stop float64
		rate       int
		chars      int
	}{
		{299.7, 1.5, 8000, 1000},
		{288.1, 1.42, 11025, 10_000},
		{1000.0 / 22, 1.5, 8000, 200},
		{1000.0 / 22, 1.5, 11025, 200},
		{1000.0 / 22, 1, 22050, 100},
		{1000.0 / 22, 2, 44100, 50},
		{1000.0 / 22, 1.5, 48000, 50},
		{1000.0 / 22, 1.5, 96000, 25},
		{1000.0 / 22, 1.5, 192000, 15},
		{50, 1.5, 11025, 200},
		{75.3, 1.1, 44100, 50},
	} {
		t.Run(fmt.Sprintf("%.5g Bd, %g stop, %d", c.baud, c.stop, c.rate), func(t *testing.T) {
			sig := Signal{Mark: 2125, Space: 2295, Baud: c.baud, StopBits: c.stop}
			sent := transmit(t, sig, TransmitterConfig{Rate: c.rate, Waveform: Constant}, evenCodes(c.chars, 3))
			if len(sent.codes) != c.chars {
				t.Fatalf("%d of %d codes sent", len(sent.codes), c.chars)
			}
			if worst := worstPhase(sig, c.rate, sent); worst > 1e-4 {
				t.Errorf("the carrier is up to %.2g rad off", worst)
			}
		})
	}
}

// worstPhase is how far, in rad, the carrier is off an exact one between the
// glides, after both were set equal at the first unit.
func worstPhase(sig Signal, rate int, sent transmission) float64 {
	z := baseband(sent.samples, rate, sig.Center(), 1)
	samplesPerUnit := float64(rate) / sig.Baud
	first := float64(leadUnits) + DefaultPreamble*(6+sig.StopBits) // of the feed's codes, units
	worst, aligned := 0.0, complex(0, 0)
	keyedAt(sig, sent.codes, func(middle, turn float64) {
		exact := (first + middle) * samplesPerUnit
		i := int(exact)
		// The frequency is steady here, so two samples tell the phase between.
		between := cmplx.Phase(z[i]) + (exact-float64(i))*cmplx.Phase(z[i+1]/z[i])
		off := cmplx.Rect(1, between-2*math.Pi*turn)
		if aligned == 0 {
			aligned = off
		}
		worst = max(worst, math.Abs(cmplx.Phase(off/aligned)))
	})
	return worst
}

// The filter of linear must not delay: against constant, whose timing is
// known exactly, its correlation peaks at zero.
func TestBothWaveformsKeepTheSameTime(t *testing.T) {
	sig := presetSignal(t, "ham")
	for _, rate := range []int{8000, 11025, 44100, 192000} {
		codes := evenCodes(1_000_000/rate, 5)
		linear := transmit(t, sig, TransmitterConfig{Rate: rate, Waveform: Linear}, codes)
		constant := transmit(t, sig, TransmitterConfig{Rate: rate, Waveform: Constant}, codes)
		if len(linear.samples) != len(constant.samples) || fmt.Sprint(linear.starts) != fmt.Sprint(constant.starts) {
			t.Fatalf("at %d: %d and %d samples", rate, len(linear.samples), len(constant.samples))
		}
		a := baseband(linear.samples, rate, sig.Center(), 1)
		b := baseband(constant.samples, rate, sig.Center(), 1)
		far := rate / 500 // samples, 2 ms
		before, after := overlap(a, b, -far), overlap(a, b, far)
		// A parabola through three points of the correlation has its top there.
		lag := (after - before) / (before + after - 2*overlap(a, b, 0)) * float64(far) / 2
		if math.Abs(lag) > 0.01*float64(rate)/8000 {
			t.Errorf("at %d samples per second linear is %.4f samples late", rate, lag)
		}
	}
}

// overlap is the magnitude of the correlation of a with b, lag samples later.
func overlap(a, b []complex128, lag int) float64 {
	sum := complex(0, 0)
	for i := max(0, -lag); i < len(a)-max(0, lag); i++ {
		sum += a[i] * cmplx.Conj(b[i+lag])
	}
	return cmplx.Abs(sum)
}

// What OnChar says must be true of the sound: at that sample, to the nearest
// one, the frequency crosses from mark to space.
func TestOnCharTellsWhereTheStartBitBegins(t *testing.T) {
	for _, c := range []struct {
		waveform Waveform
		units    float64 // tolerance; neighbouring bits sway the edges of linear
	}{{Constant, 0.001}, {Linear, 0.03}} {
		for _, rate := range []int{8000, 11025, 22050, 44100, 48000} {
			sig := presetSignal(t, "ham")
			sent := transmit(t, sig, TransmitterConfig{Rate: rate, Waveform: c.waveform}, evenCodes(100, 9))
			z := baseband(sent.samples, rate, sig.Center(), 1)
			tolerance := 0.5 + c.units*float64(rate)/sig.Baud
			for i, start := range sent.starts {
				edge := fallingEdge(z, sig, rate, int(start))
				if math.Abs(edge-float64(start)) > tolerance {
					t.Fatalf("%v at %d: character %d announced at %d begins at %.2f", c.waveform, rate, i, start, edge)
				}
			}
		}
	}
}

// fallingEdge is where the frequency goes from mark to space nearest to about,
// in samples; NaN when it doesn't within half a unit.
func fallingEdge(z []complex128, sig Signal, rate, about int) float64 {
	towardsMark := func(i int) float64 { // between samples i and i+1
		return cmplx.Phase(z[i+1]/z[i]) * (sig.Mark - sig.Center())
	}
	reach := int(float64(rate) / sig.Baud / 2)
	for i := about - reach; i < about+reach; i++ {
		if now, next := towardsMark(i), towardsMark(i+1); now >= 0 && next < 0 {
			return float64(i) + 0.5 + now/(now-next)
		}
	}
	return math.NaN()
}
