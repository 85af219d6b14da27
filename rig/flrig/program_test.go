//go:build linux

package flrig

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"

	"rtty/rig"
	"rtty/rig/guard"
	"rtty/rig/rigtest"
)

// An icom is an IC-7300 on a pseudo-terminal, as much of it as flrig asks for.
type icom struct {
	device string

	mu        sync.Mutex
	frequency [5]byte // BCD, the least first
	mode      byte
	data      byte
	ptt       byte
}

// newIcom switches an IC-7300 on.
func newIcom(t *testing.T) *icom {
	t.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		t.Skip("no pseudo-terminals: ", err)
	}
	settings, err := unix.IoctlGetTermios(int(slave.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	settings.Lflag, settings.Iflag, settings.Oflag = 0, 0, 0 // no echo, bytes as they are
	if err := unix.IoctlSetTermios(int(slave.Fd()), unix.TCSETS, settings); err != nil {
		t.Fatal(err)
	}
	r := &icom{device: slave.Name(), frequency: [5]byte{0, 0, 0x08, 0x14, 0}, mode: 4}
	t.Cleanup(func() { master.Close(); slave.Close() })
	go r.serve(master)
	return r
}

func (r *icom) transmits() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.ptt == 1
}

// serve answers frames until the line is cut.
func (r *icom) serve(line *os.File) {
	var received []byte
	buffer := make([]byte, 256)
	for {
		n, err := line.Read(buffer)
		if err != nil {
			return
		}
		received = append(received, buffer[:n]...)
		for {
			frame, rest, whole := bytes.Cut(received, []byte{0xfd})
			if !whole {
				break
			}
			received = rest
			frame = frame[bytes.LastIndexByte(frame, 0xfe)+1:]
			if len(frame) < 3 {
				continue
			}
			to, from, command := frame[0], frame[1], frame[2:]
			answer := append([]byte{0xfe, 0xfe, from, to}, r.obey(command)...)
			if _, err := line.Write(append(answer, 0xfd)); err != nil {
				return
			}
		}
	}
}

// obey does what a command says and returns the body of the answer.
func (r *icom) obey(c []byte) []byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	done := []byte{0xfb}
	switch asks := len(c) <= 2; {
	case c[0] == 0x19: // who is there?
		return append(c[:2:2], 0x94)
	case c[0] == 0x07: // VFO A or B
	case c[0] == 0x25 && asks:
		return append(c[:2:2], r.frequency[:]...)
	case c[0] == 0x25:
		copy(r.frequency[:], c[2:])
	case c[0] == 0x26 && asks:
		return append(c[:2:2], r.mode, r.data, 1)
	case c[0] == 0x26 && len(c) > 3:
		r.mode, r.data = c[2], c[3]
	case c[0] == 0x1c && asks && c[1] == 0:
		return append(c[:2:2], r.ptt)
	case c[0] == 0x1c && c[1] == 0:
		r.ptt = c[2]
	case asks && (c[0] == 0x14 || c[0] == 0x15): // levels and meters, two bytes of BCD
		return append(c[:2:2], 1, 0x20)
	case asks: // switches
		return append(c[:len(c):len(c)], 0)
	}
	return done
}

// startFlrig starts flrig with that transceiver and returns where it listens. Keys
// tells whether it has a way to key.
func startFlrig(t *testing.T, r *icom, keys bool) (address string) {
	t.Helper()
	screen := rigtest.Start(t, "xvfb", "Xvfb", "-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp")
	rigtest.Until(t, "a screen", func() bool { return strings.Contains(screen.Said(), "\n") })
	if _, err := exec.LookPath("flrig"); err != nil {
		t.Skip("flrig is not installed (Debian package flrig)")
	}
	address = rigtest.FreeAddress(t)
	_, port, _ := strings.Cut(address, ":")
	byCAT := 0
	if keys {
		byCAT = 1
	}
	home := t.TempDir()
	write := func(name, settings string) {
		text := "; FLTK preferences file format 1.0\n; vendor: w1hkj.com\n; application: " + name + "\n\n[.]\n\n" + settings
		if err := os.WriteFile(filepath.Join(home, name+".prefs"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("flrig", "xcvr_name:IC-7300\n")
	write("IC-7300", fmt.Sprintf("version:1.4.7\nxcvr_name:IC-7300\nxcvr_serial_port:%s\ncomm_baudrate:7\ncomm_stopbits:1\n"+
		"serial_retries:2\nserial_timeout:50\nserloop_timing:100\ncivadr:148\nxmlport:%s\nptt_via_cat:%d\n", r.device, port, byCAT))
	cmd := exec.Command("flrig", "--config-dir", home)
	number, _, _ := strings.Cut(screen.Said(), "\n")
	cmd.Env = append(os.Environ(), "HOME="+home, "DISPLAY=:"+strings.TrimSpace(number))
	rigtest.StartCmd(t, cmd)
	rigtest.Until(t, "flrig listens", func() bool {
		c, err := net.DialTimeout("tcp", address, time.Second)
		return err == nil && c.Close() == nil
	})
	return address
}

// openFlrig waits until flrig has found its transceiver.
func openFlrig(t *testing.T, address string) *Rig {
	t.Helper()
	var r *Rig
	var err error
	rigtest.Until(t, "flrig has its transceiver", func() bool {
		r, err = Open(address)
		return err == nil
	})
	t.Cleanup(func() { r.Close() })
	return r
}

func TestFlrig(t *testing.T) {
	radio := newIcom(t)
	r := openFlrig(t, startFlrig(t, radio, true))
	if confirmed, err := rig.Key(r); err != nil || !confirmed {
		t.Errorf("key: %v, %v", confirmed, err)
	}
	rigtest.Until(t, "the rig transmits", radio.transmits)
	if confirmed, err := rig.Unkey(r); err != nil || !confirmed {
		t.Errorf("unkey: %v, %v", confirmed, err)
	}
	rigtest.Until(t, "the rig receives", func() bool { return !radio.transmits() })
	if err := r.SetFrequency(14_082_125); err != nil {
		t.Error(err)
	}
	if hz, err := r.TransmitFrequency(); err != nil || hz != 14_082_125 {
		t.Error(hz, err)
	}
	for _, want := range []rig.Mode{{Kind: rig.USB, Data: true}, {Kind: rig.LSB}, {Kind: rig.RTTYR}, {Kind: rig.RTTY}} {
		if err := r.SetMode(want); err != nil {
			t.Error(err)
		}
		if got, err := r.Mode(); err != nil || got.Kind != want.Kind || got.Data != want.Data {
			t.Errorf("mode %+v, %v; want %+v", got, err, want)
		}
	}
	if dB, err := r.Strength(); err != nil || dB < -54 || dB > 60 {
		t.Error(dB, err)
	}
}

// A flrig that was not told how to key says that it transmits and does not. The
// guard notices while the over has hardly begun.
func TestFlrigThatHasNoWayToKey(t *testing.T) {
	radio := newIcom(t)
	address := startFlrig(t, radio, false)
	openFlrig(t, address)
	c, err := guard.Local(rig.Config{Kind: rig.Flrig, Address: address}, func(c rig.Config) (rig.Link, error) { return Open(c.Address) })
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Key(context.Background(), 0); err != nil {
		if !strings.Contains(err.Error(), "does not transmit") {
			t.Error(err)
		}
		return
	}
	for {
		select {
		case e := <-c.Events():
			if e.Kind == guard.KeyUp {
				if !strings.Contains(e.Reason, "choose a way to key") {
					t.Error(e.Reason)
				}
				return
			}
		case <-time.After(30 * time.Millisecond):
			c.Beat()
		}
	}
}
