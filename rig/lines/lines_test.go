package lines

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"rtty/rig"
)

var _ interface {
	rig.Link
	rig.PTTReader
	rig.Watcher
} = (*Key)(nil)

// A fakePort has the lines that a kernel has just raised by opening it.
type fakePort struct {
	up    Set
	calls []string
	fails string // the call that fails, with errUnplugged
}

var errUnplugged = errors.New("unplugged")

func (p *fakePort) call(name string, change func()) error {
	p.calls = append(p.calls, name)
	if name == p.fails {
		return errUnplugged
	}
	change()
	return nil
}

func (p *fakePort) raise(s Set) error { return p.call("raise "+names(s), func() { p.up |= s }) }
func (p *fakePort) drop(s Set) error  { return p.call("drop "+names(s), func() { p.up &^= s }) }
func (p *fakePort) raised() (Set, error) {
	return p.up, p.call("read", func() {})
}
func (p *fakePort) keepAtClose() error { return p.call("keep", func() {}) }
func (p *fakePort) close() error       { return p.call("close", func() {}) }

func names(s Set) string { return [...]string{"none", "RTS", "DTR", "RTS+DTR"}[s] }

func TestOrderOfCalls(t *testing.T) {
	for _, c := range []struct {
		lines    Set
		inverted bool
		want     string
	}{
		{RTS, false, "drop RTS+DTR, raise RTS, drop RTS, drop RTS, close"},
		{DTR, false, "drop RTS+DTR, raise DTR, drop DTR, drop DTR, close"},
		{both, false, "drop RTS+DTR, raise RTS+DTR, drop RTS+DTR, drop RTS+DTR, close"},
		{RTS, true, "raise RTS, drop DTR, keep, raise RTS, drop RTS, raise RTS, raise RTS, close"},
		{DTR, true, "raise DTR, drop RTS, keep, raise DTR, drop DTR, raise DTR, raise DTR, close"},
		{both, true, "raise RTS+DTR, keep, raise RTS+DTR, drop RTS+DTR, raise RTS+DTR, raise RTS+DTR, close"},
	} {
		t.Run(fmt.Sprintf("%s inverted %v", names(c.lines), c.inverted), func(t *testing.T) {
			p := &fakePort{up: both}
			k := &Key{name: "fake", port: p, lines: c.lines, inverted: c.inverted}
			for _, step := range []func() error{
				k.settle,
				func() error { return k.SetPTT(true) },
				func() error { return k.SetPTT(false) },
				k.Close,
			} {
				if err := step(); err != nil {
					t.Fatal(err)
				}
			}
			if got := strings.Join(p.calls, ", "); got != c.want {
				t.Errorf("calls\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestKeyIsReadBack(t *testing.T) {
	for _, inverted := range []bool{false, true} {
		for _, lines := range []Set{RTS, DTR, both} {
			p := &fakePort{up: both}
			k := &Key{name: "fake", port: p, lines: lines, inverted: inverted}
			if err := k.settle(); err != nil {
				t.Fatal(err)
			}
			for _, on := range []bool{false, true, false} {
				if err := k.SetPTT(on); err != nil {
					t.Fatal(err)
				}
				if got, err := k.PTT(); err != nil || got != on {
					t.Errorf("%s inverted %v: keyed %v, read %v, %v", names(lines), inverted, on, got, err)
				}
			}
		}
	}
}

func TestLinesThatSomebodyElseMovesAreNoticed(t *testing.T) {
	p := &fakePort{up: both}
	k := &Key{name: "/dev/ttyUSB0", port: p, lines: RTS}
	for _, step := range []func() error{k.settle, k.Alive, func() error { return k.SetPTT(true) }, k.Alive} {
		if err := step(); err != nil {
			t.Error(err)
		}
	}
	p.up = 0
	if err := k.Alive(); err == nil || errors.Is(err, rig.ErrGone) || !strings.Contains(err.Error(), "another program") {
		t.Error(err)
	}
}

func TestFailuresAreTold(t *testing.T) {
	p := &fakePort{up: both}
	k := &Key{name: "/dev/ttyUSB0", port: p, lines: RTS}
	for fails, do := range map[string]func() error{
		"drop RTS+DTR": k.settle,
		"raise RTS":    func() error { return k.SetPTT(true) },
		"drop RTS":     func() error { return k.SetPTT(false) },
		"read":         k.Alive,
	} {
		p.fails = fails
		err := do()
		if !errors.Is(err, rig.ErrGone) || !errors.Is(err, errUnplugged) || !strings.Contains(err.Error(), "/dev/ttyUSB0") {
			t.Errorf("%s: %v", fails, err)
		}
	}
}

func TestPortIsClosedEvenWhenItCannotBeUnkeyed(t *testing.T) {
	p := &fakePort{up: both, fails: "drop RTS"}
	k := &Key{name: "fake", port: p, lines: RTS}
	if err := k.Close(); !errors.Is(err, errUnplugged) {
		t.Error(err)
	}
	if !slices.Contains(p.calls, "close") {
		t.Errorf("calls %q", p.calls)
	}
}
