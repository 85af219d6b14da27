package fsk_test

import (
	"context"
	"fmt"
	"time"

	"rtty/baudot"
	"rtty/rig/fsk"
)

// A text by the DTR line. Whoever keys the transmitter does so before Begin and
// lets go after Rest, or at once when there is an error.
func Example() {
	keyer, err := fsk.Open(fsk.Config{
		Method: fsk.DTR,
		Device: "/dev/ttyUSB1",
		Baud:   45.45,
		OnAir:  func(c baudot.Code, at time.Time) { fmt.Println(at, c) },
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer keyer.Close()

	if err := keyer.Begin(); err != nil {
		fmt.Println(err)
		return
	}
	var encoder baudot.Encoder
	for _, c := range encoder.AppendString(nil, "CQ CQ DE OE1ABC OE1ABC K") {
		if err := keyer.Send(context.Background(), c); err != nil {
			fmt.Println(err)
			return
		}
	}
	if err := keyer.Rest(context.Background()); err != nil {
		fmt.Println(err)
	}
	if j, ok := keyer.(fsk.Jitterer); ok {
		fmt.Println(j.Jitter())
	}
}
