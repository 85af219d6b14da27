package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// An item is a line of an editor: a value that can be changed.
type item struct {
	label   string
	kind    Kind
	allowed []string
	initial string // what Del brings back
	about   string
	note    string // a few words more, such as from when on it holds
}

// An editor is a panel with a list of values. Enter edits one, and what is typed
// takes its place; what was entered is stored at once or refused with a sentence.
type editor struct {
	name  string
	items []item
	get   func(i int) string
	set   func(i int, value string) error

	at      int
	first   int
	rows    int
	input   *input // of the value that is being edited
	message string
}

func (e *editor) title() string {
	if e.input != nil {
		return e.name + " · Enter stores · Esc leaves it"
	}
	return e.name + " · Enter changes · Del default · Esc closes"
}

func (e *editor) size(w, h int) rect {
	return centred(w, h, 110, max(min(len(e.items)+6, h), min(h, 10)))
}

func (e *editor) escape() bool {
	editing := e.input != nil
	e.input, e.message = nil, ""
	return editing
}

func (e *editor) wheel(lines int) { e.move(-lines) }

func (e *editor) move(by int) {
	e.at = min(max(e.at+by, 0), max(len(e.items)-1, 0))
	e.message = ""
}

func (e *editor) key(m *model, k tea.KeyPressMsg) tea.Cmd {
	if len(e.items) == 0 {
		return nil
	}
	if e.input != nil {
		e.edit(k)
		return nil
	}
	switch k.String() {
	case "up", "shift+tab", "ctrl+p":
		e.move(-1)
	case "down", "tab", "ctrl+n":
		e.move(1)
	case "pgup":
		e.move(-e.rows)
	case "pgdown":
		e.move(e.rows)
	case "home":
		e.move(-len(e.items))
	case "end":
		e.move(len(e.items))
	case "enter", "space", "right":
		e.change(1)
	case "left":
		e.change(-1)
	case "delete", "backspace":
		e.store(e.items[e.at].initial)
	default:
		if k.Text != "" && e.choices() == nil {
			e.input = newInput("")
			e.edit(k)
		}
	}
	return nil
}

// choices are the values that the chosen item can have; nil where it is written.
func (e *editor) choices() []string {
	switch it := e.items[e.at]; {
	case it.kind == Switch:
		return []string{"false", "true"}
	case it.kind == Text || len(it.allowed) == 0:
		return nil
	default:
		return it.allowed
	}
}

// change goes to the next allowed value, or begins to edit.
func (e *editor) change(step int) {
	choices := e.choices()
	if choices == nil {
		e.input = newInput(e.get(e.at))
		return
	}
	at := slices.Index(choices, e.get(e.at))
	e.store(choices[(max(at, 0)+step+len(choices))%len(choices)])
}

func (e *editor) edit(k tea.KeyPressMsg) {
	e.message = ""
	if k.String() != "enter" {
		e.input.press(k)
		return
	}
	if e.store(strings.TrimSpace(e.input.value())) {
		e.input = nil
	}
}

func (e *editor) store(value string) bool {
	e.message = ""
	if err := e.set(e.at, value); err != nil {
		e.message = err.Error()
		return false
	}
	return true
}

func (e *editor) draw(m *model, a area) {
	l := m.look
	e.rows = max(a.h-4, 1)
	e.first = min(max(e.first, e.at-e.rows+1), e.at)
	labels := 0
	for _, it := range e.items {
		labels = max(labels, textWidth(it.label))
	}
	labels = min(labels, a.w/2)
	for y := 0; y < e.rows && e.first+y < len(e.items); y++ {
		e.drawItem(a.row(y), e.first+y, labels, l)
	}
	if len(e.items) == 0 {
		a.put(0, 0, "there is nothing to set", l.faint)
		return
	}
	a.row(a.h-4).fill('─', l.line)
	if note := e.items[e.at].note; note != "" {
		note = " " + note + " "
		a.put(max(0, a.w-textWidth(note)-2), a.h-4, note, l.faint)
	}
	e.drawAbout(a.part(rect{0, a.h - 3, a.w, 3}), l)
}

func (e *editor) drawItem(a area, i, labels int, l *look) {
	it, value := e.items[i], e.get(i)
	label := l.text
	if i == e.at {
		label = l.chosen
		a.put(0, 0, "▸", l.accent)
	}
	a.put(2, 0, clip(it.label, labels), label)
	x := labels + 4
	if i == e.at && e.input != nil {
		e.input.draw(a.part(rect{x, 0, a.w - x, 1}), 0, l)
		return
	}
	switch {
	case value == "":
		a.put(x, 0, "–", l.faint)
	case value == it.initial:
		a.put(x, 0, clip(value, a.w-x), l.muted)
	default:
		a.put(x, 0, clip(value, a.w-x), l.accent)
	}
}

// drawAbout explains the chosen value, or says what was wrong with one.
func (e *editor) drawAbout(a area, l *look) {
	it := e.items[e.at]
	if e.message != "" {
		drawWrapped(a, e.message, l.warn)
		return
	}
	about := it.about
	if len(it.allowed) > 0 {
		about += " (" + strings.Join(it.allowed, ", ") + ")"
	}
	if it.initial != "" {
		about += " Default: " + it.initial + "."
	}
	drawWrapped(a, about, l.muted)
}

func drawWrapped(a area, text string, s style) {
	for y, line := range folded(text, a.w) {
		a.put(0, y, line, s)
	}
}
