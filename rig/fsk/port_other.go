//go:build !linux

package fsk

func openLine(Config) (Keyer, error) { return nil, ErrUnsupported }
