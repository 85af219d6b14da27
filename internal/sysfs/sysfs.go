// Package sysfs finds its way in the tree in which Linux shows the devices of a
// computer. The tree is read only: looking opens no device.
package sysfs

import (
	"io/fs"
	"path"
	"strings"
)

// Text is the content of a file, without the space around it; empty when it can't
// be read.
func Text(sys fs.FS, name string) string {
	text, err := fs.ReadFile(sys, name)
	if err != nil {
		return "" // as good as empty to those who ask
	}
	return strings.TrimSpace(string(text))
}

// USBDevice is the USB device that a device belongs to, by the directory that has
// its vendor; empty when it is on no USB. The way there leads through symbolic
// links, so it is followed upwards by the files that mark its stations.
func USBDevice(sys fs.FS, device string) string {
	const deepest = 6 // interface, HID device and what hubs there may be
	dir := resolve(sys, device)
	for range deepest {
		if Text(sys, path.Join(dir, "idVendor")) != "" {
			return dir
		}
		dir = path.Dir(dir)
	}
	return ""
}

// resolve follows the symbolic links in a path.
func resolve(sys fs.FS, name string) string {
	const most = 40
	resolved := "."
	rest := strings.Split(name, "/")
	for links := 0; len(rest) > 0; {
		next := path.Join(resolved, rest[0])
		rest = rest[1:]
		target, err := fs.ReadLink(sys, next)
		if err != nil {
			resolved = next
			continue
		}
		if links++; links > most {
			return next
		}
		rest = append(strings.Split(target, "/"), rest...)
	}
	return path.Clean(resolved)
}
