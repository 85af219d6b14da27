package corpus_test

import (
	"fmt"

	"rtty/bench/corpus"
)

func ExampleSource_Over() {
	fmt.Print(corpus.New(corpus.Contest, corpus.Test, 1).Over()[:75])
	// Output:
	// QRZ? DE HB9DKU HB9DKU TEST
	// W4DE 599 1156 1156 1156 BK
	// R TU 73 DE HB9DKU QRZ
}
