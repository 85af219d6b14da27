// Package audio is where samples come from and where they go: recordings,
// pipes and, in later files, sound cards and the network. It knows nothing of
// what the samples mean.
//
// Samples are float32, full scale is ±1, one channel. Streams are read as
// package io reads bytes: into the caller's buffer, by plain calls.
package audio

import "time"

// A Block tells what one Read put into the caller's buffer.
type Block struct {
	N     int   // samples written, from the start of the buffer
	Index int64 // number of the first of them since the source was opened, lost samples counted
	Gap   bool  // samples were lost just before the first of them
}

// A Source gives the samples of one channel.
type Source interface {
	// Rate is the number of samples per second.
	Rate() int
	// Anchor is the time, UTC, of sample 0; zero when nothing tells it.
	Anchor() time.Time
	// Read fills dst as far as it can without waiting for more than it has to,
	// at least one sample unless it fails. At the end it returns io.EOF, with
	// N = 0. A *DamageError says that the stream ended before its time or is
	// corrupt; samples before the damage have been delivered by then.
	Read(dst []float32) (Block, error)
	Close() error
}

// A Sink takes samples to be played or stored.
type Sink interface {
	Rate() int
	// Write takes all of src or returns an error.
	Write(src []float32) error
	// Latency is how long a sample written now waits until it is played.
	Latency() time.Duration
	// Played is the number of samples that have left the sink.
	Played() int64
	// Drain waits until everything written has been played.
	Drain() error
	// Abort throws away what has not been played yet.
	Abort() error
	Close() error
}
