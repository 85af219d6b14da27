package rig

import (
	"path/filepath"
	"strings"
)

// Ports lists the serial ports by their names for calling out: opening one under
// /dev/tty waits for a carrier.
func Ports() []Port {
	paths, _ := filepath.Glob("/dev/cu.*")
	var all []Port
	for _, path := range paths {
		all = append(all, Port{Path: path, Name: strings.TrimPrefix(path, "/dev/")})
	}
	return all
}
