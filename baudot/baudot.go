package baudot

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

// Shift is the state that LTRS and FIGS select.
type Shift uint8

const (
	Letters Shift = iota
	Figures
)
