package audio

import (
	"errors"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// A fakeCard gives samples in real time until it is told to fail or to hang.
type fakeCard struct {
	mu      sync.Mutex
	value   float32
	absent  error     // what open says
	opens   []string  // when, in seconds since start
	start   time.Time // of the test
	failing chan error
	frozen  chan struct{} // while it is not nil, calls wait for it to be closed
	quiet   bool          // waits for somebody to send
}

func newFakeCard() *fakeCard {
	return &fakeCard{value: 0.5, start: time.Now(), failing: make(chan error, 1)}
}

func (c *fakeCard) set(change func(*fakeCard)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	change(c)
}

func (c *fakeCard) hang() {
	c.mu.Lock()
	frozen := c.frozen
	c.mu.Unlock()
	if frozen != nil {
		<-frozen
	}
}

func (c *fakeCard) freeze() { c.set(func(c *fakeCard) { c.frozen = make(chan struct{}) }) }

func (c *fakeCard) thaw() {
	c.set(func(c *fakeCard) {
		close(c.frozen)
		c.frozen = nil
	})
}

func (c *fakeCard) open() (Source, error) {
	c.set(func(c *fakeCard) { c.opens = append(c.opens, time.Since(c.start).String()) })
	c.hang()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.absent != nil {
		return nil, c.absent
	}
	s := &fakeSource{card: c, closed: make(chan struct{})}
	if c.quiet {
		return quietSource{s}, nil
	}
	return s, nil
}

const fakeRate = 8000

type fakeSource struct {
	card   *fakeCard
	index  int64
	once   sync.Once
	closed chan struct{}
}

type quietSource struct{ *fakeSource }

func (quietSource) patient() {}

func (s *fakeSource) Rate() int         { return fakeRate }
func (s *fakeSource) Anchor() time.Time { return time.Time{} }

// Read gives ten milliseconds after as much time, like a sound card.
func (s *fakeSource) Read(dst []float32) (Block, error) {
	s.card.hang()
	select {
	case <-time.After(10 * time.Millisecond):
	case err := <-s.card.failing:
		return Block{}, err
	case <-s.closed:
		return Block{}, os.ErrClosed
	}
	s.card.mu.Lock()
	defer s.card.mu.Unlock()
	b := Block{N: fakeRate / 100, Index: s.index}
	for i := range b.N {
		dst[i] = s.card.value
	}
	s.index += int64(b.N)
	return b, nil
}

func (s *fakeSource) Close() error {
	s.card.hang()
	s.once.Do(func() { close(s.closed) })
	return nil
}

// A sink for what a LiveInput says and gives.
type witness struct {
	mu    sync.Mutex
	said  []string
	gaps  []Block
	next  int64
	ended chan struct{}
}

func (w *witness) hear(c Condition) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.said = append(w.said, c.String())
}

func (w *witness) read(t *testing.T, in Source) {
	defer close(w.ended)
	dst := make([]float32, 1000)
	for {
		b, err := in.Read(dst)
		if err != nil {
			return
		}
		w.mu.Lock()
		if b.Gap {
			w.gaps = append(w.gaps, b)
		} else if b.Index != w.next {
			t.Errorf("block begins at %d, want %d", b.Index, w.next)
		}
		w.next = b.Index + int64(b.N)
		w.mu.Unlock()
	}
}

// watched runs a LiveInput on the card while script runs.
func watched(t *testing.T, c *fakeCard, script func(in *LiveInput)) *witness {
	w := &witness{ended: make(chan struct{})}
	in := NewLiveInput("card", fakeRate, c.open, w.hear)
	go w.read(t, in)
	script(in)
	if err := in.Close(); err != nil {
		t.Error(err)
	}
	<-w.ended
	synctest.Wait()
	return w
}

func (w *witness) want(t *testing.T, said ...string) {
	t.Helper()
	if !slices.EqualFunc(w.said, said, strings.HasPrefix) {
		t.Errorf("said\n%s\nwant\n%s", strings.Join(w.said, "\n"), strings.Join(said, "\n"))
	}
}

// In the bubble of synctest it is midnight when a test begins.

