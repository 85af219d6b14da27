package ui

import (
	"context"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rtty/station"
)

// What the receiver takes until then is measured in package station.
func TestAProvisionalCharacterIsOnTheScreenSoonAfterItIsRead(t *testing.T) {
	if testing.Short() {
		t.Skip("a measurement takes its time")
	}
	refuseSuspension()() // the runtime begins to handle signals; not in the bubble's time
	for name, c := range map[string]struct {
		link Link
		most time.Duration
	}{
		"normal": {LinkNormal, 125 * time.Millisecond},
		"slow":   {LinkSlow, 300 * time.Millisecond},
		"off":    {LinkOff, 500 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				worst, mean := tailToScreen(c.link)
				t.Logf("%v at the most, %v in the mean", worst, mean)
				if worst > c.most {
					t.Errorf("%v, more than %v", worst, c.most)
				}
			})
		})
	}
}

// tailToScreen measures how long it takes, on a busy band, until a character
// that was read is written to the terminal.
func tailToScreen(link Link) (worst, mean time.Duration) {
	f := newFake()
	f.noisy = true
	ctx, cancel := context.WithCancel(context.Background())
	input, typing := io.Pipe()
	screen := &meteredScreen{}
	done := make(chan error)
	go func() {
		done <- Run(ctx, Options{
			Station: f, Input: input, Output: screen, Environ: []string{"TERM=xterm-256color"},
			Width: 120, Height: 40, Color: ColorTrue, Link: link,
		})
	}()
	time.Sleep(time.Second)
	band := time.NewTicker(100 * time.Millisecond)
	random := rand.New(rand.NewPCG(1, 2))
	const letters, rounds = "QXZJVWUYGK", 10
	for range rounds {
		for _, letter := range letters {
			for wait := time.After(time.Duration(400+random.IntN(200)) * time.Millisecond); ; {
				select {
				case <-band.C:
					f.row(2113, 2283, 1400, 1570, 900)
					continue
				case <-wait:
				}
				break
			}
			from := screen.length()
			read := time.Now()
			f.change(func(s *station.Snapshot) { s.Receive.Tail = chars(string(letter), 0.8) })
			for !strings.ContainsRune(screen.since(from), letter) {
				time.Sleep(time.Millisecond)
			}
			worst = max(worst, time.Since(read))
			mean += time.Since(read) / time.Duration(rounds*len(letters))
		}
	}
	cancel()
	typing.Close()
	<-done
	return worst, mean
}

func (w *meteredScreen) length() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.Len()
}

// since is what was written after so many bytes.
func (w *meteredScreen) since(length int) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()[length:]
}
