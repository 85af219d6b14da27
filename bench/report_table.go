package bench

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// targets are the error rates whose SNR is told: barely readable, readable,
// good copy.
var targets = []float64{0.10, 0.05, 0.01}

// WriteTable writes the report as text for a terminal: for each panel the CER
// in per cent with the number of errors behind it, then the SNR each decoder
// needs; at the end what is promised and how fast the decoders are.
func (r *Report) WriteTable(w io.Writer) error {
	var b strings.Builder
	for i, p := range r.Panels {
		if i > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "%s\n%s\n\n", p.heading(), p.measure())
		aligned(&b, p.rows())
	}
	for _, table := range [][][]string{r.promiseRows(), r.speedRows(), r.paceRows()} {
		if len(table) > 1 {
			b.WriteString("\n")
			aligned(&b, table)
		}
	}
	b.WriteString("\n")
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
	if p.Silent {
		return fmt.Sprintf("%s (%s), tuned to preset %s", p.Scenario, p.About, p.Preset)
	}
	return fmt.Sprintf("%s (%s), %s, preset %s", p.Scenario, p.About, p.Corpus, p.Preset)
}

// measure tells what the numbers of rows are.
func (p Panel) measure() string {
	if p.Silent {
		return "characters printed in a minute"
	}
	return "CER in % (errors); SNR in 2500 Hz"
}

// rows are the panel as a table, the first row its head.
func (p Panel) rows() [][]string {
	if p.Silent {
		return p.silentRows()
	}
	head := []string{"SNR dB", "Eb/N0 dB", "characters"}
	for _, c := range p.Curves {
		head = append(head, c.Decoder)
	}
	if p.Theory != NoTheory {
		head = append(head, "theory")
	}
	rows := [][]string{head}
	for i, first := range p.Curves[0].Points {
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

// silentRows tell what was printed though nobody sent.
func (p Panel) silentRows() [][]string {
	head, row := []string{"minutes"}, []string{fmt.Sprintf("%.0f", p.Curves[0].heard()/60)}
	for _, c := range p.Curves {
		head = append(head, c.Decoder)
		row = append(row, Quiet{}.of(c))
	}
	return [][]string{head, row}
}

func (c Curve) heard() float64 {
	sum := 0.0
	for _, point := range c.Points {
		sum += point.Heard
	}
	return sum
}

// promiseRows are the promises, with what every decoder has to show for them.
func (r *Report) promiseRows() [][]string {
	decoders := r.Decoders()
	rows := [][]string{append([]string{"scenario", "text", "promise", "kept"}, decoders...)}
	for _, p := range r.Panels {
		for _, promise := range p.Promises {
			row := []string{p.Scenario, p.text(), promise.String(), verdict(promise.kept(p))}
			for _, d := range decoders {
				value := ""
				if c, ok := p.curve(d); ok {
					value = promise.of(c)
				}
				row = append(row, value)
			}
			rows = append(rows, row)
		}
	}
	return rows
}

func verdict(kept, known bool) string {
	switch {
	case !known:
		return "?"
	case kept:
		return "yes"
	}
	return "no"
}

// text is what was sent by which preset, briefly.
func (p Panel) text() string {
	return strings.TrimSpace(string(p.Corpus) + " " + p.Preset)
}

// speedRows are the speeds that were measured undisturbed.
func (r *Report) speedRows() [][]string {
	rows := [][]string{{"× real time"}}
	for _, s := range r.Speeds {
		if !slices.Contains(rows[0], s.What) {
			rows[0] = append(rows[0], s.What)
		}
		if last := rows[len(rows)-1]; last[0] != s.Decoder {
			rows = append(rows, []string{s.Decoder})
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], fmt.Sprintf("%.0f", s.Times))
	}
	return rows
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

// paceRows tell how fast the decoders were, over all panels.
func (r *Report) paceRows() [][]string {
	rows := [][]string{{"decoder", "× real time beside other work"}}
	for _, name := range r.Decoders() {
		cost, n := 0.0, 0.0
		for _, p := range r.Panels {
			if c, ok := p.curve(name); ok {
				cost += 1 / c.Speed
				n++
			}
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
