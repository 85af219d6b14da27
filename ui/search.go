package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// A searchLine is the line in which a search is typed.
type searchLine struct {
	input *input
	lost  bool // the text is nowhere
}

func (m *model) startSearch() {
	m.search = &searchLine{input: newInput(m.receive.query)}
}

func (m *model) endSearch() {
	m.search = nil
	m.receive.query, m.receive.hit = "", nil
	m.receive.follow()
}

// searchKey takes a key while a search is typed. What was typed so far is
// searched for at once.
func (m *model) searchKey(k tea.KeyPressMsg) {
	s := m.search
	switch k.String() {
	case "enter", "up", "ctrl+f", "ctrl+p":
		s.lost = !m.receive.find(true)
	case "down", "ctrl+n":
		s.lost = !m.receive.find(false)
	case "pgup":
		m.page(1)
	case "pgdown":
		m.page(-1)
	default:
		s.input.press(k)
		m.searchTyped()
	}
}

// searchTyped searches for what the line says now.
func (m *model) searchTyped() {
	text := m.search.input.value()
	if !strings.EqualFold(text, m.receive.query) {
		m.search.lost = !m.receive.search(text) && text != ""
	}
}
