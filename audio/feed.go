package audio

import (
	"os"
	"sync"
	"time"
)

// buffered is how much sound waits for a reader who is late.
const buffered = 5 * time.Second

// A feed carries samples from where a driver delivers them, which must not
// wait, to where they are read, which may be late. It keeps the newest: when it
// is full the oldest samples are lost.
type feed struct {
	rate  int
	ready chan struct{} // holds a token when there may be something to read

	mu     sync.Mutex
	ring   []float32
	oldest int   // place in ring of the oldest sample
	held   int   // samples in ring
	runs   []run // what they are, oldest first
	next   int64 // index of the sample to come
	gap    bool  // samples were lost just before it
	err    error // what Read returns when nothing is held
	anchor time.Time
	lost   int64 // times that the oldest samples had to go
}

// A run is a row of samples without a gap inside.
type run struct {
	index int64
	n     int
	gap   bool // before the first
}

// newFeed holds up to the given length of sound.
func newFeed(rate int, length time.Duration) *feed {
	return &feed{
		rate:  rate,
		ready: make(chan struct{}, 1),
		ring:  make([]float32, int(length.Seconds()*float64(rate))),
	}
}

func (f *feed) Rate() int { return f.rate }

func (f *feed) Anchor() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.anchor
}

// overruns is how often samples were lost because they were not read.
func (f *feed) overruns() int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.lost
}

// put appends n samples that fill writes, in up to two parts.
func (f *feed) put(n int, fill func(dst []float32, from int)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil || n == 0 {
		return
	}
	if f.anchor.IsZero() {
		f.anchor = time.Now().UTC().Add(-span(int64(n), f.rate))
	}
	from := max(0, n-len(f.ring))
	f.room(n - from)
	f.note(n, from)
	for from < n {
		at := (f.oldest + f.held) % len(f.ring)
		dst := f.ring[at:min(len(f.ring), at+n-from)]
		fill(dst, from)
		from += len(dst)
		f.held += len(dst)
	}
	f.wake()
}

// note writes down n samples to come, of which the first are not kept.
func (f *feed) note(n, dropped int) {
	if dropped > 0 {
		f.gap = true
		f.lost++
	}
	f.next += int64(dropped)
	if len(f.runs) == 0 || f.gap {
		f.runs = append(f.runs, run{index: f.next, gap: f.gap})
	}
	f.runs[len(f.runs)-1].n += n - dropped
	f.next += int64(n - dropped)
	f.gap = false
}

// room throws away the oldest samples so that n fit in.
func (f *feed) room(n int) {
	drop := f.held + n - len(f.ring)
	if drop <= 0 {
		return
	}
	f.lost++
	f.held -= drop
	f.oldest = (f.oldest + drop) % len(f.ring)
	for drop > 0 && len(f.runs) > 0 && f.runs[0].n <= drop {
		drop -= f.runs[0].n
		f.drop()
	}
	if len(f.runs) == 0 {
		f.gap = true
		return
	}
	r := &f.runs[0]
	r.index += int64(drop)
	r.n -= drop
	r.gap = true
}

func (f *feed) drop() { f.runs = append(f.runs[:0], f.runs[1:]...) }

// skip says that n samples are missing here; 0 when it is not known how many.
func (f *feed) skip(n int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.next += n
	f.gap = true
}

// fail ends the feed: what is held can still be read, then err is returned.
func (f *feed) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err == nil {
		f.err = err
	}
	f.wake()
}

// close ends the feed at once.
func (f *feed) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.err = os.ErrClosed
	f.held, f.runs = 0, nil
	f.wake()
}

func (f *feed) wake() {
	select {
	case f.ready <- struct{}{}:
	default:
	}
}

// Read waits for samples, and no longer than until the feed is closed.
func (f *feed) Read(dst []float32) (Block, error) {
	for {
		b, err := f.take(dst)
		if b.N > 0 || err != nil || len(dst) == 0 {
			return b, err
		}
		<-f.ready
	}
}

func (f *feed) take(dst []float32) (Block, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.held == 0 {
		if f.err != nil {
			f.wake() // for the next Read
		}
		return Block{Index: f.next}, f.err
	}
	r := &f.runs[0]
	b := Block{N: min(len(dst), r.n), Index: r.index, Gap: r.gap}
	for n := 0; n < b.N; {
		c := copy(dst[n:b.N], f.ring[f.oldest:])
		n += c
		f.oldest = (f.oldest + c) % len(f.ring)
	}
	f.held -= b.N
	r.index += int64(b.N)
	r.n -= b.N
	r.gap = false
	if r.n == 0 {
		f.drop()
	}
	return b, nil
}

// span is the time that n samples take.
func span(n int64, rate int) time.Duration {
	whole, rest := n/int64(rate), n%int64(rate)
	return time.Duration(whole)*time.Second + time.Duration(rest)*time.Second/time.Duration(rate)
}

// samplesIn is the number of samples in d, rounded down.
func samplesIn(d time.Duration, rate int) int64 {
	whole, rest := d/time.Second, d%time.Second
	return int64(whole)*int64(rate) + int64(rest)*int64(rate)/int64(time.Second)
}
