package config

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// StateDir is where the program keeps what it writes by itself, such as the
// journal: rtty under $XDG_STATE_HOME, or else under the system's place for
// such things. It need not exist.
func StateDir() (string, error) {
	dir, err := stateHome()
	if err != nil {
		return "", fmt.Errorf("finding a place for the journal: %w", err)
	}
	return filepath.Join(dir, "rtty"), nil
}

func stateHome() (string, error) {
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return dir, nil
	}
	switch runtime.GOOS {
	case "windows":
		return os.UserCacheDir() // %LocalAppData%: not carried from machine to machine
	case "darwin":
		return os.UserConfigDir()
	}
	home, err := os.UserHomeDir()
	return filepath.Join(home, ".local", "state"), err
}
