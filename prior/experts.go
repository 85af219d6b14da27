package prior

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"rtty/prior/ngram"
)

//go:embed tables/*.ngram
var files embed.FS

// The experts that have a table, in the order of their weights.
var tabled = [...]string{"contact", "contest", "english", "foreign", "weather", "test", "groups"}

const (
	uniform = len(tabled) // index of the one that expects every code alike
	experts = uniform + 1
)

// startWeights are how much each expert is believed before anything is heard.
var startWeights = [experts]float32{0.25, 0.12, 0.18, 0.05, 0.08, 0.04, 0.10, 0.18}

// selections are the models by name. Uniform is in all of them.
var selections = []struct {
	name    string
	experts []string
}{
	{"auto", tabled[:]},
	{"none", nil},
	{"ham", []string{"contact", "contest", "english", "foreign", "test"}},
	{"contest", []string{"contest"}},
	{"english", []string{"english"}},
	{"weather", []string{"weather", "english", "foreign", "test"}},
}

// Names are the names that Named takes.
func Names() (names []string) {
	for _, s := range selections {
		names = append(names, s.name)
	}
	return names
}

// Check tells whether Named takes a name, without reading any table. The error
// lists the names there are.
func Check(name string) error {
	_, err := selected(name)
	return err
}

// Named is a model by its name: "auto" with all experts, "none" with uniform
// alone, which yet finds out how the sender shifts, the others with those for a
// kind of traffic. The error is that of Check.
func Named(name string) (*Model, error) {
	experts, err := selected(name)
	if err != nil {
		return nil, err
	}
	return newModel(experts), nil
}

// selected are the experts of a name.
func selected(name string) ([]string, error) {
	for _, s := range selections {
		if strings.EqualFold(s.name, name) {
			return s.experts, nil
		}
	}
	return nil, fmt.Errorf("no prior %q; there are %s", name, strings.Join(Names(), ", "))
}

// Default is the model with all experts.
func Default() *Model { return newModel(tabled[:]) }

// tables are the built-in tables, in the order of tabled. Reading them takes a
// while, so all cores do.
var tables = sync.OnceValue(func() (all [uniform]*ngram.Table) {
	var reading sync.WaitGroup
	for i, name := range tabled {
		reading.Go(func() { all[i] = readTable(name) })
	}
	reading.Wait()
	return all
})

func readTable(name string) *ngram.Table {
	data, err := files.ReadFile("tables/" + name + ".ngram")
	if err != nil {
		panic(err) // it is built in
	}
	t, err := ngram.Parse(data)
	if err != nil {
		panic(fmt.Sprintf("table %s: %v", name, err))
	}
	return t
}

// newModel shares the weights among the named experts and uniform.
func newModel(names []string) *Model {
	m := &Model{spaces: startSpaces}
	sum := float32(0)
	for i, w := range startWeights {
		switch {
		case i == uniform:
		case slices.Contains(names, tabled[i]):
			m.tables[i] = tables()[i]
		default:
			continue
		}
		m.start[i] = w
		sum += w
	}
	for i := range m.start {
		m.start[i] /= sum
	}
	if len(names) == 0 {
		judges := tables()
		m.judges = &judges
	}
	return m
}
