package cm108

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"rtty/rig"
)

var _ interface {
	rig.Link
	rig.Watcher
} = (*Key)(nil)

func TestReports(t *testing.T) {
	for _, c := range []struct {
		name     string
		pin      int
		inverted bool
		want     []byte
	}{
		{"GPIO 3", 3, false, []byte{0, 0, 0, 4, 0, 0, 0, 4, 4, 0, 0, 0, 0, 4, 0, 0, 0, 0, 4, 0}},
		{"GPIO 1", 1, false, []byte{0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0}},
		{"GPIO 8", 8, false, []byte{0, 0, 0, 128, 0, 0, 0, 128, 128, 0, 0, 0, 0, 128, 0, 0, 0, 0, 128, 0}},
		{"inverted", 3, true, []byte{0, 0, 4, 4, 0, 0, 0, 0, 4, 0, 0, 0, 4, 4, 0, 0, 0, 4, 4, 0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "hidraw0")
			if err := os.WriteFile(path, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			k, err := openPath(path, c.pin, c.inverted)
			if err != nil {
				t.Fatal(err)
			}
			for _, do := range []func() error{
				func() error { return k.SetPTT(true) },
				func() error { return k.SetPTT(false) },
				k.Alive,
				k.Close,
			} {
				if err := do(); err != nil {
					t.Error(err)
				}
			}
			got, err := os.ReadFile(path)
			if err != nil || !bytes.Equal(got, c.want) {
				t.Errorf("wrote %v, %v; want %v", got, err, c.want)
			}
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			if err := k.Alive(); !errors.Is(err, rig.ErrGone) {
				t.Errorf("unplugged, but %v", err)
			}
			if err := k.SetPTT(false); !errors.Is(err, rig.ErrGone) {
				t.Errorf("written to what is closed: %v", err)
			}
		})
	}
}

func TestNoSuchPin(t *testing.T) {
	for _, pin := range []int{-1, 0, 9} {
		if _, err := Open("/dev/null", pin, false); err == nil {
			t.Errorf("GPIO %d was taken", pin)
		}
	}
}

// machine is a sysfs with a keyboard, a radio interface behind a hub, and a sound
// card without pins.
func machine() fstest.MapFS {
	const usb = "devices/pci0000:00/0000:00:14.0/usb1/1-1/1-1.2"
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	link := func(to string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(to), Mode: os.ModeSymlink | 0o777}
	}
	return fstest.MapFS{
		"class/hidraw/hidraw0":                              link("../../devices/pci0000:00/0000:00:14.0/usb1/1-4/1-4:1.0/0003:046D:C31C.0001/hidraw/hidraw0"),
		"devices/pci0000:00/0000:00:14.0/usb1/1-4/idVendor": file("046d\n"),
		"devices/pci0000:00/0000:00:14.0/usb1/1-4/1-4:1.0/0003:046D:C31C.0001/hidraw/hidraw0/device": link("../../../0003:046D:C31C.0001"),
		"devices/pci0000:00/0000:00:14.0/usb1/1-4/1-4:1.0/0003:046D:C31C.0001/uevent":                file("HID_ID=0003:0000046D:0000C31C\nHID_NAME=Keyboard\n"),
		"class/hidraw/hidraw1": link("../../" + usb + "/1-1.2:1.3/0003:0D8C:013A.0002/hidraw/hidraw1"),
		usb + "/idVendor":      file("0d8c\n"),
		usb + "/1-1.2:1.3/0003:0D8C:013A.0002/hidraw/hidraw1/device": link("../../../0003:0D8C:013A.0002"),
		usb + "/1-1.2:1.3/0003:0D8C:013A.0002/uevent":                file("DRIVER=hid-generic\nHID_ID=0003:00000D8C:0000013A\nHID_NAME=C-Media Electronics Inc. USB PnP Sound Device\n"),
		"class/sound/card1":                                  link("../../" + usb + "/1-1.2:1.0/sound/card1"),
		"class/sound/controlC1":                              link("../../" + usb + "/1-1.2:1.0/sound/card1/controlC1"),
		usb + "/1-1.2:1.0/sound/card1/id":                    file("Device\n"),
		usb + "/1-1.2:1.0/sound/card1/device":                link("../../../1-1.2:1.0"),
		"class/sound/card0":                                  link("../../devices/pci0000:00/0000:00:1f.3/sound/card0"),
		"devices/pci0000:00/0000:00:1f.3/sound/card0/id":     file("PCH\n"),
		"devices/pci0000:00/0000:00:1f.3/sound/card0/device": link("../../../0000:00:1f.3"),
	}
}

func TestChipIsFoundWithItsSoundCard(t *testing.T) {
	got, err := Find(machine())
	if err != nil {
		t.Fatal(err)
	}
	want := []Device{{Path: "/dev/hidraw1", Vendor: 0x0d8c, Product: 0x013a, Name: "C-Media Electronics Inc. USB PnP Sound Device", Card: "Device"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if none, err := Find(fstest.MapFS{}); err != nil || none != nil {
		t.Errorf("without HID devices: %v, %v", none, err)
	}
}

func TestChoice(t *testing.T) {
	one := []Device{{Path: "/dev/hidraw1", Card: "Device"}}
	two := append(one, Device{Path: "/dev/hidraw2", Card: "Codec"})
	for _, c := range []struct {
		found []Device
		card  string
		want  string // path, or part of the error
	}{
		{nil, "", "is plugged in"},
		{one, "", "/dev/hidraw1"},
		{one, "Device", "/dev/hidraw1"},
		{one, "Codec", "no CM108 belongs to a sound card Codec"},
		{two, "Codec", "/dev/hidraw2"},
		{two, "", "several"},
	} {
		got, err := choose(c.found, c.card)
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, c.want) {
			t.Errorf("%d devices, card %q: %s, want %s", len(c.found), c.card, got, c.want)
		}
	}
}

func FuzzEvent(f *testing.F) {
	f.Add("HID_ID=0003:00000D8C:0000013A\nHID_NAME=x\n")
	f.Add("HID_ID=::")
	f.Add("HID_ID=0003:FFFFFFFFFF:0\n")
	f.Fuzz(func(t *testing.T, text string) {
		if d, ok := parseEvent(text); !ok && d.Vendor != 0 {
			t.Errorf("%q: not understood, but vendor %#x", text, d.Vendor)
		}
	})
}
