package connect_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rtty/baudot"
	"rtty/rig"
	"rtty/rig/connect"
	"rtty/rig/fsk"
	"rtty/rig/guard"
	"rtty/rig/rigtest"
)

// One process keys PTT, another FSK, by the two lines of one port, which is opened
// once; and each moves its own line alone.
func TestSystemCallsOnASharedPort(t *testing.T) {
	if device := rigtest.Traced(); device != "" {
		keyBoth(t, device)
		return
	}
	const ptt, contact = "[TIOCM_RTS]", "[TIOCM_DTR]"
	want := slices.Concat(
		[]string{"openat O_RDWR|O_NOCTTY|O_NONBLOCK|O_CLOEXEC", "drop [TIOCM_DTR|TIOCM_RTS]"},
		[]string{"drop " + contact}, // FSK is opened
		[]string{"drop " + ptt},     // PTT is
		[]string{"raise " + ptt, "drop " + contact, "raise " + contact, "drop " + contact, "raise " + contact, "drop " + contact}, // an E
		[]string{"drop " + ptt, "drop " + ptt, "drop " + contact, "close"},
	)
	check := func(t *testing.T, got, want []string) {
		t.Helper()
		if got = linesAlone(got); !slices.Equal(got, want) {
			t.Errorf("calls\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	t.Run("settings that are wrong", func(t *testing.T) {
		want := slices.Insert(slices.Clone(want), 5, "drop "+ptt) // no line is read to be up, so keying has failed
		check(t, rigtest.TracePseudoTerminal(t), slices.Insert(want, 2, want[1]))
	})
	t.Run("serial port", func(t *testing.T) { check(t, rigtest.Trace(t), want) })
}

// linesAlone leaves out what is read and the settings.
func linesAlone(calls []string) (moves []string) {
	for _, c := range calls {
		c = strings.NewReplacer("ioctl TIOCMBIS", "raise", "ioctl TIOCMBIC", "drop").Replace(c)
		if !strings.HasPrefix(c, "ioctl") {
			moves = append(moves, c)
		}
	}
	return moves
}

// keyBoth sends one letter.
func keyBoth(t *testing.T, device string) {
	link := filepath.Join(t.TempDir(), "by-id")
	if err := os.Symlink(device, link); err != nil {
		t.Fatal(err)
	}
	r := rig.Config{Kind: rig.RTS, Port: link, Pause: -1}
	f := fsk.Config{Method: fsk.DTR, Device: device, Baud: 75}
	port, err := connect.Share(&r, &f)
	if err != nil {
		t.Fatal(err)
	}
	defer port.Close()
	if err := os.Remove(link); err != nil { // a port that is known needs no name any more
		t.Fatal(err)
	}
	contact, err := fsk.Open(f)
	if err != nil {
		t.Fatal(err)
	}
	defer contact.Close()
	key, err := guard.Start(r, "guard")
	if err != nil {
		t.Fatal(err)
	}
	defer key.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	keyed := key.Key(ctx, 0)
	go func() {
		for ; ctx.Err() == nil; time.Sleep(20 * time.Millisecond) {
			key.Beat()
		}
	}()
	err = errors.Join(contact.Begin(), contact.Send(ctx, baudot.Code(1)), contact.Rest(ctx), key.Unkey("end of the test"))
	if err != nil {
		t.Error(err)
	}
	t.Log(keyed)
}

// Where CAT goes through a port whose lines key, each opening is followed by
// dropping both, before the next thing is done: with PTT, with FSK, and with both,
// when it is opened twice and no more.
func TestSystemCallsOnAPortOfCAT(t *testing.T) {
	if device := rigtest.Traced(); device != "" {
		r := rig.Config{Kind: rig.Icom, Port: device, PTT: &rig.Config{Kind: rig.RTS, Port: device}}
		keyOnce(t, r)
		f := fsk.Config{Method: fsk.DTR, Device: device, Baud: 75}
		port, err := connect.Share(&r, &f)
		if err != nil {
			t.Fatal(err)
		}
		keyOnce(t, r)
		if err := port.Close(); err != nil {
			t.Error(err)
		}
		return
	}
	const raises, drops = "openat O_RDWR|O_NOCTTY|O_NONBLOCK|O_CLOEXEC", "drop [TIOCM_DTR|TIOCM_RTS]"
	once := []string{
		raises, drops, drops, // the lines
		raises, drops, drops, // CAT
		"drop [TIOCM_RTS]", "raise [TIOCM_RTS]", "drop [TIOCM_RTS]", "close", "close",
	}
	got, want := linesAlone(rigtest.TracePseudoTerminal(t)), slices.Concat(once, once)
	if !slices.Equal(got, want) {
		t.Errorf("calls\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func keyOnce(t *testing.T, r rig.Config) {
	t.Helper()
	l, err := connect.Open(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(l.SetPTT(true), l.Close()); err != nil {
		t.Error(err)
	}
}
