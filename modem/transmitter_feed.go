package modem

import (
	"errors"
	"fmt"
	"io"

	"rtty/baudot"
)

// A Feed hands a Transmitter what to send, one code at a time and no sooner
// than needed, so that what is still to come can be edited. NextCode must not
// wait: a feed that has nothing now says so.
type Feed interface {
	// NextCode gives the next code; it counts only with FeedChar.
	NextCode() (baudot.Code, FeedState)
}

// A FeedState says what came of asking a Feed.
type FeedState uint8

const (
	FeedChar FeedState = iota // a code to send
	FeedIdle                  // nothing now, ask again: the transmitter diddles
	FeedEnd                   // nothing any more: the transmission ends
)

// Diddle is what goes out while the feed is idle. A receiver keeps its timing
// and its tuning on characters that print nothing, and the other station hears
// that the pause is one.
type Diddle uint8

const (
	DiddleLTRS  Diddle = iota // letters shift, what most stations send
	DiddleBlank               // the blank code, which leaves the shift alone
	DiddleNone                // rest at mark, as a teleprinter with an idle operator
)

// ParseDiddle is the inverse of String.
func ParseDiddle(name string) (Diddle, error) {
	for d := DiddleLTRS; d <= DiddleNone; d++ {
		if name == d.String() {
			return d, nil
		}
	}
	return 0, fmt.Errorf("no diddle %q; there are %s, %s, %s", name, DiddleLTRS, DiddleBlank, DiddleNone)
}

func (d Diddle) String() string {
	switch d {
	case DiddleLTRS:
		return "ltrs"
	case DiddleBlank:
		return "blank"
	case DiddleNone:
		return "none"
	}
	return fmt.Sprintf("Diddle(%d)", uint8(d))
}

// A CodeFeed sends codes that are known beforehand. The slice is not copied and
// shrinks as it is sent.
type CodeFeed []baudot.Code

// NextCode implements Feed.
func (f *CodeFeed) NextCode() (baudot.Code, FeedState) {
	if len(*f) == 0 {
		return 0, FeedEnd
	}
	c := (*f)[0]
	*f = (*f)[1:]
	return c, FeedChar
}

// A TextFeed sends a text while it is being read, in memory that does not grow
// with it. The transmission ends with the text. It waits where the reader waits,
// so it is for files and pipes rather than for a keyboard on the air.
type TextFeed struct {
	text    io.RuneReader
	encoder *baudot.Encoder

	codes []baudot.Code // of the last character, not all sent yet
	next  int
	err   error
}

// NewTextFeed reads from text, a bufio.Reader for one, as the codes go out.
// The encoder decides on figures, line ends and what has no code.
func NewTextFeed(text io.RuneReader, encoder *baudot.Encoder) *TextFeed {
	return &TextFeed{text: text, encoder: encoder}
}

// NextCode implements Feed.
func (f *TextFeed) NextCode() (baudot.Code, FeedState) {
	for f.next == len(f.codes) {
		if f.err != nil {
			return 0, FeedEnd
		}
		f.next, f.codes = 0, f.codes[:0]
		r, _, err := f.text.ReadRune()
		if err != nil {
			f.err = err
			continue
		}
		f.codes = f.encoder.Append(f.codes, r)
	}
	c := f.codes[f.next]
	f.next++
	return c, FeedChar
}

// Err is why the text ended before its time, nil when it was sent to its end.
func (f *TextFeed) Err() error {
	if f.err == nil || errors.Is(f.err, io.EOF) {
		return nil
	}
	return fmt.Errorf("reading the text to send: %w", f.err)
}