func TestADeviceThatVanishesIsWaitedForAndComesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newFakeCard()
		w := watched(t, c, func(in *LiveInput) {
			time.Sleep(10 * time.Second)
			c.set(func(c *fakeCard) { c.absent = errors.New("not there") })
			c.failing <- errors.New("unplugged")
			time.Sleep(20 * time.Second)
			c.set(func(c *fakeCard) { c.absent = nil })
			time.Sleep(10 * time.Second)
			if got := in.Condition(); got.Phase != Running || got.Outages != 1 || got.Lost != 0 {
				t.Errorf("%+v", got)
			}
		})
		w.want(t, "card is running", "waiting for card since 00:00:10Z: unplugged", "waiting for card since 00:00:10Z: not there", "card is running", "card is closed")
		if want := []string{"0s", "10.5s", "11.5s", "13.5s", "17.5s", "22.5s", "27.5s", "32.5s"}; !slices.Equal(c.opens, want) {
			t.Errorf("opened at %v, want %v", c.opens, want)
		}
		// The first sample after the gap is that of 32.5 s.
		if len(w.gaps) != 1 || w.gaps[0].Index != 32500*fakeRate/1000 {
			t.Errorf("gaps %v", w.gaps)
		}
	})
}

func TestADeviceThatFreezesIsLeftBehindAndOpenedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newFakeCard()
		w := watched(t, c, func(in *LiveInput) {
			time.Sleep(10 * time.Second)
			c.freeze()
			time.Sleep(60 * time.Second)
			c.thaw()
			time.Sleep(10 * time.Second)
		})
		w.want(t, "card is running", "waiting for card since 00:00:12Z: audio stalled: no samples come", "card is running", "card is closed")
		if len(c.opens) != 2 {
			t.Errorf("opened at %v: while one call hangs, no second one should", c.opens)
		}
		if len(w.gaps) != 1 || w.gaps[0].Index != 70*fakeRate {
			t.Errorf("gaps %v", w.gaps)
		}
	})
}

func TestADeviceThatIsNotThereAtFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newFakeCard()
		c.absent = &DeviceError{Name: "card", Input: true}
		w := watched(t, c, func(in *LiveInput) {
			time.Sleep(time.Minute)
			if !in.Anchor().IsZero() {
				t.Error("the time of sample 0 is known before there was one")
			}
			c.set(func(c *fakeCard) { c.absent = nil })
			time.Sleep(time.Minute)
			first := c.start.Add(62500 * time.Millisecond).UTC()
			if got := in.Anchor(); !got.Equal(first) {
				t.Errorf("sample 0 is of %v, want %v", got, first)
			}
		})
		w.want(t, "waiting for card since 00:00:00Z: no input at all", "card is running", "card is closed")
		if len(w.gaps) != 0 {
			t.Errorf("gaps %v before the first sample", w.gaps)
		}
	})
}

func TestZerosAreExplained(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newFakeCard()
		w := watched(t, c, func(in *LiveInput) {
			time.Sleep(time.Second)
			c.set(func(c *fakeCard) { c.value = 0 })
			time.Sleep(2900 * time.Millisecond)
			if in.Condition().Zeros {
				t.Error("a pause of less than three seconds is remarked on")
			}
			time.Sleep(time.Minute)
			if !in.Condition().Zeros {
				t.Error("a minute of zeros is not remarked on")
			}
			c.failing <- errors.New("unplugged")
			time.Sleep(2 * time.Second)
			if in.Condition().Zeros {
				t.Error("what was heard before it was unplugged is held against it")
			}
			c.set(func(c *fakeCard) { c.value = 1e-9 })
			time.Sleep(time.Second)
		})
		w.want(t, "card is running", "card gives nothing but zeros: it may be muted",
			"waiting for card", "card is running", "card is closed")
	})
}

