// Package connect opens the link that a configuration names.
package connect

import (
	"fmt"

	"rtty/rig"
	"rtty/rig/cm108"
	"rtty/rig/flrig"
	"rtty/rig/hamlib"
	"rtty/rig/lines"
)

// Open opens the link. It does not key, and what it can't avoid to raise it drops
// at once.
func Open(c rig.Config) (rig.Link, error) {
	c = c.Usual()
	if err := c.Validate(); err != nil {
		return nil, err
	}
	if c.PTT == nil {
		return open(c)
	}
	control, err := open(c)
	if err != nil {
		return nil, err
	}
	// The key comes last: when both are one port, opening it for CAT raises its
	// lines, and opening it for the key drops them.
	key, err := open(*c.PTT)
	if err != nil {
		_ = control.Close() // the error that matters is the first
		return nil, fmt.Errorf("keying: %w", err)
	}
	return rig.Join(key, control), nil
}

// open opens the link of one kind.
func open(c rig.Config) (rig.Link, error) {
	switch {
	case c.Kind == rig.None, c.Kind == rig.VOX:
		return rig.Nothing{VOX: c.Kind == rig.VOX}, nil
	case c.Kind.Lines():
		return opened(lines.Open(c.Port, linesOf[c.Kind], c.Invert))
	case c.Kind == rig.CM108:
		return opened(cm108.Open(c.Port, c.Pin, c.Invert))
	case c.Kind == rig.Rigctld:
		return opened(hamlib.Open(c.Address, c.Source))
	case c.Kind == rig.Flrig:
		return opened(flrig.Open(c.Address))
	}
	return openCAT(c)
}

var linesOf = map[rig.Interface]lines.Set{
	rig.RTS:    lines.RTS,
	rig.DTR:    lines.DTR,
	rig.RTSDTR: lines.RTS | lines.DTR,
}

// opened keeps the nil of a failed opening out of the interface.
func opened[L rig.Link](l L, err error) (rig.Link, error) {
	if err != nil {
		return nil, err
	}
	return l, nil
}
