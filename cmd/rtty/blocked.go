package main

import (
	"context"
	"os"
	"sync/atomic"
	"time"
)

// blockedAfter is how long the terminal may refuse to take output before the
// transmitter is let go of: an operator who sees nothing may not be able to stop
// it either. Slow links block for a moment all the time.
const blockedAfter = 2 * time.Second

// guardedOutput is a terminal, or another file, of which it is noticed when it
// takes nothing any more: Ctrl-S, a link that is dead, a reader that sleeps.
type guardedOutput struct {
	*os.File
	since atomic.Int64 // when the write began that goes on, Unix time in ns; 0: none does
}

func (g *guardedOutput) Write(b []byte) (int, error) {
	g.since.Store(time.Now().UnixNano())
	defer g.since.Store(0)
	return g.File.Write(b)
}

// WriteString is there because that of the file would not be noticed.
func (g *guardedOutput) WriteString(s string) (int, error) { return g.Write([]byte(s)) }

// Watch calls blocked when a write goes on for too long, again and again as long
// as it does, until ctx ends.
func (g *guardedOutput) Watch(ctx context.Context, blocked func()) {
	tick := time.NewTicker(blockedAfter / 20)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-tick.C:
			if since := g.since.Load(); since != 0 && now.Sub(time.Unix(0, since)) > blockedAfter {
				blocked()
			}
		}
	}
}
