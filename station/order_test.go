package station

import (
	"context"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rtty/audio"
	"rtty/modem"
	"rtty/rig/guard"
)

func TestTheKeyIsHeldThroughLongTimesBeforeAndAfterTheSound(t *testing.T) {
	for name, exciter := range map[string]func(*Config){"AFSK": nil, "FSK": overFSK(&keyerInTheCable{})} {
		change := func(c *Config) {
			if exciter != nil {
				exciter(c)
			}
			c.Sequence = Sequence{Lead: 2 * time.Second, Tail: 2 * time.Second}
		}
		onAir(t, change, func(t *testing.T, p *position) {
			p.Send(Keyboard, "E")
			until(t, 20*time.Second, "let go", func() bool { return len(p.key.calls()) == 2 && p.phase(Receiving)() })
			if p.key.quiet > guard.Silence/2 {
				t.Errorf("%s: no beat for %v, and the guard waits for no more than %v", name, p.key.quiet, guard.Silence)
			}
			if on := p.key.at[1].Sub(p.key.at[0]); on < 4*time.Second {
				t.Errorf("%s: on for %v", name, on)
			}
		})
	}
}

func TestEscEndsALongLeadAndALongTail(t *testing.T) {
	long := func(c *Config) { c.Sequence = Sequence{Lead: 2 * time.Second, Tail: 2 * time.Second} }
	for name, at := range map[string]func(*position) func() bool{
		"lead": func(p *position) func() bool { return p.key.isKeyed },
		"tail": func(p *position) func() bool { return p.phase(Ending) },
	} {
		onAir(t, long, func(t *testing.T, p *position) {
			p.Send(Keyboard, "E")
			until(t, 10*time.Second, name, at(p))
			time.Sleep(time.Second)
			p.Stop("Esc")
			if took := until(t, 5*time.Second, "let go", func() bool { return !p.key.isKeyed() }); took > 100*time.Millisecond {
				t.Errorf("%s: let go %v after Esc", name, took)
			}
			until(t, time.Second, "receiving", p.phase(Receiving))
			if said := text(p.Events(0), Alarm); said != "" {
				t.Errorf("%s: alarm: %s", name, said)
			}
		})
	}
}

func TestNothingSoundsWhenKeyingIsEnded(t *testing.T) {
	for name, end := range map[string]func(*position){
		"stopped":  func(p *position) { p.Stop("Esc") },
		"disabled": func(p *position) { p.EnableTransmit(false) },
	} {
		onAir(t, nil, func(t *testing.T, p *position) {
			p.key.slow = 2 * time.Second
			p.Send(Keyboard, "CQ")
			until(t, time.Second, "keying", p.phase(Keying))
			time.Sleep(time.Second)
			end(p)
			until(t, 5*time.Second, "let go", func() bool { return len(p.key.calls()) == 2 && p.phase(Receiving)() })
			if len(p.speaker.taken) > 0 {
				t.Errorf("%s: %d samples were sent", name, len(p.speaker.taken))
			}
			if got := string(p.Snapshot().Transmit.Queue); got != "CQ" {
				t.Errorf("%s: waiting: %q", name, got)
			}
			if said := text(p.Events(0), Alarm); said != "" {
				t.Errorf("%s: alarm: %s", name, said)
			}
		})
	}
}

func TestAKeyThatFailsAfterEscIsNoFault(t *testing.T) {
	onAir(t, nil, func(t *testing.T, p *position) {
		p.key.slow, p.key.refuse = 2*time.Second, context.Canceled
		p.Send(Keyboard, "CQ")
		until(t, time.Second, "keying", p.phase(Keying))
		p.Stop("Esc")
		until(t, 5*time.Second, "receiving", func() bool { return len(p.key.calls()) == 2 && p.phase(Receiving)() })
		if log := p.key.calls()[1]; log != "unkey: Esc" {
			t.Errorf("the key: %s", log)
		}
		if said := text(p.Events(0), Alarm); said != "" {
			t.Errorf("alarm: %s", said)
		}
	})
}

func TestReceiveMayBeWantedBeforeTheTransmitterIsKeyed(t *testing.T) {
	onAir(t, nil, func(t *testing.T, p *position) {
		p.key.slow = time.Second
		p.Type("CQ DE W1AW")
		p.Transmit(Keyboard)
		p.ReceiveWhenSent()
		until(t, 10*time.Second, "let go", func() bool { return len(p.key.calls()) == 2 && p.phase(Receiving)() })
		if got := p.onTheAir(t); got != "CQ DE W1AW" {
			t.Errorf("on the air: %q", got)
		}
	})
}

func TestTransmitTakesBackTheWishToReceive(t *testing.T) {
	onAir(t, nil, func(t *testing.T, p *position) {
		p.Type("CQ DE W1AW ")
		p.Transmit(Keyboard)
		p.ReceiveWhenSent()
		until(t, time.Second, "sending", p.phase(Sending))
		p.Transmit(Keyboard)
		until(t, 10*time.Second, "diddling", func() bool { return p.Snapshot().Transmit.Diddling })
		time.Sleep(5 * time.Second)
		if !p.phase(Sending)() {
			t.Error("back to receive")
		}
		p.Stop("enough")
		until(t, time.Second, "receiving", p.phase(Receiving))
	})
}

