package tty

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// heldLines is a descriptor of a port that was open before, through which RTS and
// DTR are dropped. It is somebody else's.
type heldLines struct {
	fd     int
	device string
}

// holdLinesDown takes the file that was lent. Without one it does nothing.
func holdLinesDown(cfg Config) (heldLines, error) {
	if cfg.Lines == nil {
		return heldLines{fd: -1}, nil
	}
	fd, err := Borrow(cfg.Lines)
	if err != nil {
		return heldLines{fd: -1}, fmt.Errorf("taking over %s: %w", cfg.Device, err)
	}
	return heldLines{fd, cfg.Device}, nil
}

// OpenDescriptor opens a port without waiting for a carrier, without making it the
// terminal of this process, and without passing it on to children. Both lines are
// up then.
func OpenDescriptor(device string) (fd int, err error) {
	for {
		fd, err = unix.Open(device, unix.O_RDWR|unix.O_NOCTTY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
		if err != unix.EINTR {
			return fd, err
		}
	}
}

// Borrow gives the descriptor of a file as it is; File.Fd might make it block. The
// file has to stay open for as long as the descriptor is used.
func Borrow(f *os.File) (fd int, err error) {
	conn, err := f.SyscallConn()
	if err != nil {
		return -1, err
	}
	err = conn.Control(func(d uintptr) { fd = int(d) })
	return fd, err
}

// drop drops both lines. A port that has none, as a pseudo-terminal, has none
// that could key.
func (h heldLines) drop() error {
	if h.fd < 0 {
		return nil
	}
	err := unix.IoctlSetPointerInt(h.fd, unix.TIOCMBIC, unix.TIOCM_RTS|unix.TIOCM_DTR)
	if err != nil && !errors.Is(err, unix.ENOTTY) && !errors.Is(err, unix.EINVAL) {
		return fmt.Errorf("dropping RTS and DTR of %s: %w", h.device, err)
	}
	return nil
}

// dropAtClose undoes what tarm/serial does to a port without being asked: it
// tells the system not to drop the lines when the port is closed. Ports keep that
// from one program to the next, and a transmitter that is keyed by a line would
// then stay keyed when the program dies.
func (h heldLines) dropAtClose(device string) error {
	fd := h.fd
	if fd < 0 {
		var err error
		if fd, err = OpenDescriptor(device); err != nil {
			return fmt.Errorf("opening %s again: %w", device, err)
		}
		defer unix.Close(fd)
	}
	t, err := unix.IoctlGetTermios(fd, unix.TCGETS)
	if err == nil {
		t.Cflag |= unix.HUPCL
		err = unix.IoctlSetTermios(fd, unix.TCSETS, t)
	}
	if err != nil {
		return fmt.Errorf("telling %s to drop its lines when closed: %w", device, err)
	}
	return nil
}
