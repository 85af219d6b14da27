package station

import (
	"fmt"
	"sync"

	"rtty/journal"
)

// A Tape stores what is heard, with the text beside it.
type Tape interface {
	Name() string
	// Write stores samples, AudioRate a second. It does not wait for a slow disk.
	Write(samples []float32) error
	// Skip passes over samples that the source has lost.
	Skip(samples int64) error
	Add(journal.Entry)
	Close() error
}

// recorder puts the audio on tape while it is switched on.
type recorder struct {
	board *board
	open  func() (Tape, error) // nil when there is nothing to record on

	mu    sync.Mutex
	tape  Tape // nil while off
	fault string
}

// Switch begins a recording, or ends it.
func (r *recorder) Switch(on bool) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case on == (r.tape != nil):
		return nil
	case !on:
		err, name := r.tape.Close(), r.tape.Name()
		r.tape = nil
		if err == nil {
			r.board.notice("recorded in " + name)
		}
		r.board.set(func(s *Snapshot) { s.Record = Recording{} })
		return err
	case r.open == nil:
		return fmt.Errorf("recording is not set up here")
	}
	tape, err := r.open()
	if err != nil {
		return err
	}
	r.tape = tape
	r.board.notice("recording into " + tape.Name())
	now := r.board.clock()
	r.board.set(func(s *Snapshot) { s.Record = Recording{On: true, Name: tape.Name(), Since: now} })
	return nil
}

// Add records samples.
func (r *recorder) Add(samples []float32) {
	r.record(func(t Tape) error { return t.Write(samples) })
}

// Skip leaves the room of samples that were lost.
func (r *recorder) Skip(samples int64) {
	r.record(func(t Tape) error { return t.Skip(samples) })
}

func (r *recorder) record(on func(Tape) error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.tape == nil {
		return
	}
	fault := ""
	if err := on(r.tape); err != nil {
		fault = err.Error()
	}
	if fault != r.fault {
		r.fault = fault
		r.board.set(func(s *Snapshot) { s.Record.Fault = fault })
	}
}

// Note puts text beside the recording.
func (r *recorder) Note(e journal.Entry) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.tape != nil {
		r.tape.Add(e)
	}
}
