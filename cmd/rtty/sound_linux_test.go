package main

import (
	"bytes"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rtty/audio"
	"rtty/audio/pulsetest"
)

// A card is a sink of a sound server, as one of the drivers reaches it.
type card struct{ driver, in, out string }

// cards are those of the drivers built in.
var cards = []card{{"pulse", "pulse:air.monitor", "pulse:air"}}

// onCards runs a test with every driver, on a sound server of its own.
func onCards(t *testing.T, test func(t *testing.T, s *pulsetest.Server, c card)) {
	if testing.Short() {
		t.Skip("sound takes its time")
	}
	for _, c := range cards {
		t.Run(c.driver, func(t *testing.T) {
			s := pulsetest.Start(t, "air", "other")
			if listed := rtty(t, "devices"); !strings.Contains(listed, c.in) {
				t.Skip("the plugin by which ALSA reaches PulseAudio is not installed: there is no ", c.in)
			}
			test(t, s, c)
		})
	}
}

const copied = "CQ CQ DE W1AW UR 599 (42) K"

func TestSoundIsReceivedWhileTheServerDiesAndFreezes(t *testing.T) {
	onCards(t, func(t *testing.T, s *pulsetest.Server, c card) {
		logs := atHome(t, "")
		l := startLineMode(t, "--input", c.in, "--output", "pulse:other")
		l.AwaitSound()
		s.PlayFile("air", recorded(t, copied))
		l.AwaitReceived(copied)

		waits, runs := "ALARM: sound input: waiting for "+c.in, "Notice: sound input: "+c.in+" is running again"
		for i, hit := range []struct{ strike, heal func() }{{s.Kill, s.Restart}, {s.Freeze, s.Thaw}} {
			hit.strike()
			l.Await(waits)
			hit.heal()
			l.Await(runs)
			s.PlayFile("air", recorded(t, copied))
			l.AwaitReceived(strings.TrimSpace(strings.Repeat(copied+" ", i+2)))
		}
		l.Type("/quit")
		l.AwaitEnd()
		if got, want := l.Received(), strings.Join([]string{copied, copied, copied}, " "); got != want {
			t.Errorf("received %q, want %q", got, want)
		}
		if log := logged(logs); strings.Count(log, copied) != 3 {
			t.Errorf("the log of the day does not have the text three times:\n%s", log)
		}
	})
}

const onAir = `
[station]
callsign = "W1AW"
[transmit]
enabled = true
[rig]
kind = "vox"
`

func TestSoundOfWhatIsTypedGoesOnTheAir(t *testing.T) {
	onCards(t, func(t *testing.T, s *pulsetest.Server, c card) {
		atHome(t, onAir)
		heard := s.Record("air.monitor")
		l := startLineMode(t, "--input", "pulse:other.monitor", "--output", c.out)
		l.Type("/tx " + copied)
		l.typed.Close() // all is sent before the program ends
		l.AwaitEnd()
		heard.Wait(4800)
		wav := filepath.Join(t.TempDir(), "heard.wav")
		save(t, wav, heard.Stop())
		for _, args := range [][]string{{"--preset", "ham"}, nil} {
			if got := strings.TrimSpace(rtty(t, append([]string{"decode", wav}, args...)...)); got != copied {
				t.Errorf("decode %q of what was on the air: %q", args, got)
			}
		}
		if got := l.Sent(); got != copied {
			t.Errorf("the echo was %q", got)
		}
	})
}

// save writes a recording at 48 kHz.
func save(t *testing.T, path string, samples []int16) {
	t.Helper()
	sink, err := audio.Create(path, audio.SinkOptions{Rate: 48000})
	if err != nil {
		t.Fatal(err)
	}
	floats := make([]float32, len(samples))
	for i, x := range samples {
		floats[i] = float32(x) / 32768
	}
	if err := sink.Write(floats); err != nil {
		t.Fatal(err)
	}
	if err := sink.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestSoundThatIsNotPlayedLetsGoOfTheKey(t *testing.T) {
	onCards(t, func(t *testing.T, s *pulsetest.Server, c card) {
		atHome(t, onAir)
		l := startLineMode(t, "--input", "pulse:other.monitor", "--output", c.out)
		for _, hit := range []struct{ strike, heal func() }{{s.Freeze, s.Thaw}, {s.Kill, s.Restart}} {
			l.Transmit()
			hit.strike()
			struck := time.Now()
			l.Await("Receiving: ")
			took := time.Since(struck)
			t.Logf("unkeyed %v after it", took)
			if took > 5*time.Second {
				t.Errorf("it took %v", took) // without load half a second
			}
			l.Await("ALARM: transmission ended: ")
			l.Type("/clear")
			hit.heal()
			l.Await("Notice: sound output: " + c.out + " is running again")
			l.transmit("DE W1AW", "TX: DE W1AW")
			l.Await("Receiving: ")
		}
		l.Type("/quit")
		l.AwaitEnd()
	})
}

// Gqrx and others send so.
func TestSamplesInUDPPacketsAreReceived(t *testing.T) {
	if testing.Short() {
		t.Skip("sound takes its time")
	}
	atHome(t, "")
	samples := stream(t)
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(conn.LocalAddr().String())
	conn.Close()
	l := startLineMode(t, "--input", "udp:"+port)
	sender, err := net.Dial("udp", "127.0.0.1:"+port)
	if err != nil {
		t.Fatal(err)
	}
	defer sender.Close()
	faint := bytes.Repeat([]byte{1, 0, 0xff, 0xff}, 240) // zeros would be no sound
	l.until("it listens", func() bool {
		_, _ = sender.Write(faint) // nobody listens at first
		l.Type("/status")
		return strings.Contains(l.Written(), "Level: minus")
	})
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for packet := samples; len(packet) > 0; packet = packet[min(len(packet), 960):] {
		<-tick.C
		if _, err := sender.Write(packet[:min(len(packet), 960)]); err != nil {
			t.Fatal(err)
		}
	}
	l.AwaitReceived(copied)
	l.Type("/quit")
	l.AwaitEnd()
	if got := l.Received(); got != copied {
		t.Errorf("received %q", got)
	}
}

// stream is the text as raw samples, with some silence behind it.
func stream(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "text.raw")
	rtty(t, "encode", "-o", path, copied)
	samples, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return append(samples, make([]byte, 2*48000)...)
}

// What comes in on standard input is sound, and never a command, whatever the
// samples spell.
func TestSamplesOnStandardInputAreReceived(t *testing.T) {
	atHome(t, onAir)
	cmd := exec.Command("rtty", "--plain", "--verbosity", "verbose", "--input", "-", "--format", "s16le", "--rate", "48000")
	cmd.Stdin = strings.NewReader(strings.Repeat("\n/tx CQ\n", 60) + string(stream(t)))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v", err)
	}
	l := &lineMode{t: t}
	l.Write(out)
	if got := l.Received(); got != copied {
		t.Errorf("received %q of:\n%s", got, out)
	}
	if strings.Contains(string(out), "Transmitting") {
		t.Errorf("it transmitted:\n%s", out)
	}
}
