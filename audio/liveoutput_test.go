package audio

import (
	"errors"
	"os"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// A fakePlayback plays in real time what is written to it, holds a tenth of a
// second, and can be told to fail or to hang.
type fakePlayback struct {
	mu      sync.Mutex
	absent  error
	fail    error
	frozen  chan struct{}
	start   time.Time // when sample 0 of what is queued was played
	written int64
	heard   []float32 // all that has been played or is queued
	opens   int
	closes  int
}

func (c *fakePlayback) open() (Sink, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.opens++
	if c.absent != nil {
		return nil, c.absent
	}
	c.written, c.start = 0, time.Now()
	return (*fakeSink)(c), nil
}

func (c *fakePlayback) set(change func(*fakePlayback)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	change(c)
}

func (c *fakePlayback) freeze() { c.set(func(c *fakePlayback) { c.frozen = make(chan struct{}) }) }

func (c *fakePlayback) thaw() {
	c.set(func(c *fakePlayback) {
		close(c.frozen)
		c.frozen = nil
	})
}

type fakeSink fakePlayback

const fakeQueue = fakeRate / 10

// stuck waits while the device is frozen.
func (s *fakeSink) stuck() error {
	s.mu.Lock()
	frozen := s.frozen
	s.mu.Unlock()
	if frozen != nil {
		<-frozen
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.fail
}

func (s *fakeSink) Rate() int { return fakeRate }

func (s *fakeSink) Write(src []float32) error {
	if err := s.stuck(); err != nil {
		return err
	}
	if s.Latency() == 0 {
		s.mu.Lock()
		s.start = time.Now().Add(-span(s.written, fakeRate))
		s.mu.Unlock()
	}
	s.mu.Lock()
	s.heard = append(s.heard, src...)
	s.written += int64(len(src))
	s.mu.Unlock()
	time.Sleep(s.Latency() - span(fakeQueue, fakeRate))
	return nil
}

func (s *fakeSink) Played() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return min(s.written, samplesIn(time.Since(s.start), fakeRate))
}

func (s *fakeSink) Latency() time.Duration {
	played := s.Played()
	s.mu.Lock()
	defer s.mu.Unlock()
	return span(s.written-played, fakeRate)
}

func (s *fakeSink) Drain() error {
	if err := s.stuck(); err != nil {
		return err
	}
	time.Sleep(s.Latency())
	return nil
}

func (s *fakeSink) Abort() error {
	if err := s.stuck(); err != nil {
		return err
	}
	played := s.Played()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.heard = s.heard[:len(s.heard)-int(s.written-played)]
	s.written = played
	return nil
}

func (s *fakeSink) Underruns() int64 { return 1 }

func (s *fakeSink) Probe() error { return s.stuck() }

func (s *fakeSink) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closes++
	return nil
}

// played runs a LiveOutput on the device while script runs.
func played(t *testing.T, script func(t *testing.T, c *fakePlayback, out *LiveOutput)) {
	synctest.Test(t, func(t *testing.T) {
		c := &fakePlayback{}
		out := NewLiveOutput("card", fakeRate, c.open, nil)
		synctest.Wait()
		script(t, c, out)
		if err := out.Close(); err != nil {
			t.Error(err)
		}
		synctest.Wait()
		if c.opens != c.closes && c.absent == nil {
			t.Errorf("opened %d times, closed %d times", c.opens, c.closes)
		}
		if err := out.Write(make([]float32, 1)); err != os.ErrClosed {
			t.Errorf("Write after Close: %v", err)
		}
	})
}

// took fails unless f takes between the two times.
func took(t *testing.T, least, most time.Duration, f func()) {
	t.Helper()
	start := time.Now()
	f()
	if d := time.Since(start); d < least || d > most {
		t.Errorf("took %v, want %v to %v", d, least, most)
	}
}

func TestAnOverIsPlayedToItsEnd(t *testing.T) {
	played(t, func(t *testing.T, c *fakePlayback, out *LiveOutput) {
		over := tone(fakeRate, 0)
		for range 2 {
			at := out.Written()
			took(t, 900*time.Millisecond, 900*time.Millisecond, func() {
				if err := out.Write(over); err != nil {
					t.Error(err)
				}
			})
			if out.Written() != at+fakeRate || out.Played() != at+fakeRate*9/10 || out.Latency() != 100*time.Millisecond {
				t.Errorf("written %d, played %d, latency %v", out.Written(), out.Played(), out.Latency())
			}
			took(t, 100*time.Millisecond, 100*time.Millisecond, func() {
				if err := out.Drain(); err != nil {
					t.Error(err)
				}
			})
			if out.Played() != at+fakeRate {
				t.Errorf("%d samples played, want %d", out.Played(), at+fakeRate)
			}
			time.Sleep(time.Minute)
		}
		wantSamples(t, c.heard, append(over, over...), 0)
		if c.opens != 1 || out.Condition().Phase != Running || out.Condition().Lost != 1 {
			t.Errorf("opened %d times, %+v", c.opens, out.Condition())
		}
	})
}

