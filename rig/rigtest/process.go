// Package rigtest starts the programs that tests of rigs talk to, and ends them.
package rigtest

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// A Process is a program that a test has started. It dies with the test.
type Process struct {
	cmd    *exec.Cmd
	said   *output
	exited chan struct{}
}

// Start starts a program, or skips the test where it is not installed. Package is
// the Debian package that has it.
func Start(t testing.TB, debian, name string, args ...string) *Process {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("%s is not installed (Debian package %s)", name, debian)
	}
	return StartCmd(t, exec.Command(name, args...))
}

// StartCmd starts a command.
func StartCmd(t testing.TB, cmd *exec.Cmd) *Process {
	t.Helper()
	p := &Process{cmd: cmd, said: &output{}, exited: make(chan struct{})}
	if cmd.Stdout == nil {
		cmd.Stdout = p.said
	}
	cmd.Stderr = p.said
	cmd.SysProcAttr = bound()
	cmd.WaitDelay = time.Second
	started := make(chan error)
	go func() {
		runtime.LockOSThread() // it dies with the thread that started it
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait() // tests kill it as a rule
			close(p.exited)
		}
	}()
	if err := <-started; err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Kill)
	return p
}

// Kill ends the process at once and waits until it is gone.
func (p *Process) Kill() {
	_ = p.cmd.Process.Kill() // it may have ended by itself
	<-p.exited
}

// PID is its number.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Said is what it wrote to its standard output and error so far.
func (p *Process) Said() string { return p.said.String() }

type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(b)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// Until waits for a condition, for as long as a busy machine may need, and returns
// how long it took.
func Until(t testing.TB, what string, holds func() bool) time.Duration {
	t.Helper()
	const patience = 30 * time.Second
	for started := time.Now(); ; time.Sleep(2 * time.Millisecond) {
		if holds() {
			return time.Since(started)
		}
		if time.Since(started) > patience {
			t.Fatalf("after %v still not: %s", patience, what)
		}
	}
}

// FreeAddress is an address on this machine at which nobody listens.
func FreeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// Rigctld starts Hamlib's daemon with its dummy rig, at address or, when that is
// empty, at one of its own, and waits until it listens.
func Rigctld(t testing.TB, address string, args ...string) (p *Process, at string) {
	t.Helper()
	if address == "" {
		address = FreeAddress(t)
	}
	host, port, _ := strings.Cut(address, ":")
	p = Start(t, "libhamlib-utils", "rigctld", append([]string{"-m", "1", "-T", host, "-t", port}, args...)...)
	Until(t, "rigctld listens", func() bool { return listens(t, address) })
	return p, address
}

// listens tells whether somebody listens at an address, where possible without
// connecting: rigctld is not itself while it loses its only client.
func listens(t testing.TB, address string) bool {
	_, text, _ := strings.Cut(address, ":")
	port, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	if sockets, err := os.ReadFile("/proc/net/tcp"); err == nil {
		const listening = "0A" // after our address and the other's
		return bytes.Contains(sockets, fmt.Appendf(nil, ":%04X 00000000:0000 %s", port, listening))
	}
	c, err := net.DialTimeout("tcp", address, time.Second)
	return err == nil && c.Close() == nil
}
