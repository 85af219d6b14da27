package connect

import (
	"os"
	"strings"

	"rtty/rig"
	"rtty/rig/cat"
)

// openCAT opens a link to the transceiver itself.
func openCAT(c rig.Config, shared *os.File) (rig.Link, error) {
	return cat.Open(cat.Config{
		Family:   cat.Family(strings.TrimPrefix(string(c.Kind), "cat:")),
		Device:   c.Port,
		Baud:     c.Baud,
		Address:  byte(c.CIV),
		DataJack: c.Source == rig.DataSource,
		Model:    c.Model,
		// Some cables need the lines for their power, so they stay up but where one
		// of them keys.
		Lines: sharing(c.Port, shared),
	})
}
