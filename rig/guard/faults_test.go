package guard

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rtty/rig"
)

func TestKeyThatIsRefusedIsNoAlarm(t *testing.T) {
	f := &fakeRig{refuse: true}
	withClient(t, f, func(t *testing.T, c *Client) {
		err := c.Key(context.Background(), 0)
		if err == nil || !strings.Contains(err.Error(), "no PTT here") {
			t.Error(err)
		}
		if got := happened(c); got != "" {
			t.Errorf("events %q", got)
		}
		if s := c.State(); s.Doubtful || s.Keyed {
			t.Errorf("state %+v", s)
		}
	})
}

func TestKeyThatIsIgnoredIsTakenBack(t *testing.T) {
	f := &fakeRig{deaf: true}
	withClient(t, f, func(t *testing.T, c *Client) {
		err := c.Key(context.Background(), 0)
		if err == nil || !strings.Contains(err.Error(), "does not transmit") {
			t.Error(err)
		}
		if !slices.Contains(f.asked(), "ptt false") {
			t.Errorf("asked %q", f.asked())
		}
	})
}

func TestUnkeyThatIsIgnoredIsRepeatedAndAlarms(t *testing.T) {
	f := &fakeRig{}
	withClient(t, f, func(t *testing.T, c *Client) {
		key(t, c)
		f.set(func(f *fakeRig) { f.deaf = true })
		if err := c.Unkey("Esc"); err == nil {
			t.Error("Unkey gives no error")
		}
		if !c.State().Doubtful || !strings.Contains(happened(c), "doubt: ") {
			t.Errorf("state %+v", c.State())
		}
		if err := c.Key(context.Background(), 0); err == nil {
			t.Error("keyed again before it was unkeyed")
		}
		f.set(func(f *fakeRig) { f.deaf = false })
		until(t, "unkeyed", func() bool { return !f.transmits() })
		if !strings.Contains(happened(c), "key-up: Esc") {
			t.Error("the end of the over is no event")
		}
	})
}

func TestHangingLinkIsReplaced(t *testing.T) {
	for _, does := range []string{"nothing", "watching", "unkeying"} {
		t.Run("while "+does, func(t *testing.T) {
			f := &fakeRig{}
			withClient(t, f, func(t *testing.T, c *Client) {
				hang := make(chan struct{})
				key(t, c)
				switch does {
				case "watching":
					f.set(func(f *fakeRig) { f.watched = hang })
					feed(c, 300*time.Millisecond)
				case "unkeying":
					f.set(func(f *fakeRig) { f.hang, f.hangs = hang, 1 })
				}
				if err := c.Unkey("Esc"); (err != nil) != (does == "unkeying") {
					t.Errorf("Unkey: %v", err)
				}
				f.set(func(f *fakeRig) { f.watched = nil })
				took := until(t, "unkeyed", func() bool { return !f.transmits() })
				t.Logf("unkeyed %v after Unkey came back", took)
				close(hang)
				time.Sleep(time.Second)
				if f.transmits() {
					t.Error("the link that had hung keyed again")
				}
			})
		})
	}
}

func TestKeyIsGivenUpWithItsContext(t *testing.T) {
	f := &fakeRig{}
	withClient(t, f, func(t *testing.T, c *Client) {
		hang := make(chan struct{})
		time.Sleep(50 * time.Millisecond)
		f.set(func(f *fakeRig) { f.hang, f.hangs = hang, 1 })
		ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
		defer cancel()
		if err := c.Key(ctx, 0); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		close(hang) // and now the rig keys
		until(t, "unkeyed", func() bool {
			synctest.Wait()
			asked := f.asked()
			return !f.transmits() && asked[len(asked)-1] != "ptt true"
		})
		time.Sleep(time.Second)
		if f.transmits() || c.State().Keyed {
			t.Errorf("transmits %v, state %+v", f.transmits(), c.State())
		}
	})
}

func TestRigIsLeftAloneWhileItTransmits(t *testing.T) {
	f := &fakeRig{}
	withClient(t, f, func(t *testing.T, c *Client) {
		time.Sleep(3 * time.Second)
		if n := count(f.asked(), "frequency"); n < 6 || n > 15 {
			t.Errorf("%d readings in 3 s while receiving", n)
		}
		key(t, c)
		f.set(func(f *fakeRig) { f.calls = nil })
		for name, do := range map[string]func() error{
			"SetFrequency": func() error { return c.SetFrequency(context.Background(), 7e6) },
			"SetMode":      func() error { return c.SetMode(context.Background(), rig.Mode{Kind: rig.USB}) },
			"Key":          func() error { return c.Key(context.Background(), 0) },
		} {
			if do() == nil {
				t.Errorf("%s was taken while transmitting", name)
			}
		}
		feed(c, 3*time.Second)
		if got := f.asked(); len(got) != 0 {
			t.Errorf("asked while transmitting: %q", got)
		}
	})
}

