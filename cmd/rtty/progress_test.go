package main

import (
	"fmt"
	"strings"
	"testing"
)

func TestProgressShowsHowFarAJobHasCome(t *testing.T) {
	var screen strings.Builder
	p := &progress{w: &screen, label: "x.wav", total: 200}
	p.Show(100)
	p.Show(101) // too soon after the last time
	p.Clear()
	p.Clear()
	want := "\rx.wav [" + strings.Repeat("=", 15) + strings.Repeat(" ", 15) + "]  50 %\r\x1b[K"
	if screen.String() != want {
		t.Errorf("screen %q, want %q", screen.String(), want)
	}
}

func TestProgressMakesRoomForTextOnItsTerminal(t *testing.T) {
	var screen strings.Builder
	free := true
	p := &progress{w: &screen, label: "x", total: 10, free: func() bool { return free }}
	p.Show(10)
	screen.Reset()
	fmt.Fprint(barWriter{&screen, p}, "CQ")
	if want := "\r\x1b[KCQ"; screen.String() != want {
		t.Errorf("screen %q, want %q", screen.String(), want)
	}
	free = false
	p.next = p.next.Add(-progressEvery)
	p.Show(10)
	if strings.HasSuffix(screen.String(), "%") {
		t.Error("the bar was drawn over a line of text")
	}
}

func TestProgressStaysAwayWhereNobodyWatches(t *testing.T) {
	var file strings.Builder
	p := newProgress(&file, "x", 10)
	p.next = p.next.Add(-progressAfter)
	p.Show(5)
	p.Clear()
	if file.String() != "" {
		t.Errorf("wrote %q", file.String())
	}
}
