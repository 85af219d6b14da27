package station

import (
	"context"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rtty/audio"
	"rtty/baudot"
	"rtty/modem"
)

// card is a live Source that gives samples at the moment at which a sound card
// does: when the last of a block has been recorded.
type card struct {
	tape
	start time.Time
}

func (c *card) Read(dst []float32) (audio.Block, error) {
	if c.start.IsZero() {
		c.start = time.Now()
	}
	const period = 10 * time.Millisecond
	b, err := c.tape.Read(dst[:min(len(dst), int(period.Seconds()*float64(c.rate)))])
	time.Sleep(time.Until(c.entered(c.index)))
	return b, err
}

// entered is when the program got hold of a sample.
func (c *card) entered(sample int64) time.Time {
	return c.start.Add(time.Duration(float64(sample) / float64(c.rate) * float64(time.Second)))
}

// keyed is a transmission with the sample at which the stop element of each
// printed character ends.
func keyed(t *testing.T, rate int, sig modem.Signal, text string) (samples []float32, stops []int64) {
	t.Helper()
	encoder := &baudot.Encoder{Table: sig.Code, USOS: sig.USOS}
	var starts []int64
	var codes []baudot.Code
	tx, err := modem.NewTransmitter(sig, modem.TransmitterConfig{Rate: rate, OnChar: func(c baudot.Code, start int64) {
		starts, codes = append(starts, start), append(codes, c)
	}})
	if err != nil {
		t.Fatal(err)
	}
	tx.Start(modem.NewTextFeed(strings.NewReader(text), encoder))
	buffer := make([]float32, 4096)
	for {
		n, err := tx.Read(buffer)
		samples = append(samples, buffer[:n]...)
		if err == io.EOF {
			break
		}
	}
	decoder := baudot.Decoder{Table: sig.Code, USOS: sig.USOS}
	for i, c := range codes {
		if decoder.Decode(c) != 0 {
			stops = append(stops, starts[i]+int64(sig.CharSeconds()*float64(rate)))
		}
	}
	return samples, stops
}

// What the screen adds is measured in package ui. Time is that of the test, which
// passes only while all wait: it is the delay of the design, and not of a busy
// machine, whose computing takes less than a hundredth of the time.
func TestACharacterIsShownSoonAfterItsStopElement(t *testing.T) {
	const rate = 48000
	text := "THE QUICK BROWN FOX JUMPS OVER THE LAZY DOG 0123456789 UR 599 (042) DE W1AW K"
	samples, stops := keyed(t, rate, ham, text)
	before := make([]float32, rate)
	samples = slices.Concat(before, samples, make([]float32, rate))
	synctest.Test(t, func(t *testing.T) {
		src := &card{tape: tape{rate: rate, samples: samples}}
		s, err := New(Config{Origin: Live, Input: src})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { s.Run(ctx); close(done) }()
		var shown []time.Time // when each character of the text stood there
		wake, forget := s.Changed()
		defer forget()
		for running := true; running; {
			select {
			case <-wake:
			case <-s.Ended():
				running = false
			}
			got := textSoFar(s)
			for len(shown) < len(text) && strings.HasPrefix(got, text[:len(shown)+1]) {
				shown = append(shown, time.Now())
			}
		}
		cancel()
		<-done
		if len(shown) != len(text) || len(stops) != len(text) {
			t.Fatalf("%d characters were sent and %d read, of %d", len(stops), len(shown), len(text))
		}
		var delays []time.Duration
		for i, at := range shown {
			delays = append(delays, at.Sub(src.entered(stops[i]+int64(len(before)))))
		}
		slices.Sort(delays)
		t.Logf("from the end of the stop element to the snapshot: %v to %v, median %v", delays[0], delays[len(delays)-1], delays[len(delays)/2])
		if most := delays[len(delays)-1]; most > 150*time.Millisecond {
			t.Errorf("a character came %v after its stop element", most)
		}
	})
}

// textSoFar is what has been received so far, the provisional end too.
func textSoFar(s *Station) string {
	var chars []modem.Char
	for _, e := range s.Events(0) {
		if e.Kind == Received {
			chars = append(chars, e.Chars...)
		}
	}
	chars = append(chars, s.Snapshot().Receive.Tail...)
	var b strings.Builder
	for _, c := range chars {
		if c.Rune != 0 {
			b.WriteRune(c.Rune)
		}
	}
	return b.String()
}
