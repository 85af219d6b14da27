package audio

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"sort"
	"sync"
	"testing"
	"time"

	"rtty/audio/pulsetest"
)

// A card is a sink of the sound server, as one of the drivers reaches it.
type card struct{ driver, in, out string }

// cards runs a test through every driver built in, on a server of its own.
func cards(t *testing.T, test func(t *testing.T, s *pulsetest.Server, c card)) {
	for _, c := range []card{
		{"pulse", "pulse:air.monitor", "pulse:air"},
		{"portaudio", "portaudio:air_in", "portaudio:air_out"},
	} {
		if !slices.ContainsFunc(drivers(), func(d driver) bool { return d.name() == c.driver }) {
			continue
		}
		t.Run(c.driver, func(t *testing.T) {
			s := pulsetest.Start(t, "air", "other")
			if _, _, err := resolve(drivers(), c.in, true); err != nil {
				t.Skip("the plugin by which ALSA reaches PulseAudio is not installed: ", err)
			}
			test(t, s, c)
		})
	}
}

// marked are samples none of which is zero, or the same as another one near:
// one that is lost or doubled shows.
func marked(n int) []int16 {
	x := make([]int16, n)
	for i := range x {
		if x[i] = int16(i*7919%65521 - 32760); x[i] == 0 {
			x[i] = 1
		}
	}
	return x
}

func floats(x []int16) []float32 {
	y := make([]float32, len(x))
	for i, v := range x {
		y[i] = float32(v) / 32768
	}
	return y
}

// withoutSilence are the samples from the first that is not zero to the last.
func withoutSilence[T int16 | float32](x []T) []T {
	sounds := func(v T) bool { return v != 0 }
	first := slices.IndexFunc(x, sounds)
	if first < 0 {
		return nil
	}
	last := len(x)
	for x[last-1] == 0 {
		last--
	}
	return x[first:last]
}

// wantExact fails unless the same samples came as were sent, none of which is
// zero. On a machine that is too busy an output runs dry now and then: what is
// between the samples then is not theirs.
func wantExact[T int16 | float32](t *testing.T, got, want []T, dry bool) {
	t.Helper()
	got = withoutSilence(got)
	if dry && len(got) > len(want) {
		t.Logf("%d samples of silence among %d", len(got)-len(want), len(want))
		got = slices.DeleteFunc(got, func(v T) bool { return v == 0 })
	}
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Fatalf("sample %d of %d is %v, want %v", i, len(want), got[i], want[i])
		}
	}
	if len(got) != len(want) {
		t.Fatalf("%d samples came, %d were sent", len(got), len(want))
	}
}

// dry tells whether an output may have run dry since it had run so often. ALSA's
// plugin for PulseAudio does not pass on what the server says of that.
func (c card) dry(now, before int64) bool { return now > before || c.driver == "portaudio" }

func underruns(s Sink) int64 { return s.(interface{ Underruns() int64 }).Underruns() }

// An ear listens to a Source for as long as the test runs.
type ear struct {
	src     Source
	mu      sync.Mutex
	samples []float32
	sound   int // samples that are not zero
	gaps    []Block
	hears   func() // called after every block, unless it is nil
	ended   chan struct{}
}

func newEar(t *testing.T, src Source, hears func()) *ear {
	e := &ear{src: src, hears: hears, ended: make(chan struct{})}
	go e.listen()
	t.Cleanup(func() { e.stop() })
	return e
}

func (e *ear) listen() {
	defer close(e.ended)
	dst := make([]float32, 4800)
	for {
		b, err := e.src.Read(dst)
		if err != nil {
			return
		}
		e.mu.Lock()
		if b.Gap {
			e.gaps = append(e.gaps, b)
		}
		e.samples = append(e.samples, dst[:b.N]...)
		for _, x := range dst[:b.N] {
			if x != 0 {
				e.sound++
			}
		}
		e.mu.Unlock()
		if e.hears != nil {
			e.hears()
		}
	}
}

func (e *ear) stop() []float32 {
	e.src.Close()
	<-e.ended
	return e.samples
}

func (e *ear) heard() (samples, sound, gaps int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.samples), e.sound, len(e.gaps)
}

// eventually waits for a condition, long enough for a machine that is busy.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("waited in vain: ", what)
		}
	}
}

// moreSamples waits until the ear hears something again.
func (e *ear) moreSamples(t *testing.T, n int) {
	t.Helper()
	before, _, _ := e.heard()
	eventually(t, fmt.Sprintf("%d more samples", n), func() bool {
		now, _, _ := e.heard()
		return now >= before+n
	})
}

