package bench

import (
	"context"
	"math"
	"slices"
	"time"

	"rtty/bench/corpus"
	"rtty/bench/score"
)

// A Report is what came of a suite.
type Report struct {
	Suite  string
	Seed   uint64
	About  map[string]string // what decoders say of themselves, by name
	Panels []Panel
	Speeds []Speed // empty if they were not measured
}

// A Panel is one diagram: all decoders on the same recordings.
type Panel struct {
	Scenario string
	About    string // of the scenario
	Corpus   corpus.Kind
	Preset   string
	Baud     float64
	Silent   bool // nobody sent: there is no CER
	Theory   Theory
	Promises []Promise
	Curves   []Curve // in the order of the decoders
}

// A Curve is what one decoder did.
type Curve struct {
	Decoder string
	Points  []Point // by rising SNR
	Speed   float64 // seconds of recording decoded in a second, all points together, beside other work
}

// A Point is the sum of all recordings at one SNR.
type Point struct {
	SNR   float64 // dB in 2500 Hz
	EbN0  float64 // dB
	Overs int
	Heard float64 // seconds of recording
	Text  score.Score

	// Low and High hold the true CER with 95 % confidence, see interval.
	Low, High float64

	// ByCode tells that the decoder gave codes and probabilities; the two
	// fields after it are empty otherwise.
	ByCode      bool
	Codes       score.Score
	Reliability score.Reliability

	Failures     int    // recordings on which the decoder failed
	FirstFailure string // what it said
}

// report sums the outcomes up, in the order of the jobs.
func (r *run) report(ctx context.Context) *Report {
	rep := &Report{Suite: r.suite.Name, Seed: r.suite.Seed, About: map[string]string{}, Speeds: r.speeds}
	for _, d := range r.options.all() {
		if described, ok := d.(Described); ok {
			rep.About[d.Name()] = described.About(ctx)
		}
	}
	at := 0
	for _, cell := range r.suite.Cells {
		n := len(cell.SNRs) * cell.Overs
		rep.Panels = append(rep.Panels, r.panel(cell, r.results[at:at+n]))
		at += n
	}
	return rep
}

func (r *run) panel(cell Cell, results [][]outcome) Panel {
	signal, _ := cell.signal() // was validated
	p := Panel{
		Scenario: cell.Scenario.Name, About: cell.Scenario.About,
		Corpus: cell.Corpus, Preset: cell.Preset, Baud: signal.Baud, Silent: cell.Scenario.Silent,
		Theory: cell.Scenario.Theory, Promises: cell.Promises,
	}
	for d, decoder := range r.options.in(cell) {
		curve := Curve{Decoder: decoder.Name()}
		var took time.Duration
		heard := 0.0
		for i, snr := range cell.SNRs {
			var outcomes []outcome
			for _, all := range results[i*cell.Overs : (i+1)*cell.Overs] {
				outcomes = append(outcomes, all[d])
				took += all[d].took
			}
			point := sum(outcomes)
			point.SNR, point.EbN0 = snr, EbN0(snr, signal.Baud)
			curve.Points = append(curve.Points, point)
			heard += point.Heard
		}
		curve.Speed = heard / max(took.Seconds(), 1e-9)
		p.Curves = append(p.Curves, curve)
	}
	return p
}

func sum(outcomes []outcome) Point {
	p := Point{Overs: len(outcomes), ByCode: true}
	for _, o := range outcomes {
		p.Heard += o.heard
		p.Text.Add(o.text)
		p.Codes.Add(o.codes)
		p.Reliability.Add(o.reliability)
		p.ByCode = p.ByCode && o.byCode
		if o.failure != nil {
			if p.Failures == 0 {
				p.FirstFailure = o.failure.Error()
			}
			p.Failures++
		}
	}
	if !p.ByCode {
		p.Codes, p.Reliability = score.Score{}, score.Reliability{}
	}
	p.Low, p.High = interval(outcomes)
	return p
}

