package ui

import (
	"fmt"
	"math"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"rtty/modem"
	"rtty/station"
)

// find is where a text stands on the screen.
func (s *testScreen) find(t *testing.T, text string) (x, y int) {
	t.Helper()
	for y, line := range s.lines() {
		if before, _, ok := strings.Cut(line, text); ok {
			return len([]rune(before)), y
		}
	}
	t.Fatalf("the screen has no %q", text)
	return 0, 0
}

func (s *testScreen) click(t *testing.T, text string, button tea.MouseButton) {
	t.Helper()
	x, y := s.find(t, text)
	s.send(tea.MouseClickMsg{X: x, Y: y, Button: button})
}

func busyScreen(t *testing.T, w, h int) *testScreen {
	f := newFake()
	playContact(f)
	s := newScreen(t, w, h, Options{Station: f, Mouse: true})
	s.content()
	f.asked = nil
	return s
}

func TestAClickOnTheWaterfallTunes(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
		s := busyScreen(t, size[0], size[1])
		for _, r := range []rect{s.frame.fall, s.frame.scale, s.frame.spectrum} {
			column := s.waterfall.shown.column(1485, r.w) // between the tones
			s.send(tea.MouseClickMsg{X: r.x + column, Y: r.y, Button: tea.MouseLeft})
			var mark float64
			if _, err := fmt.Sscanf(strings.Join(s.f.asked, ";"), "Tune %g", &mark); err != nil || math.Abs(mark-1400) > 6 {
				t.Errorf("%v: a click between 1400 and 1570 Hz asks %v", size, s.f.asked)
			}
			s.f.asked = nil
		}
	}
}

func TestAClickOnAWideSignalTakesItsShift(t *testing.T) {
	f := newFake()
	f.noisy = true
	for range 20 {
		f.row(1275, 1725)
	}
	s := newScreen(t, 120, 40, Options{Station: f, Mouse: true})
	s.content()
	f.asked = nil
	r := s.frame.fall
	s.send(tea.MouseClickMsg{X: r.x + s.waterfall.shown.column(1480, r.w), Y: r.y, Button: tea.MouseLeft})
	if len(f.asked) != 1 || !strings.HasPrefix(f.asked[0], "SetSignal ") {
		t.Fatalf("a click between 1275 and 1725 Hz asks %q", f.asked)
	}
	s.find(t, "shift 450 Hz, 50 Bd, ITA2")
}

func TestClicksDoWhatTheyPointAt(t *testing.T) {
	s := busyScreen(t, 120, 40)
	s.click(t, "DL1XYZ DL1XYZ", tea.MouseLeft)
	s.asks(t, "TakeCall DL1XYZ")
	s.click(t, "OE1ABC DE", tea.MouseLeft) // the own call
	s.click(t, "QTH", tea.MouseLeft)
	s.asks(t)
	s.click(t, "F2 EXCH", tea.MouseLeft)
	s.click(t, "F12", tea.MouseLeft)
	s.asks(t, "Macro 0 1", "Macro 0 11")
	s.send(tea.MouseClickMsg{X: s.frame.calls.x + 3, Y: s.frame.calls.y + 1, Button: tea.MouseLeft})
	s.asks(t, "TakeCall OE3KLM")
	s.click(t, "MUNICH", tea.MouseRight)
	s.wants(t, "MUNICH (.7,8:#)")
	s.press("ctrl+g ?")
	s.send(tea.MouseClickMsg{X: 5, Y: 10, Button: tea.MouseLeft})
	s.asks(t)
}

func TestTheWheelTunesOrScrolls(t *testing.T) {
	s := busyScreen(t, 80, 24)
	wheel := func(r rect, b tea.MouseButton, mod tea.KeyMod) {
		s.send(tea.MouseWheelMsg{X: r.x + 5, Y: r.y, Button: b, Mod: mod})
	}
	wheel(s.frame.fall, tea.MouseWheelUp, 0)
	wheel(s.frame.fall, tea.MouseWheelUp, tea.ModCtrl)
	wheel(s.frame.scale, tea.MouseWheelDown, tea.ModShift)
	wheel(s.frame.fall, tea.MouseWheelDown, 0)
	s.asks(t, "SetSignal 2126 2296", "SetSignal 2136 2306", "SetSignal 2126 2296", "SetSignal 2125 2295")
	wheel(s.frame.receive, tea.MouseWheelUp, 0)
	s.wants(t, "3 lines back")
	wheel(s.frame.receive, tea.MouseWheelDown, 0)
	s.asks(t)
	s.press("ctrl+g ?")
	wheel(s.frame.fall, tea.MouseWheelDown, 0)
	s.asks(t)
}

