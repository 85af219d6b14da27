package fsk

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rtty/baudot"
)

// move is a change of a fake contact.
type move struct {
	at   time.Duration
	mark bool
}

// fakeContact writes its moves down, and is never late.
type fakeContact struct {
	clock plainClock

	mu     sync.Mutex
	moves  []move
	broken error
	closed bool
}

func (f *fakeContact) set(mark bool) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.broken == nil {
		f.moves = append(f.moves, move{f.clock.now(), mark})
	}
	return f.broken
}

func (f *fakeContact) strike(o *over, edges []edge, start time.Duration, at *[mostEdges]time.Duration) (done int, err error) {
	for i, e := range edges {
		f.clock.until(start + e.after)
		if o.ended() {
			return i, nil
		}
		if err := f.set(e.mark); err != nil {
			return i, err
		}
		at[i] = f.clock.now()
	}
	return len(edges), nil
}

func (f *fakeContact) close() error { f.closed = true; return nil }

func (f *fakeContact) moved() []move {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]move(nil), f.moves...)
}

func (f *fakeContact) breakWith(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.broken = err
}

// resting tells the level of the contact.
func (f *fakeContact) resting() bool {
	moves := f.moved()
	return len(moves) > 0 && moves[len(moves)-1].mark
}

// level of a contact at a time, from its moves.
func level(moves []move, at time.Duration) bool {
	mark := true
	for _, m := range moves {
		if m.at > at {
			break
		}
		mark = m.mark
	}
	return mark
}

// copied reads a contact as a printer does: from each start edge on it looks at
// the middle of every unit. It gives the codes and when they began, and fails
// when a stop element isn't mark for so many units.
func copied(t *testing.T, moves []move, baud, stopBits float64) (codes []baudot.Code, starts []time.Duration) {
	t.Helper()
	unit := float64(time.Second) / baud
	in := func(start time.Duration, units float64) time.Duration {
		return start + time.Duration(units*unit)
	}
	for at, i := time.Duration(-1), 0; i < len(moves); i++ {
		m := moves[i]
		if m.mark || m.at < at {
			continue
		}
		code := baudot.Code(0)
		for bit := range 5 {
			if level(moves, in(m.at, 1.5+float64(bit))) {
				code |= 1 << bit
			}
		}
		for _, u := range []float64{6.05, 5.95 + stopBits} {
			if !level(moves, in(m.at, u)) {
				t.Errorf("the stop element at %v is space %.2f units after its start element", m.at, u)
			}
		}
		codes, starts = append(codes, code), append(starts, m.at)
		at = in(m.at, 5.9+stopBits)
	}
	return codes, starts
}

// onAir is what was announced.
type onAir struct {
	mu    sync.Mutex
	codes []baudot.Code
	times []time.Time
}

func (o *onAir) told(c baudot.Code, at time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.codes, o.times = append(o.codes, c), append(o.times, at)
}

func (o *onAir) heard() ([]baudot.Code, []time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]baudot.Code(nil), o.codes...), append([]time.Time(nil), o.times...)
}

// fakeLine is a line keyer in the time of a synctest bubble.
func fakeLine(t *testing.T, cfg Config) (lineKeyer, *fakeContact) {
	t.Helper()
	clock := plainClock{time.Now()}
	contact := &fakeContact{clock: clock}
	k := newLineKeyer(contact, clock, cfg, func() bool { return true })
	t.Cleanup(func() { k.Close() })
	return k, contact
}

func sendAll(t *testing.T, k Keyer, codes ...baudot.Code) {
	t.Helper()
	for _, c := range codes {
		if err := k.Send(context.Background(), c); err != nil {
			t.Fatal(err)
		}
	}
}

func TestEdgesOfACharacter(t *testing.T) {
	const ms = time.Millisecond
	for _, c := range []struct {
		name string
		code baudot.Code
		want []edge
	}{
		{"LTRS", baudot.LTRS, []edge{{0, false}, {20 * ms, true}}},
		{"blank", baudot.Blank, []edge{{0, false}, {120 * ms, true}}},
		{"R", 0x0a, []edge{{0, false}, {40 * ms, true}, {60 * ms, false}, {80 * ms, true}, {100 * ms, false}, {120 * ms, true}}},
		{"Y", 0x15, []edge{{0, false}, {20 * ms, true}, {40 * ms, false}, {60 * ms, true}, {80 * ms, false}, {100 * ms, true}}},
	} {
		got := edgesOf(c.code, 50)
		if len(got) != len(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: edge %d is %v, want %v", c.name, i, got[i], c.want[i])
			}
		}
	}
}

