package hf

import (
	"math"
	"math/cmplx"
	"reflect"
	"strings"
	"testing"
	"time"

	"rtty/dsp"
)

const rate = 8000 // of most tests here

func newChannel(t testing.TB, c Config) *Channel {
	t.Helper()
	ch, err := NewChannel(c)
	if err != nil {
		t.Fatal(err)
	}
	return ch
}

// through gives the whole output of a fresh channel.
func through(t testing.TB, c Config, x []float32) []float32 {
	t.Helper()
	ch := newChannel(t, c)
	return ch.Flush(ch.Process(nil, x))
}

// sine is n samples of amplitude 1 and so of power 1/2.
func sine(n int, hz, rate float64) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(math.Cos(2 * math.Pi * hz / rate * float64(i)))
	}
	return x
}

// phasor is the complex amplitude of the tone at hz in x, by way of a window
// with side lobes far below all that is tested; x[0] has number first.
func phasor(x []float32, hz, rate float64, first int) complex128 {
	window := dsp.Kaiser(len(x), dsp.KaiserBeta(120))
	var sum complex128
	norm := 0.0
	for i, w := range window {
		sum += cmplx.Rect(w*float64(x[i]), -2*math.Pi*hz/rate*float64(first+i))
		norm += w
	}
	return 2 * sum / complex(norm, 0)
}

// frequency of the one tone in x, by the phase of its first half against that of
// its second; guess is within rate/len(x) of it.
func frequency(x []float32, guess, rate float64) float64 {
	half := len(x) / 2
	turn := cmplx.Phase(phasor(x[half:2*half], guess, rate, half) / phasor(x[:half], guess, rate, 0))
	return guess + turn/(2*math.Pi)*rate/float64(half)
}

func power(x []float32) float64 {
	sum := 0.0
	for _, v := range x {
		sum += float64(v) * float64(v)
	}
	return sum / float64(len(x))
}

func difference(a, b []float32) []float32 {
	d := make([]float32, len(a))
	for i := range a {
		d[i] = a[i] - b[i]
	}
	return d
}

func decibels(ratio float64) float64 { return 10 * math.Log10(ratio) }

// everything is a channel with all faults at once.
func everything(interferer Source) Config {
	return Config{
		Rate: rate, Seed: 9, SignalPower: 0.5, ClockError: 123.4, Offset: 12.3, Drift: -4.5,
		Fading:   Fading{2, 2 * time.Millisecond, 1},
		Noise:    &Noise{SNR: 3, ClassA: &ClassA{Overlap: 0.3, Ratio: 0.1}},
		Impulses: []Impulses{{PerSecond: 5, Length: 20 * time.Millisecond, LevelDB: 20, SpreadDB: 6, Decaying: true}, {PerSecond: 100, Length: time.Millisecond, LevelDB: 10, Periodic: true}},
		Carriers: []Carrier{{Frequency: 1200, LevelDB: -3, Fading: Fading{Paths: 1, Spread: 0.5}}, {Frequency: 2000, LevelDB: -10}},
		Interferers: []Interferer{
			{Source: interferer, Power: 0.5, LevelDB: -6, Offset: 200, Fading: Fading{2, time.Millisecond, 0.5}},
			{Source: Samples(sine(5000, 700, rate)), Power: 0.5, LevelDB: -6},
		},
		Passband: Passband{300, 2700}, AGC: &AGC{}, Clip: &Clip{OverDB: 6},
	}
}

func TestCleanChannelChangesNothing(t *testing.T) {
	x := sine(5000, 1234, rate)
	if got := through(t, Config{Rate: rate}, x); !reflect.DeepEqual(got, x) {
		t.Error("samples differ")
	}
}

func TestOutputIsTheSameHoweverTheStreamIsCut(t *testing.T) {
	x, other := sine(10000, 1500, rate), sine(10000, 900, rate)
	for name, c := range map[string]func() Config{
		"everything": func() Config { return everything(Loop(other)) },
		"noise":      func() Config { return Config{Rate: rate, SignalPower: 0.5, Noise: &Noise{}} },
		"fading":     func() Config { return Config{Rate: rate, Fading: Fading{2, 7 * time.Millisecond, 30}} },
		"offset":     func() Config { return Config{Rate: rate, Offset: 50} },
		"clock":      func() Config { return Config{Rate: rate, ClockError: -5000} },
	} {
		want := through(t, c(), x)
		for _, size := range []int{1, 1023, 3001} {
			ch := newChannel(t, c())
			var got []float32
			for at := 0; at < len(x); at += size {
				got = ch.Process(got, x[at:min(at+size, len(x))])
			}
			if got = ch.Flush(got); !reflect.DeepEqual(got, want) {
				t.Errorf("%s in blocks of %d: output differs", name, size)
			}
		}
	}
}

