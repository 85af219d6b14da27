package ui

import (
	"time"

	"rtty/modem"
	"rtty/station"
)

// A Station is the operating position that the terminal shows. All methods
// return at once; an error is one sentence for the operator.
type Station interface {
	Snapshot() *station.Snapshot
	Events(since int64) []station.Event
	Rows(since int64) []station.Row
	Changed() (wake <-chan struct{}, cancel func())
	Macros() []station.MacroLabel

	Tune(mark float64) error
	SetSignal(modem.Signal) error
	SetPreset(name string) error
	SetSideband(modem.Sideband) error
	Reverse() error
	Auto() error
	SetAFC(bool)
	SetSquelch(p float64) error
	SetPrior(name string) error
	SetNet(on bool)
	DecodePast(back time.Duration) error
	Record(on bool) error

	Type(text string) error
	Erase() bool
	EraseWord()
	ClearQueue()
	Transmit(src station.Source) error
	ReceiveWhenSent() error
	Stop(reason string)
	Macro(bank station.MacroBank, index int) error
	Carrier(station.Steady) error
	Identify() error
	EnableTransmit(on bool) error
	TakeCall(call string) error
	SetContact(station.Contact) error
	Home() error
}

// Settings is the configuration as the settings panel shows and writes it.
type Settings interface {
	Keys() []Setting
	Get(key string) string
	// Set checks and stores a value. The error is one sentence that says what is
	// allowed.
	Set(key, value string) error
}

// Kind is how a setting is edited.
type Kind uint8

const (
	Text   Kind = iota
	Switch      // "true" or "false"
	Choice      // one of Allowed
)

// A Setting describes one key of the configuration.
type Setting struct {
	Key     string // "station.call": what precedes the last dot is its group
	Kind    Kind
	Type    string // in words, "text" or "number of Hz"
	Default string
	Allowed []string
	Doc     string // one sentence
	Later   bool   // it holds from the next start on only
}
