package station

import (
	"context"
	"math"
	"strings"
	"testing"
	"time"

	"rtty/modem"
	"rtty/rig"
	"rtty/rig/dial"
	"rtty/rig/guard"
)

// radioSet is a Transceiver with a dial, a mode switch and a second VFO.
type radioSet struct {
	keyLog
	mode   rig.Mode
	hz     float64   // of the receiving dial
	split  float64   // of the transmitting one, when it is another
	turned *rig.Mode // where the mode switch stands, and nobody has looked yet
	mute   error     // it does not answer
	ponder time.Duration
	events chan guard.Event
}

func (r *radioSet) State() rig.State {
	s := r.keyLog.State()
	r.mu.Lock()
	defer r.mu.Unlock()
	s.Mode, s.Frequency = r.mode, r.hz
	return s
}

func (r *radioSet) SetFrequency(_ context.Context, hz float64) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.note("dial")
	r.hz = hz
	return r.mute
}

func (r *radioSet) ReadTransmitFrequency(context.Context) (float64, error) {
	if r.split != 0 {
		return r.split, r.mute
	}
	return r.hz, r.mute
}

// Look is the first to see where the mode switch was turned to.
func (r *radioSet) Look(ctx context.Context) (rig.State, error) {
	select {
	case <-ctx.Done():
		return r.State(), ctx.Err()
	case <-time.After(r.ponder):
	}
	if r.turned != nil {
		r.mode = *r.turned
	}
	return r.State(), r.mute
}

func (r *radioSet) Events() <-chan guard.Event { return r.events }

// atTheRadio runs a test with a transceiver.
func atTheRadio(t *testing.T, r *radioSet, change func(*Config), do func(t *testing.T, p *position)) {
	t.Helper()
	onAir(t, func(c *Config) {
		c.Transceiver = r
		c.Radio.Region = 1
		if change != nil {
			change(c)
		}
	}, do)
}

var lsb, usb = rig.Mode{Kind: rig.LSB}, rig.Mode{Kind: rig.USB}

func TestAnOverStaysInsideTheBand(t *testing.T) {
	for _, c := range []struct {
		name   string
		radio  *radioSet
		change func(*Config)
		says   string // why it is refused; empty when it is not
	}{
		{"in the RTTY segment", &radioSet{mode: lsb, hz: 14_092_125}, nil, ""},
		{"beyond the band", &radioSet{mode: lsb, hz: 13_990_000}, nil, "band"},
		{"half of it beyond", &radioSet{mode: lsb, hz: 14_002_200}, nil, "band"},
		{"split beyond the band", &radioSet{mode: lsb, hz: 14_092_125, split: 13_990_000}, nil, "band"},
		{"split into the band", &radioSet{mode: lsb, hz: 13_990_000, split: 14_092_125}, nil, ""},
		{"beyond and meant", &radioSet{mode: lsb, hz: 13_990_000}, func(c *Config) { c.Radio.Override = true }, ""},
		{"not known where", &radioSet{}, nil, ""},
		{"the rig does not tell", &radioSet{mode: lsb, hz: 14_092_125, mute: rig.ErrGone}, nil, "asking the rig"},
		{"tones for a rig in FSK", &radioSet{mode: rig.Mode{Kind: rig.RTTY}, hz: 14_090_000}, nil, "FSK"},
		{"FSK for a rig on sideband", &radioSet{mode: lsb, hz: 14_092_125}, func(c *Config) { c.Radio.Method = dial.FSK }, "FSK"},
		{"a rig that was just turned to FSK", &radioSet{mode: lsb, hz: 14_092_125, turned: &rig.Mode{Kind: rig.RTTY}}, nil, "FSK"},
		{"a rig in CW", &radioSet{mode: rig.Mode{Kind: rig.Other, Name: "CW"}, hz: 14_090_000}, nil, "CW"},
	} {
		atTheRadio(t, c.radio, c.change, func(t *testing.T, p *position) {
			p.Send(Keyboard, "E")
			until(t, 20*time.Second, "done", func() bool {
				return p.phase(Receiving)() && (len(c.radio.calls()) == 2 || text(p.Events(0), Alarm) != "")
			})
			said := text(p.Events(0), Alarm)
			if c.says == "" && (said != "" || len(c.radio.calls()) != 2) {
				t.Errorf("%s: refused: %q", c.name, said)
			}
			if c.says != "" && (!strings.Contains(said, c.says) || len(c.radio.calls()) != 0) {
				t.Errorf("%s: the key: %v; said: %q", c.name, c.radio.calls(), said)
			}
		})
	}
}

// Whoever stops an over while the rig is asked about it wants nothing to be said.
func TestEscWhileTheRigIsAskedIsNoFault(t *testing.T) {
	r := &radioSet{mode: lsb, hz: 14_092_125, ponder: time.Minute}
	atTheRadio(t, r, nil, func(t *testing.T, p *position) {
		p.Send(Keyboard, "E")
		until(t, time.Second, "keying", p.phase(Keying))
		p.Stop("Esc")
		until(t, time.Second, "receiving", p.phase(Receiving))
		if said := text(p.Events(0), Alarm); said != "" || len(r.calls()) != 0 {
			t.Errorf("said %q, key %v", said, r.calls())
		}
	})
}

func TestBusySegmentsAreWarnedAboutOnce(t *testing.T) {
	r := &radioSet{mode: lsb, hz: 14_077_125} // mark at 14 075 kHz, among FT8
	atTheRadio(t, r, nil, func(t *testing.T, p *position) {
		for n := range 2 {
			p.Send(Keyboard, "E")
			until(t, 20*time.Second, "let go", func() bool { return len(r.calls()) == 2*n+2 && p.phase(Receiving)() })
		}
		if said := text(p.Events(0), Notice); strings.Count(said, "FT8") != 1 {
			t.Errorf("said: %q", said)
		}
	})
}

