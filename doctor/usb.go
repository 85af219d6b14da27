package doctor

import (
	"context"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"rtty/audio"
	"rtty/internal/sysfs"
)

// Transceivers with a USB socket, and interfaces made for them, have a hub inside,
// with a sound card and a serial port on it. What shares a hub is one radio.

// A plugged device is a sound card or a serial port on USB.
type plugged struct {
	name    string // "sound card USB Audio CODEC", "serial port /dev/ttyUSB0"
	path    string // of a serial port, to configure
	product string
	usb     string // USB device, as a directory of sysfs
}

// hub is the directory of what a device is plugged into.
func (p plugged) hub() string { return path.Dir(p.usb) }

// nextTo tells whether two devices are in one box: on the same hub, but not on the
// sockets of the computer itself, or two faces of one USB device.
func (p plugged) nextTo(q plugged) bool {
	root := strings.HasPrefix(path.Base(p.hub()), "usb")
	return p.usb == q.usb || p.hub() == q.hub() && !root
}

// usb tells which sound card and serial port belong together, and whether those
// configured do.
func (c *Checkup) usb(_ context.Context, r reporter) {
	if c.Sys == nil {
		return
	}
	cards, ports := soundCards(c.Sys), c.serialPorts()
	for _, card := range cards {
		for _, port := range ports {
			if card.nextTo(port) {
				r.say(OK, "%s and %s share a USB hub: they belong to one radio or interface", card.name, port.name)
			}
		}
	}
	port, ok := configuredPort(ports, c.Config.Rig.Port, c.Config.Rig.PTTPort)
	if !ok {
		return
	}
	with := slices.DeleteFunc(slices.Clone(cards), func(card plugged) bool { return !card.nextTo(port) })
	if len(with) == 0 {
		return
	}
	for _, side := range []struct {
		setting, name string
		input         bool
	}{
		{"audio.input", c.Config.Audio.Input, true},
		{"audio.output", c.Config.Audio.Output, false},
	} {
		device, err := c.Sound.Find(side.name, side.input)
		other := slices.ContainsFunc(cards, func(card plugged) bool { return card.is(device) && !card.nextTo(port) })
		if err == nil && other && !slices.ContainsFunc(with, func(card plugged) bool { return card.is(device) }) {
			r.say(Warning, "%s is %s, but next to the rig's %s there is %s: see whether that is the one", side.setting, device, port.name, with[0].name)
		}
	}
}

// soundCards are those on USB.
func soundCards(sys fs.FS) []plugged {
	var cards []plugged
	entries, _ := fs.ReadDir(sys, "class/sound") // none: no sound card
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), "card") {
			continue
		}
		if usb := sysfs.USBDevice(sys, path.Join("class/sound", e.Name(), "device")); usb != "" {
			product := sysfs.Text(sys, path.Join(usb, "product"))
			name := product
			if name == "" {
				name = sysfs.Text(sys, path.Join("class/sound", e.Name(), "id"))
			}
			cards = append(cards, plugged{name: "sound card " + name, product: product, usb: usb})
		}
	}
	return cards
}

// serialPorts are those on USB.
func (c *Checkup) serialPorts() []plugged {
	var ports []plugged
	for _, p := range c.Ports {
		if usb := sysfs.USBDevice(c.Sys, path.Join("class/tty", p.Name, "device")); usb != "" {
			name := "serial port " + p.Path
			if p.Path != "/dev/"+p.Name {
				name += " (" + p.Name + ")"
			}
			ports = append(ports, plugged{name: name, path: p.Path, usb: usb})
		}
	}
	return ports
}

// configuredPort finds the port that a rig is configured at, by one of its names.
func configuredPort(ports []plugged, names ...string) (plugged, bool) {
	for _, p := range ports {
		for _, name := range names {
			if name != "" && (name == p.path || same(name, p.path)) {
				return p, true
			}
		}
	}
	return plugged{}, false
}

// same tells whether two names lead to one file.
func same(a, b string) bool {
	real := func(name string) string {
		if at, err := filepath.EvalSymlinks(name); err == nil {
			return at
		}
		return name
	}
	return real(a) == real(b)
}

// is tells whether a sound device is on a card: sound servers make their names of
// the card's product, with other characters between the words.
func (p plugged) is(d audio.Device) bool {
	plain := func(s string) string {
		return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
			return (r < 'a' || r > 'z') && (r < '0' || r > '9')
		}), " ")
	}
	product := plain(p.product)
	return product != "" && (strings.Contains(plain(d.ID), product) || strings.Contains(plain(d.Name), product))
}
