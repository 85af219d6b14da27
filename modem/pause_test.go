package modem

import (
	"strings"
	"testing"

	"rtty/baudot"
	"rtty/prior"
)

func TestShiftOutlastsARestAtMark(t *testing.T) {
	first, second := "RST 599 NR 12", "34 QSL 73"
	var e baudot.Encoder
	codes := e.AppendString(nil, first)
	rested := len(codes)
	codes = e.AppendString(codes, second)
	for _, seconds := range []float64{1, 2, 5, 20} {
		s := newSender(hamSignal(), 8000, 1)
		sent := 0
		s.gap = func() float64 {
			if sent++; sent == rested {
				return seconds * s.Baud
			}
			return 0
		}
		samples := s.Key(codes, 1, 2)
		addNoise(samples, s.rate, 0, 7)
		if got := printed(t, samples, prior.Default()); got != first+second {
			t.Errorf("with a rest of %g s: %q, want %q", seconds, got, first+second)
		}
	}
}

func TestAnOverBehindSilenceBeginsInLetters(t *testing.T) {
	const first, second = "UR 599 0123", "CQ DE W1AW"
	s := newSender(hamSignal(), 8000, 1)
	var one, other baudot.Encoder
	samples := s.Key(one.AppendString(nil, first), 1, 0)
	samples = append(samples, make([]float32, 6*s.rate)...)
	samples = append(samples, s.Key(other.AppendString(nil, second), 0.5, 1)...)
	addNoise(samples, s.rate, 0, 7)
	if got := printed(t, samples, prior.Default()); got != first+second {
		t.Errorf("%q, want %q", got, first+second)
	}
}

// printed is what a receiver on the ham signal prints, with a prior.
func printed(t *testing.T, samples []float32, model *prior.Model) string {
	t.Helper()
	r, err := NewReceiver(hamSignal(), ReceiverConfig{Rate: 8000, AFC: true, Prior: model})
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, update := range []func() Update{func() Update { return r.Process(samples) }, r.Flush} {
		for _, c := range update().Final {
			if c.Rune != 0 {
				text.WriteRune(c.Rune)
			}
		}
	}
	return text.String()
}
