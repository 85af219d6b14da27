package ui

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"rtty/station"
)

// A meteredScreen counts what is written to it.
type meteredScreen struct {
	mu    sync.Mutex
	bytes int
	text  strings.Builder
}

func (w *meteredScreen) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.bytes += len(p)
	w.text.Write(p)
	return len(p), nil
}

func (w *meteredScreen) total() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.bytes
}

// bytesPerSecond runs the whole terminal against a busy band: ten rows, seven
// characters and ten readings of the meters a second.
func bytesPerSecond(o Options, seconds int) (rate int) {
	f := newFake()
	f.noisy = true
	playContact(f)
	ctx, cancel := context.WithCancel(context.Background())
	input, typing := io.Pipe()
	screen := &meteredScreen{}
	o.Station, o.Input, o.Output, o.Environ = f, input, screen, []string{"TERM=xterm-256color"}
	done := make(chan error)
	go func() { done <- Run(ctx, o) }()

	text := "CQ CQ CQ DE DL1XYZ DL1XYZ DL1XYZ PSE K\n"
	time.Sleep(time.Second)
	before := screen.total()
	for i := range 10 * seconds {
		time.Sleep(100 * time.Millisecond)
		f.row(2113, 2283, 1400, 1570, 900)
		if i%10 < 7 {
			f.receive(string(text[i%len(text)]))
		}
		f.change(func(s *station.Snapshot) {
			s.At = s.At.Add(100 * time.Millisecond)
			s.Receive.SNR, s.Receive.Level = 10+float64(i%7), -20-float64(i%5)
			s.Receive.Tail = chars("CQ DE"[:i%5], 0.8)
		})
	}
	rate = (screen.total() - before) / seconds
	cancel()
	typing.Close()
	<-done
	return rate
}

func TestTheTerminalKeepsToWhatTheLinkCarries(t *testing.T) {
	if testing.Short() {
		t.Skip("minutes of a screen take their time")
	}
	refuseSuspension()() // the runtime begins to handle signals; not in the bubble's time
	for _, c := range []struct {
		name string
		o    Options
		most int // bytes a second
	}{
		{"normal, 120 by 40", Options{Width: 120, Height: 40, Color: ColorTrue}, 350_000},
		{"normal, beside the text", Options{Width: 200, Height: 60, Color: ColorTrue}, 700_000},
		{"slow, 120 by 40", Options{Width: 120, Height: 40, Link: LinkSlow, Color: ColorTrue}, 30_000},
		{"slow, beside the text", Options{Width: 200, Height: 60, Link: LinkSlow, Color: ColorTrue}, 30_000},
		{"slow, 80 by 24", Options{Width: 80, Height: 24, Link: LinkSlow, Color: Color256}, 30_000},
		{"off, 120 by 40", Options{Width: 120, Height: 40, Link: LinkOff, Color: ColorTrue}, 2000},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				rate := bytesPerSecond(c.o, 20)
				t.Logf("%d bytes a second", rate)
				if rate > c.most {
					t.Errorf("%d bytes a second, more than %d", rate, c.most)
				}
				if rate < 100 {
					t.Errorf("%d bytes a second: nothing is drawn", rate)
				}
			})
		})
	}
}

// What a second on a busy band costs, without Bubble Tea's share.
func BenchmarkSecond(b *testing.B) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			f := newFake()
			f.noisy = true
			playContact(f)
			theme, _ := themeNamed("")
			m := newModel(b.Context(), Options{Station: f, Color: ColorTrue}, theme, f.wake)
			m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			rows := f.rows
			for b.Loop() {
				for i := range 10 {
					row := rows[i]
					row.Seq = int64(len(f.rows))
					f.rows = append(f.rows, row)
					f.change(func(s *station.Snapshot) { s.At = s.At.Add(100 * time.Millisecond) })
					m.Update(wakeMsg{})
					m.View()
				}
			}
		})
	}
}

// Hours of text must not slow down the next character.
func BenchmarkCharacterAfterHours(b *testing.B) {
	f := newFake()
	theme, _ := themeNamed("")
	m := newModel(b.Context(), Options{Station: f, Color: ColorTrue}, theme, f.wake)
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	for range 3000 {
		f.receive("CQ CQ DE DL1XYZ DL1XYZ UR TOO TOO PPQ 599 PPQ NAME HANS QTH MUNICH K\n")
	}
	f.receive(strings.Repeat("RY", 10_000))
	for b.Loop() {
		f.receive("E")
		m.Update(wakeMsg{})
		m.View()
	}
}
