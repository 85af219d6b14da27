package bench

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"rtty/bench/corpus"
	"rtty/hf"
)

func TestShortOversAreOfTheLengthsAskedFor(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	overs := ShortOvers{Shortest: 15, Longest: 40}
	for _, kind := range corpus.Kinds() {
		text := corpus.New(kind, corpus.Test, 1).Over()
		parts := overs.parts(text, rng)
		kept := strings.Join(parts, " ")
		if all := strings.Join(strings.Fields(text), " "); !strings.HasPrefix(all, kept) || len(all)-len(kept) > 15 {
			t.Errorf("%s: of %d characters the first %d are left", kind, len(all), len(kept))
		}
		lengths := make([]int, len(parts))
		for i, p := range parts {
			lengths[i] = len(p)
		}
		// A long word next makes an over shorter.
		if shortest, longest := slices.Min(lengths), slices.Max(lengths); shortest < 10 || longest > 40 || longest-shortest < 10 {
			t.Errorf("%s: lengths %v", kind, lengths)
		}
	}
}

// Behind the channel the signal of each over stands out of its noise by the
// same amount, though both are louder or softer together.
func TestShortOversKeepTheirSNR(t *testing.T) {
	trial := trialOf(t, "acquisition", 10, 4)
	trial.Signal = trial.Signal.MovedTo(1500)
	made, err := trial.transmit(rand.New(rand.NewPCG(trial.Seed, 1)))
	if err != nil {
		t.Fatal(err)
	}
	rec, sent, err := trial.Make()
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(sent.Text, "\n"); n != len(made.passages) || n < 8 || sent.Codes != nil {
		t.Errorf("%d lines in %d passages", n, len(made.passages))
	}
	var levels []float64
	for i, p := range made.passages {
		silent := int(Rate * trial.Scenario.Overs.Pause) // at least so much noise comes first, and as much at the end
		end := len(made.samples) - silent
		if i+1 < len(made.passages) {
			end = made.passages[i+1].from
		}
		noise := rms(rec.Samples[p.from : p.from+silent])
		// Noise in 2500 Hz at 10 dB is 3.2 times that in the 4000 Hz of the recording.
		over := rms(rec.Samples[end-Rate : end-Rate/8])
		want := math.Sqrt(1 + 10*2500.0/4000)
		if ratio := over / noise; math.Abs(ratio/want-1) > 0.1 {
			t.Errorf("passage %d: the over is %.2f times its noise, want %.2f", i, ratio, want)
		}
		levels = append(levels, 20*math.Log10(noise))
	}
	if spread := slices.Max(levels) - slices.Min(levels); spread < 10 || spread > 21 {
		t.Errorf("levels spread over %.1f dB, want up to 20: %.1f", spread, levels)
	}
}

func rms(x []float32) float64 {
	sum := 0.0
	for _, v := range x {
		sum += float64(v) * float64(v)
	}
	return math.Sqrt(sum / float64(len(x)))
}

func TestNoiseIsAMinuteWithoutASender(t *testing.T) {
	rec, sent := made(t, Trial{Scenario: mustScenario("noise"), Signal: hamSignal(t), Seed: 1})
	if rec.Seconds() != 60 || sent.Text != "" || sent.Codes != nil {
		t.Errorf("%.1f s, %q", rec.Seconds(), sent.Text)
	}
	halves := []float64{hf.KeyedPower(rec.Samples[:30*Rate], Rate), hf.KeyedPower(rec.Samples[30*Rate:], Rate)}
	if ratio := halves[0] / halves[1]; !(ratio > 0.9 && ratio < 1.1) {
		t.Errorf("its halves differ by a factor of %.3f", ratio)
	}
}
