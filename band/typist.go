package band

import (
	"math/rand/v2"

	"rtty/baudot"
	"rtty/modem"
)

// How a typist types: mostly about as fast as the machine, with a rest after
// some letters, and longer ones between words. Units are 22 ms.
const (
	restAfterLetter = 0.15 // chance
	restAfterWord   = 0.4
	meanLetterRest  = 8.0 // units
	meanWordRest    = 25.0
	longestRest     = 90 // units; longer would be taken for the end of the over
)

// A typist is a feed that rests between its codes, as somebody does who looks
// for the keys.
type typist struct {
	chance *rand.Rand
	feed   modem.Feed
	rest   int // units
}

func (t *typist) begin(feed modem.Feed) { t.feed, t.rest = feed, 0 }

// NextCode implements modem.Feed.
func (t *typist) NextCode() (baudot.Code, modem.FeedState) {
	if t.rest > 0 {
		t.rest--
		return 0, modem.FeedIdle
	}
	code, state := t.feed.NextCode()
	if state == modem.FeedChar {
		t.rest = t.restAfter(code)
	}
	return code, state
}

// restAfter draws a rest. None follows a shift: it and the letter are one
// stroke.
func (t *typist) restAfter(code baudot.Code) int {
	likely, mean := restAfterLetter, meanLetterRest
	switch code {
	case baudot.LTRS, baudot.FIGS, baudot.CR:
		return 0
	case baudot.Space:
		likely, mean = restAfterWord, meanWordRest
	}
	if t.chance.Float64() >= likely {
		return 0
	}
	return min(int(mean*t.chance.ExpFloat64()), longestRest)
}