func TestTheRadioFrequencyOfMark(t *testing.T) {
	for _, c := range []struct {
		mode rig.Mode
		hz   float64
	}{{rig.Mode{Kind: rig.RTTY}, 14_080_000}, {lsb, 14_082_125}, {usb, 14_077_705}} {
		r := &radioSet{mode: c.mode, hz: c.hz}
		atTheRadio(t, r, nil, func(t *testing.T, p *position) {
			time.Sleep(time.Second) // the sideband follows the mode switch
			if got := p.Snapshot().Rig.MarkHz; math.Abs(got-14_080_000) > 0.5 {
				t.Errorf("mode %v, dial %.0f: mark at %.1f", c.mode.Kind, c.hz, got)
			}
		})
	}
}

// Where a recording was made the dial does not tell; what is sent goes out there.
func TestARecordingIsNotOnTheFrequencyOfTheDial(t *testing.T) {
	r := &radioSet{mode: lsb, hz: 14_082_125}
	file := func(c *Config) { c.Origin = File }
	atTheRadio(t, r, file, func(t *testing.T, p *position) {
		p.Tune(1000)
		p.Send(Keyboard, "E")
		until(t, 20*time.Second, "let go", func() bool { return len(r.calls()) == 2 && p.phase(Receiving)() })
		if got := p.Snapshot().Rig.MarkHz; got != 0 {
			t.Errorf("mark at %.0f Hz", got)
		}
		if err := p.Home(); err == nil || len(r.calls()) != 2 {
			t.Errorf("the dial is moved: %v", err)
		}
		for _, e := range p.Events(0) {
			if onAir := e.Kind == KeyDown || e.Kind == Sent; onAir != (e.MarkHz > 0) && e.Kind != KeyUp && e.Kind != Notice {
				t.Errorf("event of kind %d: mark at %.0f Hz", e.Kind, e.MarkHz)
			}
		}
	})
}

func TestTheOrderOfTonesFollowsTheModeSwitch(t *testing.T) {
	r := &radioSet{mode: usb, hz: 14_077_705}
	atTheRadio(t, r, nil, func(t *testing.T, p *position) {
		until(t, 5*time.Second, "turned over", func() bool { return p.Snapshot().Receive.Sideband == modem.USB })
		if s := p.Snapshot(); s.Receive.Signal.Mark != 2295 || s.Transmit.Signal.Mark != 2295 {
			t.Errorf("on the upper sideband mark is %g, transmitting %g", s.Receive.Signal.Mark, s.Transmit.Signal.Mark)
		}
	})
}

func TestHomeMovesTheDialNotTheSignal(t *testing.T) {
	r := &radioSet{mode: lsb, hz: 14_090_000}
	atTheRadio(t, r, nil, func(t *testing.T, p *position) {
		p.Tune(1000)
		radio := p.Snapshot().Rig.MarkHz
		if err := p.Home(); err != nil {
			t.Fatal(err)
		}
		until(t, 5*time.Second, "home", func() bool { return p.Snapshot().Receive.Signal.Mark == 2125 })
		if got := p.Snapshot().Rig.MarkHz; math.Abs(got-radio) > 0.5 {
			t.Errorf("mark was at %.0f and is at %.0f", radio, got)
		}
	})
	atTheRadio(t, &radioSet{mode: lsb, hz: 14_090_000}, nil, func(t *testing.T, p *position) {
		p.SetSignal(ham.MovedTo(1000)) // as a search does
		if err := p.Home(); err != nil {
			t.Fatal(err)
		}
		until(t, 5*time.Second, "home", func() bool { return p.Snapshot().Receive.Signal == ham })
	})
	onAir(t, nil, func(t *testing.T, p *position) {
		if err := p.Home(); err == nil {
			t.Error("a rig without dial is moved")
		}
	})
}

func TestWhatTheGuardReportsReachesTheOperator(t *testing.T) {
	r := &radioSet{}
	listen := func(*Config) { r.events = make(chan guard.Event) }
	atTheRadio(t, r, listen, func(t *testing.T, p *position) {
		r.events <- guard.Event{Kind: guard.Doubt, Reason: "no answer"}
		until(t, time.Second, "alarmed", func() bool { return p.Snapshot().Rig.Alarm == "the rig may still be keyed: no answer" })
		if said := text(p.Events(0), Alarm); !strings.Contains(said, "may still be keyed") {
			t.Errorf("said: %q", said)
		}
		r.events <- guard.Event{Kind: guard.KeyUp}
		until(t, time.Second, "calm", func() bool { return p.Snapshot().Rig.Alarm == "" })
	})
}

func TestWhyTheGuardHasLetGoIsTold(t *testing.T) {
	r := &radioSet{mode: lsb, hz: 14_092_125}
	listen := func(*Config) { r.events = make(chan guard.Event) }
	atTheRadio(t, r, listen, func(t *testing.T, p *position) {
		p.Send(Keyboard, strings.Repeat("A LONG TEXT ", 20))
		until(t, time.Second, "sending", p.phase(Sending))
		r.lose("")
		r.events <- guard.Event{Kind: guard.KeyUp, Reason: "the modem stopped feeding the transmitter"}
		until(t, time.Second, "receiving", p.phase(Receiving))
		const want = "transmission ended: the transmitter was let go: the modem stopped feeding the transmitter"
		if said := text(p.Events(0), Alarm); said != want {
			t.Errorf("said: %q", said)
		}
	})
}
