package station

import (
	"context"
	"testing"
	"time"

	"rtty/baudot"
	"rtty/modem"
)

// keyerInTheCable is an FSKContact that takes the time of a character for each.
type keyerInTheCable struct {
	onAir func(baudot.Code, time.Time)
	sent  []baudot.Code
	free  time.Time
	calls []string
}

const charTime = 165 * time.Millisecond

func (k *keyerInTheCable) Begin() error { k.calls = append(k.calls, "begin"); return nil }
func (k *keyerInTheCable) Stop() error  { k.calls = append(k.calls, "stop"); return nil }

func (k *keyerInTheCable) Send(ctx context.Context, c baudot.Code) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(time.Until(k.free)):
	}
	k.free = time.Now().Add(charTime)
	k.sent = append(k.sent, c)
	k.onAir(c, time.Now())
	return nil
}

func (k *keyerInTheCable) Rest(context.Context) error {
	k.calls = append(k.calls, "rest")
	time.Sleep(time.Until(k.free))
	return nil
}

// overFSK is an operating position with a keyer in the place of tones.
func overFSK(k *keyerInTheCable) func(*Config) {
	return func(c *Config) {
		exciter := NewFSK(ham.Baud, modem.DiddleLTRS, 2)
		exciter.Use(k)
		k.onAir = exciter.OnAir
		c.Exciter = exciter
	}
}

func TestFSKIsKeyedSentEchoedAndLetGo(t *testing.T) {
	k := &keyerInTheCable{}
	onAir(t, overFSK(k), func(t *testing.T, p *position) {
		p.Send(Keyboard, "CQ 599 DE W1AW")
		until(t, 20*time.Second, "let go", func() bool { return len(p.key.calls()) == 2 && p.phase(Receiving)() })
		d := baudot.Decoder{Table: baudot.USTTY, USOS: true}
		got := ""
		for _, c := range k.sent {
			if r := d.Decode(c); r != 0 {
				got += string(r)
			}
		}
		if got != "CQ 599 DE W1AW" {
			t.Errorf("on the air: %q", got)
		}
		if echo := text(p.Events(0), Sent); echo != got {
			t.Errorf("echoed %q", echo)
		}
		if id := p.Snapshot().Transmit.ID; id.Running {
			t.Error("the own call, the last word, does not count")
		}
		if lead := k.calls; len(lead) != 2 || lead[0] != "begin" || lead[1] != "rest" {
			t.Errorf("the keyer: %v", k.calls)
		}
	})
}

func TestFSKStopsWithinACharacter(t *testing.T) {
	k := &keyerInTheCable{}
	onAir(t, overFSK(k), func(t *testing.T, p *position) {
		p.Send(Keyboard, "A LONG TEXT THAT NOBODY HEARS THE END OF")
		until(t, time.Second, "sending", p.phase(Sending))
		time.Sleep(3 * time.Second)
		p.Stop("Esc")
		if took := until(t, time.Second, "let go", func() bool { return !p.key.isKeyed() }); took > 300*time.Millisecond {
			t.Errorf("let go after %v", took)
		}
	})
}
