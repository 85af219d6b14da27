package ui

import (
	"fmt"
	"image/color"
	"strconv"
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// An ink is a colour by its number in the palette. 0 is the terminal's own.
type ink uint8

const (
	inkNone ink = iota
	inkText
	inkMuted
	inkLine
	inkAccent
	inkGood
	inkWarn
	inkBad
	inkMark
	inkSpace
	inkOnBadge
	inkBar
	inkOnBar
	inkCall
	inkGuess
	inkSent
	inkSoft
	inkFaint
	namedInks

	firstHeat ink = 64 // the waterfall's colours, from weak to strong
	heats         = 64
	lastHeat      = firstHeat + heats - 1
)

// A palette holds the escape sequences of all inks, spelled out for what the
// terminal can show.
type palette struct {
	profile colorprofile.Profile
	fg, bg  [lastHeat + 1]string // without the introducer and the final m
}

func newPalette(t *theme, p colorprofile.Profile, heatLevels int) *palette {
	pal := &palette{profile: p}
	if pal.colored() {
		pal.fg[inkNone], pal.bg[inkNone] = "39", "49"
	}
	for i := inkText; i < namedInks; i++ {
		switch {
		case p != colorprofile.ANSI:
			pal.define(i, t.inks[i])
		case t.basic[i] < 0:
			pal.fg[i], pal.bg[i] = "39", "49"
		default:
			pal.spell(i, ansi.BasicColor(t.basic[i]))
		}
	}
	for i := range heats {
		level := i * heatLevels / heats
		pal.define(firstHeat+ink(i), t.heat(float64(level)/float64(heatLevels-1)))
	}
	return pal
}

// define gives an ink the terminal's nearest colour.
func (p *palette) define(i ink, c rgb) {
	p.spell(i, p.profile.Convert(color.RGBA{c.r, c.g, c.b, 255}))
}

func (p *palette) spell(i ink, c color.Color) {
	switch c := c.(type) {
	case nil:
	case ansi.BasicColor:
		base := 30 + int(c)
		if c > 7 {
			base = 90 + int(c) - 8
		}
		p.fg[i], p.bg[i] = strconv.Itoa(base), strconv.Itoa(base+10)
	case ansi.IndexedColor:
		p.fg[i], p.bg[i] = fmt.Sprintf("38;5;%d", c), fmt.Sprintf("48;5;%d", c)
	case color.RGBA:
		rgb := fmt.Sprintf("2;%d;%d;%d", c.R, c.G, c.B)
		p.fg[i], p.bg[i] = "38;"+rgb, "48;"+rgb
	}
}

// colored tells whether the terminal shows colours at all.
func (p *palette) colored() bool { return p.profile >= colorprofile.ANSI }

// shaded tells whether it has enough of them for a picture.
func (p *palette) shaded() bool { return p.profile >= colorprofile.ANSI256 }

var attrCodes = [...]string{"1", "2", "3", "4", "7"}

// change writes what turns one style into another, and no more.
func (p *palette) change(b *strings.Builder, from, to style) {
	codes := make([]string, 0, 8)
	if from.attr != to.attr {
		codes = append(codes, "0")
		for i, code := range attrCodes {
			if to.attr&(1<<i) != 0 {
				codes = append(codes, code)
			}
		}
		from = style{}
	}
	if from.fg != to.fg && p.fg[to.fg] != "" {
		codes = append(codes, p.fg[to.fg])
	}
	if from.bg != to.bg && p.bg[to.bg] != "" {
		codes = append(codes, p.bg[to.bg])
	}
	if len(codes) == 0 {
		return
	}
	b.WriteString("\x1b[")
	for i, code := range codes {
		if i > 0 {
			b.WriteByte(';')
		}
		b.WriteString(code)
	}
	b.WriteByte('m')
}
