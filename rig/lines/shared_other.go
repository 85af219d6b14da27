//go:build !linux

package lines

import (
	"errors"
	"os"
)

var errNotShared = errors.New("a serial port whose lines key can do something else besides on Linux only: give PTT a port of its own")

// OpenShared opens a serial port for several who use a line each: on Linux only,
// since nothing else keys FSK by a line.
func OpenShared(string) (*os.File, error) { return nil, errNotShared }

func borrowPort(*os.File) (port, error) { return nil, errNotShared }
