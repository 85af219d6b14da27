package station

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// Identification: the own call at least every ten minutes while operating, and
// at the end of a contact (47 CFR 97.119 and its likes in other countries).
const (
	identEvery  = 10 * time.Minute // unless set to less
	identWarn   = time.Minute      // before that, it is shown as due
	identInsert = 45 * time.Second // before that, it goes out between two words
	identForce  = 20 * time.Second // before that, it goes out anywhere
)

// Identification is the rule of the country.
type Identification struct {
	Every      time.Duration // at least so often while operating; 0 or more than that: 10 min
	NoFarewell bool          // a contact may end without the own call
	CW         CWID          // in Morse code, as well as in the text
}

// farewells are words that end a contact.
var farewells = []string{"73", "SK", "CL", "QRT"}

// ident keeps the time of the last identification. Only the own call completely
// on the air resets it. Its user holds the lock.
type ident struct {
	call       string
	every      time.Duration
	noFarewell bool

	since  time.Time // of the last own call, or of the key-down after which there was none yet
	owed   bool      // something was sent in an over without own call
	keyed  bool
	inOver bool   // the own call was sent in this over
	coming bool   // it was handed over and is not on the air yet
	word   []rune // that is being sent
}

// Keyed begins an over. An operating interval that ended with the own call and
// was followed by ten minutes of listening is over; this begins a new one.
func (i *ident) Keyed(at time.Time) {
	if i.since.IsZero() || !i.owed && at.Sub(i.since) > i.every {
		i.since = at
	}
	i.keyed, i.inOver, i.coming, i.word = true, false, false, i.word[:0]
}

// Complete is a character that was sent completely.
func (i *ident) Complete(r rune, at time.Time) {
	if inWord(r) {
		i.word = append(i.word, unicode.ToUpper(r))
		return
	}
	i.endWord(at)
}

// Unkeyed ends the over.
func (i *ident) Unkeyed(at time.Time) {
	i.endWord(at)
	i.owed = !i.inOver && (i.owed || i.keyed)
	i.keyed = false
}

func (i *ident) endWord(at time.Time) {
	if i.isCall(string(i.word)) {
		i.Called(at)
	}
	i.word = i.word[:0]
}

// Called is the own call that was sent completely.
func (i *ident) Called(at time.Time) { i.since, i.inOver, i.coming = at, true, false }

// isCall tells whether a word is the own call, perhaps with what portable
// stations add.
func (i *ident) isCall(word string) bool {
	return i.call != "" && (word == i.call || slices.Contains(strings.Split(word, "/"), i.call))
}

// State is what screens show.
func (i *ident) State(at time.Time) ID {
	if !i.owed && !i.keyed {
		return ID{}
	}
	left := i.every - at.Sub(i.since)
	return ID{Running: true, Left: left, Due: left < identWarn}
}

// Opening is what an over has to begin with that may last for longest and has
// text to send, of which a character takes per.
func (i *ident) Opening(at time.Time, longest time.Duration, text []rune, per time.Duration) string {
	left := i.every - at.Sub(i.since)
	if left > longest || i.within(text, left-identForce, per) {
		return ""
	}
	i.coming = true
	return i.text()
}

// Running is what has to be said before the next character in a running over.
func (i *ident) Running(at time.Time, betweenWords bool, text []rune, per time.Duration) string {
	left := i.every - at.Sub(i.since)
	due := left <= identForce || left <= identInsert && betweenWords && !i.within(text, left-identForce, per)
	if i.coming || !due {
		return ""
	}
	i.coming = true
	if !betweenWords {
		return " " + i.text()
	}
	return i.text()
}

// Closing is what an over that was sent as sent has to end with.
func (i *ident) Closing(sent []rune) string {
	if i.noFarewell {
		return ""
	}
	words := wordsOf(sent)
	isFarewell := func(w string) bool { return slices.Contains(farewells, w) }
	if !slices.ContainsFunc(words, isFarewell) || slices.ContainsFunc(words, i.isCall) {
		return ""
	}
	return " " + strings.TrimSpace(i.text())
}

func (i *ident) text() string { return "DE " + i.call + " " }

// within tells whether text brings the own call, whole, in that time.
func (i *ident) within(text []rune, time, per time.Duration) bool {
	if per > 0 && time > 0 {
		text = text[:min(len(text), int(time/per))]
		return slices.ContainsFunc(wordsOf(text), i.isCall)
	}
	return false
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '/' }

func wordsOf(text []rune) []string {
	return strings.FieldsFunc(strings.ToUpper(string(text)), func(r rune) bool { return !inWord(r) })
}
