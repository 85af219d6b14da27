package bench

import (
	"context"
	"fmt"
	"time"

	"rtty/bench/corpus"
)

// A Speed is how fast a decoder is with one kind of recording.
type Speed struct {
	Decoder string
	What    string
	Times   float64 // seconds of recording decoded in a second
}

// speedTrials are the recordings that speed is measured on: copy that has to be
// fought for, copy that is easy, and none.
func speedTrials() ([]string, []Trial, error) {
	signal, err := Cell{Preset: usualPreset}.signal()
	if err != nil {
		return nil, nil, err
	}
	awgn := Trial{Scenario: mustScenario("awgn"), Corpus: corpus.Ragchew, Signal: signal, Seed: 1}
	weak, strong := awgn, awgn
	weak.SNR, strong.SNR = -10, 0
	noise := Trial{Scenario: mustScenario("noise"), Signal: signal, Seed: 1}
	return []string{"-10 dB", "0 dB", "noise"}, []Trial{weak, strong, noise}, nil
}

// speedRuns is how often each is decoded. The fastest counts: whatever else a
// machine does makes a decoder slower, never faster.
const speedRuns = 3

// MeasureSpeed times a decoder, one recording after the other. For what runs
// within this program that is the speed of one processor.
func MeasureSpeed(ctx context.Context, d Decoder) ([]Speed, error) {
	names, trials, err := speedTrials()
	if err != nil {
		return nil, err
	}
	var speeds []Speed
	for i, trial := range trials {
		rec, _, err := trial.Make()
		if err != nil {
			return nil, err
		}
		best := time.Duration(0)
		for range speedRuns {
			began := time.Now()
			if _, err := d.Decode(ctx, rec); err != nil {
				return nil, fmt.Errorf("speed of %s: %w", d.Name(), err)
			}
			if took := time.Since(began); best == 0 || took < best {
				best = took
			}
		}
		speeds = append(speeds, Speed{Decoder: d.Name(), What: names[i], Times: rec.Seconds() / best.Seconds()})
	}
	return speeds, nil
}

func (r *run) measureSpeed(ctx context.Context) error {
	if !r.options.Speed {
		return nil
	}
	for _, d := range r.options.Decoders {
		speeds, err := MeasureSpeed(ctx, d)
		if err != nil {
			return err
		}
		r.speeds = append(r.speeds, speeds...)
	}
	return nil
}
