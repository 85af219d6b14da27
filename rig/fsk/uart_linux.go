//go:build !ppc && !ppc64 && !ppc64le

package fsk

import (
	"fmt"
	"math"

	"golang.org/x/sys/unix"
)

// txd is the UART of a serial port.
type txd struct {
	descriptor
}

// openUART sets five bits and the speed. CS5 with CSTOPB is one and a half stop
// bits. 45 Bd is none of the speeds with a name, so it goes by BOTHER, which takes
// whole numbers.
func openUART(cfg Config) (Keyer, error) {
	d, err := openDescriptor(cfg)
	if err != nil {
		return nil, err
	}
	baud, err := setFiveBits(d, cfg.Baud)
	if err != nil {
		d.close()
		return nil, err
	}
	return newUARTKeyer(txd{d}, baud, cfg), nil
}

// setFiveBits gives the speed that the port says it runs at.
func setFiveBits(d descriptor, baud float64) (float64, error) {
	speed := uint32(math.Round(baud))
	t := unix.Termios{
		Iflag:  unix.IGNBRK | unix.IGNPAR,
		Cflag:  unix.CS5 | unix.CSTOPB | unix.CREAD | unix.CLOCAL | unix.HUPCL | unix.BOTHER,
		Ispeed: speed,
		Ospeed: speed,
	}
	if err := unix.IoctlSetTermios(d.fd, unix.TCSETS2, &t); err != nil {
		return 0, fmt.Errorf("setting %s to 5 bits and %d Bd: %w", d.device, speed, err)
	}
	got, err := unix.IoctlGetTermios(d.fd, unix.TCGETS2)
	if err != nil {
		return 0, fmt.Errorf("reading the settings of %s: %w", d.device, err)
	}
	if got.Cflag&(unix.CSIZE|unix.CSTOPB) != unix.CS5|unix.CSTOPB {
		return 0, fmt.Errorf("%s can't send 5 bits with 1.5 stop bits: key by its DTR or RTS line, or use a real UART", d.device)
	}
	if err := checkSpeed(d.device, baud, float64(got.Ospeed)); err != nil {
		return 0, err
	}
	return float64(got.Ospeed), nil
}

func (t txd) write(b byte) error {
	n, err := unix.Write(t.fd, []byte{b})
	if err == nil && n != 1 {
		err = unix.EAGAIN
	}
	if err != nil {
		return fmt.Errorf("writing to %s: %w", t.device, err)
	}
	return nil
}

func (t txd) discard() error { return unix.IoctlSetInt(t.fd, unix.TCFLSH, unix.TCOFLUSH) }
