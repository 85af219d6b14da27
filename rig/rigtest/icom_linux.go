package rigtest

import (
	"bytes"
	"os"
	"sync"
	"testing"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// An Icom is an IC-7300 on a pseudo-terminal, as much of it as programs ask for.
type Icom struct {
	Device string // the terminal

	cut func()

	mu        sync.Mutex
	frequency [5]byte // BCD, the least first
	mode      byte
	data      byte
	ptt       byte
	first     []byte // the first command that it got
}

// First is the first command that it got, without address and end.
func (r *Icom) First() []byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.first
}

// NewIcom switches an IC-7300 on.
func NewIcom(t testing.TB) *Icom {
	t.Helper()
	master, slave := openPTY(t)
	settings, err := unix.IoctlGetTermios(int(slave.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	settings.Lflag, settings.Iflag, settings.Oflag = 0, 0, 0 // no echo, bytes as they are
	if err := unix.IoctlSetTermios(int(slave.Fd()), unix.TCSETS, settings); err != nil {
		t.Fatal(err)
	}
	r := &Icom{Device: slave.Name(), frequency: [5]byte{0, 0, 0x08, 0x14, 0}, mode: 4}
	r.cut = sync.OnceFunc(func() { master.Close(); slave.Close() })
	t.Cleanup(r.cut)
	go r.serve(master)
	return r
}

// Cut pulls the cable. The transceiver goes on with what it does.
func (r *Icom) Cut() { r.cut() }

// Transmits tells whether it transmits.
func (r *Icom) Transmits() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.ptt == 1
}

// openPTY opens a pseudo-terminal whose master can be closed while it is read.
func openPTY(t testing.TB) (master, slave *os.File) {
	t.Helper()
	blocking, slave, err := pty.Open()
	if err != nil {
		t.Skip("no pseudo-terminals: ", err)
	}
	defer blocking.Close()
	fd, err := unix.FcntlInt(blocking.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err == nil {
		err = unix.SetNonblock(fd, true)
	}
	if err != nil {
		t.Fatal(err)
	}
	return os.NewFile(uintptr(fd), blocking.Name()), slave
}

// serve answers frames until the line is cut.
func (r *Icom) serve(line *os.File) {
	var received []byte
	buffer := make([]byte, 256)
	for {
		n, err := line.Read(buffer)
		if err != nil {
			return
		}
		received = append(received, buffer[:n]...)
		for {
			frame, rest, whole := bytes.Cut(received, []byte{0xfd})
			if !whole {
				break
			}
			received = rest
			frame = frame[bytes.LastIndexByte(frame, 0xfe)+1:]
			if len(frame) < 3 {
				continue
			}
			to, from, command := frame[0], frame[1], frame[2:]
			answer := append([]byte{0xfe, 0xfe, from, to}, r.obey(command)...)
			if _, err := line.Write(append(answer, 0xfd)); err != nil {
				return
			}
		}
	}
}

// obey does what a command says and returns the body of the answer.
func (r *Icom) obey(c []byte) []byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.first == nil {
		r.first = bytes.Clone(c)
	}
	done := []byte{0xfb}
	switch asks := len(c) <= 2; {
	case c[0] == 0x19: // who is there?
		return append(c[:2:2], 0x94)
	case c[0] == 0x07: // VFO A or B
	case c[0] == 0x25 && asks:
		return append(c[:2:2], r.frequency[:]...)
	case c[0] == 0x25:
		copy(r.frequency[:], c[2:])
	case c[0] == 0x26 && asks:
		return append(c[:2:2], r.mode, r.data, 1)
	case c[0] == 0x26 && len(c) > 3:
		r.mode, r.data = c[2], c[3]
	case c[0] == 0x1c && asks && c[1] == 0:
		return append(c[:2:2], r.ptt)
	case c[0] == 0x1c && c[1] == 0:
		r.ptt = c[2]
	case asks && (c[0] == 0x14 || c[0] == 0x15): // levels and meters, two bytes of BCD
		return append(c[:2:2], 1, 0x20)
	case asks: // switches
		return append(c[:len(c):len(c)], 0)
	}
	return done
}
