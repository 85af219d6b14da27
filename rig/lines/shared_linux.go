package lines

import (
	"os"

	"rtty/rig"
	"rtty/rig/internal/tty"
)

// OpenShared opens a serial port for several who use a line each, and drops both.
func OpenShared(name string) (*os.File, error) {
	p, err := openPort(name)
	if err != nil {
		return nil, rig.Faultf(rig.ErrGone, "opening serial port %s: %w", name, err)
	}
	k := &Key{name: name, port: p, lines: both}
	if err := k.settle(); err != nil {
		_ = p.close() // the error that matters is the first
		return nil, err
	}
	return os.NewFile(uintptr(p.(descriptor)), name), nil
}

// A borrowed port is closed by another.
type borrowed struct{ descriptor }

func (borrowed) close() error { return nil }

func borrowPort(f *os.File) (port, error) {
	fd, err := tty.Borrow(f)
	return borrowed{descriptor(fd)}, err
}
