package plain

import (
	"time"

	"rtty/modem"
	"rtty/station"
)

// A Station is the operating position that is operated. All methods return at
// once; an error is one sentence for the operator.
type Station interface {
	Snapshot() *station.Snapshot
	Events(since int64) []station.Event
	Changed() (wake <-chan struct{}, cancel func())
	Macros() []station.MacroLabel

	Tune(mark float64) error
	SetPreset(name string) error
	SetSideband(modem.Sideband) error
	Reverse() error
	Auto() error
	SetAFC(bool)
	SetSquelch(p float64) error
	SetNet(on bool)
	DecodePast(back time.Duration) error
	Record(on bool) error

	Type(text string) error
	ClearQueue()
	Transmit(src station.Source) error
	ReceiveWhenSent() error
	Stop(reason string)
	Send(src station.Source, text string) error
	Macro(bank station.MacroBank, index int) error
	Carrier(station.Steady) error
	Identify() error
	EnableTransmit(on bool) error
	TakeCall(call string) error
}
