package bench

import (
	"slices"
	"strings"
	"testing"

	"rtty/bench/corpus"
)

func TestSuites(t *testing.T) {
	for _, name := range Suites() {
		s, err := SuiteNamed(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.validate(); err != nil {
			t.Error(err)
		}
		t.Logf("%s: %d panels, %d recordings", name, len(s.Cells), len(s.jobs()))
	}
	if _, err := SuiteNamed("endless"); err == nil || !strings.Contains(err.Error(), "standard") {
		t.Errorf("got %v", err)
	}
	if n := OversFor(3000); n != 8 {
		t.Errorf("%d overs for 3000 characters", n)
	}
}

// A promise that is about nothing in its cell would never be kept.
func TestPromisesAreAboutWhatIsMeasured(t *testing.T) {
	s, err := SuiteNamed("standard")
	if err != nil {
		t.Fatal(err)
	}
	promises := 0
	for _, c := range s.Cells {
		for _, p := range c.Promises {
			promises++
			switch p := p.(type) {
			case AtMost:
				if p.SNR < c.SNRs[0] || p.SNR > c.SNRs[len(c.SNRs)-1] {
					t.Errorf("%s promises %v, which is beyond its SNRs", c.Name(), p)
				}
				if p.Decoder != "" && !slices.Contains(c.Variants, p.Decoder) {
					t.Errorf("%s promises %v, which does not take part", c.Name(), p)
				}
			case Near:
				if !slices.Contains(c.Variants, p.To) {
					t.Errorf("%s promises %v, which does not take part", c.Name(), p)
				}
			case Quiet:
				if !c.Scenario.Silent {
					t.Errorf("%s promises %v, but somebody sends", c.Name(), p)
				}
			}
		}
	}
	if promises < 30 {
		t.Errorf("only %d promises", promises)
	}
}

func TestOnlyTakesCellsByName(t *testing.T) {
	s, err := SuiteNamed("standard")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		names []string
		want  []string
	}{
		{[]string{"noise"}, []string{"noise"}},
		{[]string{"flutter", "poor"}, []string{"poor-ragchew", "flutter-ragchew"}},
		{[]string{"moderate-*"}, []string{"moderate-ragchew", "moderate-random"}},
		{[]string{"awgn-weather-dwd", "awgn-ry"}, []string{"awgn-ry", "awgn-weather-dwd"}},
		{[]string{"neighbour-350+?0*"}, []string{"neighbour-350+20-contest", "neighbour-350+30-contest"}},
		{[]string{"class-a", "class-a"}, []string{"class-a-ragchew"}},
	} {
		got, err := s.Only(c.names...)
		if err != nil || !slices.Equal(got.names(), c.want) || got.Seed != s.Seed {
			t.Errorf("%q takes %q, %v; want %q", c.names, got.names(), err, c.want)
		}
	}
	for _, names := range [][]string{{"poor", "nothing"}, {"["}, {""}} {
		if _, err := s.Only(names...); err == nil {
			t.Errorf("%q is taken", names)
		}
	}
}

func TestCellsAreRefusedWithTheirName(t *testing.T) {
	noisy, silent := row("noise", "", 1, 0), row("noise", "", 1, 0)
	noisy.Corpus = corpus.RY
	bad := row("acquisition", corpus.Contest, 1, 0)
	bad.Scenario.Overs = &ShortOvers{Shortest: 10, Longest: 5}
	for want, c := range map[string]Cell{
		"noise-ry: corpus ry where nobody sends":       noisy,
		"acquisition-contest: overs of 10 to 5":        bad,
		"awgn-ry: 0 overs at 1 SNRs":                   row("awgn", corpus.RY, 0, 0),
		"awgn-poetry: no corpus":                       row("awgn", "poetry", 1, 0),
		"awgn-ry-telex: no preset":                     row("awgn", corpus.RY, 1, 0).sent("telex"),
		"awgn-ry: SNR 0 dB: must rise from one to the": row("awgn", corpus.RY, 1, 0, 0),
	} {
		if err := c.validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	if err := silent.validate(); err != nil {
		t.Error(err)
	}
}
