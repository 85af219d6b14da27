package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// A SampleSink stores samples, as an audio file does.
type SampleSink interface {
	Write(samples []float32) error
	Close() error
}

// TapeOptions tell where and how to record.
type TapeOptions struct {
	Dir    string // made when it is missing
	Suffix string // of the file's name: ".wav", ".flac"
	Rate   int    // samples per second
	Create func(path string) (SampleSink, error)
	Clock  func() time.Time // nil: time.Now
	Fault  func(error)      // as in Options
	Limit  int              // samples kept in memory while they can't be written; 0: two minutes
}

// A Tape is a recording: samples in 2025-02-08_123456Z.wav, named for its
// first sample, and in 2025-02-08_123456Z.txt what was received and sent
// meanwhile, every line with the time within the recording. So that these times
// hold, sound that was lost on its way here is silence in the file, or after long
// the reason to begin another one. When the disk does not take it, the recording
// goes on in a new file afterwards, with what was kept in memory. Its methods may
// be called from any goroutine and, but for Close, return at once.
type Tape struct {
	options TapeOptions
	start   time.Time
	wake    chan struct{}
	done    chan struct{}

	mu      sync.Mutex
	blocks  []block
	entries []Entry
	next    int64 // index of the next sample
	passed  int64 // samples skipped since the last block
	held    int   // samples in memory
	lost    int   // samples
	name    string
	fault   error
	closed  bool
}

// A block is samples, the first of which is the index-th of the recording.
type block struct {
	index   int64
	passed  int64 // samples skipped before it
	samples []float32
}

// longestSilence is the longest gap that a file is filled up with silence for.
const longestSilence = 10 * time.Second

// Record begins a recording. That it can't be written is told by
// TapeOptions.Fault.
func Record(o TapeOptions) *Tape {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Limit == 0 {
		o.Limit = 120 * o.Rate
	}
	if o.Fault == nil {
		o.Fault = func(error) {}
	}
	t := &Tape{options: o, start: o.Clock().UTC(), wake: make(chan struct{}, 1), done: make(chan struct{})}
	t.name = t.stem(t.start) + o.Suffix
	go t.run()
	return t
}

func (t *Tape) stem(at time.Time) string {
	return filepath.Join(t.options.Dir, at.Format("2006-01-02_150405Z"))
}

// Name is the file that is recorded into.
func (t *Tape) Name() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.name
}

// Write records samples; the caller keeps the slice. The error is that of the
// disk, as long as there is one, and no reason to stop.
func (t *Tape) Write(samples []float32) error {
	t.mu.Lock()
	b := block{t.next, t.passed, append([]float32(nil), samples...)}
	t.next += int64(len(samples))
	if t.held+len(samples) > t.options.Limit || t.closed {
		t.lost += len(samples)
	} else {
		t.blocks = append(t.blocks, b)
		t.held += len(samples)
		t.passed = 0
	}
	err := t.fault
	t.mu.Unlock()
	t.nudge()
	return err
}

