package bench

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"rtty/baudot"
	"rtty/bench/corpus"
)

// ShortOvers is a frequency on which several stations send briefly, one after
// the other, with noise between. Each is beside the nominal tones by an amount
// of its own. Signal and noise together are louder or softer in each, as behind
// a receiver whose gain is turned, so that the SNR is the same in all.
//
// What a receiver loses while it finds a signal shows here, since every over
// counts from its first character; so does what it prints in between.
type ShortOvers struct {
	Shortest, Longest int     // characters
	Idle              float64 // diddles before the text, seconds
	Offset            float64 // Hz to either side at the most, in place of the usual 5
	LevelDB           float64 // to either side at the most
	Pause             float64 // noise before an over, seconds, and up to as much again
}

// A passage is a stretch of a recording with a gain of its own.
type passage struct {
	from int // sample
	db   float64
}

// play makes the overs of a text.
func (o ShortOvers) play(t Trial, rng *rand.Rand) (transmission, error) {
	var made transmission
	either := func(most float64) float64 { return most * (2*rng.Float64() - 1) }
	var texts []string
	for _, words := range o.parts(corpus.New(t.Corpus, corpus.Test, t.Seed).Over(), rng) {
		// The new line parts it from the over before, on paper too.
		text := "\n" + words
		encoder := baudot.Encoder{Table: t.Signal.Code, USOS: t.Signal.USOS}
		signal := t.Signal.MovedTo(t.Signal.Center() + t.Scenario.Offset + either(o.Offset))
		idle := idle{diddles: int(o.Idle/t.Signal.CharSeconds() + 0.5), after: overTail}
		over, err := t.Scenario.Sender.key(signal, Rate, idle, encoder.AppendString(nil, text), rng)
		if err != nil {
			return transmission{}, err
		}
		texts = append(texts, t.Signal.Code.Fold(text))
		made.passages = append(made.passages, passage{from: len(made.samples), db: either(o.LevelDB)})
		made.rest(o.Pause * (1 + rng.Float64()))
		made.samples = append(made.samples, over...)
	}
	made.rest(o.Pause)
	made.sent.Text = strings.Join(texts, "")
	return made, nil
}

// overTail is how long mark goes on behind the text of a short over, seconds.
const overTail = 0.05

// parts cuts a text between words into pieces of a length drawn anew for each.
// What is left at the end and too short is dropped.
func (o ShortOvers) parts(text string, rng *rand.Rand) []string {
	var parts []string
	length := func() int { return o.Shortest + rng.IntN(o.Longest-o.Shortest+1) }
	part, want := "", length()
	cut := func() {
		parts = append(parts, part)
		part, want = "", length()
	}
	for _, word := range strings.Fields(text) {
		if part != "" && len(part)+1+len(word) > o.Longest {
			cut()
		}
		part = strings.TrimPrefix(part+" "+word, " ")
		if len(part) >= want {
			cut()
		}
	}
	if len(part) >= o.Shortest {
		parts = append(parts, part)
	}
	return parts
}

func (o ShortOvers) validate() error {
	if o.Shortest < 1 || o.Longest < o.Shortest {
		return fmt.Errorf("overs of %d to %d characters: must be at least 1, and the longest at least the shortest", o.Shortest, o.Longest)
	}
	return nil
}
