package ui

import tea "charm.land/bubbletea/v2"

// An input is one line that can be edited. (The one of Bubbles would bring
// the clipboard programs of a desktop with it; the terminal pastes anyway.)
type input struct {
	text []rune
	at   int // place of the cursor
}

func newInput(text string) *input {
	r := []rune(text)
	return &input{r, len(r)}
}

func (in *input) value() string { return string(in.text) }

// insert puts text at the cursor; control characters are left out.
func (in *input) insert(text string) {
	for _, r := range text {
		if runeWidth(r) > 0 {
			in.text = append(in.text[:in.at], append([]rune{r}, in.text[in.at:]...)...)
			in.at++
		}
	}
}

// remove takes away what lies between the cursor and another place.
func (in *input) remove(to int) {
	to = min(max(to, 0), len(in.text))
	low, high := min(in.at, to), max(in.at, to)
	in.text = append(in.text[:low], in.text[high:]...)
	in.at = low
}

// wordStart is where the word before the cursor begins.
func (in *input) wordStart() int {
	at := in.at
	for at > 0 && in.text[at-1] == ' ' {
		at--
	}
	for at > 0 && in.text[at-1] != ' ' {
		at--
	}
	return at
}

// press takes a key.
func (in *input) press(k tea.KeyPressMsg) {
	switch k.String() {
	case "left":
		in.at = max(in.at-1, 0)
	case "right":
		in.at = min(in.at+1, len(in.text))
	case "home":
		in.at = 0
	case "end":
		in.at = len(in.text)
	case "backspace", "ctrl+h":
		in.remove(in.at - 1)
	case "delete":
		in.remove(in.at + 1)
	case "ctrl+w":
		in.remove(in.wordStart())
	case "ctrl+u":
		in.remove(0)
	default:
		in.insert(k.Text)
	}
}

// draw shows the line from x on, its cursor always in sight.
func (in *input) draw(a area, x int, l *look) {
	text, at := in.text, in.at
	if over := min(at+x+1-a.w, len(text)); over > 0 {
		text, at = text[over:], at-over
	}
	a.put(x, 0, string(text), l.text)
	under := ' '
	if at < len(text) {
		under = text[at]
	}
	a.set(x+at, 0, under, l.cursor)
}
