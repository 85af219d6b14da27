package ui

import (
	"fmt"
	"math"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"rtty/modem"
	"rtty/prior"
	"rtty/station"
)

// try shows an error to the operator.
func (m *model) try(err error) bool {
	if err != nil {
		m.warn(err.Error())
		return false
	}
	return true
}

// escape always stops the transmitter first, even where the screen believes
// that it is not keyed; only when it was not does it close anything.
func (m *model) escape() tea.Cmd {
	keyed := m.keyed()
	m.station.Stop("Esc")
	if keyed {
		m.say("stopped")
		return nil
	}
	switch {
	case m.ask != nil:
		m.ask = nil
	case m.search != nil:
		m.endSearch()
	case m.panel != nil:
		if !m.panel.escape() {
			m.panel = nil
		}
	case m.receive.reshift.in != nil || m.receive.query != "":
		m.receive.reshift, m.receive.query = wordRef{}, ""
	default:
		m.receive.follow()
	}
	return nil
}

// keyed asks the station itself, since the last picture of it may be old.
func (m *model) keyed() bool { return m.station.Snapshot().Transmit.Phase != station.Receiving }

func (m *model) typed(text string) { m.try(m.station.Type(text)) }

func (m *model) toggleTransmit() {
	if m.keyed() {
		m.receiveWhenSent()
		return
	}
	m.try(m.station.Transmit(station.Keyboard))
}

func (m *model) receiveWhenSent() { m.try(m.station.ReceiveWhenSent()) }

func (m *model) sendMacro(index int) { m.try(m.station.Macro(m.bank, index)) }

func (m *model) otherBank() {
	m.bank = station.Run + station.Pounce - m.bank
}

func (m *model) toggleEnabled() {
	if m.snap.Transmit.Enabled {
		m.try(m.station.EnableTransmit(false))
		return
	}
	call := m.snap.Operator.Call
	if call == "" {
		m.warn("receive only: no callsign is set; settings are under Ctrl-G o")
		return
	}
	m.ask = &question{
		text: fmt.Sprintf("Enable transmitting as %s?", call),
		yes: func(m *model) tea.Cmd {
			if m.try(m.station.EnableTransmit(true)) {
				m.say("transmitting is enabled: Ctrl-T transmits, Esc stops")
			}
			return nil
		},
	}
}

func (m *model) identify()    { m.try(m.station.Identify()) }
func (m *model) carrierMark() { m.try(m.station.Carrier(station.SteadyMark)) }
func (m *model) carrierRY()   { m.try(m.station.Carrier(station.SteadyRY)) }

func (m *model) takeNext(step int) {
	call := m.calls.next(m.snap, step)
	if call == "" {
		m.warn("no call was heard yet")
		return
	}
	m.takeCall(call)
}

func (m *model) takeCall(call string) {
	if m.try(m.station.TakeCall(call)) {
		m.say("in contact with " + call)
	}
}

// nudge moves mark and space. Steps that come faster than the station
// publishes add up.
func (m *model) nudge(hz float64) {
	sig := m.snap.Receive.Signal
	if m.snap.At.Sub(m.nudged.at) < time.Second && m.nudged.signal.Mark != 0 {
		sig = m.nudged.signal
	}
	sig.Mark += hz
	sig.Space += hz
	if m.try(m.station.SetSignal(sig)) {
		m.nudged = nudged{m.snap.At, sig}
	}
}

// nudged is where the operator has moved the tones to of late.
type nudged struct {
	at     time.Time
	signal modem.Signal
}

func (m *model) tune(mark float64) {
	m.nudged = nudged{}
	mark = math.Round(mark)
	if m.try(m.station.Tune(mark)) {
		m.receive.follow()
		m.say(fmt.Sprintf("tuned to mark %.0f Hz", mark))
	}
}

// tuneTo tunes to a signal of another kind.
func (m *model) tuneTo(sig modem.Signal) {
	m.nudged = nudged{}
	sig = sig.MovedTo(math.Round(sig.Center()))
	if m.try(m.station.SetSignal(sig)) {
		m.receive.follow()
		m.say(fmt.Sprintf("tuned to mark %.0f Hz, shift %.0f Hz, %.4g Bd, %s", sig.Mark, sig.Shift(), sig.Baud, strings.ToUpper(sig.Code.String())))
	}
}

