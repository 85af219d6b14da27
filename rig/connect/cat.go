package connect

import "rtty/rig"

// openCAT opens a link to the transceiver itself.
func openCAT(c rig.Config) (rig.Link, error) {
	return nil, &UnavailableError{c.Kind}
}
