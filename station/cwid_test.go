package station

import (
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"rtty/audio"
	"rtty/modem"
)

// inMorse is the sound of a text.
func inMorse(t *testing.T, text string, c modem.MorseConfig) []float32 {
	t.Helper()
	c.Rate, c.Pause = AudioRate, cwPause
	m, err := modem.NewMorse(text, c)
	if err != nil {
		t.Fatal(err)
	}
	samples := make([]float32, 2*samplesIn(m.Duration()))
	n, err := m.Read(samples)
	if err != nil && err != io.EOF {
		t.Fatal(err)
	}
	return samples[:n]
}

// endsWith tells whether the last sound of an over is this.
func (p *position) endsWith(samples []float32) bool {
	_, found := p.before(samples)
	return found
}

// before is an over without the sound that it ends with.
func (p *position) before(end []float32) (rest []float32, found bool) {
	taken := p.speaker.taken
	split := len(taken) - len(end)
	if split < 0 || !slices.Equal(taken[split:], end) {
		return taken, false
	}
	return taken[:split], true
}

func cw(c CWID) func(*Config) { return func(all *Config) { all.Ident.CW = c } }

func (p *position) over() func() bool {
	n := len(p.key.calls())
	return func() bool { return len(p.key.calls()) == n+2 && p.phase(Receiving)() }
}

func TestTheCallIsSentInMorseCodeOnRequest(t *testing.T) {
	onAir(t, cw(CWID{When: CWOnRequest}), func(t *testing.T, p *position) {
		over := p.over()
		p.Identify()
		until(t, 30*time.Second, "sent", over)
		tail := p.key.at[1].Sub(p.speaker.start.Add(duration(int64(len(p.speaker.taken)))))
		if tail < 45*time.Millisecond || tail > 80*time.Millisecond {
			t.Errorf("let go %v after the last sound, want 50 ms", tail)
		}
		found := false
		p.speaker.taken, found = p.before(inMorse(t, "DE W1AW", modem.MorseConfig{WPM: 18, Tone: ham.Mark, Level: modem.DefaultLevel}))
		if !found {
			t.Error("the over does not end with the call in Morse code")
		}
		if got := strings.TrimSpace(p.onTheAir(t)); got != "DE W1AW" {
			t.Errorf("on the air: %q", got)
		}
		if !strings.Contains(text(p.Events(0), Notice), "in Morse code: DE W1AW") {
			t.Error("nothing is said")
		}

		over = p.over()
		p.Send(Keyboard, "NO REQUEST")
		until(t, 30*time.Second, "sent", over)
		if got := p.key.at[3].Sub(p.key.at[2]); got > 5*time.Second {
			t.Errorf("an over without Morse code takes %v", got)
		}
	})
}

func TestARequestInARunningOverIsSentAtItsEnd(t *testing.T) {
	onAir(t, cw(CWID{When: CWOnRequest, WPM: 20, Tone: 800, Level: -20}), func(t *testing.T, p *position) {
		over := p.over()
		p.Type("FIRST ")
		p.Transmit(Keyboard)
		until(t, time.Second, "sending", p.phase(Sending))
		p.Identify()
		p.Type("LAST")
		p.ReceiveWhenSent()
		until(t, 30*time.Second, "sent", over)
		found := false
		p.speaker.taken, found = p.before(inMorse(t, "DE W1AW", modem.MorseConfig{WPM: 20, Tone: 800, Level: -20}))
		if !found {
			t.Error("the over does not end with the call in Morse code")
		}
		if got := p.onTheAir(t); got != "FIRST DE W1AW LAST" {
			t.Errorf("on the air: %q", got)
		}
	})
}

