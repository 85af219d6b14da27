package ui

import (
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"rtty/modem"
)

// drawn is what a canvas looks like without colours.
func drawn(w, h int, draw func(a area)) string {
	var c canvas
	c.clear(w, h)
	draw(c.all())
	return c.render(newPalette(&themes[0], colorprofile.ASCII, heats))
}

func TestDrawingIsClipped(t *testing.T) {
	for name, c := range map[string]struct {
		draw func(a area)
		want string
	}{
		"a text":                 {func(a area) { a.put(1, 0, "AB", style{}) }, " AB\n"},
		"too long":               {func(a area) { a.put(2, 0, "ABCDEF", style{}) }, "  ABC\n"},
		"left of it":             {func(a area) { a.put(-2, 1, "ABCD", style{}) }, "\nCD"},
		"below it":               {func(a area) { a.put(0, 2, "ABCD", style{}) }, "\n"},
		"control characters":     {func(a area) { a.put(0, 0, "A\x1b[2J\nB\x00", style{}) }, "A[2JB\n"},
		"combining marks":        {func(a area) { a.put(0, 0, "A\u0301B", style{}) }, "AB\n"},
		"wide":                   {func(a area) { a.put(0, 0, "日本A", style{}) }, "日本A\n"},
		"half of a wide one":     {func(a area) { a.put(0, 0, "日本語", style{}) }, "日本\n"},
		"its right half covered": {func(a area) { a.put(0, 0, "日本", style{}); a.set(1, 0, 'X', style{}) }, " X本\n"},
		"its left half covered":  {func(a area) { a.put(0, 0, "日本", style{}); a.set(2, 0, 'X', style{}) }, "日X \n"},
		"from the right":         {func(a area) { a.right(0, 0, "AB", style{}) }, "   AB\n"},
		"no room on the right":   {func(a area) { a.right(4, 0, "AB", style{}) }, "    A\n"},
		"a part":                 {func(a area) { a.part(rect{3, 1, 9, 9}).fill('#', style{}) }, "\n   ##"},
		"a part outside":         {func(a area) { a.part(rect{-3, -3, 2, 2}).fill('#', style{}) }, "\n"},
		"a part of a part":       {func(a area) { a.part(rect{1, 0, 3, 2}).part(rect{1, 1, 9, 9}).fill('#', style{}) }, "\n  ##"},
		"a rule":                 {func(a area) { a.rule(0, "A", style{}, style{}) }, "─ A ─\n"},
		"a frame without title":  {func(a area) { drawFrame(a, "", &look{}) }, "╭───╮\n╰───╯"},
		"a frame":                {func(a area) { drawFrame(a, "ABCDEF", &look{}) }, "╭─…─╮\n╰───╯"},
	} {
		if got := drawn(5, 2, c.draw); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestTextsAreClippedVisibly(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  string
	}{{"ABC", 3, "ABC"}, {"ABCD", 3, "AB…"}, {"日本語", 4, "日…"}, {"ABC", 1, "…"}, {"", 0, ""}} {
		if got := clip(c.text, c.width); got != c.want {
			t.Errorf("%q in %d places is %q, want %q", c.text, c.width, got, c.want)
		}
	}
}

func TestTextsAreFoldedBetweenWords(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  string
	}{
		{"one two three", 7, "one two|three"},
		{"one two three", 20, "one two three"},
		{" one \n two ", 7, "one two"},
		{"abcdefgh ij", 3, "abc|def|gh|ij"},
		{"a abcdef", 3, "a|abc|def"},
		{"日本語", 4, "日本|語"},
		{"ab", 0, "a|b"},
		{"", 5, ""},
	} {
		if got := strings.Join(folded(c.text, c.width), "|"); got != c.want {
			t.Errorf("%q in %d places is %q, want %q", c.text, c.width, got, c.want)
		}
	}
}

// Half of a label is another number.
func TestACursorTakesTheLabelUnderIt(t *testing.T) {
	got := drawn(64, 2, func(a area) {
		b := band{low: 0, high: 3200}
		drawScale(a.row(0), b, &look{})
		drawCursors(a.row(1), a.row(0), b, modem.Signal{}, modem.Signal{Mark: 2100, Space: 2270}, &look{})
	})
	first, _, _ := strings.Cut(got, "\n")
	if !strings.Contains(first, "╵1500") || strings.Contains(first, "20") || !strings.Contains(first, "▲") {
		t.Errorf("%q", first)
	}
}