// interval is the range that holds the true CER with about 95 % confidence.
//
// Errors come in bursts: a fade, a lost shift, a tuning that went wrong. So it
// is the overs that are independent, not the characters, and the spread of the
// error counts from over to over tells how sure the sum is (the ratio estimate
// of W. G. Cochran, Sampling Techniques, ch. 6). When all are without an error
// the spread is zero and proves nothing; then the rule of three holds: up to 3
// in the number of characters. The same goes for a single over.
func interval(outcomes []outcome) (low, high float64) {
	var total score.Score
	for _, o := range outcomes {
		total.Add(o.text)
	}
	if total.Sent == 0 {
		return 0, 0
	}
	rate, overs := total.Rate(), float64(len(outcomes))
	squares := 0.0
	for _, o := range outcomes {
		d := float64(o.text.Errors()) - rate*float64(o.text.Sent)
		squares += d * d
	}
	margin := 3 / float64(total.Sent)
	if overs > 1 {
		deviation := math.Sqrt(squares/(overs*(overs-1))) * overs / float64(total.Sent)
		margin = max(margin, 1.96*deviation)
	}
	return max(0, rate-margin), rate + margin
}

// CER is the character error rate.
func (p Point) CER() float64 { return p.Text.Rate() }

// PerMinute is how many characters were printed that nobody had sent, or wrong,
// in a minute of recording.
func (p Point) PerMinute() float64 {
	return float64(p.Text.Inserted+p.Text.Substituted) / max(p.Heard/60, 1e-9)
}

// CERAt is the CER at an SNR, on the straight line between the logarithms of the
// points beside it if none was measured there; ok is false beyond all points.
func (c Curve) CERAt(snr float64) (cer float64, ok bool) {
	for i, here := range c.Points {
		if here.SNR == snr {
			return here.CER(), true
		}
		if i > 0 && c.Points[i-1].SNR < snr && snr < here.SNR {
			before := c.Points[i-1]
			part := (snr - before.SNR) / (here.SNR - before.SNR)
			return math.Pow(before.seen(), 1-part) * math.Pow(here.seen(), part), true
		}
	}
	return 0, false
}

// Needed is the SNR in dB from which on the curve is at or below cer, on the
// straight line between the logarithms of its points; a point without errors
// counts as half an error. reached is false when the last point is still above,
// and throughout is true when already the first is not: then snr is that of the
// first point, and less would do.
func (c Curve) Needed(cer float64) (snr float64, reached, throughout bool) {
	last := len(c.Points) - 1
	if last < 0 || c.Points[last].seen() > cer {
		return 0, false, false
	}
	for i := last; i > 0; i-- {
		here, before := c.Points[i], c.Points[i-1]
		if before.seen() <= cer {
			continue
		}
		from, to := math.Log(before.seen()), math.Log(here.seen())
		part := (math.Log(cer) - from) / (to - from)
		return before.SNR + part*(here.SNR-before.SNR), true, false
	}
	return c.Points[0].SNR, true, true
}

// seen is the CER, or half an error when there was none.
func (p Point) seen() float64 {
	if p.Text.Errors() == 0 && p.Text.Sent > 0 {
		return 0.5 / float64(p.Text.Sent)
	}
	return p.CER()
}

// The CER between which the probabilities of a point are judged. With more
// errors the alignment finds right characters by chance, and the least probable
// ones seem better than they are; with fewer almost all characters are sure.
const (
	leastCalibrated = 0.02
	worstCalibrated = 0.20
)

// calibrated tells whether the point's probabilities can be judged by itself.
func (p Point) calibrated() bool {
	return p.ByCode && p.Text.Sent > 0 && p.CER() >= leastCalibrated && p.CER() <= worstCalibrated
}

// Reliability is that of all points of one decoder with a CER up to 20 %; empty
// if it gives no probabilities.
func (r *Report) Reliability(decoder string) score.Reliability {
	var all score.Reliability
	for _, p := range r.Panels {
		c, ok := p.curve(decoder)
		if !ok || p.Silent {
			continue
		}
		for _, point := range c.Points {
			if point.CER() <= worstCalibrated {
				all.Add(point.Reliability)
			}
		}
	}
	return all
}

// curve is that of a decoder, the first if it has no name.
func (p Panel) curve(decoder string) (Curve, bool) {
	for _, c := range p.Curves {
		if c.Decoder == decoder || decoder == "" {
			return c, true
		}
	}
	return Curve{}, false
}

// Decoders are the names of the decoders that were measured anywhere.
func (r *Report) Decoders() []string {
	var names []string
	for _, p := range r.Panels {
		for _, c := range p.Curves {
			if !slices.Contains(names, c.Decoder) {
				names = append(names, c.Decoder)
			}
		}
	}
	return names
}
