package fsk

import (
	"context"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"rtty/baudot"
	"rtty/rig/rigtest"
)

// Edges in real time, by the thread and clock that key a transmitter. Where the
// system grants real-time scheduling they are held to what a receiver can stand, a
// tenth of a unit in the mean and half a one for 99 in 100, whatever else the
// machine does. Where it doesn't, only that none is early: how late they are is up
// to whoever else wants the processors. The figures are logged.
func TestEdgesInRealTime(t *testing.T) {
	if underRace {
		t.Skip("the race detector puts calls of its own between the edges, where the scheduler can step in")
	}
	for _, c := range []struct {
		name string
		busy int // goroutines that calculate without end, for each processor
	}{
		{"idle", 0},
		{"busy", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			var stop atomic.Bool
			var busy sync.WaitGroup
			for range c.busy * runtime.GOMAXPROCS(0) {
				busy.Add(1)
				go func() {
					defer busy.Done()
					for x := 1.0; !stop.Load(); x *= 1.0000001 {
						_ = make([]byte, 1024) // the collector has work too
					}
				}()
			}
			defer busy.Wait()
			defer stop.Store(true)
			testEdgesInRealTime(t)
		})
	}
}

// recorder is a wire whose system calls do nothing, and that writes down when
// they were made and of which kind.
type recorder struct {
	wire
	moves []move
}

func newRecorder(t *testing.T) *recorder {
	t.Helper()
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	call := rawCall{number: unix.SYS_WRITE, a: null.Fd(), b: uintptr(unsafe.Pointer(new(byte)))}
	return &recorder{wire: wire{clock: newStrictClock(), mark: call, space: call, shut: null.Close}}
}

func (r *recorder) strike(o *over, edges []edge, start time.Duration, at *[mostEdges]time.Duration) (int, error) {
	done, err := r.wire.strike(o, edges, start, at)
	for i := range done {
		r.moves = append(r.moves, move{at[i], edges[i].mark})
	}
	return done, err
}

func testEdgesInRealTime(t *testing.T) {
	const baud, stopBits, chars = 45.45, 1.5, 12
	contact := newRecorder(t)
	k := newLineKeyer(contact, contact.wire.clock, Config{Baud: baud, StopBits: stopBits}, beRealTime)
	defer k.Close()
	if err := k.Begin(); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(5, 5))
	var codes []baudot.Code
	for range chars {
		codes = append(codes, baudot.Code(random.IntN(32)))
	}
	sendAll(t, k, codes...)
	if err := k.Rest(context.Background()); err != nil {
		t.Fatal(err)
	}

	j := k.Jitter()
	t.Logf("%v", j)
	unit := time.Second * 100 / 4545
	if j.Min < 0 {
		t.Errorf("an edge was early by %v", -j.Min)
	}
	if !j.RealTime {
		return
	}
	if j.Mean > unit/10 || j.P99 > unit/2 {
		t.Errorf("edges are late: %v", j)
	}
	got, _ := copied(t, contact.moves, baud, stopBits)
	if len(got) != len(codes) {
		t.Fatalf("%d codes copied of %d", len(got), len(codes))
	}
	for i := range codes {
		if got[i] != codes[i] {
			t.Errorf("code %d reads %#x, sent %#x", i, got[i], codes[i])
		}
	}
}

// A pseudo-terminal has no lines and no bits: both are refused with a sentence
// that says what to do.
func TestPortsThatCannot(t *testing.T) {
	_, slave := rigtest.Terminal(t)
	for want, cfg := range map[string]Config{
		"has no RTS and DTR lines":                                 {Method: DTR, Device: slave.Name()},
		"can't send 5 bits with 1.5 stop bits: key by its DTR":     {Method: UART, Device: slave.Name()},
		"/dev/nowhere for FSK keying: no such file or directory":   {Method: RTS, Device: "/dev/nowhere"},
		slave.Name() + " has no RTS and DTR lines":                 {Method: RTS, File: slave},
		slave.Name() + " can't send 5 bits with 1.5 stop bits":     {Method: UART, File: slave},
		"/dev/null to 5 bits and 45 Bd: inappropriate ioctl":       {Method: UART, Device: "/dev/null"},
		"/dev/null has no RTS and DTR lines: inappropriate ioctl ": {Method: DTR, Device: "/dev/null"},
	} {
		cfg.Baud = 45.45
		k, err := Open(cfg)
		if err == nil {
			k.Close()
			t.Errorf("%+v was opened", cfg)
			continue
		}
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", cfg, err, want)
		}
	}
	// The file that was handed in is still open.
	if _, err := os.Stat(slave.Name()); err != nil {
		t.Error(err)
	}
	if _, err := slave.Write([]byte("x")); err != nil {
		t.Error(err)
	}
}