func count(all []string, one string) (n int) {
	for _, s := range all {
		if s == one {
			n++
		}
	}
	return n
}

func TestRequests(t *testing.T) {
	f := &fakeRig{}
	withClient(t, f, func(t *testing.T, c *Client) {
		ctx := context.Background()
		if s, err := c.Look(ctx); err != nil || s.Frequency != 14_080_000 || !s.Connected {
			t.Errorf("state %+v, %v", s, err)
		}
		if err := c.SetFrequency(ctx, 7_043_000); err != nil || !slices.Contains(f.asked(), "tune 7.043e+06") {
			t.Errorf("%v, asked %q", err, f.asked())
		}
		if err := c.SetMode(ctx, rig.Mode{Kind: rig.USB}); !errors.Is(err, rig.ErrUnsupported) {
			t.Errorf("mode of a rig that has none: %v", err)
		}
		if hz, err := c.ReadTransmitFrequency(ctx); err != nil || hz != 14_080_000 {
			t.Errorf("transmit frequency %v, %v", hz, err)
		}
	})
}

func TestALookIsNotAnsweredWithWhatWasReadBefore(t *testing.T) {
	f := &fakeRig{}
	withClient(t, f, func(t *testing.T, c *Client) {
		f.set(func(f *fakeRig) { f.hang, f.hangs = make(chan struct{}), 1 })
		until(t, "the rig is being read", func() bool { return count(f.asked(), "frequency") == 1 })
		looked := make(chan error, 1)
		go func() {
			_, err := c.Look(context.Background())
			looked <- err
		}()
		time.Sleep(100 * time.Millisecond)
		close(f.hang)
		if err := <-looked; err != nil {
			t.Fatal(err)
		}
		if n := count(f.asked(), "frequency"); n != 2 {
			t.Errorf("answered after %d readings, of which one was begun before", n)
		}
	})
}

func TestRigIsAskedAsOftenAsConfigured(t *testing.T) {
	for pause, want := range map[time.Duration][2]int{-1: {1, 1}, time.Second: {10, 11}, 0: {30, 34}} {
		f := &fakeRig{}
		synctest.Test(t, func(t *testing.T) {
			config := testConfig
			config.Pause = pause
			c, err := Local(config, f.open)
			if err != nil {
				t.Fatal(err)
			}
			defer settle(c)
			time.Sleep(10*time.Second + 50*time.Millisecond)
			n := count(f.asked(), "frequency")
			if n < want[0] || n > want[1] {
				t.Errorf("pause %v: %d readings in 10 s, want %v", pause, n, want)
			}
			if _, err := c.Look(context.Background()); err != nil || count(f.asked(), "frequency") != n+1 {
				t.Errorf("pause %v: Look: %v, %d readings", pause, err, count(f.asked(), "frequency")-n)
			}
		})
	}
}

func TestRigThatStopsTransmittingEndsTheOver(t *testing.T) {
	f := &fakeRig{}
	withClient(t, f, func(t *testing.T, c *Client) {
		key(t, c)
		f.set(func(f *fakeRig) { f.stopped = errors.New("the rig has stopped transmitting") })
		feed(c, 300*time.Millisecond)
		if got := happened(c); got != "key-down: keyed\nkey-up: the rig has stopped transmitting" {
			t.Error(got)
		}
		if !c.State().Connected {
			t.Errorf("state %+v", c.State())
		}
	})
}

func TestRigThatIsNotThereIsWaitedFor(t *testing.T) {
	f := &fakeRig{closed: errors.New("no such port")}
	withClient(t, f, func(t *testing.T, c *Client) {
		if _, err := c.Look(context.Background()); err == nil || !strings.Contains(err.Error(), "no such port") {
			t.Error(err)
		}
		if err := c.Key(context.Background(), 0); err == nil || !strings.Contains(err.Error(), "no such port") {
			t.Error(err)
		}
		time.Sleep(time.Hour)
		if n := count(f.asked(), "open"); n > 800 {
			t.Errorf("opened %d times in an hour", n)
		}
		f.set(func(f *fakeRig) { f.closed = nil })
		time.Sleep(10 * time.Second)
		if got, want := happened(c), "link-lost: no such port\nlink-back: the rig answers again"; got != want {
			t.Errorf("events\n%s\nwant\n%s", got, want)
		}
	})
}

