package station

import (
	"math"
	"sync"
	"time"
)

// AudioRate is the rate of the kept audio and of everything that is decoded,
// samples per second: room for tones up to 5 kHz, a quarter of the work of 48 kHz.
const AudioRate = 12000

// ring keeps the last minutes of audio, with 16 bits a sample. The noise of
// that rounding lies some 20 dB below what the quietest receiver gives.
type ring struct {
	mu      sync.RWMutex
	samples []int16
	end     int64     // position after the newest sample
	oldest  int64     // position that none is kept from before
	start   time.Time // UTC of position 0
}

func newRing(length time.Duration) *ring {
	return &ring{samples: make([]int16, int(length.Seconds()*AudioRate))}
}

// Resize keeps another length from now on. What is too old for it is forgotten.
func (r *ring) Resize(length time.Duration) {
	samples := newRing(length).samples
	r.mu.Lock()
	defer r.mu.Unlock()
	r.oldest = max(r.first(), r.end-int64(len(samples)))
	for at := r.oldest; at < r.end; {
		to, from := samples[at%int64(len(samples)):], r.samples[at%int64(len(r.samples)):]
		at += int64(copy(to, from[:min(int64(len(from)), r.end-at)]))
	}
	r.samples = samples
}

// Add appends samples.
func (r *ring) Add(samples []float32) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if skip := len(samples) - len(r.samples); skip > 0 {
		r.end += int64(skip)
		samples = samples[skip:]
	}
	at := int(r.end % int64(len(r.samples)))
	for _, x := range samples {
		r.samples[at] = int16(math.Round(float64(max(-1, min(1, x))) * math.MaxInt16))
		if at++; at == len(r.samples) {
			at = 0
		}
	}
	r.end += int64(len(samples))
}

// Skip goes over n samples that were lost: they are kept as silence.
func (r *ring) Skip(n int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	size := int64(len(r.samples))
	for i := r.end + max(0, n-size); i < r.end+n; i++ {
		r.samples[i%size] = 0
	}
	r.end += n
}

// Read copies samples from a position on and tells how many there were: fewer
// than dst holds at the end, none where they are no longer kept.
func (r *ring) Read(dst []float32, from int64) int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	n := min(int64(len(dst)), r.end-from)
	if from < r.first() || n <= 0 {
		return 0
	}
	at := int(from % int64(len(r.samples)))
	for i := range dst[:n] {
		dst[i] = float32(r.samples[at]) / math.MaxInt16
		if at++; at == len(r.samples) {
			at = 0
		}
	}
	return int(n)
}

// Bounds are the positions of the oldest sample and after the newest.
func (r *ring) Bounds() (first, end int64) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.first(), r.end
}

func (r *ring) first() int64 { return max(r.oldest, r.end-int64(len(r.samples))) }

// Time is when a position was on the air.
func (r *ring) Time(position int64) time.Time {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.start.Add(duration(position))
}

// Anchor says that a position was on the air at that time.
func (r *ring) Anchor(position int64, at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.start = at.Add(-duration(position))
}

// duration is how long so many samples of kept audio last.
func duration(samples int64) time.Duration {
	return time.Duration(float64(samples) / AudioRate * float64(time.Second))
}

// samplesIn is how many samples of kept audio a stretch of time has.
func samplesIn(d time.Duration) int64 { return int64(d.Seconds() * AudioRate) }
