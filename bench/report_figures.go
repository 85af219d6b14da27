package bench

import (
	"strings"

	"rtty/bench/chart"
	"rtty/bench/score"
)

// A Figure is a chart and the file it goes to.
type Figure struct {
	File  string
	Chart chart.Chart
}

// leastCER is where the axis of error rates ends; fewer errors are drawn there.
const leastCER = 1e-4

// Figures are the curves of every panel that has more than one SNR, and the
// reliability diagram if a decoder gives probabilities.
func (r *Report) Figures() []Figure {
	var figures []Figure
	styles := r.styles()
	for _, p := range r.Panels {
		if p.drawn() {
			figures = append(figures, p.figure(styles))
		}
	}
	if f, ok := r.reliabilityFigure(); ok {
		figures = append(figures, f)
	}
	return figures
}

// styles number the decoders, so that each looks the same in all figures.
func (r *Report) styles() map[string]int {
	styles := map[string]int{}
	for i, name := range r.Decoders() {
		styles[name] = i
	}
	return styles
}

// drawn tells whether the panel has curves.
func (p Panel) drawn() bool { return len(p.Curves[0].Points) > 1 && !p.Silent }

// file is the name of the panel's figure.
func (p Panel) file() string {
	return fileName(p.Scenario+"-"+string(p.Corpus)+"-"+p.Preset) + ".svg"
}

func (p Panel) figure(styles map[string]int) Figure {
	points := p.Curves[0].Points
	c := chart.Chart{
		Title:  p.Scenario + ": " + p.About + " (" + p.text() + ")",
		XLabel: "SNR in 2500 Hz, dB", YLabel: "character error rate",
		XMin: points[0].SNR, XMax: points[len(points)-1].SNR,
		YMin: leastCER, YMax: 1, LogY: true, Percent: true,
	}
	for _, curve := range p.Curves {
		line := chart.Line{Name: curve.Decoder, Style: styles[curve.Decoder]}
		for _, point := range curve.Points {
			line.X = append(line.X, point.SNR)
			line.Y = append(line.Y, point.CER())
		}
		c.Lines = append(c.Lines, line)
	}
	if p.Theory != NoTheory {
		c.Lines = append(c.Lines, p.theoryLine())
	}
	return Figure{File: p.file(), Chart: c}
}

// theoryLine is drawn finely, and down to the axis only.
func (p Panel) theoryLine() chart.Line {
	points := p.Curves[0].Points
	low, high := points[0].SNR, points[len(points)-1].SNR
	line := chart.Line{Name: "theory", Dashed: true}
	const steps = 100
	for i := range steps + 1 {
		snr := low + (high-low)*float64(i)/steps
		cer := p.Theory.CER(EbN0(snr, p.Baud))
		if cer < leastCER {
			break
		}
		line.X = append(line.X, snr)
		line.Y = append(line.Y, cer)
	}
	return line
}

// leastDrawn is how many characters a point of the reliability diagram stands
// for at least; fewer would show chance.
const leastDrawn = 20

func (r *Report) reliabilityFigure() (Figure, bool) {
	c := chart.Chart{
		Title:  "Do the probabilities hold?",
		XLabel: "probability given to a character", YLabel: "share that was right",
		XMax: 1, YMax: 1,
	}
	for i, name := range r.Decoders() {
		rel := r.Reliability(name)
		line := chart.Line{Name: name, Style: i}
		for b := range score.Bins {
			if meanP, right, ok := rel.Bin(b); ok && rel.Count[b] >= leastDrawn {
				line.X = append(line.X, meanP)
				line.Y = append(line.Y, right)
			}
		}
		if len(line.X) > 0 {
			c.Lines = append(c.Lines, line)
		}
	}
	if len(c.Lines) == 0 {
		return Figure{}, false
	}
	c.Lines = append(c.Lines, chart.Line{Name: "honest", X: []float64{0, 1}, Y: []float64{0, 1}, Dashed: true})
	return Figure{File: "reliability.svg", Chart: c}, true
}

// fileName is name with nothing in it that a file system might mind.
func fileName(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '+', r == '-':
			return r
		}
		return '-'
	}, name)
}
