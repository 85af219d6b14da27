package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"rtty/modem"
	"rtty/station"
)

// numbered fills the log with lines that have numbers.
func numbered(s *testScreen, from, to int) {
	for i := from; i <= to; i++ {
		s.f.receive(fmt.Sprintf("LINE %03d\n", i))
	}
	s.news()
	s.content()
}

// shownNumbers are the first and the last number on the screen.
func (s *testScreen) shownNumbers() (first, last string) {
	for _, line := range s.lines() {
		if _, number, ok := strings.Cut(line, "LINE "); ok {
			if first == "" {
				first = number[:3]
			}
			last = number[:3]
		}
	}
	return first, last
}

func (s *testScreen) wantsNumbers(t *testing.T, first, last string) {
	t.Helper()
	if f, l := s.shownNumbers(); f != first || l != last {
		t.Errorf("lines %s to %s are shown, want %s to %s", f, l, first, last)
	}
}

func TestScrolledBackTheTextStaysWhereItIs(t *testing.T) {
	s := newScreen(t, 80, 24, Options{})
	numbered(s, 1, 100)
	rows := s.receive.frame.h
	s.wantsNumbers(t, fmt.Sprintf("%03d", 101-rows), "100")

	s.press("pgup")
	s.content()
	first, last := s.shownNumbers()
	if last >= fmt.Sprintf("%03d", 101-rows+1) {
		t.Errorf("a page back shows %s to %s", first, last)
	}
	s.wants(t, "lines back")
	numbered(s, 101, 120)
	s.wantsNumbers(t, first, last)

	s.press("home")
	s.wantsNumbers(t, "001", fmt.Sprintf("%03d", rows))
	s.press("end")
	s.wantsNumbers(t, fmt.Sprintf("%03d", 121-rows), "120")
}

func TestResizingLosesNothing(t *testing.T) {
	s := newScreen(t, 80, 24, Options{})
	numbered(s, 1, 100)
	s.press("pgup pgup")
	_, last := s.shownNumbers()
	for _, size := range [][2]int{{200, 60}, {20, 5}, {1, 1}, {0, 0}, {120, 40}, {80, 24}} {
		s.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		s.content()
	}
	if _, now := s.shownNumbers(); now != last {
		t.Errorf("the last line shown was %s and is %s", last, now)
	}
	s.press("end home")
	if first, _ := s.shownNumbers(); first != "001" {
		t.Errorf("the oldest text is line %s", first)
	}
}

func TestProvisionalTextSettles(t *testing.T) {
	s := newScreen(t, 80, 24, Options{Color: ColorNone})
	s.f.receive("CQ DE ")
	s.f.change(func(p *station.Snapshot) { p.Receive.Tail = chars("OE1\nAB", 0.6) })
	s.news()
	s.wants(t, "CQ DE OE1\n", "\n  AB▏")
	s.f.receive("OE1\n")
	s.f.change(func(p *station.Snapshot) { p.Receive.Tail = chars("ABC", 0.6) })
	s.news()
	s.wants(t, "CQ DE OE1\n  ABC▏")
}

// What is probably wrong must be told from what is right without colours too.
func TestDoubtfulLettersAreSmallWithoutColours(t *testing.T) {
	list := chars("GOOD BAD 59", 0.95)
	for i := range list {
		if i >= 5 {
			list[i].P = 0.3
		}
	}
	list[0].FromPrior = true
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{Color: ColorNone}, "\x1b[0;4mG\x1b[0mOOD \x1b[0;2mbad 59"},
		{Options{Color: ColorTrue, Theme: "mono"}, "\x1b[0;4mG\x1b[0mOOD \x1b[0;2mbad 59"},
		{Options{Color: ColorTrue, Theme: "contrast"}, "bad 59"},
		{Options{Color: Color16}, "bad 59"},
		{Options{Color: ColorTrue}, "BAD 59"},
	} {
		s := newScreen(t, 80, 24, c.o)
		s.f.happen(station.Event{Kind: station.Received, Chars: list})
		s.news()
		if got := s.content(); !strings.Contains(got, c.want) {
			t.Errorf("%+v: the screen has no %q:\n%q", c.o, c.want, got)
		}
	}
}

func TestSearch(t *testing.T) {
	s := newScreen(t, 80, 24, Options{})
	numbered(s, 1, 200)
	s.press("ctrl+g / n e space 0 5")
	s.wants(t, "Find ne 05", "LINE 059")
	s.press("enter")
	s.wants(t, "LINE 058")
	s.press("backspace 1 7")
	s.wants(t, "LINE 017")
	s.press("7")
	s.wants(t, "not found")
	s.press("esc")
	s.wantsNumbers(t, fmt.Sprintf("%03d", 201-s.receive.frame.h), "200")
}

func TestWordsInTheOtherShift(t *testing.T) {
	s := newScreen(t, 80, 24, Options{})
	s.f.receive("QTH IS PPWTY ES TOOT\n")
	s.news()
	s.content()
	s.press("ctrl+x")
	s.wants(t, "TOOT (5995)", "TOOT reads 5995 in figures")
	s.press("ctrl+g x")
	s.wants(t, "ES (3", "TOOT▏")
	s.press("ctrl+x")
	s.wants(t, "PPWTY (00256)")
	s.press("esc")
	s.wants(t, "QTH IS PPWTY ES TOOT")
	for range 10 {
		s.press("ctrl+x")
		s.content()
	}
}

func TestCallsStandOut(t *testing.T) {
	s := newScreen(t, 80, 24, Options{Color: ColorNone})
	s.f.receive("OE1ABC DE DL1XYZ/P K\n")
	s.news()
	if got, want := s.content(), "\x1b[0;1;7mOE1ABC\x1b[0m DE \x1b[0;1mDL1XYZ/P\x1b[0m K"; !strings.Contains(got, want) {
		t.Errorf("the screen has no %q:\n%q", want, got)
	}
}

func TestTheLongestOverIsDrawn(t *testing.T) {
	s := newScreen(t, 80, 24, Options{})
	s.f.receive(strings.Repeat("RY", 30_000))
	s.f.change(func(p *station.Snapshot) {
		p.Receive.Tail = []modem.Char{{Rune: '\n'}, {Rune: 'A'}, {Rune: '\n'}}
	})
	s.news()
	s.wants(t, "RYRYRYRY")
}