func TestASourceThatNobodySendsToIsNotOpenedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newFakeCard()
		c.quiet = true
		w := watched(t, c, func(in *LiveInput) {
			time.Sleep(time.Second)
			c.freeze()
			time.Sleep(time.Minute)
			c.thaw()
			time.Sleep(time.Second)
		})
		w.want(t, "card is running", "waiting for card since 00:00:03Z", "card is running", "card is closed")
		if len(c.opens) != 1 {
			t.Errorf("opened at %v", c.opens)
		}
	})
}

func TestCloseEndsAReadWhateverTheDriverDoes(t *testing.T) {
	for name, script := range map[string]func(c *fakeCard){
		"while it opens": func(c *fakeCard) { c.freeze() },
		"while it waits": func(c *fakeCard) { c.set(func(c *fakeCard) { c.absent = errors.New("not there") }) },
		"while it runs":  func(c *fakeCard) {},
	} {
		synctest.Test(t, func(t *testing.T) {
			c := newFakeCard()
			script(c)
			in := NewLiveInput("card", fakeRate, c.open, nil)
			time.Sleep(time.Second)
			if name == "while it runs" {
				c.freeze()
			}
			closing := time.Now()
			go in.Close()
			dst := make([]float32, 100)
			var err error
			for err == nil {
				_, err = in.Read(dst)
			}
			if took := time.Since(closing); err != os.ErrClosed || took > 0 {
				t.Errorf("%s: Read returned %v after %v", name, err, took)
			}
			if c.frozen != nil {
				c.thaw() // what was left behind ends as well
			}
		})
	}
}

func TestAReaderWhoIsLateIsToldWhatHeMissed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newFakeCard()
		in := NewLiveInput("card", fakeRate, c.open, nil)
		defer in.Close()
		time.Sleep(9*time.Second + 5*time.Millisecond)
		dst := make([]float32, 100)
		b, err := in.Read(dst)
		if err != nil || !b.Gap || b.Index != 4*fakeRate {
			t.Errorf("%+v, %v", b, err)
		}
		if got := in.Condition().Lost; got == 0 {
			t.Error("nothing counts as lost")
		}
	})
}

// A sound card whose clock is off by 100 ppm is off by a second in three hours.
func TestIndexAndAnchorTellTheTimeForDays(t *testing.T) {
	var p pace
	start := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	const rate, ppm = 48000, 100
	var end int64
	for at := time.Duration(0); at < 48*time.Hour; at += time.Second {
		late := time.Duration(at/time.Second%7) * 10 * time.Millisecond
		end = samplesIn(at, rate) * (1e6 - ppm) / 1e6
		if missed := p.note(start.Add(at+late), end, rate); missed > 0 {
			t.Fatalf("after %v %d samples count as missed", at, missed)
		}
		if off := p.anchor.Add(span(end, rate)).Sub(start.Add(at)); off < -10*time.Millisecond || off > 10*time.Millisecond {
			t.Fatalf("after %v the time is off by %v", at, off)
		}
	}
}

// A computer that slept, or a server that could not keep up, says nothing.
func TestSamplesThatAreLostWithoutAWordAreMissedInTheEnd(t *testing.T) {
	var p pace
	start := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	const rate = 8000
	end, missed := int64(0), int64(0)
	for second := range 300 {
		late := time.Duration(0)
		switch {
		case second >= 100 && second < 110:
			late = 9 * time.Second // a program that was stopped catches up
		case second >= 200:
			late = time.Hour
		}
		n := p.note(start.Add(time.Duration(second)*time.Second+late), end, rate)
		if n > 0 && (second < 230 || second > 260) {
			t.Errorf("%d samples are missed after %d s", n, second)
		}
		missed += n
		end += rate + n
	}
	if missed != 3600*rate {
		t.Errorf("%d samples are missed, want those of an hour", missed)
	}
	var set pace
	for second := range 100 {
		ahead := time.Duration(second/50) * 48 * time.Hour // the clock is set
		if n := set.note(start.Add(time.Duration(second)*time.Second+ahead), int64(second)*rate, rate); n > 0 {
			t.Errorf("%d samples are missed after %d s", n, second)
		}
	}
	if got := set.anchor.Sub(start); got != 48*time.Hour {
		t.Errorf("the time is off by %v", 48*time.Hour-got)
	}
}
