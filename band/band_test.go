package band

import (
	"math"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"rtty/audio"
	"rtty/bench/score"
	"rtty/dsp"
	"rtty/modem"
	"rtty/rig"
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

// The places that the package documentation gives, by the service there.
var places = []struct {
	name    string
	service string
	center  float64
}{
	{"typist", "ham", 640},
	{"weather", "dwd", 1500},
	{"caller", "ham", 2210},
	{"two stop units", "ham", 2630},
}

// Whoever is within the passband can be read at the tones the documentation
// gives.
func TestStationsCanBeRead(t *testing.T) {
	skipShort(t)
	b := newBand(t, Config{Seed: 1, Rate: airRate})
	sent := record(b)
	samples := listen(t, b, 3*time.Minute)
	for _, place := range places {
		t.Run(place.name, func(t *testing.T) {
			checkCopy(t, sent.whole(place.center), decode(t, onLSB(place.service, place.center), airRate, samples))
		})
	}
}

// The dial moves everybody together, and on the upper sideband the band is the
// other way round.
func TestDialMovesTheBand(t *testing.T) {
	skipShort(t)
	b := newBand(t, Config{Seed: 2, Rate: airRate})
	sent := record(b)
	const caller = Dial - 2210
	must(t, b.Rig().SetFrequency(Dial-1000))
	down := listen(t, b, 2*time.Minute)
	checkCopy(t, sent.whole(2210), decode(t, onLSB("ham", 1210), airRate, down))

	sent.overs = nil
	must(t, b.Rig().SetMode(rig.Mode{Kind: rig.USB}))
	must(t, b.Rig().SetFrequency(caller-1800))
	up := listen(t, b, 2*time.Minute)
	checkCopy(t, sent.whole(2210), decode(t, preset("ham").MovedTo(1800), airRate, up))
}

// skipShort skips what takes seconds and has nothing concurrent in it.
func skipShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("decodes minutes of several signals: not with -short")
	}
}

// checkCopy allows for what fading takes.
func checkCopy(t *testing.T, sent, read string) {
	t.Helper()
	s := score.Text(sent, read)
	s.Inserted = 0 // what the receiver made of fades and of the overs at both ends
	if s.Sent < 200 || s.Rate() > 0.06 {
		t.Errorf("%+v: sent\n%s\nread\n%s", s, sent, read)
	}
}

// A recorder keeps what is sent.
type recorder struct{ overs []over }

type over struct {
	center float64 // audio frequency with the dial as it is at first, Hz
	text   string
}

func record(b *Band) *recorder {
	r := new(recorder)
	b.onAir = func(from *sender, text string) {
		r.overs = append(r.overs, over{Dial - from.base - localCenter, text})
	}
	return r
}

// whole is what was sent at a place, but for the last over, which may still go
// on.
func (r *recorder) whole(center float64) string {
	var texts []string
	for _, o := range r.overs {
		if math.Abs(o.center-center) < 20 {
			texts = append(texts, o.text)
		}
	}
	return strings.Join(texts[:max(0, len(texts)-1)], "")
}

// The audio keeps off the limits of a sound card, and is quiet while sending.
func TestLevels(t *testing.T) {
	b := newBand(t, Config{Seed: 1, Rate: airRate})
	listen(t, b, 5*time.Second)
	open := level(listen(t, b, 20*time.Second))
	must(t, b.Rig().SetPTT(true))
	listen(t, b, 100*time.Millisecond)
	muted := level(listen(t, b, time.Second))
	must(t, b.Rig().SetPTT(false))
	listen(t, b, 100*time.Millisecond)
	again := level(listen(t, b, 20*time.Second))
	if open < -30 || open > -12 || math.Abs(again-open) > 3 || muted > open-50 || muted < -120 {
		t.Errorf("%.1f dB open, %.1f muted, %.1f open again", open, muted, again)
	}
}

// level is the mean power in dB of full scale; it fails at clipped samples by
// being too high.
func level(samples []float32) float64 {
	sum := 0.0
	for _, x := range samples {
		if x >= 1 || x <= -1 {
			return math.Inf(1)
		}
		sum += float64(x) * float64(x)
	}
	return 10 * math.Log10(sum/float64(len(samples)))
}

// Signals outside the passband leave nothing behind, on either side.
func TestPassband(t *testing.T) {
	b := newBand(t, Config{Seed: 1, Rate: airRate})
	welch := dsp.NewWelch(airRate, 4096, 60)
	welch.Add(listen(t, b, 20*time.Second))
	s := welch.Spectrum(nil)
	inside := s.Between(350, 2850) / 2500
	for _, edge := range [][2]float64{{0, 200}, {3000, 4000}} {
		if out := s.Between(edge[0], edge[1]) / (edge[1] - edge[0]); out > inside*1e-4 {
			t.Errorf("%g to %g Hz: %.1f dB of what is inside", edge[0], edge[1], 10*math.Log10(out/inside))
		}
	}
}

// An hour goes by without anything piling up.
func TestAnHour(t *testing.T) {
	t.Parallel()
	minutes := 60
	if testing.Short() {
		minutes = 2
	}
	b := newBand(t, Config{Seed: 1, Rate: airRate})
	buffer := make([]float32, airRate)
	pass := func(minutes int) (heap uint64) {
		for range minutes * 60 {
			for left := buffer; len(left) > 0; {
				block, err := b.Source().Read(left)
				must(t, err)
				left = left[block.N:]
			}
		}
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	early := pass(max(1, minutes/6))
	goroutines := runtime.NumGoroutine()
	late := pass(minutes - minutes/6)
	if late > early+1<<20 {
		t.Errorf("%d bytes in use after %d minutes, %d after %d", early, minutes/6, late, minutes)
	}
	if n := runtime.NumGoroutine(); n > goroutines {
		t.Errorf("%d goroutines, %d before", n, goroutines)
	}
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
