package ui

import (
	"slices"
	"strings"

	"rtty/baudot"
)

// A word that lost its FIGS prints as letters: 599 as TOO, 001 as PPQ. Most of
// the letters in question, the upper row of the keyboard, also make words of
// plain language, so only those are read in figures by themselves that are a
// report or follow one.

// plainWords have only letters of the upper row and are commonly sent.
var plainWords = []string{
	"TU", "UR", "TO", "YOU", "YOUR", "WE", "WERE", "OUR", "OUT", "TWO", "TRY", "TYPE", "WET", "YET", "PUT", "TOP",
	"QRT", "QRP", "QRO", "QRU", "QRQ", "QTR", "QRRR", "PWR", "POWER", "RPT", "RPRT", "UP", "OP", "OPER", "IT", "RIO",
	"RTTY", "PRO", "PORT", "TOWER", "TOUR", "ERROR", "QUITE", "TIE", "WIRE", "OR", "PER", "PP", "ITU", "ROW",
}

// A reading tells figures from letters along a line, word by word.
type reading struct {
	table baudot.Table
	after int // words since a report
}

func newReading(t baudot.Table) *reading { return &reading{table: t, after: 9} }

// next takes the next word of the line. It gives its reading in figures, or
// nothing where the word is most likely what it says.
func (r *reading) next(word string) (figures string) {
	r.after++
	word = strings.Trim(word, ",.:;?!")
	if isReport(word) {
		r.after = 0
		return ""
	}
	other, all := r.inFigures(word)
	switch {
	case !all:
		return ""
	case isReport(other) && len(word) >= 3:
		r.after = 0
		return other
	case r.after <= 2 && len(word) >= 2 && len(word) <= 4 && !slices.Contains(plainWords, word):
		r.after--
		return other
	}
	return ""
}

// inFigures is a word of letters in the figures shift, and whether that makes
// numbers and hyphens only.
func (r *reading) inFigures(word string) (other string, all bool) {
	for _, c := range word {
		if c < 'A' || c > 'Z' {
			return "", false
		}
	}
	other = r.table.Reshift(word, baudot.Figures)
	if other == "" || other[0] == '-' || other[len(other)-1] == '-' {
		return "", false
	}
	return other, strings.Trim(other, "0123456789-") == ""
}

// isReport tells whether a word is a signal report, or begins with one that
// hyphens tie to an exchange.
func isReport(word string) bool {
	return len(word) >= 3 && word[0] == '5' && word[1] >= '5' && word[1] <= '9' && word[2] == '9' &&
		strings.Trim(word, "0123456789-") == ""
}

// otherShift is a word in the shift it did not come in.
func otherShift(t baudot.Table, word string) string {
	letters := 0
	for _, c := range word {
		if c >= 'A' && c <= 'Z' {
			letters++
		}
	}
	if 2*letters >= len(word) {
		return t.Reshift(word, baudot.Figures)
	}
	return t.Reshift(word, baudot.Letters)
}
