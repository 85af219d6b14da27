package station

import "time"

// Source is who asks for a transmission; it stands in the journal.
type Source string

const (
	Keyboard Source = "keyboard"
	MacroKey Source = "macro"
	Network  Source = "network"
	Identify Source = "id"
	Tuning   Source = "carrier"
)

// Steady is what Carrier sends for setting levels.
type Steady uint8

const (
	SteadyMark Steady = iota
	SteadyRY          // RYRYRY…
)

// CarrierTime is how long Carrier sends.
const CarrierTime = 10 * time.Second

// MacroBank chooses one of the two rows of macros.
type MacroBank uint8

const (
	Run MacroBank = iota
	Pounce
)

// A MacroLabel is a macro as a key shows it; Index is 0 to 11.
type MacroLabel struct {
	Bank  MacroBank
	Index int
	Label string
}
