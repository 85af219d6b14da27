package rig

import "path/filepath"

// A Port is a serial port of this computer, as it shows from the outside:
// opening a port to ask it more would raise its lines, and those may key a
// transmitter.
type Port struct {
	Path        string // to put into a configuration: the same after a restart, where there is such a name
	Name        string // what the system calls it now: ttyUSB0, COM3
	Description string // maker and product, where they are known
}

// SamePort tells whether two names lead to the same port, as those under
// /dev/serial/by-id do to what the system calls it now.
func SamePort(a, b string) bool {
	return a != "" && b != "" && resolved(a) == resolved(b)
}

// resolved is the name without links; of what is not there, the name itself.
func resolved(name string) string {
	if path, err := filepath.EvalSymlinks(name); err == nil {
		return path
	}
	return filepath.Clean(name)
}
