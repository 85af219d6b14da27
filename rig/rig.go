// Package rig keys, reads and sets a transceiver. It knows nothing of audio and
// of what is sent.
//
// # Keying is the dangerous part
//
// A transmitter that stays keyed burns its finals, jams a frequency and costs
// its operator a licence. Three things can keep it keyed: a program that dies
// without letting go, a line that is raised by opening it, and a command that
// was accepted and ignored. So the link to the transceiver is owned by a process
// of its own, the guard, which lets go when the modem falls silent; serial ports
// are opened in the order that raises their lines for the shortest time; and
// whatever can be read back is read back.
//
// # What a transceiver can do
//
// A Link is what one kind of interface offers. All it has to be able to do is
// key; what else it can do shows by the interfaces it has: [PTTReader],
// [Tuner], [TransmitTuner], [Moder], [Meter], [Watcher]. A method may still return
// [ErrUnsupported] when only asking tells what a transceiver can't do.
package rig

import "time"

// A Link is the connection to one transceiver. Its methods block until the
// transceiver has answered or its deadline has passed, and are not safe for
// concurrent use.
type Link interface {
	// SetPTT keys or unkeys. An error after keying means that the state is not
	// known: the caller must unkey.
	SetPTT(on bool) error
	// Close unkeys, if it can, and lets go of the interface.
	Close() error
}

// A PTTReader can tell whether the transmitter is keyed.
type PTTReader interface {
	PTT() (on bool, err error)
}

// A Tuner has a frequency dial.
type Tuner interface {
	Frequency() (hz float64, err error) // of the receiver, as the dial shows it
	SetFrequency(hz float64) error
}

// A TransmitTuner can tell where it would transmit, with split and XIT.
type TransmitTuner interface {
	TransmitFrequency() (hz float64, err error)
}

// A Moder has a mode switch.
type Moder interface {
	Mode() (Mode, error)
	SetMode(Mode) error
}

// A Meter measures the received signal.
type Meter interface {
	Strength() (dB float64, err error) // above S9
}

// A Watcher can tell at once, without asking the transceiver, whether the interface
// is still there and, where it knows, still keyed. It is asked while the
// transmitter is keyed, when everything else leaves the transceiver alone; an error
// ends the over.
type Watcher interface {
	Alive() error
}

// Kind is a mode as far as a teleprinter cares.
type Kind uint8

const (
	Unknown Kind = iota
	USB          // single sideband, upper, audio from outside: AFSK
	LSB
	RTTY  // the transceiver's own FSK, mark the higher radio frequency
	RTTYR // the same reversed
	Other // anything a teleprinter can't use: CW, AM, FM
)

// Mode is what the mode switch shows.
type Mode struct {
	Kind   Kind
	Data   bool    // audio from the data jack: PKTUSB, USB-D, DATA-U
	AtMark bool    // the dial shows mark, as it does in FSK, though sound is sent
	Name   string  // as the transceiver or its program calls it
	Filter float64 // width of the receive filter in Hz, 0 when not known
}

// State is what is known of a transceiver at one time.
type State struct {
	At        time.Time
	Connected bool
	Fault     string  // one sentence on what is wrong with the link, empty when nothing is
	Keyed     bool    // as commanded
	Confirmed bool    // Keyed was read back and is so
	Doubtful  bool    // the transmitter may be keyed although it was not to be
	Frequency float64 // dial, Hz; 0 when not known
	Transmit  float64 // transmit dial with split and XIT, Hz; 0 when not known
	Mode      Mode
	Strength  float64 // dB above S9
	Metered   bool    // Strength is known
}
