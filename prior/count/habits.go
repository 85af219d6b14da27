package main

import (
	"rtty/baudot"
	"rtty/bench/corpus"
)

// A habit is a way of sending text as codes.
type habit struct {
	name   string
	encode func(t baudot.Table, text string) []baudot.Code
}

var habits = []habit{
	{"explicit", func(t baudot.Table, text string) []baudot.Code {
		e := baudot.Encoder{Table: t, USOS: true}
		return e.AppendString(nil, text)
	}},
	{"no USOS", func(t baudot.Table, text string) []baudot.Code {
		e := baudot.Encoder{Table: t, CRCRLF: true, LineShift: true}
		return e.AppendString(nil, text)
	}},
	{"USOS", unshifting},
	{"LTRS space", earlyLetters},
}

// codes are overs of a corpus as the habit sends them.
func (h habit) codes(kind corpus.Kind, split corpus.Split, n int) (overs [][]baudot.Code) {
	table := baudot.USTTY
	if kind == corpus.Weather {
		table = baudot.ITA2
	}
	src := corpus.New(kind, split, 99)
	for range n {
		overs = append(overs, h.encode(table, src.Over()))
	}
	return overs
}

// unshifting sends for receivers that unshift on space and for no others:
// letters after a space get no LTRS.
func unshifting(t baudot.Table, text string) []baudot.Code {
	return minimal(t, text, true, false)
}

// earlyLetters sends LTRS before every space.
func earlyLetters(t baudot.Table, text string) []baudot.Code {
	return minimal(t, text, true, true)
}

// minimal sends a shift where the receiver's is another, and if early LTRS
// before every space.
func minimal(t baudot.Table, text string, usos, early bool) []baudot.Code {
	codes := []baudot.Code{baudot.LTRS}
	at := baudot.Letters
	put := func(c baudot.Code) {
		codes = append(codes, c)
		at = at.After(c, usos)
	}
	for _, r := range t.Fold(text) {
		c, shift, _ := t.Lookup(r)
		switch {
		case c == baudot.LF:
			put(baudot.CR)
		case c == baudot.Space && early:
			put(baudot.LTRS)
		case c == baudot.Space || c == baudot.CR:
		case shift != at && shift == baudot.Figures:
			put(baudot.FIGS)
		case shift != at:
			put(baudot.LTRS)
		}
		put(c)
	}
	return codes
}