// Each change of style costs bytes on a slow line.
func TestOnlyChangesOfColourAreSpelledOut(t *testing.T) {
	palettes := map[colorprofile.Profile]string{
		colorprofile.TrueColor: "\x1b[38;2;255;95;86mAB\x1b[48;2;143;214;148mC\x1b[0;1mD\x1b[0mE",
		colorprofile.ANSI256:   "\x1b[38;5;203mAB\x1b[48;5;114mC\x1b[0;1mD\x1b[0mE",
		colorprofile.ANSI:      "\x1b[91mAB\x1b[102mC\x1b[0;1mD\x1b[0mE",
		colorprofile.ASCII:     "ABC\x1b[0;1mD\x1b[0mE",
	}
	for p, want := range palettes {
		var c canvas
		c.clear(5, 1)
		a := c.all()
		a.put(0, 0, "AB", style{fg: inkBad})
		a.put(2, 0, "C", style{fg: inkBad, bg: inkGood})
		a.put(3, 0, "D", style{attr: bold})
		a.put(4, 0, "E", style{})
		if got := c.render(newPalette(&themes[0], p, heats)); got != want {
			t.Errorf("%v: %q, want %q", p, got, want)
		}
	}
}

func TestThemes(t *testing.T) {
	names := map[string]bool{}
	for i := range themes {
		th := &themes[i]
		if names[th.name] || th.about == "" || len(th.ramp) < 2 {
			t.Errorf("theme %q: twice, without a description or without a ramp", th.name)
		}
		names[th.name] = true
		for _, p := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256, colorprofile.ANSI, colorprofile.ASCII, colorprofile.NoTTY} {
			l := newLook(th, p, heats)
			if l.receiving == l.sending || l.sent == l.queued || l.call == l.text {
				t.Errorf("theme %s in %v: RX looks like TX, sent like queued, or a call like text", th.name, p)
			}
			if th.mono && l.palette.colored() {
				t.Errorf("theme %s has colours", th.name)
			}
			if doubt, sure := l.char(0.3, false), l.char(0.95, false); doubt == sure {
				t.Errorf("theme %s in %v: a doubtful character looks like a sure one", th.name, p)
			}
			if guess, sure := l.char(0.95, true), l.char(0.95, false); guess == sure {
				t.Errorf("theme %s in %v: a guessed character looks like a heard one", th.name, p)
			}
		}
	}
	if _, err := themeNamed("pink"); err == nil || !strings.Contains(err.Error(), "contrast") {
		t.Errorf("a theme that is none: %v", err)
	}
}

// Dark text on a bright badge must be readable: at least 4.5 to 1, as the WCAG
// has it.
func TestContrast(t *testing.T) {
	for i := range themes {
		th := &themes[i]
		if th.mono {
			continue
		}
		back := hex(0x000000)
		if th.name == "light" {
			back = hex(0xffffff)
		}
		want := map[ink]float64{inkText: 7, inkSoft: 4.5, inkMuted: 4.5, inkAccent: 4.5, inkGood: 4.5, inkWarn: 4.5, inkBad: 4.5, inkCall: 4.5, inkSent: 4.5, inkGuess: 4.5}
		for ink, least := range want {
			if th.name == "contrast" {
				least = 7
			}
			if got := contrast(th.inks[ink], back); got < least {
				t.Errorf("theme %s, ink %d: contrast %.1f, want %.1f", th.name, ink, got, least)
			}
		}
		for _, badge := range []ink{inkGood, inkBad, inkWarn, inkMark, inkSpace, inkCall, inkAccent} {
			if got := contrast(th.inks[badge], th.inks[inkOnBadge]); got < 4.5 {
				t.Errorf("theme %s, badge %d: contrast %.1f, want 4.5", th.name, badge, got)
			}
		}
	}
}

func contrast(a, b rgb) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c rgb) float64 {
	linear := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.r) + 0.7152*linear(c.g) + 0.0722*linear(c.b)
}
