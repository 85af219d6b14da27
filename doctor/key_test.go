package doctor

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rtty/rig"
	"rtty/rig/guard"
)

// A transceiver counts how often it was told to key.
type transceiver struct {
	mu     sync.Mutex
	on     bool
	keyed  int
	since  time.Time
	held   time.Duration
	sticks bool  // does not let go
	deaf   bool  // does not key
	quits  bool  // is told by its own timer to let go at once
	gone   error // what opening it ends with
	mute   bool  // tells nothing
	hz     float64
}

func (x *transceiver) SetPTT(on bool) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	switch {
	case on && !x.on:
		x.keyed++
		x.on, x.since = !x.deaf, time.Now()
	case !on && x.on && !x.sticks:
		x.on, x.held = false, time.Since(x.since)
	}
	return nil
}

func (x *transceiver) Close() error { return x.SetPTT(false) }

// talking is a transceiver that can be asked.
type talking struct{ *transceiver }

func (x talking) PTT() (bool, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.on, nil
}

func (x talking) Alive() error {
	if x.quits {
		return errors.New("the rig has stopped transmitting")
	}
	return nil
}

func (x talking) Frequency() (float64, error)         { return x.hz, nil }
func (x talking) SetFrequency(float64) error          { return errors.New("the dial was turned") }
func (x talking) TransmitFrequency() (float64, error) { return x.hz, nil }
func (x talking) SetMode(rig.Mode) error              { return errors.New("the mode was set") }

func (x talking) Mode() (rig.Mode, error) {
	return rig.Mode{Kind: rig.LSB, Name: "PKTLSB", Data: true, Filter: 2400}, nil
}

// at is a rig that leads to a transceiver.
func (x *transceiver) at(c *Checkup) {
	c.Rig = func() (Rig, error) {
		client, err := guard.Local(rig.Config{Kind: rig.Rigctld}, func(rig.Config) (rig.Link, error) {
			switch {
			case x.gone != nil:
				return nil, x.gone
			case x.mute:
				return x, nil
			}
			return talking{x}, nil
		})
		if err != nil {
			return nil, err
		}
		return client, nil
	}
}

// examined is what is found at a transceiver.
func examined(t *testing.T, x *transceiver, change func(*Checkup)) (got string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		c := healthy(t)
		x.at(c)
		if x.hz == 0 {
			x.hz = 14_092_125
		}
		if change != nil {
			change(c)
		}
		got = only(c.rig)
		time.Sleep(time.Minute) // a guard that has something left to do does it
	})
	return got
}

func yes(string) bool { return true }

func asking(answer func(string) bool) func(*Checkup) { return func(c *Checkup) { c.Ask = answer } }

func TestLookingNeverKeys(t *testing.T) {
	unasked := func(string) bool { t.Error("asked"); return true }
	for name, c := range map[string]struct {
		hz     float64
		change func(*Checkup)
		last   string
	}{
		"nobody to ask": {0, nil, "ok: the rig reports that it is not keyed"},
		"no":            {0, asking(func(string) bool { return false }), "note: the key was not tried, since the answer was not yes"},
		"no call":       {0, func(c *Checkup) { c.Ask, c.Config.Station.Callsign = unasked, "" }, "note: the key was not tried: receive only"},
		"no real call":  {0, func(c *Checkup) { c.Ask, c.Config.Station.Callsign = unasked, "TEST" }, "note: the key was not tried: receive only"},
		"not enabled":   {0, func(c *Checkup) { c.Ask, c.Config.Transmit.Enabled = unasked, false }, "note: the key was not tried: receive only"},
		"outside":       {13_900_000, asking(unasked), "note: the key was not tried: "},
	} {
		t.Run(name, func(t *testing.T) {
			x := &transceiver{hz: c.hz}
			got := examined(t, x, c.change)
			if x.keyed > 0 {
				t.Errorf("keyed %d times", x.keyed)
			}
			if !strings.Contains(got, c.last) {
				t.Errorf("no %q in\n%s", c.last, got)
			}
		})
	}
}

func TestTheKeyIsTriedForAMomentAndTimed(t *testing.T) {
	asked := ""
	x := &transceiver{}
	got := examined(t, x, asking(func(question string) bool { asked = question; return true }))
	want(t, got,
		"ok: the rig is on 14092.125 kHz in PKTLSB",
		"ok: the tones are right for PKTLSB",
		"ok: the rig reports that it is not keyed",
		"ok: the rig keys, and reports it 0 ms after the command; it lets go, and reports that after 0 ms")
	if !strings.Contains(asked, "dummy load") || !strings.Contains(asked, "rigctld") {
		t.Errorf("asked %q", asked)
	}
	if x.keyed != 1 || x.held < holding || x.held > holding+100*time.Millisecond || x.on {
		t.Errorf("keyed %d times, %v, still on: %v", x.keyed, x.held, x.on)
	}
}

