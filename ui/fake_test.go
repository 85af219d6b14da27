package ui

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sync"
	"time"

	"rtty/baudot"
	"rtty/modem"
	"rtty/station"
)

// A fakeStation publishes what a test tells it to and notes what it is asked
// to do.
type fakeStation struct {
	mu     sync.Mutex
	snap   station.Snapshot
	events []station.Event
	rows   []station.Row
	asked  []string
	refuse error // what the methods answer
	wake   chan struct{}
	broken bool // Snapshot panics
	noisy  bool // the rows are those of a real band
}

var theDay = time.Date(2026, 11, 27, 14, 5, 32, 0, time.UTC)

func newFake() *fakeStation {
	ham, _ := modem.PresetNamed("ham")
	sig := ham.Signal(modem.LSB)
	f := &fakeStation{wake: make(chan struct{}, 1)}
	f.snap = station.Snapshot{
		At:       theDay,
		Operator: station.Operator{Call: "OE1ABC", Name: "ANNA", Locator: "JN88EE"},
		Receive: station.Receive{
			Preset: "ham", Sideband: modem.LSB, Signal: sig, Tracked: sig, Found: true,
			SNR: 12, Quality: 0.97, Level: -23, Peak: 0.2, AFC: true, Prior: "auto",
			Past: station.PastState{Kept: 12 * time.Minute},
		},
		Transmit: station.Transmit{Enabled: true, Signal: sig},
		Input:    station.Device{Name: "USB Audio CODEC", Rate: 48000},
		Output:   station.Device{Name: "USB Audio CODEC", Rate: 48000},
		Rig:      station.Rig{Kind: "rigctld", MarkHz: 14_085_120},
	}
	return f
}

// ask notes a wish and gives the answer.
func (f *fakeStation) ask(format string, args ...any) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = append(f.asked, fmt.Sprintf(format, args...))
	return f.refuse
}

