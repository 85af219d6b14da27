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
	keeps bool // as a program before has left it, closing leaves the lines alone
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
func (p *fakePort) close() error { return p.call("close", func() {}) }

// atClose moves the lines when it writes, as some adapters do.
func (p *fakePort) atClose(drop bool) (wrote bool, err error) {
	if err := p.call("settings", func() {}); err != nil || p.keeps != drop {
		return false, err
	}
	p.keeps = !drop
	return true, p.call(map[bool]string{true: "let go at close", false: "keep at close"}[drop], func() { p.up = both &^ p.up })
}

func names(s Set) string { return [...]string{"none", "RTS", "DTR", "RTS+DTR"}[s] }

func TestOrderOfCalls(t *testing.T) {
	for _, c := range []struct {
		lines    Set
		inverted bool
		keeps    bool
		want     string
	}{
		{RTS, false, false, "drop RTS+DTR, settings, raise RTS, drop RTS, drop RTS, close"},
		{DTR, false, false, "drop RTS+DTR, settings, raise DTR, drop DTR, drop DTR, close"},
		{both, false, false, "drop RTS+DTR, settings, raise RTS+DTR, drop RTS+DTR, drop RTS+DTR, close"},
		{RTS, false, true, "drop RTS+DTR, settings, let go at close, drop RTS+DTR, raise RTS, drop RTS, drop RTS, close"},
		{RTS, true, false, "raise RTS, drop DTR, settings, keep at close, raise RTS, drop RTS, raise RTS, raise RTS, close"},
		{DTR, true, false, "raise DTR, drop RTS, settings, keep at close, raise DTR, drop DTR, raise DTR, raise DTR, close"},
		{DTR, true, true, "raise DTR, drop RTS, settings, drop DTR, raise DTR, raise DTR, close"},
		{both, true, false, "raise RTS+DTR, settings, keep at close, raise RTS+DTR, drop RTS+DTR, raise RTS+DTR, raise RTS+DTR, close"},
	} {
		t.Run(fmt.Sprintf("%s inverted %v keeps %v", names(c.lines), c.inverted, c.keeps), func(t *testing.T) {
			p := &fakePort{up: both, keeps: c.keeps}
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
			if p.keeps != c.inverted {
				t.Errorf("closing leaves the lines alone: %v", p.keeps)
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
		"settings":     k.settle,
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
