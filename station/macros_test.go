package station

import (
	"strings"
	"testing"
	"time"

	"rtty/macro"
)

// withMacros gives an operating position a bank of messages.
func withMacros(kept *[]macro.Serial, lines ...string) func(*Config) {
	return func(c *Config) {
		set, err := macro.Lines(lines, nil, true)
		if err != nil {
			panic(err)
		}
		c.Messages = Messages{Set: set, Exchange: "#", Keep: func(s macro.Serial) { *kept = append(*kept, s) }}
	}
}

// sendMacro sends a macro and waits until it is over.
func (p *position) sendMacro(t *testing.T, index int) string {
	t.Helper()
	before := len(p.key.calls())
	if err := p.Macro(Run, index); err != nil {
		t.Fatal(err)
	}
	until(t, 30*time.Second, "let go", func() bool { return len(p.key.calls()) == before+2 && p.phase(Receiving)() })
	return p.onTheAir(t)
}

func TestContestMacrosKeepASerialForAStation(t *testing.T) {
	var kept []macro.Serial
	onAir(t, withMacros(&kept, "Exch,! 5NN {EXCH}", "TU,! TU {MYCALL}"), func(t *testing.T, p *position) {
		if err := p.Macro(Run, 0); err == nil {
			t.Fatal("a report goes to nobody")
		}
		p.TakeCall("G3XYZ")
		if got := p.sendMacro(t, 0); got != "\nG3XYZ 599 001 " {
			t.Errorf("on the air: %q", got)
		}
		if got := p.sendMacro(t, 0); got != "\nG3XYZ 599 001 " {
			t.Errorf("sent again: %q", got)
		}
		p.TakeCall("DL1ABC")
		if got := p.sendMacro(t, 0); got != "\nDL1ABC 599 002 " {
			t.Errorf("to the next station: %q", got)
		}
		if len(kept) == 0 || kept[len(kept)-1].Last != 2 {
			t.Errorf("kept: %+v", kept)
		}
	})
}

func TestASerialThatWasNotSentIsNotUsedUp(t *testing.T) {
	var kept []macro.Serial
	onAir(t, withMacros(&kept, "Exch,! 5NN {EXCH}"), func(t *testing.T, p *position) {
		p.TakeCall("G3XYZ")
		p.Macro(Run, 0)
		until(t, 10*time.Second, "begun", func() bool { return strings.Contains(text(p.Events(0), Sent), "G3") })
		p.Stop("Esc")
		until(t, time.Second, "receiving", p.phase(Receiving))
		p.ClearQueue()
		p.TakeCall("DL1ABC")
		if got := p.sendMacro(t, 0); got != "\nDL1ABC 599 001 " {
			t.Errorf("on the air: %q", got)
		}
	})
}

// The macro after one that was stopped is not to begin with what that had left;
// what was typed is not thrown away.
func TestAStoppedMacroLeavesNothing(t *testing.T) {
	var kept []macro.Serial
	long := "CQ," + strings.Repeat("CQ TEST {MYCALL} ", 5)
	onAir(t, withMacros(&kept, long, "QRZ,QRZ? {MYCALL}"), func(t *testing.T, p *position) {
		begun := func() bool { return strings.Contains(text(p.Events(0), Sent), "CQ TEST") }
		p.Macro(Run, 0)
		until(t, 10*time.Second, "begun", begun)
		p.Type("TYPED ")
		p.Stop("Esc")
		if err := p.Macro(Run, 1); err != nil { // before the over has ended
			t.Fatal(err)
		}
		until(t, 30*time.Second, "both overs", func() bool { return len(p.key.calls()) == 4 && p.phase(Receiving)() })
		got := p.onTheAir(t)
		if _, after, found := strings.Cut(got, "TYPED "); !found || after != "\nQRZ? W1AW " {
			t.Errorf("after the typed text came %q, all was %q", after, got)
		}
		if strings.Count(got, "CQ TEST") > 3 {
			t.Errorf("the rest of the macro was sent: %q", got)
		}
	})
}

