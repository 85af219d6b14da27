package ui

import (
	"os"
	"strings"
	"testing"
)

func TestEveryKeyHasHelpAndOneMeaning(t *testing.T) {
	alone, after := map[string]string{}, map[string]string{}
	for _, c := range newCommands() {
		if c.about() == "" {
			t.Errorf("%v %v has no help", c.keys.Keys(), c.menu.Keys())
		}
		if len(c.keys.Keys())+len(c.menu.Keys()) == 0 {
			t.Errorf("%q has no key", c.about())
		}
		for _, k := range c.keys.Keys() {
			if old, ok := alone[k]; ok {
				t.Errorf("%s means %q and %q", k, old, c.about())
			}
			alone[k] = c.about()
		}
		for _, k := range c.menu.Keys() {
			if k != strings.ToLower(k) {
				t.Errorf("%s after the prefix needs a capital", k)
			}
			if old, ok := after[k]; ok {
				t.Errorf("%s after the prefix means %q and %q", k, old, c.about())
			}
			after[k] = c.about()
		}
	}
}

// Terminals and multiplexers take these for themselves, or can't tell them
// from another key.
func TestNoCommandNeedsAKeyThatTerminalsKeep(t *testing.T) {
	kept := []string{"ctrl+a", "ctrl+b", "ctrl+s", "ctrl+q", "ctrl+z", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+[", "ctrl+@"}
	for _, c := range newCommands() {
		for _, k := range append(c.keys.Keys(), c.menu.Keys()...) {
			if strings.Contains(k, "alt") {
				t.Errorf("%q needs Alt", c.about())
			}
			for _, bad := range kept {
				if k == bad {
					t.Errorf("%q is on %s", c.about(), k)
				}
			}
		}
	}
}

func TestLettersAreText(t *testing.T) {
	s := newScreen(t, 80, 24, Options{})
	for _, c := range newCommands() {
		for _, k := range c.keys.Keys() {
			if len(k) == 1 && k != `\` {
				t.Errorf("%q takes %q from the text", c.about(), k)
			}
		}
	}
	s.press("c q space ? / 5")
	s.asks(t, `Type "c"`, `Type "q"`, `Type " "`, `Type "?"`, `Type "/"`, `Type "5"`)
}

// asks tells whether the station was asked for exactly that, and forgets it.
func (s *testScreen) asks(t *testing.T, want ...string) {
	t.Helper()
	got := strings.Join(s.f.asked, "; ")
	if got != strings.Join(want, "; ") {
		t.Errorf("the station was asked to %q, want %q", got, strings.Join(want, "; "))
	}
	s.f.asked = nil
}

// A command must not panic in any state of the screen.
func TestAllCommandsRun(t *testing.T) {
	for _, c := range newCommands() {
		for _, k := range c.keys.Keys() {
			s := newScreen(t, 80, 24, Options{})
			s.send(keyPress(k))
			s.content()
		}
		for _, k := range c.menu.Keys() {
			s := newScreen(t, 80, 24, Options{})
			s.press("ctrl+g")
			s.send(keyPress(k))
			s.content()
			s.press(`\`)
			s.send(keyPress(k))
			s.content()
		}
	}
}

func TestMacroKeys(t *testing.T) {
	s := newScreen(t, 80, 24, Options{})
	s.press("f1 f12 ctrl+g 1 ctrl+g 0 ctrl+g = ctrl+o f2")
	s.asks(t, "Macro 0 0", "Macro 0 11", "Macro 0 0", "Macro 0 9", "Macro 0 11", "Macro 1 1")
	s.wants(t, "S&P macros")
}

// keyTable is the table of docs/terminal.md.
func keyTable() string {
	var b strings.Builder
	for _, g := range groups {
		b.WriteString("\n### " + string(g) + "\n\n| key | after Ctrl-G or `\\` | |\n|---|---|---|\n")
		for _, e := range helpOn(newCommands(), g) {
			cell := func(keys string) string {
				keys = strings.ReplaceAll(keys, "|", `\|`)
				if keys == "" {
					return ""
				}
				return strings.ReplaceAll("`"+strings.ReplaceAll(keys, " ", "` `")+"`", "`…`", "…")
			}
			b.WriteString("| " + cell(e.keys) + " | " + cell(e.menu) + " | " + e.about + " |\n")
		}
	}
	return b.String()
}

func TestTheDocumentationHasTheKeys(t *testing.T) {
	const file, begin, end = "../docs/terminal.md", "<!-- keys -->\n", "<!-- end of keys -->\n"
	doc, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(doc), begin)
	table, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("%s has no key table between %q and %q", file, begin, end)
	}
	if table == keyTable() {
		return
	}
	if !*update {
		t.Fatalf("the key table of %s is not that of the program (go test ./ui -update writes it anew); want %s", file, keyTable())
	}
	if err := os.WriteFile(file, []byte(head+begin+keyTable()+end+tail), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestKeyNames(t *testing.T) {
	for k, want := range map[string]string{"ctrl+t": "Ctrl-T", "f10": "F10", "pgup": "PgUp", "shift+tab": "Shift-Tab", "f": "f", "?": "?", `\`: `\`} {
		if got := keyName(k); got != want {
			t.Errorf("%s is called %q, want %q", k, got, want)
		}
	}
}