// Codes without a pause stand one character time apart to the microsecond, at
// any speed and stop length, and are announced when they begin.
func TestCodesFollowOneAnother(t *testing.T) {
	for _, c := range []struct{ baud, stopBits float64 }{
		{45.45, 1.5}, {1000.0 / 22, 1.5}, {45.45, 1}, {50, 1.5}, {75, 2}, {100, 1.5}, {300, 1},
	} {
		synctest.Test(t, func(t *testing.T) {
			var told onAir
			k, contact := fakeLine(t, Config{Baud: c.baud, StopBits: c.stopBits, OnAir: told.told})
			random := rand.New(rand.NewPCG(3, uint64(c.baud)))
			codes := make([]baudot.Code, 60)
			for i := range codes {
				codes[i] = baudot.Code(random.IntN(32))
			}
			began := time.Now()
			if err := k.Begin(); err != nil {
				t.Fatal(err)
			}
			sendAll(t, k, codes...)
			if err := k.Rest(context.Background()); err != nil {
				t.Fatal(err)
			}
			took, whole := time.Since(began), time.Duration(len(codes))*characterTime(c.baud, c.stopBits)
			if d := took - whole; d < -time.Microsecond || d > time.Microsecond {
				t.Errorf("%v: took %v, want %v", c, took, whole)
			}
			got, starts := copied(t, contact.moved(), c.baud, c.stopBits)
			heard, times := told.heard()
			if len(got) != len(codes) || len(heard) != len(codes) {
				t.Fatalf("%v: %d codes sent, %d copied, %d announced", c, len(codes), len(got), len(heard))
			}
			for i := range codes {
				want := time.Duration(i) * characterTime(c.baud, c.stopBits)
				if got[i] != codes[i] || starts[i] != want {
					t.Errorf("%v: code %d is %#x at %v, want %#x at %v", c, i, got[i], starts[i], codes[i], want)
				}
				if heard[i] != codes[i] || times[i].Sub(began) != want {
					t.Errorf("%v: code %d announced as %#x at %v", c, i, heard[i], times[i].Sub(began))
				}
			}
		})
	}
}

// Send comes back when its code is about to begin: what has not been given to it
// can still be changed.
func TestSendIsNotAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg := Config{Baud: 50, StopBits: 1.5}
		k, _ := fakeLine(t, cfg)
		if err := k.Begin(); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		for i := range 20 {
			sendAll(t, k, baudot.Blank)
			starts := time.Duration(i) * characterTime(50, 1.5)
			if ahead := starts - time.Since(began); ahead < 0 || ahead > lineLead(cfg) {
				t.Errorf("Send %d came back %v before its start element", i, ahead)
			}
		}
	})
}

// A code after a pause begins at once, and the line rests at mark in the pause.
func TestPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k, contact := fakeLine(t, Config{Baud: 50, StopBits: 1.5})
		if err := k.Begin(); err != nil {
			t.Fatal(err)
		}
		sendAll(t, k, 0x0a)
		time.Sleep(777 * time.Millisecond)
		if !contact.resting() {
			t.Error("the contact is at space in a pause")
		}
		sendAll(t, k, 0x15)
		if err := k.Rest(context.Background()); err != nil {
			t.Fatal(err)
		}
		_, starts := copied(t, contact.moved(), 50, 1.5)
		if len(starts) != 2 || starts[0] != 0 || starts[1] != 777*time.Millisecond {
			t.Errorf("began at %v", starts)
		}
	})
}

// Stop in the middle of a space leaves the contact at mark from that moment on,
// drops what waits, and frees whoever waits to send.
func TestStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var told onAir
		k, contact := fakeLine(t, Config{Baud: 50, StopBits: 1.5, OnAir: told.told})
		if err := k.Begin(); err != nil {
			t.Fatal(err)
		}
		sendAll(t, k, baudot.Blank, baudot.Blank)
		blocked := make(chan error)
		go func() { blocked <- k.Send(context.Background(), baudot.LTRS) }()
		time.Sleep(70 * time.Millisecond)
		if contact.resting() {
			t.Fatal("the contact is at mark in the middle of a blank")
		}
		if err := k.Stop(); err != nil {
			t.Fatal(err)
		}
		if !contact.resting() {
			t.Error("the contact is not at mark after Stop")
		}
		if err := <-blocked; !errors.Is(err, ErrStopped) {
			t.Errorf("the Send that waited: %v", err)
		}
		if err := k.Send(context.Background(), baudot.LTRS); !errors.Is(err, ErrStopped) {
			t.Errorf("Send after Stop: %v", err)
		}
		n := len(contact.moved())
		time.Sleep(time.Second)
		if moves := contact.moved(); len(moves) != n {
			t.Errorf("after Stop the contact moved: %v", moves[n:])
		}
		if heard, _ := told.heard(); len(heard) != 2 {
			t.Errorf("announced %v", heard)
		}
		// The next transmission is a new beginning.
		if err := k.Begin(); err != nil {
			t.Fatal(err)
		}
		began := k.clock.now()
		sendAll(t, k, 0x0a)
		if err := k.Rest(context.Background()); err != nil {
			t.Fatal(err)
		}
		codes, starts := copied(t, contact.moved()[n:], 50, 1.5)
		if len(codes) != 1 || codes[0] != 0x0a || starts[0] != began {
			t.Errorf("after Begin at %v: %v at %v", began, codes, starts)
		}
	})
}

func TestSendBeforeBeginAndAfterClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k, contact := fakeLine(t, Config{Baud: 50, StopBits: 1.5})
		if err := k.Send(context.Background(), baudot.LTRS); !errors.Is(err, ErrStopped) {
			t.Errorf("Send before Begin: %v", err)
		}
		if err := k.Begin(); err != nil {
			t.Fatal(err)
		}
		sendAll(t, k, baudot.Blank)
		for range 2 {
			if err := k.Close(); err != nil {
				t.Error(err)
			}
		}
		if !contact.closed || !contact.resting() {
			t.Error("the contact is not closed, or not at mark")
		}
		if err := k.Begin(); !errors.Is(err, ErrStopped) {
			t.Errorf("Begin after Close: %v", err)
		}
	})
}

func TestSendGivesUpWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k, _ := fakeLine(t, Config{Baud: 50, StopBits: 1.5})
		if err := k.Begin(); err != nil {
			t.Fatal(err)
		}
		sendAll(t, k, baudot.LTRS, baudot.LTRS)
		ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
		defer cancel()
		if err := k.Send(ctx, baudot.LTRS); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Send: %v", err)
		}
		if err := k.Rest(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Rest: %v", err)
		}
	})
}

// A port that is pulled out in the middle of a character is told at the next
// Send.
func TestBrokenContact(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k, contact := fakeLine(t, Config{Baud: 50, StopBits: 1.5})
		if err := k.Begin(); err != nil {
			t.Fatal(err)
		}
		sendAll(t, k, 0x0a)
		time.Sleep(50 * time.Millisecond)
		gone := errors.New("input/output error")
		contact.breakWith(gone)
		time.Sleep(time.Second)
		if err := k.Send(context.Background(), 0x0a); !errors.Is(err, gone) {
			t.Errorf("Send: %v", err)
		}
		if err := k.Stop(); !errors.Is(err, gone) {
			t.Errorf("Stop: %v", err)
		}
	})
}

func TestConfigIsChecked(t *testing.T) {
	good := Config{Method: DTR, Device: "/dev/nowhere", Baud: 45.45}
	for want, change := range map[string]func(*Config){
		"no way to key":        func(c *Config) { c.Method = "cw" },
		"needs the serial":     func(c *Config) { c.Device = "" },
		"must be 20 to 300":    func(c *Config) { c.Baud = 0 },
		"3 stop bits":          func(c *Config) { c.StopBits = 3 },
		"uart keying does 1.5": func(c *Config) { c.Method, c.StopBits = UART, 2 },
		"can't be inverted":    func(c *Config) { c.Method, c.Invert = UART, true },
	} {
		c := good
		change(&c)
		if _, err := Open(c); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", c, err, want)
		}
	}
}

func TestJitterIsCounted(t *testing.T) {
	var j jitter
	j.granted(true)
	if got := j.read(); got != (Jitter{RealTime: true}) || got.String() != "no edges yet" {
		t.Errorf("nothing counted: %v", got)
	}
	for range 198 {
		j.add(95 * time.Microsecond)
	}
	j.add(-5 * time.Microsecond)
	j.add(70 * time.Millisecond)
	got := j.read()
	if got.Edges != 200 || got.Min != -5*time.Microsecond || got.Max != 70*time.Millisecond || got.P99 != 100*time.Microsecond {
		t.Errorf("counted %+v", got)
	}
	const want = "200 edges, late by 444µs on average, -5µs to 70ms, 99 in 100 by less than 100µs"
	if got.String() != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got.RealTime = false; got.String() != want+", without real-time scheduling" {
		t.Errorf("%q", got)
	}
}
