//go:build darwin || freebsd || netbsd || openbsd

package lines

import "golang.org/x/sys/unix"

const (
	getSettings = unix.TIOCGETA
	setSettings = unix.TIOCSETA
)
