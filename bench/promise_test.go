package bench

import (
	"math"
	"testing"

	"rtty/bench/score"
)

// panelOf has curves of 10,000 characters from -10 dB on, see curveOf.
func panelOf(curves ...Curve) Panel { return Panel{Scenario: "awgn", Curves: curves} }

func TestCERAtIsReadFromTheCurve(t *testing.T) {
	c := curveOf("x", 1000, 100, 0)
	for snr, want := range map[float64]float64{-10: 0.1, -9: math.Sqrt(0.1 * 0.01), -8: 0.01, -7: math.Sqrt(0.01 * 0.00005), -6: 0} {
		if got, ok := c.CERAt(snr); !ok || math.Abs(got-want) > 1e-12 {
			t.Errorf("at %g dB: %g, %v; want %g", snr, got, ok, want)
		}
	}
	for _, snr := range []float64{-10.1, -5.9, math.NaN()} {
		if got, ok := c.CERAt(snr); ok {
			t.Errorf("at %g dB: %g", snr, got)
		}
	}
}

func TestPromises(t *testing.T) {
	ours, other := curveOf("rtty", 2000, 500, 20, 0), curveOf("no prior", 3000, 500, 15, 0)
	mute := curveOf("mute", 9000, 9000, 9000, 9000)
	for _, c := range []struct {
		promise Promise
		panel   Panel
		text    string
		value   string // of the first curve
		kept    string
	}{
		{AtMost{CER: 0.05, SNR: -8}, panelOf(ours), "CER ≤ 5 % at -8 dB", "5.00 %", "yes"},
		{AtMost{CER: 0.049, SNR: -8}, panelOf(ours), "CER ≤ 4.9 % at -8 dB", "5.00 %", "no"},
		{AtMost{CER: 0, SNR: -4}, panelOf(ours), "CER ≤ 0 % at -4 dB", "0.00 %", "yes"},
		{AtMost{CER: 1, SNR: 0}, panelOf(ours), "CER ≤ 100 % at 0 dB", "", "?"},
		{AtMost{Decoder: "no prior", CER: 0.25, SNR: -10}, panelOf(ours, other), "no prior: CER ≤ 25 % at -10 dB", "20.0 %", "no"},
		{AtMost{Decoder: "nobody", CER: 1, SNR: -10}, panelOf(ours), "nobody: CER ≤ 100 % at -10 dB", "20.0 %", "?"},

		{Near{To: "no prior", DB: 0.3, CER: 0.05}, panelOf(ours, other), "at most 0.3 dB more than with no prior for 5 %", "-8.0 dB", "yes"},
		{Near{To: "no prior", DB: 0.1, CER: 0.01}, panelOf(ours, other), "at most 0.1 dB more than with no prior for 1 %", "-7.0 dB", "yes"},
		{Near{To: "no prior", DB: 0, CER: 0.01}, panelOf(ours, other), "at most 0 dB more than with no prior for 1 %", "-7.0 dB", "no"},
		{Near{To: "mute", DB: 0.3, CER: 0.05}, panelOf(ours, mute), "at most 0.3 dB more than with mute for 5 %", "-8.0 dB", "?"},
		{Near{To: "rtty", DB: 99, CER: 0.05}, panelOf(mute, ours), "at most 99 dB more than with rtty for 5 %", "-", "no"},
		{Near{To: "nobody", DB: 99, CER: 0.05}, panelOf(ours), "at most 99 dB more than with nobody for 5 %", "-8.0 dB", "?"},
	} {
		value, kept := c.promise.of(c.panel.Curves[0]), verdict(c.promise.kept(c.panel))
		if c.promise.String() != c.text || value != c.value || kept != c.kept {
			t.Errorf("%q shows %q and is kept: %s; want %q, %q, %s", c.promise, value, kept, c.text, c.value, c.kept)
		}
	}
}

func TestQuietCountsCharactersAMinute(t *testing.T) {
	c := Curve{Decoder: "rtty", Points: []Point{{Heard: 600, Text: score.Score{Inserted: 9}}}}
	if q := (Quiet{PerMinute: 1}); verdict(q.kept(panelOf(c))) != "yes" || q.of(c) != "0.9" || q.String() != "≤ 1 characters a minute" {
		t.Errorf("%v: %s", q, q.of(c))
	}
	if verdict(Quiet{PerMinute: 0.8}.kept(panelOf(c))) != "no" {
		t.Error("0.9 characters a minute pass for 0.8")
	}
}

func TestHonestLooksAtPointsThatTell(t *testing.T) {
	c := curveOf("rtty", 1000, 100, 1000)
	for i := range c.Points {
		c.Points[i].ByCode = true
		for k := range 1000 {
			c.Points[i].Reliability.Observe(0.95, k%10 != 0 || i == 0) // off by 0.05
		}
	}
	if h := (Honest{ECE: 0.06}); verdict(h.kept(panelOf(c))) != "yes" || h.of(c) != "0.050" {
		t.Errorf("shows %s", h.of(c))
	}
	if verdict(Honest{ECE: 0.04}.kept(panelOf(c))) != "no" {
		t.Error("an error of 0.05 passes for 0.04")
	}
	silent := curveOf("peer", 1000)
	if h := (Honest{ECE: 0.01}); h.of(silent) != "" || verdict(h.kept(panelOf(silent))) != "?" {
		t.Errorf("without probabilities it shows %s", h.of(silent))
	}
}
