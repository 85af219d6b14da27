package doctor

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"rtty/callsign"
	"rtty/rig"
)

// configuration tells what is wrong in the configuration file.
func (c *Checkup) configuration(_ context.Context, r reporter) {
	faults := split(c.Faults)
	for _, fault := range faults {
		r.say(Fault, "%v; the default is used in its place until that is corrected", fault)
	}
	if len(faults) > 0 {
		return
	}
	if _, err := os.Stat(c.File); errors.Is(err, fs.ErrNotExist) {
		r.say(Note, "there is no configuration file, so that every setting has its default: 'rtty config edit' begins one at %s", c.File)
		return
	}
	r.say(OK, "%s has no mistakes", c.File)
}

// split takes joined errors apart.
func split(err error) []error {
	var joined interface{ Unwrap() []error }
	switch {
	case err == nil:
		return nil
	case errors.As(err, &joined):
		return joined.Unwrap()
	}
	return []error{err}
}

// permission tells whether anything may be transmitted.
func (c *Checkup) permission(_ context.Context, r reporter) {
	if why := c.silence(); why != "" {
		r.say(Note, "%s", why)
	} else {
		r.say(OK, "transmitting is enabled for %s", c.Config.Station.Callsign)
	}
	if c.Config.Transmit.Method == "fsk" {
		c.shifting(r)
	}
	switch {
	case c.Config.Rig.Override:
		r.say(Warning, "the band edges are overridden, so that nothing keeps a transmission inside the bands: set rig.override to false unless your licence allows more")
	case c.Config.Transmit.Enabled && c.Config.Station.Region == 0:
		r.say(Warning, "the IARU region is not set, so that nothing keeps a transmission inside the bands: set station.region to 1, 2 or 3")
	case c.Config.Station.Region > 0:
		r.say(OK, "the band edges of IARU region %d hold", c.Config.Station.Region)
	}
}

// shifting tells what FSK keying lacks.
func (c *Checkup) shifting(r reporter) {
	if c.Config.FSK.Kind == "none" {
		r.say(Fault, "transmit.method is fsk, but nothing shifts the transmitter: set fsk.kind and fsk.port, or transmit.method to afsk")
	}
	if c.Config.ID.CW != "off" {
		r.say(Fault, "FSK keying can't send Morse code: set id.cw to off, or transmit.method to afsk")
	}
}

// silence is why nothing may be transmitted; empty when it may.
func (c *Checkup) silence() string {
	call := c.Config.Station.Callsign
	switch {
	case c.Config.Rig.Kind == string(rig.None):
		return "receive only: no rig is configured; set rig.kind to how the transmitter is keyed, vox if it keys itself"
	case call == "":
		return "receive only: no callsign is set; set station.callsign to yours to transmit"
	case !callsign.Valid(call):
		return "receive only: " + call + " is not the form of a callsign; correct station.callsign to transmit"
	case !c.Config.Transmit.Enabled:
		return "receive only: transmitting is not enabled; set transmit.enabled to true if your licence allows it"
	}
	return ""
}

// log tells whether the log of the day can be written.
func (c *Checkup) log(_ context.Context, r reporter) {
	if c.Log == "" {
		r.say(Note, "no log of the day is kept: set journal.enabled to true if one is wanted")
		return
	}
	if err := writable(c.Log); err != nil {
		r.say(Fault, "the log of the day can't be written: %v; make the directory writable or set journal.dir to one that is", err)
		return
	}
	r.say(OK, "the log of the day is kept in %s", c.Log)
}

// writable tries to write a file in a directory, or in the one that it would be
// made in.
func writable(dir string) error {
	for {
		st, err := os.Stat(dir)
		switch {
		case err == nil && !st.IsDir():
			return &fs.PathError{Op: "write in", Path: dir, Err: errors.New("it is not a directory")}
		case err == nil:
			return tryFile(dir)
		case !errors.Is(err, fs.ErrNotExist) || filepath.Dir(dir) == dir:
			return err
		}
		dir = filepath.Dir(dir)
	}
}

func tryFile(dir string) error {
	f, err := os.CreateTemp(dir, ".rtty-doctor-*")
	if err != nil {
		return err
	}
	_, err = f.WriteString("73\n")
	return errors.Join(err, f.Close(), os.Remove(f.Name()))
}
