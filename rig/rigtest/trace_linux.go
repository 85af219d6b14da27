package rigtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const tracedDevice = "RTTY_TEST_TRACED"

// Traced is the device that this process is to do something with, when it was
// started by [Trace]; otherwise it is empty.
func Traced() string { return os.Getenv(tracedDevice) }

// TracePseudoTerminal is Trace on a pseudo-terminal. That has no modem lines, so the
// tracer answers ioctl in place of the kernel: everything succeeds, and what is read
// is empty, the settings as if a program before had cleared them.
func TracePseudoTerminal(t *testing.T) (calls []string) {
	t.Helper()
	_, slave := Terminal(t)
	return trace(t, slave.Name(), "-P", slave.Name(), "-e", "inject=ioctl:retval=0")
}

// Trace runs this test once more, in a process for which [Traced] is the device, and
// lists the system calls on that, of the process and of those that it starts:
// "openat FLAGS", "ioctl NAME [LINES]", "close". The device is the one that
// RTTY_TEST_TTY names, a serial port with nothing dangerous on it; without one the
// test is skipped.
func Trace(t *testing.T) (calls []string) {
	t.Helper()
	device := os.Getenv("RTTY_TEST_TTY")
	if device == "" {
		t.Skip("RTTY_TEST_TTY names no serial port")
	}
	return trace(t, device)
}

func trace(t *testing.T, device string, options ...string) []string {
	t.Helper()
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed (Debian package strace)")
	}
	if out, err := exec.Command(strace, "-e", "trace=none", "true").CombinedOutput(); err != nil {
		t.Skipf("strace can't trace here: %v\n%s", err, out)
	}
	file := filepath.Join(t.TempDir(), "trace")
	args := append([]string{"-f", "-y", "-o", file, "-e", "trace=openat,ioctl,close"}, options...)
	test, _, _ := strings.Cut(t.Name(), "/")
	cmd := exec.Command(strace, append(args, os.Args[0], "-test.run", "^"+test+"$")...)
	cmd.Env = append(os.Environ(), tracedDevice+"="+device)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return callsOn(device, string(text))
}

// callsOn picks the calls on a device out of a trace. A call that another process
// interrupts is two lines, of which the first has all that matters.
func callsOn(device, trace string) (calls []string) {
	name := regexp.QuoteMeta(device)
	open := regexp.MustCompile(` openat\([^"]*"` + name + `", ([A-Z_|]+)`)
	ioctl := regexp.MustCompile(` ioctl\(\d+<` + name + `>, (?:\w+ or )?(\w+)(?:, (\[[A-Z_|]+\]))?`)
	shut := regexp.MustCompile(` close\(\d+<` + name + `>`)
	for line := range strings.Lines(trace) {
		if m := open.FindStringSubmatch(line); m != nil {
			calls = append(calls, "openat "+m[1])
		} else if m := ioctl.FindStringSubmatch(line); m != nil {
			calls = append(calls, strings.TrimSpace("ioctl "+m[1]+" "+m[2]))
		} else if shut.MatchString(line) {
			calls = append(calls, "close")
		}
	}
	return calls
}
