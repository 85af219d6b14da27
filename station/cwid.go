package station

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"rtty/modem"
)

// CWID is identification in Morse code, in addition to that in the text. The zero
// value sends none.
type CWID struct {
	When  CWWhen
	WPM   int     // words per minute, modem.MinWPM to modem.MaxWPM; 0: 18
	Tone  float64 // Hz; 0: the mark tone
	Level float64 // dBFS; 0: modem.DefaultLevel
}

// CWWhen is when Morse code is sent.
type CWWhen uint8

const (
	CWNever     CWWhen = iota
	CWOnRequest        // with Identify
	CWAfterOver        // at the end of every over that is not stopped
)

// ParseCWWhen reads off, request or over.
func ParseCWWhen(name string) (CWWhen, error) {
	for when, known := range []string{"off", "request", "over"} {
		if name == known {
			return CWWhen(when), nil
		}
	}
	return 0, fmt.Errorf("identification in Morse code %q: can be off, request or over", name)
}

// cwPause parts the Morse code from the teleprinter signal before it.
const cwPause = 300 * time.Millisecond

// morse is how Morse code sounds beside a signal.
func (c CWID) morse(signal modem.Signal) modem.MorseConfig {
	return modem.MorseConfig{
		WPM: cmp.Or(c.WPM, 18), Tone: cmp.Or(c.Tone, signal.Mark), Level: cmp.Or(c.Level, modem.DefaultLevel), Pause: cwPause,
	}
}

// check tells whether an exciter can identify so.
func (c CWID) check(exciter Exciter, signal modem.Signal) error {
	if c.When == CWNever || exciter == nil {
		return nil
	}
	if _, ok := exciter.(Morser); !ok {
		return errors.New("identification in Morse code needs a tone to key, which FSK keying has not: send AFSK, or set id.cw to off")
	}
	morse := c.morse(signal)
	morse.Rate = AudioRate
	return morse.Validate()
}

// sign begins the own call in Morse code behind an over, if it is wanted and has
// not been sent.
func (t *sending) sign(o order) (begun bool, err error) {
	morser, ok := t.exciter.(Morser)
	if !ok || o.ctx.Err() != nil || !o.over.morse.Swap(false) {
		return false, nil
	}
	text := "DE " + t.ident.call
	if err := morser.MorseAfter(text, t.cw.morse(o.signal)); err != nil {
		return false, err
	}
	t.board.notice("in Morse code: " + text)
	t.signed = true
	return true, nil
}

// signOff takes note of Morse code that is on the air completely: it identifies
// as well as text does.
func (t *sending) signOff(o order) {
	if !t.signed || o.ctx.Err() != nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ident.Called(t.board.clock())
}
