// Package ngram counts which characters follow which, and tells from the
// counts how probable each five-unit code is.
//
// A table of order n knows, for every run of up to n characters that tells
// something, how often each character followed. A run that was seen rarely
// says little about what may follow besides, so a part of each count is held
// back for what the run without its first character expects, and so on down
// to an even spread. Shorter runs count not how often a character followed but
// after how many different longer ones: who has seen FRANCISCO a thousand
// times has seen it after SAN only, and should not expect it elsewhere. This
// is the modified smoothing of Kneser and Ney (Chen and Goodman, An empirical
// study of smoothing techniques for language modeling, Computer Speech and
// Language 13, 1999).
//
// Characters are taken as they read, in letters or in figures; the shifts
// between them are the sender's affair and not in the table. A receiver in
// letters sees a code for each letter, and FIGS for all the figures that may
// come; [Table.Add] tells the probabilities in that form.
package ngram

import "rtty/baudot"

// A Symbol is a character as it reads: its code, and 32 more in figures. CR,
// LF and space read the same in both shifts and count as letters.
type Symbol uint8

// symbols is the number of values a Symbol has.
const symbols = 64

// Unknown stands in a context for what was before the beginning.
const Unknown = Symbol(baudot.LTRS)

// SymbolOf is what code c reads as in shift s. Shifts and blanks read as
// nothing.
func SymbolOf(c baudot.Code, s baudot.Shift) (sym Symbol, ok bool) {
	switch c {
	case baudot.LTRS, baudot.FIGS, baudot.Blank:
		return 0, false
	case baudot.CR, baudot.LF, baudot.Space:
		return Symbol(c), true
	}
	return Symbol(s)<<5 | Symbol(c&31), true
}

// Code is the code that is sent for s.
func (s Symbol) Code() baudot.Code { return baudot.Code(s & 31) }

// shift is the shift s reads in; either says whether that is all the same.
func (s Symbol) shift() (shift baudot.Shift, either bool) {
	switch s.Code() {
	case baudot.CR, baudot.LF, baudot.Space:
		return baudot.Letters, true
	}
	return baudot.Shift(s >> 5), false
}

// CodeIn is the code that a sender in shift in sends next for s: its own, or
// the shift to where it reads.
func (s Symbol) CodeIn(in baudot.Shift) baudot.Code {
	return baudot.Code(codeIn[in&1][s&symbolMask])
}

// printing says whether SymbolOf can give s.
func (s Symbol) printing() bool {
	sym, ok := SymbolOf(s.Code(), baudot.Shift(s>>5))
	return ok && sym == s
}

// A Context is the last MaxOrder characters, six bits each, the newest lowest.
type Context uint32

// MaxOrder is the length of a Context.
const MaxOrder = 5

const (
	symbolBits = 6
	symbolMask = 1<<symbolBits - 1
	allBits    = 1<<(symbolBits*MaxOrder) - 1
)

// Nothing is the context before the beginning.
func Nothing() Context {
	var c Context
	for range MaxOrder {
		c = c<<symbolBits | Context(Unknown)
	}
	return c
}

// Push is the context once s has come. However many CR and LF end a line, they
// count as one.
func (c Context) Push(s Symbol) Context {
	last := Symbol(c & symbolMask)
	if last == Symbol(baudot.CR) {
		switch s {
		case Symbol(baudot.CR):
			return c
		case Symbol(baudot.LF):
			return c&^symbolMask | Context(s)
		}
	}
	return (c<<symbolBits | Context(s)) & allBits
}

// Last is the newest n characters of c.
func (c Context) Last(n int) Context { return c & (1<<(symbolBits*n) - 1) }
