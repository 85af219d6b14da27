//go:build unix

package station

import (
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// cpuTime is what this process has used of it.
func cpuTime(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// Three seconds are counted as time of one processor: how many others want it as
// well is not the station's business.
func TestTheLastThreeMinutesAreReadWithinThreeSeconds(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector, which is used with -short, makes everything slower")
	}
	elsewhere := ham.MovedTo(1200)
	const line = "CQ CQ DE W1AW W1AW PSE K\n"
	audio := noisy(t, sent(t, elsewhere, strings.Repeat(line, 50)), 10, 1) // more than three minutes
	s := operate(t, Config{Origin: File, Input: &tape{rate: AudioRate, samples: audio}}, func(s *Station) {
		before, start := cpuTime(t), time.Now()
		newest := time.Duration(0)
		if err := s.Tune(elsewhere.Mark); err != nil {
			t.Fatal(err)
		}
		waitFor(t, s, "the past is read", func() bool {
			past := text(s.Events(0), Past)
			if newest == 0 && past != "" {
				newest = cpuTime(t) - before
			}
			snap := s.Snapshot().Receive
			return past != "" && snap.Past.Wanted == 0
		})
		used := cpuTime(t) - before
		t.Logf("the newest stretch after %v of CPU time, all after %v, by the clock %v", newest, used, time.Since(start))
		if used > 3*time.Second {
			t.Errorf("it took %v of CPU time", used)
		}
	})
	var read time.Duration
	lines := 0
	for _, e := range s.Events(0) {
		if e.Kind == Past {
			read += e.End.Sub(e.Begin)
			lines += strings.Count(text([]Event{e}, Past), "W1AW W1AW")
		}
	}
	if read < pastOnTuning-catchUpTime {
		t.Errorf("%v were read", read)
	}
	if sent := int(read.Seconds() / (float64(len(line)+4) * ham.CharSeconds())); lines < sent-8 {
		t.Errorf("%d lines were read of some %d", lines, sent)
	}
}

// The past has time, what comes now has not.
func TestThePastWaitsWhileLiveReceptionLags(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, r := newBoard(time.Now), newRing(time.Minute)
		r.Anchor(0, time.Now())
		r.Add(sent(t, ham, "CQ CQ DE W1AW W1AW PSE K\n"))
		_, end := r.Bounds()
		var lags atomic.Bool
		lags.Store(true)
		a := newArchive(b, r, func() time.Duration {
			if lags.Load() {
				return 2 * yieldBehind
			}
			return 0
		})
		a.Decode(hearing{signal: ham}, 0, end)
		time.Sleep(time.Minute)
		if got := b.events(0); len(got) > 0 {
			t.Errorf("%q was read", text(got, Past))
		}
		lags.Store(false)
		time.Sleep(time.Second)
		a.Stop()
		if got := strings.TrimSpace(text(b.events(0), Past)); got != "CQ CQ DE W1AW W1AW PSE K" {
			t.Errorf("then %q was read", got)
		}
	})
}
