package main

import (
	"context"

	"rtty/audio"
)

// An interruptible reads a source ahead of its user, so that waiting for a
// silent stream ends when the user interrupts the program.
type interruptible struct {
	filled chan stretch
	empty  chan []float32
	held   []float32 // what Next gave last
}

// A stretch is what one Read of a source gave.
type stretch struct {
	samples []float32
	err     error
}

const stretchSamples = 4096

// readAhead begins to read src; nobody else may from then on.
func readAhead(src audio.Source) *interruptible {
	r := &interruptible{filled: make(chan stretch, 1), empty: make(chan []float32, 2)}
	r.empty <- make([]float32, stretchSamples)
	r.empty <- make([]float32, stretchSamples)
	go func() {
		for buf := range r.empty {
			block, err := src.Read(buf)
			r.filled <- stretch{buf[:block.N], err}
			if err != nil {
				return
			}
		}
	}()
	return r
}

// Next waits for samples; they hold until the next call. The error is that of
// the source, io.EOF at its end, or ctx.Err() when interrupted.
func (r *interruptible) Next(ctx context.Context) ([]float32, error) {
	if r.held != nil {
		r.empty <- r.held[:cap(r.held)]
		r.held = nil
	}
	if ctx.Err() != nil { // also when samples are there
		return nil, ctx.Err()
	}
	select {
	case s := <-r.filled:
		r.held = s.samples
		return s.samples, s.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