func TestADeviceThatHangsInAnOverIsAnErrorWithinHalfASecond(t *testing.T) {
	played(t, func(t *testing.T, c *fakePlayback, out *LiveOutput) {
		time.AfterFunc(2*time.Second, c.freeze)
		took(t, 2*time.Second, 2*time.Second+510*time.Millisecond, func() {
			if err := out.Write(make([]float32, 10*fakeRate)); !errors.Is(err, ErrStalled) {
				t.Error(err)
			}
		})
		if got := out.Condition(); got.Phase != Waiting || !errors.Is(got.Why, ErrStalled) {
			t.Errorf("%+v", got)
		}
		written := out.Written()
		if written != out.Played() || written > 2*fakeRate+fakeRate {
			t.Errorf("%d written, %d played", written, out.Played())
		}
		c.thaw()
		time.Sleep(time.Second)
		if err := errors.Join(out.Write(make([]float32, 10)), out.Drain()); err != nil {
			t.Error("the next over: ", err)
		}
		if out.Written() != written+10 || out.Condition().Outages != 1 {
			t.Errorf("%d written, %+v", out.Written(), out.Condition())
		}
	})
}

func TestAnOverThatWasCutIsToldToWhoeverIsSendingIt(t *testing.T) {
	broken := errors.New("unplugged")
	for name, next := range map[string]func(*LiveOutput) error{
		"Write": func(out *LiveOutput) error { return out.Write(make([]float32, 1)) },
		"Drain": (*LiveOutput).Drain,
	} {
		played(t, func(t *testing.T, c *fakePlayback, out *LiveOutput) {
			if err := out.Write(make([]float32, 10)); err != nil {
				t.Fatal(err)
			}
			c.set(func(c *fakePlayback) { c.fail = broken })
			time.Sleep(2 * time.Second) // found out by a probe
			c.set(func(c *fakePlayback) { c.fail = nil })
			time.Sleep(2 * time.Second) // and opened again
			if err := next(out); !errors.Is(err, broken) {
				t.Errorf("%s: %v", name, err)
			}
			if err := next(out); err != nil {
				t.Errorf("%s in the next over: %v", name, err)
			}
		})
	}
}

func TestADeviceThatDiesBetweenOversIsKnownBeforeTheNextOne(t *testing.T) {
	played(t, func(t *testing.T, c *fakePlayback, out *LiveOutput) {
		if err := out.Probe(); err != nil {
			t.Error(err)
		}
		c.set(func(c *fakePlayback) { c.fail, c.absent = errors.New("unplugged"), errors.New("not there") })
		time.Sleep(2 * time.Second)
		if got := out.Condition(); got.Phase != Waiting {
			t.Errorf("%+v", got)
		}
		for _, try := range []func() error{out.Probe, func() error { return out.Write(make([]float32, 1)) }} {
			took(t, 0, 500*time.Millisecond, func() {
				if err := try(); !errors.Is(err, c.absent) || err.Error() != "card: not there" {
					t.Error(err)
				}
			})
		}
		if err := errors.Join(out.Drain(), out.Abort()); err != nil {
			t.Error(err)
		}
	})
}

func TestAbortSilencesAtOnceAndEndsAWrite(t *testing.T) {
	played(t, func(t *testing.T, c *fakePlayback, out *LiveOutput) {
		result := make(chan error)
		go func() { result <- out.Write(tone(10*fakeRate, 0)) }()
		time.Sleep(time.Second)
		took(t, 0, 20*time.Millisecond, func() {
			if err := out.Abort(); err != nil {
				t.Error(err)
			}
		})
		took(t, 0, 20*time.Millisecond, func() {
			if err := <-result; err != ErrAborted {
				t.Error(err)
			}
		})
		if n := len(c.heard); n > fakeRate*102/100 || int64(n) != out.Written() || out.Played() != out.Written() {
			t.Errorf("%d samples were heard in a second; %d written, %d played", n, out.Written(), out.Played())
		}
		if err := errors.Join(out.Write(make([]float32, 80)), out.Drain()); err != nil {
			t.Error("the next over: ", err)
		}
	})
}

func TestAbortGivesUpADeviceThatHangs(t *testing.T) {
	played(t, func(t *testing.T, c *fakePlayback, out *LiveOutput) {
		if err := out.Write(make([]float32, 10)); err != nil {
			t.Fatal(err)
		}
		c.freeze()
		took(t, 0, 500*time.Millisecond, func() {
			if err := out.Abort(); !errors.Is(err, ErrStalled) {
				t.Error(err)
			}
		})
		c.thaw()
		time.Sleep(time.Second)
	})
}

func TestDrainDoesNotWaitForEver(t *testing.T) {
	played(t, func(t *testing.T, c *fakePlayback, out *LiveOutput) {
		if err := out.Write(make([]float32, 10)); err != nil {
			t.Fatal(err)
		}
		c.freeze()
		took(t, 0, 1100*time.Millisecond, func() {
			if err := out.Drain(); !errors.Is(err, ErrStalled) {
				t.Error(err)
			}
		})
		c.thaw()
		time.Sleep(time.Second)
	})
}

func TestAPlayClockGoesOnByItselfAndNeverBack(t *testing.T) {
	var c playClock
	now := time.Now()
	after := func(d time.Duration) time.Time { return now.Add(d) }
	for _, step := range []struct {
		set  time.Duration // since the beginning; negative for no news
		at   int64
		ask  time.Duration
		want int64
	}{
		{-1, 0, 0, 100}, // nothing known: nothing played
		{0, 100, 10 * time.Millisecond, 110},
		{20 * time.Millisecond, 115, 20 * time.Millisecond, 115},
		{30 * time.Millisecond, 90, 30 * time.Millisecond, 115},
		{40 * time.Millisecond, 130, 50 * time.Millisecond, 140},
		{-1, 0, time.Hour, 500}, // not more than was written
	} {
		if step.set >= 0 {
			c.set(after(step.set), step.at)
		}
		if got := c.at(after(step.ask), 1000, 100, 500); got != step.want {
			t.Errorf("%+v: %d", step, got)
		}
	}
}
