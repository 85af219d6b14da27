//go:build linux

package lines

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rtty/rig"
	"rtty/rig/rigtest"
)

// A pseudo-terminal has no modem lines: what is nearest to a serial port here shows
// what is said when the device is none.
func TestDeviceWithoutLines(t *testing.T) {
	_, slave := rigtest.Terminal(t)
	_, err := Open(slave.Name(), RTS, false)
	if !errors.Is(err, rig.ErrGone) || !strings.Contains(err.Error(), "has no RTS and DTR") {
		t.Error(err)
	}
	if _, err := Open(filepath.Join(t.TempDir(), "ttyUSB0"), RTS, false); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a port that is not there: %v", err)
	}
}

// What goes to the kernel, in which order.
func TestSystemCalls(t *testing.T) {
	if device := rigtest.Traced(); device != "" {
		exercise(t, device)
		return
	}
	want := []string{
		"openat O_RDWR|O_NOCTTY|O_NONBLOCK|O_CLOEXEC",
		"ioctl TIOCMBIC [TIOCM_DTR|TIOCM_RTS]",
		"ioctl TCGETS",
		"ioctl TIOCMBIS [TIOCM_RTS]",
		"ioctl TIOCMBIC [TIOCM_RTS]",
		"ioctl TIOCMBIC [TIOCM_RTS]",
		"close",
	}
	t.Run("settings that are wrong", func(t *testing.T) {
		compare(t, rigtest.TracePseudoTerminal(t), slices.Insert(slices.Clone(want), 3,
			"ioctl TCSETS", "ioctl TIOCMBIC [TIOCM_DTR|TIOCM_RTS]"))
	})
	t.Run("serial port", func(t *testing.T) { compare(t, rigtest.Trace(t), want) })
}

func compare(t *testing.T, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("calls\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func exercise(t *testing.T, device string) {
	k, err := Open(device, RTS, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, on := range []bool{true, false} {
		if err := k.SetPTT(on); err != nil {
			t.Error(err)
		}
	}
	if err := k.Close(); err != nil {
		t.Error(err)
	}
}
