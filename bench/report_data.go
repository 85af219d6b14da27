package bench

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"

	"rtty/bench/score"
)

// WriteCSV writes one line for each decoder at each SNR, under a line of column
// names. Rates are fractions; what a decoder does not give is left empty.
func (r *Report) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	lines := [][]string{{
		"suite", "seed", "scenario", "corpus", "preset", "baud", "decoder", "snr_db", "ebn0_db",
		"overs", "characters", "errors", "substituted", "inserted", "deleted", "cer", "cer_low", "cer_high",
		"codes", "code_errors", "ece", "theory_cer", "failures", "seconds",
	}}
	for _, p := range r.Panels {
		for _, c := range p.Curves {
			for _, point := range c.Points {
				lines = append(lines, r.csvLine(p, c, point))
			}
		}
	}
	if err := out.WriteAll(lines); err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	return nil
}

func (r *Report) csvLine(p Panel, c Curve, point Point) []string {
	line := []string{
		r.Suite, fmt.Sprint(r.Seed), p.Scenario, string(p.Corpus), p.Preset, decimal(p.Baud), c.Decoder,
		decimal(point.SNR), decimal(point.EbN0), strconv.Itoa(point.Overs),
		strconv.Itoa(point.Text.Sent), strconv.Itoa(point.Text.Errors()), strconv.Itoa(point.Text.Substituted),
		strconv.Itoa(point.Text.Inserted), strconv.Itoa(point.Text.Deleted),
		decimal(point.CER()), decimal(point.Low), decimal(point.High),
	}
	if point.ByCode {
		line = append(line, strconv.Itoa(point.Codes.Sent), strconv.Itoa(point.Codes.Errors()), decimal(point.Reliability.ECE()))
	} else {
		line = append(line, "", "", "")
	}
	theory := ""
	if cer := p.Theory.CER(point.EbN0); !math.IsNaN(cer) {
		theory = decimal(cer)
	}
	return append(line, theory, strconv.Itoa(point.Failures), decimal(point.Heard))
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }

// WriteJSON writes the report as one object with the version field "v": 1.
// Fields will be added to that version, not taken away or changed in meaning.
func (r *Report) WriteJSON(w io.Writer) error {
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	if err := out.Encode(r.view()); err != nil {
		return fmt.Errorf("writing JSON: %w", err)
	}
	return nil
}

type reportView struct {
	V      int               `json:"v"`
	Suite  string            `json:"suite"`
	Seed   uint64            `json:"seed"`
	About  map[string]string `json:"about,omitempty"` // of decoders, by name
	Panels []panelView       `json:"panels"`
}

type panelView struct {
	Scenario string        `json:"scenario"`
	About    string        `json:"about"`
	Corpus   string        `json:"corpus"`
	Preset   string        `json:"preset"`
	Baud     float64       `json:"baud"`
	Silent   bool          `json:"silent,omitempty"` // nobody sent
	Promises []promiseView `json:"promises,omitempty"`
	Curves   []curveView   `json:"curves"`
}

type promiseView struct {
	Promise string `json:"promise"`
	Kept    *bool  `json:"kept,omitempty"` // nil where that was not measured
}

type curveView struct {
	Decoder string       `json:"decoder"`
	Needed  []neededView `json:"needed"` // targets that are reached
	Points  []pointView  `json:"points"`
}

type neededView struct {
	CER    float64 `json:"cer"`
	SNR    float64 `json:"snr_db"`
	AtMost bool    `json:"at_most"` // already the first point is that good
}

type pointView struct {
	SNR          float64   `json:"snr_db"`
	EbN0         float64   `json:"ebn0_db"`
	Overs        int       `json:"overs"`
	Seconds      float64   `json:"seconds"`
	Characters   int       `json:"characters"`
	Errors       int       `json:"errors"`
	Substituted  int       `json:"substituted"`
	Inserted     int       `json:"inserted"`
	Deleted      int       `json:"deleted"`
	CER          float64   `json:"cer"`
	Interval     []float64 `json:"cer_95"`
	Theory       *float64  `json:"theory_cer,omitempty"`
	Codes        *int      `json:"codes,omitempty"`
	CodeErrors   *int      `json:"code_errors,omitempty"`
	ECE          *float64  `json:"ece,omitempty"`
	Reliability  []binView `json:"reliability,omitempty"`
	Failures     int       `json:"failures,omitempty"`
	FirstFailure string    `json:"first_failure,omitempty"`
}

type binView struct {
	MeanP      float64 `json:"mean_p"`
	Right      float64 `json:"right"`
	Characters int     `json:"characters"`
}

func (r *Report) view() reportView {
	v := reportView{V: 1, Suite: r.Suite, Seed: r.Seed, About: r.About, Panels: []panelView{}}
	for _, p := range r.Panels {
		panel := panelView{Scenario: p.Scenario, About: p.About, Corpus: string(p.Corpus), Preset: p.Preset, Baud: p.Baud, Silent: p.Silent}
		for _, promise := range p.Promises {
			view := promiseView{Promise: promise.String()}
			if kept, known := promise.kept(p); known {
				view.Kept = &kept
			}
			panel.Promises = append(panel.Promises, view)
		}
		for _, c := range p.Curves {
			panel.Curves = append(panel.Curves, c.view(p.Theory))
		}
		v.Panels = append(v.Panels, panel)
	}
	return v
}

func (c Curve) view(theory Theory) curveView {
	v := curveView{Decoder: c.Decoder, Needed: []neededView{}}
	for _, cer := range targets {
		if snr, reached, throughout := c.Needed(cer); reached {
			v.Needed = append(v.Needed, neededView{CER: cer, SNR: snr, AtMost: throughout})
		}
	}
	for _, p := range c.Points {
		v.Points = append(v.Points, p.view(theory))
	}
	return v
}

func (p Point) view(theory Theory) pointView {
	v := pointView{
		SNR: p.SNR, EbN0: p.EbN0, Overs: p.Overs, Seconds: p.Heard,
		Characters: p.Text.Sent, Errors: p.Text.Errors(),
		Substituted: p.Text.Substituted, Inserted: p.Text.Inserted, Deleted: p.Text.Deleted,
		CER: p.CER(), Interval: []float64{p.Low, p.High},
		Failures: p.Failures, FirstFailure: p.FirstFailure,
	}
	if cer := theory.CER(p.EbN0); !math.IsNaN(cer) {
		v.Theory = &cer
	}
	if p.ByCode {
		codes, codeErrors, ece := p.Codes.Sent, p.Codes.Errors(), p.Reliability.ECE()
		v.Codes, v.CodeErrors, v.ECE = &codes, &codeErrors, &ece
	}
	for b := range score.Bins {
		if meanP, right, ok := p.Reliability.Bin(b); ok {
			v.Reliability = append(v.Reliability, binView{MeanP: meanP, Right: right, Characters: p.Reliability.Count[b]})
		}
	}
	return v
}
