package station

import (
	"sync"
	"time"
)

// rowsKept is how many waterfall rows a slow screen may be behind.
const rowsKept = 600

// board is where the parts of the station write what they want seen, and where
// screens read it.
type board struct {
	clock  func() time.Time
	markHz func(tone float64) float64 // radio frequency of a tone; nil: never known

	mu       sync.Mutex
	now      Snapshot
	history  history
	rows     [rowsKept]Row
	nextRow  int64
	watchers map[chan struct{}]struct{}
}

func newBoard(clock func() time.Time) *board {
	return &board{clock: clock, watchers: map[chan struct{}]struct{}{}}
}

// set changes the state. Slices in it are replaced, never written to, since
// snapshots share them.
func (b *board) set(change func(*Snapshot)) {
	b.mu.Lock()
	change(&b.now)
	b.mu.Unlock()
	b.wake()
}

func (b *board) snapshot() *Snapshot {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := b.now
	s.At = b.clock().UTC()
	return &s
}

// post adds an event; one that says nothing of its time happens now.
func (b *board) post(e Event) {
	if e.At.IsZero() {
		e.At = b.clock()
	}
	e.At = e.At.UTC()
	b.mu.Lock()
	e.Origin = b.now.Origin
	if b.markHz != nil && !(e.Origin == File && e.Kind.heard()) {
		e.MarkHz = b.markHz(e.Signal.Mark)
	}
	b.history.add(e)
	b.mu.Unlock()
	b.wake()
}

func (b *board) notice(text string) { b.post(Event{Kind: Notice, Text: text}) }

func (b *board) events(since int64) []Event {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.history.since(since)
}

func (b *board) addRow(r Row) {
	b.mu.Lock()
	r.Seq = b.nextRow
	b.rows[r.Seq%rowsKept] = r
	b.nextRow++
	b.mu.Unlock()
	b.wake()
}

func (b *board) rowsSince(seq int64) []Row {
	b.mu.Lock()
	defer b.mu.Unlock()
	var rows []Row
	for seq = max(seq, b.nextRow-rowsKept, 0); seq < b.nextRow; seq++ {
		rows = append(rows, b.rows[seq%rowsKept])
	}
	return rows
}

// watch gives a channel that holds something when there is something new.
func (b *board) watch() (wake <-chan struct{}, cancel func()) {
	c := make(chan struct{}, 1)
	b.mu.Lock()
	b.watchers[c] = struct{}{}
	b.mu.Unlock()
	return c, func() {
		b.mu.Lock()
		delete(b.watchers, c)
		b.mu.Unlock()
	}
}

func (b *board) wake() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for c := range b.watchers {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}
