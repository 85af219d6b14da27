package plain

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"rtty/station"
)

var update = flag.Bool("update", false, "write the transcripts in testdata anew")

// A scene is a console at work on a fake station, with a pipe to type into.
type scene struct {
	t       *testing.T
	station *fake
	console *Console
	typed   *io.PipeWriter
	out     *lockedBuffer
	done    chan error
}

// play runs a scene in time of its own.
func play(t *testing.T, o Options, act func(s *scene)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		in, typed := io.Pipe()
		f, ok := o.Station.(*fake)
		if !ok {
			f = newFake()
		}
		s := &scene{t: t, station: f, typed: typed, out: new(lockedBuffer), done: make(chan error, 1)}
		o.Station, o.In, o.Out = s.station, in, s.out
		s.console = New(o)
		ctx, cancel := context.WithCancel(t.Context())
		go func() { s.done <- s.console.Run(ctx) }()
		synctest.Wait()
		act(s)
		cancel()
		typed.Close()
		synctest.Wait()
	})
}

// line types a line, and waits until it has had its effect.
func (s *scene) line(text string) {
	s.t.Helper()
	if _, err := io.WriteString(s.typed, text+"\n"); err != nil {
		s.t.Fatal(err)
	}
	synctest.Wait()
}

func (s *scene) hear(text string) {
	s.station.hear(text)
	synctest.Wait()
}

func (s *scene) happens(events ...station.Event) {
	s.station.post(events...)
	synctest.Wait()
}

