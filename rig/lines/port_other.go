//go:build !(linux || darwin || freebsd || netbsd || openbsd || windows)

package lines

import (
	"errors"
	"runtime"
)

var errNoLines = errors.New("RTS and DTR can't be set on " + runtime.GOOS)

func openPort(string) (port, error) { return nil, errNoLines }
