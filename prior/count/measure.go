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

const (
	// measured is the number of overs of each kind that are measured.
	measured = 40
	// behind is the number of codes by which the settled text lags.
	behind = 4
)

// report writes the bits per code that each model needs for held-out text:
// without a cache, and with one that starts empty in every over.
func report(w io.Writer) error {
	tab := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(tab, "text, sender\tcache\t")
	for _, name := range prior.Names() {
		fmt.Fprintf(tab, "%s\t", name)
	}
	fmt.Fprintln(tab)
	for _, kind := range corpus.Kinds() {
		for _, h := range habits {
			fmt.Fprintf(tab, "%s, %s\t", kind, h.name)
			overs := h.codes(kind, corpus.Test, measured)
			fmt.Fprintf(tab, "%.3f\t", bits(prior.Default(), overs, true))
			for _, name := range prior.Names() {
				m, err := prior.Named(name)
				if err != nil {
					return err
				}
				fmt.Fprintf(tab, "%.3f\t", bits(m, overs, false))
			}
			fmt.Fprintln(tab)
		}
	}
	return tab.Flush()
}

// bits is the mean over all codes of the bits that each is worth to the model.
func bits(m *prior.Model, overs [][]baudot.Code, cached bool) float64 {
	var p [32]float64
	sum, n := 0.0, 0
	cache := prior.NewCache(m)
	if cached {
		m = m.WithCache(cache)
	}
	for _, codes := range overs {
		cache.Reset()
		s := m.Start()
		for i, c := range codes {
			if i >= behind {
				cache.Learn(codes[i-behind], 1)
			}
			m.LogProbs(&s, &p)
			sum -= p[c]
			m.Advance(&s, c)
			n++
		}
	}
	return sum / float64(n) / math.Ln2
}
