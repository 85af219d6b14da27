//go:build linux || darwin || freebsd || netbsd || openbsd

package plain

import (
	"os"
	"os/signal"

	"golang.org/x/sys/unix"
)

// keystrokes makes a terminal give each key as it is pressed, without showing
// it. All else stays: Ctrl-C and Ctrl-Z are signals, line ends are complete. A
// shell that has had the terminal in between, after Ctrl-Z, has set it as it
// likes it; when the program goes on it is set again.
func keystrokes(tty *os.File) (restore func(), err error) {
	fd := int(tty.Fd())
	before, err := unix.IoctlGetTermios(fd, getTermios)
	if err != nil {
		return nil, err
	}
	raw := *before
	raw.Lflag &^= unix.ICANON | unix.ECHO
	raw.Cc[unix.VMIN], raw.Cc[unix.VTIME] = 1, 0
	if err := unix.IoctlSetTermios(fd, setTermios, &raw); err != nil {
		return nil, err
	}
	continued := make(chan os.Signal, 1)
	signal.Notify(continued, unix.SIGCONT)
	go func() {
		for range continued {
			// Whoever reads notices if the terminal is gone.
			_ = unix.IoctlSetTermios(fd, setTermios, &raw)
		}
	}()
	return func() {
		signal.Stop(continued)
		close(continued)
		_ = unix.IoctlSetTermios(fd, setTermios, before) // nobody is left to be told
	}, nil
}
