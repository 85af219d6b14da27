package station

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode"

	"rtty/audio"
	"rtty/baudot"
	"rtty/journal"
	"rtty/modem"
)

var hours = flag.Int("hours", 1, "hours of audio that the position has to endure")

// shift is a Source of hours of overs with noise, as fast as they are taken. Its
// samples are the clock.
type shift struct {
	length int64 // samples
	over   func(minute int) string
	probe  func(minute int) // called every minute of the audio

	index   atomic.Int64
	minute  int
	tx      *modem.Transmitter
	noise   []float32
	started time.Time
}

const (
	shiftRate  = 48000
	noiseLevel = 0.05 // standard deviation of the samples
)

func newShift(t *testing.T, length time.Duration, sig modem.Signal, over func(minute int) string, probe func(minute int)) *shift {
	t.Helper()
	tx, err := modem.NewTransmitter(sig, modem.TransmitterConfig{Rate: shiftRate})
	if err != nil {
		t.Fatal(err)
	}
	s := &shift{
		length: int64(length.Seconds()) * shiftRate, over: over, probe: probe, minute: -1,
		tx: tx, noise: make([]float32, 11*shiftRate+17),
		started: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
	}
	random := rand.New(rand.NewPCG(3, 4))
	for i := range s.noise {
		s.noise[i] = float32(noiseLevel * random.NormFloat64())
	}
	return s
}

func (s *shift) Rate() int         { return shiftRate }
func (s *shift) Anchor() time.Time { return s.started }
func (s *shift) Close() error      { return nil }

// Clock is the time of the newest sample.
func (s *shift) Clock() time.Time {
	return s.started.Add(time.Duration(float64(s.index.Load()) / shiftRate * float64(time.Second)))
}

// Read gives an over that begins every minute.
func (s *shift) Read(dst []float32) (audio.Block, error) {
	index := s.index.Load()
	if index >= s.length {
		return audio.Block{Index: index}, io.EOF
	}
	if minute := int(index / (60 * shiftRate)); minute > s.minute {
		s.minute = minute
		s.probe(minute)
		encoder := &baudot.Encoder{Table: ham.Code, USOS: ham.USOS}
		s.tx.Start(modem.NewTextFeed(strings.NewReader(s.over(minute)), encoder))
	}
	n, err := s.tx.Read(dst)
	if err == io.EOF {
		n = len(dst)
		clear(dst)
	}
	for i := range dst[:n] {
		dst[i] += s.noise[(index+int64(i))%int64(len(s.noise))]
	}
	s.index.Add(int64(n))
	return audio.Block{N: n, Index: index}, nil
}

// use is what a process holds.
type use struct {
	heap       float64 // MiB after collecting garbage
	goroutines int
}

func inUse() use {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return use{float64(m.HeapAlloc) / (1 << 20), runtime.NumGoroutine()}
}

// What happened is read as a screen does, and the log of the day is kept: an
// hour takes half a minute.
func TestHoursOfAudioAreEnduredWithoutLoss(t *testing.T) {
	if testing.Short() {
		t.Skip("an hour of audio takes half a minute")
	}
	over := func(minute int) string {
		var b strings.Builder
		for line := range 6 {
			fmt.Fprintf(&b, "DE W1AW NR %05d %d UR 599 (%d) TNX FER CALL\n", minute, line, minute*31%997)
		}
		return b.String()
	}
	before := inUse()
	var early, late use
	length := time.Duration(*hours) * time.Hour
	src := newShift(t, length, ham, over, func(minute int) {
		now := inUse()
		if minute == 10 {
			early = now
		}
		late = now
		if minute%60 == 0 {
			t.Logf("after %d minutes: %.1f MiB, %d goroutines", minute, now.heap, now.goroutines)
		}
	})
	dir := t.TempDir()
	log := journal.Open(journal.Options{Dir: dir, Clock: src.Clock, Fault: func(err error) { t.Error("the log of the day: ", err) }})
	s, err := New(Config{Origin: Live, Input: src, Clock: src.Clock, AFC: true, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { s.Run(ctx); close(done) }()
	received, missed := listen(s)
	cancel()
	<-done
	if err := log.Close(); err != nil {
		t.Error(err)
	}

	var sent strings.Builder
	for minute := range int(length.Minutes()) {
		sent.WriteString(over(minute))
	}
	if missed > 0 {
		t.Errorf("%d events were missed", missed)
	}
	wantSame(t, "received", received, sent.String())
	wantSame(t, "in the log of the day", fromLogs(t, dir), sent.String())
	t.Logf("after ten minutes %.1f MiB and %d goroutines, in the end %.1f MiB and %d", early.heap, early.goroutines, late.heap, late.goroutines)
	if late.heap-early.heap > 4 {
		t.Error("memory grows")
	}
	if late.goroutines > early.goroutines {
		t.Error("goroutines become more")
	}
	if after := runtime.NumGoroutine(); after > before.goroutines {
		t.Errorf("%d goroutines before, %d after", before.goroutines, after)
	}
}

// listen follows a station until its audio ends, as a screen does.
func listen(s *Station) (received string, missed int64) {
	wake, forget := s.Changed()
	defer forget()
	var text strings.Builder
	next := int64(0)
	follow := func() {
		s.Snapshot()
		for _, e := range s.Events(next) {
			missed += e.Seq - next
			next = e.Seq + 1
			for _, c := range e.Chars {
				if c.Rune != 0 {
					text.WriteRune(c.Rune)
				}
			}
		}
	}
	for {
		select {
		case <-wake:
			follow()
		case <-s.Ended():
			follow()
			return text.String(), missed
		}
	}
}

// fromLogs is the received text in the logs of the days.
func fromLogs(t *testing.T, dir string) string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	line := regexp.MustCompile(`^\S+ RX +\S+ Hz  (.*)$`)
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for l := range strings.Lines(string(b)) {
			if found := line.FindStringSubmatch(strings.TrimRight(l, "\n")); found != nil {
				all.WriteString(found[1])
			}
		}
	}
	return all.String()
}

// wantSame compares texts but for their white space, which is another one in a
// log.
func wantSame(t *testing.T, where, got, want string) {
	t.Helper()
	printed := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return -1
			}
			return r
		}, s)
	}
	got, want = printed(got), printed(want)
	t.Logf("%d characters sent, %d %s", len(want), len(got), where)
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Fatalf("character %d %s: %q, want %q", i, where, got[max(0, i-20):min(len(got), i+20)], want[max(0, i-20):min(len(want), i+20)])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d characters %s, %d were sent", len(got), where, len(want))
	}
}
