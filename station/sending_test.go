package station

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rtty/audio"
	"rtty/baudot"
	"rtty/modem"
)

// position is an operating position in a bubble of time.
type position struct {
	*Station
	key     *keyLog
	speaker *speaker // of the last over
	end     func()   // of the program
}

// onAir runs a test at an operating position that may transmit.
func onAir(t *testing.T, change func(*Config), do func(t *testing.T, p *position)) {
	synctest.Test(t, func(t *testing.T) {
		p, band := &position{key: &keyLog{}}, make(deadBand)
		open := func() (audio.Sink, error) {
			p.speaker = &speaker{queue: 100 * time.Millisecond}
			return p.speaker, nil
		}
		c := Config{
			Operator: Operator{Call: "W1AW"}, Enabled: true, Kept: time.Minute,
			Input:       band,
			Exciter:     NewAFSK(open, modem.TransmitterConfig{}),
			Transceiver: p.key,
			Prior:       "none",
		}
		if change != nil {
			change(&c)
		}
		s, err := New(c)
		if err != nil {
			t.Fatal(err)
		}
		p.Station = s
		ctx, cancel := context.WithCancel(context.Background())
		done := make(chan struct{})
		go func() { s.Run(ctx); close(done) }()
		p.end = cancel
		do(t, p)
		cancel()
		<-done
		band.Close()
		if p.key.isKeyed() {
			t.Error("the station has ended and the transmitter is keyed")
		}
	})
}

// until lets time pass until something is so.
func until(t *testing.T, most time.Duration, what string, is func() bool) time.Duration {
	t.Helper()
	began := time.Now()
	for !is() {
		time.Sleep(5 * time.Millisecond)
		if time.Since(began) > most {
			t.Fatalf("after %v: not yet %s", most, what)
		}
	}
	return time.Since(began)
}

func (p *position) phase(want Phase) func() bool {
	return func() bool { return p.Snapshot().Transmit.Phase == want }
}

// onTheAir is what somebody hears of a transmission.
func (p *position) onTheAir(t *testing.T) string {
	t.Helper()
	rx, err := modem.NewReceiver(ham, modem.ReceiverConfig{Rate: AudioRate})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var lines baudot.Newlines
	print := func(u modem.Update) {
		for _, c := range u.Final {
			if r := lines.Next(c.Rune); r != 0 {
				b.WriteRune(r)
			}
		}
	}
	print(rx.Process(p.speaker.taken))
	print(rx.Flush())
	return b.String()
}

func TestAnOverIsKeyedSentEchoedAndLetGo(t *testing.T) {
	onAir(t, nil, func(t *testing.T, p *position) {
		if err := p.Send(Keyboard, "CQ DE W1AW"); err != nil {
			t.Fatal(err)
		}
		until(t, time.Second, "keyed", func() bool { return p.key.isKeyed() })
		until(t, 10*time.Second, "receiving", p.phase(Receiving))
		if got := text(p.Events(0), Sent); got != "CQ DE W1AW" {
			t.Errorf("echoed %q", got)
		}
		if got := p.onTheAir(t); got != "CQ DE W1AW" {
			t.Errorf("on the air: %q", got)
		}
		if log := strings.Join(p.key.calls(), ", "); log != "key, unkey: all sent" {
			t.Errorf("the key: %s", log)
		}
		tail := p.key.at[1].Sub(p.speaker.start.Add(duration(int64(len(p.speaker.taken)))))
		if tail < 45*time.Millisecond || tail > 80*time.Millisecond {
			t.Errorf("let go %v after the last sound, want 50 ms", tail)
		}
	})
}

func TestSoundBeginsTheLeadTimeAfterTheKey(t *testing.T) {
	for _, lead := range []time.Duration{150 * time.Millisecond, 300 * time.Millisecond, time.Second} {
		onAir(t, func(c *Config) { c.Sequence.Lead = lead }, func(t *testing.T, p *position) {
			p.Send(Keyboard, "E")
			until(t, 10*time.Second, "receiving", func() bool { return len(p.key.calls()) == 2 && p.phase(Receiving)() })
			silent := 0
			for p.speaker.taken[silent] == 0 {
				silent++
			}
			first := p.speaker.start.Add(duration(int64(silent))).Add(p.speaker.queue)
			if off := first.Sub(p.key.at[0]) - lead; off.Abs() > 20*time.Millisecond {
				t.Errorf("lead %v: sound begins %v off it", lead, off)
			}
		})
	}
}

func TestTypeAheadCanBeEditedUntilItIsOnTheAir(t *testing.T) {
	onAir(t, nil, func(t *testing.T, p *position) {
		p.Type("HELLO WORLX")
		p.Transmit(Keyboard)
		until(t, time.Second, "sending", p.phase(Sending))
		p.Erase()
		p.Type("D AND MORE OF IT")
		p.EraseWord()
		p.EraseWord()
		p.ReceiveWhenSent()
		until(t, 20*time.Second, "receiving", p.phase(Receiving))
		if got := p.onTheAir(t); strings.TrimSpace(got) != "HELLO WORLD AND MORE" {
			t.Errorf("on the air: %q", got)
		}
	})
}

