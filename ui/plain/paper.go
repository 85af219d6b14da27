package plain

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"rtty/baudot"
)

// A Flow is the pieces in which text is written as it comes in.
type Flow uint8

const (
	ByWord Flow = iota
	ByLine
)

// ParseFlow is the inverse of String.
func ParseFlow(name string) (Flow, error) {
	for f := ByWord; f <= ByLine; f++ {
		if name == f.String() {
			return f, nil
		}
	}
	return 0, fmt.Errorf("no flow %q; there are %s and %s", name, ByWord, ByLine)
}

func (f Flow) String() string {
	if f == ByLine {
		return "line"
	}
	return "word"
}

// longLine is where a line that comes in without an end is written in ByLine.
const longLine = 80

// A paper is what is written on: lines, one below the other. Text that comes in
// bit by bit is held until a word or a line is whole; other lines may come
// between.
type paper struct {
	w    io.Writer
	flow Flow

	column   int    // characters on the present line
	label    string // of the text that comes in
	mine     bool   // the present line is one of that text
	newlines baudot.Newlines
	spaces   int    // before what is pending
	pending  []rune // not written yet
	err      error  // the first that writing gave
}

func (p *paper) write(s string) {
	if p.err != nil || s == "" {
		return
	}
	_, p.err = io.WriteString(p.w, s)
}

// breakLine ends the present line, if anything is on it.
func (p *paper) breakLine() {
	if p.column > 0 {
		p.write("\n")
	}
	p.column, p.mine = 0, false
}

// say writes a line of its own.
func (p *paper) say(line string) {
	p.breakLine()
	p.write(printable(line) + "\n")
}

// text takes characters of a text that comes in under a label. Another label
// than before begins another text.
func (p *paper) text(label string, text []rune) {
	if label != p.label {
		p.flush()
		p.breakLine()
		p.label, p.spaces = label, 0
		p.newlines.Reset()
	}
	for _, r := range text {
		p.char(p.newlines.Next(r))
	}
}

func (p *paper) char(r rune) {
	switch {
	case r == '\n':
		p.flush()
		if p.mine {
			p.breakLine()
		}
		p.spaces = 0
	case r == ' ' && p.flow == ByWord, r == ' ' && len(p.pending) >= longLine:
		p.flush()
		p.spaces++
	case unicode.IsPrint(r):
		p.pending = append(p.pending, r)
	}
}

// flush writes what is pending, though there may be more of it to come.
func (p *paper) flush() {
	if len(p.pending) == 0 {
		return
	}
	if !p.mine {
		p.breakLine()
		p.write(p.label)
		p.column, p.mine, p.spaces = len(p.label), true, 0
	}
	text := strings.Repeat(" ", p.spaces) + string(p.pending)
	p.write(text)
	p.column += len(text)
	p.pending, p.spaces = p.pending[:0], 0
}

// echo shows what is typed, on a line of its own.
func (p *paper) echo(s string) {
	if p.mine {
		p.breakLine()
	}
	p.write(s)
	p.column++
}

// printable is a text without whatever could control a terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s)
}
