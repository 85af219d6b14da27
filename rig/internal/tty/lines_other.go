//go:build !linux && (cgo || !darwin)

package tty

import "errors"

type heldLines struct{}

func holdLinesDown(cfg Config) (heldLines, error) {
	if cfg.Lines != nil {
		return heldLines{}, errors.New("dropping RTS and DTR of a CAT port works on Linux only: use a port where neither keys")
	}
	return heldLines{}, nil
}

func (heldLines) drop() error              { return nil }
func (heldLines) dropAtClose(string) error { return nil }