func TestWhatIsPlayedIsReceivedToTheBit(t *testing.T) {
	cards(t, func(t *testing.T, s *pulsetest.Server, c card) {
		in, err := OpenInput(c.in, InputOptions{})
		if err != nil {
			t.Fatal(err)
		}
		e := newEar(t, in, nil)
		e.moreSamples(t, 4800)
		sent := marked(2 * 48000)
		s.PlaySamples("air", sent)
		e.moreSamples(t, 9600)
		wantExact(t, e.stop(), floats(sent), false)
		if _, _, gaps := e.heard(); gaps > 0 {
			t.Errorf("%d gaps", gaps)
		}
	})
}

// The lengths are one of a few characters, which is less than the queue holds,
// some that do not fill whole buffers, and a longer one.
func TestWhatIsSentIsPlayedToItsEndToTheBit(t *testing.T) {
	cards(t, func(t *testing.T, s *pulsetest.Server, c card) {
		out, err := OpenOutput(c.out, OutputOptions{})
		if err != nil {
			t.Fatal(err)
		}
		defer out.Close()
		total, dry := int64(0), int64(0)
		for _, n := range []int{1, 479, 2000, 14399, 96001} {
			r := s.Record("air.monitor")
			sent := marked(n)
			if err := errors.Join(out.Write(floats(sent)), out.Drain()); err != nil {
				t.Fatal(err)
			}
			total += int64(n)
			if got := out.Played(); got != total {
				t.Errorf("%d samples played, %d were sent", got, total)
			}
			r.Wait(4800) // the recorder is behind
			wantExact(t, r.Stop(), sent, c.dry(underruns(out), dry))
			dry = underruns(out)
		}
	})
}

func TestOtherRatesAreHad(t *testing.T) {
	cards(t, func(t *testing.T, s *pulsetest.Server, c card) {
		for _, rate := range []int{8000, 44100, 96000} {
			in, err := OpenInput(c.in, InputOptions{Rate: rate})
			if err != nil {
				t.Fatal(err)
			}
			e := newEar(t, in, nil)
			out, err := OpenOutput(c.out, OutputOptions{Rate: rate})
			if err != nil {
				t.Fatal(err)
			}
			if in.Rate() != rate || out.Rate() != rate {
				t.Errorf("%d asked for: in %d, out %d", rate, in.Rate(), out.Rate())
			}
			e.moreSamples(t, rate/10)
			start := time.Now()
			if err := errors.Join(out.Write(tone(rate, 0)), out.Drain()); err != nil {
				t.Fatal(err)
			}
			if took := time.Since(start); took < 900*time.Millisecond {
				t.Errorf("a second at %d Hz was played in %v", rate, took)
			}
			e.moreSamples(t, rate/10)
			all := e.stop()
			if _, got, _ := e.heard(); got < rate*99/100 || len(withoutSilence(all)) > rate*101/100 && !c.dry(underruns(out), 0) {
				t.Errorf("%d samples sent at %d Hz, %d came", rate, rate, got)
			}
			out.Close()
		}
		for _, rate := range []int{1000, 1_000_000} {
			if _, err := OpenInput(c.in, InputOptions{Rate: rate}); err == nil {
				t.Errorf("input at %d Hz", rate)
			}
			if _, err := OpenOutput(c.out, OutputOptions{Rate: rate}); err == nil {
				t.Errorf("output at %d Hz", rate)
			}
		}
	})
}

