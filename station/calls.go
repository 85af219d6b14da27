package station

import (
	"time"
	"unicode"

	"rtty/callsign"
	"rtty/modem"
)

// Behaviour of the call finder.
const (
	callText   = 120 // characters of copy that are looked at together
	callSurety = 0.6 // mean probability of the characters of a call that is believed

	cutTime = 250 * time.Millisecond // from a call to where it was cut off, if it was: there was no space between
)

// callFinder picks calls out of the copy as it comes, each time one is sent.
type callFinder struct {
	text  []byte // letters, digits and separators, one byte each
	chars []modem.Char
	told  int   // bytes of text in which calls have been told
	cut   int64 // position from which on the operator was sending and not listening
}

// Reset forgets the copy.
func (f *callFinder) Reset() { f.text, f.chars, f.told, f.cut = f.text[:0], f.chars[:0], 0, 0 }

// Cut says that nothing of what is sent from a position on is heard: the word that
// is being sent there is not whole.
func (f *callFinder) Cut(position int64) { f.cut = position }

// cutOff tells whether a word may have lost its end.
func (f *callFinder) cutOff(span callsign.Span) bool {
	missing := f.cut - f.chars[span.End-1].End
	return f.cut > 0 && missing < samplesIn(cutTime) && missing > -samplesIn(cutTime)
}

// Add takes copy and tells each call in it when the word after it has begun,
// since only then the words around it are known.
func (f *callFinder) Add(chars []modem.Char, tell func(call string, at int64)) {
	for _, c := range chars {
		if c.Rune == 0 || c.Rune == '\r' {
			continue
		}
		f.put(c)
		if len(f.text) > 1 && separates(f.text[len(f.text)-2]) && !separates(f.text[len(f.text)-1]) {
			f.look(tell)
		}
	}
}

func (f *callFinder) put(c modem.Char) {
	b := byte(' ')
	if c.Rune < unicode.MaxASCII && c.Rune > ' ' {
		b = byte(c.Rune)
	}
	if len(f.text) == callText {
		half := callText / 2
		f.text = f.text[:copy(f.text, f.text[half:])]
		f.chars = f.chars[:copy(f.chars, f.chars[half:])]
		f.told = max(0, f.told-half)
	}
	f.text = append(f.text, b)
	f.chars = append(f.chars, c)
}

// look tells the calls that are complete and were not told yet.
func (f *callFinder) look(tell func(call string, at int64)) {
	complete := len(f.text) - 1
	for _, span := range callsign.Find(string(f.text[:complete])) {
		if span.Start < f.told || f.surety(span) < callSurety || f.cutOff(span) {
			continue
		}
		tell(span.Call, f.chars[span.Start].Start)
	}
	f.told = complete
}

func (f *callFinder) surety(span callsign.Span) float64 {
	sum := 0.0
	for _, c := range f.chars[span.Start:span.End] {
		sum += c.P
	}
	return sum / float64(span.End-span.Start)
}

func separates(b byte) bool { return b == ' ' }
