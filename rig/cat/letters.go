package cat

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"rtty/rig"
)

// Commands of letters, as Kenwood invented them and Elecraft and Yaesu took
// them up: two or three letters, parameters of fixed width, a semicolon. A
// question is the letters alone. What can't be done is answered ?; and what is
// set not at all.

// nextLetters finds the first message, without its semicolon.
func nextLetters(received []byte) (message []byte, taken int) {
	end := bytes.IndexByte(received, ';')
	if end < 0 {
		return nil, 0
	}
	return received[:end], end + 1
}

// letters asks questions in such a language.
type letters struct {
	line   *line
	advice string
}

// get asks and gives what follows the letters of the answer. size is how many
// bytes that must be, or 0 for any number.
func (l *letters) get(asked, command string, size int) (value string, err error) {
	return l.exchange(asked, "", command, size)
}

// exchange sends first what is set, if anything, then the question.
func (l *letters) exchange(asked, set, command string, size int) (value string, err error) {
	q := l.question(asked, set+command+";")
	if set != "" {
		q.patience = max(settingPatience, l.line.timeout)
	}
	q.accept = func(message []byte) (bool, error) {
		m := string(message)
		switch m {
		case "?":
			return false, rig.ErrRefused
		case "E", "O":
			return false, fmt.Errorf("%w: it didn't receive the question whole", ErrGarbled)
		}
		rest, ok := strings.CutPrefix(m, command)
		switch {
		case !ok, rest == "":
			return false, nil // of its own accord, or an echo of the question
		case size > 0 && len(rest) != size:
			return false, fmt.Errorf("%w: %d characters in place of %d", ErrGarbled, len(rest), size)
		}
		value = rest
		return true, nil
	}
	return value, l.line.ask(q)
}

// tell sends what is not answered.
func (l *letters) tell(asked, command string, urgent bool) error {
	q := l.question(asked, command+";")
	q.urgent = urgent
	return l.line.ask(q)
}

func (l *letters) question(asked, send string) question {
	return question{
		asked:  asked,
		send:   []byte(send),
		shown:  send,
		advice: l.advice,
		next:   nextLetters,
		show:   func(b []byte) string { return strconv.Quote(string(b)) },
	}
}

// garbled is an answer that makes no sense.
func (l *letters) garbled(asked, command, value string) error {
	return &Error{
		Device: l.line.device, Asked: asked, Sent: command + ";",
		Got: strconv.Quote(command + value), Err: ErrGarbled,
	}
}

// figure asks for digits.
func (l *letters) figure(asked, command string, size int) (float64, error) {
	value, err := l.get(asked, command, size)
	if err != nil {
		return 0, err
	}
	n, ok := number(value)
	if !ok {
		return 0, l.garbled(asked, command, value)
	}
	return float64(n), nil
}

// frequency asks for digits in Hz and tells how many there were.
func (l *letters) frequency(asked, command string) (hz float64, digits int, err error) {
	value, err := l.get(asked, command, 0)
	if err != nil {
		return 0, 0, err
	}
	n, ok := number(value)
	if !ok || len(value) < 8 || len(value) > 11 {
		return 0, 0, l.garbled(asked, command, value)
	}
	return float64(n), len(value), nil
}

// setFrequency sets and reads back. A transceiver may round to the 10 Hz that
// it shows.
func (l *letters) setFrequency(command string, digits int, hz float64) error {
	value, err := frequencyDigits(hz, digits)
	if err != nil {
		return err
	}
	return l.settle("setting the frequency", command, value, func(got string) bool {
		n, ok := number(got)
		return ok && math.Abs(float64(n)-hz) <= 10
	})
}

// set sets and reads back.
func (l *letters) set(asked, command, value string) error {
	return l.settle(asked, command, value, func(got string) bool { return got == value })
}

// A change of band moves relays: an Elecraft answers half a second later.
const (
	settingPatience = 1500 * time.Millisecond
	settlings       = 6
	settlingPause   = 30 * time.Millisecond
)

// settle sets, and asks until the transceiver shows what it should: some show
// the old value for a moment.
func (l *letters) settle(asked, command, value string, right func(string) bool) error {
	got, err := l.exchange(asked, command+value+";", command, len(value))
	for i := 0; err == nil && !right(got); i++ {
		if i == settlings {
			return &Error{
				Device: l.line.device, Asked: asked, Sent: command + value + ";",
				Got: strconv.Quote(command + got), Err: ErrNotDone,
			}
		}
		time.Sleep(settlingPause)
		got, err = l.get(asked, command, len(value))
	}
	return err
}

// frequencyDigits writes a frequency with leading zeros.
func frequencyDigits(hz float64, digits int) (string, error) {
	rounded := math.Round(hz)
	if !(rounded >= 0 && rounded < math.Pow10(digits)) {
		return "", fmt.Errorf("%.0f Hz can't be set", hz)
	}
	return fmt.Sprintf("%0*d", digits, int64(rounded)), nil
}

// number reads plain digits.
func number(s string) (int64, bool) {
	if s == "" || len(s) > 11 {
		return 0, false
	}
	n := int64(0)
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + int64(c-'0')
	}
	return n, true
}

// signed reads digits with a sign before them, or a space for plus.
func signed(s string) (int64, bool) {
	if s == "" {
		return 0, false
	}
	n, ok := number(s[1:])
	switch s[0] {
	case '+', ' ':
		return n, ok
	case '-':
		return -n, ok
	}
	return 0, false
}
