//go:build linux

package lines

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/creack/pty"

	"rtty/rig"
)

// A pseudo-terminal has no modem lines: what is nearest to a serial port here shows
// what is said when the device is none.
func TestDeviceWithoutLines(t *testing.T) {
	master, slave, err := pty.Open()
	if err != nil {
		t.Skip("no pseudo-terminals: ", err)
	}
	defer master.Close()
	defer slave.Close()
	_, err = Open(slave.Name(), RTS, false)
	if !errors.Is(err, rig.ErrGone) || !strings.Contains(err.Error(), "has no RTS and DTR") {
		t.Error(err)
	}
	if _, err := Open(filepath.Join(t.TempDir(), "ttyUSB0"), RTS, false); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a port that is not there: %v", err)
	}
}

// RTTY_TEST_TTY names a serial port with nothing dangerous on it. What goes to the
// kernel is read from a trace.
func TestSystemCallsOnARealPort(t *testing.T) {
	device := os.Getenv("RTTY_TEST_TTY")
	if device == "" {
		t.Skip("RTTY_TEST_TTY names no serial port")
	}
	if os.Getenv("RTTY_TEST_TTY_TRACED") != "" {
		exercise(t, device)
		return
	}
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed (Debian package strace)")
	}
	trace := filepath.Join(t.TempDir(), "trace")
	cmd := exec.Command(strace, "-f", "-o", trace, "-e", "trace=openat,ioctl,close", os.Args[0], "-test.run", "^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), "RTTY_TEST_TTY_TRACED=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	text, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"openat O_RDWR|O_NOCTTY|O_NONBLOCK|O_CLOEXEC",
		"ioctl TIOCMBIC [TIOCM_DTR|TIOCM_RTS]",
		"ioctl TIOCMBIS [TIOCM_RTS]",
		"ioctl TIOCMBIC [TIOCM_RTS]",
		"ioctl TIOCMBIC [TIOCM_RTS]",
		"close",
	}
	got := callsOn(device, string(text))
	if !slices.Equal(got, want) {
		t.Errorf("calls\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	t.Log(strings.Join(got, "\n"))
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

// callsOn picks the calls on one device out of a trace.
func callsOn(device, trace string) []string {
	open := regexp.MustCompile(`openat\(AT_FDCWD, "` + regexp.QuoteMeta(device) + `", ([A-Z_|]+)\) = (\d+)`)
	ioctl := regexp.MustCompile(`ioctl\((\d+), (\w+), ([^)]*)\)`)
	shut := regexp.MustCompile(`close\((\d+)\)`)
	fd := ""
	var calls []string
	for line := range strings.Lines(trace) {
		if m := open.FindStringSubmatch(line); m != nil {
			fd = m[2]
			calls = append(calls, "openat "+m[1])
		} else if m := ioctl.FindStringSubmatch(line); m != nil && m[1] == fd {
			calls = append(calls, "ioctl "+m[2]+" "+m[3])
		} else if m := shut.FindStringSubmatch(line); m != nil && m[1] == fd {
			calls = append(calls, "close")
			fd = ""
		}
	}
	return calls
}
