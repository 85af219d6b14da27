package baudot_test

import (
	"fmt"

	"rtty/baudot"
)

// A contest exchange is sent so that receivers with and without unshift on
// space copy it. Only the first kind needs the second FIGS, and only the other
// the last LTRS.
func ExampleEncoder() {
	e := baudot.Encoder{Table: baudot.USTTY, USOS: true}
	codes := e.AppendString(nil, "599 001 Test")

	d := baudot.Decoder{Table: baudot.USTTY, USOS: true}
	fmt.Printf("%s\n", d.AppendVisible(nil, codes...))
	// Output: <F>599 <F>001 <L>TEST
}

func ExampleDecoder() {
	received := []baudot.Code{
		baudot.LTRS, 0x0e, 0x17, baudot.Space, // CQ
		baudot.FIGS, 0x07, 0x01, // UE in letters
		baudot.CR, baudot.CR, baudot.LF,
	}
	d := baudot.Decoder{Table: baudot.USTTY, USOS: true}
	var newlines baudot.Newlines
	for _, c := range received {
		if r := newlines.Next(d.Decode(c)); r != 0 {
			fmt.Print(string(r))
		}
	}
	// Output: CQ 73
}

// A pause filled with LTRS leaves the receivers in letters.
func ExampleEncoder_Sent() {
	var e baudot.Encoder
	codes := e.AppendString(nil, "59")
	codes = append(codes, baudot.LTRS)
	e.Sent(baudot.LTRS)
	codes = e.AppendString(codes, "9")

	var d baudot.Decoder
	fmt.Printf("%s\n", d.AppendVisible(nil, codes...))
	// Output: <F>59<L><F>9
}

func ExampleTable_Fold() {
	const text = "Grüße aus Tromsø, 20 °C & 50%!"
	fmt.Println(baudot.USTTY.Fold(text))
	fmt.Println(baudot.ITA2.Fold(text))
	// Output:
	// GRUESSE AUS TROMSOE, 20 DEGC & 50PCT!
	// GRUESSE AUS TROMSOE, 20 DEGC + 50PCT.
}

// A lost FIGS turned a report into letters.
func ExampleTable_Reshift() {
	fmt.Println(baudot.USTTY.Reshift("TOOAQYOAQYO", baudot.Figures))
	// Output: 599-169-169
}
