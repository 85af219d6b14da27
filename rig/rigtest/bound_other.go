//go:build !linux

package rigtest

import "syscall"

func bound() *syscall.SysProcAttr { return nil }
