package rig

import (
	"os"
	"path/filepath"
	"strings"
)

// Ports lists the serial ports. A USB adapter has a name with its maker, product
// and serial number under /dev/serial/by-id, which stays; its number may be
// another one tomorrow.
func Ports() []Port { return portsUnder("/") }

func portsUnder(root string) []Port {
	stable := stablePaths(root)
	devices, _ := filepath.Glob(filepath.Join(root, "sys/class/tty/*/device"))
	var all []Port
	for _, device := range devices {
		tty := filepath.Dir(device)
		if attribute(tty, "type") == "0" {
			continue // a place for a port of the old kind that no port is in
		}
		name := filepath.Base(tty)
		path := stable[name]
		if path == "" {
			path = "/dev/" + name
		}
		all = append(all, Port{Path: path, Name: name, Description: description(device)})
	}
	return all
}

// stablePaths are the names under by-id of the ports that have one.
func stablePaths(root string) map[string]string {
	const dir = "dev/serial/by-id"
	paths := make(map[string]string)
	links, _ := filepath.Glob(filepath.Join(root, dir, "*"))
	for _, link := range links {
		if to, err := os.Readlink(link); err == nil {
			paths[filepath.Base(to)] = filepath.Join("/", dir, filepath.Base(link))
		}
	}
	return paths
}

// description looks for maker and product at the device and where it is plugged
// in: an adapter is two or three steps below the USB device that has the names.
func description(device string) string {
	at, err := filepath.EvalSymlinks(device)
	if err != nil {
		return ""
	}
	for range 4 {
		if product := attribute(at, "product"); product != "" {
			return strings.TrimSpace(attribute(at, "manufacturer") + " " + product)
		}
		at = filepath.Dir(at)
	}
	return ""
}

func attribute(dir, name string) string {
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(b))
}
