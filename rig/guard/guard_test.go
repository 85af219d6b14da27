package guard

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rtty/rig"
)

// A fakeRig is a transceiver that any number of links lead to.
type fakeRig struct {
	mu      sync.Mutex
	keyed   bool
	calls   []string      // what was asked of it, in order
	hang    chan struct{} // commands do not come back until it is closed
	hangs   int           // so many commands
	watched chan struct{} // nor does the question whether the link is there
	broken  error         // what every command ends with
	closed  error         // what opening ends with
	deaf    bool          // takes commands without heeding them
	refuse  bool          // refuses to key
	stopped error         // what the question whether it still transmits ends with
}

func (f *fakeRig) open(rig.Config) (rig.Link, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, "open")
	if f.closed != nil {
		return nil, f.closed
	}
	return &fakeLink{f}, nil
}

func (f *fakeRig) set(change func(*fakeRig)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change(f)
}

func (f *fakeRig) transmits() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.keyed
}

func (f *fakeRig) asked() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.calls)
}

type fakeLink struct{ rig *fakeRig }

// command notes a command and tells how it ends.
func (l *fakeLink) command(name string) error {
	l.rig.mu.Lock()
	var hang chan struct{}
	if l.rig.hangs > 0 {
		hang = l.rig.hang
		l.rig.hangs--
	}
	l.rig.calls = append(l.rig.calls, name)
	err := l.rig.broken
	l.rig.mu.Unlock()
	if hang != nil {
		<-hang
	}
	return err
}

func (l *fakeLink) SetPTT(on bool) error {
	if err := l.command(fmt.Sprintf("ptt %v", on)); err != nil {
		return err
	}
	l.rig.mu.Lock()
	defer l.rig.mu.Unlock()
	if l.rig.refuse && on {
		return fmt.Errorf("no PTT here: %w", rig.ErrRefused)
	}
	if !l.rig.deaf {
		l.rig.keyed = on
	}
	return nil
}

func (l *fakeLink) PTT() (bool, error) {
	l.rig.mu.Lock()
	defer l.rig.mu.Unlock()
	return l.rig.keyed, l.rig.broken
}

func (l *fakeLink) Alive() error {
	l.rig.mu.Lock()
	hang := l.rig.watched
	l.rig.mu.Unlock()
	if hang != nil {
		<-hang
	}
	l.rig.mu.Lock()
	defer l.rig.mu.Unlock()
	return errors.Join(l.rig.stopped, l.rig.broken)
}

func (l *fakeLink) Frequency() (float64, error)   { return 14_080_000, l.command("frequency") }
func (l *fakeLink) SetFrequency(hz float64) error { return l.command(fmt.Sprint("tune ", hz)) }
func (l *fakeLink) Close() error                  { return nil }

var testConfig = rig.Config{Kind: rig.Rigctld}

// withClient runs a test of a client whose guard holds f, on a clock that only
// runs when everybody waits.
func withClient(t *testing.T, f *fakeRig, test func(t *testing.T, c *Client)) {
	synctest.Test(t, func(t *testing.T) {
		c, err := Local(testConfig, f.open)
		if err != nil {
			t.Fatal(err)
		}
		defer settle(c)
		test(t, c)
	})
}

// settle closes a client and lets everybody come to rest.
func settle(c *Client) {
	c.Close()
	time.Sleep(10 * time.Second)
}

// feed beats as the loop that feeds the transmitter does.
func feed(c *Client, d time.Duration) {
	for end := time.Now().Add(d); time.Now().Before(end); time.Sleep(30 * time.Millisecond) {
		c.Beat()
	}
}

// until waits for a condition and returns how long it took.
func until(t *testing.T, what string, holds func() bool) time.Duration {
	t.Helper()
	for started := time.Now(); ; time.Sleep(time.Millisecond) {
		if holds() {
			return time.Since(started)
		}
		if time.Since(started) > 20*time.Second {
			t.Fatal("never: ", what)
		}
	}
}

