package ui

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"rtty/modem"
	"rtty/station"
)

// key makes the station send.
func (s *testScreen) key() {
	s.f.change(func(p *station.Snapshot) { p.Transmit.Phase = station.Sending })
}

func TestEscStopsFirstAndClosesThen(t *testing.T) {
	for name, open := range map[string]string{
		"nothing": "", "menu": "ctrl+g", "help": "ctrl+g ?", "settings": "ctrl+g o", "a value": "ctrl+g o enter",
		"messages": "ctrl+g j", "search": "ctrl+f x", "contact": "ctrl+g k",
	} {
		s := newScreen(t, 80, 24, Options{})
		s.press(open)
		s.f.asked = nil
		s.key() // the screen has not read it yet
		s.press("esc")
		s.asks(t, "Stop Esc")
		if open != "" && s.panel == nil && s.search == nil {
			t.Errorf("%s: Esc stopped and closed at once", name)
		}
		s.press("esc esc")
		if s.panel != nil || s.search != nil {
			t.Errorf("%s: Esc does not close it", name)
		}
		s.asks(t, "Stop Esc", "Stop Esc")
	}
}

func TestQuittingWhileSendingStopsAndAsks(t *testing.T) {
	s := newScreen(t, 80, 24, Options{})
	s.key()
	if _, cmd := s.Update(keyPress("ctrl+c")); cmd != nil {
		t.Error("Ctrl-C while sending quits at once")
	}
	s.asks(t, "Stop quit")
	s.wants(t, "Sending was stopped. Quit?")
	s.press("x n")
	if s.ask != nil {
		t.Error("n does not answer the question")
	}
	s.key()
	s.press("ctrl+g q")
	if _, cmd := s.Update(keyPress("y")); cmd == nil || cmd() != tea.Quit() {
		t.Error("y does not quit")
	}
	s = newScreen(t, 80, 24, Options{})
	if _, cmd := s.Update(keyPress("ctrl+c")); cmd == nil || cmd() != tea.Quit() {
		t.Error("Ctrl-C while receiving does not quit")
	}
}

func TestTransmittingIsEnabledOnlyAfterAsking(t *testing.T) {
	s := newScreen(t, 80, 24, Options{})
	s.f.snap.Transmit.Enabled = false
	s.news()
	s.wants(t, "transmitting is not enabled: Ctrl-G e")
	s.press("ctrl+g e")
	s.asks(t)
	s.wants(t, "Enable transmitting as OE1ABC?")
	s.press("n ctrl+g e esc ctrl+g e y")
	s.asks(t, "Stop Esc", "EnableTransmit true")
	s.f.snap.Transmit.Enabled = true
	s.press("ctrl+g e")
	s.asks(t, "EnableTransmit false")

	s.f.snap.Transmit.Enabled, s.f.snap.Operator.Call = false, ""
	s.f.snap.Transmit.Refusal = "receive only: no callsign"
	s.news()
	s.press("ctrl+g e")
	s.asks(t)
	s.wants(t, "no callsign is set", "receive only: no callsign")
}

func TestTransmitKeyGoesBothWays(t *testing.T) {
	s := newScreen(t, 80, 24, Options{})
	s.press("ctrl+t")
	s.key()
	s.press("ctrl+t ctrl+r")
	s.asks(t, "Transmit keyboard", "ReceiveWhenSent", "ReceiveWhenSent")
}

func TestRefusalsAreShown(t *testing.T) {
	s := newScreen(t, 80, 24, Options{})
	s.f.refuse = errors.New("the rig is not connected; check rig.port")
	s.press("ctrl+t")
	s.wants(t, "the rig is not connected; check rig.port")
	s.f.pass(time.Minute)
	s.news()
	s.wants(t, "Ctrl-G menu")
	s.press("ctrl+g j")
	s.wants(t, "14:05:32 the rig is not connected")
}

