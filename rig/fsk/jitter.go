package fsk

import (
	"fmt"
	"sync"
	"time"
)

// Jitter is how late edges were, from when they were due to when the system
// had set the line. A bit at 45.45 Bd is 22 ms long; a twentieth of it, 1.1 ms, is
// lost in the noise. What a USB adapter adds is not in it.
type Jitter struct {
	Edges               int
	Min, Mean, P99, Max time.Duration

	// RealTime tells whether the system lets the thread go before all others.
	// Without it a busy computer makes edges late by tens of milliseconds.
	RealTime bool
}

func (j Jitter) String() string {
	if j.Edges == 0 {
		return "no edges yet"
	}
	how := ""
	if !j.RealTime {
		how = ", without real-time scheduling"
	}
	return fmt.Sprintf("%d edges, late by %v on average, %v to %v, 99 in 100 by less than %v%s",
		j.Edges, j.Mean.Round(time.Microsecond), j.Min.Round(time.Microsecond),
		j.Max.Round(time.Microsecond), j.P99.Round(time.Microsecond), how)
}

// Edges are counted in bins of 10 µs up to 20 ms; what is later is in the last.
const (
	jitterBin  = 10 * time.Microsecond
	jitterBins = 2001
)

type jitter struct {
	mu       sync.Mutex
	bins     [jitterBins]int
	n        int
	sum      time.Duration
	min, max time.Duration
	realTime bool
}

func (j *jitter) add(late time.Duration) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.n == 0 || late < j.min {
		j.min = late
	}
	j.max = max(j.max, late)
	j.n++
	j.sum += late
	j.bins[min(max(late/jitterBin, 0), jitterBins-1)]++
}

func (j *jitter) granted(realTime bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.realTime = realTime
}

func (j *jitter) read() Jitter {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.n == 0 {
		return Jitter{RealTime: j.realTime}
	}
	r := Jitter{RealTime: j.realTime, Edges: j.n, Min: j.min, Mean: j.sum / time.Duration(j.n), Max: j.max, P99: j.max}
	for i, seen := 0, 0; i < jitterBins-1; i++ {
		if seen += j.bins[i]; 100*seen >= 99*j.n {
			r.P99 = min(time.Duration(i+1)*jitterBin, j.max)
			break
		}
	}
	return r
}
