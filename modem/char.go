package modem

import "rtty/baudot"

// A Char is one received code and what is known of it.
type Char struct {
	Code      baudot.Code
	Rune      rune    // what it prints; 0 for shifts, blanks and figures without meaning
	P         float64 // probability that Code (and the shift it stands in) is right, 0 to 1
	Start     int64   // source sample at which its start bit begins
	End       int64   // source sample at which its stop element has lasted one unit
	FromPrior bool    // the text prior, not the signal, decided
}

// An Update is what a stretch of samples changed in the received text.
//
// Final only ever appends. Tail is the present guess at what follows the last
// final character and replaces the Tail before it; a revision may change the
// number of characters. Both slices belong to the receiver and hold until its
// next call.
type Update struct {
	Final []Char
	Tail  []Char
}