func TestEscEndsAtOnceAndKeepsWhatWaits(t *testing.T) {
	onAir(t, nil, func(t *testing.T, p *position) {
		p.Send(Keyboard, strings.Repeat("A LONG TEXT ", 20))
		until(t, time.Second, "sending", p.phase(Sending))
		time.Sleep(5 * time.Second)
		p.Stop("Esc")
		if took := until(t, time.Second, "let go", func() bool { return !p.key.isKeyed() }); took > 300*time.Millisecond {
			t.Errorf("let go %v after Esc", took)
		}
		until(t, time.Second, "receiving", p.phase(Receiving))
		if log := p.key.calls()[len(p.key.calls())-1]; log != "unkey: Esc" {
			t.Errorf("the key: %s", log)
		}
		if n := len(p.Snapshot().Transmit.Queue); n < 100 {
			t.Errorf("%d characters wait", n)
		}
		last := p.speaker.taken[len(p.speaker.taken)-1]
		if last > 0.01 || last < -0.01 {
			t.Errorf("the sound ends at %g, not faded", last)
		}
	})
}

func TestThePauseOfAnOperatorIsFilledAndEnds(t *testing.T) {
	onAir(t, nil, func(t *testing.T, p *position) {
		p.Type("HI ")
		p.Transmit(Keyboard)
		until(t, 5*time.Second, "diddling", func() bool { return p.Snapshot().Transmit.Diddling })
		time.Sleep(20 * time.Second)
		if !p.phase(Sending)() {
			t.Fatal("back to receive while the operator thinks")
		}
		p.Type("THERE ")
		time.Sleep(25 * time.Second)
		if !p.phase(Sending)() {
			t.Fatal("back to receive 25 s after the last word")
		}
		until(t, 10*time.Second, "receiving", p.phase(Receiving))
		if got := strings.TrimSpace(p.onTheAir(t)); got != "HI THERE" {
			t.Errorf("on the air: %q", got)
		}
	})
}

func TestTheTimeOutTimerEndsWhatNobodyExtends(t *testing.T) {
	for _, c := range []struct {
		source Source
		most   time.Duration
	}{{Keyboard, 3 * time.Minute}, {MacroKey, 90 * time.Second}, {Network, 90 * time.Second}} {
		onAir(t, nil, func(t *testing.T, p *position) {
			p.Send(c.source, strings.Repeat("W1AW THE QUICK BROWN FOX ", 100))
			until(t, c.most-10*time.Second, "warned", func() bool { return strings.Contains(text(p.Events(0), Notice), "time-out in") })
			until(t, c.most, "keyed", func() bool { return p.key.isKeyed() })
			until(t, c.most, "let go", func() bool { return !p.key.isKeyed() })
			on := p.key.at[1].Sub(p.key.at[0])
			if on > c.most+300*time.Millisecond || on < c.most-time.Second {
				t.Errorf("%s: on for %v, want %v", c.source, on, c.most)
			}
			if !strings.Contains(text(p.Events(0), Alarm), "time-out") {
				t.Errorf("%s: nothing is said", c.source)
			}
		})
	}
}

func TestAKeyExtendsTheTimeOut(t *testing.T) {
	onAir(t, nil, func(t *testing.T, p *position) {
		p.Transmit(Keyboard)
		for range 40 {
			p.Type("W1AW IS STILL HERE ")
			time.Sleep(10 * time.Second)
		}
		if !p.key.isKeyed() || len(p.key.calls()) != 1 {
			t.Errorf("the key: %v", p.key.calls())
		}
		p.Stop("enough")
		until(t, time.Second, "receiving", p.phase(Receiving))
	})
}

func TestWhatGoesWrongUnkeys(t *testing.T) {
	for name, wrong := range map[string]func(*position){
		"sound stalls":  func(p *position) { p.speaker.stall.Store(true) },
		"rig link lost": func(p *position) { p.key.lose("the rig does not answer") },
		"disabled":      func(p *position) { p.EnableTransmit(false) },
	} {
		t.Run(name, func(t *testing.T) {
			onAir(t, nil, func(t *testing.T, p *position) {
				p.Send(Keyboard, strings.Repeat("A LONG TEXT ", 20))
				until(t, time.Second, "sending", p.phase(Sending))
				time.Sleep(3 * time.Second)
				wrong(p)
				took := until(t, 5*time.Second, "let go", func() bool { return len(p.key.calls()) == 2 })
				if took > 300*time.Millisecond {
					t.Errorf("let go after %v", took)
				}
				until(t, time.Second, "receiving", p.phase(Receiving))
			})
		})
	}
}

func TestAPanicInTheFeedUnkeys(t *testing.T) {
	onAir(t, nil, func(t *testing.T, p *position) {
		p.begin(order{source: Tuning, most: CarrierTime, steady: panicking{}})
		until(t, 5*time.Second, "keyed and let go", func() bool { return len(p.key.calls()) == 2 })
		until(t, time.Second, "receiving", p.phase(Receiving))
		if !strings.Contains(text(p.Events(0), Alarm), "internal fault") {
			t.Error("nothing is said")
		}
	})
}

