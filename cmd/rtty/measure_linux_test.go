package main

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rtty/audio/pulsetest"
)

// make measure sets it.
var measureFor = flag.Duration("measure", 10*time.Second, "how long CPU time and bytes to the terminal are counted")

// One core of a computer that does other things as well, and what SSH over a
// mobile connection carries.
func TestTheLiveScreenIsLight(t *testing.T) {
	if testing.Short() {
		t.Skip("a measurement takes its time")
	}
	server := pulsetest.Start(t, "air", "other")
	atHome(t, "")
	server.PlayOn("air", onTheBand(t, time.Minute))
	screens := []*struct {
		name  string
		link  string
		keys  string  // typed at first
		bytes float64 // a second, at the most

		*screen
		used    time.Duration
		written int64
	}{
		{name: "a normal link", link: "normal", bytes: 350e3},
		{name: "a normal link, a large waterfall", link: "normal", keys: `\v`, bytes: 350e3},
		{name: "a slow link", link: "slow", bytes: 30e3},
		{name: "a link without waterfall", link: "off", bytes: 2e3},
	}
	for _, s := range screens {
		s.screen = startScreen(t, nil, "--input", "pulse:air.monitor", "--output", "pulse:other", "--link", s.link)
	}
	for _, s := range screens {
		s.Await("it copies", func() bool { return strings.Contains(s.Logged(), copied) })
		s.Type(s.keys)
	}
	start := time.Now()
	for _, s := range screens {
		s.used, s.written = s.screen.used(), s.screen.written.Load()
	}
	time.Sleep(*measureFor)
	for _, s := range screens {
		elapsed := time.Since(start).Seconds()
		cpu := (s.screen.used() - s.used).Seconds() / elapsed
		bytes := float64(s.screen.written.Load()-s.written) / elapsed
		now, _ := s.resident()
		t.Logf("%s, 120 by 40: CPU %.1f %% of a core, %.1f kB/s to the terminal, %.0f MiB", s.name, 100*cpu, bytes/1e3, now)
		if cpu > 0.15 {
			t.Errorf("%s: %.1f %% of a core", s.name, 100*cpu)
		}
		if bytes > s.bytes || bytes == 0 {
			t.Errorf("%s: %.1f kB/s", s.name, bytes/1e3)
		}
	}
	for _, s := range screens {
		s.Type("\x03")
		s.AwaitEnd()
	}
}

// The samples come through standard input, so that half an hour of them takes
// less than that; the keys come from the terminal then.
func TestTheLiveScreenFitsInMemoryWithAllAudioKept(t *testing.T) {
	if testing.Short() {
		t.Skip("half an hour of audio takes its time")
	}
	atHome(t, "")
	minute, err := os.ReadFile(onTheBand(t, time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	stdin, feed, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	s := startScreen(t, stdin, "--input", "-", "--format", "s16le", "--rate", "48000")
	stdin.Close()
	for range 31 {
		if _, err := feed.Write(minute[44:]); err != nil { // behind the header
			t.Fatal(err)
		}
	}
	now, most := s.resident()
	t.Logf("half an hour of audio kept: %.0f MiB, %.0f at the most; half an hour took %v of CPU time", now, most, s.used())
	if now < 60 {
		t.Errorf("%.0f MiB: half an hour of audio does not fit into that", now)
	}
	if most > 150 {
		t.Errorf("%.0f MiB are more than 150", most)
	}
	s.Type("\x03")
	s.AwaitEnd()
}

// A decoder beside other things on a small computer. The bound has room for what
// the test's own code adds to the program.
func TestDecodingTakesLittleMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("short tests run with the race detector, which takes several times as much")
	}
	recording, err := os.ReadFile(onTheBand(t, time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	d := &screen{t: t, cmd: exec.Command("rtty", "decode", "--preset", "ham", "-")}
	feed, err := d.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	d.cmd.Stdout = &text
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := feed.Write(recording); err != nil {
		t.Error(err)
	}
	_, most := d.resident() // most of it is decoded by now: a pipe holds a second of it
	feed.Close()
	if err := d.cmd.Wait(); err != nil || !strings.Contains(text.String(), copied) {
		t.Fatalf("decoded %q: %v", text.String(), err)
	}
	t.Logf("%.0f MiB at the most", most)
	if most > 40 {
		t.Errorf("%.0f MiB are more than 40", most)
	}
}

// onTheBand makes a recording of a station that calls without end, in noise.
func onTheBand(t *testing.T, length time.Duration) string {
	t.Helper()
	dir := t.TempDir()
	text, clean, noisy := filepath.Join(dir, "text"), filepath.Join(dir, "clean.wav"), filepath.Join(dir, "noisy.wav")
	const perSecond = 45.45 / 7.5
	times := int(length.Seconds()*perSecond)/len(copied) + 1
	if err := os.WriteFile(text, []byte(strings.Repeat(copied+"\n", times)), 0o600); err != nil {
		t.Fatal(err)
	}
	rtty(t, "encode", "-f", text, "-o", clean)
	rtty(t, "simulate", "--snr", "10", clean, noisy)
	return noisy
}