func TestLinkIsOpenedAnewAfterUnansweredReadings(t *testing.T) {
	f := &fakeRig{}
	withClient(t, f, func(t *testing.T, c *Client) {
		time.Sleep(time.Second)
		f.set(func(f *fakeRig) { f.broken, f.calls = errors.New("timeout"), nil })
		time.Sleep(5 * time.Second)
		if n := count(f.asked(), "open"); n < 2 {
			t.Errorf("opened %d times", n)
		}
		if s := c.State(); s.Connected || s.Fault != "timeout" {
			t.Errorf("state %+v", s)
		}
		f.set(func(f *fakeRig) { f.broken = nil })
		time.Sleep(10 * time.Second)
		if got, want := happened(c), "link-lost: timeout\nlink-back: the rig answers again"; got != want {
			t.Errorf("events\n%s\nwant\n%s", got, want)
		}
	})
}

func TestCloseUnkeys(t *testing.T) {
	f := &fakeRig{}
	withClient(t, f, func(t *testing.T, c *Client) {
		key(t, c)
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		if f.transmits() {
			t.Error("still keyed")
		}
		var last Event
		for e := range c.Events() {
			last = e
		}
		if last.Kind != KeyUp {
			t.Errorf("last event %+v", last)
		}
		if err := c.Key(context.Background(), 0); !errors.Is(err, ErrNoGuard) {
			t.Errorf("Key after Close: %v", err)
		}
	})
}

// A mortal guard is one in this process that can be made to die.
type mortal struct {
	out   *io.PipeWriter
	ended context.CancelFunc
}

// withMortal runs a test of a client whose guards can be made to die.
func withMortal(t *testing.T, f *fakeRig, test func(t *testing.T, c *Client, guards func() []*mortal)) {
	synctest.Test(t, func(t *testing.T) {
		var guards []*mortal
		c, err := newClient(testConfig, func() (peer, error) {
			requests, in := io.Pipe()
			out, messages := io.Pipe()
			ctx, cancel := context.WithCancel(context.Background())
			m := &mortal{out: messages, ended: cancel}
			guards = append(guards, m)
			// A killed guard does not unkey: its link is cut off from the rig.
			open := func(config rig.Config) (rig.Link, error) {
				l, err := f.open(config)
				if err != nil {
					return nil, err
				}
				return &severed{l.(*fakeLink), ctx}, nil
			}
			go func() {
				Serve(ctx, requests, messages, open)
				messages.Close()
			}()
			end := func() {
				cancel()
				out.Close()
			}
			return peer{in: in, out: out, end: end}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		defer settle(c)
		test(t, c, func() []*mortal { synctest.Wait(); return guards })
	})
}

// severed is a link that reaches the rig until its process has ended.
type severed struct {
	*fakeLink
	alive context.Context
}

func (s *severed) SetPTT(on bool) error {
	if s.alive.Err() != nil {
		return nil
	}
	return s.fakeLink.SetPTT(on)
}

func (s *severed) PTT() (bool, error) {
	if s.alive.Err() != nil {
		return false, nil
	}
	return s.fakeLink.PTT()
}

func TestDeadGuardIsReplacedByOneThatUnkeys(t *testing.T) {
	f := &fakeRig{}
	withMortal(t, f, func(t *testing.T, c *Client, guards func() []*mortal) {
		key(t, c)
		f.set(func(f *fakeRig) { f.calls = nil })
		guards()[0].out.CloseWithError(io.EOF)
		took := until(t, "unkeyed", func() bool { return !f.transmits() })
		if took > 100*time.Millisecond {
			t.Errorf("unkeyed after %v", took)
		}
		got := happened(c)
		for _, want := range []string{"guard-lost: the guard of the transmitter has ended; the rig may still be keyed", "guard-back", "key-up"} {
			if !strings.Contains(got, want) {
				t.Errorf("events\n%s\nlack %q", got, want)
			}
		}
		if asked := f.asked(); !slices.Equal(asked[:2], []string{"open", "ptt false"}) {
			t.Errorf("the new guard asked %q", asked)
		}
		key(t, c)
		if !f.transmits() {
			t.Error("the new guard does not key")
		}
	})
}

func TestGuardThatDiesWhileReceivingIsReplacedQuietly(t *testing.T) {
	f := &fakeRig{}
	withMortal(t, f, func(t *testing.T, c *Client, guards func() []*mortal) {
		time.Sleep(time.Second)
		guards()[0].out.CloseWithError(io.EOF)
		time.Sleep(time.Second)
		if count(f.asked(), "ptt false") != 0 {
			t.Error("unkeyed what was not keyed")
		}
		if got := happened(c); strings.Contains(got, "may still be keyed") || !strings.Contains(got, "guard-back") {
			t.Error(got)
		}
		if !c.State().Connected {
			t.Errorf("state %+v", c.State())
		}
	})
}
