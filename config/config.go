// Package config reads, checks and writes the configuration file. What the
// values do is the business of others; here they have a type, a range and a
// line of explanation, all in one table, [Keys], that also makes the commented
// default file and the documentation.
//
// The file is TOML, by default $XDG_CONFIG_HOME/rtty/config.toml. It is the
// operator's: what [File.Set] changes is changed in place, and his comments,
// his order and whatever else stands in it stay as they are.
//
// A mistake is told with the line it stands in. [Load] returns what could be
// understood together with all mistakes; where a value is wrong the default
// takes its place, and since transmitting is off by default, a file that
// can't be read never enables it.
package config

// A Config is all settings.
type Config struct {
	Station  Station
	Audio    Audio
	Receive  Receive
	Transmit Transmit
	Rig      Rig
	FSK      FSK
	ID       ID
	Macros   Macros
	Journal  Journal
	UI       UI
}

// Station is who operates.
type Station struct {
	Callsign string
	Name     string
	Locator  string
	Region   int // of the IARU, 1 to 3; 0 when not set
}

// Audio is the sound devices, by stable name.
type Audio struct {
	Input       string
	Output      string
	Rate        int // samples per second
	RingMinutes int // audio that is kept
}

// Receive is how to listen.
type Receive struct {
	Preset   string
	Sideband string  // usb, lsb; empty: what the preset's listeners use
	Mark     float64 // Hz; 0: the preset's
	Squelch  string  // auto, off or a probability
	Prior    string
	AFC      bool
	USOS     string // preset, on, off
}

// Transmit is how to send.
type Transmit struct {
	Enabled       bool
	Method        string // afsk, fsk
	Waveform      string
	Level         float64 // dBFS
	Diddle        string
	Preamble      int // diddles before the text
	LeadMS        int
	TailMS        int
	TimeoutS      int
	MacroTimeoutS int
	IdleS         int
	Net           bool
	FullDuplex    bool
}

// Rig is the transceiver and how it is keyed.
type Rig struct {
	Kind    string
	Port    string
	Address string
	Baud    int
	Model   string
	CIV     int
	Invert  bool
	Pin     int
	Source  string // mic, data; empty: whichever the transceiver takes

	// PTT keys another way than through Kind; empty: through Kind.
	PTT       string
	PTTPort   string
	PTTInvert bool
	PTTPin    int

	PollHz   float64 // readings per second
	OffsetHz float64 // added to the dial
	Override bool    // transmit outside the amateur bands
}

// FSK is a line or keyer that shifts the transmitter itself.
type FSK struct {
	Kind   string
	Port   string
	Invert bool
}

// ID is station identification.
type ID struct {
	Minutes  int
	Farewell bool   // at the end of a contact
	CW       string // off, request, over
	WPM      int
	ToneHz   float64
	Level    float64 // dBFS
}

// Macros is the prepared messages.
type Macros struct {
	Set      string // ragchew, contest
	File     string // of N1MM; in the place of Set
	Contest  bool   // Run and Pounce are contest messages
	Run      []string
	Pounce   []string
	Exchange string
}

// Journal is the log of the day and the recorder.
type Journal struct {
	Enabled bool
	Dir     string // empty: under StateDir
	Record  bool   // from the start
	Format  string // wav, flac
}

// UI is the terminal.
type UI struct {
	Theme         string
	Colours       string
	WaterfallRows int
	Mouse         bool
	Link          string // normal, slow, off
	Sounds        bool
	Verbosity     string
}

// Default is the configuration without a file.
func Default() Config {
	var c Config
	for _, s := range c.table() {
		for _, e := range s.entries {
			e.set(e.Default)
		}
	}
	return c
}
