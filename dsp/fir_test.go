package dsp

import (
	"math"
	"math/cmplx"
	"testing"
)

// response is the gain of a filter at freq cycles per sample, in dB.
func response(taps []float64, freq float64) float64 {
	var sum complex128
	for i, h := range taps {
		sum += complex(h, 0) * cmplx.Exp(complex(0, -2*math.Pi*freq*float64(i)))
	}
	return 20 * math.Log10(cmplx.Abs(sum))
}

func TestLowPassKeepsItsDesign(t *testing.T) {
	for _, c := range []struct{ cutoff, transition, attenuation float64 }{
		{0.25, 0.1, 40}, {0.1, 0.05, 60}, {0.013, 0.007, 80}, {0.4, 0.03, 96}, {0.3721451, 0.0123, 25},
	} {
		taps := LowPass(c.cutoff, c.transition, c.attenuation)
		if len(taps)%2 == 0 {
			t.Errorf("%+v: %d taps, want an odd number", c, len(taps))
		}
		for i := range taps {
			if math.Abs(taps[i]-taps[len(taps)-1-i]) > 1e-15 {
				t.Fatalf("%+v: tap %d breaks the symmetry", c, i)
			}
		}
		ripple := 20*math.Log10(1+math.Pow(10, -c.attenuation/20)) + 0.01
		for f := 0.0; f < c.cutoff-0.55*c.transition; f += 0.002 {
			if db := response(taps, f); math.Abs(db) > 1.3*ripple {
				t.Fatalf("%+v: %.3f dB at %g in the pass band", c, db, f)
			}
		}
		for f := c.cutoff + 0.55*c.transition; f <= 0.5; f += 0.002 {
			if db := response(taps, f); db > 1.5-c.attenuation {
				t.Fatalf("%+v: %.1f dB at %g in the stop band", c, db, f)
			}
		}
	}
}

func TestLowPassRefusesNonsense(t *testing.T) {
	for _, c := range [][2]float64{{0, 0.1}, {0.5, 0.1}, {0.1, 0}, {0.1, 0.5}, {math.NaN(), 0.1}, {0.1, math.NaN()}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("cutoff %g, transition %g: no panic", c[0], c[1])
				}
			}()
			LowPass(c[0], c[1], 60)
		}()
	}
}
