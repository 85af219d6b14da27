package fsk

import (
	"fmt"
	"math"
	"time"

	"rtty/baudot"
)

// A shifter is a UART set to five bits.
type shifter interface {
	write(b byte) error
	discard() error // drops what has not begun
	close() error
}

// Asked for 45.45 Bd, a UART with an integer divider gives 45: 1 % slow, which a
// receiver makes up for at every start element. More would eat into the last
// unit.
const speedTolerance = 0.015

// A SpeedError tells that a port doesn't do the speed.
type SpeedError struct {
	Device string
	Want   float64 // Bd
	Got    float64 // Bd
}

func (e *SpeedError) Error() string {
	return fmt.Sprintf("%s runs at %g Bd when asked for %g: key by its DTR or RTS line, or use a real UART",
		e.Device, e.Got, e.Want)
}

// checkSpeed judges what a port says it runs at.
func checkSpeed(device string, want, got float64) error {
	if math.Abs(got-want) > speedTolerance*want {
		return &SpeedError{device, want, got}
	}
	return nil
}

// uart plays characters by writing them.
type uart struct{ shifter }

func (u uart) play(o *over, c baudot.Code, at time.Duration) (time.Duration, error) {
	if o.ended() {
		return at, nil
	}
	return at, u.write(byte(c))
}

func (u uart) rest() error { return u.discard() }

// newUARTKeyer sends through s, which runs at baud. The next character is
// written in the middle of the one that leaves, so that the shift register never
// runs dry and little is left to leave after Stop.
func newUARTKeyer(s shifter, baud float64, cfg Config) *sequence {
	length := characterTime(baud, cfg.StopBits)
	k := &sequence{
		instrument: uart{s},
		clock:      plainClock{time.Now()},
		lead:       length / 2,
		length:     length,
		onAir:      cfg.OnAir,
	}
	return k.start(func() {})
}
