package modem

import (
	"fmt"
	"math"
	"math/cmplx"
	"strings"
	"testing"

	"rtty/dsp"
)

// quality is what a transmission is judged by.
type quality struct {
	bandwidth60 float64 // Hz, total power outside −60 dB
	beside      float64 // dBc, power in 250 Hz at +500 Hz from the centre
	far         float64 // dBc, power beyond 1000 Hz from the centre, images too
	peak        float64 // dB, highest envelope over its mean
	ripple      float64 // dB, highest envelope over lowest
	loss        float64 // dB, of a one-bit correlator against rectangular keying
}

func (q quality) String() string {
	return fmt.Sprintf("−60 dB bandwidth %.0f Hz, at +500 Hz %.1f dBc, far %.1f dBc, peak %.2f dB, ripple %.2f dB, loss %.3f dB",
		q.bandwidth60, q.beside, q.far, q.peak, q.ripple, q.loss)
}

func judge(t *testing.T, sig Signal, cfg TransmitterConfig, chars int) quality {
	t.Helper()
	sent := transmit(t, sig, cfg, evenCodes(chars, 11))
	steady := steadyPart(sent.samples, cfg.Rate)

	var q quality
	size := 8192
	for float64(cfg.Rate)/float64(size) > 1.5 {
		size *= 2
	}
	welch := dsp.NewWelch(float64(cfg.Rate), size, 160)
	welch.Add(steady)
	s := welch.Spectrum(nil)
	q.bandwidth60 = s.Bandwidth(sig.Center(), 1e-6)
	q.beside = decibels(s.Between(sig.Center()+375, sig.Center()+625) / s.Total())
	q.far = decibels(s.Outside(sig.Center(), 2000) / s.Total())

	z := steadyEnvelope(sent.samples, cfg.Rate, sig.Center())
	q.peak, q.ripple = envelopeFigures(z)
	q.loss = correlatorLoss(sig, cfg.Rate, sent)
	return q
}

// steadyEnvelope leaves the ramps and the ends of the measuring filter out.
func steadyEnvelope(samples []float32, rate int, center float64) []float64 {
	factor := max(1, rate/8000)
	z := baseband(samples, rate, center, factor)
	cut := rate / factor / 20
	magnitudes := make([]float64, 0, len(z))
	for _, v := range z[cut : len(z)-cut] {
		magnitudes = append(magnitudes, cmplx.Abs(v))
	}
	return magnitudes
}

func envelopeFigures(envelope []float64) (peak, ripple float64) {
	sum, low, high := 0.0, math.Inf(1), 0.0
	for _, v := range envelope {
		sum += v
		low, high = min(low, v), max(high, v)
	}
	return 2 * decibels(high*float64(len(envelope))/sum), 2 * decibels(high/low)
}

// correlatorLoss is what a receiver that multiplies every bit by its tone and
// adds up misses, of the power that is sent. Rectangular keying of the same
// power loses nothing.
func correlatorLoss(sig Signal, rate int, sent transmission) float64 {
	got, count := 0.0, 0
	samplesPerUnit := float64(rate) / sig.Baud
	for i, code := range sent.codes {
		for unit := range 7 {
			tone := sig.Space
			if unit == stopElement || unit > 0 && code>>(unit-1)&1 == 1 {
				tone = sig.Mark
			}
			from := float64(sent.starts[i]) + float64(unit)*samplesPerUnit
			got += correlate(sent.samples, from, from+samplesPerUnit, tone/float64(rate))
			count++
		}
	}
	power := 0.0
	steady := sent.samples[sent.starts[0]:sent.starts[len(sent.starts)-1]]
	for _, x := range steady {
		power += float64(x) * float64(x)
	}
	return -decibels(got / float64(count) / (2 * power / float64(len(steady))))
}

// correlate is the squared amplitude of a tone between two points of time.
func correlate(samples []float32, from, to, frequency float64) float64 {
	first, last := int(math.Round(from)), int(math.Round(to))
	oscillator := dsp.NewOscillator(frequency)
	sum := complex(0, 0)
	for _, x := range samples[first:last] {
		sum += complex(float64(x), 0) * oscillator.Next()
	}
	amplitude := 2 * cmplx.Abs(sum) / float64(last-first)
	return amplitude * amplitude
}

