package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"rtty/baudot"
)

// View is the screen. It is made anew only when something has changed.
func (m *model) View() tea.View {
	if m.stale {
		m.stale = false
		m.content = m.render()
	}
	v := tea.NewView(m.content)
	v.AltScreen = true
	if m.mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	return v
}

func (m *model) render() string {
	if m.w < 1 || m.h < 1 {
		return ""
	}
	m.canvas.clear(m.w, m.h)
	m.frame = m.layoutFor(m.snap)
	screen := m.canvas.all()
	m.drawTuning(screen.part(m.frame.tuning))
	m.drawMeters(screen.part(m.frame.meters))
	m.drawAlarm(screen.part(m.frame.alarm), alarms(m.snap))
	m.drawPicture(screen)
	m.drawText(screen)
	m.drawSide(screen)
	drawMacros(screen.part(m.frame.macros), m.macros, m.bank, m.look)
	m.drawHint(screen.part(m.frame.hint))
	if m.panel != nil {
		m.drawPanel(screen.part(m.frame.body))
	}
	if m.ask != nil {
		m.drawQuestion(screen)
	}
	return m.canvas.render(m.look.palette)
}

func (m *model) drawPicture(screen area) {
	f, l, w := &m.frame, m.look, m.waterfall
	m.drawGauge(screen.part(f.gauge))
	receive, send := m.snap.Receive.Signal, m.snap.Transmit.Signal
	band := w.look(receive, send)
	w.drawSpectrum(screen.part(f.spectrum), l)
	scale := screen.part(f.scale)
	drawScale(scale, band, l)
	drawHeard(screen.part(f.cursors), band, m.snap, l)
	drawCursors(screen.part(f.cursors), scale, band, receive, send, l)
	fall := screen.part(f.fall)
	w.draw(fall, l)
	if len(w.rows) == 0 && fall.h > 0 {
		fall.put(2, fall.h/2, "no sound yet", l.faint)
	}
	drawHairs(fall, band, receive, send, l)
}

func (m *model) drawText(screen area) {
	f, l := &m.frame, m.look
	title := screen.part(f.receiveTitle)
	text := "Received"
	if !m.receive.following() {
		text = fmt.Sprintf("Received, %d lines back · End returns", m.receive.below())
	}
	x := title.rule(0, text, l.line, l.title)
	if f.callsInTitle && title.h > 0 {
		drawCallLine(title, x+1, m.snap, l)
	}
	m.receive.lay.table = m.snap.Receive.Signal.Code
	m.receive.lay.mine = m.snap.Operator.Call
	m.receive.lay.reshift = m.receive.reshift
	m.receive.draw(screen.part(f.receive), l)
	m.drawTransmitTitle(screen.part(f.transmitTitle))
	m.drawTransmit(screen.part(f.transmit))
}

func (m *model) drawTransmitTitle(a area) {
	l := m.look
	title := "Transmit"
	if call := m.snap.Their.Call; call != "" && m.frame.contact.h < 1 {
		title += " to " + call
	}
	x := a.rule(0, title, l.line, l.title)
	text, style := m.transmitTitle()
	if x+textWidth(text)+2 <= a.w || a.w > 30 {
		x = a.put(x+1, 0, " "+clip(text, a.w-x-4)+" ", style)
	}
	bank := " " + bankName(m.bank) + " macros "
	if x+textWidth(bank)+2 < a.w {
		a.put(a.w-textWidth(bank)-1, 0, bank, l.muted)
	}
}

func (m *model) drawSide(screen area) {
	f, l := &m.frame, m.look
	screen.part(f.divider).fill('│', l.line)
	screen.part(f.callsTitle).rule(0, "Heard", l.line, l.title)
	drawCalls(screen.part(f.calls), m.snap, l)
	screen.part(f.contactTitle).rule(0, "In contact", l.line, l.title)
	drawContact(screen.part(f.contact), m.snap.Their, l)
}

// drawHint shows, in this order, what is being searched for, what there is to
// say, and the keys that lead on.
func (m *model) drawHint(a area) {
	l := m.look
	if m.search != nil {
		m.drawSearch(a)
		return
	}
	const keys = "Ctrl-G menu · Ctrl-G ? help"
	if n, ok := m.currentNote(); ok {
		style := l.text
		if n.alarm {
			style = l.warn
		}
		x := a.put(1, 0, clip(n.text, a.w-2), style)
		if x+textWidth(keys)+4 < a.w {
			a.right(x, 0, keys+" ", l.faint)
		}
		return
	}
	if m.receive.reshift.in != nil {
		m.drawReshift(a)
		return
	}
	a.put(1, 0, keys+" · Tab takes a call · Esc stops", l.faint)
}

// drawReshift shows the word that was asked about on the bottom line too.
func (m *model) drawReshift(a area) {
	r := m.receive.reshift
	word := r.in.text()[r.start:r.end]
	table := m.snap.Receive.Signal.Code
	x := a.put(1, 0, word+" reads "+otherShift(table, word), m.look.text)
	if otherShift(table, word) == table.Reshift(word, baudot.Figures) {
		x = a.put(x, 0, " in figures", m.look.muted)
	} else {
		x = a.put(x, 0, " in letters", m.look.muted)
	}
	a.right(x+1, 0, "Ctrl-X the word before · Esc ", m.look.faint)
}

func (m *model) drawSearch(a area) {
	l := m.look
	x := a.put(1, 0, "Find ", l.title)
	m.search.input.draw(a, x, l)
	note := "Enter ↑ older · ↓ newer · Esc "
	if m.search.lost {
		note = "not found · Esc "
	}
	a.right(min(x+len(m.search.input.text)+2, a.w), 0, note, l.faint)
}

func (m *model) drawQuestion(screen area) {
	text := m.ask.text + "  y / n "
	w := min(textWidth(text)+6, screen.w)
	a := screen.part(rect{(screen.w - w) / 2, max(screen.h/2-1, 0), w, 3})
	a.fill(' ', m.look.text)
	drawFrame(a, "", m.look)
	a.put(2, 1, clip(strings.TrimSpace(text), w-4), m.look.title)
}
