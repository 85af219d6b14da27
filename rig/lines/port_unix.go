//go:build linux || darwin || freebsd || netbsd || openbsd

package lines

import (
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/sys/unix"

	"rtty/rig"
)

// errNoLines is what a device without modem lines answers.
var errNoLines error = unix.ENOTTY

// A descriptor is an open serial port.
type descriptor int

// openPort opens a serial port, without waiting for a carrier, without making it
// the terminal of this process, and without passing it on to children.
func openPort(name string) (port, error) {
	if runtime.GOOS == "darwin" && strings.HasPrefix(name, "/dev/tty.") {
		return nil, fmt.Errorf("on macOS name it /dev/cu.%s: the other waits for a carrier", strings.TrimPrefix(name, "/dev/tty."))
	}
	for {
		fd, err := unix.Open(name, unix.O_RDWR|unix.O_NOCTTY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
		switch err {
		case nil:
			return descriptor(fd), nil
		case unix.EINTR:
		case unix.EACCES:
			return nil, fmt.Errorf("%w: add yourself to the group that owns it, as a rule dialout, and log in anew", err)
		default:
			return nil, err
		}
	}
}

func (d descriptor) raise(s Set) error {
	return unix.IoctlSetPointerInt(int(d), unix.TIOCMBIS, bits(s))
}

func (d descriptor) drop(s Set) error {
	return unix.IoctlSetPointerInt(int(d), unix.TIOCMBIC, bits(s))
}

func (d descriptor) raised() (Set, error) {
	up, err := unix.IoctlGetInt(int(d), unix.TIOCMGET)
	if err == unix.EINVAL || err == unix.ENOTTY { // raising and dropping may work all the same
		return 0, rig.Faultf(rig.ErrUnsupported, "reading modem lines: %w", err)
	}
	if err != nil {
		return 0, err
	}
	var s Set
	if up&unix.TIOCM_RTS != 0 {
		s |= RTS
	}
	if up&unix.TIOCM_DTR != 0 {
		s |= DTR
	}
	return s, nil
}

func (d descriptor) atClose(drop bool) (wrote bool, err error) {
	settings, err := unix.IoctlGetTermios(int(d), getSettings)
	if err != nil || settings.Cflag&unix.HUPCL != 0 == drop {
		return false, err
	}
	settings.Cflag ^= unix.HUPCL
	return true, unix.IoctlSetTermios(int(d), setSettings, settings)
}

func (d descriptor) close() error { return unix.Close(int(d)) }

func bits(s Set) int {
	n := 0
	if s&RTS != 0 {
		n |= unix.TIOCM_RTS
	}
	if s&DTR != 0 {
		n |= unix.TIOCM_DTR
	}
	return n
}
