package ui

import (
	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// A consoleKeys reads the function keys of the Linux console, which spells F1
// to F5 as ESC [ [ A to E. Bubble Tea takes that for something unknown and a
// letter, and a letter would be sent.
type consoleKeys struct{ begun bool }

// take gives the key that a message completes, or the message itself.
func (c *consoleKeys) take(msg tea.Msg) tea.Msg {
	begun := c.begun
	switch msg := msg.(type) {
	case uv.UnknownCsiEvent:
		c.begun = msg == "\x1b[["
	case tea.KeyPressMsg:
		c.begun = false
		if begun && len(msg.Text) == 1 && msg.Text >= "A" && msg.Text <= "E" {
			return tea.KeyPressMsg{Code: tea.KeyF1 + rune(msg.Text[0]-'A')}
		}
	}
	return msg
}
