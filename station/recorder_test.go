package station

import (
	"testing"
	"time"

	"rtty/journal"
)

// A reel is a Tape that only counts.
type reel struct{ stored, skipped int64 }

func (r *reel) Name() string              { return "reel.wav" }
func (r *reel) Write(x []float32) error   { r.stored += int64(len(x)); return nil }
func (r *reel) Skip(samples int64) error  { r.skipped += samples; return nil }
func (r *reel) Add(journal.Entry)         {}
func (r *reel) Close() error              { return nil }
func (r *reel) length() (d time.Duration) { return duration(r.stored + r.skipped) }

func TestARecordingIsAsLongAsTheClockSays(t *testing.T) {
	const rate = 48_000
	const lost = 1234 * time.Millisecond
	src := &tape{rate: rate, samples: make([]float32, 3*rate), gaps: map[int64]int64{rate: int64(lost.Seconds() * rate)}}
	on := new(reel)
	s, err := New(Config{Origin: File, Input: src, Tape: func() (Tape, error) { return on, nil }})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Record(true); err != nil {
		t.Fatal(err)
	}
	play(s, nil)
	// The resampler keeps back what it has not heard the surroundings of.
	if short := 3*time.Second + lost - on.length(); short < 0 || short > 5*time.Millisecond {
		t.Errorf("%v recorded, of that %v of lost sound", on.length(), duration(on.skipped))
	}
	if on.skipped != samplesIn(lost) {
		t.Errorf("%d samples skipped", on.skipped)
	}
}

func TestWhereItIsRecordedIsTold(t *testing.T) {
	s, err := New(Config{Input: &tape{rate: AudioRate}, Tape: func() (Tape, error) { return new(reel), nil }})
	if err != nil {
		t.Fatal(err)
	}
	for _, on := range []bool{true, true, false, false} {
		if err := s.Record(on); err != nil {
			t.Fatal(err)
		}
	}
	if got := text(s.Events(0), Notice); got != "recording into reel.wavrecorded in reel.wav" {
		t.Errorf("told: %q", got)
	}
}
