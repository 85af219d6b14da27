package doctor

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rtty/audio"
	"rtty/config"
	"rtty/rig"
	"rtty/station"
)

// cards are sound devices by the names that open them.
type cards struct {
	in, out audio.Device
	err     error // of finding any
	source  audio.Source
}

func (c cards) Find(_ string, input bool) (audio.Device, error) {
	if input {
		return c.in, c.err
	}
	return c.out, c.err
}

func (c cards) OpenInput(string, audio.InputOptions) (audio.Source, error) { return c.source, nil }

// healthy is a checkup of a station without faults, that may transmit.
func healthy(t *testing.T) *Checkup {
	t.Helper()
	c := &Checkup{Config: config.Default(), File: filepath.Join(t.TempDir(), "config.toml"), Log: t.TempDir()}
	if err := os.WriteFile(c.File, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	c.Config.Station.Callsign, c.Config.Station.Region = "W1AW", 2
	c.Config.Transmit.Enabled = true
	c.Config.Rig.Kind = "rigctld"
	c.Radio = station.Radio{Kind: "rigctld", Region: 2}
	c.Sound = cards{
		in:     audio.Device{Driver: "pulse", ID: "alsa_input.usb-Burr-Brown_from_TI_USB_Audio_CODEC-00.analog-stereo", Input: true},
		out:    audio.Device{Driver: "pulse", ID: "alsa_output.usb-Burr-Brown_from_TI_USB_Audio_CODEC-00.analog-stereo", Output: true},
		source: newTone(3*time.Second, 0.1, 0),
	}
	c.Clock = func() (Clock, error) { return Clock{Synchronised: true, Error: 12 * time.Millisecond}, nil }
	return c
}

// only looks at one thing.
func only(do func(context.Context, reporter)) string {
	var b strings.Builder
	do(context.Background(), reporter{"", func(f Finding) { fmt.Fprintf(&b, "%s: %s\n", f.Level, f.Text) }})
	return b.String()
}

func want(t *testing.T, got string, lines ...string) {
	t.Helper()
	if n := strings.Count(got, "\n"); n != len(lines) {
		t.Errorf("%d findings, want %d:\n%s", n, len(lines), got)
	}
	for _, line := range lines {
		if !strings.Contains(got, line) {
			t.Errorf("no %q in\n%s", line, got)
		}
	}
}

const testRate = 8000

// tone is a Source of a sine and direct current; it gives a gap where it is told
// to, and ends with err, or hangs until it is closed.
type tone struct {
	samples []float32
	gapAt   int
	err     error
	hang    chan struct{}
	at      int
}

func newTone(d time.Duration, amplitude, dc float64) *tone {
	x := make([]float32, int(d.Seconds()*testRate))
	for i := range x {
		x[i] = float32(max(-1, min(1, dc+amplitude*math.Sin(2*math.Pi*2210*float64(i)/testRate))))
	}
	return &tone{samples: x, gapAt: -1, err: io.EOF}
}

func (s *tone) Rate() int         { return testRate }
func (s *tone) Anchor() time.Time { return time.Time{} }

func (s *tone) Close() error {
	if s.hang != nil {
		close(s.hang)
	}
	return nil
}

func (s *tone) Read(dst []float32) (audio.Block, error) {
	if s.at == len(s.samples) {
		if s.hang != nil {
			<-s.hang
		}
		return audio.Block{}, s.err
	}
	b := audio.Block{N: copy(dst, s.samples[s.at:]), Index: int64(s.at), Gap: s.gapAt >= 0 && s.at >= s.gapAt}
	if b.Gap {
		s.gapAt = -1
	}
	s.at += b.N
	return b, nil
}

func TestWhatTheInputHearsIsTold(t *testing.T) {
	gap := newTone(3*time.Second, 0.1, 0)
	gap.gapAt = testRate
	broken := newTone(time.Second, 0.1, 0)
	broken.err = errors.New("the device has gone")
	for name, c := range map[string]struct {
		source audio.Source
		want   []string
	}{
		"good":     {newTone(3*time.Second, 0.1, 0), []string{"ok: pulse:card hears sound at -20 dBFS"}},
		"zeros":    {newTone(3*time.Second, 0, 0), []string{"fault: pulse:card gives nothing but zeros"}},
		"constant": {newTone(3*time.Second, 0, 0.5), []string{"warning: pulse:card is very quiet, -180 dBFS", "note: pulse:card has a direct current of 50 %"}},
		"quiet":    {newTone(3*time.Second, 0.0002, 0), []string{"warning: pulse:card is very quiet, -74 dBFS"}},
		"loud":     {newTone(3*time.Second, 0.6, 0), []string{"warning: pulse:card is loud, -4 dBFS"}},
		"clipped":  {newTone(3*time.Second, 3, 0), []string{"warning: pulse:card clips: "}},
		"dc":       {newTone(3*time.Second, 0.1, -0.05), []string{"ok: ", "note: pulse:card has a direct current of -5 %"}},
		"gap":      {gap, []string{"ok: ", "warning: pulse:card lost samples 1 times"}},
		"short":    {newTone(time.Second, 0.1, 0), []string{"ok: pulse:card hears sound"}},
		"nothing":  {newTone(0, 0, 0), []string{"fault: pulse:card gave no samples"}},
		"broken":   {broken, []string{"fault: pulse:card can't be listened to: the device has gone"}},
	} {
		t.Run(name, func(t *testing.T) {
			h := healthy(t)
			h.Sound = cards{in: audio.Device{Driver: "pulse", ID: "card"}, source: c.source}
			want(t, only(h.soundInput), c.want...)
		})
	}
}

// A thump at the start is not the receiver's.
func TestTheFirstMomentIsLeftOut(t *testing.T) {
	h := healthy(t)
	thump := newTone(3*time.Second, 0.1, 0)
	for i := range testRate / 10 {
		thump.samples[i] = 1
	}
	h.Sound = cards{in: audio.Device{Driver: "pulse", ID: "card"}, source: thump}
	want(t, only(h.soundInput), "ok: pulse:card hears sound at -20 dBFS")
}

func TestAnInputThatHangsIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := healthy(t)
		hanging := newTone(time.Second, 0.1, 0)
		hanging.hang = make(chan struct{})
		h.Sound = cards{in: audio.Device{Driver: "pulse", ID: "card"}, source: hanging}
		began := time.Now()
		want(t, only(h.soundInput), "fault: pulse:card can't be listened to: it gives no samples for 6s")
		if took := time.Since(began); took != patience {
			t.Errorf("given up after %v", took)
		}
	})
}

