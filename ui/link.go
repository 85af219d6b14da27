package ui

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/colorprofile"
)

// Link is how much the way to the terminal carries.
type Link uint8

const (
	LinkNormal Link = iota
	LinkSlow        // 30 kB/s at the most: three rows a second, few colours
	LinkOff         // 2 kB/s at the most: no waterfall and no spectrum
)

// ParseLink reads "normal", "slow" or "off".
func ParseLink(name string) (Link, error) {
	for l, n := range []string{"normal", "slow", "off"} {
		if strings.EqualFold(n, name) {
			return Link(l), nil
		}
	}
	return LinkNormal, fmt.Errorf("no link %q; there are normal, slow, off", name)
}

// A pace is how often things are drawn.
type pace struct {
	redraw time.Duration // least time between two pictures
	meters time.Duration // least time between two readings of the meters
	stride int           // rows of the waterfall merged to one
	heats  int           // colours of the waterfall
	fps    int
}

func (l Link) pace() pace {
	switch l {
	case LinkSlow:
		return pace{150 * time.Millisecond, time.Second, 3, 16, 10}
	case LinkOff:
		return pace{200 * time.Millisecond, 2 * time.Second, 1, heats, 5}
	}
	return pace{50 * time.Millisecond, 200 * time.Millisecond, 1, heats, 20}
}

// Color is how many colours to use.
type Color string

const (
	ColorAuto Color = "auto" // what the terminal says, none with NO_COLOR
	ColorTrue Color = "truecolor"
	Color256  Color = "256"
	Color16   Color = "16"
	ColorNone Color = "none"
)

// ParseColor reads the name of a Color.
func ParseColor(name string) (Color, error) {
	switch c := Color(strings.ToLower(name)); c {
	case ColorAuto, ColorTrue, Color256, Color16, ColorNone:
		return c, nil
	case "":
		return ColorAuto, nil
	}
	return ColorAuto, fmt.Errorf("no colours %q; there are auto, truecolor, 256, 16, none", name)
}

// profile is the Color as a fixed profile; not ok for auto.
func (c Color) profile() (p colorprofile.Profile, ok bool) {
	switch c {
	case ColorTrue:
		return colorprofile.TrueColor, true
	case Color256:
		return colorprofile.ANSI256, true
	case Color16:
		return colorprofile.ANSI, true
	case ColorNone:
		return colorprofile.ASCII, true
	}
	return colorprofile.Unknown, false
}
