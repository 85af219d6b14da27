package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// A note is a sentence for the operator.
type note struct {
	at    time.Time
	text  string
	alarm bool
}

const (
	noteTime  = 12 * time.Second // that a note stands
	keptNotes = 200
)

func (m *model) say(text string)  { m.note(note{m.snap.At, text, false}) }
func (m *model) warn(text string) { m.note(note{m.snap.At, text, true}) }

func (m *model) note(n note) {
	if len(m.notes) >= 2*keptNotes {
		m.notes = append(m.notes[:0], m.notes[keptNotes:]...)
	}
	m.notes = append(m.notes, n)
}

// currentNote is the note that stands now.
func (m *model) currentNote() (n note, ok bool) {
	if len(m.notes) == 0 {
		return note{}, false
	}
	n = m.notes[len(m.notes)-1]
	return n, m.snap.At.Sub(n.at) < noteTime
}

// A question waits for y or n.
type question struct {
	text string
	yes  func(*model) tea.Cmd
}

// answer takes a key as the answer to the question.
func (m *model) answer(k tea.KeyPressMsg) tea.Cmd {
	q := m.ask
	switch k.String() {
	case "y", "Y", "enter":
		m.ask = nil
		return q.yes(m)
	case "n", "N":
		m.ask = nil
	}
	return nil
}
