package config

import "strings"

// A layout tells where the statements of a TOML document stand. It is read
// from a document that a TOML reader has accepted; of any other it may tell
// nonsense.
type layout struct {
	statements []statement
	headers    []header
}

// A statement is key = value.
type statement struct {
	header     int    // index of the table it stands in; -1 before the first
	key        string // with that of its table
	line       int    // from 1
	start, end int    // bytes of the value
}

// A header is [table].
type header struct {
	key  string
	line int
	end  int // byte after the closing bracket
}

// find is the statement of a key.
func (l layout) find(key string) (statement, bool) {
	for _, s := range l.statements {
		if s.key == key {
			return s, true
		}
	}
	return statement{}, false
}

// line is where a key stands, or what is below it, or the nearest above it; 0
// when nothing of this does.
func (l layout) line(key string) int {
	for {
		same := func(k string) bool { return k == key }
		below := func(k string) bool { return strings.HasPrefix(k, key+".") }
		for _, fits := range []func(string) bool{same, below} {
			if line := l.first(fits); line > 0 {
				return line
			}
		}
		i := strings.LastIndexByte(key, '.')
		if i < 0 {
			return 0
		}
		key = key[:i]
	}
}

// first is the line of the first header or statement whose key fits.
func (l layout) first(fits func(key string) bool) int {
	line := 0
	for _, h := range l.headers {
		if fits(h.key) {
			line = h.line
			break
		}
	}
	for _, s := range l.statements {
		if fits(s.key) && (line == 0 || s.line < line) {
			return s.line
		}
	}
	return line
}

// A scanner walks through a document.
type scanner struct {
	text string
	at   int
	line int
}

func scan(text string) layout {
	var l layout
	s := scanner{text: text, line: 1}
	s.skip("\ufeff")
	for {
		s.blank()
		switch {
		case s.at >= len(s.text):
			return l
		case s.skip("["):
			double := s.skip("[")
			h := header{line: s.line, key: s.key()}
			s.skip("]")
			if double {
				s.skip("]")
			}
			h.end = s.at
			l.headers = append(l.headers, h)
		default:
			l.statements = append(l.statements, s.statement(l.headers))
		}
		s.toLineEnd()
	}
}

func (s *scanner) statement(headers []header) statement {
	st := statement{header: len(headers) - 1, line: s.line, key: s.key()}
	if st.header >= 0 {
		st.key = headers[st.header].key + "." + st.key
	}
	s.skip("=")
	s.spaces()
	st.start = s.at
	s.value()
	st.end = s.at
	return st
}

func (s *scanner) skip(word string) bool {
	if !strings.HasPrefix(s.text[s.at:], word) {
		return false
	}
	s.at += len(word)
	return true
}

func (s *scanner) next() byte {
	c := s.text[s.at]
	if c == '\n' {
		s.line++
	}
	s.at++
	return c
}

func (s *scanner) more() bool { return s.at < len(s.text) }

func (s *scanner) spaces() {
	for s.more() && (s.text[s.at] == ' ' || s.text[s.at] == '\t') {
		s.at++
	}
}

// blank goes over white space, line ends and comments.
func (s *scanner) blank() {
	for s.more() {
		switch s.text[s.at] {
		case ' ', '\t', '\r', '\n':
			s.next()
		case '#':
			s.toLineEnd()
		default:
			return
		}
	}
}

func (s *scanner) toLineEnd() {
	for s.more() && s.text[s.at] != '\n' {
		s.at++
	}
}

// key reads a key of one or more parts.
func (s *scanner) key() string {
	var parts []string
	for {
		s.spaces()
		parts = append(parts, s.keyPart())
		s.spaces()
		if !s.skip(".") {
			return strings.Join(parts, ".")
		}
	}
}

func (s *scanner) keyPart() string {
	start := s.at
	if s.more() && (s.text[s.at] == '"' || s.text[s.at] == '\'') {
		s.quoted()
		return strings.Trim(s.text[start:s.at], `"'`)
	}
	for s.more() && !strings.ContainsRune(" \t\r\n=.]", rune(s.text[s.at])) {
		s.at++
	}
	return s.text[start:s.at]
}

// value goes over a value.
func (s *scanner) value() {
	if !s.more() {
		return
	}
	switch s.text[s.at] {
	case '"', '\'':
		s.quoted()
	case '[', '{':
		s.brackets()
	default:
		start := s.at
		for s.more() && !strings.ContainsRune("#,]}\r\n", rune(s.text[s.at])) {
			s.at++
		}
		s.at = start + len(strings.TrimRight(s.text[start:s.at], " \t"))
	}
}

// brackets goes over an array or an inline table.
func (s *scanner) brackets() {
	depth := 0
	for s.more() {
		switch s.text[s.at] {
		case '"', '\'':
			s.quoted()
			continue
		case '#':
			s.toLineEnd()
			continue
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		}
		s.next()
		if depth == 0 {
			return
		}
	}
}

// quoted goes over a string of any of the four kinds.
func (s *scanner) quoted() {
	quote := s.text[s.at : s.at+1]
	escapes := quote == `"`
	if long := strings.Repeat(quote, 3); s.skip(long) {
		s.until(long, escapes)
		for range 2 { // one or two quotes may stand before the closing three
			s.skip(quote)
		}
		return
	}
	s.skip(quote)
	s.until(quote, escapes)
}

// until goes behind the next end that is not escaped.
func (s *scanner) until(end string, escapes bool) {
	for s.more() && !s.skip(end) {
		if c := s.next(); c == '\\' && escapes && s.more() {
			s.next()
		}
	}
}