func TestOutputIsAsLongAsTheInput(t *testing.T) {
	for _, n := range []int{0, 1, 100, 3000} {
		for _, c := range []Config{
			{Rate: rate}, {Rate: rate, Offset: 1}, {Rate: rate, Passband: Passband{0, 3000}},
			{Rate: rate, Fading: Fading{2, 7 * time.Millisecond, 1}, Passband: Passband{300, 2700}, SignalPower: 1, Noise: &Noise{}},
		} {
			if got := len(through(t, c, make([]float32, n))); got != n {
				t.Errorf("%+v: %d samples out of %d", c, got, n)
			}
		}
		want := int(math.Ceil(float64(n) / 1.001))
		if got := len(through(t, Config{Rate: rate, ClockError: 1000}, make([]float32, n))); got != want {
			t.Errorf("clock 1000 ppm fast: %d samples out of %d, want %d", got, n, want)
		}
	}
}

func TestProcessHoldsBackItsLatency(t *testing.T) {
	c := everything(Loop(make([]float32, 10)))
	c.ClockError = 0
	ch := newChannel(t, c)
	if got := len(ch.Process(nil, make([]float32, 5000))); got != 5000-ch.Latency() {
		t.Errorf("%d samples before Flush, want %d", got, 5000-ch.Latency())
	}
}

func TestSeedIsAllTheRandomnessThereIs(t *testing.T) {
	x, other := sine(20000, 1500, rate), sine(20000, 900, rate)
	first := through(t, everything(Loop(other)), x)
	if again := through(t, everything(Loop(other)), x); !reflect.DeepEqual(first, again) {
		t.Error("one seed gave two outputs")
	}
	c := everything(Loop(other))
	c.Seed++
	if reflect.DeepEqual(first, through(t, c, x)) {
		t.Error("two seeds gave one output")
	}
}

func TestFadingOfASeedIsTheSameWithNoise(t *testing.T) {
	x := sine(200_000, 1500, rate)
	faded := Config{Rate: rate, Seed: 4, SignalPower: 0.5, Fading: Fading{2, time.Millisecond, 10}}
	noisy := faded
	noisy.Noise = &Noise{SNR: 10}
	noise := difference(through(t, noisy, x), through(t, faded, x))
	want := -10 + decibels(0.5*rate/2/NoiseBandwidth)
	if got := decibels(power(noise)); math.Abs(got-want) > 0.05 {
		t.Errorf("noise beside the fading signal is %.2f dB, want %.2f", got, want)
	}
}

func TestSNRIsThatIn2500Hz(t *testing.T) {
	const seconds = 6
	for _, v := range []struct {
		rate int
		snr  float64
	}{{6000, -20}, {8000, 0}, {11025, 30}, {48000, -6}} {
		// A signal that is keyed half of the time: the pauses must not count.
		x := sine(seconds*v.rate, 1500, float64(v.rate))
		for i := range x {
			if i/v.rate%2 == 1 {
				x[i] = 0
			}
		}
		c := Config{Rate: v.rate, Seed: 2, SignalPower: KeyedPower(x, v.rate), Noise: &Noise{SNR: v.snr}, Passband: Passband{200, 2700}}
		clean := c
		clean.Noise = nil
		// A filter of 2500 Hz lets pass what the SNR is defined by; its noise
		// bandwidth is that of its edges to a fraction of a percent.
		noise := difference(through(t, c, x), through(t, clean, x))
		if got := decibels(0.5 / power(noise)); math.Abs(got-v.snr) > 0.1 {
			t.Errorf("%d samples per second, %g dB: measured %.3f dB", v.rate, v.snr, got)
		}
	}
}

func TestMeanGainOfFadingIsOne(t *testing.T) {
	// 60 s with 30 Hz of spread have some 3,000 independent fades on each path.
	x := sine(60*rate, 1500, rate)
	for _, f := range []Fading{{1, 0, 30}, {2, 3 * time.Millisecond, 30}} {
		y := through(t, Config{Rate: rate, Seed: 3, Fading: f}, x)
		if got := decibels(power(y) / power(x)); math.Abs(got) > 0.25 {
			t.Errorf("%v: mean gain %.2f dB, want 0", f, got)
		}
	}
}

