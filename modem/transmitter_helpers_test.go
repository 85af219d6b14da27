package modem

import (
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"testing"

	"rtty/baudot"
	"rtty/dsp"
)

// presetSignal is a preset as its listeners hear it.
func presetSignal(t testing.TB, name string) Signal {
	t.Helper()
	p, err := PresetNamed(name)
	if err != nil {
		t.Fatal(err)
	}
	return p.Signal(p.Sideband)
}

// evenCodes are n codes of random text: all 32, evenly.
func evenCodes(n int, seed uint64) []baudot.Code {
	random := rand.New(rand.NewPCG(seed, 7))
	codes := make([]baudot.Code, n)
	for i := range codes {
		codes[i] = baudot.Code(random.IntN(32))
	}
	return codes
}

// transmission is all that a transmitter made and announced.
type transmission struct {
	samples []float32
	codes   []baudot.Code
	starts  []int64
}

// transmit sends codes to the end, in blocks of an odd size.
func transmit(t testing.TB, sig Signal, cfg TransmitterConfig, codes []baudot.Code) transmission {
	t.Helper()
	feed := CodeFeed(codes)
	return transmitFeed(t, sig, cfg, &feed)
}

func transmitFeed(t testing.TB, sig Signal, cfg TransmitterConfig, feed Feed) transmission {
	t.Helper()
	var sent transmission
	cfg.OnChar = func(c baudot.Code, start int64) {
		sent.codes = append(sent.codes, c)
		sent.starts = append(sent.starts, start)
	}
	tx, err := NewTransmitter(sig, cfg)
	if err != nil {
		t.Fatal(err)
	}
	tx.Start(feed)
	sent.samples = readAll(t, tx)
	return sent
}

func readAll(t testing.TB, tx *Transmitter) []float32 {
	t.Helper()
	var samples []float32
	block := make([]float32, 1237)
	for {
		n, err := tx.Read(block)
		samples = append(samples, block[:n]...)
		if errors.Is(err, io.EOF) {
			return samples
		}
		if err != nil || n == 0 {
			t.Fatalf("Read gave %d samples and %v", n, err)
		}
	}
}

// steadyPart is a transmission without its ramps.
func steadyPart(samples []float32, rate int) []float32 {
	cut := rate / 20
	return samples[cut : len(samples)-cut]
}

// baseband is the complex envelope about center: mixed down, and what lay at the
// negative frequencies removed by a filter that is flat to 0.55 of the centre.
// Of its samples every factor-th is kept; their delay is taken out, so that
// baseband[i] belongs to samples[i*factor].
func baseband(samples []float32, rate int, center float64, factor int) []complex128 {
	taps := dsp.LowPass(center/float64(rate), 0.9*center/float64(rate), 120)
	late := (len(taps) - 1) / 2
	for ; late%factor != 0; late++ {
		taps = append(taps, 0)
	}

	re, im := make([]float64, len(samples)+late), make([]float64, len(samples)+late)
	dsp.NewOscillator(center/float64(rate)).MixDown(re[:len(samples)], im[:len(samples)], samples)
	re, im = dsp.NewDecimator(taps, factor).Process(nil, nil, re, im)
	z := make([]complex128, len(re)-late/factor)
	for i := range z {
		z[i] = 2 * complex(re[i+late/factor], im[i+late/factor])
	}
	return z
}

func decibels(ratio float64) float64 { return 10 * math.Log10(ratio) }