type panicking struct{}

func (panicking) NextCode() (baudot.Code, modem.FeedState) { panic("no codes") }

func TestARigThatRefusesIsNotSentTo(t *testing.T) {
	onAir(t, nil, func(t *testing.T, p *position) {
		p.key.refuse = fmt.Errorf("this rigctld has no PTT")
		p.Send(Keyboard, "CQ")
		until(t, time.Second, "tried", func() bool { return len(p.key.calls()) == 2 && p.phase(Receiving)() })
		if len(p.speaker.taken) != 0 {
			t.Errorf("%d samples were sent", len(p.speaker.taken))
		}
		if !strings.Contains(text(p.Events(0), Alarm), "no PTT") {
			t.Errorf("said: %q", text(p.Events(0), Alarm))
		}
	})
}

func TestTheSteadyCarrierEndsByItself(t *testing.T) {
	for _, kind := range []Steady{SteadyMark, SteadyRY} {
		onAir(t, nil, func(t *testing.T, p *position) {
			p.Carrier(kind)
			until(t, 20*time.Second, "keyed and let go", func() bool { return len(p.key.calls()) == 2 })
			if on := p.key.at[1].Sub(p.key.at[0]); (on - CarrierTime).Abs() > 500*time.Millisecond {
				t.Errorf("on for %v", on)
			}
		})
	}
}

func TestTextBehindTheEndOfOverWaits(t *testing.T) {
	onAir(t, nil, func(t *testing.T, p *position) {
		p.Type("FIRST^rSECOND")
		p.Transmit(Network)
		until(t, 10*time.Second, "let go", func() bool { return len(p.key.calls()) == 2 && p.phase(Receiving)() })
		if got := p.onTheAir(t); got != "FIRST" {
			t.Errorf("on the air: %q", got)
		}
		if got := string(p.Snapshot().Transmit.Queue); got != "SECOND" {
			t.Errorf("waiting: %q", got)
		}
	})
}

func TestLinesAreWrappedBetweenWords(t *testing.T) {
	onAir(t, nil, func(t *testing.T, p *position) {
		words := strings.Repeat("ALPHA BRAVO CHARLIE W1AW ", 12)
		p.Send(Keyboard, words)
		until(t, time.Minute, "let go", func() bool { return len(p.key.calls()) == 2 })
		got := p.onTheAir(t)
		for _, line := range strings.Split(got, "\n") {
			if len(line) > lineLength {
				t.Errorf("a line of %d: %q", len(line), line)
			}
		}
		if strings.Join(strings.Fields(got), " ") != strings.TrimSpace(words) {
			t.Errorf("on the air: %q", got)
		}
	})
}

func TestNoWayToTransmitWithoutCallAndLeave(t *testing.T) {
	ways := map[string]func(*position) error{
		"transmit":       func(p *position) error { return p.Transmit(Keyboard) },
		"send":           func(p *position) error { return p.Send(Network, "CQ") },
		"carrier":        func(p *position) error { return p.Carrier(SteadyMark) },
		"ry":             func(p *position) error { return p.Carrier(SteadyRY) },
		"identification": func(p *position) error { return p.Identify() },
		"macro":          func(p *position) error { return p.Macro(Run, 0) },
	}
	for name, change := range map[string]func(*Config){
		"no call":      func(c *Config) { c.Operator.Call = "" },
		"no real call": func(c *Config) { c.Operator.Call = "TEST" },
		"not enabled":  func(c *Config) { c.Enabled = false },
		"no exciter":   func(c *Config) { c.Exciter = nil },
	} {
		onAir(t, change, func(t *testing.T, p *position) {
			for way, try := range ways {
				if err := try(p); err == nil {
					t.Errorf("%s: %s is allowed", name, way)
				}
			}
			p.Type("CQ^r")
			time.Sleep(time.Second)
			if len(p.key.calls()) > 0 {
				t.Errorf("%s: the key: %v", name, p.key.calls())
			}
		})
	}
}

func TestAnotherCallEndsTheOverOfTheOneBefore(t *testing.T) {
	onAir(t, nil, func(t *testing.T, p *position) {
		p.Transmit(Keyboard)
		until(t, time.Second, "sending", p.phase(Sending))
		p.SetOperator(Operator{Call: "oe1abc"})
		until(t, time.Second, "receiving", p.phase(Receiving))
		p.Identify()
		until(t, 10*time.Second, "let go", func() bool { return len(p.key.calls()) == 4 })
		if got := strings.TrimSpace(p.onTheAir(t)); got != "DE OE1ABC" {
			t.Errorf("on the air: %q", got)
		}
		p.SetOperator(Operator{})
		if err := p.Transmit(Keyboard); err == nil {
			t.Error("without a call it transmits")
		}
	})
}
