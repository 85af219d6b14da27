package baudot

// An Encoder turns text into the codes to send. It shifts only when it must:
// when the receivers would otherwise read the next character wrongly, and
// before the first code of all, since nobody knows what shift they are in.
// Its zero value is a US-TTY sender that doesn't care for receivers with
// unshift on space. The options may be changed at any time.
//
// What has no code is substituted as [Table.Substitute] says, and counted.
type Encoder struct {
	Table Table

	// USOS sends so that receivers with and without unshift on space print
	// the same: after a space that follows figures the shift is always sent
	// again, so 599 001 TEST goes as FIGS 599 space FIGS 001 space LTRS TEST.
	USOS bool

	// CRCRLF ends lines with CR CR LF in place of CR LF.
	CRCRLF bool

	// LineShift sends the shift anew in every line before the first character
	// that needs one, so that a lost shift spoils no more than a line.
	LineShift bool

	// DoubleShift sends every LTRS and FIGS twice, against noise.
	DoubleShift bool

	// State.
	shifted bool  // a shift has been sent
	stale   bool  // LineShift wants it again
	plain   Shift // what a receiver is in that doesn't unshift on space
	unshift Shift // and one that does
	crs     int   // CRs since anything else that prints or moves the paper
	spelled int
	lost    int
}

// Append appends the codes for r to dst.
//
// A '\n' becomes CR LF, but a CR that was sent just before counts, so that
// text with "\r\n" doesn't double it. A '\r' alone is sent as it stands:
// receivers print the line that follows over the last one.
func (e *Encoder) Append(dst []Code, r rune) []Code {
	text, fidelity := e.Table.Substitute(r)
	switch fidelity {
	case Spelled:
		e.spelled++
	case Lost:
		e.lost++
	}
	for i := range len(text) {
		dst = e.appendChar(dst, rune(text[i]))
	}
	return dst
}

// AppendString appends the codes for all of text to dst. Each byte that is no
// UTF-8 is a character that has no code.
func (e *Encoder) AppendString(dst []Code, text string) []Code {
	for _, r := range text {
		dst = e.Append(dst, r)
	}
	return dst
}

// appendChar appends a character that has a code.
func (e *Encoder) appendChar(dst []Code, r rune) []Code {
	c, s, _ := e.Table.Lookup(r)
	switch {
	case !c.shiftless():
		dst = e.appendShift(dst, s)
	case !e.shifted:
		dst = e.appendShift(dst, Letters)
	}
	if c == LF {
		dst = e.appendReturns(dst)
	}
	return e.put(dst, c)
}

// appendShift appends what brings the receivers to shift s.
func (e *Encoder) appendShift(dst []Code, s Shift) []Code {
	known := e.shifted && !e.stale
	if known && e.plain == s && (e.unshift == s || !e.USOS) {
		return dst
	}
	c := LTRS
	if s == Figures {
		c = FIGS
	}
	if e.DoubleShift {
		dst = e.put(dst, c)
	}
	return e.put(dst, c)
}

// appendReturns appends the CRs that an LF still lacks.
func (e *Encoder) appendReturns(dst []Code) []Code {
	want := 1
	if e.CRCRLF {
		want = 2
	}
	for e.crs < want {
		dst = e.put(dst, CR)
	}
	return dst
}

func (e *Encoder) put(dst []Code, c Code) []Code {
	e.Sent(c)
	return append(dst, c)
}

// Sent tells the encoder that c went out between its own codes. A transmitter
// that diddles LTRS in a pause has shifted its receivers to letters; the
// encoder must know, or digits after the pause print as letters.
func (e *Encoder) Sent(c Code) {
	e.plain = e.plain.After(c, false)
	e.unshift = e.unshift.After(c, true)
	switch c {
	case LTRS, FIGS:
		e.shifted, e.stale = true, false
	case CR:
		e.crs++
	case LF:
		e.crs, e.stale = 0, e.LineShift
	case Blank:
	default:
		e.crs = 0
	}
}

// Spelled counts the characters sent as others, é as E or % as PCT.
func (e *Encoder) Spelled() int { return e.spelled }

// Lost counts the characters sent as a question mark or left out.
func (e *Encoder) Lost() int { return e.lost }

// Reset begins a new transmission: nobody's shift is known, nothing counted.
func (e *Encoder) Reset() {
	e.shifted, e.plain, e.unshift, e.stale = false, Letters, Letters, false
	e.crs, e.spelled, e.lost = 0, 0, 0
}
