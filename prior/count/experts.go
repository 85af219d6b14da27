package main

import (
	"os"
	"path/filepath"
	"strings"

	"rtty/baudot"
	"rtty/bench/corpus"
	"rtty/prior/ngram"
)

// An expert is a table to be counted.
type expert struct {
	name  string
	order int
	least float64 // sightings that make a context worth keeping
	texts []text
}

// A text is a source that an expert learns from: overs of a corpus, or a file.
type text struct {
	kind  corpus.Kind
	overs int
	file  string
	table baudot.Table
}

var experts = []expert{
	{"ham", 4, 3, []text{{kind: corpus.Ragchew, overs: 3000}, {kind: corpus.RY, overs: 200}}},
	{"contest", 4, 3, []text{{kind: corpus.Contest, overs: 3000}}},
	{"language", 4, 3, []text{{file: "pride-and-prejudice.txt"}, {kind: corpus.English, overs: 500}}},
	{"weather", 4, 3, []text{
		{file: "synop/*", table: baudot.ITA2},
		{kind: corpus.Weather, overs: 1000, table: baudot.ITA2},
	}},
	{"test", 4, 3, []text{{kind: corpus.RY, overs: 1000}}},
	{"groups", 0, 3, []text{{kind: corpus.Random, overs: 500}}},
}

// seed is any number; the counts depend on it a little.
const seed = 1

func (e expert) count(dir string) (*ngram.Counts, error) {
	counts := ngram.NewCounts(e.order)
	for _, t := range e.texts {
		if t.file != "" {
			if err := t.countFiles(counts, dir); err != nil {
				return nil, err
			}
			continue
		}
		src := corpus.New(t.kind, corpus.Train, seed)
		for i := range t.overs {
			t.learn(counts, src.Over(), i)
		}
	}
	return counts, nil
}

func (t text) countFiles(counts *ngram.Counts, dir string) error {
	names, err := filepath.Glob(filepath.Join(dir, t.file))
	if err != nil {
		return err
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for i, line := range strings.SplitAfter(string(data), "\n") {
			if line = strings.TrimSpace(line); line != "" {
				t.learn(counts, line+"\n", i)
			}
		}
	}
	return nil
}

// learn counts a piece of text as it is sent. Every fourth piece ends its
// lines with CR CR LF.
func (t text) learn(counts *ngram.Counts, piece string, i int) {
	e := baudot.Encoder{Table: t.table, CRCRLF: i%4 == 0}
	counts.Learn(e.AppendString(nil, t.table.Fold(piece)), baudot.Letters)
}
