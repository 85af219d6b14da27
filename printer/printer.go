// Package printer is the printing half of a teleprinter: it puts received
// characters on paper, the paper being a stream of text lines.
//
// On the air a line ends with carriage return and line feed as two separate
// movements, often with the carriage return doubled to give a slow carriage
// time to travel. Noise loses either of them. The printer makes one newline of
// every such combination, so that text reads as it would have on paper:
//
//	CR LF, CR CR LF, LF CR, a lone LF   one newline
//	CR LF LF                            a newline and an empty line
//	a lone CR, then text                one newline
//
// A real machine prints the text after a lone CR over the line it has just
// printed. On a screen that would destroy copy, so it goes on a line of its own.
//
// What comes from the air never controls the terminal: of all control
// characters only the newline gets through, and the bell when it is asked for.
package printer

import (
	"bufio"
	"io"
	"unicode"
)

const bell = '\a'

// A Printer writes characters to a stream as lines of UTF-8 text.
type Printer struct {
	w    *bufio.Writer
	bell bool

	column   int  // characters on the present line
	returned bool // the carriage stands at the left edge of a line that has text
}

// New is a printer on w. With bell the bell character is passed on, otherwise
// it is silent.
func New(w io.Writer, bell bool) *Printer {
	return &Printer{w: bufio.NewWriter(w), bell: bell}
}

// Print puts one character on the paper; 0 is nothing. It reaches the stream
// with the next Flush.
func (p *Printer) Print(r rune) {
	switch {
	case r == '\r':
		p.returned = p.column > 0
	case r == '\n':
		p.newline()
	case r == bell:
		if p.bell {
			p.w.WriteRune(r)
		}
	case unicode.IsPrint(r):
		if p.returned {
			p.newline()
		}
		p.w.WriteRune(r)
		p.column++
	}
}

func (p *Printer) newline() {
	p.w.WriteByte('\n')
	p.column, p.returned = 0, false
}

// Column is the number of characters on the present line.
func (p *Printer) Column() int { return p.column }

// Flush brings what was printed to the stream and returns the first error that
// the stream gave.
func (p *Printer) Flush() error { return p.w.Flush() }

// Finish ends the present line, if it has any text, and flushes.
func (p *Printer) Finish() error {
	if p.column > 0 {
		p.newline()
	}
	return p.Flush()
}
