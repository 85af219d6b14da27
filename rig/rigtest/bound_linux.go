package rigtest

import "syscall"

// bound lets a process die with the thread that started it.
func bound() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