func TestInputsThatAreNoReceiverAreTold(t *testing.T) {
	h := healthy(t)
	h.Sound = cards{in: audio.Device{Driver: "pulse", ID: "card.monitor", Monitor: true}, source: newTone(3*time.Second, 0.1, 0)}
	want(t, only(h.soundInput), "note: pulse:card.monitor is a monitor", "ok: ")
	h.Sound = cards{err: errors.New("no input at all")}
	want(t, only(h.soundInput), "fault: there is no sound input: no input at all")
	h.Config.Audio.Input = h.File
	want(t, only(h.soundInput), "is no sound device but a recording")
}

func TestTheDesktopsOutputIsWarnedAbout(t *testing.T) {
	desktop := audio.Device{Driver: "pulse", ID: "speaker", Default: true}
	for _, c := range []struct {
		transmit bool
		out      audio.Device
		err      error
		want     string
	}{
		{true, desktop, nil, "warning: pulse:speaker, where the transmitter's audio goes, is the desktop's default"},
		{false, desktop, nil, "note: pulse:speaker is the desktop's default output: before transmitting"},
		{true, audio.Device{Driver: "pulse", ID: "codec"}, nil, "ok: pulse:codec is there"},
		{true, desktop, errors.New("no output at all"), "fault: there is no sound output: no output at all"},
		{false, desktop, errors.New("no output at all"), "note: there is no sound output: no output at all"},
	} {
		h := healthy(t)
		h.Config.Transmit.Enabled = c.transmit
		h.Sound = cards{out: c.out, err: c.err}
		want(t, only(h.soundOutput), c.want)
	}
}

func TestLeaveToTransmitIsToldAsItIs(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*config.Config)
		want   []string
	}{
		"all":         {func(*config.Config) {}, []string{"ok: transmitting is enabled for W1AW", "ok: the band edges of IARU region 2 hold"}},
		"no call":     {func(c *config.Config) { c.Station.Callsign = "" }, []string{"note: receive only: no callsign is set", "ok: "}},
		"no callsign": {func(c *config.Config) { c.Station.Callsign = "TEST" }, []string{"note: receive only: TEST is not the form", "ok: "}},
		"no rig":      {func(c *config.Config) { c.Rig.Kind = "none" }, []string{"note: receive only: no rig is configured", "ok: "}},
		"disabled":    {func(c *config.Config) { c.Transmit.Enabled = false }, []string{"note: receive only: transmitting is not enabled", "ok: "}},
		"no region":   {func(c *config.Config) { c.Station.Region = 0 }, []string{"ok: ", "warning: the IARU region is not set"}},
		"override":    {func(c *config.Config) { c.Rig.Override = true }, []string{"ok: ", "warning: the band edges are overridden"}},
		"no shift":    {func(c *config.Config) { c.Transmit.Method = "fsk" }, []string{"ok: transm", "ok: the", "fault: transmit.method is fsk, but nothing shifts"}},
		"no tone": {func(c *config.Config) { c.Transmit.Method, c.FSK.Kind, c.ID.CW = "fsk", "uart", "over" },
			[]string{"ok: transm", "ok: the", "fault: FSK keying can't send Morse code"}},
	} {
		t.Run(name, func(t *testing.T) {
			h := healthy(t)
			c.change(&h.Config)
			want(t, only(h.permission), c.want...)
		})
	}
}