func TestEveryOverEndsInMorseCodeIfItIsToAndIsNotStopped(t *testing.T) {
	onAir(t, cw(CWID{When: CWAfterOver}), func(t *testing.T, p *position) {
		morse := inMorse(t, "DE W1AW", modem.MorseConfig{WPM: 18, Tone: ham.Mark, Level: modem.DefaultLevel})
		for range 2 {
			over := p.over()
			p.Send(MacroKey, "CQ")
			until(t, 30*time.Second, "sent", over)
			if !p.endsWith(morse) {
				t.Error("the over does not end with the call in Morse code")
			}
		}
		for _, after := range []time.Duration{
			time.Second,     // in the text
			5 * time.Second, // in the Morse code
		} {
			p.ClearQueue()
			p.Send(Keyboard, "STOPPED")
			until(t, time.Second, "sending", p.phase(Sending))
			time.Sleep(after)
			p.Stop("Esc")
			if took := until(t, time.Second, "let go", func() bool { return !p.key.isKeyed() }); took > 300*time.Millisecond {
				t.Errorf("let go %v after Esc", took)
			}
			until(t, time.Second, "receiving", p.phase(Receiving))
			if p.endsWith(morse) {
				t.Errorf("stopped after %v, and nevertheless all is sent", after)
			}
			if last := p.speaker.taken[len(p.speaker.taken)-1]; last > 0.01 || last < -0.01 {
				t.Errorf("stopped after %v: the sound ends at %g, not faded", after, last)
			}
		}
		over := p.over()
		p.Carrier(SteadyMark)
		until(t, 30*time.Second, "sent", over)
		if on := p.key.at[len(p.key.at)-1].Sub(p.key.at[len(p.key.at)-2]); on > CarrierTime+time.Second {
			t.Errorf("the carrier was on for %v", on)
		}
	})
}

func TestMorseCodeIdentifies(t *testing.T) {
	onAir(t, cw(CWID{When: CWAfterOver}), func(t *testing.T, p *position) {
		over := p.over()
		p.Send(Keyboard, "NO CALL HERE")
		until(t, 30*time.Second, "sent", over)
		if id := p.Snapshot().Transmit.ID; id.Running {
			t.Errorf("the call is still owed: %+v", id)
		}
		p.Send(Keyboard, "STOPPED IN THE CODE")
		until(t, time.Second, "sending", p.phase(Sending))
		until(t, 30*time.Second, "Morse code", func() bool {
			return strings.Count(text(p.Events(0), Notice), "in Morse code") == 2
		})
		time.Sleep(time.Second)
		p.Stop("Esc")
		until(t, time.Second, "receiving", p.phase(Receiving))
		if id := p.Snapshot().Transmit.ID; !id.Running {
			t.Error("the call counts as sent, but was cut short")
		}
	})
}

// hard is an exciter without tones.
type hard struct{ Exciter }

func TestMorseCodeIsRefusedWhereItCantBeKeyed(t *testing.T) {
	afsk := NewAFSK(func() (audio.Sink, error) { return &speaker{}, nil }, modem.TransmitterConfig{})
	for want, c := range map[string]Config{
		"needs a tone to key":   {Exciter: hard{afsk}, Ident: Identification{CW: CWID{When: CWAfterOver}}},
		"25 words per minute":   {Exciter: afsk, Ident: Identification{CW: CWID{When: CWAfterOver, WPM: 25}}},
		"tone 20 Hz":            {Exciter: afsk, Ident: Identification{CW: CWID{When: CWOnRequest, Tone: 20}}},
		"level -90 dBFS: must ": {Exciter: afsk, Ident: Identification{CW: CWID{When: CWOnRequest, Level: -90}}},
	} {
		c.Input = deadBand(make(chan struct{}))
		if _, err := New(c); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	if _, err := New(Config{Input: deadBand(make(chan struct{})), Exciter: hard{afsk}}); err != nil {
		t.Errorf("without Morse code: %v", err)
	}
}

func TestCWWhenIsReadAsConfigured(t *testing.T) {
	for name, want := range map[string]CWWhen{"off": CWNever, "request": CWOnRequest, "over": CWAfterOver} {
		if got, err := ParseCWWhen(name); err != nil || got != want {
			t.Errorf("%s: %d, %v", name, got, err)
		}
	}
	if _, err := ParseCWWhen("always"); err == nil {
		t.Error("always is taken")
	}
}
