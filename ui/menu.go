package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"
)

// A panel is drawn over the screen and takes the keys while it is open.
type panel interface {
	title() string
	size(w, h int) rect // of the whole panel, below the status lines
	key(m *model, k tea.KeyPressMsg) tea.Cmd
	wheel(lines int)
	escape() bool // closes something inside; false when the panel is to go
	draw(m *model, a area)
}

// drawPanel draws a panel with its frame.
func (m *model) drawPanel(body area) {
	a := body.part(m.panel.size(body.w, body.h))
	a.fill(' ', m.look.text)
	drawFrame(a, m.panel.title(), m.look)
	m.panel.draw(m, a.part(rect{2, 1, a.w - 4, a.h - 2}))
}

func drawFrame(a area, title string, l *look) {
	for x := range a.w {
		a.set(x, 0, '─', l.accent)
		a.set(x, a.h-1, '─', l.accent)
	}
	for y := range a.h {
		a.set(0, y, '│', l.accent)
		a.set(a.w-1, y, '│', l.accent)
	}
	a.set(0, 0, '╭', l.accent)
	a.set(a.w-1, 0, '╮', l.accent)
	a.set(0, a.h-1, '╰', l.accent)
	a.set(a.w-1, a.h-1, '╯', l.accent)
	if title != "" {
		a.put(2, 0, clip(" "+title+" ", a.w-4), l.title)
	}
}

// centred is a panel of at most a size in the middle of the screen.
func centred(w, h, most, high int) rect {
	pw, ph := min(w, most), min(h, high)
	return rect{(w - pw) / 2, (h - ph) / 2, pw, ph}
}

// menuPanel shows the letters that follow the prefix.
type menuPanel struct{ commands []command }

func (m *model) openMenu() { m.panel = &menuPanel{m.commands} }

func (p *menuPanel) title() string { return "Press a key · Esc closes" }
func (p *menuPanel) escape() bool  { return false }
func (p *menuPanel) wheel(int)     {}

func (p *menuPanel) size(w, h int) rect {
	columns := max(w/menuColumn, 1)
	need := (len(p.entries())+columns-1)/columns + 2
	return rect{0, max(h-need, 0), w, min(need, h)}
}

const menuColumn = 38

func (p *menuPanel) entries() (list []entry) {
	for _, g := range groups {
		for _, e := range helpOn(p.commands, g) {
			if e.menu != "" {
				list = append(list, e)
			}
		}
	}
	return list
}

func (p *menuPanel) key(m *model, k tea.KeyPressMsg) tea.Cmd {
	m.panel = nil
	if c := afterPrefix(m.commands, k); c != nil {
		return c.run(m)
	}
	if c := direct(m.commands, k); c != nil {
		return c.run(m)
	}
	m.warn(fmt.Sprintf("%s is no command; Ctrl-G ? is the help", keyName(k.String())))
	return nil
}

func (p *menuPanel) draw(m *model, a area) {
	list := p.entries()
	columns := max(a.w/(menuColumn-1), 1)
	rows := (len(list) + columns - 1) / columns
	w := a.w / columns
	for i, e := range list {
		c := a.part(rect{i / max(rows, 1) * w, i % max(rows, 1), w, 1})
		x := c.put(0, 0, e.menu, m.look.key)
		x = max(x+1, 3)
		c.put(x, 0, e.brief(c.w-x-1), m.look.text)
	}
}

// scroller is the position in a list of lines that is longer than its panel.
type scroller struct{ first, lines, h int }

func (s *scroller) by(n int) { s.first = min(max(s.first+n, 0), max(s.lines-s.h, 0)) }

func (s *scroller) wheel(n int) { s.by(-n) }

func (s *scroller) press(k tea.KeyPressMsg) {
	switch k.String() {
	case "up":
		s.by(-1)
	case "down":
		s.by(1)
	case "pgup", "ctrl+p":
		s.by(-s.h)
	case "pgdown", "ctrl+n", "space":
		s.by(s.h)
	case "home":
		s.by(-s.lines)
	case "end":
		s.by(s.lines)
	}
}

// helpPanel lists all commands, and what the screen's signs mean.
type helpPanel struct {
	scroller
	commands []command
}

func (m *model) openHelp() { m.panel = &helpPanel{commands: m.commands} }

