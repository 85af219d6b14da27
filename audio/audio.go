// Package audio is where samples come from and where they go: recordings,
// pipes, sound cards and the network. It knows nothing of what the samples mean.
//
// Samples are float32, full scale is ±1, one channel. Streams are read as
// package io reads bytes: into the caller's buffer, by plain calls.
//
// # Recordings
//
// A receiver's audio is three kilohertz wide at the most, so 8 kHz and 16 bits
// are plenty: that reaches to 4 kHz, and the noise of rounding lies more than
// 90 dB below full scale, where the receiver's own noise drowns it. Rates from
// 6 to 192 kHz are read. What harms a recording is a level so high that peaks
// are clipped, compression made for music or speech (MP3 at low rates smears
// the edges between mark and space), and automatic gain and noise suppression
// on the way into the computer.
//
// [Open] reads WAV and FLAC, whichever way they came about: it goes by the
// content and not by the name, needs no seeking, and holds 64 KiB of the
// recording, or a frame of FLAC, however long it is. Samples without a header
// are read when [Options] tell their format, as in
//
//	arecord -t raw -f S16_LE -r 12000 | rtty decode --format s16le --rate 12000 -
//
// The lengths in WAV headers are often wrong. A program that writes into a pipe
// can't know them, one that crashed didn't come to write them, and four bytes
// can't count beyond 4 GiB. So the header is believed only where the input
// bears it out; otherwise samples are read to the end of the input. What ends
// before its header says, or is corrupt, is delivered up to there and then
// reported by a [DamageError]; what is no recording at all, by a [FormatError]
// that says what it is instead.
//
// [Create] writes WAV files, or raw samples into a pipe.
//
// # Live sound
//
// [Devices] lists sound cards, [OpenInput] and [OpenOutput] open one by a name
// that stays the same. Behind them are drivers, of which some are built in only
// where their C library is.
//
// Sound cards are pulled out, sound servers are restarted, and some freeze so
// that a call to them never returns. A station has to live with that: hence
// [LiveInput], which goes on for ever, with indices that keep the time over
// every gap, and [LiveOutput], of which no call takes longer than a moment, so
// that a transmitter is not left keyed by a call that hangs. Both tell their
// [Condition] in one sentence.
//
// Little sound is queued on the way out, 100 ms unless it is asked for more:
// that is what still goes on the air, with VOX, after everything was stopped.
// Drain sees to it that the end of an over is heard, and Played tells to some
// milliseconds what is, so that characters can be shown when they go on the air.
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
