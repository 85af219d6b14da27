//go:build linux

package flrig

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rtty/rig"
	"rtty/rig/guard"
	"rtty/rig/rigtest"
)

// startFlrig starts flrig with that transceiver and returns where it listens. Keys
// tells whether it has a way to key.
func startFlrig(t *testing.T, r *rigtest.Icom, keys bool) (address string) {
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
		"serial_retries:2\nserial_timeout:50\nserloop_timing:100\ncivadr:148\nxmlport:%s\nptt_via_cat:%d\n", r.Device, port, byCAT))
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
	radio := rigtest.NewIcom(t)
	r := openFlrig(t, startFlrig(t, radio, true))
	if confirmed, err := rig.Key(r); err != nil || !confirmed {
		t.Errorf("key: %v, %v", confirmed, err)
	}
	rigtest.Until(t, "the rig transmits", radio.Transmits)
	if confirmed, err := rig.Unkey(r); err != nil || !confirmed {
		t.Errorf("unkey: %v, %v", confirmed, err)
	}
	rigtest.Until(t, "the rig receives", func() bool { return !radio.Transmits() })
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
	radio := rigtest.NewIcom(t)
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
