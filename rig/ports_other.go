//go:build !linux && !darwin && !windows

package rig

// Ports lists the serial ports, where this program knows how.
func Ports() []Port { return nil }
