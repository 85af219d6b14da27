// Package printer is the printing half of a teleprinter: it puts received
// characters on paper, the paper being a stream of text lines.
//
// Line ends become newlines as baudot.Newlines has it. A real machine prints
// the text after a carriage return without line feed over the line it has just
// printed; on a screen that would destroy copy, so here it goes on a line of
// its own.
//
// What comes from the air never controls the terminal: of all control
// characters only the newline gets through, and the bell when it is asked for.
package printer

import (
	"bufio"
	"io"
	"unicode"

	"rtty/baudot"
)

const bell = '\a'

// A Printer writes characters to a stream as lines of UTF-8 text.
type Printer struct {
	w    *bufio.Writer
	bell bool

	newlines baudot.Newlines
	column   int // characters on the present line
}

// New is a printer on w. With bell the bell character is passed on, otherwise
// it is silent.
func New(w io.Writer, bell bool) *Printer {
	return &Printer{w: bufio.NewWriter(w), bell: bell}
}

// Print puts one character on the paper; 0 is nothing. It reaches the stream
// with the next Flush.
func (p *Printer) Print(r rune) {
	r = p.newlines.Next(r)
	switch {
	case r == '\n':
		p.w.WriteByte('\n')
		p.column = 0
	case r == bell && p.bell:
		p.w.WriteByte(bell)
	case unicode.IsPrint(r):
		p.w.WriteRune(r)
		p.column++
	}
}

// Column is the number of characters on the present line.
func (p *Printer) Column() int { return p.column }

// Flush brings what was printed to the stream and returns the first error that
// the stream gave.
func (p *Printer) Flush() error { return p.w.Flush() }

// Finish ends the present line, if it has any text, and flushes.
func (p *Printer) Finish() error {
	if p.column > 0 {
		p.Print('\n')
	}
	return p.Flush()
}