func (p *helpPanel) title() string {
	return "Help · ↑ ↓ PgUp PgDn scroll · Esc closes"
}
func (p *helpPanel) escape() bool { return false }

func (p *helpPanel) size(w, h int) rect { return centred(w, h, 160, h) }

func (p *helpPanel) key(m *model, k tea.KeyPressMsg) tea.Cmd {
	if k.String() == "q" || k.String() == "?" {
		m.panel = nil
		return nil
	}
	p.press(k)
	return nil
}

// helpSigns tells what the screen's signs mean.
var helpSigns = []struct{ sign, about string }{
	{"M S", "tones listened to; ▲ △ tones sent, mark and space"},
	{"▏", "end of the received text; faint text before it may still change"},
	{"abc", "small or faint: more likely wrong than right"},
	{"(599)", "the word before it, read in figures"},
	{">", "sent by us; ▸ parts what is on the air from what waits"},
}

func (p *helpPanel) draw(m *model, a area) {
	columns := 1
	if a.w >= 140 {
		columns = 2
	}
	w := a.w / columns
	lines := p.text(m.look, w-1)
	perColumn := (len(lines) + columns - 1) / columns
	p.lines, p.h = perColumn, a.h
	p.by(0)
	for c := range columns {
		from := min(c*perColumn, len(lines))
		part := lines[from:min(from+perColumn, len(lines))]
		for y, line := range part[min(p.first, len(part)):] {
			line(a.part(rect{c * w, y, w - 1, 1}))
		}
	}
}

// text is the help as lines of that width that draw themselves.
func (p *helpPanel) text(l *look, width int) (lines []func(area)) {
	add := func(f func(area)) { lines = append(lines, f) }
	explain := func(x int, about string, keys func(area)) {
		for i, part := range folded(about, width-x) {
			add(func(a area) {
				if i == 0 {
					keys(a)
				}
				a.put(x, 0, part, l.text)
			})
		}
	}
	add(func(a area) { a.put(0, 0, "What is typed is queued for sending; commands are on these keys.", l.muted) })
	add(func(a area) {
		a.put(0, 0, "by itself", l.muted)
		a.put(18, 0, "after Ctrl-G or \\", l.muted)
	})
	for _, g := range groups {
		add(func(a area) { a.rule(0, string(g), l.line, l.title) })
		for _, e := range helpOn(p.commands, g) {
			explain(30, e.about, func(a area) {
				a.put(0, 0, e.keys, l.key)
				a.put(18, 0, e.menu, l.key)
			})
		}
	}
	add(func(a area) { a.rule(0, "Signs", l.line, l.title) })
	for _, s := range helpSigns {
		explain(18, s.about, func(a area) { a.put(0, 0, s.sign, l.key) })
	}
	return lines
}

// messagesPanel lists the notes.
type messagesPanel struct{ scroller }

func (m *model) openMessages() { m.panel = &messagesPanel{scroller{first: 1 << 20}} }

func (p *messagesPanel) title() string      { return "Messages · Esc closes" }
func (p *messagesPanel) escape() bool       { return false }
func (p *messagesPanel) size(w, h int) rect { return centred(w, h, 110, max(h*3/4, 10)) }

func (p *messagesPanel) key(_ *model, k tea.KeyPressMsg) tea.Cmd {
	p.press(k)
	return nil
}

func (p *messagesPanel) draw(m *model, a area) {
	lines := m.noteLines(a.w)
	p.lines, p.h = len(lines), a.h
	p.by(0)
	for y, line := range lines[p.first:] {
		line(a.row(y))
	}
	if len(lines) == 0 {
		a.put(0, 0, "none", m.look.faint)
	}
}

// noteLines are the notes, whole, as lines of that width that draw themselves.
func (m *model) noteLines(width int) (lines []func(area)) {
	for _, n := range m.notes {
		s := m.look.text
		if n.alarm {
			s = m.look.warn
		}
		at := n.at.UTC().Format("15:04:05") + " "
		for i, part := range folded(n.text, width-len(at)) {
			lines = append(lines, func(a area) {
				if i == 0 {
					a.put(0, 0, at, m.look.muted)
				}
				a.put(len(at), 0, part, s)
			})
		}
	}
	return lines
}
