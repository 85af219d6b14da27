package station

import (
	"context"
	"time"

	"rtty/modem"
	"rtty/rig"
)

// An Emission is what goes out between key-down and key-up.
type Emission struct {
	Signal modem.Signal
	Feed   modem.Feed
	Rest   bool // pauses are steady mark, not diddles
}

// An Exciter puts codes on the air while the transmitter is keyed. The station
// calls it from one goroutine.
type Exciter interface {
	// Begin readies an emission; nothing sounds yet.
	Begin(Emission) error
	// Lead lets that much time pass between the key and the first sound. It asks
	// going every 20 ms or so, whose error ends it and is returned.
	Lead(d time.Duration, going func() error) error
	// Step makes and hands over the next stretch, some 20 ms, and waits while
	// enough is queued. It returns io.EOF when all has been handed over. Any
	// other error means that nothing more can be sent.
	Step() error
	// Aired is how many codes of the feed have begun on the air, and how many
	// of them have been sent completely.
	Aired() (begun, complete int64)
	// Stop fades out; Step goes on until io.EOF.
	Stop()
	// Finish waits until all that was handed over has been on the air, and ends
	// the over.
	Finish() error
	// Abort ends the over at once, queued sound is dropped.
	Abort()
}

// A Morser is an Exciter that can key a tone in Morse code as well. One that
// shifts the transmitter itself can not: mark and space are all it has.
type Morser interface {
	// MorseAfter has text sent in Morse code when the emission that was begun has
	// ended: Step goes on, even if it has returned io.EOF, until all of it has
	// been handed over. Stop ends it too. Of c, the rate is the exciter's business.
	MorseAfter(text string, c modem.MorseConfig) error
}

// pause lets time pass while going has nothing against it.
func pause(d time.Duration, going func() error) error {
	for end := time.Now().Add(d); ; {
		if err := going(); err != nil {
			return err
		}
		left := time.Until(end)
		if left <= 0 {
			return nil
		}
		time.Sleep(min(left, stepTime))
	}
}

// A Transceiver is the key, and what the radio tells of itself. Its methods may
// be called from any goroutine.
type Transceiver interface {
	// Key keys the transmitter and returns when that is confirmed, or as sure as
	// the interface can be. An error means that it is not, or no longer, keyed.
	// After limit it lets go by itself.
	Key(ctx context.Context, limit time.Duration) error
	// Unkey lets go. An error means that the transmitter may still be keyed.
	Unkey(reason string) error
	// Beat says that transmit audio flows. Without it the key is let go.
	Beat()
	// State is what was last known.
	State() rig.State
}
