package modem

import (
	"fmt"
	"testing"

	"rtty/baudot"
)

// endless never runs out of codes.
type endless struct{ next baudot.Code }

func (e *endless) NextCode() (baudot.Code, FeedState) {
	e.next = (e.next*5 + 7) & 31
	return e.next, FeedChar
}

func BenchmarkTransmitter(b *testing.B) {
	for _, waveform := range []Waveform{Linear, Constant} {
		for _, rate := range []int{8000, 48000} {
			b.Run(fmt.Sprintf("%v/%d", waveform, rate), func(b *testing.B) {
				tx, err := NewTransmitter(presetSignal(b, "ham"), TransmitterConfig{Rate: rate, Waveform: waveform})
				if err != nil {
					b.Fatal(err)
				}
				tx.Start(&endless{})
				second := make([]float32, rate)
				b.ReportAllocs()
				for b.Loop() {
					if n, err := tx.Read(second); n != rate || err != nil {
						b.Fatal(n, err)
					}
				}
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "x-real-time")
			})
		}
	}
}
