// Package corpus writes text for teleprinters: endless, seeded, and in two
// splits that share no sentence, name, place, station or callsign prefix.
//
// A decoder that knows what operators commonly send reads better than one that
// does not. To find out honestly how much, the text it learned from and the
// text it is tested on must come from different mouths: learn from Train,
// measure on Test. What both splits share is what every operator knows: the
// order of a contact ("CQ", "DE", report, name, place, "BTU"), the exchange of
// a contest ("599 001", "TU"), the group structure of a weather report (FM 12
// SYNOP of the WMO Manual on Codes) and the little words of the language.
//
// All text here is invented; callsigns follow the ITU's prefixes at random and
// any likeness to a station is chance.
package corpus

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A Kind is a service or habit of sending.
type Kind string

const (
	Ragchew Kind = "ragchew" // overs of an amateur contact, at length
	Contest Kind = "contest" // calls and exchanges of an amateur contest
	Random  Kind = "random"  // five-letter groups without any order
	English Kind = "english" // plain sentences
	Weather Kind = "weather" // SYNOP bulletins and sea forecasts; needs the ITA2 figures
	RY      Kind = "ry"      // test loops: RYRYRY, pangrams, station calls
)

// Kinds lists all kinds.
func Kinds() []Kind { return []Kind{Ragchew, Contest, Random, English, Weather, RY} }

// KindNamed finds a kind by its name; the error lists the kinds there are.
func KindNamed(name string) (Kind, error) {
	names := make([]string, 0, len(Kinds()))
	for _, k := range Kinds() {
		if strings.EqualFold(string(k), name) {
			return k, nil
		}
		names = append(names, string(k))
	}
	return "", fmt.Errorf("no corpus %q; there are %s", name, strings.Join(names, ", "))
}

// A Split is one of two worlds with nothing in common but custom and grammar.
type Split uint8

const (
	Train Split = iota // what a text prior may learn from
	Test               // what decoders are measured on
)

// OverLength is about how many characters one over has.
const OverLength = 400

// lineLength is where lines are broken: a page printer's carriage reached 72.
const lineLength = 68

// A Source writes overs of one kind. The same kind, split and seed write the
// same overs. It is not safe for concurrent use.
type Source struct {
	kind Kind
	w    writer
}

// New makes a source. It panics if there is no such kind.
func New(kind Kind, split Split, seed uint64) *Source {
	if _, err := KindNamed(string(kind)); err != nil {
		panic(err)
	}
	stream := uint64(split) + 1
	return &Source{kind: kind, w: writer{
		rand:    rand.New(rand.NewPCG(seed, stream)),
		grammar: grammars[split],
	}}
}

// Over writes the next over: about OverLength characters that have codes, in
// capitals, lines ended by "\n".
func (s *Source) Over() string {
	s.w.said = map[string]string{}
	switch s.kind {
	case Ragchew:
		return s.w.ragchew()
	case Contest:
		return s.w.contest()
	case Random:
		return s.w.groups()
	case English:
		return s.w.prose()
	case Weather:
		return s.w.weather()
	default:
		return s.w.testLoop()
	}
}