func TestCommandsReachTheStation(t *testing.T) {
	for keys, want := range map[string]string{
		"right": "SetSignal 2126 2296", "left": "SetSignal 2124 2294", "up": "SetSignal 2135 2305", "down": "SetSignal 2115 2285",
		"ctrl+e": "Auto", "ctrl+g a": "Auto", "ctrl+g r": "Reverse", "ctrl+g p": "SetPreset ham50",
		"ctrl+g l": "SetSideband usb", "ctrl+g f": "SetAFC false", "ctrl+g n": "SetNet true", "ctrl+g s": "SetSquelch 0.5",
		"ctrl+g d": "DecodePast 3m0s", "ctrl+g z": "DecodePast 12m0s", "ctrl+g w": "Record true", "ctrl+g h": "Home",
		"ctrl+g i": "Identify", "ctrl+g c": "Carrier 0", "ctrl+g y": "Carrier 1", "ctrl+g R": "Reverse",
		"backspace": "Erase", "ctrl+w": "EraseWord", "ctrl+u": "ClearQueue", "enter": `Type "\n"`, `\ t`: "Transmit keyboard",
	} {
		s := newScreen(t, 80, 24, Options{})
		s.press(keys)
		if len(s.f.asked) != 1 || s.f.asked[0] != want {
			t.Errorf("%s asks %v, want %s", keys, s.f.asked, want)
		}
	}
}

func TestNudgesAddUp(t *testing.T) {
	s := newScreen(t, 80, 24, Options{})
	s.press("right right up")
	s.asks(t, "SetSignal 2126 2296", "SetSignal 2127 2297", "SetSignal 2137 2307")
	s.f.pass(5 * time.Second)
	s.news()
	s.press("left")
	s.asks(t, "SetSignal 2124 2294")
}

func TestTabTakesTheCallsInTurn(t *testing.T) {
	s := newScreen(t, 80, 24, Options{})
	s.press("tab")
	s.wants(t, "no call was heard yet")
	playContact(s.f)
	s.f.change(func(p *station.Snapshot) { p.Their, p.Heard = station.Contact{}, p.Heard[:3] })
	s.news()
	s.f.asked = nil
	s.press("tab tab")
	s.f.change(func(p *station.Snapshot) { // comes in between
		p.Heard = append([]station.Heard{{Call: "W1AW", At: p.At}}, p.Heard...)
	})
	s.press("tab tab shift+tab")
	s.asks(t, "TakeCall PA9QQ", "TakeCall OE3KLM", "TakeCall DL1XYZ", "TakeCall PA9QQ", "TakeCall DL1XYZ")
	for range 2 {
		s.f.pass(time.Minute)
		s.news()
		s.press("tab")
	}
	s.asks(t, "TakeCall W1AW", "TakeCall PA9QQ")
}

func TestTuningIsToldInWords(t *testing.T) {
	for _, c := range []struct {
		change func(*station.Receive)
		want   string
	}{
		{func(r *station.Receive) { r.Tracked.Mark -= 12.2 }, "mark 12 Hz low"},
		{func(r *station.Receive) { r.Tracked.Mark += 7.8 }, "mark 8 Hz high"},
		{func(r *station.Receive) { r.Tracked.Mark += 0.4 }, "on frequency"},
		{func(r *station.Receive) { r.Found = false }, "no signal read"},
		{func(r *station.Receive) { r.Searching = true }, "searching for a signal"},
		{func(r *station.Receive) { r.Muted = true }, "sending, not listening"},
	} {
		f := newFake()
		c.change(&f.snap.Receive)
		s := newScreen(t, 80, 24, Options{Station: f})
		s.wants(t, c.want)
		s = newScreen(t, 80, 24, Options{Station: f, Link: LinkOff})
		s.wants(t, c.want)
	}
}

func TestWhatIsWrongIsToldFirst(t *testing.T) {
	for _, w := range []int{80, 200} {
		s := newScreen(t, w, 24, Options{})
		s.f.snap.Input.Waiting = "waiting for USB Audio CODEC"
		s.f.snap.Output.Waiting = "waiting for USB Audio CODEC"
		s.news()
		s.wants(t, "Sound in: waiting for USB Audio CODEC", "(+1)")
		s.f.snap.Rig.Alarm = "the transmitter did not unkey: switch it off"
		s.news()
		s.wants(t, "RADIO: the transmitter did not unkey: switch it off", "(+2)")
		s.press("ctrl+g ?")
		s.wants(t, "RADIO: the transmitter did not unkey")
	}
}

