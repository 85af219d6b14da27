package rigtest

import (
	"os"
	"testing"

	"github.com/creack/pty"
	"golang.org/x/term"
)

// Terminal opens a pseudo-terminal, the nearest to a serial port that there is
// without one: bytes pass through it as they are, and it has no modem lines. A fake
// device sits at the master. Both are closed with the test, which is skipped where
// there is none to be had.
func Terminal(t testing.TB) (master, slave *os.File) {
	t.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		t.Skip("no pseudo-terminals here: ", err)
	}
	t.Cleanup(func() {
		_ = slave.Close() // a test may have closed them
		_ = master.Close()
	})
	// As it comes, a terminal sends everything back.
	if _, err := term.MakeRaw(int(slave.Fd())); err != nil {
		t.Fatal(err)
	}
	return master, slave
}
