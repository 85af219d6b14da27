package station

import (
	"context"
	"sync"
	"time"

	"rtty/modem"
)

// How the kept audio is decoded: in stretches, the newest first, each with some
// audio before it in which the receiver finds the signal and some after it that
// settles the last characters.
const (
	stretchTime = 30 * time.Second
	stretchLead = 5 * time.Second
	stretchTail = 3 * time.Second
	yieldBehind = 100 * time.Millisecond // live decoding lags: let it go first
	yieldTime   = 20 * time.Millisecond
)

// archive decodes the kept audio beside the live one. A new wish ends the one
// before.
type archive struct {
	board  *board
	ring   *ring
	behind func() time.Duration

	mu     sync.Mutex
	cancel context.CancelFunc
	idle   sync.WaitGroup
}

func newArchive(b *board, r *ring, behind func() time.Duration) *archive {
	return &archive{board: b, ring: r, behind: behind, cancel: func() {}}
}

// Decode posts what was sent between two positions as Past events.
func (a *archive) Decode(h hearing, from, to int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.cancel()
	ctx, cancel := context.WithCancel(context.Background())
	a.cancel = cancel
	if to <= from {
		return
	}
	a.idle.Go(func() { a.run(ctx, h, from, to) })
}

// Stop ends decoding and waits for it.
func (a *archive) Stop() {
	a.mu.Lock()
	a.cancel()
	a.mu.Unlock()
	a.idle.Wait()
}

func (a *archive) run(ctx context.Context, h hearing, from, to int64) {
	newest := true
	for end := to; end > from && ctx.Err() == nil; {
		start := max(from, end-samplesIn(stretchTime))
		a.progress(to-end, to-from)
		chars := a.stretch(ctx, h, start, end)
		if ctx.Err() != nil {
			return
		}
		if len(chars) > 0 {
			a.board.post(Event{
				Kind: Past, At: a.ring.Time(start), Begin: a.ring.Time(start), End: a.ring.Time(end),
				Chars: chars, Signal: h.signal, Newest: newest,
			})
			newest = false
		}
		end = start
	}
	a.progress(0, 0)
}

func (a *archive) progress(decoded, wanted int64) {
	a.board.set(func(s *Snapshot) {
		s.Receive.Past.Decoded, s.Receive.Past.Wanted = duration(decoded), duration(wanted)
	})
}

// stretch decodes the characters that began between two positions.
func (a *archive) stretch(ctx context.Context, h hearing, start, end int64) []modem.Char {
	first, last := a.ring.Bounds()
	from := max(first, start-samplesIn(stretchLead))
	to := min(last, end+samplesIn(stretchTail))
	h.ahead = true
	ear, err := newEar(0, h, from)
	if err != nil {
		return nil // the live receiver has said so
	}
	var chars []modem.Char
	keep := func(final []modem.Char) {
		for _, c := range final {
			if c.Start >= start && c.Start < end {
				chars = append(chars, c)
			}
		}
	}
	buffer := make([]float32, samplesIn(statusTime))
	for from < to && a.wait(ctx) == nil {
		n := a.ring.Read(buffer[:min(int64(len(buffer)), to-from)], from)
		if n == 0 {
			break
		}
		keep(ear.Hear(buffer[:n]))
		from += int64(n)
	}
	keep(ear.Settle())
	return chars
}

// wait lets live decoding go first.
func (a *archive) wait(ctx context.Context) error {
	for ctx.Err() == nil && a.behind() > yieldBehind {
		select {
		case <-ctx.Done():
		case <-time.After(yieldTime):
		}
	}
	return ctx.Err()
}
