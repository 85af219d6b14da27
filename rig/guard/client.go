package guard

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"rtty/rig"
)

// ErrNoGuard says that the guard has died or is frozen, so that nothing holds the
// key: send nothing.
var ErrNoGuard = errors.New("the guard of the transmitter does not answer")

const (
	answerPatience = 8 * time.Second         // for an answer to anything but unkey
	letGoPatience  = 1500 * time.Millisecond // for an answer to unkey
	farewell       = 3 * time.Second         // for the guard's end after Close
	rebirth        = time.Second             // pause before a third guard, a fourth
	silentTicks    = int(Silence / lookEvery)
)

// A Client is the modem's side. Its methods are safe for concurrent use.
type Client struct {
	// configuration
	config rig.Config
	start  func() (peer, error)

	// state
	mu      sync.Mutex
	out     *outbox // nil: there is no guard
	pending map[uint64]chan message
	seq     uint64
	state   rig.State
	keying  int    // calls of Key under way
	risky   bool   // the transmitter is keyed, or may be
	letGo   string // why the last over ended, empty while one goes on
	closing bool

	keyed  atomic.Bool
	events *events
	ended  chan struct{}
}

// A peer is a running guard.
type peer struct {
	in  io.WriteCloser
	out io.Reader
	end func() // ends it by force and frees what it held
}

// newClient starts the first guard and everything around it.
func newClient(config rig.Config, start func() (peer, error)) (*Client, error) {
	config = config.Usual()
	if err := config.Validate(); err != nil {
		return nil, err
	}
	first, err := start()
	if err != nil {
		return nil, fmt.Errorf("starting the guard of the transmitter: %w", err)
	}
	c := &Client{config: config, start: start, events: newEvents(), ended: make(chan struct{})}
	c.adopt(first, "")
	go c.keep(first)
	return c, nil
}

// Key keys and confirms, and begins an over that ends by itself after limit (0:
// [DefaultLimit]). From then on [Client.Beat] has to be called. After an error
// nothing may be sent; the guard makes sure that the transmitter is unkeyed. When
// ctx ends first, it is unkeyed too.
func (c *Client) Key(ctx context.Context, limit time.Duration) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	c.countKeying(1)
	defer c.countKeying(-1)
	_, err := c.call(ctx, request{Do: doKey, Limit: limit})
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		if unkey := c.Unkey("keying was given up"); unkey != nil {
			return fmt.Errorf("%w; the rig may still be keyed: %w", err, unkey)
		}
	}
	return err
}

func (c *Client) countKeying(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keying += n
}

// Unkey unkeys, for a reason that goes into the journal. It is never wrong to call
// it. An error means that the transmitter may still be keyed, and tells why; the
// guard goes on trying, and reports [KeyUp] when it has succeeded.
func (c *Client) Unkey(reason string) error {
	ctx, cancel := context.WithTimeout(context.Background(), letGoPatience)
	defer cancel()
	_, err := c.call(ctx, request{Do: doUnkey, Reason: reason})
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("it has not answered for %v", letGoPatience)
	}
	return err
}

// Beat shows that sound is being fed to the transmitter. It is cheap and never
// blocks: call it from the loop that does so, and from nowhere else, every 20 to
// 50 ms.
func (c *Client) Beat() {
	if !c.keyed.Load() {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.out != nil {
		c.out.Beat(request{Do: doBeat})
	}
}

// State is what is known of the transceiver. It is read several times a second,
// but not while transmitting.
func (c *Client) State() rig.State {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.state
}

// Events are what the operator and the journal have to know, in order; none is
// dropped. The channel is closed after [Client.Close].
func (c *Client) Events() <-chan Event { return c.events.C }

// Look waits until the state has been read anew, and tells why it can't be.
func (c *Client) Look(ctx context.Context) (rig.State, error) {
	_, err := c.call(ctx, request{Do: doLook})
	return c.State(), err
}

// ReadTransmitFrequency asks where the rig would transmit now, in Hz of its dial,
// with split and XIT as far as it tells.
func (c *Client) ReadTransmitFrequency(ctx context.Context) (hz float64, err error) {
	m, err := c.call(ctx, request{Do: doTransmit})
	return m.Hz, err
}

// SetFrequency turns the dial.
func (c *Client) SetFrequency(ctx context.Context, hz float64) error {
	_, err := c.call(ctx, request{Do: doTune, Hz: hz})
	return err
}

// SetMode turns the mode switch.
func (c *Client) SetMode(ctx context.Context, m rig.Mode) error {
	_, err := c.call(ctx, request{Do: doMode, Mode: &m})
	return err
}

// Close unkeys, lets go of the rig and ends the guard.
func (c *Client) Close() error {
	c.mu.Lock()
	if c.closing {
		c.mu.Unlock()
		return nil
	}
	c.closing = true
	out := c.out
	c.mu.Unlock()
	if out != nil {
		out.Close() // the end of what it reads ends the guard
	}
	select {
	case <-c.ended:
	case <-time.After(farewell):
		return fmt.Errorf("the guard is still trying to unkey the rig")
	}
	return nil
}

// call sends a request and waits for its answer.
func (c *Client) call(ctx context.Context, r request) (message, error) {
	ctx, cancel := context.WithTimeout(ctx, answerPatience)
	defer cancel()
	answered := make(chan message, 1)
	if err := c.send(&r, answered); err != nil {
		return message{}, err
	}
	select {
	case m, ok := <-answered:
		if !ok {
			return message{}, ErrNoGuard
		}
		return m, m.err()
	case <-ctx.Done():
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.pending, r.Seq)
		return message{}, ctx.Err()
	}
}

func (c *Client) send(r *request, answered chan message) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.out == nil || c.closing {
		return ErrNoGuard
	}
	c.seq++
	r.Seq = c.seq
	c.pending[r.Seq] = answered
	c.out.Send(*r)
	return nil
}

// err is the error that the message tells.
func (m message) err() error {
	switch {
	case m.Error == "":
		return nil
	case m.Unsupported:
		return &remoteError{m.Error, rig.ErrUnsupported}
	}
	return errors.New(m.Error)
}

// A remoteError has the text of an error of the guard, and is what that was.
type remoteError struct {
	text string
	is   error
}

func (e *remoteError) Error() string { return e.text }
func (e *remoteError) Unwrap() error { return e.is }
