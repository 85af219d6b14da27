package ui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/colorprofile"
)

type rgb struct{ r, g, b uint8 }

// hex reads a colour as style sheets write it.
func hex(v uint32) rgb { return rgb{uint8(v >> 16), uint8(v >> 8), uint8(v)} }

// A theme is a choice of colours.
type theme struct {
	name  string
	about string
	inks  [namedInks]rgb
	basic *[namedInks]int8 // the same where there are but sixteen
	ramp  []rgb            // the waterfall from weak to strong, in equal steps
	// plain is a theme in which doubtful letters are small, since its colours
	// don't shade.
	plain bool
	mono  bool // no colours whatever the terminal can
}

// The sixteen colours of old terminals, -1 being the terminal's own.
var (
	onBlack = [namedInks]int8{
		inkText: -1, inkSoft: -1, inkMuted: 7, inkLine: 8, inkFaint: 8, inkAccent: 14,
		inkGood: 10, inkWarn: 11, inkBad: 9, inkMark: 10, inkSpace: 13, inkOnBadge: 0,
		inkBar: -1, inkOnBar: -1, inkCall: 11, inkGuess: 13, inkSent: 3,
	}
	onWhite = [namedInks]int8{
		inkText: -1, inkSoft: -1, inkMuted: 8, inkLine: 7, inkFaint: 8, inkAccent: 4,
		inkGood: 2, inkWarn: 5, inkBad: 1, inkMark: 2, inkSpace: 5, inkOnBadge: 15,
		inkBar: -1, inkOnBar: -1, inkCall: 4, inkGuess: 5, inkSent: 1,
	}
)

var themes = []theme{
	{
		name: "dark", basic: &onBlack,
		about: "for a dark screen",
		inks: [namedInks]rgb{
			inkText: hex(0xd8dee9), inkMuted: hex(0x8a94a6), inkLine: hex(0x4c566a), inkFaint: hex(0x5d677a),
			inkAccent: hex(0x88c0d0), inkGood: hex(0x8fd694), inkWarn: hex(0xf2c14e), inkBad: hex(0xff5f56),
			inkMark: hex(0x7cff6b), inkSpace: hex(0xff9ff3), inkOnBadge: hex(0x10141c),
			inkBar: hex(0x303338), inkOnBar: hex(0xe5e9f0),
			inkCall: hex(0xffd866), inkGuess: hex(0xb4a0ff), inkSent: hex(0xff9e64), inkSoft: hex(0xb0b8c5),
		},
		ramp: []rgb{hex(0x05060f), hex(0x0a1236), hex(0x10276e), hex(0x1560ae), hex(0x1fb2c4), hex(0x7de38a), hex(0xf7e75a), hex(0xff9a2e), hex(0xff4040), hex(0xffffff)},
	},
	{
		name: "light", basic: &onWhite,
		about: "for a light screen",
		inks: [namedInks]rgb{
			inkText: hex(0x1f2430), inkMuted: hex(0x5a6374), inkLine: hex(0xaab2c0), inkFaint: hex(0x8d96a6),
			inkAccent: hex(0x00607a), inkGood: hex(0x1a7f37), inkWarn: hex(0x9a6700), inkBad: hex(0xcf222e),
			inkMark: hex(0x0a7d00), inkSpace: hex(0xa6008f), inkOnBadge: hex(0xffffff),
			inkBar: hex(0xe4e8ef), inkOnBar: hex(0x1f2430),
			inkCall: hex(0x8a4600), inkGuess: hex(0x5b3fd1), inkSent: hex(0xb03a00), inkSoft: hex(0x3f4757),
		},
		ramp: []rgb{hex(0xffffff), hex(0xdfe9f7), hex(0xa9c7ea), hex(0x5f9bd8), hex(0x2f6fc2), hex(0x3c3fae), hex(0x7a1fa2), hex(0xb3124f), hex(0x7f0000)},
	},
	{
		name: "contrast", basic: &onBlack,
		about: "high contrast: black, white and four pure colours",
		inks: [namedInks]rgb{
			inkText: hex(0xffffff), inkMuted: hex(0xffffff), inkLine: hex(0xffffff), inkFaint: hex(0xd0d0d0),
			inkAccent: hex(0x00ffff), inkGood: hex(0x00ff00), inkWarn: hex(0xffff00), inkBad: hex(0xff6464),
			inkMark: hex(0x00ff00), inkSpace: hex(0xff80ff), inkOnBadge: hex(0x000000),
			inkBar: hex(0x000000), inkOnBar: hex(0xffffff),
			inkCall: hex(0xffff00), inkGuess: hex(0x00ffff), inkSent: hex(0xffb000), inkSoft: hex(0xffffff),
		},
		ramp:  []rgb{hex(0x000000), hex(0x000000), hex(0x202020), hex(0x505050), hex(0x909090), hex(0xffff00), hex(0xffffff), hex(0xffffff)},
		plain: true,
	},
	{
		name: "green", basic: &onBlack,
		about: "the phosphor of an old terminal",
		inks: [namedInks]rgb{
			inkText: hex(0x4dff88), inkMuted: hex(0x2aa85a), inkLine: hex(0x17663a), inkFaint: hex(0x1f7a46),
			inkAccent: hex(0x8cffb4), inkGood: hex(0x8cffb4), inkWarn: hex(0xd7ff5f), inkBad: hex(0xff6b5f),
			inkMark: hex(0xe8ffb0), inkSpace: hex(0x9dffe0), inkOnBadge: hex(0x001a0a),
			inkBar: hex(0x06351c), inkOnBar: hex(0x8cffb4),
			inkCall: hex(0xe8ff8f), inkGuess: hex(0x5fd7af), inkSent: hex(0xd7ff5f), inkSoft: hex(0x35c46c),
		},
		ramp: []rgb{hex(0x000a04), hex(0x00220f), hex(0x00461f), hex(0x007a38), hex(0x1fb85c), hex(0x6dff9a), hex(0xe0ffe8)},
	},
	{
		name: "mono", basic: &onBlack,
		about: "no colours: bold, faint, underlined and small letters",
		ramp:  []rgb{{}, {}},
		plain: true,
		mono:  true,
	},
}

