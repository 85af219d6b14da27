package prior_test

import (
	"fmt"
	"math"

	"rtty/baudot"
	"rtty/prior"
)

// What comes after "CQ CQ D"? Hardly anything but E.
func ExampleModel_LogProbs() {
	m := prior.Default()
	s := m.Start()
	var sender baudot.Encoder
	for _, c := range sender.AppendString(nil, "CQ CQ D") {
		m.Advance(&s, c)
	}
	var p [32]float64
	m.LogProbs(&s, &p)
	for c := range baudot.Code(32) {
		if math.Exp(p[c]) > 0.5 {
			fmt.Printf("%c\n", baudot.USTTY.Rune(c, s.Shift()))
		}
	}
	// Output: E
}

// A call that was heard before is expected to come again.
func ExampleCache() {
	experts := prior.Default()
	cache := prior.NewCache(experts)
	var sender baudot.Encoder
	for _, c := range sender.AppendString(nil, "DE XW8QZV XW8QZV ") {
		cache.Learn(c, 0.99)
	}

	m := experts.WithCache(cache)
	s := m.Start()
	for _, c := range sender.AppendString(nil, "QSL DE XW8QZ") {
		m.Advance(&s, c)
	}
	var p [32]float64
	m.LogProbs(&s, &p)
	v, _, _ := baudot.USTTY.Lookup('V')
	fmt.Println(math.Exp(p[v]) > 0.7)
	// Output: true
}
