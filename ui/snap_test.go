package ui

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"rtty/baudot"
	"rtty/dsp"
	"rtty/modem"
	"rtty/station"
)

const testColumn = 35 // Hz, on a screen of 80 columns

func TestAClickFindsTheTonesNextToIt(t *testing.T) {
	w := fallOf(1, 20, 1400, 1570, 2000, 2170)
	sig := modem.Signal{Mark: 1000, Space: 1170}
	for _, c := range []struct{ click, want float64 }{
		{1485, 1400}, {1470, 1400}, {1400, 1400}, {1570, 1400}, {2100, 2000}, {2150, 2000},
		{700, 615}, {2700, 2615},
	} {
		if got := w.snap(c.click, testColumn, sig, nil).Mark; math.Abs(got-c.want) > 6 {
			t.Errorf("a click at %g Hz tunes mark to %.0f, want %g", c.click, got, c.want)
		}
	}
	if got := w.snap(1485, testColumn, sig.Reversed(), nil).Mark; math.Abs(got-1570) > 6 {
		t.Errorf("reversed, a click between the tones tunes mark to %.0f, want 1570", got)
	}
	if got := newWaterfall(1).snap(1485, testColumn, sig, nil).Mark; got != 1400 {
		t.Errorf("without a spectrum a click at 1485 Hz tunes mark to %.0f, want 1400", got)
	}
}

// A click may find another shift than the present one, but takes neither noise nor
// the tones of two neighbours for it.
func TestAClickFindsOtherShiftsWhereNothingElseFits(t *testing.T) {
	ham := presetSignal(t, "ham")
	for _, c := range []struct {
		name    string
		present modem.Signal
		air     []modem.Signal
		snr     float64 // dB in 2500 Hz, of each
		shift   float64 // that clicks on any of them are to find
	}{
		{"own shift", ham, []modem.Signal{ham.MovedTo(1500)}, 0, 170},
		{"wide", ham, []modem.Signal{presetSignal(t, "dwd")}, 0, 450},
		{"wide and strong", ham, []modem.Signal{presetSignal(t, "dwd")}, 30, 450},
		{"wider", ham, []modem.Signal{presetSignal(t, "wide")}, 10, 850},
		{"narrow for a listener of wide ones", presetSignal(t, "dwd"), []modem.Signal{ham.MovedTo(1500)}, 10, 170},
		{"nothing but noise", ham, []modem.Signal{ham.MovedTo(1500)}, -60, 170},
		{"side by side", ham, []modem.Signal{ham.MovedTo(1000), ham.MovedTo(1280)}, 10, 170},
		{"450 Hz between the inner tones", ham, []modem.Signal{ham.MovedTo(1000), ham.MovedTo(1620)}, 20, 170},
		{"850 Hz between the outer tones", ham, []modem.Signal{ham.MovedTo(1000), ham.MovedTo(1680)}, 20, 170},
		{"850 Hz apart", ham, []modem.Signal{ham.MovedTo(1000), ham.MovedTo(1850)}, 20, 170},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWaterfall(1)
			for _, row := range onTheAir(t, c.air, c.snr) {
				w.take(row, false)
			}
			low, high := c.air[0], c.air[len(c.air)-1]
			for hz := low.Center() - low.Shift()/2; hz <= high.Center()+high.Shift()/2; hz += 20 {
				got := w.snap(hz, testColumn, c.present, otherShifts(c.present, modem.LSB))
				if math.Abs(got.Shift()-c.shift) > 1 {
					t.Fatalf("a click at %.0f Hz finds a shift of %.0f Hz", hz, got.Shift())
				}
				if off := got.Center() - low.Center(); len(c.air) == 1 && c.snr > -10 && math.Abs(off) > 15 {
					t.Fatalf("a click at %.0f Hz is off by %.0f Hz", hz, off)
				}
			}
		})
	}
}

func presetSignal(t *testing.T, name string) modem.Signal {
	t.Helper()
	p, err := modem.PresetNamed(name)
	if err != nil {
		t.Fatal(err)
	}
	return p.Signal(modem.LSB)
}

// onTheAir are waterfall rows of seven seconds of signals in noise.
func onTheAir(t *testing.T, air []modem.Signal, snr float64) (rows []station.Row) {
	t.Helper()
	const rate, frame = 12_000, 4096
	samples := make([]float32, 7*rate)
	for i, sig := range air {
		for n, x := range sending(t, sig, []string{"THE QUICK BROWN FOX DE W1AW 599 001 ", "RYRY CQ TEST OE1ABC "}[i], len(samples)) {
			samples[n] += x
		}
	}
	noise := rand.New(rand.NewPCG(1, 2))
	deviation := math.Sqrt(0.5 / math.Pow(10, snr/10) * rate / 2 / 2500)
	for i := range samples {
		samples[i] += float32(deviation * noise.NormFloat64())
	}
	welch := dsp.NewWelch(rate, frame, 60)
	for ; len(samples) >= frame/4; samples = samples[frame/4:] {
		welch.Add(samples[:frame/4])
		if welch.Frames() == 0 {
			continue
		}
		spectrum := welch.Spectrum(nil)
		welch.Restart()
		row := station.Row{Seq: int64(len(rows)), Step: spectrum.BinWidth}
		for _, p := range spectrum.Power[:int(4000/spectrum.BinWidth)] {
			row.DB = append(row.DB, float32(10*math.Log10(2*p+1e-14)))
		}
		rows = append(rows, row)
	}
	return rows
}

// sending is a signal of power 1/2.
func sending(t *testing.T, sig modem.Signal, text string, n int) []float32 {
	t.Helper()
	tx, err := modem.NewTransmitter(sig, modem.TransmitterConfig{Rate: 12_000})
	if err != nil {
		t.Fatal(err)
	}
	tx.Start(modem.NewTextFeed(strings.NewReader(strings.Repeat(text, 20)), &baudot.Encoder{Table: sig.Code, USOS: sig.USOS}))
	samples := make([]float32, n)
	if got, err := tx.Read(samples); got != n {
		t.Fatalf("%d samples, %v", got, err)
	}
	power := 0.0
	for _, x := range samples {
		power += float64(x) * float64(x)
	}
	scale := float32(math.Sqrt(float64(n) / power / 2))
	for i := range samples {
		samples[i] *= scale
	}
	return samples
}