// The envelope of a tone that has been through a channel is Rayleigh's, and its
// spectrum is as wide as the channel says.
func TestFadedToneHasTheEnvelopeAndWidthOfItsChannel(t *testing.T) {
	const spread, seconds, hz = 20.0, 120, 1500.0
	y := through(t, Config{Rate: rate, Seed: 5, Fading: Fading{2, 6 * time.Millisecond, spread}}, sine(seconds*rate, hz, rate))
	re, im := dsp.NewAnalytic(200.0/rate, 80).Process(nil, nil, y)
	re, im = re[rate/10:], im[rate/10:]
	z := make([]complex128, len(re))
	for i := range z {
		z[i] = complex(re[i], im[i]) * cmplx.Rect(1, -2*math.Pi*hz/rate*float64(i))
	}
	const every = int(1.5 * rate / spread)
	var fades []float64
	for i := 0; i < len(z); i += every {
		v := cmplx.Abs(z[i])
		fades = append(fades, v*v)
	}
	if d := kolmogorov(fades, func(p float64) float64 { return 1 - math.Exp(-p) }); d > 1.8 {
		t.Errorf("distance of the envelope from Rayleigh's distribution %.2f", d)
	}
	// The mean square of the derivative is that of the angular frequency: (2πσ)².
	var slope, level float64
	for i := range z[1:] {
		d := cmplx.Abs(z[i+1] - z[i])
		slope += d * d
		level += real(z[i])*real(z[i]) + imag(z[i])*imag(z[i])
	}
	got := 2 * math.Sqrt(slope/level) * rate / (2 * math.Pi)
	if math.Abs(got/spread-1) > 0.04 {
		t.Errorf("Doppler spread %.3f Hz, want %g", got, spread)
	}
}

func TestSecondPathComesAfterItsDelay(t *testing.T) {
	const n, base, apart = 4000, 1000.0, 50.0
	for _, r := range []float64{8000, 11025, 48000} {
		for _, delay := range []time.Duration{500 * time.Microsecond, 2 * time.Millisecond, 7 * time.Millisecond} {
			// Standing paths a and b give tones apart by d the gains a + b·z^k with
			// z = exp(−j2πdτ), and three of them give z.
			var gain [3]complex128
			for k := range gain {
				hz := base + apart*float64(k)
				y := through(t, Config{Rate: int(r), Seed: 1, Fading: Fading{Paths: 2, Delay: delay}}, sine(n+1000, hz, r))
				gain[k] = phasor(y[1000:], hz, r, 1000)
			}
			z := (gain[2] - gain[1]) / (gain[1] - gain[0])
			got := -cmplx.Phase(z) / (2 * math.Pi * apart)
			want := math.Round(delay.Seconds()*r) / r
			if math.Abs(got-want) > 2e-6 {
				t.Errorf("at %g: delay %.1f µs, want %.1f", r, got*1e6, want*1e6)
			}
		}
	}
}

func TestFirstPathComesAtOnce(t *testing.T) {
	x := make([]float32, 4000)
	copy(x[2000:], sine(1000, 1500, rate))
	y := through(t, Config{Rate: rate, Offset: 1e-9, Passband: Passband{300, 2700}}, x)
	best, at := 0.0, 0
	for lag := -50; lag <= 50; lag++ {
		sum := 0.0
		for i := 2000; i < 3000; i++ {
			sum += float64(x[i]) * float64(y[i+lag])
		}
		if sum > best {
			best, at = sum, lag
		}
	}
	if at != 0 {
		t.Errorf("output is %d samples late", at)
	}
}

func TestOffsetMovesTonesAndLeavesNoImage(t *testing.T) {
	const n, settle = 15000, 500
	for _, hz := range []float64{100, 440, 1500, 3000} {
		for _, offset := range []float64{-20, 37.5, 600} {
			if hz+offset < 75 {
				continue
			}
			y := through(t, Config{Rate: rate, Offset: offset}, sine(n, hz, rate))[settle : n-settle]
			if got := frequency(y, hz+offset, rate); math.Abs(got-hz-offset) > 2e-3 {
				t.Errorf("%g Hz off by %g comes out at %.4f Hz", hz, offset, got)
			}
			if got := cmplx.Abs(phasor(y, hz+offset, rate, 0)); math.Abs(got-1) > 0.002 {
				t.Errorf("%g Hz off by %g: amplitude %.4f", hz, offset, got)
			}
			image := math.Abs(hz - offset)
			if math.Abs(image-hz-offset) < 5 {
				continue // the image lies under the tone
			}
			if got := 2 * decibels(cmplx.Abs(phasor(y, image, rate, 0))); got > -60 {
				t.Errorf("%g Hz off by %g: image %.1f dB", hz, offset, got)
			}
		}
	}
}

