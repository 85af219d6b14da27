package band

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"rtty/audio"
	"rtty/bench/score"
	"rtty/modem"
)

// listen reads so much of the band.
func listen(t testing.TB, b *Band, d time.Duration) []float32 {
	t.Helper()
	return readSamples(t, b.Source(), int(d.Seconds()*float64(b.rate)))
}

func readSamples(t testing.TB, s audio.Source, n int) []float32 {
	t.Helper()
	samples := make([]float32, n)
	for got := 0; got < n; {
		block, err := s.Read(samples[got:])
		if err != nil {
			t.Fatal(err)
		}
		got += block.N
	}
	return samples
}

func newBand(t testing.TB, c Config) *Band {
	t.Helper()
	b, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

// decode reads a signal in samples.
func decode(t testing.TB, sig modem.Signal, rate int, samples []float32) string {
	t.Helper()
	rx, err := modem.NewReceiver(sig, modem.ReceiverConfig{Rate: rate, AFC: true})
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, u := range []modem.Update{rx.Process(samples), rx.Flush()} {
		for _, c := range u.Final {
			if c.Rune != 0 {
				text.WriteRune(c.Rune)
			}
		}
	}
	return text.String()
}

// Whoever is within the passband can be read at the tones the documentation
// gives.
func TestStationsCanBeRead(t *testing.T) {
	preset := func(name string, center float64) modem.Signal {
		p, err := modem.PresetNamed(name)
		if err != nil {
			t.Fatal(err)
		}
		return p.Signal(modem.LSB).MovedTo(center)
	}
	places := []struct {
		name   string
		signal modem.Signal
	}{
		{"typist", preset("ham", 1025)},
		{"weather", preset("dwd", 1500)},
		{"caller", preset("ham", 2210)},
		{"two stop units", preset("ham", 2630)},
	}
	b := newBand(t, Config{Seed: 1, Rate: 8000})
	var sent []over
	b.onAir = func(from *sender, text string) { sent = append(sent, over{from, text}) }
	samples := listen(t, b, 3*time.Minute)
	for _, place := range places {
		t.Run(place.name, func(t *testing.T) {
			want := wholeOvers(b, sent, place.signal.Center())
			got := decode(t, place.signal, b.rate, samples)
			s := score.Text(want, got)
			s.Inserted = 0 // what else the receiver made of fades and of the over at the end
			if s.Sent < 200 || s.Rate() > 0.05 {
				t.Errorf("%+v: sent\n%s\nread\n%s", s, want, got)
			}
		})
	}
}

type over struct {
	from *sender
	text string
}

// wholeOvers is what was sent at a place on the dial, but for the last over,
// which may still go on.
func wholeOvers(b *Band, sent []over, center float64) string {
	var texts []string
	for _, o := range sent {
		if math.Abs(b.dial.audio(o.from.base+localCenter)-center) < 20 {
			texts = append(texts, o.text)
		}
	}
	return strings.Join(texts[:len(texts)-1], "")
}

func BenchmarkBand(b *testing.B) {
	for _, rate := range []int{8000, 48000} {
		b.Run(strconv.Itoa(rate), func(b *testing.B) {
			band := newBand(b, Config{Seed: 1, Rate: rate})
			listen(b, band, 20*time.Second) // everybody has begun
			second := make([]float32, rate)
			b.ReportAllocs()
			for b.Loop() {
				for left := second; len(left) > 0; {
					block, err := band.Source().Read(left)
					if err != nil {
						b.Fatal(err)
					}
					left = left[block.N:]
				}
			}
			b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)*100, "%core")
		})
	}
}
