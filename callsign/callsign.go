// Package callsign knows what the calls of amateur stations look like, and
// picks them out of received copy.
//
// # The form of a call
//
// A call is a prefix, which tells the country, and a suffix, which tells the
// station (Article 19 of the ITU Radio Regulations):
//
//	W 1 AW      one letter, where a country has the whole letter to itself
//	DL 1 ABC    two letters
//	2E 0 ABC    a digit and a letter
//	S5 0 A      a letter and a digit; the separating digit may be missing, as in C6AGU
//	3DA 0 RU    Eswatini
//	DB 100 FK   more digits or letters, for special events
//
// The suffix is letters; the last character of a call is always one, and so
// 599, JO31 and FT8 are none. A station that is away from home adds where it is
// (DL/W1AW, W1AW/4) or how it is moving: /P portable, /M mobile, /MM at sea,
// /AM in the air.
//
// [Valid] goes by the form alone. Whether anybody holds such a call is not
// for a form to tell.
//
// # Calls in copy
//
// A word of the form of a call need not be one: G5RV is an antenna, JO62QN a
// place. [Find] goes by the words around, and tells by a [Context] how sure it
// is. Nobody sends DE for anything but a call.
package callsign

import "strings"

// The limits are wide for the sake of special events: VI100ANZAC, TM2024JO.
const (
	minLength = 3
	maxLength = 12
	maxDigits = 4
	maxSuffix = 7
)

// Valid tells whether s, in capitals or not, has the form of a call, alone or
// with what a travelling station adds.
func Valid(s string) bool {
	_, ok := parse(s)
	return ok
}

// Base is the call without what a travelling station adds: W1AW for
// DL/W1AW/P. What isn't valid is returned in capitals as it is.
func Base(s string) string {
	c, ok := parse(s)
	if !ok {
		return strings.ToUpper(s)
	}
	return c.home
}

// A call in its parts.
type call struct {
	home string // without additions
	form form   // of home
}

// A form is how a home call is made up.
type form struct {
	prefix string // the country's letters and digits
	digits string // after it; empty in calls such as C6AGU
	suffix string
}

// parse reads additions and home call. Parts that could be either (VP2E in
// VP2E/W1AW, which alone would be a call of one letter) are told apart by
// length: the home call has the longer suffix.
func parse(s string) (call, bool) {
	if len(s) < minLength || len(s) > 2*maxLength {
		return call{}, false
	}
	parts := strings.Split(strings.ToUpper(s), "/")
	if len(parts) > 4 {
		return call{}, false
	}
	at, home := -1, form{}
	for i, part := range parts {
		if f, ok := homeForm(part); ok && (at < 0 || f.weight() > home.weight()) {
			at, home = i, f
		}
	}
	if at < 0 || at > 1 {
		return call{}, false
	}
	for i, part := range parts {
		if i != at && !isPrefix(part) && !(i > at && isManner(part)) {
			return call{}, false
		}
	}
	return call{home: parts[at], form: home}, true
}

// weight orders forms by how surely they are a home call.
func (f form) weight() int {
	return 16*len(f.suffix) + len(f.prefix) + len(f.digits)
}

// homeForm reads a call without additions, in capitals.
func homeForm(s string) (form, bool) {
	if len(s) < minLength || len(s) > maxLength {
		return form{}, false
	}
	head := strings.TrimRight(s, letters)
	suffix := s[len(head):]
	prefix := strings.TrimRight(head, figures)
	digits := head[len(prefix):]
	if suffix == "" || len(suffix) > maxSuffix || digits == "" || len(digits) > maxDigits {
		return form{}, false
	}
	switch {
	case len(prefix) == 1 && strings.Contains(wholeLetters, prefix),
		len(prefix) == 2 && isPair(prefix),
		prefix == "3DA":
		return form{prefix, digits, suffix}, true
	case len(prefix) == 1 && strings.Contains(sharedLetters, prefix) && digits[0] >= '2',
		prefix == "S" && digits[0] == '0':
		return form{prefix + digits[:1], digits[1:], suffix}, true
	}
	return form{}, false
}

const (
	letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	figures = "0123456789"

	// wholeLetters are those of which a country has the whole series, so that
	// one letter and a digit make a prefix.
	wholeLetters = "BFGIKMNRW"
	// sharedLetters are those whose series with a digit in second place (A2 to
	// A9, C2 to C9 …) are given to countries. S0, Western Sahara, has no
	// allocation but is on the air.
	sharedLetters = "ACDEHJLPSTVYZ"
)

// isPair tells whether s, of two characters, begins a series of the ITU's
// table. Q is for codes like QRZ, and nobody has 0; of 1, the Order of Malta
// uses 1A.
func isPair(s string) bool {
	first, second := s[0], s[1]
	switch {
	case !isLetter(second):
		return false
	case isLetter(first):
		return first != 'Q'
	}
	return first >= '2' || s == "1A"
}

// isPrefix tells whether s may stand for a place beside a home call: DL, W4,
// VP2E, 3DA0, a lone digit for another district.
func isPrefix(s string) bool {
	switch len(s) {
	case 1:
		return isFigure(s[0]) || strings.Contains(wholeLetters, s)
	case 2, 3, 4:
	default:
		return false
	}
	if !isLetter(s[0]) && !isLetter(s[1]) || s[0] == 'Q' {
		return false
	}
	// After the first two come a digit and perhaps one letter: HB0, VP2E, 3DA0.
	tail := s[2:]
	return tail == "" || isFigure(tail[0]) && (len(tail) == 1 || isLetter(tail[1])) || s == "3DA" || s == "3DA0"
}

// isManner tells whether s, after a home call, says how the station works.
func isManner(s string) bool {
	switch s {
	case "P", "M", "MM", "AM", "A", "QRP", "QRPP", "LH", "LGT", "PM", "BCN", "YL", "J", "T":
		return true
	}
	return false
}

func isLetter(c byte) bool { return 'A' <= c && c <= 'Z' }
func isFigure(c byte) bool { return '0' <= c && c <= '9' }
