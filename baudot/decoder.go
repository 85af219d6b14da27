package baudot

import "strconv"

// A Decoder turns received codes into what they print. Its zero value is a
// US-TTY receiver in letters that doesn't unshift on space. Table and USOS may
// be changed at any time; the shift stays.
type Decoder struct {
	Table Table
	USOS  bool // a space returns to letters

	shift Shift
}

// Decode takes the next code and returns what it prints, as [Table.Rune] does:
// 0 for nothing.
func (d *Decoder) Decode(c Code) rune {
	r := d.Table.Rune(c, d.shift)
	d.shift = d.shift.After(c, d.USOS)
	return r
}

// Append decodes codes and appends what they print to dst.
func (d *Decoder) Append(dst []byte, codes ...Code) []byte {
	for _, c := range codes {
		if r := d.Decode(c); r != 0 {
			dst = append(dst, byte(r))
		}
	}
	return dst
}

// AppendVisible decodes codes and appends them to dst with those that print
// nothing shown by name: <L> LTRS, <F> FIGS, <CR>, <LF>, <NUL> Blank, <BEL>,
// <WRU>, <^F> the figure on F where it has no meaning (G and H likewise), and
// a number for what is no code. No table prints < or >, so it can't be
// mistaken for text.
func (d *Decoder) AppendVisible(dst []byte, codes ...Code) []byte {
	for _, c := range codes {
		dst = appendVisible(dst, c, d.Decode(c))
	}
	return dst
}

func appendVisible(dst []byte, c Code, printed rune) []byte {
	if printed >= ' ' {
		return append(dst, byte(printed))
	}
	dst = append(dst, '<')
	switch {
	case c == LTRS:
		dst = append(dst, 'L')
	case c == FIGS:
		dst = append(dst, 'F')
	case c == CR:
		dst = append(dst, "CR"...)
	case c == LF:
		dst = append(dst, "LF"...)
	case c == Blank:
		dst = append(dst, "NUL"...)
	case printed == '\a':
		dst = append(dst, "BEL"...)
	case printed == '\x05':
		dst = append(dst, "WRU"...)
	case c < 32:
		dst = append(dst, '^', letters[c])
	default:
		dst = strconv.AppendUint(dst, uint64(c), 10)
	}
	return append(dst, '>')
}

// Shift is the shift that the next code will be read in. To force it, as an
// operator does who sees garbage, decode a LTRS or FIGS.
func (d *Decoder) Shift() Shift { return d.shift }

// Reset returns to letters, as at the start of a transmission.
func (d *Decoder) Reset() { d.shift = Letters }
