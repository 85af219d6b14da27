package guard

import (
	"io"
	"time"
)

// keep watches over one guard after the other until the client is closed and owes
// nothing.
func (c *Client) keep(p peer) {
	defer close(c.ended)
	defer c.events.close()
	for generation := 1; ; generation++ {
		owed := c.disown(c.listen(p))
		p.end()
		if c.isClosing() && (owed == "" || generation > 1) {
			return
		}
		var ok bool
		if p, ok = c.restart(generation, owed); !ok {
			return
		}
	}
}

// restart starts guards until one stays; false means that the client was closed.
func (c *Client) restart(generation int, owed string) (peer, bool) {
	for ; ; generation++ {
		if generation > 1 {
			time.Sleep(rebirth)
		}
		p, err := c.start()
		switch {
		case err == nil:
			c.adopt(p, owed)
			c.events.put(Event{At: time.Now().UTC(), Kind: GuardBack, Reason: "another guard was started"})
			return p, true
		case c.isClosing():
			return peer{}, false
		}
		c.setFault("the guard of the transmitter can't be started: " + err.Error())
	}
}

// adopt makes a running guard the client's, and has it unkey first if owed says
// why.
func (c *Client) adopt(p peer, owed string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.out = newOutbox(p.in)
	c.pending = make(map[uint64]chan message)
	open := request{Do: doOpen, Config: &c.config, Owed: owed}
	if c.config.File != nil {
		open.Lent = c.config.File.Name()
	}
	c.out.Send(open)
	if c.closing { // it has this one thing to do
		c.out.Close()
	}
	go closeAfter(c.out, p.in)
}

// closeAfter closes what an outbox writes to when that has run empty.
func closeAfter(o *outbox, w io.Closer) {
	<-o.done
	_ = w.Close() // a pipe to a guard that may be gone already
}

// disown notes that the guard is gone. It returns why another one has to unkey
// first, empty when there is no need.
func (c *Client) disown(why string) (owed string) {
	c.keyed.Store(false)
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, answered := range c.pending {
		close(answered)
	}
	c.pending = nil
	c.out.Close()
	c.out = nil
	c.risky = c.risky || c.keying > 0
	if c.risky {
		owed = why
		why += "; the rig may still be keyed"
	} else if c.closing {
		return "" // as it should be
	}
	c.state.Connected, c.state.Keyed, c.state.Fault, c.state.Doubtful = false, false, why, c.risky
	c.letGo = why
	c.events.put(Event{At: time.Now().UTC(), Kind: GuardLost, Reason: why})
	return owed
}

func (c *Client) isClosing() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closing
}

func (c *Client) setFault(why string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.state.Fault = why
}

// listen takes what the guard says until it ends or falls silent, and returns
// which.
func (c *Client) listen(p peer) string {
	messages := make(chan message, 64)
	left := make(chan struct{})
	defer close(left)
	go receive(p.out, messages, left)
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	// Silence is counted in ticks and not read from the clock: a modem that was
	// itself held up must not blame its guard.
	for silent := 0; ; {
		select {
		case m, ok := <-messages:
			if !ok {
				return "the guard of the transmitter has ended"
			}
			silent = 0
			c.take(m)
		case <-ticker.C:
			if silent++; silent > silentTicks && len(messages) == 0 {
				return "the guard of the transmitter is frozen"
			}
		}
	}
}

func (c *Client) take(m message) {
	if m.State != nil {
		c.mu.Lock()
		c.state = *m.State
		c.mu.Unlock()
	}
	if m.Event != nil {
		c.takeEvent(*m.Event)
	}
	if m.Seq != 0 {
		c.mu.Lock()
		answered := c.pending[m.Seq]
		delete(c.pending, m.Seq)
		c.mu.Unlock()
		if answered != nil {
			answered <- m
		}
	}
}

func (c *Client) takeEvent(e Event) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch e.Kind {
	case KeyDown:
		c.keyed.Store(true)
		c.risky, c.letGo = true, ""
	case KeyUp:
		c.keyed.Store(false)
		c.risky, c.letGo = false, e.Reason
	case LinkLost, Doubt:
		c.letGo = e.Reason
	}
	c.events.put(e)
}