func TestTheStatusLinesSayAll(t *testing.T) {
	s := newScreen(t, 80, 24, Options{})
	s.f.change(func(p *station.Snapshot) {
		p.Input.Xruns, p.Output.Xruns = 2, 1
		p.Receive.Squelch = modem.SquelchOff
		p.Transmit.ID = station.ID{Running: true, Due: true, Left: 41 * time.Second}
	})
	s.news()
	s.wants(t, "RX", "M 2125", "S 2295", "170 Hz", "45.45 Bd", "normal", "LSB", "RF 14085.12", "OE1ABC", "14:05:32Z",
		"level -23 dB", "SNR  12 dB", "AFC on", "SQL off", "NET off", "xruns 3", "ID due 0:41")
	for phase, badge := range map[station.Phase]string{station.Keying: " KEY ", station.Sending: " TX ", station.Ending: " END "} {
		s.f.snap.Transmit.Phase = phase
		s.news()
		s.wants(t, badge)
	}
}

func TestSentTextIsToldFromQueuedText(t *testing.T) {
	s := newScreen(t, 80, 24, Options{Color: ColorNone})
	s.f.change(func(p *station.Snapshot) {
		p.Transmit.Queue = []rune("CQ DE")
	})
	s.news()
	s.wants(t, "5 characters wait: Ctrl-T transmits", "  CQ DE")
	s.f.change(func(p *station.Snapshot) {
		p.Transmit.Phase, p.Transmit.Over, p.Transmit.Queue = station.Sending, "CQ", []rune(" DE\nOE1ABC")
	})
	s.news()
	s.wants(t, ">", "CQ▸ DE\n", "OE1ABC")
	s.f.change(func(p *station.Snapshot) {
		p.Transmit.Over, p.Transmit.Queue, p.Transmit.Diddling, p.Transmit.Idle = strings.Repeat("RYRY\n", 100), nil, true, 23*time.Second
	})
	s.f.pass(time.Second)
	s.news()
	s.wants(t, "diddling, to receive in 23 s", "RYRY\n")
}

func TestAnySize(t *testing.T) {
	f := newFake()
	playContact(f)
	f.snap.Rig.Alarm = "an alarm"
	s := newScreen(t, 80, 24, Options{Station: f, Mouse: true})
	for _, open := range []string{"", "ctrl+g", "ctrl+g ?", "ctrl+g o enter", "ctrl+f c q", "ctrl+g k", "ctrl+g j"} {
		s.press("esc esc esc " + open)
		for w := range 90 {
			for h := range 30 {
				if w > 12 && w%7 > 0 {
					continue
				}
				s.send(tea.WindowSizeMsg{Width: w, Height: h})
				lines := s.lines()
				if len(lines) > max(h, 1) {
					t.Fatalf("%d lines on a screen of %d by %d", len(lines), w, h)
				}
				for _, line := range lines {
					if textWidth(line) > w {
						t.Fatalf("%q is too long for a screen of %d by %d", line, w, h)
					}
				}
			}
		}
	}
}

// run runs the terminal until do returns, in a bubble of its own time.
func run(t *testing.T, do func(f *fakeStation, type_ func(string), end func())) (f *fakeStation, output string, err error) {
	t.Helper()
	refuseSuspension()()
	synctest.Test(t, func(t *testing.T) {
		f = newFake()
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		input, keyboard := io.Pipe()
		screen := &meteredScreen{}
		done := make(chan error, 1)
		go func() {
			done <- Run(ctx, Options{Station: f, Input: input, Output: screen, Environ: []string{"TERM=xterm"}, Color: ColorTrue, Width: 80, Height: 24})
		}()
		time.Sleep(time.Second)
		do(f, func(keys string) {
			go keyboard.Write([]byte(keys))
			time.Sleep(time.Second)
		}, cancel)
		time.Sleep(2 * time.Second)
		select {
		case err = <-done:
		default:
			t.Error("the terminal goes on")
			cancel()
			err = <-done
		}
		keyboard.Close()
		output = screen.text.String()
	})
	return f, output, err
}

const (
	altScreen, mainScreen = "\x1b[?1049h", "\x1b[?1049l"
)