func (s *scene) passes(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// did checks what the station was told since the last time.
func (s *scene) did(want ...string) {
	s.t.Helper()
	s.station.mu.Lock()
	defer s.station.mu.Unlock()
	if !slices.Equal(s.station.did, want) {
		s.t.Errorf("did %q, want %q", s.station.did, want)
	}
	s.station.did = nil
}

// ended checks that the console has ended, and how.
func (s *scene) ended(want error) {
	s.t.Helper()
	select {
	case err := <-s.done:
		if !errors.Is(err, want) {
			s.t.Errorf("ended with %v, want %v", err, want)
		}
	default:
		s.t.Errorf("has not ended")
	}
}

func (s *scene) goesOn() {
	s.t.Helper()
	select {
	case err := <-s.done:
		s.t.Fatalf("has ended with %v", err)
	default:
	}
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// golden compares with a transcript in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

func at(hour, minute, second int) time.Time {
	return time.Date(2026, 5, 1, hour, minute, second, 0, time.UTC)
}

// A contact, from listening to 73.
func contact(s *scene) {
	s.hear("\r\nCQ CQ CQ DE W1QRA W1Q")
	s.hear("RA\r\nCQ DE W1QRA PSE ")
	s.happens(station.Event{Kind: station.CallHeard, Text: "W1QRA"})
	s.hear("K")
	s.passes(2 * time.Second)
	s.line("/call w1qra")
	s.line("/tx W1QRA DE OE1XYZ OE1XYZ K")
	s.happens(station.Event{Kind: station.KeyDown, Text: "keyboard"})
	for _, part := range []string{"\r\nW1Q", "RA DE OE1XYZ OE1", "XYZ K"} {
		s.happens(station.Event{Kind: station.Sent, Text: part})
	}
	s.happens(station.Event{Kind: station.KeyUp, Text: "all sent"})
	s.hear("\r\nOE1XYZ DE W1QRA UR 599 ")
	s.happens(station.Event{Kind: station.Notice, Text: "identification is due in a minute"})
	s.hear("599 NAME ANN\r\nBTU OE1XYZ KN\r\n")
	s.line("TU UR 579 579")
	s.line("/tx")
	s.happens(station.Event{Kind: station.KeyDown, Text: "keyboard"}, station.Event{Kind: station.Sent, Text: "TU UR 579 579\r\n"})
	s.line("73 DE OE1XYZ")
	s.line("/rx")
	s.happens(station.Event{Kind: station.Sent, Text: "73 DE OE1XYZ\r\n"}, station.Event{Kind: station.KeyUp, Text: "all sent"})
	s.line("/heard")
}

func TestTranscripts(t *testing.T) {
	for _, test := range []struct {
		name    string
		options Options
	}{
		{"contact-quiet", Options{Verbosity: Quiet}},
		{"contact-normal", Options{Verbosity: Normal}},
		{"contact-verbose", Options{Verbosity: Verbose}},
		{"contact-by-line", Options{Verbosity: Verbose, Flow: ByLine}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFake()
			f.snap.Origin = station.Demo
			f.snap.Heard = []station.Heard{{Call: "W1QRA", At: at(14, 3, 5), Times: 3, Mark: 2125.2}}
			test.options.Station = f
			play(t, test.options, func(s *scene) {
				contact(s)
				s.line("/quit")
				s.ended(nil)
				golden(t, test.name, s.out.String())
			})
		})
	}
}

// Everything that can be told, with all that may be wrong.
func TestTelling(t *testing.T) {
	play(t, Options{Verbosity: Normal}, func(s *scene) {
		for _, l := range []string{"/status", "/tune", "/preset", "/sideband", "/afc", "/net", "/squelch", "/record", "/enable", "/call", "/macro", "/heard", "/flow", "/verbosity", "/help", "/help tune"} {
			s.line(l)
		}
		s.station.set(func(snap *station.Snapshot) {
			snap.Receive.Found = true
			snap.Receive.Tracked.Mark -= 12.2
			snap.Receive.Preset = ""
			snap.Receive.SNR, snap.Receive.Quality, snap.Receive.Peak = -3.4, 0.973, 1
			snap.Receive.Squelch = 0.8
			snap.Rig = station.Rig{Kind: "rigctld", MarkHz: 14082875}
			snap.Rig.State.Frequency, snap.Rig.State.Mode.Name, snap.Rig.State.Fault = 14085000, "LSB", "no answer for 2 s"
			snap.Input = station.Device{Name: "pulse:rig.monitor", Rate: 48000, Xruns: 2, Silent: "only zeros arrive"}
			snap.Output = station.Device{Name: "pulse:rig", Waiting: "waiting for pulse:rig"}
			snap.Their.Call = "W1QRA"
			snap.Transmit.Refusal = "receive only: no callsign is set"
			snap.Transmit.Queue = []rune("TU \n73")
			snap.Transmit.ID = station.ID{Running: true, Left: 75 * time.Second}
		})
		s.line("/status")
		s.station.set(func(snap *station.Snapshot) {
			snap.Receive.Tracked.Mark = snap.Receive.Signal.Mark + 7
			snap.Transmit.Phase, snap.Transmit.Left, snap.Transmit.Diddling = station.Sending, 62*time.Second, true
		})
		s.line("/status")
		golden(t, "telling", s.out.String())
	})
}

func TestPast(t *testing.T) {
	play(t, Options{Verbosity: Normal}, func(s *scene) {
		s.hear("LIVE TEXT ")
		past := received("CQ CQ DE W1QRA\r\nPSE K")
		past.Kind, past.Begin, past.End, past.Newest = station.Past, at(14, 3, 0), at(14, 3, 30), true
		s.happens(past)
		s.hear("GOES ON ")
		golden(t, "past", s.out.String())
	})
}

// A word of one station does not go on with that of another, but a turn of the
// dial does not part one.
func TestTextOfAnotherStationBeginsALine(t *testing.T) {
	for _, c := range []struct {
		moved bool
		want  string
	}{
		{true, "CQ DE W1\nTuned: mark 2125 hertz, space 2295 hertz, shift 170, 45.45 baud\nQRA K\n"},
		{false, "CQ DE\nTuned: mark 2125 hertz, space 2295 hertz, shift 170, 45.45 baud\nW1QRA K\n"},
	} {
		play(t, Options{Verbosity: Normal}, func(s *scene) {
			before := s.out.String()
			s.hear("CQ DE W1")
			s.happens(station.Event{Kind: station.Tuned, Signal: s.station.snap.Receive.Signal, Moved: c.moved})
			s.hear("QRA K\r\n")
			if got := strings.TrimPrefix(s.out.String(), before); got != c.want {
				t.Errorf("moved %v: %q, not %q", c.moved, got, c.want)
			}
		})
	}
}

// What the commands tell the station.
func TestCommands(t *testing.T) {
	tests := []struct {
		line string
		did  []string
		says string // part of what is written, empty for nothing
	}{
		{"/tx CQ CQ DE OE1XYZ K", []string{`send keyboard "CQ CQ DE OE1XYZ K\n"`}, ""},
		{"/TX cq", []string{`send keyboard "cq\n"`}, ""},
		{"/tx", []string{"transmit keyboard"}, ""},
		{"/rx", []string{"receive when sent"}, ""},
		{"/stop", []string{"stop: stop command"}, ""},
		{"/clear", []string{"clear"}, "Waiting: nothing"},
		{"/call w1qra", []string{"call w1qra"}, "In contact: W1QRA"},
		{"/macro 1", []string{"macro 0 0"}, ""},
		{"/macro cq", []string{"macro 0 0"}, ""},
		{"/macro 73", []string{"macro 0 2"}, ""},
		{"/macro pounce 1", []string{"macro 1 0"}, ""},
		{"/macro his call", []string{"macro 1 0"}, ""},
		{"/macro 9", nil, "Error: there is no macro"},
		{"/id", []string{"identify"}, ""},
		{"/carrier", []string{"carrier 0"}, ""},
		{"/carrier ry", []string{"carrier 1"}, ""},
		{"/carrier x", nil, `Error: "x" is none of ry`},
		{"/enable on", []string{"enable true"}, "Transmit enabled: on"},
		{"/enable OFF", []string{"enable false"}, "Transmit enabled: off"},
		{"/enable maybe", nil, `Error: "maybe" is none of on, off`},
		{"/tune 1500", []string{"tune 1500"}, ""},
		{"/tune +10", []string{"tune 2135"}, ""},
		{"/tune -12.5", []string{"tune 2112.5"}, ""},
		{"/tune up", nil, `Error: "up" is no frequency`},
		{"/preset dwd", []string{"preset dwd"}, ""},
		{"/preset nix", []string{"preset nix"}, "Error: no preset"},
		{"/sideband usb", []string{"sideband usb"}, ""},
		{"/sideband am", nil, `Error: "am" is none of usb, lsb`},
		{"/reverse", []string{"reverse"}, ""},
		{"/auto", []string{"auto"}, ""},
		{"/afc off", []string{"afc false"}, "AFC: off"},
		{"/net on", []string{"net true"}, "Net: on"},
		{"/squelch auto", []string{"squelch 0"}, "Squelch: automatic"},
		{"/squelch off", []string{"squelch -1"}, "Squelch: off"},
		{"/squelch 0.5", []string{"squelch 0.5"}, "Squelch: 0.5"},
		{"/squelch 7", nil, `Error: "7" is none of auto, off`},
		{"/squelch NaN", nil, "Error:"},
		{"/past", []string{"past 3m0s"}, ""},
		{"/past 10", []string{"past 10m0s"}, ""},
		{"/past 0.5", []string{"past 30s"}, ""},
		{"/past -1", nil, `Error: "-1" is no number of minutes`},
		{"/record on", []string{"record true"}, "Recording: on"},
		{"/nonsense 1 2", nil, "Error: not done: /nonsense 1 2: there is no command /nonsense"},
		{"/", nil, "Error: not done: /: there is no command"},
		{"HELLO OM", []string{`type "HELLO OM\n"`}, "Waiting: HELLO OM (/tx sends it"},
		{"//ANT UP", []string{`type "/ANT UP\n"`}, "Waiting: /ANT UP"},
		{"", nil, ""},
	}
	for _, test := range tests {
		t.Run(test.line, func(t *testing.T) {
			play(t, Options{Verbosity: Normal}, func(s *scene) {
				before := len(s.out.String())
				s.line(test.line)
				s.did(test.did...)
				if said := s.out.String()[before:]; !strings.Contains(said, test.says) || (test.says == "") != (said == "") {
					t.Errorf("says %q, want %q", said, test.says)
				}
			})
		})
	}
}

// Words that can't be sent are repeated in the error.
func TestWordsAreNotLost(t *testing.T) {
	play(t, Options{}, func(s *scene) {
		s.station.refuse = "can't transmit: receive only: no callsign is set"
		s.line("/tx CQ DE NOBODY")
		if out := s.out.String(); !strings.Contains(out, "Error: not sent: CQ DE NOBODY: can't transmit") {
			t.Error(out)
		}
	})
}

// What was stopped before it went out is told: /tx would send it next.
func TestWhatStopLeavesIsTold(t *testing.T) {
	play(t, Options{Verbosity: Normal}, func(s *scene) {
		s.line("/tx")
		s.happens(station.Event{Kind: station.KeyDown})
		s.line("TU 73")
		s.line("/stop")
		s.happens(station.Event{Kind: station.KeyUp, Text: "stop command"})
		if !strings.HasSuffix(s.out.String(), "Receiving: stop command\nWaiting: TU 73 (/tx sends it, /clear throws it away)\n") {
			t.Errorf("%q", s.out.String())
		}
	})
}

func TestInterrupt(t *testing.T) {
	play(t, Options{Verbosity: Normal}, func(s *scene) {
		s.line("/tx")
		s.happens(station.Event{Kind: station.KeyDown})
		s.did("transmit keyboard")
		s.console.Interrupt()
		synctest.Wait()
		s.did("stop: Ctrl-C")
		s.goesOn()
		s.happens(station.Event{Kind: station.KeyUp, Text: "Ctrl-C"})
		s.console.Interrupt()
		synctest.Wait()
		s.did()
		s.ended(ErrInterrupted)
	})
}

// A transmission that has only just been asked for is one, too.
func TestInterruptBeforeKeyDown(t *testing.T) {
	play(t, Options{}, func(s *scene) {
		s.line("/tx CQ")
		s.console.Interrupt()
		synctest.Wait()
		s.did(`send keyboard "CQ\n"`, "stop: Ctrl-C")
		s.goesOn()
	})
}

func TestQuitStopsTransmission(t *testing.T) {
	play(t, Options{}, func(s *scene) {
		s.line("/tx CQ")
		s.happens(station.Event{Kind: station.KeyDown})
		s.line("/quit")
		s.ended(nil)
		s.did(`send keyboard "CQ\n"`, "stop: the line mode was left")
	})
}

func TestEndOfPipe(t *testing.T) {
	sent := station.Event{Kind: station.Sent, Text: "CQ\r\n"}
	t.Run("everything is sent first", func(t *testing.T) {
		play(t, Options{}, func(s *scene) {
			io.WriteString(s.typed, "/tx CQ") // without a line end
			s.typed.Close()
			synctest.Wait()
			s.did(`send keyboard "CQ\n"`, "receive when sent")
			s.goesOn()
			s.happens(station.Event{Kind: station.KeyDown}, sent)
			s.passes(5 * time.Minute)
			s.goesOn()
			s.happens(station.Event{Kind: station.KeyUp})
			s.ended(nil)
			s.did()
			if !strings.HasSuffix(s.out.String(), "TX: CQ\n") {
				t.Errorf("%q", s.out.String())
			}
		})
	})
	t.Run("a transmission that never begins", func(t *testing.T) {
		play(t, Options{}, func(s *scene) {
			s.line("/tx CQ")
			s.typed.Close()
			s.passes(time.Minute)
			select {
			case err := <-s.done:
				if err == nil {
					t.Error("no error")
				}
			default:
				t.Error("waits for ever")
			}
		})
	})
	t.Run("a transmission that fails", func(t *testing.T) {
		play(t, Options{}, func(s *scene) {
			s.line("/tx CQ")
			s.typed.Close()
			s.happens(station.Event{Kind: station.Alarm, Text: "transmission ended: no PTT"})
			s.ended(ErrUndone)
			if !strings.Contains(s.out.String(), "ALARM: transmission ended: no PTT\n") {
				t.Errorf("%q", s.out.String())
			}
		})
	})
	t.Run("nothing to send", func(t *testing.T) {
		play(t, Options{}, func(s *scene) {
			s.line("/status")
			s.typed.Close()
			synctest.Wait()
			s.ended(nil)
		})
	})
	t.Run("words without a command", func(t *testing.T) {
		play(t, Options{}, func(s *scene) {
			s.line("CQ CQ DE OE1XYZ")
			s.typed.Close()
			synctest.Wait()
			s.ended(ErrUndone)
			if !strings.Contains(s.out.String(), "Error: not sent: CQ CQ DE OE1XYZ\n") {
				t.Errorf("%q", s.out.String())
			}
		})
	})
	t.Run("no input at all", func(t *testing.T) {
		play(t, Options{}, func(s *scene) {
			s.typed.Close()
			s.passes(time.Hour)
			s.goesOn()
			s.hear("STILL HERE ")
			if !strings.Contains(s.out.String(), "STILL HERE") {
				t.Errorf("%q", s.out.String())
			}
		})
	})
}

func TestEndOfAudio(t *testing.T) {
	ended := make(chan struct{})
	in, _ := io.Pipe()
	var out bytes.Buffer
	f := newFake()
	f.hear("LAST WORD")
	close(ended)
	err := New(Options{Station: f, In: in, Out: &out, Ended: ended, Verbosity: Normal}).Run(t.Context())
	if err != nil || !strings.HasSuffix(out.String(), "\nLAST WORD\nNotice: the audio has ended\n") {
		t.Errorf("%v, %q", err, out.String())
	}
}

func TestBrokenOutput(t *testing.T) {
	in, _ := io.Pipe()
	err := New(Options{Station: newFake(), In: in, Out: brokenPipe{}}).Run(t.Context())
	if !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("ended with %v", err)
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

// Nothing that comes from outside can control a terminal.
func TestNothingControlsTheTerminal(t *testing.T) {
	play(t, Options{Verbosity: Verbose}, func(s *scene) {
		s.hear("A\aB\x1b[2JC\u202eD\u009bE ")
		s.happens(station.Event{Kind: station.Notice, Text: "a\x1b[31mb\nc"}, station.Event{Kind: station.CallHeard, Text: "X\x07"})
		s.line("/nix\x1b]0;x\x07")
		s.line("/call \x1b[1m")
		for _, r := range s.out.String() {
			if r != '\n' && (r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r == '\u202e') {
				t.Fatalf("%q is written: %q", r, s.out.String())
			}
		}
	})
}

func TestSounds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var terminal lockedBuffer
		sounds := Bells(&terminal)
		for i, ring := range []func(){sounds.TransmitOn, sounds.TransmitOff, sounds.TimedOut} {
			before := len(terminal.String())
			ring()
			time.Sleep(3 * time.Second)
			if n := len(terminal.String()) - before; n != i+1 {
				t.Errorf("%d bells, want %d", n, i+1)
			}
		}
	})
	for _, test := range []struct {
		verbosity Verbosity
		want      string
	}{
		{Normal, "on off on time-out "},
		{Quiet, ""},
	} {
		var heard record
		play(t, Options{Verbosity: test.verbosity, Sounds: &heard}, func(s *scene) {
			s.happens(station.Event{Kind: station.KeyDown}, station.Event{Kind: station.KeyUp, Text: "all sent"})
			s.happens(station.Event{Kind: station.KeyDown}, station.Event{Kind: station.Alarm, Text: "time-out timer"}, station.Event{Kind: station.KeyUp, Text: "time-out timer"})
		})
		if string(heard) != test.want {
			t.Errorf("%s: %q", test.verbosity, heard)
		}
	}
}

type record string

func (r *record) TransmitOn()  { *r += "on " }
func (r *record) TransmitOff() { *r += "off " }
func (r *record) TimedOut()    { *r += "time-out " }
