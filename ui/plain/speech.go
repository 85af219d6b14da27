package plain

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"rtty/modem"
	"rtty/station"
)

// number is one that can be read aloud: at most so many decimals.
func number(x float64, decimals int) string {
	s := strconv.FormatFloat(math.Abs(x), 'f', decimals, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if x < 0 && s != "0" {
		return "minus " + s
	}
	return s
}

// tuning is where the receiver is, and how far off the signal.
func tuning(r station.Receive) string {
	where := fmt.Sprintf("Mark %s hertz. ", number(r.Signal.Mark, 1))
	low := r.Low()
	switch {
	case r.Searching:
		return where + "Looking for a signal."
	case !r.Found:
		return where + "No signal."
	case math.Abs(low) < 0.5:
		return where + "On frequency."
	case low > 0:
		return where + number(low, 0) + " hertz low."
	}
	return where + number(-low, 0) + " hertz high."
}

// described is a signal in words.
func described(s modem.Signal) string {
	return fmt.Sprintf("mark %s hertz, space %s hertz, shift %s, %s baud", number(s.Mark, 1), number(s.Space, 1), number(s.Shift(), 1), number(s.Baud, 2))
}

func squelch(level float64) string {
	switch level {
	case 0:
		return "automatic"
	case modem.SquelchOff:
		return "off"
	}
	return number(level, 2)
}

// spoken is a time in minutes and seconds.
func spoken(d time.Duration) string {
	seconds := int(d.Round(time.Second) / time.Second)
	if seconds < 60 {
		return fmt.Sprintf("%d seconds", seconds)
	}
	return fmt.Sprintf("%d minutes %d seconds", seconds/60, seconds%60)
}

func clock(t time.Time) string { return t.UTC().Format("15:04:05") }

// status tells everything, most important first.
func (c *Console) status(string) error {
	s := c.station.Snapshot()
	c.answer(phase(s))
	c.answer(tuning(s.Receive))
	if s.Rig.MarkHz > 0 {
		c.answer("Radio frequency of mark: " + number(s.Rig.MarkHz/1000, 3) + " kilohertz")
	}
	c.answer("Signal: " + described(s.Receive.Signal))
	c.answer(fmt.Sprintf("Preset: %s, sideband %s", orElse(s.Receive.Preset, "none, set by hand"), s.Receive.Sideband))
	if s.Receive.Found {
		c.answer(fmt.Sprintf("Signal to noise: %s decibels, quality %s percent", number(s.Receive.SNR, 0), number(100*s.Receive.Quality, 0)))
	}
	c.answer("Level: " + level(s.Receive))
	c.answer(fmt.Sprintf("AFC: %s, squelch %s, net %s, recording %s", yesOrNo(s.Receive.AFC), squelch(s.Receive.Squelch), yesOrNo(s.Transmit.Net), yesOrNo(s.Record.On)))
	c.answer("Own call: " + orElse(s.Operator.Call, "none"))
	c.answer("In contact: " + orNobody(s.Their.Call))
	if s.Transmit.Refusal != "" {
		c.answer("Transmit: " + s.Transmit.Refusal)
	}
	if left := c.waiting(); left != "" {
		c.answer("Waiting: " + left)
	}
	if s.Transmit.ID.Running {
		c.answer("Identification: due in " + spoken(s.Transmit.ID.Left))
	}
	c.device("Input", s.Input)
	c.device("Output", s.Output)
	c.rig(s.Rig)
	return nil
}

func level(r station.Receive) string {
	text := number(r.Level, 0) + " decibels"
	switch {
	case r.Level <= station.NoSound && r.Past.Kept == 0:
		return "none yet"
	case r.Level <= station.NoSound:
		return "no sound"
	case r.Peak >= 1:
		return text + ", too high: it clips"
	}
	return text
}

func phase(s *station.Snapshot) string {
	x := s.Transmit
	if x.Phase == station.Receiving {
		return "State: receiving"
	}
	text := "State: " + x.Phase.String()
	if x.Diddling {
		text += ", nothing waits to be sent"
	}
	if x.Left > 0 {
		text += ", time-out in " + spoken(x.Left)
	}
	return text
}

func (c *Console) device(label string, d station.Device) {
	if d.Name == "" && d.Waiting == "" {
		return
	}
	text := fmt.Sprintf("%s: %s", label, d.Name)
	if d.Rate > 0 {
		text += fmt.Sprintf(", %d samples per second", d.Rate)
	}
	if d.Xruns > 0 {
		text += fmt.Sprintf(", samples lost %d times", d.Xruns)
	}
	for _, trouble := range []string{d.Waiting, d.Silent} {
		if trouble != "" {
			text += "; " + trouble
		}
	}
	c.answer(text)
}

func (c *Console) rig(r station.Rig) {
	if r.Kind == "" {
		return
	}
	text := "Rig: " + r.Kind
	if r.State.Frequency > 0 {
		text += ", dial " + number(r.State.Frequency/1000, 3) + " kilohertz"
	}
	if r.State.Mode.Name != "" {
		text += ", mode " + r.State.Mode.Name
	}
	for _, trouble := range []string{r.State.Fault, r.Alarm} {
		if trouble != "" {
			text += "; " + trouble
		}
	}
	c.answer(text)
}

func (c *Console) heard(string) error {
	heard := c.station.Snapshot().Heard
	for _, h := range heard {
		c.answer(fmt.Sprintf("Heard: %s at %s UTC, %d times, mark %s hertz", h.Call, clock(h.At), h.Times, number(h.Mark, 0)))
	}
	if len(heard) == 0 {
		c.answer("Heard: nobody")
	}
	return nil
}