func TestTheTerminalIsRestored(t *testing.T) {
	silenced := os.Stderr // where a panic is reported
	os.Stderr, _ = os.Open(os.DevNull)
	defer func() { os.Stderr = silenced }()
	keyed := func(s *station.Snapshot) { s.Transmit.Phase = station.Sending }
	for name, c := range map[string]struct {
		do   func(*fakeStation, func(string), func())
		want string // in the error; empty: none
		stop string
	}{
		"quit":    {func(_ *fakeStation, type_ func(string), _ func()) { type_("\x03") }, "", ""},
		"ended":   {func(_ *fakeStation, _ func(string), end func()) { end() }, "", ""},
		"keyed":   {func(f *fakeStation, _ func(string), end func()) { f.change(keyed); end() }, "", "Stop the terminal has closed"},
		"a panic": {func(f *fakeStation, _ func(string), _ func()) { f.change(func(*station.Snapshot) { f.broken = true }) }, "the terminal failed", "Stop panic; Stop panic"},
	} {
		t.Run(name, func(t *testing.T) {
			f, output, err := run(t, c.do)
			if got := errorText(err); c.want == "" && got != "" || !strings.Contains(got, c.want) {
				t.Errorf("it ends with %q, want %q", got, c.want)
			}
			if in, out := strings.LastIndex(output, altScreen), strings.LastIndex(output, mainScreen); in < 0 || out < in {
				t.Errorf("the terminal was left in the alternate screen")
			}
			if got := strings.Join(f.asked, "; "); got != c.stop {
				t.Errorf("the station was asked to %q, want %q", got, c.stop)
			}
		})
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestTypingReachesTheStation(t *testing.T) {
	f, _, err := run(t, func(_ *fakeStation, type_ func(string), _ func()) {
		type_("cq\x1bOP\x14\x7f")
		type_("\x1b")
		type_("\x1b[200~de oe1abc\x1b[201~")
		type_("\x1a\x03")
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `Type "c"; Type "q"; Macro 0 0; Transmit keyboard; Erase; Stop Esc; Type "de oe1abc"`
	if got := strings.Join(f.asked, "; "); got != want {
		t.Errorf("the station was asked to %s, want %s", got, want)
	}
}

// Terminals spell keys in several ways; all mean the same.
func TestSpellingsOfKeys(t *testing.T) {
	for keys, want := range map[string]string{
		"A":                                  `Type "A"`,
		"\x1b[27;2;65~":                      `Type "A"`, // xterm: Shift-A
		"\x1b[97;2u":                         `Type "A"`, // kitty
		"\x1b[97:65;2u":                      `Type "A"`,
		"\x1b[27;2;32~":                      `Type " "`, // Shift-Space
		" ":                                  `Type " "`,
		"\x14":                               "Transmit keyboard",
		"\x1b[27;5;116~":                     "Transmit keyboard",
		"\x1b[116;5u":                        "Transmit keyboard",
		"\x07a":                              "Auto",
		"\x1b[27;5;103~a":                    "Auto",
		"\x1b[103;5ua":                       "Auto",
		"\\A":                                "Auto",
		"\x1bOP":                             "Macro 0 0",
		"\x1b[11~":                           "Macro 0 0", // rxvt, PuTTY
		"\x1b[P":                             "Macro 0 0",
		"\x1b[[A":                            "Macro 0 0", // the Linux console
		"\x1b[24~":                           "Macro 0 11",
		"\x7f":                               "Erase",
		"\x08":                               "Erase",
		"\x1b[D":                             "SetSignal 2124 2294",
		"\x1bOD":                             "SetSignal 2124 2294",
		"\r":                                 `Type "\n"`,
		"\x1b[Z\x15":                         "ClearQueue", // Shift-Tab without calls, then Ctrl-U
		"\x1b[200~CQ CQ\nDE OE1ABC\x1b[201~": `Type "CQ CQ\nDE OE1ABC"`,
		"\x1b\x1b":                           "Stop Esc",
		"\x1bc":                              `Stop Esc; Type "c"`, // in one piece over a slow link
		"\x1b\x7f":                           "Stop Esc; Erase",
		"\x1b\x1bOP":                         "Stop Esc; Macro 0 0",
		"ä":                                  `Type "ä"`,
	} {
		f, _, err := run(t, func(_ *fakeStation, type_ func(string), end func()) {
			type_(keys)
			end()
		})
		if got := strings.Join(f.asked, "; "); got != want || err != nil {
			t.Errorf("%q asks for %s, want %s; %v", keys, got, want, err)
		}
	}
}
