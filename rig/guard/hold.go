package guard

import (
	"context"
	"errors"
	"time"
)

// holdBeat is how often Hold beats; it looks at the key as often.
const holdBeat = 30 * time.Millisecond

// Hold keeps a transmitter that [Client.Key] has keyed on the air for a time
// without any sound, to try its key. It does not unkey. An error tells why the
// transmitter was let go before, or is that of ctx.
func (c *Client) Hold(ctx context.Context, d time.Duration) error {
	beat := time.NewTicker(holdBeat)
	defer beat.Stop()
	for end := time.After(d); ; {
		if err := c.held(); err != nil {
			return err
		}
		c.Beat()
		select {
		case <-beat.C:
		case <-end:
			return c.held()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// held tells why the transmitter is no longer keyed.
func (c *Client) held() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.state.Keyed:
		return nil
	case c.letGo == "":
		return errors.New("the transmitter is not keyed")
	}
	return errors.New(c.letGo)
}
