package rig_test

import (
	"errors"
	"slices"
	"testing"

	"rtty/rig"
)

// A radio notes what is asked of it.
type radio struct {
	name  string
	calls *[]string
	gone  error
}

func (r radio) note(call string) { *r.calls = append(*r.calls, r.name+" "+call) }

func (r radio) SetPTT(bool) error                   { r.note("ptt"); return nil }
func (r radio) PTT() (bool, error)                  { r.note("read"); return true, nil }
func (r radio) Alive() error                        { r.note("alive"); return r.gone }
func (r radio) Frequency() (float64, error)         { r.note("frequency"); return 7e6, nil }
func (r radio) SetFrequency(float64) error          { r.note("tune"); return nil }
func (r radio) TransmitFrequency() (float64, error) { r.note("transmit"); return 7e6, nil }
func (r radio) Mode() (rig.Mode, error)             { r.note("mode"); return rig.Mode{}, nil }
func (r radio) SetMode(rig.Mode) error              { r.note("switch"); return nil }
func (r radio) Strength() (float64, error)          { r.note("strength"); return 0, nil }
func (r radio) Close() error                        { r.note("close"); return nil }

func TestJoinedLinks(t *testing.T) {
	var calls []string
	l := rig.Join(radio{name: "key", calls: &calls}, radio{name: "control", calls: &calls})
	everything(t, l, nil)
	want := []string{
		"key ptt", "key read", "key alive", "control frequency", "control tune", "control transmit",
		"control mode", "control switch", "control strength", "key close", "control close",
	}
	if !slices.Equal(calls, want) {
		t.Errorf("calls %q, want %q", calls, want)
	}
}

// everything asks a link for all that there is; what it is not able to is unsupported.
func everything(t *testing.T, l rig.Link, unable error) {
	t.Helper()
	if err := l.SetPTT(true); err != nil {
		t.Error(err)
	}
	_, err := l.(rig.PTTReader).PTT()
	alive := l.(rig.Watcher).Alive()
	if alive != nil {
		t.Error(alive)
	}
	_, err1 := l.(rig.Tuner).Frequency()
	err2 := l.(rig.Tuner).SetFrequency(7e6)
	_, err3 := l.(rig.TransmitTuner).TransmitFrequency()
	_, err4 := l.(rig.Moder).Mode()
	err5 := l.(rig.Moder).SetMode(rig.Mode{})
	_, err6 := l.(rig.Meter).Strength()
	for i, err := range []error{err, err1, err2, err3, err4, err5, err6} {
		if !errors.Is(err, unable) {
			t.Errorf("question %d: %v, want %v", i, err, unable)
		}
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
}

func TestJoinedLinksThatCanOnlyKey(t *testing.T) {
	everything(t, rig.Join(rig.Nothing{VOX: true}, rig.Nothing{}), rig.ErrUnsupported)
}

func TestNothingIsKeyedWithoutARig(t *testing.T) {
	if _, err := rig.Key(rig.Nothing{}); !errors.Is(err, rig.ErrRefused) {
		t.Error(err)
	}
	if _, err := rig.Unkey(rig.Nothing{}); err != nil {
		t.Error(err)
	}
	if confirmed, err := rig.Key(rig.Nothing{VOX: true}); confirmed || err != nil {
		t.Error(confirmed, err)
	}
}
