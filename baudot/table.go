package baudot

import "strings"

// What the codes print, in their order, eight to a line; 0 prints nothing.
const (
	letters = "\x00E\nA SIU" +
		"\rDRJNFCK" +
		"TZLWHYPQ" +
		"OBG\x00MXV\x00"

	figuresUSTTY = "\x003\n- \a87" +
		"\r$4',!:(" +
		"5\")2#601" +
		"9?&\x00./;\x00"

	figuresITA2 = "\x003\n- '87" +
		"\r\x054\a,\x00:(" +
		"5+)2\x00601" +
		"9?\x00\x00./=\x00"
)

func (t Table) figures() string {
	if t == ITA2 {
		return figuresITA2
	}
	return figuresUSTTY
}

// Rune is what c prints in shift s: a character, '\r', '\n', '\a' for BEL or
// '\x05' (ENQ) for WRU. It is 0 for what prints nothing: shifts, blanks,
// values above 31, and the figures on F, G and H in ITA2, which S.1 leaves to
// each country.
func (t Table) Rune(c Code, s Shift) rune {
	if c >= 32 {
		return 0
	}
	if s == Figures {
		return rune(t.figures()[c])
	}
	return rune(letters[c])
}

// Lookup finds the code that prints exactly r, and the shift to send it in. A
// code that means the same in both is given with Letters. Of the letters only
// capitals have a code; see Substitute for the rest.
func (t Table) Lookup(r rune) (c Code, s Shift, ok bool) {
	if r < 0 || r >= asciiSize {
		return 0, Letters, false
	}
	k := keysUSTTY[r]
	if t == ITA2 {
		k = keysITA2[r]
	}
	return k.code, k.shift, k.ok
}

const asciiSize = 128

type key struct {
	code  Code
	shift Shift
	ok    bool
}

// The tables turned round, by character.
var (
	keysUSTTY = keys(USTTY)
	keysITA2  = keys(ITA2)
)

func keys(t Table) (k [asciiSize]key) {
	for c := range Code(32) {
		for _, s := range []Shift{Figures, Letters} {
			if r := t.Rune(c, s); r != 0 {
				k[r] = key{c, s, true}
			}
		}
	}
	return k
}

// shiftless tells whether c means the same in both shifts.
func (c Code) shiftless() bool { return c < 32 && letters[c] == figuresUSTTY[c] }

// Reshift reads text as if its codes had come in shift s: with Figures TOO
// becomes 599, with Letters 599 becomes TOO. Characters that are in s already
// stay, as does every character whose code prints nothing visible in s.
func (t Table) Reshift(text string, s Shift) string {
	return strings.Map(func(r rune) rune {
		c, _, ok := t.Lookup(upper(r))
		if !ok {
			return r
		}
		if other := t.Rune(c, s); other > ' ' {
			return other
		}
		return r
	}, text)
}

// upper is the capital of an unaccented letter, and every other r itself.
func upper(r rune) rune {
	if 'a' <= r && r <= 'z' {
		return r - 'a' + 'A'
	}
	return r
}
