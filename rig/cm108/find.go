package cm108

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"rtty/internal/sysfs"
)

// A Device is a sound chip with pins.
type Device struct {
	Path            string // /dev/hidraw0
	Vendor, Product uint16
	Name            string // as it calls itself
	Card            string // name of the sound card that it belongs to; empty when there is none
}

// known are the chips with pins, by vendor and product: C-Media, the clones of
// Solid State System, and the All-In-One-Cable, which presents itself alike.
var known = map[uint16][]uint16{
	0x0d8c: {0x0008, 0x0009, 0x000a, 0x000b, 0x000c, 0x000d, 0x000e, 0x000f, 0x0012, 0x0013, 0x0139, 0x013a, 0x013c},
	0x0c76: {0x1605, 0x1607, 0x160b},
	0x1209: {0x7388},
}

// Find lists the chips that the kernel shows under sys, the root of its sysfs.
// Looking does not open them.
func Find(sys fs.FS) ([]Device, error) {
	entries, err := fs.ReadDir(sys, "class/hidraw")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("listing HID devices: %w", err)
	}
	cards := soundCards(sys)
	var found []Device
	for _, entry := range entries {
		dir := path.Join("class/hidraw", entry.Name())
		d, ok := parseEvent(sysfs.Text(sys, path.Join(dir, "device/uevent")))
		if !ok {
			continue // not a HID device that says what it is
		}
		d.Path = "/dev/" + entry.Name()
		d.Card = cards[sysfs.USBDevice(sys, path.Join(dir, "device"))]
		if isKnown(d) {
			found = append(found, d)
		}
	}
	return found, nil
}

func isKnown(d Device) bool {
	for _, product := range known[d.Vendor] {
		if d.Product == product {
			return true
		}
	}
	return false
}

// parseEvent reads what the kernel tells of a HID device: HID_ID is bus, vendor and
// product in hexadecimal digits.
func parseEvent(text string) (d Device, ok bool) {
	for line := range strings.Lines(text) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		switch name {
		case "HID_NAME":
			d.Name = value
		case "HID_ID":
			parts := strings.Split(value, ":")
			if len(parts) != 3 {
				return Device{}, false
			}
			vendor, err1 := strconv.ParseUint(parts[1], 16, 32)
			product, err2 := strconv.ParseUint(parts[2], 16, 32)
			if err1 != nil || err2 != nil || vendor > 0xffff || product > 0xffff {
				return Device{}, false
			}
			d.Vendor, d.Product, ok = uint16(vendor), uint16(product), true
		}
	}
	return d, ok
}

// soundCards are the names of the sound cards by the USB device they belong to.
func soundCards(sys fs.FS) map[string]string {
	cards := make(map[string]string)
	entries, err := fs.ReadDir(sys, "class/sound")
	if err != nil {
		return cards // no sound card, no pair
	}
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), "card") {
			continue
		}
		dir := path.Join("class/sound", entry.Name())
		if parent := sysfs.USBDevice(sys, path.Join(dir, "device")); parent != "" {
			cards[parent] = sysfs.Text(sys, path.Join(dir, "id"))
		}
	}
	return cards
}

// choose picks the device that belongs to the sound card with that name, or the
// only one there is.
func choose(found []Device, card string) (string, error) {
	var names []string
	for _, d := range found {
		if d.Card == card && card != "" || card == "" && len(found) == 1 {
			return d.Path, nil
		}
		names = append(names, fmt.Sprintf("%s (%s, sound card %s)", d.Path, d.Name, d.Card))
	}
	switch {
	case len(found) == 0:
		return "", errors.New("no CM108 or similar sound chip is plugged in")
	case card == "":
		return "", fmt.Errorf("there are several CM108: name one as the port: %s", strings.Join(names, ", "))
	}
	return "", fmt.Errorf("no CM108 belongs to a sound card %s; there is %s", card, strings.Join(names, ", "))
}
