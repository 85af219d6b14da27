package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"rtty/baudot"
	"rtty/bench/corpus"
	"rtty/prior/ngram"
)

const (
	// order is the number of characters that tables look back.
	order = 5
	// worth is the number of bits that a byte of a table must have saved in
	// the text it was counted from. Above 2 the tables begin to read worse.
	worth = 1.5
	// seed is any number; the counts depend on it a little.
	seed = 1
)

// An expert is a table to be counted.
type expert struct {
	name  string
	order int
	texts []text
}

// A text is learned piece by piece, in the code of a table.
type text struct {
	table  baudot.Table
	pieces func(dir string, learn func(piece string)) error
}

var experts = []expert{
	{"contact", order, []text{
		{baudot.USTTY, overs(corpus.Ragchew, 3000)},
		{baudot.USTTY, written((*customs).contact, 2000)},
		{baudot.USTTY, written((*customs).general, 1000)},
	}},
	{"contest", order, []text{
		{baudot.USTTY, overs(corpus.Contest, 1000)},
		{baudot.USTTY, written((*customs).contest, 3000)},
	}},
	{"english", order, []text{
		{baudot.USTTY, file("jargon.txt")},
		{baudot.USTTY, file("pride-and-prejudice.txt")},
		{baudot.USTTY, overs(corpus.English, 200)},
	}},
	{"weather", order, []text{
		{baudot.ITA2, file("synop/*")},
		{baudot.ITA2, overs(corpus.Weather, 600)},
		{baudot.ITA2, written((*customs).seaWeather, 300)},
		{baudot.ITA2, written((*customs).stationLoop, 20)},
	}},
	{"test", order, []text{
		{baudot.USTTY, overs(corpus.RY, 300)},
		{baudot.USTTY, written((*customs).general, 1000)},
	}},
	{"foreign", order, []text{{baudot.ITA2, written((*customs).foreign, 8000)}}},
	{"groups", 0, []text{{baudot.USTTY, overs(corpus.Random, 200)}}},
}

func (e expert) count(dir string) (*ngram.Counts, error) {
	counts := ngram.NewCounts(e.order)
	for _, t := range e.texts {
		n := 0
		err := t.pieces(dir, func(piece string) {
			n++
			learn(counts, t.table, piece, n%4 == 0)
		})
		if err != nil {
			return nil, err
		}
	}
	return counts, nil
}

// learn counts a piece of text as it is sent.
func learn(counts *ngram.Counts, t baudot.Table, piece string, crcrlf bool) {
	e := baudot.Encoder{Table: t, CRCRLF: crcrlf}
	counts.Learn(e.AppendString(nil, t.Fold(piece)), baudot.Letters)
}

// overs are overs of a corpus, of the split that may be learned from.
func overs(kind corpus.Kind, n int) func(string, func(string)) error {
	return func(_ string, learn func(string)) error {
		src := corpus.New(kind, corpus.Train, seed)
		for range n {
			learn(src.Over())
		}
		return nil
	}
}

// written are texts by the customs of the air.
func written(write func(*customs) string, n int) func(string, func(string)) error {
	return func(_ string, learn func(string)) error {
		c := newCustoms(seed)
		for range n {
			learn(write(c))
		}
		return nil
	}
}

// file is the lines of the files that match a pattern.
func file(pattern string) func(string, func(string)) error {
	return func(dir string, learn func(string)) error {
		names, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return err
		}
		if len(names) == 0 {
			return fmt.Errorf("no %s in %s; docs/prior.md tells where to get it", pattern, dir)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			for line := range strings.Lines(string(data)) {
				line = strings.TrimSpace(bookMarks.Replace(line))
				if line != "" && !strings.HasPrefix(line, headword) {
					learn(line + "\n")
				}
			}
		}
		return nil
	}
}

// bookMarks are what books have and teleprinters seldom send.
var bookMarks = strings.NewReplacer("“", "", "”", "", "\"", "", "_", "", "*", "", "{", "", "}", "", "[", "", "]", "")

// headword begins the lines of the Jargon File that tell how words are spoken.
const headword = ":"
