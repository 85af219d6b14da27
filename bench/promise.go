package bench

import (
	"fmt"
	"math"
)

// A Promise is what our receiver is held to in a cell. A report tells whether it
// is kept, and what the others do.
type Promise interface {
	fmt.Stringer
	// of is what a curve has to show for it, "" if nothing.
	of(c Curve) string
	// kept tells whether it is kept in a panel; known is false where that was not
	// measured.
	kept(p Panel) (kept, known bool)
}

// AtMost promises a CER at an SNR.
type AtMost struct {
	Decoder string // of the panel, the first if empty
	CER     float64
	SNR     float64 // dB
}

func (a AtMost) String() string {
	who := ""
	if a.Decoder != "" {
		who = a.Decoder + ": "
	}
	return fmt.Sprintf("%sCER ≤ %g %% at %g dB", who, 100*a.CER, a.SNR)
}

func (a AtMost) of(c Curve) string {
	cer, ok := c.CERAt(a.SNR)
	if !ok {
		return ""
	}
	return percent(cer) + " %"
}

func (a AtMost) kept(p Panel) (kept, known bool) {
	c, ok := p.curve(a.Decoder)
	if !ok {
		return false, false
	}
	cer, ok := c.CERAt(a.SNR)
	return cer <= a.CER, ok
}

// Near promises that the first decoder of a panel needs at most so many decibels
// more than another for a CER.
type Near struct {
	To  string // decoder
	DB  float64
	CER float64
}

func (n Near) String() string {
	return fmt.Sprintf("at most %g dB more than with %s for %g %%", n.DB, n.To, 100*n.CER)
}

func (n Near) of(c Curve) string {
	snr, reached, throughout := c.Needed(n.CER)
	if !reached {
		return "-"
	}
	return needed(snr, reached, throughout) + " dB"
}

func (n Near) kept(p Panel) (kept, known bool) {
	other, ok := p.curve(n.To)
	if !ok {
		return false, false
	}
	theirs, reached, _ := other.Needed(n.CER)
	if !reached {
		return false, false
	}
	ours, reached, _ := p.Curves[0].Needed(n.CER)
	return reached && ours <= theirs+n.DB, true
}

// Quiet promises that little is printed where nobody sends.
type Quiet struct{ PerMinute float64 }

func (q Quiet) String() string { return fmt.Sprintf("≤ %g characters a minute", q.PerMinute) }

func (q Quiet) of(c Curve) string {
	worst := 0.0
	for _, point := range c.Points {
		worst = max(worst, point.PerMinute())
	}
	return fmt.Sprintf("%.3g", worst)
}

func (q Quiet) kept(p Panel) (kept, known bool) {
	for _, point := range p.Curves[0].Points {
		if point.PerMinute() > q.PerMinute {
			return false, true
		}
	}
	return true, true
}

// Honest promises that probabilities hold, at every point where the CER is
// neither so small that all are sure nor so large that they can't be judged.
type Honest struct{ ECE float64 } // expected calibration error

func (h Honest) String() string { return fmt.Sprintf("calibration error ≤ %g", h.ECE) }

func (h Honest) of(c Curve) string {
	if worst := worstECE(c); !math.IsNaN(worst) {
		return fmt.Sprintf("%.3f", worst)
	}
	return ""
}

func (h Honest) kept(p Panel) (kept, known bool) {
	worst := worstECE(p.Curves[0])
	return worst <= h.ECE, !math.IsNaN(worst)
}

// worstECE is the largest calibration error of the points that tell one, NaN if
// none does.
func worstECE(c Curve) float64 {
	worst := math.NaN()
	for _, point := range c.Points {
		if point.calibrated() && !(point.Reliability.ECE() <= worst) {
			worst = point.Reliability.ECE()
		}
	}
	return worst
}
