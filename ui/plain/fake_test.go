package plain

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"rtty/modem"
	"rtty/station"
)

// A fake is a station that does what it is told and keeps a list of it.
type fake struct {
	mu      sync.Mutex
	snap    station.Snapshot
	events  []station.Event
	watches []chan struct{}
	did     []string
	refuse  string // what is answered to a wish to transmit
}

func newFake() *fake {
	p, err := modem.PresetNamed("ham")
	if err != nil {
		panic(err)
	}
	f := new(fake)
	f.snap.Operator.Call = "OE1XYZ"
	f.snap.Receive.Preset = "ham"
	f.snap.Receive.Sideband = modem.LSB
	f.snap.Receive.Signal = p.Signal(modem.LSB)
	f.snap.Receive.Tracked = f.snap.Receive.Signal
	f.snap.Receive.AFC = true
	f.snap.Receive.Level = -23
	f.snap.Transmit.Enabled = true
	return f
}

// post makes something happen at the station.
func (f *fake) post(events ...station.Event) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, e := range events {
		e.Seq = int64(len(f.events))
		f.events = append(f.events, e)
		switch e.Kind {
		case station.KeyDown:
			f.snap.Transmit.Phase = station.Sending
		case station.Sent:
			f.snap.Transmit.Queue = nil
		case station.KeyUp:
			f.snap.Transmit.Phase = station.Receiving
		}
	}
	for _, w := range f.watches {
		select {
		case w <- struct{}{}:
		default:
		}
	}
}

// hear makes text come in, as final characters.
func (f *fake) hear(text string) { f.post(received(text)) }

func received(text string) station.Event {
	var chars []modem.Char
	for _, r := range text {
		chars = append(chars, modem.Char{Rune: r, P: 1})
	}
	return station.Event{Kind: station.Received, Chars: chars}
}

func (f *fake) set(change func(*station.Snapshot)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change(&f.snap)
}

// list is what was done so far.
func (f *fake) list() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.did)
}

func (f *fake) do(format string, args ...any) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.did = append(f.did, fmt.Sprintf(format, args...))
	return nil
}

func (f *fake) key(format string, args ...any) error {
	if f.refuse != "" {
		return errors.New(f.refuse)
	}
	return f.do(format, args...)
}

func (f *fake) Snapshot() *station.Snapshot {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := f.snap
	return &s
}

func (f *fake) Events(since int64) []station.Event {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.events[min(since, int64(len(f.events))):])
}

func (f *fake) Changed() (<-chan struct{}, func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	w := make(chan struct{}, 1)
	f.watches = append(f.watches, w)
	return w, func() {}
}

func (f *fake) Macros() []station.MacroLabel {
	return []station.MacroLabel{{Bank: station.Run, Index: 0, Label: "CQ"}, {Bank: station.Run, Index: 2, Label: "73"}, {Bank: station.Pounce, Index: 0, Label: "His call"}}
}

func (f *fake) Tune(mark float64) error { return f.do("tune %g", mark) }
func (f *fake) SetPreset(name string) error {
	_, err := modem.PresetNamed(name)
	f.do("preset %s", name)
	return err
}
func (f *fake) SetSideband(s modem.Sideband) error  { return f.do("sideband %s", s) }
func (f *fake) Reverse() error                      { return f.do("reverse") }
func (f *fake) Auto() error                         { return f.do("auto") }
func (f *fake) SetAFC(on bool)                      { f.do("afc %v", on) }
func (f *fake) SetSquelch(p float64) error          { return f.do("squelch %g", p) }
func (f *fake) SetNet(on bool)                      { f.do("net %v", on) }
func (f *fake) DecodePast(back time.Duration) error { return f.do("past %v", back) }
func (f *fake) Record(on bool) error                { return f.do("record %v", on) }
func (f *fake) ClearQueue()                         { f.do("clear") }
func (f *fake) Transmit(src station.Source) error   { return f.key("transmit %s", src) }
func (f *fake) ReceiveWhenSent() error              { return f.do("receive when sent") }
func (f *fake) Stop(reason string)                  { f.do("stop: %s", reason) }
func (f *fake) Carrier(s station.Steady) error      { return f.key("carrier %d", s) }
func (f *fake) Identify() error                     { return f.key("identify") }
func (f *fake) EnableTransmit(on bool) error        { return f.do("enable %v", on) }

func (f *fake) Type(text string) error {
	f.set(func(s *station.Snapshot) { s.Transmit.Queue = append(s.Transmit.Queue, []rune(text)...) })
	return f.do("type %q", text)
}

func (f *fake) Send(src station.Source, text string) error {
	return f.key("send %s %q", src, text)
}

func (f *fake) Macro(bank station.MacroBank, index int) error {
	return f.key("macro %d %d", bank, index)
}

func (f *fake) TakeCall(call string) error {
	f.set(func(s *station.Snapshot) { s.Their.Call = strings.ToUpper(call) })
	return f.do("call %s", call)
}
