package main

import (
	"fmt"
	"io"
	"math"
	"text/tabwriter"

	"rtty/baudot"
	"rtty/bench/corpus"
	"rtty/prior"
)

// measured is the number of overs of each kind that are measured.
const measured = 40

// report writes the bits per code that each model needs for held-out text.
func report(w io.Writer) error {
	names := prior.Names()
	tab := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(tab, "text\t")
	for _, name := range names {
		fmt.Fprintf(tab, "%s\t", name)
	}
	fmt.Fprintln(tab)
	for _, kind := range corpus.Kinds() {
		for _, h := range habits {
			fmt.Fprintf(tab, "%s, %s\t", kind, h.name)
			for _, name := range names {
				m, err := prior.Named(name)
				if err != nil {
					return err
				}
				fmt.Fprintf(tab, "%.3f\t", bits(m, h.codes(kind, corpus.Test, measured)))
			}
			fmt.Fprintln(tab)
		}
	}
	return tab.Flush()
}

// bits is the mean over all codes of the bits that each is worth to the model.
func bits(m *prior.Model, overs [][]baudot.Code) float64 {
	var p [32]float64
	sum, n := 0.0, 0
	for _, codes := range overs {
		s := m.Start()
		for _, c := range codes {
			m.LogProbs(&s, &p)
			sum -= p[c]
			m.Advance(&s, c)
			n++
		}
	}
	return sum / float64(n) / math.Ln2
}
