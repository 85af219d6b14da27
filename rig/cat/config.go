package cat

import (
	"fmt"
	"os"
	"time"

	"rtty/rig"
	"rtty/rig/internal/tty"
)

// Family is a set of commands that transceivers of one maker share.
type Family string

const (
	Icom       Family = "icom"    // CI-V
	Kenwood    Family = "kenwood" // letters; Elecraft too, which is found out by asking
	Yaesu      Family = "yaesu"   // letters, from about 2005 on
	YaesuBytes Family = "yaesu5"  // five bytes: FT-817, 818, 857, 897
)

// families are all of them with their usual settings.
var families = []struct {
	name     Family
	baud     int
	stopBits int
	open     func(*line, Config) rig.Link
}{
	{Icom, 19200, 1, newIcom},
	{Kenwood, 9600, 1, newKenwood},
	{Yaesu, 38400, 2, newYaesu},
	{YaesuBytes, 4800, 2, newFiveByte},
}

// usualTimeout is enough for the longest answer at 4800 Bd twice over.
const usualTimeout = 500 * time.Millisecond

// Config tells which transceiver is where. All but Family and Device may be left
// zero.
type Config struct {
	Family Family
	Device string // serial port: /dev/serial/by-id/…, COM3

	Baud     int // speed that is set in the transceiver, Bd; 0: the family's usual
	StopBits int // 1 or 2; 0: the family's usual

	// Address is that of an Icom on its bus; 0: 0x94, an IC-7300.
	Address byte
	// DataJack keys with the sound of the rear or USB input in place of the
	// microphone, where the command can choose: Kenwood.
	DataJack bool
	// Model tells FT-817 and FT-818 from their larger sisters, which keep their
	// settings elsewhere: "FT-817".
	Model string

	// Lines is the port, opened already by somebody who keys by its lines: both are
	// dropped through it. It is not closed. See the package comment for what that
	// can't prevent.
	Lines *os.File

	// Timeout is how long an answer may take; 0: half a second.
	Timeout time.Duration
}

// Open opens the port; that a transceiver answers only the first question
// tells. The Link has as many of the abilities of package rig as the
// transceiver. Where this build can't open serial ports, on macOS without cgo, the
// error is ErrNoPort.
func Open(cfg Config) (rig.Link, error) {
	for _, f := range families {
		if f.name != cfg.Family {
			continue
		}
		if cfg.Baud == 0 {
			cfg.Baud = f.baud
		}
		if cfg.StopBits == 0 {
			cfg.StopBits = f.stopBits
		}
		if cfg.Timeout == 0 {
			cfg.Timeout = usualTimeout
		}
		if cfg.DataJack && cfg.Family != Kenwood {
			return nil, fmt.Errorf("%s can't choose the audio input by the key command: choose it by the transceiver's mode", cfg.Family)
		}
		port, err := tty.Open(tty.Config{
			Device: cfg.Device, Baud: cfg.Baud, StopBits: cfg.StopBits, Lines: cfg.Lines,
		})
		if err != nil {
			return nil, err
		}
		return f.open(newLine(cfg.Device, port, cfg.Timeout), cfg), nil
	}
	return nil, fmt.Errorf("no CAT family %q; there are %s, %s, %s, %s", cfg.Family, Icom, Kenwood, Yaesu, YaesuBytes)
}
