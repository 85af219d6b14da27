package plain

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"rtty/modem"
	"rtty/station"
)

// defaultPast is how far /past goes back.
const defaultPast = 3 * time.Minute

// send is text without a command: it waits to be sent, or goes out when the
// transmitter is on.
func (c *Console) send(text string) error {
	if text == "" {
		return nil
	}
	if err := c.station.Type(text + "\n"); err != nil {
		return fmt.Errorf("not taken: %s: %w", text, err)
	}
	if c.sending() {
		return nil
	}
	c.note(waits(text))
	return nil
}

// waits tells that text waits to be sent, and what can be done about it.
func waits(text string) string {
	return "Waiting: " + text + " (/tx sends it, /clear throws it away)"
}

func (c *Console) transmit(text string) error {
	var err error
	if text == "" {
		err = c.station.Transmit(station.Keyboard)
	} else {
		err = c.station.Send(station.Keyboard, text+"\n")
	}
	if err != nil && text != "" {
		return fmt.Errorf("not sent: %s: %w", text, err)
	}
	return c.asked(err)
}

func (c *Console) receive(string) error { return c.station.ReceiveWhenSent() }

func (c *Console) stop(string) error {
	c.station.Stop("stop command")
	return nil
}

func (c *Console) clear(string) error {
	c.station.ClearQueue()
	c.note("Waiting: nothing")
	return nil
}

func (c *Console) call(call string) error {
	if call == "" {
		c.answer("In contact: " + orNobody(c.station.Snapshot().Their.Call))
		return nil
	}
	if err := c.station.TakeCall(call); err != nil {
		return err
	}
	c.note("In contact: " + orNobody(c.station.Snapshot().Their.Call))
	return nil
}

func (c *Console) macro(which string) error {
	macros := c.station.Macros()
	if which == "" {
		for _, m := range macros {
			c.answer(fmt.Sprintf("Macro %s: %s", macroNumber(m), m.Label))
		}
		if len(macros) == 0 {
			c.answer("Macros: none")
		}
		return nil
	}
	for _, name := range []func(station.MacroLabel) string{macroNumber, macroLabel} {
		for _, m := range macros {
			if strings.EqualFold(which, name(m)) {
				return c.asked(c.station.Macro(m.Bank, m.Index))
			}
		}
	}
	return fmt.Errorf("there is no macro %q; /macro lists them", which)
}

// macroNumber is what is typed for a macro.
func macroNumber(m station.MacroLabel) string {
	number := strconv.Itoa(m.Index + 1)
	if m.Bank == station.Pounce {
		return "pounce " + number
	}
	return number
}

func macroLabel(m station.MacroLabel) string { return m.Label }

func (c *Console) identify(string) error { return c.asked(c.station.Identify()) }

func (c *Console) carrier(kind string) error {
	steady := station.SteadyMark
	if kind != "" {
		if _, err := choice(kind, "ry"); err != nil {
			return err
		}
		steady = station.SteadyRY
	}
	return c.asked(c.station.Carrier(steady))
}

func (c *Console) enable(arg string) error {
	return c.toggle("Transmit enabled", arg, c.station.Snapshot().Transmit.Enabled, c.station.EnableTransmit)
}

// toggle turns something on or off, or tells which it is.
func (c *Console) toggle(label, arg string, now bool, set func(bool) error) error {
	if arg == "" {
		c.answer(label + ": " + yesOrNo(now))
		return nil
	}
	off, err := choice(arg, "on", "off")
	if err != nil {
		return err
	}
	if err := set(off == 0); err != nil {
		return err
	}
	c.note(label + ": " + yesOrNo(off == 0))
	return nil
}

func (c *Console) afc(arg string) error {
	return c.toggle("AFC", arg, c.station.Snapshot().Receive.AFC, never(c.station.SetAFC))
}

func (c *Console) net(arg string) error {
	return c.toggle("Net", arg, c.station.Snapshot().Transmit.Net, never(c.station.SetNet))
}

func (c *Console) record(arg string) error {
	return c.toggle("Recording", arg, c.station.Snapshot().Record.On, c.station.Record)
}

