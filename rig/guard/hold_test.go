package guard

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"rtty/rig"
)

func TestHeldKeyStaysDownForItsTime(t *testing.T) {
	f := &fakeRig{}
	withClient(t, f, func(t *testing.T, c *Client) {
		for range 2 { // the end of one over does not cut the next short
			key(t, c)
			began := time.Now()
			if err := c.Hold(context.Background(), 3*time.Second); err != nil {
				t.Error(err)
			}
			if took := time.Since(began); took != 3*time.Second || !f.transmits() {
				t.Errorf("back after %v, keyed: %v", took, f.transmits())
			}
			if err := c.Unkey("end of the test"); err != nil {
				t.Error(err)
			}
		}
	})
}

func TestHoldTellsWhyTheKeyWasLetGo(t *testing.T) {
	later := func(do func()) { time.AfterFunc(time.Second, do) }
	for want, cut := range map[string]func(*fakeRig, *Client){
		"cable pulled": func(f *fakeRig, _ *Client) {
			later(func() { f.set(func(f *fakeRig) { f.broken = fmt.Errorf("cable pulled: %w", rig.ErrGone) }) })
		},
		"the rig has stopped transmitting": func(f *fakeRig, _ *Client) {
			later(func() { f.set(func(f *fakeRig) { f.stopped = errors.New("the rig has stopped transmitting") }) })
		},
		"Esc":                              func(_ *fakeRig, c *Client) { later(func() { c.Unkey("Esc") }) },
		"the longest over, 5s, has passed": func(*fakeRig, *Client) {},
	} {
		f := &fakeRig{}
		withClient(t, f, func(t *testing.T, c *Client) {
			if err := c.Key(context.Background(), 5*time.Second); err != nil {
				t.Fatal(err)
			}
			cut(f, c)
			if err := c.Hold(context.Background(), time.Minute); err == nil || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("%v, want %s", err, want)
			}
			f.set(func(f *fakeRig) { f.broken, f.stopped = nil, nil })
		})
	}
}

func TestHoldEndsWithTheGuard(t *testing.T) {
	f := &fakeRig{}
	withMortal(t, f, func(t *testing.T, c *Client, guards func() []*mortal) {
		key(t, c)
		dying := guards()[0]
		time.AfterFunc(time.Second, func() { dying.out.CloseWithError(io.EOF) })
		err := c.Hold(context.Background(), time.Minute)
		if err == nil || !strings.HasPrefix(err.Error(), "the guard of the transmitter has ended") {
			t.Error(err)
		}
	})
}

func TestHoldEndsWithItsContext(t *testing.T) {
	f := &fakeRig{}
	withClient(t, f, func(t *testing.T, c *Client) {
		key(t, c)
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if err := c.Hold(ctx, time.Minute); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		if !f.transmits() {
			t.Error("Hold has unkeyed, which is for its caller to do")
		}
	})
}

func TestNothingIsHeldThatIsNotKeyed(t *testing.T) {
	withClient(t, &fakeRig{}, func(t *testing.T, c *Client) {
		began := time.Now()
		if err := c.Hold(context.Background(), time.Minute); err == nil || time.Since(began) > 0 {
			t.Errorf("%v after %v", err, time.Since(began))
		}
	})
}
