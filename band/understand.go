package band

import (
	"slices"
	"strings"
	"unicode"

	"rtty/callsign"
)

// A message is what an over of the operator says, as far as the others care.
type message struct {
	words []string
	cq    bool
	from  string   // the operator's call, empty when it can't be told
	calls []string // all calls, each once
	name  string   // of the operator
	again bool     // something is to be repeated
}

// understand reads an over. It goes by what operators commonly do, and by the
// order of words hardly at all.
func understand(text string) message {
	m := message{words: strings.FieldsFunc(strings.ToUpper(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '/' && r != '?'
	})}
	surest := callsign.Plain
	for _, c := range callsign.Find(text) {
		if !slices.Contains(m.calls, c.Call) {
			m.calls = append(m.calls, c.Call)
		}
		if c.Context == callsign.AfterDE && surest <= c.Context {
			surest, m.from = c.Context, c.Call
		}
	}
	if m.from == "" && len(m.calls) == 1 {
		m.from = m.calls[0]
	}
	for i, word := range m.words {
		m.cq = m.cq || word == "CQ"
		m.again = m.again || slices.Contains(pleaseRepeat, strings.Trim(word, "?"))
		if m.name == "" && (word == "NAME" || word == "OP") {
			m.name = nameIn(m.words[i+1:])
		}
	}
	for _, word := range thanks {
		m.again = m.again && !slices.Contains(m.words, word)
	}
	return m
}

var (
	pleaseRepeat = []string{"", "AGN", "AGAIN", "RPT", "REPEAT", "QRZ", "QSM"}
	thanks       = []string{"TNX", "TKS", "TU", "73", "CU", "QSL"} // with these, RPT is a report and AGN another day
	beforeNames  = []string{"IS", "HR", "HERE", "MY", "ES"}
)

// nameIn is the name that words after NAME give.
func nameIn(words []string) string {
	for _, word := range words {
		if slices.Contains(beforeNames, word) {
			continue
		}
		if len(word) < 2 || len(word) > 12 || strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) >= 0 {
			return ""
		}
		return word
	}
	return ""
}

// calling tells whether the message has a call in it.
func (m message) calling(call string) bool {
	return slices.Contains(m.words, call) || slices.Contains(m.calls, call)
}

// almost tells whether it has something that was probably meant for the call:
// one character is wrong, missing or too many.
func (m message) almost(call string) bool {
	return slices.ContainsFunc(m.words, func(word string) bool { return within1(word, call) })
}

// within1 tells whether one edit at the most makes one word into the other.
func within1(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i == len(a) || a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}
