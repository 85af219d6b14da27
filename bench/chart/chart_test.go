package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
)

// parsed checks that the drawing is well-formed XML and returns its elements
// by name and all its text.
func parsed(t *testing.T, c Chart) (elements map[string]int, text string) {
	t.Helper()
	var b bytes.Buffer
	if err := c.WriteSVG(&b); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "NaN") || strings.Contains(b.String(), "Inf") {
		t.Error("the drawing has a place that is no number")
	}
	elements = map[string]int{}
	var words strings.Builder
	for dec := xml.NewDecoder(&b); ; {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return elements, words.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			elements[token.Name.Local]++
		case xml.CharData:
			words.Write(token)
		}
	}
}

func curve() Chart {
	return Chart{
		Title: `awgn & "friends" <1>`, XLabel: "SNR", YLabel: "CER",
		XMin: -12, XMax: -4, YMin: 1e-4, YMax: 1, LogY: true, Percent: true,
		Lines: []Line{
			{Name: "ours", X: []float64{-12, -8, -4}, Y: []float64{0.5, 0.01, 0}},
			{Name: "theory", X: []float64{-12, -4}, Y: []float64{0.3, 0.001}, Dashed: true},
		},
	}
}

func TestChartIsXMLWithItsWords(t *testing.T) {
	elements, text := parsed(t, curve())
	for _, want := range []string{`awgn & "friends" <1>`, "ours", "theory", "100 %", "0.01 %", "-12", "SNR", "CER"} {
		if !strings.Contains(text, want) {
			t.Errorf("the drawing does not say %q", want)
		}
	}
	if elements["svg"] != 1 || elements["title"] != 1 {
		t.Errorf("elements %v", elements)
	}
}

func TestChartTakesUglyValues(t *testing.T) {
	c := curve()
	c.Lines = []Line{
		{Name: "holes", X: []float64{-12, math.NaN(), -4}, Y: []float64{math.NaN(), 1, 0.1}},
		{Name: "far away", X: []float64{-1e9, 0, 1e9}, Y: []float64{0, 1e9, math.Inf(1)}},
		{Name: "empty"},
	}
	parsed(t, c)
}

func TestPointsBeyondTheAxesAreHollowAtTheEdge(t *testing.T) {
	var b bytes.Buffer
	c := curve()
	if err := c.WriteSVG(&b); err != nil {
		t.Fatal(err)
	}
	// Two of the three points lie inside; the legend has a filled one more.
	if filled := strings.Count(b.String(), `fill="`+palette[0]); filled != 3 {
		t.Errorf("%d filled markers, want 3", filled)
	}
	if hollow := strings.Count(b.String(), `fill="white" stroke="`+palette[0]); hollow != 1 {
		t.Errorf("%d hollow markers, want 1", hollow)
	}
	if _, y, beyond, ok := c.place(-4, 0); !beyond || !ok || y != height-bottom {
		t.Errorf("CER 0 is drawn at %g, beyond %v", y, beyond)
	}
}

func TestStepsAreRoundAndFew(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		want      []float64
	}{
		{-12, -4, []float64{-12, -11, -10, -9, -8, -7, -6, -5, -4}},
		{0, 1, []float64{0, 0.2, 0.4, 0.6, 0.8, 1}},
		{-16, 12, []float64{-15, -10, -5, 0, 5, 10}},
		{1, 1, nil},
	} {
		got := steps(c.low, c.high)
		for i := range got {
			got[i] = math.Round(got[i]*1e9) / 1e9
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("steps from %g to %g: %v, want %v", c.low, c.high, got, c.want)
		}
	}
}

func TestWriteErrorsComeBack(t *testing.T) {
	want := errors.New("disk full")
	if err := curve().WriteSVG(broken{want}); !errors.Is(err, want) {
		t.Errorf("got %v", err)
	}
}

type broken struct{ err error }

func (b broken) Write([]byte) (int, error) { return 0, b.err }

func TestSameStyleLooksTheSameInEveryChart(t *testing.T) {
	colours := func(c Chart) []string {
		var b bytes.Buffer
		if err := c.WriteSVG(&b); err != nil {
			t.Fatal(err)
		}
		var found []string
		for _, colour := range palette {
			if strings.Contains(b.String(), colour) {
				found = append(found, colour)
			}
		}
		return found
	}
	both, one := curve(), curve()
	both.Lines = append(both.Lines, Line{Name: "theirs", Style: 3, X: []float64{-12, -4}, Y: []float64{0.9, 0.1}})
	one.Lines = both.Lines[2:]
	if got, want := colours(both), []string{palette[0], palette[3]}; !slices.Equal(got, want) {
		t.Errorf("both: %q, want %q", got, want)
	}
	if got, want := colours(one), []string{palette[3]}; !slices.Equal(got, want) {
		t.Errorf("alone: %q, want %q", got, want)
	}
}
