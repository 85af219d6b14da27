package fsk

import (
	"errors"
	"fmt"
	"os"
	"unsafe"

	"golang.org/x/sys/unix"

	"rtty/rig/internal/tty"
)

// descriptor is an open serial port.
type descriptor struct {
	fd     int
	device string
	lent   *os.File // whose it is, when it is not ours to close
}

// openDescriptor takes the file that was handed in, or opens the device and
// drops both lines with the first call after, since opening has raised them.
func openDescriptor(cfg Config) (descriptor, error) {
	if cfg.File != nil {
		return borrow(cfg.File)
	}
	fd, err := tty.OpenDescriptor(cfg.Device)
	if err != nil {
		return descriptor{}, fmt.Errorf("opening %s for FSK keying: %w", cfg.Device, err)
	}
	d := descriptor{fd: fd, device: cfg.Device}
	err = unix.IoctlSetPointerInt(fd, unix.TIOCMBIC, unix.TIOCM_RTS|unix.TIOCM_DTR)
	if err != nil && cfg.Method != UART {
		d.close()
		return descriptor{}, d.noLines(err)
	}
	return d, nil
}

func borrow(f *os.File) (descriptor, error) {
	fd, err := tty.Borrow(f)
	if err != nil {
		return descriptor{}, fmt.Errorf("taking over %s for FSK keying: %w", f.Name(), err)
	}
	return descriptor{fd: fd, device: f.Name(), lent: f}, nil
}

func (d descriptor) noLines(err error) error {
	if errors.Is(err, unix.ENOTTY) || errors.Is(err, unix.EINVAL) {
		return fmt.Errorf("%s has no RTS and DTR lines: %w", d.device, err)
	}
	return fmt.Errorf("dropping RTS and DTR of %s: %w", d.device, err)
}

// dropAtClose sees to it that the system drops the lines when the program dies.
// That is how ports are by nature, but programs that ran before may have left
// theirs otherwise. Only then are the settings written, since on some adapters
// that alone makes the lines bounce.
func dropAtClose(d descriptor) error {
	t, err := unix.IoctlGetTermios(d.fd, unix.TCGETS)
	if err != nil {
		return fmt.Errorf("reading the settings of %s: %w", d.device, err)
	}
	if t.Cflag&unix.HUPCL != 0 {
		return nil
	}
	t.Cflag |= unix.HUPCL
	if err := unix.IoctlSetTermios(d.fd, unix.TCSETS, t); err != nil {
		return fmt.Errorf("telling %s to drop its lines when closed: %w", d.device, err)
	}
	return nil
}

func (d descriptor) close() error {
	if d.lent != nil {
		return nil
	}
	return unix.Close(d.fd)
}

func openLine(cfg Config) (Keyer, error) {
	d, err := openDescriptor(cfg)
	if err != nil {
		return nil, err
	}
	bits := new(int32)
	*bits = unix.TIOCM_DTR
	if cfg.Method == RTS {
		*bits = unix.TIOCM_RTS
	}
	raise := rawCall{unix.SYS_IOCTL, uintptr(d.fd), unix.TIOCMBIS, unsafe.Pointer(bits)}
	drop := rawCall{unix.SYS_IOCTL, uintptr(d.fd), unix.TIOCMBIC, unsafe.Pointer(bits)}
	w := &wire{clock: newStrictClock(), mark: drop, space: raise, shut: d.close}
	if cfg.Invert {
		w.mark, w.space = raise, drop
	}
	if err := w.set(true); err != nil {
		d.close()
		return nil, d.noLines(err)
	}
	if err := dropAtClose(d); err != nil {
		d.close()
		return nil, err
	}
	return newLineKeyer(w, w.clock, cfg, beRealTime), nil
}