// never makes a switch that can't fail one that could.
func never(set func(bool)) func(bool) error {
	return func(on bool) error {
		set(on)
		return nil
	}
}

func (c *Console) tune(arg string) error {
	receive := c.station.Snapshot().Receive
	if arg == "" {
		c.answer(tuning(receive))
		return nil
	}
	hz, err := strconv.ParseFloat(strings.TrimPrefix(arg, "+"), 64)
	if err != nil {
		return fmt.Errorf("%q is no frequency in hertz, such as 2125, +10 or -10", arg)
	}
	if strings.HasPrefix(arg, "+") || strings.HasPrefix(arg, "-") {
		hz += receive.Signal.Mark
	}
	return c.station.Tune(hz)
}

func (c *Console) preset(name string) error {
	if name != "" {
		return c.station.SetPreset(name)
	}
	c.answer("Preset: " + orElse(c.station.Snapshot().Receive.Preset, "none, set by hand"))
	for _, p := range modem.Presets() {
		c.answer(fmt.Sprintf("Preset %s: %s", p.Name, p.About))
	}
	return nil
}

func (c *Console) sideband(arg string) error {
	if arg == "" {
		c.answer("Sideband: " + c.station.Snapshot().Receive.Sideband.String())
		return nil
	}
	which, err := choice(arg, modem.USB.String(), modem.LSB.String())
	if err != nil {
		return err
	}
	return c.station.SetSideband([]modem.Sideband{modem.USB, modem.LSB}[which])
}

func (c *Console) reverse(string) error { return c.station.Reverse() }

func (c *Console) auto(string) error { return c.station.Auto() }

func (c *Console) squelch(arg string) error {
	if arg == "" {
		c.answer("Squelch: " + squelch(c.station.Snapshot().Receive.Squelch))
		return nil
	}
	level, err := parseSquelch(arg)
	if err == nil {
		err = c.station.SetSquelch(level)
	}
	if err == nil {
		c.note("Squelch: " + squelch(level))
	}
	return err
}

func parseSquelch(arg string) (float64, error) {
	switch strings.ToLower(arg) {
	case "auto":
		return 0, nil
	case "off":
		return modem.SquelchOff, nil
	}
	level, err := strconv.ParseFloat(arg, 64)
	if err != nil || !(level > 0 && level <= 1) {
		return 0, fmt.Errorf("%q is none of auto, off, or a probability above 0 and up to 1", arg)
	}
	return level, nil
}

func (c *Console) past(arg string) error {
	back := defaultPast
	if arg != "" {
		minutes, err := strconv.ParseFloat(arg, 64)
		if err != nil || !(minutes > 0 && minutes <= 24*60) {
			return fmt.Errorf("%q is no number of minutes", arg)
		}
		back = time.Duration(minutes * float64(time.Minute))
	}
	return c.station.DecodePast(back)
}

func (c *Console) flow(arg string) error {
	if arg != "" {
		f, err := ParseFlow(strings.ToLower(arg))
		if err != nil {
			return err
		}
		c.paper.flush()
		c.paper.flow = f
	}
	c.answer("Flow: " + c.paper.flow.String())
	return nil
}

func (c *Console) verbose(arg string) error {
	if arg != "" {
		v, err := ParseVerbosity(strings.ToLower(arg))
		if err != nil {
			return err
		}
		c.verbosity = v
	}
	c.answer("Verbosity: " + c.verbosity.String())
	return nil
}

func (c *Console) help(name string) error {
	if name != "" {
		cmd, err := find(strings.ToLower(strings.TrimPrefix(name, "/")))
		if err != nil {
			return err
		}
		c.answer(cmd.usage() + ": " + cmd.about)
		return nil
	}
	for _, cmd := range commands() {
		c.answer(cmd.usage() + ": " + cmd.about)
	}
	c.answer("Any other line is text to be sent. Esc or /stop stops a transmission, Ctrl-C too.")
	return nil
}

// errQuit ends Run.
var errQuit = errors.New("quit")

func (c *Console) quit(string) error { return errQuit }

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func orNobody(call string) string { return orElse(call, "nobody") }

func yesOrNo(on bool) string {
	if on {
		return "on"
	}
	return "off"
}
