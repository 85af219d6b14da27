package station

import (
	"sync/atomic"
	"unicode"

	"rtty/baudot"
	"rtty/modem"
)

// lineLength is the width of a page printer, and where lines are wrapped.
const (
	lineLength = 68
	lineSoft   = 60 // from here on a space ends the line when the next word is not all typed
)

// An over is one transmission's text on its way from the queue to codes. It is
// the Feed of the transmitter, and remembers which code ends which character, so
// that text is echoed when it is on the air.
type over struct {
	queue   *queue
	encoder baudot.Encoder
	insert  func() string // what has to be said before the next character, empty for nothing
	closing func() string // what has to be said before the over ends

	hold   atomic.Bool // an empty queue is a pause, not the end
	ending atomic.Bool // the end, when the queue is empty
	closed atomic.Bool // nothing more is taken from the queue
	morse  atomic.Bool // the own call in Morse code is to follow

	urgent []rune // to be sent before the queue
	codes  []baudot.Code
	next   int
	handed int64 // codes handed to the transmitter
	column int

	taken []taken // from the queue
	text  []rune  // handed to the transmitter, as it goes on the air
	ends  []int64 // codes handed up to the end of each character of text
}

// taken is a character of the queue, and where in the text of the over stands
// what it has become.
type taken struct {
	typed rune
	at    int
}

func newOver(q *queue, sig modem.Signal, hold bool) *over {
	nothing := func() string { return "" }
	o := &over{
		queue:   q,
		encoder: baudot.Encoder{Table: sig.Code, USOS: sig.USOS},
		insert:  nothing,
		closing: nothing,
	}
	o.hold.Store(hold)
	return o
}

// NextCode implements modem.Feed.
func (o *over) NextCode() (baudot.Code, modem.FeedState) {
	for o.next == len(o.codes) {
		r, state := o.nextRune()
		if state != modem.FeedChar {
			return 0, state
		}
		o.put(r)
	}
	c := o.codes[o.next]
	o.next++
	o.handed++
	return c, modem.FeedChar
}

// put makes codes of a character. What the code does not have goes out as others,
// and it is those that are echoed.
func (o *over) put(r rune) {
	o.next, o.codes = 0, o.codes[:0]
	text, _ := o.encoder.Table.Substitute(r)
	for _, c := range text {
		o.codes = o.encoder.Append(o.codes, c)
		o.text = append(o.text, c)
		o.ends = append(o.ends, o.handed+int64(len(o.codes)))
		switch {
		case c == '\n' || c == '\r':
			o.column = 0
		case unicode.IsPrint(c):
			o.column++
		}
	}
}

// width is how many columns a character takes on paper.
func (o *over) width(r rune) int {
	text, _ := o.encoder.Table.Substitute(r)
	return len(text)
}

// nextRune is the next character to send, of what is urgent first.
func (o *over) nextRune() (rune, modem.FeedState) {
	if len(o.urgent) == 0 {
		o.urgent = []rune(o.insert())
	}
	if len(o.urgent) > 0 {
		r := o.urgent[0]
		o.urgent = o.urgent[1:]
		return r, modem.FeedChar
	}
	if o.closed.Load() {
		return 0, modem.FeedEnd
	}
	r, ok := o.queue.Next()
	switch {
	case ok && r == endOfOver, !ok && o.ending.Load(), !ok && !o.hold.Load():
		o.closed.Store(true)
		o.urgent = []rune(o.closing())
		return o.nextRune()
	case !ok:
		return 0, modem.FeedIdle
	}
	o.taken = append(o.taken, taken{r, len(o.text)})
	return o.wrapped(r), modem.FeedChar
}

// wrapped makes a new line of a space before which the line is full: when the
// word behind it does not fit any more.
func (o *over) wrapped(r rune) rune {
	if r != ' ' {
		return r
	}
	length, whole := o.queue.Word(o.width)
	if o.column+1+length > lineLength || !whole && o.column >= lineSoft {
		return '\n'
	}
	return r
}

// BetweenWords tells whether text can be put in without splitting a word.
func (o *over) BetweenWords() bool {
	return len(o.text) == 0 || !inWord(o.text[len(o.text)-1]) || o.queue.Len() == 0
}

// Aired are the characters, of all that were handed over, that end with one of
// the first so many codes.
func (o *over) Aired(codes int64) []rune {
	n := 0
	for n < len(o.ends) && o.ends[n] <= codes {
		n++
	}
	return o.text[:n]
}

// Unsent is what was taken from the queue of which nothing is among the first so
// many characters of the text.
func (o *over) Unsent(aired int) []rune {
	var unsent []rune
	for _, t := range o.taken {
		if t.at >= aired {
			unsent = append(unsent, t.typed)
		}
	}
	return unsent
}

// rest is a Feed that never has anything to send.
type rest struct{}

func (rest) NextCode() (baudot.Code, modem.FeedState) { return 0, modem.FeedIdle }

// ry is a Feed of RYRYRY…, in which every unit differs from the next.
type ry struct{ next int }

func (f *ry) NextCode() (baudot.Code, modem.FeedState) {
	codes := [2]rune{'R', 'Y'}
	c, _, _ := baudot.USTTY.Lookup(codes[f.next%2])
	f.next++
	return c, modem.FeedChar
}
