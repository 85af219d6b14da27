package station

import (
	"time"

	"rtty/modem"
	"rtty/rig"
)

// Origin says where the audio comes from. What was not heard live is never
// reported to others as heard.
type Origin uint8

const (
	Live Origin = iota
	File
	Demo
)

func (o Origin) String() string {
	switch o {
	case File:
		return "file"
	case Demo:
		return "demo"
	}
	return "live"
}

// Phase is where the operating position stands between receiving and sending.
type Phase uint8

const (
	Receiving Phase = iota
	Keying          // the transmitter is being keyed, or its lead time runs
	Sending         // characters or diddles are on the air
	Ending          // the audio fades, then the key is let go
)

func (p Phase) String() string {
	switch p {
	case Keying:
		return "keying"
	case Sending:
		return "sending"
	case Ending:
		return "ending"
	}
	return "receiving"
}

// A Snapshot is the whole state of the operating position at one time. It is
// immutable: whoever got it may keep and read it, and must not write to it.
type Snapshot struct {
	At     time.Time // UTC
	Origin Origin

	Operator Operator
	Receive  Receive
	Transmit Transmit
	Input    Device
	Output   Device
	Rig      Rig
	Record   Recording

	Their Contact // the station in contact, for the macros
	Heard []Heard // the last ten calls, newest first
}

// Operator is who operates.
type Operator struct {
	Call, Name, Locator string
}

// NoSound is the level of digital silence, and of audio that has not come yet, dBFS.
const NoSound = -140.0

// Receive is the receiving side.
type Receive struct {
	Preset    string         // of modem.Presets; empty when changed by hand
	Sideband  modem.Sideband // of the radio
	Signal    modem.Signal   // as the operator has tuned it
	Tracked   modem.Signal   // as it is heard: AFC, speed and stop length followed
	Found     bool           // characters are being read: Tracked tells something
	Searching bool           // Auto is looking for a signal
	Tail      []modem.Char   // the guess at what follows the last final character
	SNR       float64        // dB in 2500 Hz; tells something while Found
	Quality   float64        // mean probability of the last characters, 0 to 1
	Level     float64        // of the audio in dBFS, where a sine of full scale has 0; NoSound without any
	Peak      float64        // highest sample of late, 0 to 1; at 1 it clips
	AFC       bool
	Squelch   float64       // as modem.ReceiverConfig has it
	Prior     string        // its name
	Muted     bool          // not listening, since the position is sending
	Behind    time.Duration // how far decoding lags behind the audio
	Past      PastState
}

// Low is how far mark is heard below where it is tuned, in Hz; negative when
// above.
func (r Receive) Low() float64 { return r.Signal.Mark - r.Tracked.Mark }

// PastState is what is being decoded of the audio that is kept.
type PastState struct {
	Kept    time.Duration // audio that is kept
	Wanted  time.Duration // how far back is being decoded; 0 when nothing is
	Decoded time.Duration // of it
}

// Transmit is the sending side.
type Transmit struct {
	Phase   Phase
	Enabled bool
	Refusal string // why it can't transmit, one sentence; empty when it can

	Signal modem.Signal // what it sends or would send
	Net    bool         // Signal follows the operator's tuning

	Queue    []rune        // not yet on the air, in the order of sending; the first may be gone any moment
	Over     string        // what was sent in the over that runs or was the last, as it went on the air
	Diddling bool          // the queue is empty, the transmitter is on
	Hold     bool          // stays on the air when the queue is empty, until Receive
	Since    time.Time     // of key-down; zero while receiving
	Left     time.Duration // until the time-out timer ends the over; counted while sending
	Idle     time.Duration // until an empty queue ends the over

	ID ID
}

// ID is the state of station identification.
type ID struct {
	Running bool          // something was sent since the last own call
	Left    time.Duration // until ten minutes are over; counted while Running
	Due     bool          // less than a minute is left
}

// Device is the state of a sound device.
type Device struct {
	Name    string
	Rate    int
	Waiting string    // what is being waited for, one sentence; empty when all is well
	Since   time.Time // of Waiting
	Xruns   int       // samples lost or missing, so many times
	Silent  string    // explains that only zeros arrive; empty otherwise
}

// Rig is the transceiver.
type Rig struct {
	Kind   string // "none", "vox", "rigctld", …
	State  rig.State
	MarkHz float64 // radio frequency of mark, receiving; 0 when not known, as of a recording
	Alarm  string  // what demands action at the radio; empty when nothing does
}

// Recording is the recorder.
type Recording struct {
	On    bool
	Name  string // of the file
	Since time.Time
	Fault string
}

// Contact is what is known of the station in contact.
type Contact struct {
	Call, Name, Locator  string
	RSTSent, RSTReceived string
	Exchange             string
	Serial               int // to be sent to it
}

// Heard is a call that was read.
type Heard struct {
	Call  string
	At    time.Time
	Times int
	Mark  float64 // audio frequency of mark, Hz
}

// A Row is one line of the waterfall: the power in bins of equal width.
type Row struct {
	Seq   int64 // counts rows without gap
	At    time.Time
	First float64   // frequency of the first bin, Hz
	Step  float64   // width of a bin, Hz
	DB    []float32 // power of each, dB below a sine of full scale
}
