package ui

import (
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// A group is a heading of the help.
type group string

const (
	sending   group = "Sending"
	calling   group = "Calls"
	tuning    group = "Tuning"
	receiving group = "Receiving"
	reading_  group = "Reading back"
	screen    group = "Screen"
)

var groups = []group{sending, calling, tuning, receiving, reading_, screen}

// A command is something that a key does. Its keys stand here and nowhere
// else: the dispatcher, the menu, the help and the documentation follow.
type command struct {
	group group
	keys  key.Binding // pressed by itself; may have no keys
	menu  key.Binding // after the prefix; may have no keys
	run   func(*model) tea.Cmd
	macro bool // one of the twelve, which the help shows as one
}

func (c command) about() string {
	if c.keys.Help().Desc != "" {
		return c.keys.Help().Desc
	}
	return c.menu.Help().Desc
}

// newCommand takes keys as Bubble Tea spells them, apart by spaces.
func newCommand(g group, keys, menu, about string, run func(*model) tea.Cmd) command {
	c := command{group: g, run: run}
	c.keys, c.menu = binding(keys, about), binding(menu, about)
	return c
}

func binding(keys, about string) key.Binding {
	if keys == "" {
		return key.NewBinding()
	}
	list := strings.Fields(keys)
	names := make([]string, len(list))
	for i, k := range list {
		names[i] = keyName(k)
	}
	return key.NewBinding(key.WithKeys(list...), key.WithHelp(strings.Join(names, " "), about))
}

// keyName is a key as people write it: Ctrl-T for ctrl+t.
func keyName(k string) string {
	names := map[string]string{
		"esc": "Esc", "enter": "Enter", "tab": "Tab", "shift+tab": "Shift-Tab", "backspace": "Backspace", "delete": "Del",
		"pgup": "PgUp", "pgdown": "PgDn", "home": "Home", "end": "End", "left": "←", "right": "→", "up": "↑", "down": "↓",
	}
	if name, ok := names[k]; ok {
		return name
	}
	if letter, ok := strings.CutPrefix(k, "ctrl+"); ok {
		return "Ctrl-" + strings.ToUpper(letter)
	}
	if len(k) > 1 && k[0] == 'f' {
		return strings.ToUpper(k)
	}
	return k
}

// prefix opens the menu. The backslash is in no teleprinter code, and some
// terminals in a browser or an editor take Ctrl-G for themselves.
const prefix = `ctrl+g \`

// macroMenu are the keys that send the macros of F1 to F12 after the prefix.
const macroMenu = "1234567890-="

func newCommands() []command {
	c := newCommand
	do := func(f func(*model)) func(*model) tea.Cmd {
		return func(m *model) tea.Cmd { f(m); return nil }
	}
	table := []command{
		c(sending, "esc", "", "stop sending at once; else close what is open", (*model).escape),
		c(sending, "ctrl+t", "t", "transmit; while sending, back to receive when all is sent", do((*model).toggleTransmit)),
		c(sending, "ctrl+r", "b", "back to receive when all is sent", do((*model).receiveWhenSent)),
		c(sending, "enter", "", "new line", do(func(m *model) { m.typed("\n") })),
		c(sending, "backspace ctrl+h", "", "take back the last character not yet sent", do(func(m *model) { m.station.Erase() })),
		c(sending, "ctrl+w", "", "take back the last word not yet sent", do(func(m *model) { m.station.EraseWord() })),
		c(sending, "ctrl+u", "", "take back all that is not yet sent", do(func(m *model) { m.station.ClearQueue() })),
		c(sending, "ctrl+o", "u", "the other bank of macros", do((*model).otherBank)),
		c(sending, "", "e", "enable or disable transmitting", do((*model).toggleEnabled)),
		c(sending, "", "i", "send the own call", do((*model).identify)),
		c(sending, "", "c", "carrier: mark for 10 seconds", do((*model).carrierMark)),
		c(sending, "", "y", "carrier: RYRY for 10 seconds", do((*model).carrierRY)),

		c(calling, "tab", "", "take the last call heard; again, the one before", do(func(m *model) { m.takeNext(1) })),
		c(calling, "shift+tab", "", "the other way", do(func(m *model) { m.takeNext(-1) })),
		c(calling, "", "k", "the station in contact: call, name, report, exchange", do((*model).editContact)),

		c(tuning, "left", "", "mark 1 Hz down", do(func(m *model) { m.nudge(-1) })),
		c(tuning, "right", "", "mark 1 Hz up", do(func(m *model) { m.nudge(1) })),
		c(tuning, "down", "", "mark 10 Hz down", do(func(m *model) { m.nudge(-10) })),
		c(tuning, "up", "", "mark 10 Hz up", do(func(m *model) { m.nudge(10) })),
		c(tuning, "ctrl+e", "a", "search for a signal", do((*model).auto)),
		c(tuning, "", "r", "reverse: swap mark and space", do((*model).reverse)),
		c(tuning, "", "p", "next preset of speed and shift", do((*model).nextPreset)),
		c(tuning, "", "l", "sideband: LSB or USB", do((*model).toggleSideband)),
		c(tuning, "", "f", "AFC on or off", do((*model).toggleAFC)),
		c(tuning, "", "n", "NET: send where it is listened", do((*model).toggleNet)),
		c(tuning, "", "h", "home: the VFO moves the signal to the home tones", do((*model).home)),

		c(receiving, "", "s", "squelch: automatic, 50 %, 90 %, off", do((*model).nextSquelch)),
		c(receiving, "", "g", "text prior: what is expected, or nothing", do((*model).nextPrior)),
		c(receiving, "", "d", "decode the last 3 minutes again", do((*model).decodeRecent)),
		c(receiving, "", "z", "decode all that is kept again", do((*model).decodeAll)),
		c(receiving, "", "w", "record to a file, or stop it", do((*model).toggleRecord)),

		c(reading_, "pgup ctrl+p", "", "a page back", do(func(m *model) { m.page(1) })),
		c(reading_, "pgdown ctrl+n", "", "a page on", do(func(m *model) { m.page(-1) })),
		c(reading_, "home", "", "the oldest text", do(func(m *model) { m.receive.top() })),
		c(reading_, "end", "", "the present text", do(func(m *model) { m.receive.follow() })),
		c(reading_, "ctrl+f", "/", "search the received text", do((*model).startSearch)),
		c(reading_, "ctrl+x", "x", "show a word in the other shift; again, the word before", do((*model).reshiftWord)),

		c(screen, prefix, "", "the menu: a letter for every command", do((*model).openMenu)),
		c(screen, "", "?", "help", do((*model).openHelp)),
		c(screen, "", "o", "settings", do((*model).openSettings)),
		c(screen, "", "j", "messages", do((*model).openMessages)),
		c(screen, "", "+", "waterfall: zoom in", do(func(m *model) { m.zoom(1) })),
		c(screen, "", "_", "waterfall: zoom out", do(func(m *model) { m.zoom(-1) })),
		c(screen, "", "v", "waterfall: larger, smaller, none", do((*model).resizeWaterfall)),
		c(screen, "", "m", "mouse: the program's, or the terminal's to copy text", do((*model).toggleMouse)),
		c(screen, "", ",", "next theme", do((*model).nextTheme)),
		c(screen, "ctrl+l", "", "draw the screen again", (*model).redraw),
		c(screen, "ctrl+c", "q", "quit; while sending, stop and ask", (*model).quit),
	}
	for i, menu := range macroMenu {
		macro := newCommand(sending, "f"+strconv.Itoa(i+1), string(menu), "send the macro", func(m *model) tea.Cmd {
			m.sendMacro(i)
			return nil
		})
		macro.macro = true
		table = append(table, macro)
	}
	return table
}

// An entry is a line of the help: keys by themselves, keys after the prefix,
// and what they do.
type entry struct{ keys, menu, about string }

// helpOn lists a group's commands, the macros as one.
func helpOn(commands []command, g group) (entries []entry) {
	macros := false
	for _, c := range commands {
		switch {
		case c.group != g:
		case c.macro:
			macros = true
		default:
			entries = append(entries, entry{c.keys.Help().Key, c.menu.Help().Key, c.about()})
		}
	}
	if macros {
		entries = append(entries, entry{"F1 … F12", "1 … 9 0 - =", "a macro of the bank shown"})
	}
	return entries
}

// brief is what a command does in a few words: without what follows a colon
// or a semicolon, where there is no room for it.
func (e entry) brief(width int) string {
	for _, stop := range []string{";", ":"} {
		if textWidth(e.about) > width {
			e.about, _, _ = strings.Cut(e.about, stop)
		}
	}
	return clip(e.about, width)
}

// direct finds what a key does by itself.
func direct(commands []command, k tea.KeyPressMsg) *command {
	for i := range commands {
		if key.Matches(k, commands[i].keys) {
			return &commands[i]
		}
	}
	return nil
}

// afterPrefix finds what a key does after the prefix. Capitals are the same as
// small letters: many operators leave Caps Lock on.
func afterPrefix(commands []command, k tea.KeyPressMsg) *command {
	name := lowered(typedText(k))
	for i := range commands {
		if key.Matches(name, commands[i].menu) {
			return &commands[i]
		}
	}
	return nil
}

// lowered is a typed character as key bindings spell it.
type lowered string

func (l lowered) String() string { return strings.ToLower(string(l)) }
