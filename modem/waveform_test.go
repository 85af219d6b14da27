package modem

import (
	"fmt"
	"math"
	"math/cmplx"
	"testing"

	"rtty/dsp"
)

// quality is what a transmission is judged by.
type quality struct {
	bandwidth60 float64 // Hz, total power outside −60 dB
	beside      float64 // dBc, power in 250 Hz at +500 Hz from the centre
	peak        float64 // dB, highest envelope over its mean
	ripple      float64 // dB, highest envelope over lowest
	loss        float64 // dB, of a one-bit correlator against rectangular keying
}

func (q quality) String() string {
	return fmt.Sprintf("−60 dB bandwidth %.0f Hz, at +500 Hz %.1f dBc, peak %.2f dB, ripple %.2f dB, loss %.3f dB",
		q.bandwidth60, q.beside, q.peak, q.ripple, q.loss)
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

	z := steadyEnvelope(sent.samples, cfg.Rate, sig.Center())
	q.peak, q.ripple = envelopeFigures(z)
	q.loss = correlatorLoss(sig, cfg.Rate, sent)
	return q
}

// steadyEnvelope leaves the ramps and the ends of the measuring filter out.
func steadyEnvelope(samples []float32, rate int, center float64) []float64 {
	z := baseband(samples, rate, center, 0.55*center)
	magnitudes := make([]float64, 0, len(z))
	for _, v := range z[rate/20 : len(z)-rate/20] {
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
	re, im := 0.0, 0.0
	for i := first; i < last; i++ {
		sin, cos := math.Sincos(2 * math.Pi * frequency * float64(i))
		re += float64(samples[i]) * cos
		im += float64(samples[i]) * sin
	}
	n := float64(last - first)
	return 4 * (re*re + im*im) / (n * n)
}

func TestOurSignalIsClean(t *testing.T) {
	limits := map[Waveform]quality{
		Linear:   {bandwidth60: 340, beside: -110, peak: 1, ripple: 2.2, loss: 0.1},
		Constant: {bandwidth60: 560, beside: -80, peak: 0.05, ripple: 0.1, loss: 0.15},
	}
	for waveform, limit := range limits {
		for _, rate := range []int{8000, 48000} {
			chars := 3000 * 8000 / rate
			got := judge(t, presetSignal(t, "ham"), TransmitterConfig{Rate: rate, Waveform: waveform}, chars)
			t.Logf("%v at %d: %v", waveform, rate, got)
			if got.bandwidth60 > limit.bandwidth60 || got.beside > limit.beside || got.peak > limit.peak ||
				got.ripple > limit.ripple || got.loss > limit.loss {
				t.Errorf("%v at %d samples per second: %v; want at most %v", waveform, rate, got, limit)
			}
		}
	}
}
