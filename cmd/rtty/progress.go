package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"rtty/audio"
)

// A progress shows on a terminal how far a long job has come. It stays away
// where nobody watches or nobody knows the length, and from jobs that are soon
// done.
type progress struct {
	w     io.Writer // nil where it stays away
	label string
	total int64
	free  func() bool // tells whether the line of the terminal is free; nil: always
	next  time.Time   // when it is drawn again
	shown bool
}

const (
	progressAfter = time.Second // a job that takes longer is a long one
	progressEvery = 100 * time.Millisecond
	progressWidth = 30 // characters of the bar
)

func newProgress(w io.Writer, label string, total int64) *progress {
	if !isTerminal(w) || total <= 0 {
		w = nil
	}
	return &progress{w: w, label: label, total: total, next: time.Now().Add(progressAfter)}
}

// Show draws how much is done, if it is time to.
func (p *progress) Show(done int64) {
	if p.w == nil || time.Now().Before(p.next) || p.free != nil && !p.free() {
		return
	}
	p.next = time.Now().Add(progressEvery)
	p.shown = true
	fraction := min(1, float64(done)/float64(p.total))
	bar := strings.Repeat("=", int(fraction*progressWidth))
	fmt.Fprintf(p.w, "\r%s [%-*s] %3.0f %%", p.label, progressWidth, bar, 100*fraction)
}

// Clear takes the bar away.
func (p *progress) Clear() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
	}
}

// A barWriter clears the bar before it writes text to the same terminal.
type barWriter struct {
	io.Writer
	bar *progress
}

func (w barWriter) Write(b []byte) (int, error) {
	w.bar.Clear()
	return w.Writer.Write(b)
}

// length is the number of samples of src, 0 where it does not know.
func length(src audio.Source) int64 {
	if sized, ok := src.(audio.Sized); ok {
		if n, known := sized.Length(); known {
			return n
		}
	}
	return 0
}
