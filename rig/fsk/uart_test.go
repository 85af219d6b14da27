package fsk

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rtty/baudot"
)

// fakeUART sends a byte in a character time and keeps what comes meanwhile, as
// the hardware does.
type fakeUART struct {
	length time.Duration
	began  time.Time

	mu      sync.Mutex
	written []byte
	at      []time.Duration // when each was written
	free    time.Duration   // when the shift register runs dry
	gaps    int             // times it did, between characters
	most    time.Duration   // longest that was in store
	dropped int
}

func (f *fakeUART) write(b byte) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Since(f.began)
	if len(f.written) > 0 && now > f.free {
		f.gaps++
	}
	f.written, f.at = append(f.written, b), append(f.at, now)
	f.free = max(f.free, now) + f.length
	f.most = max(f.most, f.free-now)
	return nil
}

func (f *fakeUART) discard() error { f.mu.Lock(); defer f.mu.Unlock(); f.dropped++; return nil }
func (f *fakeUART) close() error   { return nil }

// The shift register never runs dry, and never holds more than a character and a
// half.
func TestUARTIsFedInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var told onAir
		length := characterTime(45, 1.5)
		f := &fakeUART{length: length, began: time.Now()}
		k := newUARTKeyer(f, 45, Config{Baud: 45.45, StopBits: 1.5, OnAir: told.told})
		defer k.Close()
		if err := k.Begin(); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		var codes []baudot.Code
		for i := range 50 {
			codes = append(codes, baudot.Code(i*7%32))
		}
		sendAll(t, k, codes...)
		if err := k.Rest(context.Background()); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took < 50*length || took > 50*length+time.Millisecond {
			t.Errorf("Rest came back after %v, 50 characters take %v", took, 50*length)
		}
		if f.gaps != 0 || f.most > length*3/2+time.Millisecond {
			t.Errorf("%d gaps, at most %v in store of characters of %v", f.gaps, f.most, length)
		}
		heard, times := told.heard()
		if len(heard) != 50 || len(f.written) != 50 {
			t.Fatalf("%d announced, %d written", len(heard), len(f.written))
		}
		for i, c := range codes {
			want := time.Duration(i) * length
			if heard[i] != c || f.written[i] != byte(c) || times[i].Sub(began).Round(time.Microsecond) != want.Round(time.Microsecond) {
				t.Errorf("code %d: %#x announced as %#x at %v, want %v", i, c, heard[i], times[i].Sub(began), want)
			}
		}
	})
}

func TestUARTStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		length := characterTime(45, 1.5)
		f := &fakeUART{length: length, began: time.Now()}
		k := newUARTKeyer(f, 45, Config{Baud: 45.45, StopBits: 1.5})
		defer k.Close()
		if err := k.Begin(); err != nil {
			t.Fatal(err)
		}
		sendAll(t, k, 1, 2, 3)
		dropped := f.dropped
		if err := k.Stop(); err != nil {
			t.Fatal(err)
		}
		n := len(f.written)
		time.Sleep(time.Second)
		if len(f.written) != n || f.dropped != dropped+1 {
			t.Errorf("after Stop %d were written, %d times dropped", len(f.written)-n, f.dropped-dropped)
		}
	})
}

func TestSpeedIsRefused(t *testing.T) {
	for _, c := range []struct {
		want, got float64
		ok        bool
	}{
		{45.45, 45, true}, {1000.0 / 22, 45, true}, {50, 50, true}, {75, 75, true},
		{45.45, 9600, false}, {45.45, 50, false}, {50, 300, false}, {75, 0, false},
	} {
		err := checkSpeed("/dev/ttyUSB0", c.want, c.got)
		var wrong *SpeedError
		if c.ok != (err == nil) || !c.ok && !errors.As(err, &wrong) {
			t.Errorf("asked %g, got %g: %v", c.want, c.got, err)
		}
	}
	err := checkSpeed("/dev/ttyUSB0", 45.45, 9600)
	if !strings.Contains(err.Error(), "/dev/ttyUSB0 runs at 9600 Bd when asked for 45.45: key by its DTR or RTS line") {
		t.Error(err)
	}
}
