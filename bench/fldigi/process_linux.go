package fldigi

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// bound lets a process die with the thread that started it, and keeps the
// terminal's interrupt from it: it is ended in order.
func bound() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}

// rest waits until nobody has had anything to do for a while: neither fldigi nor
// those that it hears and draws by, one of which may be waiting for another.
func (p *Program) rest(ctx context.Context, _ time.Duration) error {
	const enough = 3 // looks in a row
	for idle := 0; idle < enough; idle++ {
		if p.busy() {
			idle = 0
		}
		if err := pause(ctx, 3*time.Millisecond); err != nil {
			return err
		}
	}
	return p.ended()
}

func (p *Program) busy() bool {
	return slices.ContainsFunc(p.running, (*process).busy)
}

// busy tells whether any thread of the process works, or would if it had a
// processor.
func (p *process) busy() bool {
	stats, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/stat", p.pid.Pid)) // a fixed pattern
	for _, path := range stats {
		stat, err := os.ReadFile(path)
		if err != nil {
			continue // the thread has ended
		}
		// The name before the state may hold anything, brackets too.
		if i := bytes.LastIndexByte(stat, ')'); i >= 0 && i+2 < len(stat) && stat[i+2] != 'S' {
			return true
		}
	}
	return false
}
