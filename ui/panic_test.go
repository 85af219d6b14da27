package ui

import (
	"context"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"rtty/audio"
	"rtty/rig"
	"rtty/rig/connect"
	"rtty/rig/dial"
	"rtty/rig/guard"
	"rtty/rig/hamlib"
	"rtty/rig/rigtest"
	"rtty/station"
)

// A trap is a real station, but for one key, whose handler fails.
type trap struct{ *station.Station }

func (trap) Macro(station.MacroBank, int) error { panic("a bug") }

// nothingHeard is a live Source that gives nothing until ctx ends.
type nothingHeard struct{ context.Context }

func (nothingHeard) Rate() int         { return station.AudioRate }
func (nothingHeard) Anchor() time.Time { return time.Time{} }
func (nothingHeard) Close() error      { return nil }

func (n nothingHeard) Read([]float32) (audio.Block, error) {
	<-n.Done()
	return audio.Block{}, io.EOF
}

// endless is an Exciter that sends until it is stopped.
type endless struct {
	once    sync.Once
	stopped chan struct{}
}

func (e *endless) Begin(station.Emission) error           { return nil }
func (e *endless) Lead(time.Duration, func() error) error { return nil }
func (e *endless) Aired() (int64, int64)                  { return 0, 0 }
func (e *endless) Stop()                                  { e.once.Do(func() { close(e.stopped) }) }
func (e *endless) Finish() error                          { return nil }
func (e *endless) Abort()                                 { e.Stop() }

func (e *endless) Step() error {
	select {
	case <-e.stopped:
		return io.EOF
	case <-time.After(20 * time.Millisecond):
		return nil
	}
}

// A bug in what a key does, while a rig transmits: the rig is let go of before the
// program ends with it.
func TestAPanicWhileTransmittingUnkeysTheRig(t *testing.T) {
	_, address := rigtest.Rigctld(t, "", "-P", "RIG")
	watcher, err := hamlib.Open(address, rig.AnySource)
	if err != nil {
		t.Fatal(err)
	}
	defer watcher.Close()
	if err := watcher.SetMode(rig.Mode{Kind: rig.RTTY}); err != nil {
		t.Fatal(err)
	}
	transmits := func() bool {
		on, err := watcher.PTT()
		return on || err != nil
	}
	key, err := guard.Local(rig.Config{Kind: rig.Rigctld, Address: address}, connect.Open)
	if err != nil {
		t.Fatal(err)
	}
	defer key.Close()
	ctx, cancel := context.WithCancel(context.Background())
	s, err := station.New(station.Config{
		Operator: station.Operator{Call: "OE1ABC"}, Enabled: true, Input: nothingHeard{ctx},
		Exciter: &endless{stopped: make(chan struct{})}, Transceiver: key, Radio: station.Radio{Method: dial.FSK},
	})
	if err != nil {
		t.Fatal(err)
	}
	over := make(chan struct{})
	go func() { s.Run(ctx); close(over) }()
	defer func() { cancel(); <-over }()
	if err := s.Transmit(station.Keyboard); err != nil {
		t.Fatal(err)
	}
	rigtest.Until(t, "it transmits", transmits)

	silenced := os.Stderr // where the panic is reported
	os.Stderr, _ = os.Open(os.DevNull)
	defer func() { os.Stderr = silenced }()
	keys, keyboard := io.Pipe()
	defer keyboard.Close()
	shown := make(chan error, 1)
	go func() {
		shown <- Run(ctx, Options{Station: trap{s}, Input: keys, Output: io.Discard, Environ: []string{"TERM=xterm"}, Width: 100, Height: 30})
	}()
	began := time.Now()
	if _, err := io.WriteString(keyboard, "\x1bOP"); err != nil { // F1
		t.Fatal(err)
	}
	rigtest.Until(t, "the rig is unkeyed", func() bool { return !transmits() })
	const promised, allowance = 300 * time.Millisecond, 2 * time.Second // a busy machine gets some more
	took := time.Since(began)
	t.Logf("unkeyed %v after the key was pressed", took)
	if took > promised+allowance {
		t.Errorf("unkeyed after %v, promised %v", took, promised)
	}
	if err := <-shown; err == nil || !strings.Contains(err.Error(), "the terminal failed") {
		t.Errorf("the screen ends with %v", err)
	}
}
