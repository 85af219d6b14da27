package baudot

import (
	"strings"
	"unicode"
)

// Fidelity is how much of a character survives being sent.
type Fidelity uint8

const (
	Exact   Fidelity = iota // it has a code, or its capital has
	Spelled                 // sent as others that a reader understands
	Lost                    // sent as a question mark or left out
)

// Substitute is the text of t's own characters that is sent for r, and how
// true to r it is:
//
//   - Small letters go as capitals, line ends, BEL and (in ITA2) WRU as they
//     are. All this is Exact.
//   - Letters with accents lose them, except those that have a spelling of
//     their own: Ä AE, Ö OE, Ü UE, Å AA, Æ AE, Ø OE (the letter; a slashed
//     zero has to be typed as 0), Œ OE, ß SS, Þ TH. These are the passport
//     spellings of ICAO Doc 9303.
//   - Cyrillic letters go as English readers know them (BGN/PCGN, with Ё YO
//     and without signs for ъ and ь); Greek ones, which are signs here, by
//     name, except µ U and Ω OHM.
//   - Quotation marks of all kinds become ' or ", dashes -, brackets of all
//     kinds ( and ), spaces of all widths and tabs a space, page breaks and
//     the like newlines, wide letters as typed in Japan the usual ones.
//   - Other signs go as what telegraph operators wrote or what looks alike:
//     @ (AT), % PCT, ° DEG, € EUR, * X, _ -, ½ 1/2, ² (2).
//   - Signs that only the other table has: in US-TTY + PLUS and = as two
//     hyphens; in ITA2 & +, # NR, $ USD, ! a full stop, ; a comma and " two
//     apostrophes.
//   - What is invisible between other characters is left out: accents that
//     follow their letter, joiners, byte order marks, and ¡ and ¿ too.
//   - Other control characters are left out as Lost. All else is lost as "?".
//
// It doesn't allocate.
func (t Table) Substitute(r rune) (text string, f Fidelity) {
	up := upper(r)
	if _, _, ok := t.Lookup(up); ok {
		return ascii[up : up+1], Exact
	}
	if text, ok := t.spelling(r); ok {
		return text, Spelled
	}
	switch {
	case '！' <= r && r <= '～':
		text, f = t.Substitute(r - '！' + '!')
		return text, max(f, Spelled)
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return "", Spelled
	case unicode.Is(unicode.Cc, r):
		return "", Lost
	}
	return "?", Lost
}

// Fold is text as it will read when t has sent it, its line ends untouched.
func (t Table) Fold(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range text {
		s, _ := t.Substitute(r)
		b.WriteString(s)
	}
	return b.String()
}

// ascii is every character that a table can hold, at its own place, to cut
// strings of one from.
var ascii = func() string {
	var b [asciiSize]byte
	for i := range b {
		b[i] = byte(i)
	}
	return string(b[:])
}()

// spelling finds the spelling of r or of its capital.
func (t Table) spelling(r rune) (text string, ok bool) {
	m := spellingsUSTTY
	if t == ITA2 {
		m = spellingsITA2
	}
	if text, ok = m[r]; !ok {
		text, ok = m[unicode.ToUpper(r)]
	}
	return text, ok
}

// The spellings of each table, by character.
var (
	spellingsUSTTY = spellings(inBoth, inUSTTY)
	spellingsITA2  = spellings(inBoth, inITA2)
)

func spellings(lists ...[]spelling) map[rune]string {
	m := make(map[rune]string)
	for _, list := range lists {
		for _, s := range list {
			for _, r := range s.of {
				m[r] = s.as
			}
		}
	}
	return m
}
