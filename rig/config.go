package rig

import (
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"time"
)

// An Interface is a way to reach a transceiver, by the name it has in the
// configuration.
type Interface string

const (
	None    Interface = "none"    // no transceiver: receive only
	VOX     Interface = "vox"     // the transceiver keys itself when it hears sound
	RTS     Interface = "rts"     // a serial port whose RTS line keys
	DTR     Interface = "dtr"     // one whose DTR line does
	RTSDTR  Interface = "rts+dtr" // one where both do
	CM108   Interface = "cm108"   // a pin of the chip of a USB sound card
	Rigctld Interface = "rigctld" // Hamlib's network daemon
	Flrig   Interface = "flrig"   // the program flrig
	Icom    Interface = "cat:icom"
	Kenwood Interface = "cat:kenwood" // Elecraft too
	Yaesu   Interface = "cat:yaesu"   // commands of ASCII letters, from about 2005 on
	Yaesu5  Interface = "cat:yaesu5"  // commands of five bytes, FT-817 and its like
)

// Interfaces are all that exist, in the order of a menu.
var Interfaces = []Interface{None, VOX, RTS, DTR, RTSDTR, CM108, Rigctld, Flrig, Icom, Kenwood, Yaesu, Yaesu5}

// CAT tells whether the transceiver itself is spoken to, over a serial port.
func (i Interface) CAT() bool { return strings.HasPrefix(string(i), "cat:") }

// Lines tells whether modem lines of a serial port key.
func (i Interface) Lines() bool { return i == RTS || i == DTR || i == RTSDTR }

// Keys tells whether there is a key to hold at all.
func (i Interface) Keys() bool { return i != "" && i != None && i != VOX }

// A Source is the audio input that PTT opens, where a transceiver knows two.
type Source string

const (
	AnySource  Source = ""     // whichever the transceiver takes by itself
	MicSource  Source = "mic"  // the microphone jack
	DataSource Source = "data" // the data or accessory jack
)

// Config names an interface to a transceiver and tells how to reach it. Its zero
// values mean "the usual".
type Config struct {
	Kind    Interface
	Port    string // serial port (RTS, DTR, CAT) or hidraw device (CM108; empty: the only one there is)
	Address string // host:port of rigctld or flrig, as a rule on this machine
	Baud    int    // speed of a CAT port, Bd
	Model   string // of the transceiver, where a CAT family has dialects
	CIV     int    // address of an Icom on its bus, 1…0xdf
	Invert  bool   // RTS, DTR, CM108: the dropped line keys
	Pin     int    // CM108: the pin that keys, GPIO 1…8
	Source  Source // what PTT opens, where the interface can choose

	// Pause is the time between two readings of frequency and mode; 0: the usual,
	// below 0: they are read once, and when somebody asks.
	Pause time.Duration

	// PTT keys another way than through the interface that reads the frequency:
	// a CAT cable with RTS for the key, as many sound interfaces have it. Nil: the
	// same interface does both.
	PTT *Config

	// File is the serial port of PTT or CAT, under the name that it has there,
	// opened already by somebody who keys FSK by it. What needs that port takes the file, and does not close it:
	// opening the device once more would raise its lines, and key. Nil: the port
	// belongs to the rig alone.
	File *os.File `json:"-"`
}

// The ports at which the daemons listen, the pin that makers of sound cards wire, and
// a pause that leaves a transceiver at 4800 Bd time for its operator.
const (
	DefaultRigctld = "127.0.0.1:4532"
	DefaultFlrig   = "127.0.0.1:12345"
	DefaultPin     = 3
	DefaultPause   = 300 * time.Millisecond
)

// A ConfigError says which setting of a rig is wrong and what it may be.
type ConfigError struct {
	Setting string // "kind", "port", …
	Reason  string
}

func (e *ConfigError) Error() string { return "rig " + e.Setting + ": " + e.Reason }

func wrong(setting, format string, args ...any) error {
	return &ConfigError{Setting: setting, Reason: fmt.Sprintf(format, args...)}
}

