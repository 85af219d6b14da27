package band

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"rtty/baudot"
	"rtty/modem"
)

// A human is the operator of a test: what he sends goes out in step with the
// source, at his tones.
type human struct {
	t      testing.TB
	band   *Band
	signal modem.Signal
	heard  []float32 // all that the source gave
	said   []string  // every over of the band's stations that has his call in it, in one line
}

const humanCall = "OE1XYZ"

// newHuman tunes him to the usual tones, moved by so many Hz.
func newHuman(t testing.TB, seed uint64, off float64) *human {
	h := &human{t: t, band: newBand(t, Config{Seed: seed, Rate: airRate}), signal: onLSB("ham", 2210+off)}
	h.band.onAir = func(_ *sender, text string) {
		if strings.Contains(text, humanCall) || strings.Contains(text, "QRZ?") {
			h.said = append(h.said, strings.Join(strings.Fields(text), " "))
		}
	}
	return h
}

// onLSB is a service's signal as it is heard on the lower sideband.
func onLSB(name string, center float64) modem.Signal {
	return preset(name).Reversed().MovedTo(center)
}

// wait listens for so long.
func (h *human) wait(d time.Duration) {
	h.t.Helper()
	h.heard = append(h.heard, listen(h.t, h.band, d)...)
}

// awaits listens until a station has said something with all of the words in it,
// and has finished.
func (h *human) awaits(words ...string) string {
	h.t.Helper()
	for range 90 {
		h.wait(time.Second)
		if len(h.said) == 0 {
			continue
		}
		last := h.said[len(h.said)-1]
		if containsAll(last, words) && !h.speaking() {
			h.said = nil
			return last
		}
	}
	h.t.Fatalf("nobody said %q, but %q", words, h.said)
	return ""
}

func containsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// speaking tells whether somebody is on his frequency.
func (h *human) speaking() bool {
	for _, s := range h.band.senders {
		if s.busy() && abs(h.band.dial.audio(s.markHz())-h.signal.Mark) < 60 {
			return true
		}
	}
	return false
}

// until listens until his frequency has been free for a second.
func (h *human) untilFree() {
	h.t.Helper()
	for range 90 {
		if h.wait(time.Second); !h.speaking() {
			return
		}
	}
	h.t.Fatal("the frequency is never free")
}

// stationHere is the operator on his frequency who keeps it.
func (h *human) stationHere() ham {
	h.t.Helper()
	for _, s := range h.band.spots {
		if s.author == nil || abs(h.band.dial.audio(s.mark())-h.signal.Mark) > 60 {
			continue
		}
		if here := s.author.present(); len(here) > 0 {
			return here[0].ham
		}
	}
	h.t.Fatal("nobody here")
	return ham{}
}

// send keys the transmitter, sends a text and unkeys.
func (h *human) send(text string) {
	h.t.Helper()
	tx, err := modem.NewTransmitter(h.signal, modem.TransmitterConfig{Rate: h.band.rate})
	if err != nil {
		h.t.Fatal(err)
	}
	tx.Start(modem.NewTextFeed(strings.NewReader(text), &baudot.Encoder{Table: h.signal.Code, USOS: true}))
	key := h.band.Rig()
	must(h.t, key.SetPTT(true))
	block := make([]float32, h.band.rate/stepsPerSecond)
	for {
		n, err := tx.Read(block)
		if errors.Is(err, io.EOF) {
			break
		}
		must(h.t, h.band.Sink().Write(block[:n]))
		h.heard = append(h.heard, readSamples(h.t, h.band.Source(), len(block))...)
	}
	for h.band.Sink().Latency() > 0 {
		h.heard = append(h.heard, readSamples(h.t, h.band.Source(), len(block))...)
	}
	must(h.t, key.SetPTT(false))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func abs(x float64) float64 { return max(x, -x) }
