package bench

import (
	"math"
	"testing"
)

func TestTheoryIsThatOfTheTextbook(t *testing.T) {
	for _, c := range []struct {
		theory Theory
		snr    float64
		cer    float64 // per cent, 45.45 Bd
	}{
		{TheoryAWGN, -16, 76.36}, {TheoryAWGN, -10, 14.99}, {TheoryAWGN, -8, 3.16}, {TheoryAWGN, -6, 0.25},
		{TheoryRayleigh, -12, 63.55}, {TheoryRayleigh, 0, 8.47}, {TheoryRayleigh, 8, 1.42},
	} {
		if got := 100 * c.theory.CER(EbN0(c.snr, 1000.0/22)); math.Abs(got-c.cer) > 0.01 {
			t.Errorf("theory %d at %g dB: %.3f %%, want %.2f %%", c.theory, c.snr, got, c.cer)
		}
	}
	if got := NoTheory.CER(10); !math.IsNaN(got) {
		t.Errorf("no theory gives %g", got)
	}
}

func TestEbN0OfCommonSpeeds(t *testing.T) {
	for baud, want := range map[float64]float64{45.4545: 17.40, 50: 16.99, 75: 15.23} {
		if got := EbN0(0, baud); math.Abs(got-want) > 0.01 {
			t.Errorf("%g Bd: %.3f dB, want %.2f", baud, got, want)
		}
	}
}
