package fldigi

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"time"
)

// A process is a program that runs beside us until it is ended.
type process struct {
	name string
	pid  *os.Process
	said *tail
	done chan struct{} // closed when it has ended
}

// start runs a program with the variables of env on top of ours. Files are its
// descriptors from 3 on.
func start(env []string, files []*os.File, name string, args ...string) (*process, error) {
	p := &process{name: name, said: &tail{}, done: make(chan struct{})}
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), env...)
	cmd.ExtraFiles = files
	cmd.Stdout, cmd.Stderr = p.said, p.said
	cmd.SysProcAttr = bound()
	cmd.WaitDelay = time.Second // its children may hold the pipe open
	started := make(chan error)
	go func() {
		// It dies with the thread that started it, so the thread has to stay.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait() // how it ended is told by what it said
			close(p.done)
		}
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("starting %s: %w", name, err)
	}
	p.pid = cmd.Process
	return p, nil
}

// End kills the process and waits until it is gone.
func (p *process) End() {
	_ = p.pid.Kill() // fails when it has ended by itself
	<-p.done
}

// Ended tells that the process has ended by itself, with its last words.
func (p *process) Ended() error {
	select {
	case <-p.done:
		return fmt.Errorf("%s ended: %s", p.name, p.said.last())
	default:
		return nil
	}
}

// A tail keeps the end of what is written to it.
type tail struct {
	mu   sync.Mutex
	text []byte
}

const tailSize = 2000 // bytes

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, b...)
	t.text = t.text[max(0, len(t.text)-tailSize):]
	return len(b), nil
}

// last is the last line that was written.
func (t *tail) last() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	lines := strings.Split(strings.TrimSpace(string(t.text)), "\n")
	return lines[len(lines)-1]
}
