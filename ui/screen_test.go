package ui

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"rtty/station"
)

var update = flag.Bool("update", false, "write the golden files and the key table anew")

// A screen is a model with its fake station, without a program around it.
type testScreen struct {
	*model
	f *fakeStation
}

func newScreen(t *testing.T, w, h int, o Options) *testScreen {
	t.Helper()
	f, _ := o.Station.(*fakeStation)
	if f == nil {
		f = newFake()
		o.Station = f
	}
	theme, err := themeNamed(o.Theme)
	if err != nil {
		t.Fatal(err)
	}
	if o.Settings == nil {
		o.Settings = newFakeSettings()
	}
	s := &testScreen{newModel(context.Background(), o, theme, f.wake), f}
	s.send(tea.WindowSizeMsg{Width: w, Height: h})
	return s
}

func (s *testScreen) send(msg tea.Msg) { s.Update(msg) }

// news lets the screen take what the station has published.
func (s *testScreen) news() { s.read(); s.stale = true }

// content is the screen as it is sent to the terminal.
func (s *testScreen) content() string { return s.View().Content }

var escapes = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// lines is the screen as text.
func (s *testScreen) lines() []string {
	return strings.Split(escapes.ReplaceAllString(s.content(), ""), "\n")
}

func (s *testScreen) wants(t *testing.T, texts ...string) {
	t.Helper()
	all := strings.Join(s.lines(), "\n")
	for _, text := range texts {
		if !strings.Contains(all, text) {
			t.Errorf("the screen does not show %q:\n%s", text, all)
		}
	}
}

// press presses keys, which are apart by spaces; anything that is no name of a
// key is typed letter by letter.
func (s *testScreen) press(keys string) {
	for _, k := range strings.Fields(keys) {
		s.send(keyPress(k))
	}
}

var namedKeys = map[string]rune{
	"esc": tea.KeyEscape, "enter": tea.KeyEnter, "tab": tea.KeyTab, "backspace": tea.KeyBackspace, "delete": tea.KeyDelete,
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
	"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd, "space": tea.KeySpace,
}

func keyPress(name string) tea.KeyPressMsg {
	var mod tea.KeyMod
	for {
		if rest, ok := strings.CutPrefix(name, "ctrl+"); ok && rest != "" {
			mod, name = mod|tea.ModCtrl, rest
			continue
		}
		if rest, ok := strings.CutPrefix(name, "shift+"); ok && rest != "" {
			mod, name = mod|tea.ModShift, rest
			continue
		}
		break
	}
	var n int
	if code, ok := namedKeys[name]; ok {
		k := tea.KeyPressMsg{Code: code, Mod: mod}
		if name == "space" {
			k.Text = " "
		}
		return k
	}
	if _, err := fmt.Sscanf(name, "f%d", &n); err == nil && len(name) > 1 {
		return tea.KeyPressMsg{Code: tea.KeyF1 + rune(n-1), Mod: mod}
	}
	k := tea.KeyPressMsg{Code: []rune(name)[0], Mod: mod}
	if mod == 0 {
		k.Text = name
	}
	return k
}

// scenes are the views whose pictures are kept.
var scenes = []struct {
	name string
	play func(*testScreen)
}{
	{"receive", func(*testScreen) {}},
	{"transmit", func(s *testScreen) {
		s.f.change(func(p *station.Snapshot) {
			t := &p.Transmit
			t.Phase, t.Since, t.Left = station.Sending, p.At.Add(-12*time.Second), 168*time.Second
			t.Over, t.Queue = "CQ CQ DE OE1ABC OE1", []rune("ABC OE1ABC PSE K")
			t.ID = station.ID{Running: true, Left: 431 * time.Second}
			t.Signal.Mark, t.Signal.Space = t.Signal.Mark-300, t.Signal.Space-300
			p.Receive.Muted, p.Receive.Tail = true, nil
		})
		s.news()
	}},
	{"help", func(s *testScreen) { s.press("ctrl+g ?") }},
	{"menu", func(s *testScreen) { s.press("ctrl+g") }},
	{"settings", func(s *testScreen) { s.press("ctrl+g O down down") }},
	{"search", func(s *testScreen) { s.press("ctrl+f k l m enter") }},
}

func TestViews(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
		for _, color := range []Color{ColorTrue, ColorNone} {
			for _, scene := range scenes {
				name := fmt.Sprintf("%s-%dx%d-%s", scene.name, size[0], size[1], color)
				t.Run(name, func(t *testing.T) {
					f := newFake()
					playContact(f)
					s := newScreen(t, size[0], size[1], Options{Station: f, Color: color})
					s.content() // a search and a scroll need to know the height
					scene.play(s)
					golden(t, name, s.content())
				})
			}
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got+"\n" != string(want) {
		t.Errorf("%s differs (go test ./ui -update writes it anew; cat shows it):\n%s", file, got)
	}
}
