package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// A lineMode is a running rtty --plain, with what it has written so far, errors
// included.
type lineMode struct {
	t     *testing.T
	cmd   *exec.Cmd
	typed io.WriteCloser
	ended chan struct{}

	mu      sync.Mutex
	written strings.Builder
	awaited int // bytes of it, up to the end of what was awaited last
}

// startLineMode starts rtty --plain, which reads its commands from Type.
func startLineMode(t *testing.T, args ...string) *lineMode {
	t.Helper()
	return startLineModeOn(t, nil, args...)
}

// startLineModeOn starts it with another output, of which nothing is seen.
func startLineModeOn(t *testing.T, out *os.File, args ...string) *lineMode {
	t.Helper()
	l := &lineMode{t: t, ended: make(chan struct{})}
	l.cmd = exec.Command("rtty", append([]string{"--plain", "--verbosity", "verbose"}, args...)...)
	l.cmd.Stdout, l.cmd.Stderr = l, l
	if out != nil {
		l.cmd.Stdout = out
	}
	l.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	var err error
	if l.typed, err = l.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := l.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = l.cmd.Wait()
		close(l.ended)
	}()
	t.Cleanup(func() {
		_ = l.cmd.Process.Kill()
		<-l.ended
		if t.Failed() {
			t.Logf("it wrote:\n%s", l.Written())
		}
	})
	return l
}

// Write is called with what the program writes.
func (l *lineMode) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.written.Write(b)
}

func (l *lineMode) Written() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.written.String()
}

// Type types a line.
func (l *lineMode) Type(line string) {
	l.t.Helper()
	if _, err := io.WriteString(l.typed, line+"\n"); err != nil {
		l.t.Fatal(err)
	}
}

// Received is the received text, with a single space in the place of several and
// of new lines.
func (l *lineMode) Received() string { return l.labelled("RX:") }

// Sent is the text that went on the air, likewise.
func (l *lineMode) Sent() string { return l.labelled("TX:") }

func (l *lineMode) labelled(label string) string {
	var text []string
	for line := range strings.Lines(l.Written()) {
		if rest, ok := strings.CutPrefix(line, label); ok {
			text = append(text, strings.Fields(rest)...)
		}
	}
	return strings.Join(text, " ")
}

// Await waits until something is written, behind what was awaited last.
func (l *lineMode) Await(what string) {
	l.t.Helper()
	l.until("it writes "+what, func() bool {
		at := strings.Index(l.Written()[l.awaited:], what)
		if at >= 0 {
			l.awaited += at + len(what)
		}
		return at >= 0
	})
}

// Transmit sends a text of a minute and waits until it is on the air.
func (l *lineMode) Transmit() {
	l.t.Helper()
	l.transmit(strings.Repeat(copied+" ", 9), "TX: CQ CQ")
}

// transmit sends a text and waits until its beginning is told. On a machine that
// is too busy for half a second an over ends for safety's sake; then it is begun
// again.
func (l *lineMode) transmit(text, begun string) {
	l.t.Helper()
	ended := strings.Count(l.Written(), "Receiving: ")
	l.Type("/tx " + text)
	l.until("it writes "+begun, func() bool {
		at := strings.Index(l.Written()[l.awaited:], begun)
		if at >= 0 {
			l.awaited += at + len(begun)
			return true
		}
		if n := strings.Count(l.Written(), "Receiving: "); n > ended {
			ended = n
			l.Type("/clear")
			l.Type("/tx " + text)
		}
		return false
	})
}

// AwaitReceived waits until text that ends with this has been received.
func (l *lineMode) AwaitReceived(end string) {
	l.t.Helper()
	l.until("it receives "+end, func() bool { return strings.HasSuffix(l.Received(), end) })
}

// AwaitSound waits until samples are coming in: only then does it know a level.
func (l *lineMode) AwaitSound() {
	l.t.Helper()
	l.until("it measures a level", func() bool {
		l.Type("/status")
		time.Sleep(50 * time.Millisecond)
		return strings.Contains(l.Written(), "Level: minus") || strings.Contains(l.Written(), "Level: no sound")
	})
}

// until waits for a condition, long enough for a machine that is busy.
func (l *lineMode) until(what string, is func() bool) {
	l.t.Helper()
	for deadline := time.Now().Add(90 * time.Second); !is(); time.Sleep(20 * time.Millisecond) {
		select {
		case <-l.ended:
			if is() {
				return
			}
			l.t.Fatalf("it ended, %v, before %s", l.cmd.ProcessState, what)
		default:
		}
		if time.Now().After(deadline) {
			l.t.Fatal("waited in vain until ", what)
		}
	}
}

// AwaitEnd waits until the program has ended, and fails unless it did so well: all
// was done, or an over was broken off and that is what the exit code tells.
func (l *lineMode) AwaitEnd() {
	l.t.Helper()
	select {
	case <-l.ended:
	case <-time.After(90 * time.Second):
		l.t.Fatal("it does not end")
	}
	want := exitDone
	if strings.Contains(l.Written(), "ALARM: transmission ended") {
		want = exitFailed
	}
	if code := l.cmd.ProcessState.ExitCode(); code != want {
		l.t.Errorf("exit code %d, not %d", code, want)
	}
}

// rtty runs rtty with other arguments and returns what it wrote to its output.
func rtty(t *testing.T, args ...string) string {
	t.Helper()
	cmd := exec.Command("rtty", args...)
	var errors strings.Builder
	cmd.Stderr = &errors
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("rtty %s: %v: %s", strings.Join(args, " "), err, errors.String())
	}
	return string(out)
}

// recorded makes a recording of a text, and gives its path.
func recorded(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "text.wav")
	rtty(t, "encode", "-o", path, text)
	return path
}

// atHome gives the test a configuration, and a place for logs.
func atHome(t *testing.T, configuration string) (logs string) {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(dir, "config"))
	t.Setenv("XDG_STATE_HOME", filepath.Join(dir, "state"))
	if err := os.MkdirAll(filepath.Join(dir, "config", "rtty"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "config", "rtty", "config.toml"), []byte(configuration), 0o600); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "state", "rtty", "log")
}

// logged is all that the logs in a folder say; nothing when there are none.
func logged(dir string) string {
	paths, _ := filepath.Glob(filepath.Join(dir, "*.txt")) // fails only for a bad pattern
	var all strings.Builder
	for _, path := range paths {
		b, _ := os.ReadFile(path)
		all.Write(b)
	}
	return all.String()
}
