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

// What goes to the kernel is read from a trace. RTTY_TEST_TTY names a serial port
// with nothing dangerous on it; without one a pseudo-terminal stands in, whose
// calls the tracer answers in place of the kernel: everything succeeds, and the
// settings that are read are empty, as if a program before had cleared them.
func TestSystemCalls(t *testing.T) {
	if device := os.Getenv("RTTY_TEST_TTY_TRACED"); device != "" {
		exercise(t, device)
		return
	}
	t.Run("pseudo-terminal", func(t *testing.T) {
		master, slave, err := pty.Open()
		if err != nil {
			t.Skip("no pseudo-terminals: ", err)
		}
		defer master.Close()
		defer slave.Close()
		testSystemCalls(t, slave.Name(), true)
	})
	t.Run("serial port", func(t *testing.T) {
		device := os.Getenv("RTTY_TEST_TTY")
		if device == "" {
			t.Skip("RTTY_TEST_TTY names no serial port")
		}
		testSystemCalls(t, device, false)
	})
}

func testSystemCalls(t *testing.T, device string, fake bool) {
	want := []string{
		"openat O_RDWR|O_NOCTTY|O_NONBLOCK|O_CLOEXEC",
		"ioctl TIOCMBIC [TIOCM_DTR|TIOCM_RTS]",
		"ioctl TCGETS",
		"ioctl TIOCMBIS [TIOCM_RTS]",
		"ioctl TIOCMBIC [TIOCM_RTS]",
		"ioctl TIOCMBIC [TIOCM_RTS]",
		"close",
	}
	args := []string{"-e", "trace=openat,ioctl,close"}
	if fake {
		args = append(args, "-P", device, "-e", "inject=ioctl:retval=0")
		want = slices.Insert(want, 3, "ioctl TCSETS", "ioctl TIOCMBIC [TIOCM_DTR|TIOCM_RTS]")
	}
	got := callsOn(device, traced(t, device, args...))
	if !slices.Equal(got, want) {
		t.Errorf("calls\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// traced runs this test once more, under strace, and gives the trace.
func traced(t *testing.T, device string, args ...string) string {
	t.Helper()
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed (Debian package strace)")
	}
	if out, err := exec.Command(strace, "-e", "trace=none", "true").CombinedOutput(); err != nil {
		t.Skipf("strace can't trace here: %v\n%s", err, out)
	}
	trace := filepath.Join(t.TempDir(), "trace")
	args = append([]string{"-f", "-o", trace}, args...)
	cmd := exec.Command(strace, append(args, os.Args[0], "-test.run", "^TestSystemCalls$")...)
	cmd.Env = append(os.Environ(), "RTTY_TEST_TTY_TRACED="+device)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	text, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
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
	ioctl := regexp.MustCompile(`ioctl\((\d+), (?:\w+ or )?(\w+), (.*)\) += `)
	setLines := regexp.MustCompile(`^\[[A-Z_|]+\]`)
	shut := regexp.MustCompile(`close\((\d+)\)`)
	fd := ""
	var calls []string
	for line := range strings.Lines(trace) {
		if m := open.FindStringSubmatch(line); m != nil {
			fd = m[2]
			calls = append(calls, "openat "+m[1])
		} else if m := ioctl.FindStringSubmatch(line); m != nil && m[1] == fd {
			calls = append(calls, strings.TrimSpace("ioctl "+m[2]+" "+setLines.FindString(m[3])))
		} else if m := shut.FindStringSubmatch(line); m != nil && m[1] == fd {
			calls = append(calls, "close")
			fd = ""
		}
	}
	return calls
}