// The echo on the screen follows Played. The monitor gives samples when the sink
// takes them, some milliseconds before they would sound; and a busy machine is
// late now and then: so it is the median that has to be close.
func TestPlayedTellsWhatIsHeard(t *testing.T) {
	cards(t, func(t *testing.T, _ *pulsetest.Server, c card) {
		in, err := OpenInput("pulse:air.monitor", InputOptions{Latency: 10 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		out, err := OpenOutput(c.out, OutputOptions{})
		if err != nil {
			t.Fatal(err)
		}
		defer out.Close()
		var e *ear
		var ahead []float64 // milliseconds that what is heard is ahead of Played
		made := make(chan struct{})
		e = newEar(t, in, func() {
			<-made
			_, sound, _ := e.heard()
			if played := out.Played(); sound > 0 && played < 2*48000 {
				ahead = append(ahead, float64(int64(sound)-played)/48)
			}
		})
		close(made)
		e.moreSamples(t, 4800)
		start := time.Now()
		var longest time.Duration
		for sent := floats(marked(2 * 48000)); len(sent) > 0; sent = sent[480:] {
			if err := out.Write(sent[:480]); err != nil {
				t.Fatal(err)
			}
			longest = max(longest, out.Latency())
		}
		if err := out.Drain(); err != nil {
			t.Fatal(err)
		}
		t.Logf("two seconds took %v", time.Since(start))
		e.moreSamples(t, 4800)
		e.stop()
		if len(ahead) == 0 {
			t.Fatal("nothing was heard while it was played")
		}
		sort.Float64s(ahead)
		median := ahead[len(ahead)/2]
		t.Logf("heard ahead of Played, ms: %.1f to %.1f, median %.1f; queued: up to %v", ahead[0], ahead[len(ahead)-1], median, longest)
		if median < -20 || median > 20 {
			t.Errorf("Played is off by %.1f ms", median)
		}
		if longest > maxOutputLatency {
			t.Errorf("%v were queued", longest)
		}
	})
}

func TestAbortThrowsAwayWhatIsQueued(t *testing.T) {
	cards(t, func(t *testing.T, s *pulsetest.Server, c card) {
		out := OpenLiveOutput(c.out, OutputOptions{}, nil)
		defer out.Close()
		r := s.Record("air.monitor")
		result := make(chan error)
		go func() { result <- out.Write(floats(marked(10 * 48000))) }()
		eventually(t, "something is played", func() bool { return out.Played() > 24000 })
		if err := out.Abort(); err != nil {
			t.Fatal(err)
		}
		if err := <-result; err != ErrAborted {
			t.Errorf("Write returned %v", err)
		}
		played := out.Played()
		if out.Written() != played {
			t.Errorf("%d written, %d played", out.Written(), played)
		}
		r.Wait(14400)
		heard := len(withoutSilence(r.Stop()))
		if off := int64(heard) - played; off < -4800 || off > 4800 {
			t.Errorf("%d samples were heard, %d played", heard, played)
		}
		t.Logf("%d samples were heard, %d played", heard, played)

		dry := out.Condition().Lost
		r = s.Record("air.monitor")
		sent := marked(9000)
		if err := errors.Join(out.Write(floats(sent)), out.Drain()); err != nil {
			t.Fatal("the next over: ", err)
		}
		r.Wait(4800)
		wantExact(t, r.Stop(), sent, c.dry(out.Condition().Lost, dry))
	})
}

func TestReceptionSurvivesAServerThatDiesOrFreezes(t *testing.T) {
	for name, hit := range map[string]struct{ strike, heal func(*pulsetest.Server) }{
		"dies":    {(*pulsetest.Server).Kill, (*pulsetest.Server).Restart},
		"freezes": {(*pulsetest.Server).Freeze, (*pulsetest.Server).Thaw},
	} {
		t.Run(name, func(t *testing.T) {
			cards(t, func(t *testing.T, s *pulsetest.Server, c card) {
				in := OpenLiveInput(c.in, InputOptions{}, func(c Condition) { t.Log(c) })
				e := newEar(t, in, nil)
				e.moreSamples(t, 4800)
				sent := marked(48000)
				s.PlaySamples("air", sent)
				e.moreSamples(t, 9600)

				before, _, _ := e.heard()
				hit.strike(s)
				eventually(t, "it waits", func() bool { return in.Condition().Phase == Waiting })
				hit.heal(s)
				eventually(t, "it runs", func() bool { return in.Condition().Phase == Running })
				e.moreSamples(t, 4800)
				s.PlaySamples("air", sent)
				e.moreSamples(t, 9600)

				all := e.stop()
				wantExact(t, all[:before], floats(sent), false)
				_, sound, gaps := e.heard()
				if sound != 2*len(sent) || gaps == 0 {
					t.Errorf("%d samples that sound, want twice %d; %d gaps", sound, len(sent), gaps)
				}
				wantTime(t, in, e.gaps[len(e.gaps)-1])
			})
		})
	}
}

// wantTime fails unless the samples after a gap have the index of a time that
// has passed.
func wantTime(t *testing.T, in *LiveInput, b Block) {
	t.Helper()
	at := in.Anchor().Add(span(b.Index, in.Rate()))
	if since := time.Since(at); since < 0 || since > time.Minute {
		t.Errorf("the sample after the gap is of %v, which is %v ago", at, since)
	}
}

func TestAnOverIsCutOffByAServerThatDiesOrFreezesAndTheNextIsPlayed(t *testing.T) {
	for name, hit := range map[string]struct{ strike, heal func(*pulsetest.Server) }{
		"dies":    {(*pulsetest.Server).Kill, (*pulsetest.Server).Restart},
		"freezes": {(*pulsetest.Server).Freeze, (*pulsetest.Server).Thaw},
	} {
		t.Run(name, func(t *testing.T) {
			cards(t, func(t *testing.T, s *pulsetest.Server, c card) {
				out := OpenLiveOutput(c.out, OutputOptions{}, func(c Condition) { t.Log(c) })
				defer out.Close()
				result := make(chan error)
				go func() { result <- out.Write(floats(marked(60 * 48000))) }()
				eventually(t, "something is played", func() bool { return out.Played() > 4800 })
				hit.strike(s)
				start := time.Now()
				err := <-result
				if took := time.Since(start); err == nil || took > 2*time.Second {
					t.Errorf("Write returned %v after %v", err, took)
				}
				hit.heal(s)
				eventually(t, "it runs", func() bool { return out.Condition().Phase == Running && out.Probe() == nil })

				dry := out.Condition().Lost
				r := s.Record("air.monitor")
				sent := marked(9000)
				if err := errors.Join(out.Write(floats(sent)), out.Drain()); err != nil {
					t.Fatal("the next over: ", err)
				}
				r.Wait(4800)
				wantExact(t, r.Stop(), sent, c.dry(out.Condition().Lost, dry))
			})
		})
	}
}

func TestAServerThatDiesBetweenOversIsKnownBeforeTheNextOne(t *testing.T) {
	cards(t, func(t *testing.T, s *pulsetest.Server, c card) {
		out := OpenLiveOutput(c.out, OutputOptions{}, func(c Condition) { t.Log(c) })
		defer out.Close()
		if err := errors.Join(out.Probe(), out.Write(floats(marked(4800))), out.Drain(), out.Probe()); err != nil {
			t.Fatal(err)
		}
		s.Kill()
		eventually(t, "it waits", func() bool { return out.Condition().Phase == Waiting })
		if out.Probe() == nil {
			t.Error("a probe finds nothing wrong")
		}
		s.Restart()
		eventually(t, "it runs", func() bool { return out.Condition().Phase == Running && out.Probe() == nil })
	})
}

// A list that is up to date costs PortAudio all its streams.
func TestListingDevicesDisturbsNobody(t *testing.T) {
	cards(t, func(t *testing.T, s *pulsetest.Server, c card) {
		out, err := OpenOutput(c.out, OutputOptions{})
		if err != nil {
			t.Fatal(err)
		}
		defer out.Close()
		for range 2 {
			if devices, errs := Devices(t.Context()); len(devices) == 0 || len(errs) > 0 {
				t.Errorf("%v, %v", devices, errs)
			}
			r := s.Record("air.monitor")
			sent := marked(9600)
			if err := out.Write(floats(sent[:4800])); err != nil {
				t.Fatal(err)
			}
			if _, errs := Devices(t.Context()); len(errs) > 0 {
				t.Error(errs)
			}
			if err := errors.Join(out.Write(floats(sent[4800:])), out.Drain()); err != nil {
				t.Fatal(err)
			}
			r.Wait(4800)
			wantExact(t, r.Stop(), sent, c.dry(underruns(out), 0))
		}
	})
}

func TestReadsAreEndedByCloseWhileTheServerIsFrozen(t *testing.T) {
	cards(t, func(t *testing.T, s *pulsetest.Server, c card) {
		in := OpenLiveInput(c.in, InputOptions{}, nil)
		e := newEar(t, in, nil)
		e.moreSamples(t, 4800)
		s.Freeze()
		defer s.Thaw()
		start := time.Now()
		e.stop()
		if took := time.Since(start); took > time.Second {
			t.Errorf("it took %v", took) // without load a millisecond
		}
	})
}

func TestADeviceThatIsNotThere(t *testing.T) {
	cards(t, func(t *testing.T, _ *pulsetest.Server, c card) {
		_, err := OpenInput(c.driver+":nowhere", InputOptions{})
		var e *DeviceError
		if !errors.As(err, &e) || len(e.There) == 0 {
			t.Errorf("%v", err)
		}
		t.Log(err)
	})
}

func TestNoServerIsSaidToBeNone(t *testing.T) {
	t.Setenv("PULSE_SERVER", "")
	t.Setenv("PULSE_RUNTIME_PATH", t.TempDir())
	_, err := OpenInput("pulse:", InputOptions{})
	var e *DriverError
	if !errors.As(err, &e) || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v", err)
	}
}
