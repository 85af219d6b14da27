package modem

import (
	"math"
	"strings"
	"testing"

	"rtty/baudot"
)

const autoRate = 8000

// stations are what knownStations can find.
var stations = []Signal{
	hamSignal(),
	{Mark: 1000, Space: 1170, Baud: 50, StopBits: 1.5, USOS: true},
}

// knownStations finds the station whose tones have most of the power, if that is
// more than noise has there, and counts the looks.
func knownStations(looks *int) func([]float32) (Signal, bool) {
	return func(samples []float32) (found Signal, ok bool) {
		*looks++
		most := 0.0
		for _, x := range samples {
			most += 0.05 * float64(x) * float64(x)
		}
		for _, s := range stations {
			if power := tonePower(samples, s.Mark) + tonePower(samples, s.Space); power > most {
				most, found, ok = power, s, true
			}
		}
		return found, ok
	}
}

// tonePower is the power of a tone in tenths of a second, so that keying does
// not spread it.
func tonePower(samples []float32, hz float64) float64 {
	sum, re, im := 0.0, 0.0, 0.0
	for i, x := range samples {
		sin, cos := math.Sincos(2 * math.Pi * hz * float64(i) / autoRate)
		re += float64(x) * cos
		im += float64(x) * sin
		if i%160 == 159 {
			sum += 2 * (re*re + im*im) / 160
			re, im = 0, 0
		}
	}
	return sum
}

// over is a text as that station sends it.
func over(s Signal, text string) []float32 {
	encoder := baudot.Encoder{USOS: true}
	codes := encoder.AppendString([]baudot.Code{baudot.LTRS, baudot.LTRS, baudot.LTRS}, text)
	return newSender(s, autoRate, 1).Key(codes, 0.5, 0.5)
}

func silence(seconds float64) []float32 { return make([]float32, int(seconds*autoRate)) }

// noisy joins stretches and adds some noise.
func noisy(stretches ...[]float32) []float32 {
	var all []float32
	for _, s := range stretches {
		all = append(all, s...)
	}
	addNoise(all, autoRate, 10, 1)
	return all
}

func testAuto(looks *int) *AutoReceiver {
	return newAutoReceiver(ReceiverConfig{Rate: autoRate}, knownStations(looks))
}

// hear gives the text that rx makes of samples, with "|" where it turned to
// another signal.
func hear(rx *AutoReceiver, samples []float32) string {
	var text strings.Builder
	since := int64(-1)
	take := func(u Update) {
		for _, c := range u.Final {
			if c.Rune != 0 {
				text.WriteRune(c.Rune)
			}
		}
		if _, at, ok := rx.Tuned(); ok && at != since {
			since = at
			text.WriteByte('|')
		}
	}
	for len(samples) > 0 {
		n := min(len(samples), 1000)
		take(rx.Process(samples[:n]))
		samples = samples[n:]
	}
	take(rx.Flush())
	return text.String()
}

// copies tells whether the texts stand in what was heard, in that order, with no
// more between them than the few characters that noise may print.
func copies(heard string, texts ...string) bool {
	const stray = 2 // for each text
	rest := strings.ReplaceAll(heard, "|", "")
	room := stray * len(texts)
	for _, text := range texts {
		i := strings.Index(rest, text)
		if i < 0 || i > room {
			return false
		}
		room -= i
		rest = rest[i+len(text):]
	}
	return len(rest) <= room
}

func TestAutoReceiverLosesNothingOfWhatItHolds(t *testing.T) {
	const text = "CQ CQ CQ DE W1AW W1AW 599 001 TEST"
	for name, samples := range map[string][]float32{
		"shorter than the first look": noisy(over(stations[0], "CQ DE W1AW")),
		"from the first sample on":    noisy(over(stations[0], text)),
		"after a while":               noisy(silence(7), over(stations[0], text)),
		"after more than the hold":    noisy(silence(23), over(stations[0], text), silence(8)),
		"other tones":                 noisy(silence(3), over(stations[1], text)),
	} {
		t.Run(name, func(t *testing.T) {
			looks := 0
			got := hear(testAuto(&looks), samples)
			want := text
			if name == "shorter than the first look" {
				want = "CQ DE W1AW"
			}
			if !copies(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestAutoReceiverTurnsToWhatComesNext(t *testing.T) {
	const first, second = "CQ CQ CQ DE W1AW W1AW PSE K", "W1AW DE DL1ABC DL1ABC UR 599 599 BK"
	for name, samples := range map[string][]float32{
		"at once":              noisy(over(stations[0], first), over(stations[1], second), over(stations[0], first)),
		"after some seconds":   noisy(over(stations[0], first), silence(8), over(stations[1], second), silence(8), over(stations[0], first)),
		"after a long silence": noisy(over(stations[0], first), silence(25), over(stations[1], second), silence(25), over(stations[0], first)),
	} {
		t.Run(name, func(t *testing.T) {
			looks := 0
			got := hear(testAuto(&looks), samples)
			if !copies(got, first, second, first) || strings.Count(got, "|") != 3 {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestAutoReceiverPositionsCountFromTheFirstSample(t *testing.T) {
	samples := noisy(silence(26), over(stations[0], "CQ CQ CQ DE W1AW W1AW"))
	looks := 0
	rx := testAuto(&looks)
	got := append([]Char(nil), rx.Process(samples).Final...)
	got = append(got, rx.Flush().Final...)
	want := receive(t, stations[0], ReceiverConfig{Rate: autoRate}, samples, 1000)
	if len(got) != len(want) {
		t.Fatalf("%d characters, want %d", len(got), len(want))
	}
	const unit = autoRate * 22 / 1000
	for i := range got {
		if off := got[i].Start - want[i].Start; off < -unit/4 || off > unit/4 || got[i].Code != want[i].Code {
			t.Errorf("character %d: %+v, want %+v", i, got[i], want[i])
		}
	}
}

func TestAutoReceiverFindsNothingInSilence(t *testing.T) {
	looks := 0
	rx := testAuto(&looks)
	if got := hear(rx, noisy(silence(60))); got != "" {
		t.Errorf("heard %q", got)
	}
	if s := rx.Status(); s != (Status{}) {
		t.Errorf("status %+v", s)
	}
	if looks < 10 || looks > 15 {
		t.Errorf("%d looks in a minute", looks)
	}
	if seconds := cap(rx.held) / autoRate; seconds > 30 {
		t.Errorf("holds room for %d s", seconds)
	}
}

func TestAutoReceiverWaitsForASecondOpinion(t *testing.T) {
	looks := 0
	wavering := func([]float32) (Signal, bool) {
		looks++
		return stations[looks%2], true
	}
	rx := newAutoReceiver(ReceiverConfig{Rate: autoRate}, wavering)
	for second := range 19 {
		rx.Process(silence(1))
		if _, _, ok := rx.Tuned(); ok {
			t.Fatalf("tuned after %d s though no two looks agreed", second+1)
		}
	}
	rx.Process(silence(2))
	if _, _, ok := rx.Tuned(); !ok {
		t.Error("not tuned after 20 s of signals")
	}
}