func TestDriftIsThatOfAMinute(t *testing.T) {
	const hz, offset, drift, length = 1500.0, 5.0, -60.0, rate / 4
	y := through(t, Config{Rate: rate, Offset: offset, Drift: drift}, sine(61*rate, hz, rate))
	for _, second := range []int{1, 30, 59} {
		// The middle of the stretch that is measured is the time that counts.
		first := second*rate - length/2
		want := hz + offset + drift*float64(second)/60
		if got := frequency(y[first:first+length], want, rate); math.Abs(got-want) > 0.02 {
			t.Errorf("after %d s %.3f Hz, want %.3f", second, got, want)
		}
	}
}

func TestFastClockRaisesTonesAndShortensTime(t *testing.T) {
	const hz, n = 1500.0, 100_000
	for _, ppm := range []float64{-200, 50, 5000} {
		y := through(t, Config{Rate: rate, ClockError: ppm}, sine(n, hz, rate))
		want := hz * (1 + ppm*1e-6)
		if got := frequency(y[500:len(y)-500], want, rate); math.Abs(got-want) > 1e-4 {
			t.Errorf("%g ppm: %.5f Hz, want %.5f", ppm, got, want)
		}
		if got, want := len(y), int(math.Ceil(n/(1+ppm*1e-6))); got != want {
			t.Errorf("%g ppm: %d samples, want %d", ppm, got, want)
		}
	}
}

func TestMeanPowerIsWhatComesOut(t *testing.T) {
	x := sine(60*rate, 1500, rate)
	c := everything(Loop(sine(rate, 900, rate)))
	c.AGC, c.Clip = nil, nil
	c.Fading, c.Interferers = Fading{Paths: 1, Spread: 20}, c.Interferers[:1]
	c.Interferers[0].Fading, c.Carriers[0].Fading = Fading{}, Fading{}
	c.Impulses[0].SpreadDB = 2 // fewer bursts would do for the mean of wider ones
	ch := newChannel(t, c)
	got := power(ch.Flush(ch.Process(nil, x)))
	if e := decibels(got / ch.MeanPower()); math.Abs(e) > 0.4 {
		t.Errorf("mean power %.3f, promised %.3f", got, ch.MeanPower())
	}
}

