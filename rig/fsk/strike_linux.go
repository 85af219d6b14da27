package fsk

import (
	"runtime"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// The scheduler of Go takes a processor from a goroutine that has had it for
// 10 ms, and gives it back when it pleases: in a program that is busy that is late
// by more than a bit. So from the first edge of a character to the last there is
// no place where it could: no function that checks its stack, and system calls
// made behind its back. The price is that the collector, should it want to stop
// the program, has to wait for the end of the character.

// beRealTime gives the goroutine a thread of its own, ahead of all ordinary ones
// where the system permits it: to root, or to whom LimitRTPRIO does. The thread
// ends with the goroutine.
func beRealTime() (granted bool) {
	runtime.LockOSThread()
	attr := unix.SchedAttr{
		Size:     unix.SizeofSchedAttr,
		Policy:   unix.SCHED_FIFO,
		Flags:    unix.SCHED_FLAG_RESET_ON_FORK,
		Priority: 10,
	}
	return unix.SchedSetAttr(0, &attr, 0) == nil
}

// rawCall is a system call with its arguments.
type rawCall struct {
	number, a, b uintptr
	c            unsafe.Pointer
}

//go:nosplit
func (r *rawCall) do() syscall.Errno {
	_, _, errno := unix.RawSyscall(r.number, r.a, r.b, uintptr(r.c))
	return errno
}

// wire is a contact that a system call puts to mark and another to space.
type wire struct {
	clock       strictClock
	mark, space rawCall
	shut        func() error
}

func (w *wire) set(mark bool) error {
	errno := w.move(mark)
	if errno != 0 {
		return errno
	}
	return nil
}

//go:nosplit
func (w *wire) move(mark bool) syscall.Errno {
	if mark {
		return w.mark.do()
	}
	return w.space.do()
}

func (w *wire) close() error { return w.shut() }

func (w *wire) strike(o *over, edges []edge, start time.Duration, at *[mostEdges]time.Duration) (done int, err error) {
	var due, struck [mostEdges]unix.Timespec
	for i, e := range edges {
		due[i] = unix.NsecToTimespec(int64(e.after))
	}
	done, errno := w.strikeAll(o, edges, w.clock.at(start), &due, &struck)
	for i := range done {
		at[i] = time.Duration(struck[i].Nano() - w.clock.began)
	}
	if errno != 0 {
		return done, errno
	}
	return done, nil
}

// strikeAll is the part that nothing may interrupt. That an over has ended is
// seen before each edge and, since it may end between that look and the edge,
// after it.
//
//go:nosplit
func (w *wire) strikeAll(o *over, edges []edge, start unix.Timespec, due, struck *[mostEdges]unix.Timespec) (done int, errno syscall.Errno) {
	late := unix.Timespec{Nsec: lateStartNs}
	for i := range edges {
		sleepUntil(plus(start, due[i]))
		if o.stopped.Load() {
			return done, 0
		}
		if errno = w.move(edges[i].mark); errno != 0 {
			return done, errno
		}
		if o.stopped.Load() {
			return done, w.move(true)
		}
		readMonotonic(&struck[i])
		done++
		if i == 0 && after(struck[0], plus(start, late)) {
			start = struck[0]
		}
	}
	return done, 0
}

// plus adds without a division, which on small machines is a function call.
//
//go:nosplit
func plus(a, b unix.Timespec) unix.Timespec {
	a.Sec += b.Sec
	a.Nsec += b.Nsec
	if a.Nsec >= 1e9 {
		a.Nsec -= 1e9
		a.Sec++
	}
	return a
}

//go:nosplit
func after(a, b unix.Timespec) bool {
	return a.Sec > b.Sec || a.Sec == b.Sec && a.Nsec > b.Nsec
}

// sleepUntil sleeps to an absolute time of CLOCK_MONOTONIC. A signal, such as
// Go's own for preemption, ends the sleep early; then it goes on.
//
//go:nosplit
func sleepUntil(t unix.Timespec) {
	for {
		_, _, errno := unix.RawSyscall6(unix.SYS_CLOCK_NANOSLEEP,
			unix.CLOCK_MONOTONIC, unix.TIMER_ABSTIME, uintptr(unsafe.Pointer(&t)), 0, 0, 0)
		if errno != syscall.EINTR {
			return
		}
	}
}

//go:nosplit
func readMonotonic(t *unix.Timespec) {
	unix.RawSyscall(unix.SYS_CLOCK_GETTIME, unix.CLOCK_MONOTONIC, uintptr(unsafe.Pointer(t)), 0)
}

// strictClock tells the kernel when to wake.
type strictClock struct {
	began int64 // of CLOCK_MONOTONIC, ns
}

func newStrictClock() strictClock { return strictClock{monotonic()} }

func monotonic() int64 {
	var t unix.Timespec
	readMonotonic(&t)
	return t.Nano()
}

func (c strictClock) now() time.Duration { return time.Duration(monotonic() - c.began) }

func (c strictClock) at(t time.Duration) unix.Timespec {
	return unix.NsecToTimespec(c.began + int64(t))
}

// until sleeps where nothing depends on it: it gives the processor away.
func (c strictClock) until(t time.Duration) { time.Sleep(t - c.now()) }
