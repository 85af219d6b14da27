// Package journal keeps what was heard and sent: the log of the day as a text
// file, and recordings with their text beside them.
//
// # The log of the day
//
// Every day, UTC, has a file of its own, 2025-02-08.txt, to which is only ever
// appended. People read it, and so can a program:
//
//	12:34:56Z RX   14080.00 kHz  CQ CQ DE DL1ABC DL1ABC K
//	12:35:10Z ON   14080.00 kHz  keyboard
//	12:35:10Z TX   14080.00 kHz  DL1ABC DE W1AW
//	12:35:21Z OFF  14080.00 kHz  sent
//	12:35:22Z --                 the sound card is back
//
// RX is received, TX sent, ON and OFF are the key, PAST is what was received
// before anybody tuned to it and decoded later. A line has the time at which its first character was on the air. Frequencies
// are of mark, on the air in kHz or, where that isn't known, in the audio in Hz.
// A line of text ends where it ended on the air, after a pause, when the
// direction or the frequency changes, and when it gets long.
//
// Characters are written as they come. What is on the disk after a crash may
// end within a line; the next start ends it.
//
// # When the disk doesn't take it
//
// Nothing here waits for a disk. A goroutine writes; when it can't, because the
// disk is full, the directory can't be written or the disk hangs, the operator
// is told once, and what comes is kept in memory until it can. The memory is
// bounded: what comes when it is full is counted and lost, and the file says
// so.
package journal

import (
	"fmt"
	"path/filepath"
	"sync"
	"time"
)

// Kind says what an Entry is.
type Kind uint8

const (
	Received Kind = iota // text, as it comes: a character or more
	Sent                 // likewise
	KeyDown              // Text is the reason
	KeyUp                // likewise
	Notice               // a sentence
	Past                 // text received before anybody tuned to it, decoded later
)

// An Entry is something to be kept.
type Entry struct {
	At     time.Time // zero: now
	Kind   Kind
	Text   string
	RFHz   float64 // radio frequency of mark; 0 when not known
	MarkHz float64 // audio frequency of mark; 0 when it has none
}

// Options tell where a journal is kept.
type Options struct {
	Dir   string           // made when it is missing
	Clock func() time.Time // nil: time.Now
	// Fault is called when the journal can't be written, once, and with nil when
	// it can be again. It runs in a goroutine of the journal and must not wait.
	Fault func(error)
	Limit int // bytes kept in memory while it can't be written; 0: 4 MiB
}

const (
	defaultLimit = 4 << 20
	entryCost    = 64              // bytes an entry is counted with, beside its text
	syncEvery    = 2 * time.Second // what a power failure may take
	retryEvery   = 2 * time.Second // while the disk refuses
	closeWait    = 2 * time.Second // for a disk that hangs
)

// A Journal is a log of the day. Its methods may be called from any goroutine
// and, but for Close, return at once.
type Journal struct {
	options Options
	wake    chan struct{}
	done    chan struct{}

	mu      sync.Mutex
	pending []Entry
	held    int // bytes in memory
	lost    int // entries since the last report
	closed  bool
}

// Open begins a journal. That its directory can't be written is told by
// Options.Fault.
func Open(o Options) *Journal {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Limit == 0 {
		o.Limit = defaultLimit
	}
	if o.Fault == nil {
		o.Fault = func(error) {}
	}
	j := &Journal{options: o, wake: make(chan struct{}, 1), done: make(chan struct{})}
	go j.run()
	return j
}

// Add keeps an entry.
func (j *Journal) Add(e Entry) {
	if e.At.IsZero() {
		e.At = j.options.Clock()
	}
	e.At = e.At.UTC()
	cost := len(e.Text) + entryCost
	j.mu.Lock()
	switch {
	case j.closed:
	case j.held+cost > j.options.Limit:
		j.lost++
	default:
		j.pending = append(j.pending, e)
		j.held += cost
	}
	j.mu.Unlock()
	j.nudge()
}

func (j *Journal) nudge() {
	select {
	case j.wake <- struct{}{}:
	default:
	}
}

// Close writes what is left. It does not wait long for a disk that hangs; the
// error says how much is lost then.
func (j *Journal) Close() error {
	j.mu.Lock()
	j.closed = true
	j.mu.Unlock()
	j.nudge()
	select {
	case <-j.done:
	case <-time.After(closeWait):
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.held > 0 || j.lost > 0 {
		return fmt.Errorf("closing the journal in %s: it can't be written, some %d bytes and %d entries are lost", j.options.Dir, j.held, j.lost)
	}
	return nil
}

// take is what came since the last time.
func (j *Journal) take() (entries []Entry, lost int, closed bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	entries, lost, closed = j.pending, j.lost, j.closed
	j.pending, j.lost = nil, 0
	return entries, lost, closed
}

// settle tells how much is held that could not be written, and how many
// entries are lost without the file saying so.
func (j *Journal) settle(unwritten, lost int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.held = unwritten
	for _, e := range j.pending {
		j.held += len(e.Text) + entryCost
	}
	j.lost += lost
}

// run writes until the journal is closed.
func (j *Journal) run() {
	defer close(j.done)
	book := book{dir: j.options.Dir}
	fault := trouble{report: j.options.Fault}
	for {
		j.await(&book.files, fault.present)
		entries, lost, closed := j.take()
		for _, e := range entries {
			book.put(e)
		}
		err := book.files.flush()
		if err == nil && lost > 0 {
			book.put(Entry{At: j.options.Clock().UTC(), Kind: Notice, Text: lossNotice(lost)})
			err, lost = book.files.flush(), 0
		}
		j.settle(book.files.unwritten(), lost)
		fault.now(err)
		if closed {
			book.files.close()
			return
		}
	}
}

// A book is the files of the days.
type book struct {
	dir   string
	day   string
	lines lines
	files appender
}

// put adds an entry to the file of its day. A clock that is set back doesn't
// lead back to yesterday's.
func (b *book) put(e Entry) {
	if day := e.At.Format(time.DateOnly); day > b.day {
		b.files.add(b.path(), b.lines.end())
		b.day = day
	}
	b.files.add(b.path(), b.lines.add(e))
}

func (b *book) path() string { return filepath.Join(b.dir, b.day+".txt") }

func lossNotice(n int) string {
	return fmt.Sprintf("%d entries are missing above: the disk did not take them for too long", n)
}

// await returns when there is something to write. In trouble it waits before
// the next attempt; otherwise it brings to the disk what lies in the system's
// memory, when it is time to.
func (j *Journal) await(files *appender, inTrouble bool) {
	retry := time.NewTimer(retryEvery)
	defer retry.Stop()
	for {
		j.mu.Lock()
		closed := j.closed
		j.mu.Unlock()
		if closed {
			return
		}
		if !inTrouble {
			retry.Reset(files.untilSync())
		}
		select {
		case <-j.wake:
			if !inTrouble {
				return
			}
		case <-retry.C:
			if inTrouble {
				return
			}
			files.sync()
		}
	}
}

// trouble reports that something fails, once, and that it works again.
type trouble struct {
	report  func(error)
	present bool
}

func (t *trouble) now(err error) {
	if (err != nil) != t.present {
		t.present = err != nil
		t.report(err)
	}
}
