package bench

import (
	"fmt"
	"path"
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
	Corpus   corpus.Kind // "" where nobody sends
	Preset   string      // name of the signal, on the sideband where it is usual
	SNRs     []float64   // dB in 2500 Hz, rising
	Overs    int         // recordings at each SNR, of about corpus.OverLength characters or a minute

	Variants []string // names of decoders of Options.Variants that take part
	Alone    bool     // Options.Peers do not take part
	Promises []Promise
}

// Name tells the cell from all others of its suite, such as awgn-ragchew,
// awgn-weather-dwd or noise.
func (c Cell) Name() string {
	name := c.Scenario.Name
	if c.Corpus != "" {
		name += "-" + string(c.Corpus)
	}
	if c.Preset != usualPreset {
		name += "-" + c.Preset
	}
	return name
}

// Only is the suite with nothing but the cells that have one of the names or
// scenarios. Names may have *, ? and [] as file names do. What is left is
// measured on the same recordings as in the whole suite.
func (s Suite) Only(names ...string) (Suite, error) {
	var cells []Cell
	used := make([]bool, len(names))
	for _, c := range s.Cells {
		taken := false
		for i, name := range names {
			matches, err := path.Match(name, c.Name())
			if err != nil {
				return Suite{}, fmt.Errorf("name %q: %w", name, err)
			}
			if matches || name == c.Scenario.Name {
				used[i], taken = true, true
			}
		}
		if taken {
			cells = append(cells, c)
		}
	}
	for i, name := range names {
		if !used[i] {
			return Suite{}, fmt.Errorf("suite %s has no %q; it has %s", s.Name, name, strings.Join(s.names(), ", "))
		}
	}
	s.Cells = cells
	return s, nil
}

func (s Suite) names() []string {
	names := make([]string, len(s.Cells))
	for i, c := range s.Cells {
		names[i] = c.Name()
	}
	return names
}

// Suites lists the names of the suites there are.
func Suites() []string { return []string{"quick", "standard", "full"} }

// SuiteNamed makes one of the suites: "quick" takes a minute or two on two
// cores and shows whether something broke, "standard" some twenty minutes and
// judges every promise on 3000 characters a point or more, "full" has five times
// as many, for what one wants to publish. fldigi takes most of that time.
func SuiteNamed(name string) (Suite, error) {
	switch strings.ToLower(name) {
	case "quick":
		return Suite{Name: "quick", Seed: 1, Cells: quick()}, nil
	case "standard":
		return Suite{Name: "standard", Seed: 1, Cells: complete(8)}, nil
	case "full":
		return Suite{Name: "full", Seed: 1, Cells: complete(40)}, nil
	}
	return Suite{}, fmt.Errorf("no suite %q; there are %s", name, strings.Join(Suites(), ", "))
}

// OversFor is how many overs make at least so many characters.
func OversFor(characters int) int {
	return (characters + corpus.OverLength - 1) / corpus.OverLength
}

func (s Suite) validate() error {
	seen := map[string]bool{}
	for _, c := range s.Cells {
		if err := c.validate(); err != nil {
			return fmt.Errorf("suite %s: %w", s.Name, err)
		}
		if seen[c.Name()] {
			return fmt.Errorf("suite %s: %s occurs twice", s.Name, c.Name())
		}
		seen[c.Name()] = true
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
	if _, err := c.signal(); err != nil {
		return fmt.Errorf("%s: %w", c.Name(), err)
	}
	if err := c.validateText(); err != nil {
		return fmt.Errorf("%s: %w", c.Name(), err)
	}
	if c.Overs < 1 || len(c.SNRs) == 0 {
		return fmt.Errorf("%s: %d overs at %d SNRs: must be at least one of each", c.Name(), c.Overs, len(c.SNRs))
	}
	for i, snr := range c.SNRs {
		if !(snr >= -60 && snr <= 100) || i > 0 && snr <= c.SNRs[i-1] {
			return fmt.Errorf("%s: SNR %g dB: must rise from one to the next, -60 to 100", c.Name(), snr)
		}
	}
	return nil
}

func (c Cell) validateText() error {
	if c.Scenario.Silent {
		if c.Corpus != "" {
			return fmt.Errorf("corpus %s where nobody sends", c.Corpus)
		}
		return nil
	}
	if c.Scenario.Overs != nil {
		if err := c.Scenario.Overs.validate(); err != nil {
			return err
		}
	}
	_, err := corpus.KindNamed(string(c.Corpus))
	return err
}
