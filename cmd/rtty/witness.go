package main

import (
	"errors"
	"sync"

	"rtty/audio"
)

// A witness is a source that remembers what damage ended it, which the exit
// code is to tell.
type witness struct {
	audio.Source
	mu     sync.Mutex
	damage *audio.DamageError
}

func (w *witness) Read(dst []float32) (audio.Block, error) {
	b, err := w.Source.Read(dst)
	w.mu.Lock()
	defer w.mu.Unlock()
	errors.As(err, &w.damage)
	return b, err
}

// testimony is the damage there was, if source had a witness.
func testimony(source audio.Source) error {
	w, ok := source.(*witness)
	if !ok {
		return nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.damage == nil {
		return nil
	}
	return w.damage
}