func TestTheMouseCanBeGivenBack(t *testing.T) {
	s := newScreen(t, 80, 24, Options{})
	if s.View().MouseMode != tea.MouseModeNone {
		t.Error("the mouse is taken without being asked for")
	}
	s.press("ctrl+g m")
	if s.View().MouseMode != tea.MouseModeCellMotion {
		t.Error("Ctrl-G m does not take the mouse")
	}
	s.press("ctrl+g m")
	if s.View().MouseMode != tea.MouseModeNone {
		t.Error("Ctrl-G m does not give the mouse back")
	}
}

// Whatever is pressed, clicked and published, in any order and on any size of
// screen: nothing panics, and no line is too long.
func FuzzScreen(f *testing.F) {
	f.Add([]byte("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"))
	f.Add([]byte("zxcvbnmasdfghjklqwertyuiop1234567890ZXCVBNMASDFGHJKLQWERTYUIOP"))
	f.Add([]byte("\x0a\x01\x0a\x02\x0a\x03\x0a\x04\x0b\x01\x0b\x02\x0b\x10\x0b\x50\x0c\x20\x0d\x20"))
	f.Fuzz(func(t *testing.T, script []byte) {
		fake := newFake()
		fake.receive("CQ CQ DE DL1XYZ UR TOO PPQ\n")
		fake.row(1400, 1570)
		s := newScreen(t, 80, 24, Options{Station: fake, Mouse: true})
		var keys []string
		for _, c := range s.commands {
			keys = append(append(keys, c.keys.Keys()...), c.menu.Keys()...)
		}
		for i := 0; i+1 < len(script) && i < 400; i += 2 {
			s.fuzzStep(script[i], int(script[i+1]), keys)
			for _, line := range s.lines() {
				if textWidth(line) > s.w {
					t.Fatalf("%q is too long for %d columns", line, s.w)
				}
			}
		}
	})
}

func (s *testScreen) fuzzStep(op byte, arg int, keys []string) {
	switch op % 14 {
	default:
		s.send(keyPress(keys[arg%len(keys)]))
	case 4:
		s.press("ctrl+g")
	case 5:
		s.send(tea.WindowSizeMsg{Width: arg, Height: int(op)})
	case 6:
		s.send(tea.MouseClickMsg{X: arg % max(s.w, 1), Y: int(op) % max(s.h, 1), Button: tea.MouseButton(arg % 4)})
	case 7:
		s.send(tea.MouseWheelMsg{X: arg % max(s.w, 1), Y: int(op) % max(s.h, 1), Button: tea.MouseWheelUp + tea.MouseButton(arg%2)})
	case 8:
		s.f.receive(strings.Repeat(string(rune(' '+arg%64)), 1+arg%20) + string("\n "[arg%2]))
		s.news()
	case 9:
		s.f.happen(station.Event{Kind: station.EventKind(arg % 9), Text: "SENT\x1b\n", Chars: chars("PAST\n", float64(arg)/256), Newest: arg%3 == 0,
			Begin: theDay, End: theDay, Signal: modem.Signal{Mark: float64(arg * 16), Space: float64(arg*16 + 170), Baud: 50}})
		s.news()
	case 10:
		s.f.row(float64(arg * 16))
		s.news()
	case 11:
		s.f.change(func(p *station.Snapshot) {
			p.Receive.Tail = chars(strings.Repeat("TAIL\n", arg%5), 0.5)
			p.Receive.Signal.Mark = float64(arg * 16)
			p.Transmit.Phase = station.Phase(arg % 4)
			p.Transmit.Queue = []rune(strings.Repeat("Ä世\n", arg%9))
			p.At = p.At.Add(1e9)
		})
		s.news()
	case 12:
		s.send(tea.PasteMsg{Content: strings.Repeat("paste\x00\x1b", arg%3)})
	}
}
