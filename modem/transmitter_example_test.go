package modem_test

import (
	"errors"
	"fmt"
	"io"
	"log"
	"strings"

	"rtty/baudot"
	"rtty/modem"
)

// A short call becomes samples. The letters shift that the encoder begins with
// and the letters themselves are announced with their place in the sound: the
// first start bit comes after 8 units of mark and 4 diddles.
func ExampleTransmitter() {
	preset, err := modem.PresetNamed("ham")
	if err != nil {
		log.Fatal(err)
	}
	sig := preset.Signal(modem.USB)
	const rate = 8000
	tx, err := modem.NewTransmitter(sig, modem.TransmitterConfig{
		Rate:     rate,
		Waveform: modem.Linear,
		OnChar: func(c baudot.Code, start int64) {
			fmt.Printf("%05b at %.3f s\n", c, float64(start)/rate)
		},
	})
	if err != nil {
		log.Fatal(err)
	}

	tx.Start(modem.NewTextFeed(strings.NewReader("CQ"), &baudot.Encoder{Table: sig.Code, USOS: true}))
	block := make([]float32, 1024)
	total := 0
	for {
		n, err := tx.Read(block)
		total += n // block[:n] goes to a file or the sound card
		if errors.Is(err, io.EOF) {
			break
		}
	}
	fmt.Printf("%.3f s\n", float64(total)/rate)
	// Output:
	// 11111 at 0.836 s
	// 01110 at 1.001 s
	// 10111 at 1.166 s
	// 1.412 s
}
