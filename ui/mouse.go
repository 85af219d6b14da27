package ui

import tea "charm.land/bubbletea/v2"

// click does what lies under the mouse: the waterfall tunes, a call is taken,
// a macro is sent. The right button shows a word in the other shift.
func (m *model) click(at tea.Mouse) tea.Cmd {
	if m.ask != nil || m.panel != nil {
		return nil
	}
	f := &m.frame
	switch {
	case f.onPicture(at.X, at.Y):
		if at.Button == tea.MouseLeft {
			m.clickPicture(at.X - f.fall.x)
		}
	case f.receive.has(at.X, at.Y):
		m.clickText(at)
	case f.calls.has(at.X, at.Y):
		if call := callAt(m.snap, at.Y-f.calls.y); call != "" {
			m.takeCall(call)
		}
	case f.macros.has(at.X, at.Y):
		if i, ok := macroAt(f.macros, at.X, at.Y); ok {
			m.sendMacro(i)
		}
	}
	return nil
}

func (f *layout) onPicture(x, y int) bool {
	return f.spectrum.has(x, y) || f.cursors.has(x, y) || f.scale.has(x, y) || f.fall.has(x, y)
}

// clickPicture tunes to the signal at a column.
func (m *model) clickPicture(column int) {
	band, width := m.waterfall.shown, m.frame.fall.w
	sig, hz := m.snap.Receive.Signal, band.hz(column, width)
	found := m.waterfall.snap(hz, band.width()/float64(width), sig, otherShifts(sig, m.snap.Receive.Sideband))
	if sameShift(found, sig) {
		m.tune(found.Mark)
	} else {
		m.tuneTo(found)
	}
}

func (m *model) clickText(at tea.Mouse) {
	switch at.Button {
	case tea.MouseLeft:
		if call := m.receive.callAt(at.X, at.Y); call != "" {
			m.takeCall(call)
		}
	case tea.MouseRight:
		m.receive.reshiftAt(at.X, at.Y)
	}
}

// wheel moves the tones by 1 Hz over the waterfall, by 10 Hz with Ctrl or
// Shift held, and scrolls everything else.
func (m *model) wheel(at tea.Mouse) {
	step := 0
	switch at.Button {
	case tea.MouseWheelUp:
		step = 1
	case tea.MouseWheelDown:
		step = -1
	}
	switch {
	case step == 0 || m.ask != nil:
	case m.panel != nil:
		m.panel.wheel(step)
	case m.frame.onPicture(at.X, at.Y):
		if at.Mod&(tea.ModCtrl|tea.ModShift) != 0 {
			step *= 10
		}
		m.nudge(float64(step))
	default:
		m.receive.scroll(3 * step)
	}
}
