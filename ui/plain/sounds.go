package plain

import (
	"io"
	"sync"
	"time"
)

// Sounds are heard at the terminal, never on the rig's sound card. Their methods
// return at once.
type Sounds interface {
	TransmitOn()
	TransmitOff()
	TimedOut() // the time-out timer has ended a transmission
}

// silence is no sounds.
type silence struct{}

func (silence) TransmitOn()  {}
func (silence) TransmitOff() {}
func (silence) TimedOut()    {}

// bellPause parts two bells: terminals drop one that comes at once after
// another.
const bellPause = 250 * time.Millisecond

// Bells rings the bell of a terminal: once when the transmitter comes on, twice
// when it goes off, three times when the time-out timer has let go of it.
func Bells(terminal io.Writer) Sounds { return &bells{w: terminal} }

type bells struct {
	mu sync.Mutex // so that two signals don't run into each other
	w  io.Writer
}

func (b *bells) TransmitOn()  { go b.ring(1) }
func (b *bells) TransmitOff() { go b.ring(2) }
func (b *bells) TimedOut()    { go b.ring(3) }

func (b *bells) ring(times int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := range times {
		if i > 0 {
			time.Sleep(bellPause)
		}
		if _, err := io.WriteString(b.w, "\a"); err != nil {
			return
		}
	}
	time.Sleep(2 * bellPause)
}
