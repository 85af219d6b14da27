package baudot

// Newlines turns received line ends into '\n', one for each line: CR LF, CR CR
// LF, LF CR, and a CR or LF that has lost its partner. The newline comes with
// the first code of the line end, so that nothing waits, and a second LF makes
// an empty line as it does on paper. A copy of a Newlines goes on from the
// same place, to print text that may yet be revised.
type Newlines struct {
	last lineEnd
}

// lineEnd is how much of a line end has just gone by.
type lineEnd uint8

const (
	inLine  lineEnd = iota
	afterCR         // one or more CR, an LF may follow
	afterLF         // LF without CR before it, CRs may follow
)

// Next takes what a Decoder returned and gives what to print, 0 for nothing.
func (n *Newlines) Next(r rune) rune {
	switch r {
	case 0:
		return 0
	case '\r':
		return n.carriageReturn()
	case '\n':
		return n.lineFeed()
	}
	n.last = inLine
	return r
}

func (n *Newlines) carriageReturn() rune {
	if n.last != inLine {
		return 0
	}
	n.last = afterCR
	return '\n'
}

func (n *Newlines) lineFeed() rune {
	if n.last == afterCR {
		n.last = inLine
		return 0
	}
	n.last = afterLF
	return '\n'
}

// Reset begins a new text.
func (n *Newlines) Reset() { n.last = inLine }
