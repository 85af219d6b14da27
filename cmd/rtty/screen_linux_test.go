package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// A screen is a running rtty on a terminal of its own, of 120 by 40 characters
// in true colour, that nobody looks at.
type screen struct {
	t       *testing.T
	cmd     *exec.Cmd
	pty     *os.File
	state   string       // folder of its logs and what else it keeps
	written atomic.Int64 // bytes
	ended   chan struct{}
}

// startScreen starts rtty with logs in a place of its own. Its standard input is
// the terminal, unless another is given.
func startScreen(t *testing.T, stdin *os.File, args ...string) *screen {
	t.Helper()
	s := &screen{t: t, state: t.TempDir(), ended: make(chan struct{})}
	s.cmd = exec.Command("rtty", args...)
	s.cmd.Env = append(os.Environ(), "TERM=xterm-256color", "COLORTERM=truecolor", "XDG_STATE_HOME="+s.state)
	attributes := &syscall.SysProcAttr{Setsid: true, Setctty: true, Ctty: 1, Pdeathsig: syscall.SIGKILL}
	if stdin != nil {
		s.cmd.Stdin = stdin
	}
	var err error
	if s.pty, err = pty.StartWithAttrs(s.cmd, &pty.Winsize{Rows: 40, Cols: 120}, attributes); err != nil {
		t.Skip("no terminal to run it on: ", err)
	}
	go func() {
		buffer := make([]byte, 1<<16)
		for {
			n, err := s.pty.Read(buffer)
			s.written.Add(int64(n))
			if err != nil {
				break
			}
		}
		_ = s.cmd.Wait()
		close(s.ended)
	}()
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		<-s.ended
		_ = s.pty.Close()
	})
	return s
}

// Type types keys.
func (s *screen) Type(keys string) {
	s.t.Helper()
	if _, err := s.pty.WriteString(keys); err != nil {
		s.t.Fatal(err)
	}
}

// Await waits for a condition, long enough for a machine that is busy.
func (s *screen) Await(what string, is func() bool) {
	s.t.Helper()
	for deadline := time.Now().Add(90 * time.Second); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			s.t.Fatal("waited in vain until ", what)
		}
	}
}

// AwaitEnd waits until the program has ended, and fails unless it did so well.
func (s *screen) AwaitEnd() {
	s.t.Helper()
	s.Await("it ends", func() bool {
		select {
		case <-s.ended:
			return true
		default:
			return false
		}
	})
	if code := s.cmd.ProcessState.ExitCode(); code != 0 {
		s.t.Errorf("exit code %d", code)
	}
}

// Logged is what its log of the day says.
func (s *screen) Logged() string { return logged(filepath.Join(s.state, "rtty", "log")) }

// used is the CPU time it has taken so far, user and system, of all threads.
func (s *screen) used() (cpu time.Duration) {
	s.t.Helper()
	const tick = time.Second / 100 // the same wherever Go runs
	stat := s.proc("stat")
	for _, field := range strings.Fields(stat[strings.LastIndexByte(stat, ')')+1:])[11:13] {
		ticks, err := strconv.Atoi(field)
		if err != nil {
			s.t.Fatal(err)
		}
		cpu += time.Duration(ticks) * tick
	}
	return cpu
}

// resident is its memory now and at its highest, in MiB.
func (s *screen) resident() (now, most float64) {
	s.t.Helper()
	for line := range strings.Lines(s.proc("status")) {
		var kB float64
		if _, err := fmt.Sscanf(line, "VmRSS: %f", &kB); err == nil {
			now = kB / 1024
		}
		if _, err := fmt.Sscanf(line, "VmHWM: %f", &kB); err == nil {
			most = kB / 1024
		}
	}
	return now, most
}

func (s *screen) proc(name string) string {
	s.t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", s.cmd.Process.Pid, name))
	if err != nil {
		s.t.Fatal(err)
	}
	return string(b)
}

// The screen stays when a recording is over, and says that it is.
func TestTheEndOfARecordingIsToldOnTheScreen(t *testing.T) {
	atHome(t, "")
	s := startScreen(t, nil, "--input", filepath.Join("..", "..", "testdata", "cq.wav"))
	s.Await("it tells the end", func() bool { return strings.Contains(s.Logged(), "the audio has ended") })
	if !strings.Contains(s.Logged(), "CQ CQ CQ DE W1AW") {
		t.Errorf("its log: %s", s.Logged())
	}
	s.Type("\x03")
	s.AwaitEnd()
}
