package bench

import (
	"fmt"
	"io"
	"math"
	"strings"
	"unicode/utf8"
)

// targets are the error rates whose SNR is told: barely readable, readable,
// good copy.
var targets = []float64{0.10, 0.05, 0.01}

// WriteTable writes the report as text for a terminal: for each panel the CER
// in per cent with the number of errors behind it, then the SNR each decoder
// needs.
func (r *Report) WriteTable(w io.Writer) error {
	var b strings.Builder
	for i, p := range r.Panels {
		if i > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "%s\nCER in %% (errors); SNR in 2500 Hz\n\n", p.heading())
		aligned(&b, p.rows())
	}
	b.WriteString("\n")
	aligned(&b, r.speeds())
	for _, d := range r.Decoders() {
		if rel := r.Reliability(d); rel.Chars() > 0 {
			fmt.Fprintf(&b, "%s: expected calibration error %.3f over %d characters\n", d, rel.ECE(), rel.Chars())
		}
	}
	for _, f := range r.failures() {
		fmt.Fprintln(&b, f)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (p Panel) heading() string {
	return fmt.Sprintf("%s (%s), %s, preset %s", p.Scenario, p.About, p.Corpus, p.Preset)
}

// rows are the panel as a table, the first row its head.
func (p Panel) rows() [][]string {
	head := []string{"SNR dB", "Eb/N0 dB", "characters"}
	for _, c := range p.Curves {
		head = append(head, c.Decoder)
	}
	if p.Theory != NoTheory {
		head = append(head, "theory")
	}
	rows := [][]string{head}
	for i := range p.Curves[0].Points {
		first := p.Curves[0].Points[i]
		row := []string{fmt.Sprintf("%g", first.SNR), fmt.Sprintf("%.1f", first.EbN0), fmt.Sprint(first.Text.Sent)}
		for _, c := range p.Curves {
			point := c.Points[i]
			row = append(row, fmt.Sprintf("%s (%d)", percent(point.CER()), point.Text.Errors()))
		}
		if p.Theory != NoTheory {
			row = append(row, percent(p.Theory.CER(first.EbN0)))
		}
		rows = append(rows, row)
	}
	return append(rows, p.neededRows()...)
}

// neededRows tell the SNR for each target that a decoder reaches.
func (p Panel) neededRows() [][]string {
	if len(p.Curves[0].Points) < 2 {
		return nil
	}
	var rows [][]string
	for _, cer := range targets {
		row := []string{fmt.Sprintf("for %g %%", 100*cer), "", "dB"}
		for _, c := range p.Curves {
			row = append(row, needed(c.Needed(cer)))
		}
		if p.Theory != NoTheory {
			row = append(row, "")
		}
		rows = append(rows, row)
	}
	return rows
}

func needed(snr float64, reached, throughout bool) string {
	switch {
	case !reached:
		return "-"
	case throughout:
		return fmt.Sprintf("≤ %.1f", snr)
	}
	return fmt.Sprintf("%.1f", snr)
}

// percent has three digits, or as many as 0.01 % needs.
func percent(rate float64) string {
	switch v := 100 * rate; {
	case math.Abs(v) >= 99.95:
		return fmt.Sprintf("%.0f", v)
	case math.Abs(v) >= 9.995:
		return fmt.Sprintf("%.1f", v)
	default:
		return fmt.Sprintf("%.2f", v)
	}
}

// speeds tell how fast the decoders were, over all panels.
func (r *Report) speeds() [][]string {
	rows := [][]string{{"decoder", "× real time"}}
	for d, name := range r.Decoders() {
		cost, n := 0.0, 0.0
		for _, p := range r.Panels {
			cost += 1 / p.Curves[d].Speed
			n++
		}
		rows = append(rows, []string{name, fmt.Sprintf("%.0f", n/cost)})
	}
	return rows
}

// failures are sentences about decoders that failed.
func (r *Report) failures() []string {
	var all []string
	for _, p := range r.Panels {
		for _, c := range p.Curves {
			count, first := 0, ""
			for _, point := range c.Points {
				if count == 0 {
					first = point.FirstFailure
				}
				count += point.Failures
			}
			if count > 0 {
				all = append(all, fmt.Sprintf("%s failed on %d recordings of %s, %s: %s", c.Decoder, count, p.Scenario, p.Corpus, first))
			}
		}
	}
	return all
}

// aligned writes rows in columns, flush right.
func aligned(b *strings.Builder, rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+min(i, 1)*2))
			line.WriteString(cell)
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
}