// worse names the figures that break a limit.
func (q quality) worse(limit quality) (broken []string) {
	for _, c := range []struct {
		name       string
		got, limit float64
	}{
		{"−60 dB bandwidth", q.bandwidth60, limit.bandwidth60},
		{"power at +500 Hz", q.beside, limit.beside},
		{"power beyond 1000 Hz", q.far, limit.far},
		{"peak", q.peak, limit.peak},
		{"ripple", q.ripple, limit.ripple},
		{"loss", q.loss, limit.loss},
	} {
		if !(c.got <= c.limit) {
			broken = append(broken, fmt.Sprintf("%s %.4g, want at most %.4g", c.name, c.got, c.limit))
		}
	}
	return broken
}

// The promises of the ham signal, with random text and float samples, ramps
// left out.
func TestHamSignalIsClean(t *testing.T) {
	limits := map[Waveform]quality{
		Linear:   {bandwidth60: 340, beside: -110, far: -110, peak: 1, ripple: 2, loss: 0.1},
		Constant: {bandwidth60: 560, beside: -80, far: -95, peak: 0.05, ripple: 0.1, loss: 0.15},
	}
	for waveform, limit := range limits {
		for rate, chars := range map[int]int{8000: 800, 11025: 100, 48000: 150, 192000: 25} {
			got := judge(t, presetSignal(t, "ham"), TransmitterConfig{Rate: rate, Waveform: waveform}, chars)
			t.Logf("%v at %d: %v", waveform, rate, got)
			for _, broken := range got.worse(limit) {
				t.Errorf("%v at %d samples per second: %s", waveform, rate, broken)
			}
		}
	}
}

// Other speeds and shifts lose no more and overshoot no higher; their width
// follows.
func TestEverySignalIsClean(t *testing.T) {
	for _, c := range []struct {
		sig              Signal
		linear, constant float64 // −60 dB bandwidth at most, Hz
	}{
		{presetSignal(t, "ham50"), 360, 610},
		{presetSignal(t, "ham75"), 440, 750},
		{presetSignal(t, "dwd"), 700, 1225},
		{presetSignal(t, "dwd-lf"), 275, 450},
		{presetSignal(t, "wide"), 1250, 2200},
		{Signal{Mark: 1500, Space: 1523, Baud: 36, StopBits: 1}, 160, 240},
		{Signal{Mark: 1585, Space: 1415, Baud: 110, StopBits: 2}, 580, 950},
		{Signal{Mark: 1900, Space: 2050, Baud: 300, StopBits: 1}, 1200, 1850},
		{Signal{Mark: 2500, Space: 1500, Baud: 300, StopBits: 1.42}, 2150, 3600},
		{Signal{Mark: 2125, Space: 2975, Baud: 1000.0 / 22, StopBits: 1.5}, 1150, 2000},
		{Signal{Mark: 2000, Space: 3000, Baud: 36, StopBits: 1.5}, 1300, 2200},
	} {
		for _, waveform := range []Waveform{Linear, Constant} {
			limit := quality{bandwidth60: c.linear, peak: 1, ripple: 2, loss: 0.12}
			if waveform == Constant {
				limit = quality{bandwidth60: c.constant, peak: 0.05, ripple: 0.1, loss: 0.12}
			}
			// At 16 kHz the skirts of the fastest stay clear of both ends.
			got := judge(t, c.sig, TransmitterConfig{Rate: 16000, Waveform: waveform}, 120)
			t.Logf("%v, %.5g Bd, %g Hz: %v", waveform, c.sig.Baud, c.sig.Shift(), got)
			for _, broken := range got.worse(limit) {
				t.Errorf("%v, %.5g Bd, %g Hz: %s", waveform, c.sig.Baud, c.sig.Shift(), broken)
			}
		}
	}
}

func TestWaveformNames(t *testing.T) {
	for _, w := range []Waveform{Linear, Constant} {
		if got, err := ParseWaveform(w.String()); got != w || err != nil {
			t.Errorf("%v reads back as %v, %v", w, got, err)
		}
	}
	if _, err := ParseWaveform("square"); err == nil || !strings.Contains(err.Error(), "linear, constant") {
		t.Errorf("a waveform that is none: %v", err)
	}
}