func TestWhatIsSentRightAfterEscIsAnotherOver(t *testing.T) {
	onAir(t, nil, func(t *testing.T, p *position) {
		p.Send(Keyboard, strings.Repeat("A LONG TEXT ", 20))
		until(t, time.Second, "sending", p.phase(Sending))
		time.Sleep(3 * time.Second)
		p.Stop("Esc")
		p.ClearQueue()
		if err := p.Send(MacroKey, "DE W1AW"); err != nil {
			t.Fatal(err)
		}
		until(t, 10*time.Second, "let go twice", func() bool { return len(p.key.calls()) == 4 && p.phase(Receiving)() })
		if got := p.onTheAir(t); got != "DE W1AW" {
			t.Errorf("on the air: %q", got)
		}
		if log := strings.Join(p.key.calls(), ", "); log != "key, unkey: Esc, key, unkey: all sent" {
			t.Errorf("the key: %s", log)
		}
	})
}

func TestEscEndsWhatWasToFollowToo(t *testing.T) {
	onAir(t, nil, func(t *testing.T, p *position) {
		p.Send(Keyboard, strings.Repeat("A LONG TEXT ", 20))
		until(t, time.Second, "sending", p.phase(Sending))
		p.Stop("Esc")
		p.Send(MacroKey, "DE W1AW")
		p.Stop("Esc")
		time.Sleep(5 * time.Second)
		if n := len(p.key.calls()); n != 2 {
			t.Errorf("the key: %v", p.key.calls())
		}
	})
}

func TestACarrierIsNotMixedWithText(t *testing.T) {
	onAir(t, nil, func(t *testing.T, p *position) {
		p.Carrier(SteadyMark)
		until(t, time.Second, "sending", p.phase(Sending))
		if err := p.Send(Keyboard, "CQ"); err == nil {
			t.Error("text is taken while a carrier is on the air, and not sent")
		}
		p.Stop("Esc")
		until(t, time.Second, "receiving", p.phase(Receiving))
		p.Send(Keyboard, "CQ")
		until(t, time.Second, "sending", p.phase(Sending))
		if err := p.Carrier(SteadyMark); err == nil {
			t.Error("a carrier is begun while text is on the air")
		}
	})
}

func TestNothingIsKeyedForNothing(t *testing.T) {
	onAir(t, nil, func(t *testing.T, p *position) {
		if err := p.Send(Keyboard, ""); err == nil {
			t.Error("nothing can be sent")
		}
		p.Type("^r")
		p.Transmit(Network)
		until(t, 5*time.Second, "receiving", func() bool { return len(p.key.calls()) == 2 && p.phase(Receiving)() })
		if got := p.onTheAir(t); got != "" {
			t.Errorf("on the air: %q", got)
		}
	})
}

func TestTheTimeOutIsToldOnce(t *testing.T) {
	onAir(t, func(c *Config) { c.Limits.TypedOver = 40 * time.Second }, func(t *testing.T, p *position) {
		p.Send(Keyboard, strings.Repeat("W1AW AGAIN ", 100))
		until(t, time.Minute, "let go", func() bool { return len(p.key.calls()) == 2 && p.phase(Receiving)() })
		if n := strings.Count(text(p.Events(0), Alarm), "time-out"); n != 1 {
			t.Errorf("told %d times", n)
		}
		if n := strings.Count(text(p.Events(0), Notice), "time-out"); n != 1 {
			t.Errorf("warned %d times", n)
		}
	})
}

func TestTuningDoesNotMoveAnOver(t *testing.T) {
	onAir(t, func(c *Config) { c.Net = true }, func(t *testing.T, p *position) {
		p.Send(Keyboard, "CQ CQ DE W1AW")
		until(t, time.Second, "sending", p.phase(Sending))
		time.Sleep(500 * time.Millisecond)
		p.Tune(1000)
		p.SetPreset("dwd")
		p.Auto()
		until(t, 10*time.Second, "let go", func() bool { return len(p.key.calls()) == 2 && p.phase(Receiving)() })
		if got := p.onTheAir(t); got != "CQ CQ DE W1AW" {
			t.Errorf("on the air: %q", got)
		}
	})
}

func TestAnotherMacroContinuesTheOver(t *testing.T) {
	macros := func(c *Config) {
		c.Messages.Set.Run[0].Text, c.Messages.Set.Run[1].Text = "FIRST ", "SECOND"
	}
	onAir(t, macros, func(t *testing.T, p *position) {
		p.Macro(Run, 0)
		until(t, time.Second, "sending", p.phase(Sending))
		p.Macro(Run, 1)
		until(t, 10*time.Second, "let go", func() bool { return len(p.key.calls()) == 2 && p.phase(Receiving)() })
		if got := p.onTheAir(t); got != "FIRST SECOND" {
			t.Errorf("on the air: %q", got)
		}
	})
}