// ThemeNames lists the themes, the default first.
func ThemeNames() []string {
	names := make([]string, len(themes))
	for i, t := range themes {
		names[i] = t.name
	}
	return names
}

// themeNamed finds a theme; no name is the default.
func themeNamed(name string) (*theme, error) {
	if name == "" {
		return &themes[0], nil
	}
	for i := range themes {
		if strings.EqualFold(themes[i].name, name) {
			return &themes[i], nil
		}
	}
	return nil, fmt.Errorf("no theme %q; there are %s", name, strings.Join(ThemeNames(), ", "))
}

// heat is the waterfall's colour at a strength of 0 to 1.
func (t *theme) heat(at float64) rgb {
	x := at * float64(len(t.ramp)-1)
	i := min(int(x), len(t.ramp)-2)
	f := x - float64(i)
	mix := func(a, b uint8) uint8 { return uint8(float64(a)*(1-f) + float64(b)*f + 0.5) }
	a, b := t.ramp[i], t.ramp[i+1]
	return rgb{mix(a.r, b.r), mix(a.g, b.g), mix(a.b, b.b)}
}

// A look is a theme on a certain terminal: what every part is drawn with.
type look struct {
	theme   *theme
	palette *palette
	small   bool // doubtful letters are written small

	text, soft, muted, faint, line, title, accent style
	good, warn, bad                               style
	bar, barValue, barLabel, barWarn, sendsApart  style
	receiving, sending, keying, alarm             style // badges
	mark, space, onAir                            style // cursors
	chars                                         [4]style
	call, mine, callFaint, guess, tail, figures   style
	sent, queued, match, cursor                   style
	key, chosen                                   style
}

