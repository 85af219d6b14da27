package connect

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"rtty/rig"
	"rtty/rig/rigtest"
)

func TestWhatCannotBeOpened(t *testing.T) {
	port := filepath.Join(t.TempDir(), "ttyUSB0")
	daemon := rigtest.FreeAddress(t)
	for _, c := range []rig.Config{
		{Kind: "ham"},
		{Kind: rig.RTS, Port: port},
		{Kind: rig.CM108, Port: port},
		{Kind: rig.Rigctld, Address: daemon},
		{Kind: rig.Flrig, Address: daemon},
		{Kind: rig.Icom, Port: port},
		{Kind: rig.Yaesu5, Port: port},
		{Kind: rig.Flrig, Address: daemon, PTT: &rig.Config{Kind: rig.RTS, Port: port}},
	} {
		if l, err := Open(c); l != nil || err == nil {
			t.Errorf("%+v: %v, %v", c, l, err)
		}
	}
}

func TestStationsWithoutAKey(t *testing.T) {
	for kind, keys := range map[rig.Interface]bool{rig.None: false, rig.VOX: true, "": false} {
		l, err := Open(rig.Config{Kind: kind})
		if err != nil {
			t.Fatal(err)
		}
		if err := l.SetPTT(true); (err == nil) != keys {
			t.Errorf("%q: %v", kind, err)
		}
	}
}

// One cable for frequency, another for the key: each is asked for its own.
func TestFrequencyFromRigctldKeyByAChip(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("a CM108 keys on Linux only")
	}
	_, address := rigtest.Rigctld(t, "")
	chip := filepath.Join(t.TempDir(), "hidraw0")
	if err := os.WriteFile(chip, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := Open(rig.Config{Kind: rig.Rigctld, Address: address, PTT: &rig.Config{Kind: rig.CM108, Port: chip}})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if hz, err := l.(rig.Tuner).Frequency(); hz == 0 || err != nil {
		t.Error(hz, err)
	}
	if confirmed, err := rig.Key(l); confirmed || err != nil {
		t.Errorf("a chip that can't be read confirms: %v, %v", confirmed, err)
	}
	written, err := os.ReadFile(chip)
	if want := string([]byte{0, 0, 0, 4, 0, 0, 0, 4, 4, 0}); string(written) != want || errors.Is(err, os.ErrNotExist) {
		t.Errorf("wrote % x, %v", written, err)
	}
}