func TestARigThatCantBeAskedIsBelievedAndThatIsSaid(t *testing.T) {
	x := &transceiver{mute: true}
	want(t, examined(t, x, asking(yes)),
		"note: rigctld is there, but tells neither frequency nor mode",
		"note: the tones are right for a receiver on lsb",
		"note: the rig can't be asked whether it is keyed",
		"note: the command to key was given within 0 ms")
	if x.keyed != 1 || x.on {
		t.Errorf("keyed %d times, still on: %v", x.keyed, x.on)
	}
}

func TestWhatTheTrialOfTheKeyFinds(t *testing.T) {
	deaf := &transceiver{deaf: true}
	if got := examined(t, deaf, asking(yes)); !strings.Contains(got, "fault: the transmitter can't be keyed: ") || !strings.Contains(got, "does not transmit") {
		t.Errorf("a rig that does not key: %s", got)
	}
	quits := &transceiver{quits: true}
	if got := examined(t, quits, asking(yes)); !strings.Contains(got, "fault: the transmitter was let go after ") || !strings.Contains(got, "held for 500: the rig has stopped transmitting") {
		t.Errorf("a rig that lets go by itself: %s", got)
	}
	interrupted := &transceiver{}
	synctest.Test(t, func(t *testing.T) {
		c := healthy(t)
		interrupted.hz = 14_092_125
		interrupted.at(c)
		c.Ask = yes
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(200*time.Millisecond, cancel)
		var last Finding
		c.rig(ctx, reporter{"rig", func(f Finding) { last = f }})
		if last.Check != "ptt" || !strings.Contains(last.Text, "interrupted") {
			t.Errorf("found %+v", last)
		}
	})
	if interrupted.keyed != 1 || interrupted.on || interrupted.held > 300*time.Millisecond {
		t.Errorf("interrupted: keyed %d times for %v, still on: %v", interrupted.keyed, interrupted.held, interrupted.on)
	}
}

// Without a word from the rig nothing can be known, and nothing is said but that.
func TestARigThatDoesNotAnswerIsAFault(t *testing.T) {
	x := &transceiver{gone: errors.New("connection refused")}
	want(t, examined(t, x, asking(yes)), "fault: rigctld does not answer: connection refused")
}

func TestARigThatSticksIsAnAlarm(t *testing.T) {
	x := &transceiver{sticks: true}
	got := examined(t, x, func(c *Checkup) {
		c.Ask = func(string) bool {
			// The rig is repaired long after it was given up, so that the guard can end.
			time.AfterFunc(20*time.Second, func() {
				x.mu.Lock()
				defer x.mu.Unlock()
				x.sticks = false
			})
			return true
		}
	})
	if !strings.Contains(got, "fault: the transmitter may still be keyed: ") || !strings.Contains(got, "switch it off now") {
		t.Errorf("found\n%s", got)
	}
}

func TestStationsWithoutAKeyAreToldSo(t *testing.T) {
	for kind, line := range map[string]string{
		"none": "note: no rig is configured",
		"vox":  "note: the transmitter keys itself by VOX",
	} {
		c := healthy(t)
		c.Config.Rig.Kind, c.Ask = kind, func(string) bool { t.Error("asked"); return true }
		c.Rig = func() (Rig, error) { t.Error("linked"); return nil, errors.New("none") }
		want(t, only(c.rig), line, "note: the tones are right for a receiver on lsb")
	}
	c := healthy(t)
	c.Rig = func() (Rig, error) { return nil, (rig.Config{Kind: rig.RTS}).Validate() }
	want(t, only(c.rig), "fault: rig port: rts needs the serial port")
}

// A checkup tells its findings in one order, each by its check.
func TestAHealthyStation(t *testing.T) {
	x := &transceiver{hz: 14_092_125}
	var lines []string
	synctest.Test(t, func(t *testing.T) {
		c := healthy(t)
		x.at(c)
		c.Run(t.Context(), func(f Finding) {
			if f.Level != OK {
				t.Errorf("%+v", f)
			}
			lines = append(lines, f.Check)
		})
	})
	const order = "config, transmit, transmit, sound input, sound output, rig, polarity, rig, clock, log"
	if got := strings.Join(lines, ", "); got != order {
		t.Errorf("%s\nwant %s", got, order)
	}
	if x.keyed > 0 {
		t.Errorf("keyed %d times", x.keyed)
	}
}