func key(t *testing.T, c *Client) {
	t.Helper()
	if err := c.Key(context.Background(), 0); err != nil {
		t.Fatal(err)
	}
}

// happened is what the client reported so far, a line each.
func happened(c *Client) string {
	synctest.Wait()
	var lines []string
	for {
		select {
		case e := <-c.Events():
			lines = append(lines, string(e.Kind)+": "+e.Reason)
		default:
			return strings.Join(lines, "\n")
		}
	}
}

func TestOverBeginsAndEndsWhenAsked(t *testing.T) {
	f := &fakeRig{}
	withClient(t, f, func(t *testing.T, c *Client) {
		key(t, c)
		if !f.transmits() || !c.State().Keyed || !c.State().Confirmed {
			t.Errorf("after Key: transmits %v, state %+v", f.transmits(), c.State())
		}
		feed(c, time.Minute)
		if !f.transmits() {
			t.Error("unkeyed while sound was fed")
		}
		if err := c.Unkey("end of over"); err != nil {
			t.Error(err)
		}
		if f.transmits() || c.State().Keyed {
			t.Errorf("after Unkey: transmits %v, state %+v", f.transmits(), c.State())
		}
		if got, want := happened(c), "key-down: keyed\nkey-up: end of over"; got != want {
			t.Errorf("events\n%s\nwant\n%s", got, want)
		}
	})
}

func TestSilentModemIsUnkeyed(t *testing.T) {
	f := &fakeRig{}
	withClient(t, f, func(t *testing.T, c *Client) {
		key(t, c)
		feed(c, 3*time.Second)
		took := until(t, "unkeyed", func() bool { return !f.transmits() })
		if took < 400*time.Millisecond || took > 600*time.Millisecond {
			t.Errorf("unkeyed after %v", took)
		}
		if got := happened(c); !strings.Contains(got, "key-up: the modem stopped feeding the transmitter") {
			t.Error(got)
		}
	})
}

func TestOverIsLimited(t *testing.T) {
	f := &fakeRig{}
	withClient(t, f, func(t *testing.T, c *Client) {
		if err := c.Key(context.Background(), 10*time.Second); err != nil {
			t.Fatal(err)
		}
		feed(c, 9900*time.Millisecond)
		if !f.transmits() {
			t.Error("unkeyed too early")
		}
		feed(c, 300*time.Millisecond)
		if f.transmits() {
			t.Error("still keyed after its limit")
		}
	})
}

func TestGoneLinkIsReplacedAndUnkeyedFirst(t *testing.T) {
	f := &fakeRig{}
	withClient(t, f, func(t *testing.T, c *Client) {
		key(t, c)
		gone := fmt.Errorf("cable pulled: %w", rig.ErrGone)
		f.set(func(f *fakeRig) { f.broken, f.closed = gone, errors.New("no such port") })
		feed(c, 300*time.Millisecond)
		if got := happened(c); !strings.Contains(got, "link-lost: cable pulled") || !strings.Contains(got, "doubt: no such port") {
			t.Error(got)
		}
		if s := c.State(); !s.Doubtful || s.Connected {
			t.Errorf("state %+v", s)
		}
		if err := c.Unkey("Esc"); err == nil {
			t.Error("Unkey claims to have unkeyed over a dead link")
		}
		time.Sleep(time.Minute)
		f.set(func(f *fakeRig) { f.broken, f.closed, f.calls = nil, nil, nil })
		until(t, "unkeyed", func() bool { return !f.transmits() })
		if got, want := f.asked()[:2], []string{"open", "ptt false"}; !slices.Equal(got, want) {
			t.Errorf("asked %q, want first %q", got, want)
		}
		if got := happened(c); !strings.Contains(got, "key-up: cable pulled") {
			t.Error(got)
		}
		if s := c.State(); s.Doubtful || !s.Connected {
			t.Errorf("state %+v", s)
		}
	})
}
