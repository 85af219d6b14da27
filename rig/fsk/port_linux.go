package fsk

import (
	"errors"
	"fmt"
	"runtime"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// descriptor is an open serial port.
type descriptor struct {
	fd     int
	device string
	ours   bool // to close
}

// openDescriptor takes the file that was handed in, or opens the device and
// drops both lines with the first call after, since opening has raised them.
func openDescriptor(cfg Config) (descriptor, error) {
	if cfg.File != nil {
		return descriptor{fd: int(cfg.File.Fd()), device: cfg.File.Name()}, nil
	}
	fd, err := unix.Open(cfg.Device, unix.O_RDWR|unix.O_NOCTTY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		return descriptor{}, fmt.Errorf("opening %s for FSK keying: %w", cfg.Device, err)
	}
	d := descriptor{fd: fd, device: cfg.Device, ours: true}
	err = unix.IoctlSetPointerInt(fd, unix.TIOCMBIC, unix.TIOCM_RTS|unix.TIOCM_DTR)
	if err != nil && cfg.Method != UART {
		d.close()
		return descriptor{}, d.noLines(err)
	}
	return d, nil
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
	if !d.ours {
		return nil
	}
	return unix.Close(d.fd)
}

// wire is a modem line as a contact.
type wire struct {
	descriptor
	bits        int32
	mark, space uintptr // the ioctls that make it so
}

// set is called right after a wait that ends on time, and the way from there to
// the system call has no place where the Go scheduler could step in: hence
// nosplit and raw.
//
//go:nosplit
func (w *wire) set(mark bool) error {
	request := w.space
	if mark {
		request = w.mark
	}
	bits := w.bits
	if _, _, errno := unix.RawSyscall(unix.SYS_IOCTL, uintptr(w.fd), request, uintptr(unsafe.Pointer(&bits))); errno != 0 {
		return errno
	}
	return nil
}

func openLine(cfg Config) (Keyer, error) {
	d, err := openDescriptor(cfg)
	if err != nil {
		return nil, err
	}
	w := &wire{descriptor: d, bits: unix.TIOCM_DTR, mark: unix.TIOCMBIC, space: unix.TIOCMBIS}
	if cfg.Method == RTS {
		w.bits = unix.TIOCM_RTS
	}
	if cfg.Invert {
		w.mark, w.space = w.space, w.mark
	}
	if err := w.set(true); err != nil {
		d.close()
		return nil, d.noLines(err)
	}
	if err := dropAtClose(d); err != nil {
		d.close()
		return nil, err
	}
	return newLineKeyer(w, newStrictClock(), cfg, beRealTime), nil
}

// beRealTime gives the goroutine a thread of its own, ahead of all ordinary ones
// where the system permits it: to root, or to whom LimitRTPRIO does. The thread
// ends with the goroutine.
func beRealTime() {
	runtime.LockOSThread()
	attr := unix.SchedAttr{
		Size:     unix.SizeofSchedAttr,
		Policy:   unix.SCHED_FIFO,
		Flags:    unix.SCHED_FLAG_RESET_ON_FORK,
		Priority: 10,
	}
	_ = unix.SchedSetAttr(0, &attr, 0) // without it the jitter is larger, and shown
}

// strictClock wakes on time: it tells the kernel, not the Go scheduler, when.
// While it waits it keeps the processor that the scheduler has lent it, so that
// nobody has to be waited for on waking.
type strictClock struct {
	began int64 // of CLOCK_MONOTONIC, ns
}

func newStrictClock() strictClock { return strictClock{monotonic()} }

func monotonic() int64 {
	var t unix.Timespec
	_ = unix.ClockGettime(unix.CLOCK_MONOTONIC, &t) // can't fail for this clock
	return t.Nano()
}

func (c strictClock) now() time.Duration { return time.Duration(monotonic() - c.began) }

// until sleeps to an absolute time. A signal, such as Go's own for preemption,
// ends the sleep early; then it goes on.
//
//go:nosplit
func (c strictClock) until(at time.Duration) {
	t := unix.NsecToTimespec(c.began + int64(at))
	for {
		_, _, errno := unix.RawSyscall6(unix.SYS_CLOCK_NANOSLEEP,
			unix.CLOCK_MONOTONIC, unix.TIMER_ABSTIME, uintptr(unsafe.Pointer(&t)), 0, 0, 0)
		if errno != syscall.EINTR {
			return
		}
	}
}
