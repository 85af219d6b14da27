package rigtest

import "syscall"

// bound lets a process die with the thread that started it.
// A group of its own lets Ctrl-Z stop it: in an orphaned one, which a test without
// a terminal may be in, that does nothing.
func bound() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}
