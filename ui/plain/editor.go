package plain

import (
	"unicode"
	"unicode/utf8"
)

// An entry is something that was typed.
type entry struct {
	kind entryKind
	text string // of a line
	key  int    // number of a function key
}

type entryKind uint8

const (
	lineEntered entryKind = iota
	escapePressed
	functionKey
	inputEnded
)

// Control characters that the terminal leaves to us.
const (
	endOfText = 0x04 // Ctrl-D
	backspace = 0x08
	eraseWord = 0x17 // Ctrl-W
	killLine  = 0x15 // Ctrl-U
	escape    = 0x1b
	delete    = 0x7f
)

// wipe takes the last character off a terminal's line. Every terminal knows
// these three, the kernel uses them as well.
const wipe = "\b \b"

// mostTyped is how long a line may be. Whoever pastes more loses what is over.
const mostTyped = 4000

// An editor makes lines of keystrokes, and shows them meanwhile.
type editor struct {
	echo func(string)

	line    []rune
	partial []byte // of a character or an escape sequence that is not whole
}

// begun tells whether a line is being typed.
func (e *editor) begun() bool { return len(e.line) > 0 }

// feed takes what was typed, as it was read.
func (e *editor) feed(typed []byte) []entry {
	var entries []entry
	typed = append(e.partial, typed...)
	e.partial = nil
	for len(typed) > 0 {
		n, done := 1, []entry(nil)
		switch c := typed[0]; {
		case c == escape:
			n, done = e.escape(typed)
		case c < utf8.RuneSelf:
			done = e.control(c)
		case !utf8.FullRune(typed):
			e.partial = append(e.partial, typed...)
			return entries
		default:
			var r rune
			r, n = utf8.DecodeRune(typed)
			e.put(r)
		}
		entries = append(entries, done...)
		typed = typed[n:]
	}
	return entries
}

func (e *editor) control(c byte) []entry {
	switch c {
	case '\r', '\n':
		line := string(e.line)
		e.line = e.line[:0]
		return []entry{{kind: lineEntered, text: line}}
	case endOfText:
		if !e.begun() {
			return []entry{{kind: inputEnded}}
		}
	case backspace, delete:
		e.erase(1)
	case eraseWord:
		e.erase(e.lastWord())
	case killLine:
		e.erase(len(e.line))
	case '\t':
		e.put(' ')
	default:
		e.put(rune(c))
	}
	return nil
}

func (e *editor) put(r rune) {
	if unicode.IsPrint(r) && r != utf8.RuneError && len(e.line) < mostTyped {
		e.line = append(e.line, r)
		e.echo(string(r))
	}
}

func (e *editor) erase(n int) {
	for range min(n, len(e.line)) {
		e.line = e.line[:len(e.line)-1]
		e.echo(wipe)
	}
}

// lastWord is the length of the last word with what follows it.
func (e *editor) lastWord() int {
	n := len(e.line)
	for n > 0 && e.line[n-1] == ' ' {
		n--
	}
	for n > 0 && e.line[n-1] != ' ' {
		n--
	}
	return len(e.line) - n
}

// functionKeys are what terminals send for F1 to F12: VT100 (SS3), the Linux
// console, and xterm.
var functionKeys = map[string]int{
	"OP": 1, "OQ": 2, "OR": 3, "OS": 4,
	"[[A": 1, "[[B": 2, "[[C": 3, "[[D": 4, "[[E": 5,
	"[11~": 1, "[12~": 2, "[13~": 3, "[14~": 4,
	"[15~": 5, "[17~": 6, "[18~": 7, "[19~": 8, "[20~": 9, "[21~": 10, "[23~": 11, "[24~": 12,
}

// escape reads an escape sequence. The Esc key alone sends nothing after it:
// when no sequence has come in the same read, it was that key. Should a slow
// line have torn a sequence apart, the transmitter is stopped for nothing, which
// is the better one of both mistakes.
func (e *editor) escape(typed []byte) (n int, entries []entry) {
	n = sequenceLength(typed)
	if n == 0 {
		return 1, []entry{{kind: escapePressed}}
	}
	if key := functionKeys[string(typed[1:n])]; key > 0 {
		return n, []entry{{kind: functionKey, key: key}}
	}
	return n, nil
}

// sequenceLength is how many bytes belong to the escape sequence that typed
// begins with, ESC [ parameters letter or ESC O letter (ECMA-48, 5.4); 0 when
// there is none or it is not whole.
func sequenceLength(typed []byte) int {
	switch {
	case len(typed) < 3:
		return 0
	case typed[1] == 'O':
		return 3
	case typed[1] != '[':
		return 0
	case typed[2] == '[': // of the Linux console
		return 4 * min(1, len(typed)/4)
	}
	for i := 2; i < len(typed); i++ {
		if c := typed[i]; c >= 0x40 && c <= 0x7e {
			return i + 1
		}
	}
	return 0
}
