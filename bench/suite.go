package bench

import (
	"fmt"
	"strings"

	"rtty/bench/corpus"
	"rtty/modem"
)

// A Suite is all that one benchmark measures.
type Suite struct {
	Name  string
	Seed  uint64
	Cells []Cell
}

// A Cell is one diagram: a scenario and a corpus over a range of SNRs.
type Cell struct {
	Scenario Scenario
	Corpus   corpus.Kind
	Preset   string    // name of the signal, on the sideband where it is usual
	SNRs     []float64 // dB in 2500 Hz, rising
	Overs    int       // recordings at each SNR, of about corpus.OverLength characters
}

// Suites lists the names of the suites there are.
func Suites() []string { return []string{"quick", "standard", "full"} }

// SuiteNamed makes one of the suites: "quick" takes a minute or two on two
// cores and shows whether something broke, "standard" a quarter of an hour and
// supports a comparison, "full" an hour or more, for what one wants to publish.
func SuiteNamed(name string) (Suite, error) {
	switch strings.ToLower(name) {
	case "quick":
		return Suite{Name: "quick", Seed: 1, Cells: quick()}, nil
	case "standard":
		return Suite{Name: "standard", Seed: 1, Cells: complete(8)}, nil
	case "full":
		return Suite{Name: "full", Seed: 1, Cells: complete(50)}, nil
	}
	return Suite{}, fmt.Errorf("no suite %q; there are %s", name, strings.Join(Suites(), ", "))
}

// OversFor is how many overs make at least so many characters.
func OversFor(characters int) int {
	return (characters + corpus.OverLength - 1) / corpus.OverLength
}

func quick() []Cell {
	return []Cell{
		ham("awgn", corpus.Ragchew, span(-14, -4, 2), 8),
		ham("moderate", corpus.Ragchew, span(-8, 4, 4), 8),
		ham("free-oscillators", corpus.Contest, []float64{-8}, 4),
		ham("neighbour-350+20", corpus.Contest, []float64{3}, 4),
		{Scenario: mustScenario("awgn"), Corpus: corpus.Weather, Preset: "dwd", SNRs: []float64{0}, Overs: 4},
	}
}

// complete is every scenario; fading needs twice the overs, since errors come in
// bursts there.
func complete(overs int) []Cell {
	cells := []Cell{
		ham("awgn", corpus.Ragchew, span(-16, -4, 1), overs),
		ham("awgn", corpus.Contest, span(-16, -4, 2), overs),
		ham("awgn", corpus.English, span(-16, -4, 2), overs),
		ham("awgn", corpus.Random, span(-16, -4, 2), overs),
		ham("awgn", corpus.RY, span(-16, -4, 4), overs),
		{Scenario: mustScenario("awgn"), Corpus: corpus.Weather, Preset: "dwd", SNRs: span(-16, -4, 2), Overs: overs},
		ham("flat", corpus.Ragchew, span(-12, 8, 2), 2*overs),
		ham("good", corpus.Ragchew, span(-12, 8, 2), 2*overs),
		ham("moderate", corpus.Ragchew, span(-12, 8, 2), 2*overs),
		ham("moderate", corpus.Random, span(-12, 8, 4), 2*overs),
		ham("poor", corpus.Ragchew, span(-12, 8, 2), 2*overs),
		ham("flutter", corpus.Ragchew, span(-8, 12, 2), 2*overs),
	}
	for _, name := range []string{"linear", "constant", "free-oscillators", "random-phase", "one-stop", "two-stop", "typist", "fast", "slow", "mistuned", "drift"} {
		cells = append(cells, ham(name, corpus.Ragchew, span(-14, -5, 3), overs))
	}
	for _, name := range []string{"neighbour-250+20", "neighbour-350+20", "neighbour-350+30", "neighbour-500+40"} {
		cells = append(cells, ham(name, corpus.Contest, span(-3, 9, 6), overs))
	}
	for _, name := range []string{"carrier", "bursts", "bursts-agc", "class-a"} {
		cells = append(cells, ham(name, corpus.Ragchew, span(-9, 3, 3), overs))
	}
	return cells
}

func ham(scenario string, kind corpus.Kind, snrs []float64, overs int) Cell {
	return Cell{Scenario: mustScenario(scenario), Corpus: kind, Preset: "ham", SNRs: snrs, Overs: overs}
}

func mustScenario(name string) Scenario {
	s, err := ScenarioNamed(name)
	if err != nil {
		panic(err)
	}
	return s
}

// span is low to high in steps.
func span(low, high, step float64) []float64 {
	var all []float64
	for v := low; v <= high; v += step {
		all = append(all, v)
	}
	return all
}

func (s Suite) validate() error {
	seen := map[string]bool{}
	for _, c := range s.Cells {
		if err := c.validate(); err != nil {
			return fmt.Errorf("suite %s: %w", s.Name, err)
		}
		name := fmt.Sprintf("%s, %s, %s", c.Scenario.Name, c.Corpus, c.Preset)
		if seen[name] {
			return fmt.Errorf("suite %s: %s occurs twice", s.Name, name)
		}
		seen[name] = true
	}
	return nil
}

// signal is what the cell's preset sends.
func (c Cell) signal() (modem.Signal, error) {
	preset, err := modem.PresetNamed(c.Preset)
	if err != nil {
		return modem.Signal{}, err
	}
	return preset.Signal(preset.Sideband), nil
}

// validate names what can't be measured.
func (c Cell) validate() error {
	where := fmt.Sprintf("%s, %s", c.Scenario.Name, c.Corpus)
	if _, err := c.signal(); err != nil {
		return fmt.Errorf("%s: %w", where, err)
	}
	if _, err := corpus.KindNamed(string(c.Corpus)); err != nil {
		return fmt.Errorf("%s: %w", where, err)
	}
	if c.Overs < 1 || len(c.SNRs) == 0 {
		return fmt.Errorf("%s: %d overs at %d SNRs: must be at least one of each", where, c.Overs, len(c.SNRs))
	}
	for i, snr := range c.SNRs {
		if !(snr >= -60 && snr <= 100) || i > 0 && snr <= c.SNRs[i-1] {
			return fmt.Errorf("%s: SNR %g dB: must rise from one to the next, -60 to 100", where, snr)
		}
	}
	return nil
}
