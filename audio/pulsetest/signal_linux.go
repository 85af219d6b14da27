package pulsetest

import (
	"os/exec"
	"syscall"
)

const (
	stop = syscall.SIGSTOP
	goOn = syscall.SIGCONT
)

// endWithParent makes the daemon end with a test that is killed or crashes.
func endWithParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
