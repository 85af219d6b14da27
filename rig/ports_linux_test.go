package rig

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tree makes files with their content, and links that begin with "->".
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for path, content := range files {
		path = filepath.Join(root, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		var err error
		if len(content) > 2 && content[:2] == "->" {
			err = os.Symlink(content[2:], path)
		} else {
			err = os.WriteFile(path, []byte(content), 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestPortsAreListedByTheNameThatStays(t *testing.T) {
	const usb = "sys/devices/pci0/usb1/1-2/"
	got := portsUnder(tree(t, map[string]string{
		usb + "manufacturer":                    "Silicon Labs\n",
		usb + "product":                         "CP2102N USB to UART Bridge Controller\n",
		usb + "1-2:1.0/ttyUSB3/driver":          "",
		"sys/class/tty/ttyUSB3/device":          "->../../../devices/pci0/usb1/1-2/1-2:1.0/ttyUSB3",
		"dev/serial/by-id/usb-Silicon_Labs-if0": "->../../ttyUSB3",

		"sys/devices/pnp0/00:04/id":       "PNP0501",
		"sys/class/tty/ttyS0/device":      "->../../../devices/pnp0/00:04",
		"sys/class/tty/ttyS0/type":        "4\n",
		"sys/devices/platform/serial/uid": "",
		"sys/class/tty/ttyS1/device":      "->../../../devices/platform/serial",
		"sys/class/tty/ttyS1/type":        "0\n",
		"sys/class/tty/tty1/active":       "", // a screen
	}))
	want := []Port{
		{Path: "/dev/ttyS0", Name: "ttyS0"},
		{
			Path: "/dev/serial/by-id/usb-Silicon_Labs-if0", Name: "ttyUSB3",
			Description: "Silicon Labs CP2102N USB to UART Bridge Controller",
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNoPortsAreNone(t *testing.T) {
	if got := portsUnder(t.TempDir()); got != nil {
		t.Error(got)
	}
}
