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
	toSend     group = "Sending"
	toCall     group = "Calls"
	toTune     group = "Tuning"
	toReceive  group = "Receiving"
	toReadBack group = "Reading back"
	toShow     group = "Screen"
)

var groups = []group{toSend, toCall, toTune, toReceive, toReadBack, toShow}

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
		c(toSend, "esc", "", "stop sending at once; else close what is open", (*model).escape),
		c(toSend, "ctrl+t", "t", "transmit; while sending, back to receive when all is sent", do((*model).toggleTransmit)),
		c(toSend, "ctrl+r", "b", "back to receive when all is sent", do((*model).receiveWhenSent)),
		c(toSend, "enter", "", "new line", do(func(m *model) { m.typed("\n") })),
		c(toSend, "backspace ctrl+h", "", "take back the last character not yet sent", do(func(m *model) { m.station.Erase() })),
		c(toSend, "ctrl+w", "", "take back the last word not yet sent", do(func(m *model) { m.station.EraseWord() })),
		c(toSend, "ctrl+u", "", "take back all that is not yet sent", do(func(m *model) { m.station.ClearQueue() })),
		c(toSend, "ctrl+o", "u", "the other bank of macros", do((*model).otherBank)),
		c(toSend, "", "e", "enable or disable transmitting", do((*model).toggleEnabled)),
		c(toSend, "", "i", "send the own call", do((*model).identify)),
		c(toSend, "", "c", "carrier: mark for 10 seconds", do((*model).carrierMark)),
		c(toSend, "", "y", "carrier: RYRY for 10 seconds", do((*model).carrierRY)),

		c(toCall, "tab", "", "take the last call heard; again, the one before", do(func(m *model) { m.takeNext(1) })),
		c(toCall, "shift+tab", "", "the other way", do(func(m *model) { m.takeNext(-1) })),
		c(toCall, "", "k", "the station in contact: call, name, report, exchange", do((*model).editContact)),

		c(toTune, "left", "", "mark 1 Hz down", do(func(m *model) { m.nudge(-1) })),
		c(toTune, "right", "", "mark 1 Hz up", do(func(m *model) { m.nudge(1) })),
		c(toTune, "down", "", "mark 10 Hz down", do(func(m *model) { m.nudge(-10) })),
		c(toTune, "up", "", "mark 10 Hz up", do(func(m *model) { m.nudge(10) })),
		c(toTune, "ctrl+e", "a", "search for a signal", do((*model).auto)),
		c(toTune, "", "r", "reverse: swap mark and space", do((*model).reverse)),
		c(toTune, "", "p", "next preset of speed and shift", do((*model).nextPreset)),
		c(toTune, "", "l", "sideband: LSB or USB", do((*model).toggleSideband)),
		c(toTune, "", "f", "AFC on or off", do((*model).toggleAFC)),
		c(toTune, "", "n", "NET: send where it is listened", do((*model).toggleNet)),
		c(toTune, "", "h", "home: the VFO moves the signal to the home tones", do((*model).home)),

		c(toReceive, "", "s", "squelch: automatic, 50 %, 90 %, off", do((*model).nextSquelch)),
		c(toReceive, "", "g", "text prior: what is expected, or nothing", do((*model).nextPrior)),
		c(toReceive, "", "d", "decode the last 3 minutes again", do((*model).decodeRecent)),
		c(toReceive, "", "z", "decode all that is kept again", do((*model).decodeAll)),
		c(toReceive, "", "w", "record to a file, or stop it", do((*model).toggleRecord)),

		c(toReadBack, "pgup ctrl+p", "", "a page back", do(func(m *model) { m.page(1) })),
		c(toReadBack, "pgdown ctrl+n", "", "a page on", do(func(m *model) { m.page(-1) })),
		c(toReadBack, "home", "", "the oldest text", do(func(m *model) { m.receive.top() })),
		c(toReadBack, "end", "", "the present text", do(func(m *model) { m.receive.follow() })),
		c(toReadBack, "ctrl+f", "/", "search the received text", do((*model).startSearch)),
		c(toReadBack, "ctrl+x", "x", "show a word in the other shift; again, the word before", do((*model).reshiftWord)),

		c(toShow, prefix, "", "the menu: a letter for every command", do((*model).openMenu)),
		c(toShow, "", "?", "help", do((*model).openHelp)),
		c(toShow, "", "o", "settings", do((*model).openSettings)),
		c(toShow, "", "j", "messages", do((*model).openMessages)),
		c(toShow, "", "+", "waterfall: zoom in", do(func(m *model) { m.zoom(1) })),
		c(toShow, "", "_", "waterfall: zoom out", do(func(m *model) { m.zoom(-1) })),
		c(toShow, "", "v", "waterfall: larger, smaller, none", do((*model).resizeWaterfall)),
		c(toShow, "", "m", "mouse: the program's, or the terminal's to copy text", do((*model).toggleMouse)),
		c(toShow, "", ",", "next theme", do((*model).nextTheme)),
		c(toShow, "ctrl+l", "", "draw the screen again", (*model).redraw),
		c(toShow, "ctrl+c", "q", "quit; while sending, stop and ask", (*model).quit),
	}
	for i, menu := range macroMenu {
		macro := newCommand(toSend, "f"+strconv.Itoa(i+1), string(menu), "send the macro", func(m *model) tea.Cmd {
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