// Skip passes over samples that were lost before they could be recorded. The error
// is as that of Write.
func (t *Tape) Skip(samples int64) error {
	if samples <= int64(longestSilence.Seconds())*int64(t.options.Rate) {
		return t.Write(make([]float32, samples))
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.next += samples
	t.passed += samples
	return t.fault
}

// Add keeps an entry beside the samples.
func (t *Tape) Add(e Entry) {
	if e.At.IsZero() {
		e.At = t.options.Clock()
	}
	e.At = e.At.UTC()
	t.mu.Lock()
	// What is held is text of as long as samples are held.
	if len(t.entries) < maxTapeEntries {
		t.entries = append(t.entries, e)
	}
	t.mu.Unlock()
	t.nudge()
}

const maxTapeEntries = 10_000

func (t *Tape) nudge() {
	select {
	case t.wake <- struct{}{}:
	default:
	}
}

// Close ends the recording. It does not wait long for a disk that hangs; the
// error says how much is missing.
func (t *Tape) Close() error {
	t.mu.Lock()
	t.closed = true
	t.mu.Unlock()
	t.nudge()
	select {
	case <-t.done:
	case <-time.After(closeWait):
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if missing := t.held + t.lost; missing > 0 {
		seconds := float64(missing) / float64(t.options.Rate)
		return fmt.Errorf("closing the recording %s: %.1f s of sound are missing, the disk did not take them", t.name, seconds)
	}
	return t.fault
}

// run writes until the tape is closed.
func (t *Tape) run() {
	defer close(t.done)
	r := reel{tape: t, text: beside{lines: lines{start: t.start}}}
	fault := trouble{report: t.options.Fault}
	for {
		t.await(fault.present)
		t.mu.Lock()
		r.blocks = append(r.blocks, t.blocks...)
		r.text.entries = append(r.text.entries, t.entries...)
		t.blocks, t.entries = nil, nil
		closed := t.closed
		t.mu.Unlock()

		err := r.write()
		if closed {
			err = errors.Join(err, r.close())
		}
		t.settle(r.held(), err)
		fault.now(err)
		if closed {
			return
		}
	}
}

// await returns when there is something to write or, in trouble, when it is
// time for the next attempt.
func (t *Tape) await(inTrouble bool) {
	t.mu.Lock()
	closed := t.closed
	t.mu.Unlock()
	for wait := time.After(retryEvery); !closed; {
		select {
		case <-t.wake:
			t.mu.Lock()
			closed = t.closed
			t.mu.Unlock()
			if !inTrouble {
				return
			}
		case <-wait:
			return
		}
	}
}

func (t *Tape) settle(unwritten int, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.held = unwritten
	for _, b := range t.blocks {
		t.held += len(b.samples)
	}
	t.fault = err
}

// A reel is what the writing goroutine has in hand.
type reel struct {
	tape   *Tape
	blocks []block // not written yet
	sink   SampleSink
	next   int64 // index of the sample that sink expects
	text   beside
}

func (r *reel) held() int {
	n := 0
	for _, b := range r.blocks {
		n += len(b.samples)
	}
	return n
}

// write stores what there is. A file holds samples without a gap: behind one,
// and after an error, another file begins.
func (r *reel) write() error {
	for len(r.blocks) > 0 {
		b := r.blocks[0]
		if r.sink != nil && b.index != r.next {
			if err := r.close(); err != nil {
				return err
			}
		}
		if r.sink == nil {
			if err := r.open(b); err != nil {
				return fmt.Errorf("the recording can't be written, it is kept in memory: %w", err)
			}
		}
		if err := r.sink.Write(b.samples); err != nil {
			r.close()
			return fmt.Errorf("the recording can't be written, it is kept in memory: %w", err)
		}
		r.next = b.index + int64(len(b.samples))
		r.blocks = r.blocks[1:]
	}
	r.blocks = nil
	if r.sink == nil {
		return nil
	}
	return r.text.write()
}

// open begins a file with a block.
func (r *reel) open(b block) error {
	t := r.tape
	at := t.start.Add(time.Duration(float64(b.index) / float64(t.options.Rate) * float64(time.Second)))
	if err := os.MkdirAll(t.options.Dir, 0o755); err != nil {
		return err
	}
	name, err := unused(t.stem(at), t.options.Suffix)
	if err != nil {
		return err
	}
	if r.sink, err = t.options.Create(name); err != nil {
		r.sink = nil
		return err
	}
	r.text.begin(strings.TrimSuffix(name, t.options.Suffix)+".txt", at)
	gap := b.index - r.next
	passed := min(b.passed, gap) // none when that has been noted in a file that then failed
	r.missing(at, passed, "it was lost on its way from the sound device")
	r.missing(at, gap-passed, "the disk did not take it for too long")
	r.next = b.index
	t.mu.Lock()
	t.name = name
	t.mu.Unlock()
	return nil
}

// missing notes beside the recording what is not in it.
func (r *reel) missing(at time.Time, samples int64, why string) {
	if samples <= 0 {
		return
	}
	seconds := float64(samples) / float64(r.tape.options.Rate)
	r.text.entries = append(r.text.entries, Entry{At: at, Kind: Notice, Text: fmt.Sprintf(
		"%.1f s of sound are missing before this: %s", seconds, why)})
}

// unused is a name that no file has yet.
func unused(stem, suffix string) (string, error) {
	name := stem + suffix
	for n := 2; ; n++ {
		_, err := os.Lstat(name)
		if errors.Is(err, fs.ErrNotExist) {
			return name, nil
		}
		if err != nil {
			return "", err
		}
		name = fmt.Sprintf("%s-%d%s", stem, n, suffix)
	}
}

func (r *reel) close() error {
	if r.sink == nil {
		return nil
	}
	err := errors.Join(r.text.write(), r.sink.Close())
	r.text.files.close()
	r.sink = nil
	if err != nil {
		return fmt.Errorf("ending a recording: %w", err)
	}
	return nil
}

// beside is the text beside a recording.
type beside struct {
	path    string
	lines   lines
	entries []Entry // not written yet
	files   appender
}

func (b *beside) begin(path string, at time.Time) {
	b.path, b.lines = path, lines{start: at}
}

func (b *beside) write() error {
	for _, e := range b.entries {
		b.files.add(b.path, b.lines.add(e))
	}
	b.entries = nil
	return b.files.flush()
}
