package rig

// A Port is a serial port of this computer, as it shows from the outside:
// opening a port to ask it more would raise its lines, and those may key a
// transmitter.
type Port struct {
	Path        string // to put into a configuration: the same after a restart, where there is such a name
	Name        string // what the system calls it now: ttyUSB0, COM3
	Description string // maker and product, where they are known
}
