//go:build linux

package guard_test

import (
	"io"
	"os"
	"sync"
	"syscall"
	"testing"

	"rtty/rig"
	"rtty/rig/guard"
	"rtty/rig/rigtest"
)

// A sharedPort is a port that a modem and its guards have open, and nobody else.
// It is a pipe: nobody can open it once more, and that it ends shows that the last
// of them has let go, at which a serial port would drop its lines.
type sharedPort struct {
	mu    sync.Mutex
	moves string // of the line that keys
	ended bool
}

// keyedOnSharedPort starts a modem that transmits.
func keyedOnSharedPort(t *testing.T) (*sharedPort, modem) {
	out, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { out.Close() })
	m := startModem(t, rig.Config{Kind: rig.RTS, Port: handed}, in)
	in.Close()
	p := &sharedPort{}
	go p.watch(out)
	rigtest.Until(t, "the line is up", func() bool { return p.state() == '1' })
	return p, m
}

func (p *sharedPort) watch(out io.Reader) {
	for {
		var b [1]byte
		n, err := out.Read(b[:])
		p.mu.Lock()
		p.moves += string(b[:n])
		p.ended = err != nil
		p.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// state is how the line was moved last.
func (p *sharedPort) state() byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.moves == "" {
		return 0
	}
	return p.moves[len(p.moves)-1]
}

func (p *sharedPort) over() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.ended
}

func TestSharedPortIsUnkeyedWhenItsModemDies(t *testing.T) {
	p, m := keyedOnSharedPort(t)
	m.signal(syscall.SIGKILL)
	rigtest.Until(t, "all have let go of the port", p.over)
	if p.state() != '0' {
		t.Errorf("moves %s", p.moves)
	}
}

func TestSharedPortIsHandedToTheNextGuard(t *testing.T) {
	p, m := keyedOnSharedPort(t)
	m.signalGuard(syscall.SIGKILL)
	rigtest.Until(t, "the line is down", func() bool { return p.state() == '0' })
	m.wait(guard.KeyUp)
	m.signal(syscall.SIGKILL)
	rigtest.Until(t, "all have let go of the port", p.over)
}

func TestSharedPortIsClosedWhenModemAndGuardDie(t *testing.T) {
	p, m := keyedOnSharedPort(t)
	m.signal(syscall.SIGSTOP) // so that it starts no other
	m.signalGuard(syscall.SIGKILL)
	m.signal(syscall.SIGKILL)
	rigtest.Until(t, "all have let go of the port", p.over)
}