// newLook sets a theme for a terminal; heatLevels is how many colours the
// waterfall may use.
func newLook(t *theme, p colorprofile.Profile, heatLevels int) *look {
	if t.mono {
		p = min(p, colorprofile.ASCII)
	}
	l := &look{theme: t, palette: newPalette(t, p, heatLevels)}
	l.small = t.plain || !l.palette.shaded()
	if l.palette.colored() {
		l.inColor()
	} else {
		l.inMono()
	}
	return l
}

func (l *look) inColor() {
	fg := func(i ink, a ...attr) style {
		s := style{fg: i}
		for _, a := range a {
			s.attr |= a
		}
		return s
	}
	badge := func(i ink) style { return style{fg: inkOnBadge, bg: i, attr: bold} }
	l.text, l.soft, l.muted, l.faint = fg(inkText), fg(inkSoft), fg(inkMuted), fg(inkFaint)
	l.line, l.title, l.accent = fg(inkLine), fg(inkAccent, bold), fg(inkAccent)
	l.good, l.warn, l.bad = fg(inkGood), fg(inkWarn), fg(inkBad, bold)
	l.bar = style{fg: inkOnBar, bg: inkBar}
	l.barValue = style{fg: inkOnBar, bg: inkBar, attr: bold}
	l.barLabel = style{fg: inkMuted, bg: inkBar}
	l.barWarn = style{fg: inkWarn, bg: inkBar, attr: bold}
	l.sendsApart = style{fg: inkBad, bg: inkBar, attr: bold}
	l.receiving, l.sending, l.keying, l.alarm = badge(inkGood), badge(inkBad), badge(inkWarn), badge(inkBad)
	l.mark, l.space, l.onAir = badge(inkMark), badge(inkSpace), badge(inkBad)
	l.chars = [4]style{fg(inkFaint), fg(inkMuted), fg(inkSoft), fg(inkText)}
	l.call, l.mine = fg(inkCall, bold), style{fg: inkOnBadge, bg: inkCall, attr: bold}
	l.callFaint = fg(inkCall)
	l.guess, l.tail, l.figures = fg(inkGuess, italic), fg(inkMuted, italic), fg(inkAccent)
	l.sent, l.queued = fg(inkSent), fg(inkText)
	l.match, l.cursor = badge(inkWarn), style{attr: reverse}
	l.key, l.chosen = fg(inkAccent, bold), style{fg: inkOnBadge, bg: inkAccent}
}

func (l *look) inMono() {
	has := func(a attr) style { return style{attr: a} }
	l.muted, l.faint, l.line, l.barLabel = has(faint), has(faint), has(faint), has(0)
	l.title, l.bad = has(bold), has(bold|reverse)
	l.warn, l.barValue, l.barWarn, l.sendsApart = has(bold), has(bold), has(bold|reverse), has(bold|reverse)
	l.receiving, l.sending, l.keying, l.alarm = has(reverse), has(bold|reverse), has(bold|reverse), has(bold|reverse)
	l.mark, l.space, l.onAir = has(bold|reverse), has(bold|reverse), has(bold|reverse)
	l.chars = [4]style{has(faint), has(0), has(0), has(0)}
	l.call, l.mine = has(bold), has(bold|reverse)
	l.guess, l.tail, l.figures = has(underline), has(faint), has(0)
	l.sent, l.queued = has(bold), has(0)
	l.match, l.cursor = has(reverse), has(reverse)
	l.key, l.chosen = has(bold), has(reverse)
}

// char is how a received character of a certain probability looks.
func (l *look) char(p float64, guessed bool) style {
	s := l.chars[3]
	switch {
	case p < 0.5:
		s = l.chars[0]
	case p < 0.75:
		s = l.chars[1]
	case p < 0.9:
		s = l.chars[2]
	}
	if guessed {
		s.attr |= l.guess.attr
		if p >= 0.5 {
			s.fg = l.guess.fg
		}
	}
	return s
}