func (f *fakeStation) change(do func(*station.Snapshot)) {
	f.mu.Lock()
	do(&f.snap)
	f.mu.Unlock()
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

func (f *fakeStation) pass(d time.Duration) {
	f.change(func(s *station.Snapshot) { s.At = s.At.Add(d) })
}

// happen publishes an event; without a time it happens now.
func (f *fakeStation) happen(e station.Event) {
	f.change(func(s *station.Snapshot) {
		e.Seq = int64(len(f.events))
		if e.At.IsZero() {
			e.At = s.At
		}
		f.events = append(f.events, e)
	})
}

func (f *fakeStation) receive(text string) {
	f.happen(station.Event{Kind: station.Received, Chars: chars(text, 0.98)})
}

// chars are characters as a receiver prints them.
func chars(text string, p float64) (list []modem.Char) {
	for _, r := range text {
		if r == '\n' {
			list = append(list, modem.Char{Rune: '\r', Code: baudot.CR, P: p})
		}
		list = append(list, modem.Char{Rune: r, P: p})
	}
	return list
}

// row publishes a row of noise with two tones in it.
func (f *fakeStation) row(tones ...float64) {
	const bins, step = 512, 7.8125
	noise := rand.New(rand.NewPCG(1, uint64(len(f.rows))))
	db := make([]float32, bins)
	for i := range db {
		hz := float64(i) * step
		v := -85.0
		if f.noisy {
			v += 10 * math.Log10(noise.ExpFloat64()+1e-3)
		}
		if hz < 250 || hz > 2900 {
			v -= 25
		}
		for n, t := range tones {
			level := -52.0
			if (len(f.rows)/2+n)%2 == 0 {
				level = -62
			}
			v = max(v, level-0.03*(hz-t)*(hz-t))
		}
		db[i] = float32(v)
	}
	f.change(func(s *station.Snapshot) {
		f.rows = append(f.rows, station.Row{Seq: int64(len(f.rows)), At: s.At, Step: step, DB: db})
	})
}

func (f *fakeStation) Snapshot() *station.Snapshot {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.broken {
		panic("a bug")
	}
	s := f.snap
	return &s
}

func (f *fakeStation) Events(since int64) []station.Event {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.events[min(since, int64(len(f.events))):]
}

func (f *fakeStation) Rows(since int64) []station.Row {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.rows[min(since, int64(len(f.rows))):]
}

func (f *fakeStation) Changed() (<-chan struct{}, func()) { return f.wake, func() {} }

func (f *fakeStation) Macros() []station.MacroLabel {
	labels := map[station.MacroBank][]string{
		station.Run:    {"CQ", "EXCH", "TU", "MYCALL", "HISCALL", "AGN?", "NR?", "CALL?", "QRL?", "QRZ", "INFO", "73"},
		station.Pounce: {"QRL?", "EXCH", "TU", "MYCALL", "HISCALL", "AGN?", "NR?", "CALL?", "", "QRZ", "INFO", "73"},
	}
	var list []station.MacroLabel
	for _, bank := range []station.MacroBank{station.Run, station.Pounce} {
		for i, label := range labels[bank] {
			list = append(list, station.MacroLabel{Bank: bank, Index: i, Label: label})
		}
	}
	return list
}

func (f *fakeStation) Tune(mark float64) error { return f.ask("Tune %.0f", mark) }
func (f *fakeStation) SetSignal(s modem.Signal) error {
	return f.ask("SetSignal %g %g", s.Mark, s.Space)
}
func (f *fakeStation) SetPreset(name string) error { return f.ask("SetPreset %s", name) }
func (f *fakeStation) SetSideband(sb modem.Sideband) error {
	return f.ask("SetSideband %v", sb)
}
func (f *fakeStation) Reverse() error                   { return f.ask("Reverse") }
func (f *fakeStation) Auto() error                      { return f.ask("Auto") }
func (f *fakeStation) SetAFC(on bool)                   { f.ask("SetAFC %v", on) }
func (f *fakeStation) SetSquelch(p float64) error       { return f.ask("SetSquelch %g", p) }
func (f *fakeStation) SetPrior(name string) error       { return f.ask("SetPrior %s", name) }
func (f *fakeStation) SetNet(on bool)                   { f.ask("SetNet %v", on) }
func (f *fakeStation) DecodePast(d time.Duration) error { return f.ask("DecodePast %v", d) }
func (f *fakeStation) Record(on bool) error             { return f.ask("Record %v", on) }
func (f *fakeStation) Type(text string) error           { return f.ask("Type %q", text) }
func (f *fakeStation) Erase() bool                      { f.ask("Erase"); return true }
func (f *fakeStation) EraseWord()                       { f.ask("EraseWord") }
func (f *fakeStation) ClearQueue()                      { f.ask("ClearQueue") }
func (f *fakeStation) Transmit(s station.Source) error  { return f.ask("Transmit %s", s) }
func (f *fakeStation) ReceiveWhenSent() error           { return f.ask("ReceiveWhenSent") }
func (f *fakeStation) Stop(reason string) {
	f.ask("Stop %s", reason)
	f.change(func(s *station.Snapshot) { s.Transmit.Phase = station.Receiving })
}
func (f *fakeStation) Macro(b station.MacroBank, i int) error { return f.ask("Macro %d %d", b, i) }
func (f *fakeStation) Carrier(s station.Steady) error         { return f.ask("Carrier %d", s) }
func (f *fakeStation) Identify() error                        { return f.ask("Identify") }
func (f *fakeStation) EnableTransmit(on bool) error           { return f.ask("EnableTransmit %v", on) }
func (f *fakeStation) TakeCall(call string) error {
	f.change(func(s *station.Snapshot) { s.Their.Call = call })
	return f.ask("TakeCall %s", call)
}
func (f *fakeStation) SetContact(c station.Contact) error {
	f.change(func(s *station.Snapshot) { s.Their = c })
	return f.ask("SetContact %s", c.Call)
}
func (f *fakeStation) Home() error { return f.ask("Home") }

// fakeSettings keeps values in memory.
type fakeSettings struct{ values map[string]string }

func newFakeSettings() *fakeSettings {
	f := &fakeSettings{map[string]string{}}
	for _, k := range f.Keys() {
		f.values[k.Key] = k.Default
	}
	f.values["station.call"] = "OE1ABC"
	return f
}

func (f *fakeSettings) Keys() []Setting {
	return []Setting{
		{Key: "station.call", Type: "text", Doc: "Your callsign; without it nothing can be sent."},
		{Key: "station.locator", Type: "text", Doc: "Maidenhead locator."},
		{Key: "receive.preset", Kind: Choice, Default: "ham", Allowed: []string{"ham", "ham50", "dwd"}, Doc: "What is tuned to at the start.", Later: true},
		{Key: "receive.afc", Kind: Switch, Default: "true", Doc: "Follow a signal that drifts."},
		{Key: "transmit.timeout", Type: "duration", Default: "3m", Doc: "Longest over.", Later: true},
		{Key: "ui.theme", Kind: Choice, Default: "dark", Allowed: ThemeNames(), Doc: "Colours of the terminal.", Later: true},
		{Key: "ui.waterfall_rows", Type: "lines", Default: "12", Doc: "Height of the waterfall.", Later: true},
	}
}

func (f *fakeSettings) Get(key string) string { return f.values[key] }

func (f *fakeSettings) Set(key, value string) error {
	if key == "station.call" && len(value) < 3 && value != "" {
		return fmt.Errorf("%q is no callsign", value)
	}
	f.values[key] = value
	return nil
}
