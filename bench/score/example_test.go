package score_test

import (
	"fmt"

	"rtty/bench/score"
)

func ExampleText() {
	s := score.Text("UR RST 599 599\r\nNAME HANS", "UR RST 59 599 NAME HAMSX")
	fmt.Printf("%d errors in %d characters, CER %.3f\n", s.Errors(), s.Sent, s.Rate())
	fmt.Printf("%+v\n", s)
	// Output:
	// 3 errors in 24 characters, CER 0.125
	// {Sent:24 Substituted:1 Inserted:1 Deleted:1}
}
