package station

import (
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// SignedText is a text with the own call in it as the rules want it: at its start
// and its end, unless the first and the last line of text have it, and so that no
// ten minutes pass without. It is for texts that are sent without an operator, who
// has a Station to see to that.
type SignedText struct {
	// configuration
	text    io.RuneReader
	elapsed func() time.Duration

	// state
	ident  ident
	ahead  []rune // read and not handed over
	urgent []rune // to be handed over before that
	said   rune   // what was handed over last
	line   []rune // of the text, what was handed over last
	begun  bool
	closed bool
	end    error // of the text; nil before that
}

// NewSignedText signs text with a call. Elapsed is the time on the air of what
// was handed over so far.
func NewSignedText(text io.RuneReader, call string, elapsed func() time.Duration) *SignedText {
	s := &SignedText{text: text, elapsed: elapsed, ident: ident{call: strings.ToUpper(call), every: identEvery}}
	s.ident.Keyed(s.now())
	return s
}

// now is a time that counts from the start of the transmission.
func (s *SignedText) now() time.Time { return time.Unix(0, 0).Add(s.elapsed()) }

// ReadRune implements io.RuneReader. The error is that of the text, after its last
// character and the own call.
func (s *SignedText) ReadRune() (r rune, size int, err error) {
	s.ident.Complete(s.said, s.now())
	s.arrange()
	switch {
	case len(s.urgent) > 0:
		r, s.urgent = s.urgent[0], s.urgent[1:]
	case len(s.ahead) > 0:
		r, s.ahead = s.ahead[0], s.ahead[1:]
		s.line = append(s.line, r)
		s.line = s.line[max(0, len(s.line)-lineLength):]
	default:
		return 0, 0, s.end
	}
	s.said = r
	return r, utf8.RuneLen(r), nil
}

// arrange sees to it that there is something to hand over, as long as anything
// is left.
func (s *SignedText) arrange() {
	switch {
	case !s.begun:
		s.begin()
	case len(s.urgent) > 0:
		return
	case len(s.ahead) == 0 && s.end == nil:
		s.read()
	}
	switch {
	case len(s.urgent) > 0 || s.closed:
	case len(s.ahead) > 0:
		s.urgent = []rune(s.ident.Running(s.now(), !inWord(s.said), nil, 0))
	default:
		s.close()
	}
}

// begin reads the first line, and signs unless that does.
func (s *SignedText) begin() {
	s.begun = true
	for s.end == nil && len(s.ahead) < lineLength && !slices.Contains(s.ahead, '\n') {
		s.read()
	}
	if !s.signs(s.ahead) {
		s.urgent = []rune(s.ident.text())
	}
}

func (s *SignedText) read() {
	r, _, err := s.text.ReadRune()
	if err != nil {
		s.end = err
		return
	}
	s.ahead = append(s.ahead, r)
}

// close signs at the end, unless the last line does or there was no text.
func (s *SignedText) close() {
	s.closed = true
	if len(s.line) == 0 || s.signs(s.line) {
		return
	}
	signature := strings.TrimSpace(s.ident.text())
	if inWord(s.said) {
		signature = " " + signature
	}
	s.urgent = []rune(signature)
}

func (s *SignedText) signs(text []rune) bool {
	return slices.ContainsFunc(wordsOf(text), s.ident.isCall)
}
