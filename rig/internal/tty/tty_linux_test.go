package tty

import (
	"testing"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// The system is to drop the lines of a port when it is closed, as it does by
// nature, and also when a program before has told it not to.
func TestLinesDropAtClose(t *testing.T) {
	for _, lent := range []bool{false, true} {
		master, slave, err := pty.Open()
		if err != nil {
			t.Skip("no pseudo-terminals here: ", err)
		}
		defer master.Close()
		defer slave.Close()
		settings := func() *unix.Termios {
			t.Helper()
			s, err := unix.IoctlGetTermios(int(slave.Fd()), unix.TCGETS)
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		s := settings()
		s.Cflag &^= unix.HUPCL
		if err := unix.IoctlSetTermios(int(slave.Fd()), unix.TCSETS, s); err != nil {
			t.Fatal(err)
		}
		config := Config{Device: slave.Name(), Baud: 19200, StopBits: 1}
		if lent {
			config.Lines = slave
		}
		port, err := Open(config)
		if err != nil {
			t.Fatal(err)
		}
		if after := settings(); after.Cflag&unix.HUPCL == 0 || after.Cflag&unix.CBAUD != unix.B19200 {
			t.Errorf("lent %v: settings %o", lent, after.Cflag)
		}
		if err := port.Close(); err != nil {
			t.Error(err)
		}
	}
}
