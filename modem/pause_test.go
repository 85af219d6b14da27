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
		if got := printed(t, hamSignal(), samples); got != first+second {
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
	if got := printed(t, hamSignal(), samples); got != first+second {
		t.Errorf("%q, want %q", got, first+second)
	}
}

// Who tunes in while figures are sent hears no shift for a while.
func TestTextThatBeginsInFiguresIsReadAsFigures(t *testing.T) {
	for _, c := range []struct {
		text  string
		usos  bool
		late  int // codes that were sent before
		right string
	}{
		{"11012 40051 71234 20112 33344 51055 60012", false, 3, " 40051 71234 20112 33344 51055 60012"},
		{"40051 71234 20112 33344", true, 1, " 71234 20112 33344"},
		{"5990123 5990123 TU DE W1AW TEST", true, 1, " 5990123 TU DE W1AW TEST"},
		{"CQ CQ DE W1AW W1AW PSE K", true, 0, "CQ CQ DE W1AW W1AW PSE K"},
		{"THE RAIN IN SPAIN 123 AND 45", false, 1, "HE RAIN IN SPAIN 123 AND 45"},
	} {
		sig := hamSignal()
		sig.USOS = c.usos
		e := baudot.Encoder{USOS: c.usos}
		samples := newSender(sig, 8000, 1).Key(e.AppendString(nil, c.text)[c.late:], 1, 1)
		addNoise(samples, 8000, 0, 7)
		if got := printed(t, sig, samples); !strings.HasSuffix(got, c.right) {
			t.Errorf("%d codes late %q is read %q", c.late, c.text, got)
		}
	}
}

// printed is what a receiver prints that finds out how the sender shifts.
func printed(t *testing.T, sig Signal, samples []float32) string {
	t.Helper()
	r, err := NewReceiver(sig, ReceiverConfig{Rate: 8000, AFC: true, Prior: prior.Default()})
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
