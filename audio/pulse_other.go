//go:build !linux

package audio

func pulseDriver() []driver { return nil }