func TestMistakesInTheConfigurationAreToldOneByOne(t *testing.T) {
	h := healthy(t)
	want(t, only(h.configuration), "ok: "+h.File+" has no mistakes")
	_, h.Faults = config.Parse(h.File, "[station]\nregion = 7\n[rig]\nkind = \"telepathy\"\n")
	want(t, only(h.configuration), "fault: "+h.File+":2: ", "fault: "+h.File+":4: ")
	_, h.Faults = config.Parse(h.File, "[station\n")
	want(t, only(h.configuration), "fault: "+h.File+":2: ")
	h.File, h.Faults = filepath.Join(t.TempDir(), "none.toml"), nil
	want(t, only(h.configuration), "note: there is no configuration file")
}

func TestWhetherTheLogCanBeWrittenIsTried(t *testing.T) {
	h := healthy(t)
	want(t, only(h.log), "ok: the log of the day is kept in "+h.Log)
	if left, err := os.ReadDir(h.Log); err != nil || len(left) > 0 {
		t.Errorf("left in the directory: %v, %v", left, err)
	}
	h.Log = filepath.Join(h.Log, "not", "made", "yet")
	want(t, only(h.log), "ok: ")
	if _, err := os.Stat(h.Log); err == nil {
		t.Error("looking has made the directory")
	}
	for _, under := range []string{h.File, filepath.Join(h.File, "log")} {
		h.Log = under
		want(t, only(h.log), "fault: the log of the day can't be written: ")
	}
	h.Log = ""
	want(t, only(h.log), "note: no log of the day is kept")
}

func TestTheClockIsJudged(t *testing.T) {
	for want, c := range map[string]struct {
		clock Clock
		err   error
	}{
		"ok: the clock is synchronised, to better than 13 ms":         {Clock{true, 12 * time.Millisecond}, nil},
		"note: the clock is synchronised, but may be off by 2.0 s":    {Clock{true, 2 * time.Second}, nil},
		"warning: nothing keeps the clock right":                      {Clock{false, 16 * time.Second}, nil},
		"note: whether the clock is right is not known (this system ": {Clock{}, errNoClock},
	} {
		h := healthy(t)
		h.Clock = func() (Clock, error) { return c.clock, c.err }
		if got := only(h.clock); !strings.HasPrefix(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestPolarityFollowsTheMode(t *testing.T) {
	for name, c := range map[string]struct {
		mode   rig.Mode
		hz     float64
		change func(*config.Config)
		want   []string
	}{
		"LSB":     {rig.Mode{Kind: rig.LSB, Name: "LSB", Filter: 2400}, 14_092_125, nil, []string{"ok: the tones are right for LSB: mark 2125, space 2295 Hz"}},
		"USB":     {rig.Mode{Kind: rig.USB, Name: "PKTUSB", Filter: 2400}, 14_092_000, nil, []string{"ok: the tones are right for PKTUSB: mark 2295, space 2125 Hz"}},
		"unknown": {rig.Mode{}, 0, nil, []string{"note: the tones are right for a receiver on lsb, mark 2125 and space 2295 Hz"}},
		"configured": {rig.Mode{}, 0, func(c *config.Config) { c.Receive.Sideband = "usb" },
			[]string{"note: the tones are right for a receiver on usb, mark 2295 and space 2125 Hz"}},
		"weather": {rig.Mode{Kind: rig.USB, Name: "USB", Filter: 3000}, 14_092_000, func(c *config.Config) { c.Receive.Preset = "dwd" },
			[]string{"ok: the tones are right for USB: mark 1275, space 1725 Hz", "note: the harmonic of 1275 Hz"}},
		"CW":           {rig.Mode{Kind: rig.Other, Name: "CWR"}, 14_092_000, nil, []string{"warning: the transceiver is in mode CWR, which carries no teleprinter signal"}},
		"native":       {rig.Mode{Kind: rig.RTTY, Name: "RTTY"}, 14_090_000, nil, []string{"ok: the tones are right for RTTY", "warning: nothing can be transmitted as the rig is set: the transceiver is in its own FSK mode"}},
		"reversed":     {rig.Mode{Kind: rig.RTTYR, Name: "RTTYR"}, 14_090_000, nil, []string{"warning: the transceiver is in RTTY-R", "warning: nothing can be transmitted"}},
		"outside band": {rig.Mode{Kind: rig.LSB, Name: "LSB", Filter: 2400}, 14_355_000, nil, []string{"ok: ", "warning: nothing can be transmitted as the rig is set: "}},
	} {
		t.Run(name, func(t *testing.T) {
			h := healthy(t)
			if c.change != nil {
				c.change(&h.Config)
			}
			want(t, only(func(_ context.Context, r reporter) {
				h.polarity(rig.State{Mode: c.mode, Frequency: c.hz}, r)
			}), c.want...)
		})
	}
}