// Usual is the configuration with the usual values where it has none.
func (c Config) Usual() Config {
	if c.Pause == 0 {
		c.Pause = DefaultPause
	}
	switch {
	case c.Kind == "":
		c.Kind = None
	case c.Kind == Rigctld && c.Address == "":
		c.Address = DefaultRigctld
	case c.Kind == Flrig && c.Address == "":
		c.Address = DefaultFlrig
	case c.Kind == CM108 && c.Pin == 0:
		c.Pin = DefaultPin
	}
	if c.PTT != nil {
		ptt := c.PTT.Usual()
		c.PTT = &ptt
	}
	return c
}

// Keys tells whether the configuration holds a key: with VOX or without a
// transceiver there is none to let go of.
func (c Config) Keys() bool {
	if c.PTT != nil {
		return c.PTT.Keys()
	}
	return c.Kind.Keys()
}

// Validate returns a *ConfigError for the first setting that can't be meant.
// That the port exists and the rig answers, only opening tells.
func (c Config) Validate() error {
	c = c.Usual()
	for _, check := range []func() error{c.validKind, c.validPort, c.validAddress, c.validNumbers, c.validSource, c.validPTT} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (c Config) validKind() error {
	for _, known := range Interfaces {
		if c.Kind == known {
			return nil
		}
	}
	names := make([]string, len(Interfaces))
	for i, known := range Interfaces {
		names[i] = string(known)
	}
	return wrong("kind", "%q is none of %s", c.Kind, strings.Join(names, ", "))
}

func (c Config) validPort() error {
	needs := c.Kind.Lines() || c.Kind.CAT()
	switch {
	case needs && c.Port == "":
		return wrong("port", "%s needs the serial port, such as /dev/serial/by-id/… or COM3", c.Kind)
	case !needs && c.Kind != CM108 && c.Port != "":
		return wrong("port", "%s uses no port, but %s is given", c.Kind, c.Port)
	}
	return nil
}

func (c Config) validAddress() error {
	if c.Kind != Rigctld && c.Kind != Flrig {
		if c.Address != "" {
			return wrong("address", "%s uses no address, but %s is given", c.Kind, c.Address)
		}
		return nil
	}
	if _, port, err := net.SplitHostPort(c.Address); err != nil || !validTCPPort(port) {
		return wrong("address", "%q is not of the form host:port, such as %s", c.Address, DefaultRigctld)
	}
	return nil
}

func validTCPPort(port string) bool {
	n, err := strconv.Atoi(port)
	return err == nil && n > 0 && n < 1<<16
}

func (c Config) validNumbers() error {
	switch {
	case c.Baud < 0:
		return wrong("baud", "%d is no speed", c.Baud)
	case c.CIV < 0 || c.CIV > 0xdf:
		return wrong("civ", "%#x is no address of a transceiver, which are 0x01 to 0xdf", c.CIV)
	case c.Pin < 0 || c.Pin > 8:
		return wrong("pin", "%d is none of GPIO 1 to 8", c.Pin)
	case c.Invert && !c.Kind.Lines() && c.Kind != CM108:
		return wrong("invert", "%s has no line to invert", c.Kind)
	}
	return nil
}

func (c Config) validSource() error {
	switch c.Source {
	case AnySource:
		return nil
	case MicSource, DataSource:
		if c.Kind == Rigctld || c.Kind.CAT() {
			return nil
		}
		return wrong("source", "%s can't choose what PTT opens", c.Kind)
	}
	return wrong("source", "%q is neither mic nor data", c.Source)
}

func (c Config) validPTT() error {
	if c.PTT == nil {
		return nil
	}
	if c.PTT.PTT != nil {
		return wrong("ptt", "one way to key is enough")
	}
	if c.Kind.Lines() || c.Kind == CM108 || !c.Kind.Keys() {
		return wrong("ptt", "%s reads no frequency: name the way to key as the kind", c.Kind)
	}
	if err := c.PTT.Validate(); err != nil {
		return fmt.Errorf("keying: %w", err)
	}
	return nil
}
