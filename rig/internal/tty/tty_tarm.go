//go:build cgo || !darwin

package tty

import (
	"errors"
	"fmt"
	"io"

	"github.com/tarm/serial"
)

// Open opens a port. The error on systems where that can't be is ErrNone.
func Open(cfg Config) (io.ReadWriteCloser, error) {
	held, err := holdLinesDown(cfg)
	if err != nil {
		return nil, err
	}
	p, err := serial.OpenPort(&serial.Config{
		Name:        cfg.Device,
		Baud:        cfg.Baud,
		StopBits:    serial.StopBits(cfg.StopBits),
		ReadTimeout: Patience,
	})
	if err != nil {
		return nil, fmt.Errorf("opening %s at %d Bd: %w", cfg.Device, cfg.Baud, err)
	}
	// Once more after the settings, which move the lines on some adapters.
	if err := errors.Join(held.drop(), held.dropAtClose(cfg.Device), held.drop()); err != nil {
		p.Close()
		return nil, err
	}
	return p, nil
}
