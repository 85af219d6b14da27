// Package baudot turns text into the five-unit code of teleprinters and back.
//
// # Five units, two shifts
//
// A teleprinter sends a character as five units, each of them mark or space.
// (The start and stop elements around them are the modem's concern.) That
// gives 32 codes, too few for letters and digits, so most codes mean two
// things, and two of the 32 do nothing but choose: after [LTRS] the codes are
// letters, after [FIGS] they are digits and punctuation, until the other one
// comes. The receiver has to remember which came last, its [Shift]. T and 5
// have the same code, and so have O and 9:
//
//	TOO   is sent as   LTRS 10 18 18
//	599   is sent as   FIGS 10 18 18   (codes in hexadecimal)
//
// When noise takes the FIGS away, 599 prints as TOO. [Table.Reshift] gives the
// other reading. Space, carriage return, line feed and the two shifts mean the
// same in both. [Blank], five units of space, prints nothing in either.
//
// Amateurs say Baudot, but the code is Donald Murray's, standardised as
// International Telegraph Alphabet No. 2 (ITA2, ITU-T Recommendation S.1). The
// letters are the same everywhere. The figures are not, and a [Table] says
// which ones are meant; the dots are left to each country:
//
//	letters  A B C D   E F G H I J   K L M N O P Q R S   T U V W X Y Z
//	US-TTY   - ? : $   3 ! & # 8 '   ( ) . , 9 0 1 4 BEL 5 7 ; 2 / 6 "
//	ITA2     - ? : WRU 3 · · · 8 BEL ( ) . , 9 0 1 4 '   5 7 = 2 / 6 +
//
// BEL rings a bell. WRU, who are you, makes a telex machine answer with its
// name. Amateurs use US-TTY, most other services ITA2.
//
// # Unshift on space
//
// Because letters follow a space more often than digits do, many receivers
// return to letters at every space. That is unshift on space, USOS. It repairs
// a lost LTRS at the next word, but a receiver that does it and a sender that
// doesn't count on it disagree about 599 001: it prints 599 PPQ. A
// [Decoder] does it or not; an [Encoder] can send so that receivers of both
// kinds print the same.
//
// # Lines
//
// A new line is two codes: CR brings the carriage back, LF turns the platen.
// CR comes first since it takes longer, and some send it twice for the sake of
// slow machines. An [Encoder] sends one newline as such a pair, and
// [Newlines] makes one newline of what is received.
//
// # What can be sent
//
// There is one case and little punctuation. [Table.Substitute] tells what is
// sent for any character, and [Table.Fold] how a whole text will read: ä goes
// as AE, % as PCT, and what nobody could spell as a question mark.
package baudot

import (
	"fmt"
	"strings"
)

// Code is one five-unit code, 0 to 31. Bit 0 is the unit that is sent first;
// a set bit is mark.
type Code uint8

// The codes that mean the same in both shifts.
const (
	Blank Code = 0x00 // all space; also a diddle
	LF    Code = 0x02
	Space Code = 0x04
	CR    Code = 0x08
	FIGS  Code = 0x1b // shift to figures
	LTRS  Code = 0x1f // shift to letters; the usual diddle
)

// Table names the meaning of the codes in the figures shift.
type Table uint8

const (
	USTTY Table = iota // amateur and American: BEL on S, $ on D, ' on J
	ITA2               // CCITT No. 2, ITU-T S.1: ' on S, WRU on D, BEL on J
)

// String is the name that ParseTable takes: "us-tty" or "ita2".
func (t Table) String() string {
	switch t {
	case USTTY:
		return "us-tty"
	case ITA2:
		return "ita2"
	}
	return fmt.Sprintf("table %d", uint8(t))
}

// ParseTable finds a table by its name, in capitals or not, with its hyphen or
// not; the error lists the names there are.
func ParseTable(name string) (Table, error) {
	switch strings.ReplaceAll(strings.ToLower(name), "-", "") {
	case "ustty":
		return USTTY, nil
	case "ita2":
		return ITA2, nil
	}
	return 0, fmt.Errorf("no code table %q; there are %v and %v", name, USTTY, ITA2)
}

// Shift is the state that LTRS and FIGS select.
type Shift uint8

const (
	Letters Shift = iota
	Figures
)

func (s Shift) String() string {
	if s == Figures {
		return "figures"
	}
	return "letters"
}

// After is the shift a receiver is in once c has come to it in shift s; usos
// says whether a space returns it to letters.
func (s Shift) After(c Code, usos bool) Shift {
	switch {
	case c == LTRS, c == Space && usos:
		return Letters
	case c == FIGS:
		return Figures
	}
	return s
}
