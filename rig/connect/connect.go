// Package connect opens the link that a configuration names.
package connect

import (
	"errors"
	"fmt"
	"os"

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
		return open(c, c.File)
	}
	return openBoth(c)
}

// openBoth opens what reads the frequency and what keys. When both are one port its
// lines are dropped throughout; unless PTT is inverted, which is left up.
func openBoth(c rig.Config) (l rig.Link, err error) {
	var own *os.File
	if c.File == nil && c.Kind.CAT() && c.PTT.Kind.Lines() && !c.PTT.Invert && rig.SamePort(c.Port, c.PTT.Port) {
		if own, err = lines.OpenShared(c.Port); err != nil {
			return nil, err
		}
		c.File, c.PTT.Port = own, c.Port
	}
	key, control, err := openEach(c)
	if err != nil {
		_ = own.Close() // the error that matters is the first; nil has nothing to close
		return nil, err
	}
	if k, ok := key.(*lines.Key); ok && own != nil {
		key = owner{k, own}
	}
	return rig.Join(key, control), nil
}

// openEach opens the key last: when it is an inverted line of the port of CAT, the
// system is to leave that alone at closing, and opening for CAT says otherwise.
func openEach(c rig.Config) (key, control rig.Link, err error) {
	control, err = open(c, c.File)
	if err != nil {
		return nil, nil, err
	}
	key, err = open(*c.PTT, c.File)
	if err != nil {
		_ = control.Close() // the error that matters is the first
		return nil, nil, fmt.Errorf("keying: %w", err)
	}
	return key, control, nil
}

// An owner is a key that has the file of its port for itself.
type owner struct {
	*lines.Key
	file *os.File
}

func (o owner) Close() error { return errors.Join(o.Key.Close(), o.file.Close()) }

// open opens the link of one kind, with the file of a port that is shared if it is
// that of this link.
func open(c rig.Config, shared *os.File) (rig.Link, error) {
	switch {
	case c.Kind == rig.None, c.Kind == rig.VOX:
		return rig.Nothing{VOX: c.Kind == rig.VOX}, nil
	case c.Kind.Lines() && sharing(c.Port, shared) != nil:
		return opened(lines.Borrow(shared, linesOf[c.Kind]))
	case c.Kind.Lines():
		return opened(lines.Open(c.Port, linesOf[c.Kind], c.Invert))
	case c.Kind == rig.CM108:
		return opened(cm108.Open(c.Port, c.Pin, c.Invert))
	case c.Kind == rig.Rigctld:
		return opened(hamlib.Open(c.Address, c.Source))
	case c.Kind == rig.Flrig:
		return opened(flrig.Open(c.Address))
	}
	return openCAT(c, shared)
}

// sharing is the shared port, nil when this is another one. It has the same name in
// all places: where links lead to is another matter once it was unplugged.
func sharing(port string, shared *os.File) *os.File {
	if shared == nil || port != shared.Name() {
		return nil
	}
	return shared
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
