//go:build unix

package guard

import "syscall"

// apart puts the guard in a session of its own: what the terminal sends to the
// modem's process group, Ctrl-Z and Ctrl-C and the hang-up at its end, does not
// reach it.
func apart() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }
