package station

import (
	"strings"
	"testing"
	"time"
)

// identified are the times at which the own call had been sent.
func (p *position) identified() []time.Time {
	var times []time.Time
	var sent strings.Builder
	for _, e := range p.Events(0) {
		if e.Kind != Sent {
			continue
		}
		before := strings.Count(sent.String(), "W1AW")
		sent.WriteString(e.Text)
		if strings.Count(sent.String(), "W1AW") > before {
			times = append(times, e.At)
		}
	}
	return times
}

// held checks that no ten minutes of operating pass without the own call.
func (p *position) held(t *testing.T, first, last time.Time) {
	t.Helper()
	for _, at := range append(p.identified(), last) {
		if gap := at.Sub(first); gap > identEvery {
			t.Errorf("%v without the own call, from %v", gap, first)
		}
		first = at
	}
}

func TestALongOverIdentifiesItself(t *testing.T) {
	if testing.Short() {
		t.Skip("25 minutes of audio are made, three times")
	}
	for _, words := range []string{"WORDS AND WORDS ", "ONEVERYLONGWORDWITHOUTANYSPACEATALL", ""} {
		onAir(t, nil, func(t *testing.T, p *position) {
			began := time.Now()
			p.Transmit(Keyboard)
			for time.Since(began) < 25*time.Minute {
				p.Type(words)
				time.Sleep(4 * time.Second)
			}
			p.Stop("enough")
			until(t, time.Second, "receiving", p.phase(Receiving))
			if words == "" {
				return // an operator who types nothing was sent back to receive long ago
			}
			p.held(t, began, time.Now())
			if n := len(p.identified()); n < 2 || n > 3 {
				t.Errorf("%q: the own call was sent %d times in 25 minutes", words, n)
			}
			if got := p.onTheAir(t); words[0] == 'W' && strings.Contains(strings.ReplaceAll(got, "DE W1AW", ""), "W1AW") {
				t.Errorf("the own call without DE: %q", got)
			}
		})
	}
}

func TestOversIdentifyWhenTheyMust(t *testing.T) {
	onAir(t, nil, func(t *testing.T, p *position) {
		began := time.Now()
		for time.Since(began) < 40*time.Minute {
			p.Send(Keyboard, "JUST A FEW WORDS IN THIS OVER")
			time.Sleep(2 * time.Minute)
		}
		p.held(t, began, time.Now().Add(-2*time.Minute))
		if n := len(p.identified()); n < 3 || n > 7 {
			t.Errorf("the own call was sent %d times in 40 minutes", n)
		}
	})
}

func TestTheOwnCallInTheTextIsEnough(t *testing.T) {
	onAir(t, nil, func(t *testing.T, p *position) {
		for range 12 {
			p.Send(Keyboard, "G3XYZ DE W1AW FINE K")
			time.Sleep(3 * time.Minute)
		}
		if n := len(p.identified()); n != 12 {
			t.Errorf("the own call was sent %d times in 12 overs", n)
		}
	})
}

func TestACallCutShortDoesNotCount(t *testing.T) {
	onAir(t, nil, func(t *testing.T, p *position) {
		p.Send(Keyboard, "DE W1AW")
		until(t, 5*time.Second, "W1A is on the air", func() bool { return strings.HasSuffix(text(p.Events(0), Sent), "W1A") })
		p.Stop("Esc")
		until(t, time.Second, "receiving", p.phase(Receiving))
		if id := p.Snapshot().Transmit.ID; !id.Running {
			t.Error("nothing is owed after half a call")
		}
	})
	onAir(t, nil, func(t *testing.T, p *position) {
		p.Send(Keyboard, "DE W1AWX")
		until(t, 10*time.Second, "let go", func() bool { return len(p.key.calls()) == 2 && p.phase(Receiving)() })
		if id := p.Snapshot().Transmit.ID; !id.Running {
			t.Error("another station's call counts as the own one")
		}
	})
}

func TestAContactEndsWithTheOwnCall(t *testing.T) {
	for text, want := range map[string]string{
		"TNX FER QSO 73":          "TNX FER QSO 73 DE W1AW",
		"TNX 73 G3XYZ DE W1AW SK": "TNX 73 G3XYZ DE W1AW SK",
		"JUST A FEW WORDS":        "JUST A FEW WORDS",
		"W1AW/P SAYS 73":          "W1AW/P SAYS 73",
	} {
		onAir(t, nil, func(t *testing.T, p *position) {
			p.Send(Keyboard, text)
			until(t, 20*time.Second, "let go", func() bool { return len(p.key.calls()) == 2 })
			if got := p.onTheAir(t); got != want {
				t.Errorf("%q goes out as %q", text, got)
			}
			if owed := p.Snapshot().Transmit.ID.Running; owed != !strings.Contains(want, "W1AW") {
				t.Errorf("%q: the own call is owed: %v", text, owed)
			}
		})
	}
}

func TestIdentificationNeverKeysByItself(t *testing.T) {
	onAir(t, nil, func(t *testing.T, p *position) {
		p.Send(Keyboard, "NO CALL")
		until(t, 10*time.Second, "let go", func() bool { return len(p.key.calls()) == 2 })
		time.Sleep(9*time.Minute + 30*time.Second)
		if id := p.Snapshot().Transmit.ID; !id.Due {
			t.Error("not due after nine and a half minutes")
		}
		if said := text(p.Events(0), Notice); strings.Count(said, "the own call is due") != 1 {
			t.Errorf("said: %q", said)
		}
		time.Sleep(20 * time.Minute)
		if len(p.key.calls()) != 2 {
			t.Errorf("the key: %v", p.key.calls())
		}
		p.Send(Keyboard, "HERE AGAIN")
		until(t, 20*time.Second, "let go", func() bool { return len(p.key.calls()) == 4 })
		if got := p.onTheAir(t); got != "DE W1AW HERE AGAIN" {
			t.Errorf("the next over: %q", got)
		}
	})
}

func TestPortableAndSmallLettersIdentify(t *testing.T) {
	for _, c := range []struct{ call, typed, want string }{
		{"w1aw", "73 de w1aw", "73 DE W1AW"},
		{"W1AW", "73 de w1aw/p sk", "73 DE W1AW/P SK"},
		{"W1AW", "73 de dl/w1aw", "73 DE DL/W1AW"},
		{"W1AW", "73 de w1awx", "73 DE W1AWX DE W1AW"},
		{"w1aw/p", "73", "73 DE W1AW/P"},
		{"W1AW/P", "73 de w1aw", "73 DE W1AW DE W1AW/P"},
		{"W1AW/P", "73 de w1aw/p", "73 DE W1AW/P"},
	} {
		onAir(t, func(o *Config) { o.Operator.Call = c.call }, func(t *testing.T, p *position) {
			p.Send(Keyboard, c.typed)
			until(t, 20*time.Second, "let go", func() bool { return len(p.key.calls()) == 2 && p.phase(Receiving)() })
			if got := p.onTheAir(t); got != c.want {
				t.Errorf("%s: %q goes as %q, want %q", c.call, c.typed, got, c.want)
			}
			if id := p.Snapshot().Transmit.ID; id.Running {
				t.Errorf("%s: %q does not identify", c.call, c.typed)
			}
		})
	}
}
