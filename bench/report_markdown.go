package bench

import (
	"fmt"
	"io"
	"strings"
)

// WriteMarkdown writes the report for people: what was measured and how, what is
// promised and whether it is kept, the SNR each decoder needs, the curves (as
// images in the same folder, see Save), the counts behind them, whether
// probabilities hold, and speed.
func (r *Report) WriteMarkdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# Character error rates, suite %s, seed %d\n\n", r.Suite, r.Seed)
	b.WriteString(method)
	r.markdownDecoders(&b)
	if promises := r.promiseRows(); len(promises) > 1 {
		b.WriteString("## What is promised\n\nPromises are about " + r.Panels[0].Curves[0].Decoder +
			" unless they name another; the others show what they do in the same place.\n\n")
		markdownTable(&b, promises)
		b.WriteString("\n")
	}
	b.WriteString("## What each decoder needs\n\nSNR in 2500 Hz, dB, for a CER of " + targetNames() + ", each interpolated between the\n" +
		"logarithms of two points; a dash where it is not reached within the range that was measured.\n\n")
	markdownTable(&b, r.neededTable())
	b.WriteString("\n")
	for _, p := range r.Panels {
		p.markdown(&b)
	}
	r.markdownReliability(&b)
	r.markdownSpeed(&b)
	if failures := r.failures(); len(failures) > 0 {
		b.WriteString("\n## Failures\n\n- " + strings.Join(failures, "\n- ") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *Report) markdownDecoders(b *strings.Builder) {
	rows := [][]string{{"decoder", ""}}
	for _, name := range r.Decoders() {
		if about := r.About[name]; about != "" {
			rows = append(rows, []string{name, about})
		}
	}
	if len(rows) > 1 {
		markdownTable(b, rows)
		b.WriteString("\n")
	}
}

func (r *Report) markdownSpeed(b *strings.Builder) {
	b.WriteString("## Speed\n\n")
	if len(r.Speeds) > 0 {
		b.WriteString("Seconds of recording decoded in one second by one processor, at some SNRs in white noise.\n\n")
		markdownTable(b, r.speedRows())
		b.WriteString("\n")
	}
	b.WriteString("The mean over all recordings, while others were decoded beside it.\n\n")
	markdownTable(b, r.paceRows())
}

const method = `Each point is the sum over several overs of some 400 characters. Each over is a text of its own with noise, fading, start
phase and idle of its own, off tune by up to 5 Hz at random; all decoders read the same recordings (8 kHz, 16 bit for
other programs) and are told the nominal mark, space and speed, nothing else.

The character error rate (CER) is the Levenshtein distance between what was printed and what was sent, over the number
of characters sent, case folded and white space collapsed. SNR is the mean power of the keyed signal, over all fades, over
that of the steady noise in 2500 Hz; impulses, carriers and neighbours come on top. Theory is a receiver that knows the
place of every unit and decides by the stronger tone without regard to phase; one that uses the phase, each tone's own
fading, or knowledge of the text can be better.

The range beside a CER holds the true value with 95 % confidence, judged by how the overs differ. Differences between
decoders are surer than that, since they read the same recordings.

`

func targetNames() string {
	var names []string
	for _, cer := range targets {
		names = append(names, fmt.Sprintf("%g %%", 100*cer))
	}
	return strings.Join(names, ", ")
}

// neededTable has one row a panel and the targets in the cells.
func (r *Report) neededTable() [][]string {
	decoders := r.Decoders()
	rows := [][]string{append([]string{"scenario", "text"}, decoders...)}
	for _, p := range r.Panels {
		if len(p.Curves[0].Points) < 2 {
			continue
		}
		row := []string{p.Scenario, p.text()}
		for _, d := range decoders {
			var cells []string
			if c, ok := p.curve(d); ok {
				for _, cer := range targets {
					cells = append(cells, needed(c.Needed(cer)))
				}
			}
			row = append(row, strings.Join(cells, " / "))
		}
		rows = append(rows, row)
	}
	return rows
}

func (p Panel) markdown(b *strings.Builder) {
	fmt.Fprintf(b, "## %s\n\n", p.heading())
	if p.drawn() {
		fmt.Fprintf(b, "![CER of %s](%s)\n\n", p.Scenario, p.file())
	}
	if p.Silent {
		b.WriteString("Characters printed in a minute.\n\n")
		markdownTable(b, p.silentRows())
	} else {
		b.WriteString("CER in % (errors).\n\n")
		markdownTable(b, p.intervalRows())
	}
	b.WriteString("\n")
}

// intervalRows are the points, those of the first decoder with their confidence.
func (p Panel) intervalRows() [][]string {
	rows := [][]string{{"SNR dB", "Eb/N0 dB", "characters"}}
	for i, c := range p.Curves {
		rows[0] = append(rows[0], c.Decoder)
		if i == 0 {
			rows[0] = append(rows[0], "95 %")
		}
	}
	if p.Theory != NoTheory {
		rows[0] = append(rows[0], "theory")
	}
	for i, first := range p.Curves[0].Points {
		row := []string{fmt.Sprintf("%g", first.SNR), fmt.Sprintf("%.1f", first.EbN0), fmt.Sprint(first.Text.Sent)}
		for d, c := range p.Curves {
			point := c.Points[i]
			row = append(row, fmt.Sprintf("%s (%d)", percent(point.CER()), point.Text.Errors()))
			if d == 0 {
				row = append(row, percent(point.Low)+" to "+percent(point.High))
			}
		}
		if p.Theory != NoTheory {
			row = append(row, percent(p.Theory.CER(first.EbN0)))
		}
		rows = append(rows, row)
	}
	return rows
}

func (r *Report) markdownReliability(b *strings.Builder) {
	figure, ok := r.reliabilityFigure()
	if !ok {
		return
	}
	b.WriteString("## Probabilities\n\nOf the characters printed with probability p a share of p should be right. The expected calibration error is the\n" +
		"mean distance from that. Points with a CER above 20 % are left out, since an alignment finds right characters by\n" +
		"chance there.\n\n")
	fmt.Fprintf(b, "![Reliability diagram](%s)\n\n", figure.File)
	rows := [][]string{{"decoder", "p", "right", "characters"}}
	for _, name := range r.Decoders() {
		rel := r.Reliability(name)
		for i := range rel.Count {
			if meanP, right, ok := rel.Bin(i); ok {
				rows = append(rows, []string{name, fmt.Sprintf("%.3f", meanP), fmt.Sprintf("%.3f", right), fmt.Sprint(rel.Count[i])})
			}
		}
	}
	markdownTable(b, rows)
	fmt.Fprintf(b, "\nExpected calibration error of points with a CER of %g to %g %%:\n\n", 100*leastCalibrated, 100*worstCalibrated)
	markdownTable(b, r.calibrationRows())
	b.WriteString("\n")
}

func (r *Report) calibrationRows() [][]string {
	rows := [][]string{{"scenario", "corpus", "SNR dB", "decoder", "CER %", "error of calibration"}}
	for _, p := range r.Panels {
		for _, c := range p.Curves {
			for _, point := range c.Points {
				if !point.calibrated() {
					continue
				}
				rows = append(rows, []string{
					p.Scenario, string(p.Corpus), fmt.Sprintf("%g", point.SNR), c.Decoder,
					percent(point.CER()), fmt.Sprintf("%.3f", point.Reliability.ECE()),
				})
			}
		}
	}
	return rows
}

// markdownTable writes rows, the first of them the head.
func markdownTable(b *strings.Builder, rows [][]string) {
	escape := strings.NewReplacer("|", `\|`, "\n", " ")
	for i, row := range rows {
		for _, cell := range row {
			b.WriteString("| " + escape.Replace(cell) + " ")
		}
		b.WriteString("|\n")
		if i == 0 {
			b.WriteString(strings.Repeat("|---", len(row)) + "|\n")
		}
	}
}