// paced is a Source and the Sink whose sound moves on when that is read, as those
// of a simulated band.
type paced struct {
	mu     sync.Mutex
	queued int64
	played int64
	index  int64
	moved  chan struct{}
	closed chan struct{}
}

func (p *paced) Rate() int              { return AudioRate }
func (p *paced) Anchor() time.Time      { return time.Time{} }
func (p *paced) Close() error           { return nil }
func (p *paced) Latency() time.Duration { return 0 }
func (p *paced) Abort() error           { return nil }

func (p *paced) Read(dst []float32) (audio.Block, error) {
	select {
	case <-p.closed:
		return audio.Block{}, io.EOF
	case <-time.After(duration(int64(len(dst)))):
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	n := min(p.queued, int64(len(dst)))
	p.queued, p.played = p.queued-n, p.played+n
	close(p.moved)
	p.moved = make(chan struct{})
	b := audio.Block{Index: p.index, N: len(dst)}
	p.index += int64(len(dst))
	return b, nil
}

func (p *paced) Write(src []float32) error {
	p.mu.Lock()
	p.queued += int64(len(src))
	p.mu.Unlock()
	return p.Drain()
}

func (p *paced) Drain() error {
	for {
		p.mu.Lock()
		left, moved := p.queued, p.moved
		p.mu.Unlock()
		if left == 0 {
			return nil
		}
		<-moved
	}
}

func (p *paced) Played() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.played
}

func TestTheEndWaitsForSoundAtThePaceOfTheInput(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		band, key := &paced{moved: make(chan struct{}), closed: make(chan struct{})}, &keyLog{}
		s, err := New(Config{
			Operator: Operator{Call: "W1AW"}, Enabled: true, Kept: time.Minute, Input: band, Prior: "none",
			Exciter: NewAFSK(func() (audio.Sink, error) { return band, nil }, modem.TransmitterConfig{}), Transceiver: key,
		})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { s.Run(ctx); close(ended) }()
		s.Transmit(Keyboard)
		until(t, time.Second, "sending", func() bool { return s.Snapshot().Transmit.Phase == Sending })
		time.Sleep(2 * time.Second)
		cancel()
		took := time.Now()
		<-ended
		if d := time.Since(took); d > 300*time.Millisecond {
			t.Errorf("the end took %v", d)
		}
		if log := strings.Join(key.calls(), ", "); log != "key, unkey: the program ends" {
			t.Errorf("the key: %s", log)
		}
		close(band.closed)
	})
}

func TestNothingIsSentAfterTheEnd(t *testing.T) {
	for range 20 { // there is luck in which of two things a program sees first
		onAir(t, nil, func(t *testing.T, p *position) {
			p.key.slow = time.Second
			p.Send(Keyboard, "CQ")
			until(t, time.Second, "keying", p.phase(Keying))
			p.end()
			time.Sleep(10 * time.Millisecond)
			p.Transmit(Keyboard)
			time.Sleep(5 * time.Second)
			if log := strings.Join(p.key.calls(), ", "); log != "key, unkey: the program ends" {
				t.Fatalf("the key: %s", log)
			}
		})
	}
}

func TestEscLosesNoText(t *testing.T) {
	const typed = "THE QUICK BROWN FOX 599 73 AND MORE OF IT, W1AW"
	for name, exciter := range map[string]func() func(*Config){
		"AFSK": func() func(*Config) { return nil },
		"FSK":  func() func(*Config) { return overFSK(&keyerInTheCable{}) },
	} {
		for after := 500 * time.Millisecond; after < 4*time.Second; after += 97 * time.Millisecond {
			onAir(t, exciter(), func(t *testing.T, p *position) {
				p.Send(Keyboard, typed)
				until(t, time.Second, "sending", p.phase(Sending))
				time.Sleep(after)
				p.Stop("Esc")
				until(t, time.Second, "receiving", p.phase(Receiving))
				if got := text(p.Events(0), Sent) + string(p.Snapshot().Transmit.Queue); got != typed {
					t.Errorf("%s, stopped after %v: %q is left of %q", name, after, got, typed)
				}
			})
		}
	}
}

func TestWhatIsThrownAwayAfterEscStaysAway(t *testing.T) {
	for after := 500 * time.Millisecond; after < 2*time.Second; after += 29 * time.Millisecond {
		onAir(t, nil, func(t *testing.T, p *position) {
			p.Send(Keyboard, "THE QUICK BROWN FOX")
			until(t, time.Second, "sending", p.phase(Sending))
			time.Sleep(after)
			p.Stop("Esc")
			p.ClearQueue()
			until(t, time.Second, "receiving", p.phase(Receiving))
			if left := p.Snapshot().Transmit.Queue; len(left) > 0 {
				t.Errorf("stopped after %v: %q waits", after, string(left))
			}
		})
	}
}