func (m *model) auto() {
	m.nudged = nudged{}
	if m.try(m.station.Auto()) {
		m.say("searching for a signal")
	}
}

func (m *model) reverse() {
	m.nudged = nudged{}
	m.try(m.station.Reverse())
}

func (m *model) nextPreset() {
	m.nudged = nudged{}
	presets := modem.Presets()
	p := presets[0]
	for i := range presets {
		if presets[i].Name == m.snap.Receive.Preset {
			p = presets[(i+1)%len(presets)]
		}
	}
	if m.try(m.station.SetPreset(p.Name)) {
		m.say(p.Name + ": " + p.About)
	}
}

func (m *model) toggleSideband() {
	sideband := modem.LSB
	if m.snap.Receive.Sideband == modem.LSB {
		sideband = modem.USB
	}
	m.try(m.station.SetSideband(sideband))
}

func (m *model) toggleAFC() { m.station.SetAFC(!m.snap.Receive.AFC) }
func (m *model) toggleNet() { m.station.SetNet(!m.snap.Transmit.Net) }

func (m *model) home() { m.try(m.station.Home()) }

// squelches are what the squelch key goes through.
var squelches = []float64{0, 0.5, 0.9, modem.SquelchOff}

func (m *model) nextSquelch() {
	next := squelches[0]
	for i, p := range squelches {
		if p == m.snap.Receive.Squelch {
			next = squelches[(i+1)%len(squelches)]
		}
	}
	m.try(m.station.SetSquelch(next))
}

func (m *model) nextPrior() {
	names := prior.Names()
	next := names[0]
	for i, name := range names {
		if name == m.snap.Receive.Prior {
			next = names[(i+1)%len(names)]
		}
	}
	if m.try(m.station.SetPrior(next)) {
		m.say("expected of the text: " + next)
	}
}

func (m *model) decodeRecent() { m.decodePast(3 * time.Minute) }

func (m *model) decodeAll() { m.decodePast(m.snap.Receive.Past.Kept) }

func (m *model) decodePast(back time.Duration) {
	if m.try(m.station.DecodePast(back)) {
		m.say("decoding the last " + span(min(back, m.snap.Receive.Past.Kept)))
	}
}

func (m *model) toggleRecord() { m.try(m.station.Record(!m.snap.Record.On)) }

func (m *model) page(up int) { m.receive.scroll(up * max(m.receive.frame.h-1, 1)) }

func (m *model) reshiftWord() { m.receive.reshiftNext() }

func (m *model) zoom(step int) {
	m.waterfall.zoom = min(max(m.waterfall.zoom+step, 0), len(zooms)-1)
}

func (m *model) resizeWaterfall() { m.picture.height = (m.picture.height + 1) % heights }

func (m *model) toggleMouse() {
	m.mouse = !m.mouse
	if m.mouse {
		m.say("mouse: a click on the waterfall tunes, on a call takes it")
		return
	}
	m.say("the mouse is the terminal's: text can be marked and copied")
}

func (m *model) nextTheme() {
	for i := range themes {
		if themes[i].name == m.theme.name {
			m.theme = &themes[(i+1)%len(themes)]
			break
		}
	}
	m.restyle()
	m.say("theme " + m.theme.name + ", " + m.theme.about)
}

// redraw draws everything, on the whole screen. A picture that was still on its
// way when the terminal changed its size has left a scrolling region of the old
// size behind, in which a line feed would scroll and not move down.
func (m *model) redraw() tea.Cmd {
	return tea.Sequence(tea.Raw(ansi.SetTopBottomMargins(0, 0)), tea.ClearScreen)
}

// quit leaves; while the transmitter is keyed it first lets go of it, and asks.
func (m *model) quit() tea.Cmd {
	if !m.keyed() {
		return tea.Quit
	}
	m.station.Stop("quit")
	m.ask = &question{text: "Sending was stopped. Quit?", yes: func(*model) tea.Cmd { return tea.Quit }}
	return nil
}
