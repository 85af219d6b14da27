// Package prior tells how probable each five-unit code is, after those that
// came before it, from what stations commonly send.
//
// A receiver that has to choose between two codes equally like what it heard
// takes the one that makes sense: after TH rather E than X. This package holds
// that sense as numbers. They are small ones, a factor of ten here and there,
// and they only ever tip a balance: what is heard clearly beats them.
//
// # Experts
//
// Nobody knows beforehand what a station will send, so several experts look at
// the same text, each a table of which characters follow which: amateur
// contacts, contests, plain language, weather reports, test loops, random
// groups. One more, uniform, expects every code alike. Their opinions are
// averaged by how well each has done lately, Bayes' rule in every code, so a
// few characters of a weather report turn the average to weather. Text that
// suits none of them is left to uniform, and loses next to nothing.
//
// # Senders
//
// The tables speak of characters. Which codes carry them depends on the
// sender: all send FIGS before digits that follow letters, but after a space
// that follows digits some count on the receiver to have gone back to letters
// (unshift on space, USOS), some on its having stayed, and some shift
// explicitly to be safe. A [State] weighs these three as it goes, and watches
// for other habits: LTRS before every space, shifts sent twice or anew in
// every line, LTRS as diddle in pauses.
//
// # Use
//
// A decoder that follows many hypotheses gives each its own State, a small
// value to be copied. [Model.LogProbs] tells what may come next, and
// [Model.Advance] takes what the hypothesis says has come.
//
// The tables are counted by the command in the directory count, from texts
// named in docs/prior.md.
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

// The experts with a table, in the order of their weights.
var tabled = []string{"ham", "contest", "language", "weather", "test", "groups"}

const (
	experts = 7           // those with a table, and uniform
	uniform = experts - 1 // index of the one that expects every code alike
)

// A Model is what the experts know. It is immutable and safe for concurrent
// use.
type Model struct {
	tables [uniform]*ngram.Table // nil for an expert that isn't asked
	start  [experts]float32      // weights at the beginning; 0 for one that isn't asked
	floor  [experts]float32      // added to the weights in every code
	spaces spaceWeights          // weights of the sender's habits at spaces
}

// startWeights are how often each expert is right before anything is heard.
var startWeights = [experts]float32{0.3, 0.15, 0.2, 0.1, 0.1, 0.05, 0.1}

// share is the weight that is spread anew over all experts in every code, so
// that none is forgotten for good.
const share = 0.02

// Default is the model of all experts.
var Default = sync.OnceValue(func() *Model {
	m := &Model{spaces: startSpaces}
	for i, name := range tabled {
		data, err := files.ReadFile("tables/" + name + ".ngram")
		if err != nil {
			panic(err) // they are built in
		}
		if m.tables[i], err = ngram.Parse(data); err != nil {
			panic(fmt.Sprintf("table %s: %v", name, err))
		}
	}
	m.weigh()
	return m
})

// weigh shares the weights among the experts that are asked.
func (m *Model) weigh() {
	sum := float32(0)
	for i, w := range startWeights {
		if i == uniform || m.tables[i] != nil {
			m.start[i] = w
			sum += w
		}
	}
	for i := range m.start {
		m.start[i] /= sum
		m.floor[i] = share * m.start[i]
	}
}

// Names are the names that Named takes.
func Names() []string {
	return append([]string{"auto", "none"}, tabled...)
}

// Named is a model by its name: "auto" with all experts, "none" with uniform
// alone, or one expert beside uniform. The error lists the names there are.
func Named(name string) (*Model, error) {
	name = strings.ToLower(name)
	if name == "auto" {
		return Default(), nil
	}
	if !slices.Contains(Names(), name) {
		return nil, fmt.Errorf("no prior %q; there are %s", name, strings.Join(Names(), ", "))
	}
	m := &Model{spaces: startSpaces}
	if i := slices.Index(tabled, name); i >= 0 {
		m.tables[i] = Default().tables[i]
	}
	m.weigh()
	return m, nil
}

// WithUSOS is the same model for a sender that is known to count on unshift on
// space, or known not to.
func (m *Model) WithUSOS(usos bool) *Model {
	fixed := *m
	if usos {
		fixed.spaces[stays] = 0
	} else {
		fixed.spaces[unshifts] = 0
	}
	fixed.spaces.normalize()
	return &fixed
}