func TestTheRestOfATextIsDropped(t *testing.T) {
	for _, c := range []struct{ waits, text, want string }{
		{"DE W1AW QRZ", "CQ DE W1AW ", "QRZ"},
		{"CQ DE W1AW QRZ", "CQ DE W1AW ", "QRZ"},
		{"QRZ", "CQ DE W1AW ", "QRZ"},
		{"TYPED DE W1AW ", "CQ DE W1AW ", "TYPED DE W1AW "},
		{"W", "CQ DE W1AW ", "W"},
		{"A\n", "BA\r\n", ""},
		{"", "CQ", ""},
		{"CQ", "", "CQ"},
	} {
		q := new(queue)
		q.Put(c.waits)
		q.DropRest(c.text)
		if got := string(q.Runes()); got != c.want {
			t.Errorf("of %q, after %q, %q is left, not %q", c.waits, c.text, got, c.want)
		}
	}
}

func TestAMacroHoldsTheTransmitterWhenItSaysSo(t *testing.T) {
	var kept []macro.Serial
	onAir(t, withMacros(&kept, "Call,! DE {MYCALL}{TX}"), func(t *testing.T, p *position) {
		p.TakeCall("G3XYZ")
		p.Macro(Run, 0)
		until(t, 20*time.Second, "diddling", func() bool { return p.Snapshot().Transmit.Diddling })
		time.Sleep(5 * time.Second)
		if !p.key.isKeyed() {
			t.Error("back to receive")
		}
		p.ReceiveWhenSent()
		until(t, time.Second, "receiving", p.phase(Receiving))
	})
}

// An over is held by a message with {TX}; one without tokens is a piece of it, and
// one with {RX} its end.
func TestAHeldOverGoesOnUntilAMessageEndsIt(t *testing.T) {
	for _, end := range []string{"Back,BTU {CALL} KN{RX}", "End,{RX}"} {
		var kept []macro.Serial
		onAir(t, withMacros(&kept, "Over,{CALL} DE {MYCALL}{TX}", "Name,OP EVA", end), func(t *testing.T, p *position) {
			p.TakeCall("G3XYZ")
			diddling := func() bool { return p.Snapshot().Transmit.Diddling }
			for key := range 2 {
				if err := p.Macro(Run, key); err != nil {
					t.Fatal(err)
				}
				until(t, 20*time.Second, "sending", func() bool { return !diddling() })
				until(t, 20*time.Second, "diddling", diddling)
				time.Sleep(5 * time.Second)
				if !p.key.isKeyed() || !p.Snapshot().Transmit.Hold {
					t.Errorf("after the message on F%d it is no longer held", key+1)
				}
			}
			if err := p.Macro(Run, 2); err != nil {
				t.Fatal(err)
			}
			until(t, 20*time.Second, "receiving", p.phase(Receiving))
			if got := text(p.Events(0), Sent); !strings.Contains(got, "OP EVA") || strings.Contains(end, "BTU") != strings.Contains(got, "BTU") {
				t.Errorf("sent %q", got)
			}
		})
	}
}

func TestMacrosAreListedWithTheirKeys(t *testing.T) {
	var kept []macro.Serial
	onAir(t, withMacros(&kept, "One,1", "Free,-", "Three,3"), func(t *testing.T, p *position) {
		got := p.Macros()
		if len(got) != 2 || got[0] != (MacroLabel{Run, 0, "One"}) || got[1] != (MacroLabel{Run, 2, "Three"}) {
			t.Errorf("listed: %+v", got)
		}
		for _, index := range []int{-1, 1, 12} {
			if err := p.Macro(Run, index); err == nil {
				t.Errorf("a macro is sent from key %d", index)
			}
		}
	})
}

func TestASerialThatIsSentWithTheNextOverIsUsedUp(t *testing.T) {
	var kept []macro.Serial
	onAir(t, withMacros(&kept, "Exch,! 5NN {EXCH}"), func(t *testing.T, p *position) {
		p.TakeCall("G3XYZ")
		p.Macro(Run, 0)
		until(t, 10*time.Second, "begun", func() bool { return strings.Contains(text(p.Events(0), Sent), "G3") })
		p.speaker.stall.Store(true)
		until(t, 5*time.Second, "receiving", p.phase(Receiving))
		p.Transmit(Keyboard)
		p.ReceiveWhenSent()
		until(t, 10*time.Second, "the rest is sent", func() bool { return len(p.key.calls()) == 4 && p.phase(Receiving)() })
		p.TakeCall("DL1ABC")
		if got := p.sendMacro(t, 0); got != "\nDL1ABC 599 002 " {
			t.Errorf("on the air: %q", got)
		}
	})
}