func TestConfigNamesWhatIsWrong(t *testing.T) {
	ok := Config{Rate: rate, SignalPower: 0.5}
	for _, c := range []struct {
		spoil func(*Config)
		want  string
	}{
		{func(c *Config) { c.Rate = 0 }, "samples per second"},
		{func(c *Config) { c.Rate = 5999 }, "samples per second"},
		{func(c *Config) { c.Rate = 192001 }, "samples per second"},
		{func(c *Config) { c.SignalPower = -1 }, "signal power"},
		{func(c *Config) { c.SignalPower = math.Inf(1) }, "signal power"},
		{func(c *Config) { c.SignalPower = math.NaN() }, "signal power"},
		{func(c *Config) { c.SignalPower = 0; c.Noise = &Noise{} }, "signal power 0"},
		{func(c *Config) { c.SignalPower = 0; c.Clip = &Clip{} }, "signal power 0"},
		{func(c *Config) { c.SignalPower = 0; c.AGC = &AGC{} }, "signal power 0"},
		{func(c *Config) { c.Noise = &Noise{SNR: math.NaN()} }, "snr"},
		{func(c *Config) { c.Noise = &Noise{ClassA: &ClassA{}} }, "overlap"},
		{func(c *Config) { c.Noise = &Noise{ClassA: &ClassA{Overlap: 1}} }, "ratio"},
		{func(c *Config) { c.Noise = &Noise{ClassA: &ClassA{Overlap: 1, Ratio: 1, Length: -1}} }, "length"},
		{func(c *Config) { c.Impulses = []Impulses{{}} }, "without noise"},
		{func(c *Config) { c.Noise = &Noise{}; c.Impulses = []Impulses{{}} }, "impulses per second"},
		{func(c *Config) { c.Noise = &Noise{}; c.Impulses = []Impulses{{PerSecond: 1}} }, "impulse length"},
		{func(c *Config) {
			c.Noise = &Noise{}
			c.Impulses = []Impulses{{PerSecond: 1, Length: 1, LevelDB: math.Inf(1)}}
		}, "impulse level"},
		{func(c *Config) { c.Noise = &Noise{}; c.Impulses = []Impulses{{PerSecond: 1, Length: 1, SpreadDB: -1}} }, "spread"},
		{func(c *Config) { c.Offset = math.NaN() }, "offset"},
		{func(c *Config) { c.Offset = 2001 }, "offset"},
		{func(c *Config) { c.Drift = math.Inf(1) }, "drift"},
		{func(c *Config) { c.ClockError = 10001 }, "clock"},
		{func(c *Config) { c.ClockError = math.NaN() }, "clock"},
		{func(c *Config) { c.Fading.Paths = 3 }, "3 paths"},
		{func(c *Config) { c.Carriers = []Carrier{{}} }, "carrier at 0"},
		{func(c *Config) { c.Carriers = []Carrier{{Frequency: 4000}} }, "carrier at 4000"},
		{func(c *Config) { c.Carriers = []Carrier{{Frequency: 1000, LevelDB: 101}} }, "carrier level"},
		{func(c *Config) { c.Carriers = []Carrier{{Frequency: 1000, Fading: Fading{Paths: 3}}} }, "3 paths"},
		{func(c *Config) { c.Interferers = []Interferer{{}} }, "without a source"},
		{func(c *Config) { c.Interferers = []Interferer{{Source: Samples(nil)}} }, "interferer power"},
		{func(c *Config) { c.Interferers = []Interferer{{Source: Samples(nil), Power: 1, Offset: 2001}} }, "interferer offset"},
		{func(c *Config) { c.Interferers = []Interferer{{Source: Samples(nil), Power: 1, LevelDB: math.NaN()}} }, "interferer level"},
		{func(c *Config) { c.Passband = Passband{300, 310} }, "passband"},
		{func(c *Config) { c.Passband = Passband{10, 3000} }, "passband"},
		{func(c *Config) { c.Passband = Passband{0, 3960} }, "passband"},
		{func(c *Config) { c.AGC = &AGC{Attack: -1} }, "attack"},
		{func(c *Config) { c.AGC = &AGC{Decay: -1} }, "decay"},
		{func(c *Config) { c.AGC = &AGC{MaxDB: -1} }, "agc gain"},
		{func(c *Config) { c.Clip = &Clip{math.NaN()} }, "clip"},
	} {
		bad := ok
		c.spoil(&bad)
		if _, err := NewChannel(bad); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want one with %q", err, c.want)
		}
	}
	if _, err := NewChannel(ok); err != nil {
		t.Error(err)
	}
}

func TestProcessDoesNotAllocate(t *testing.T) {
	ch := newChannel(t, everything(Loop(sine(800, 900, rate))))
	x, y := sine(3000, 1500, rate), make([]float32, 0, 4000)
	y = ch.Process(y[:0], x)
	if n := testing.AllocsPerRun(10, func() { y = ch.Process(y[:0], x) }); n != 0 {
		t.Errorf("%g allocations per block", n)
	}
}

func BenchmarkChannel(b *testing.B) {
	poor := Fading{2, 2 * time.Millisecond, 1}
	for _, c := range []struct {
		name   string
		config Config
	}{
		{"noise", Config{Rate: 8000, SignalPower: 0.5, Noise: &Noise{}}},
		{"poor+noise", Config{Rate: 8000, SignalPower: 0.5, Noise: &Noise{}, Fading: poor}},
		{"high-disturbed+noise", Config{Rate: 8000, SignalPower: 0.5, Noise: &Noise{}, Fading: Fading{2, 7 * time.Millisecond, 30}}},
		{"poor+noise+offset+clock", Config{Rate: 8000, SignalPower: 0.5, Noise: &Noise{}, Fading: poor, Offset: 10, ClockError: 50}},
		{"everything", everything(Loop(sine(8000, 900, 8000)))},
		{"poor+noise-48k", Config{Rate: 48000, SignalPower: 0.5, Noise: &Noise{}, Fading: poor}},
	} {
		b.Run(c.name, func(b *testing.B) {
			ch := newChannel(b, c.config)
			x := sine(1024, 1500, float64(c.config.Rate))
			y := make([]float32, 0, 2048)
			b.ReportAllocs()
			for b.Loop() {
				y = ch.Process(y[:0], x)
			}
			perSample := b.Elapsed().Seconds() / float64(b.N) / float64(len(x))
			b.ReportMetric(1/(perSample*float64(c.config.Rate)), "x-realtime")
		})
	}
}
