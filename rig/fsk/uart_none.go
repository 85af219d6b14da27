//go:build !linux || ppc || ppc64 || ppc64le

package fsk

func openUART(Config) (Keyer, error) { return nil, ErrUnsupported }
