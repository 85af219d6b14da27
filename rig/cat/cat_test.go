package cat

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"rtty/rig"
)

// transceiver is one with everything a test may want of it.
type transceiver interface {
	rig.Link
	rig.PTTReader
	rig.Tuner
	rig.Moder
	rig.Meter
}

// A model is a kind of transceiver, with what it says and does.
type model struct {
	name  string
	fake  func(*testing.T) *fake
	cfg   Config
	modes []rig.Mode
	above float64 // dB above S9 of a meter one step up
}

var models = []model{
	{"IC-7300", fakeIcom, Config{Family: Icom}, []rig.Mode{
		{Kind: rig.LSB, Name: "LSB", Filter: 2800}, {Kind: rig.USB, Data: true, Name: "USB-D", Filter: 2800},
		{Kind: rig.RTTY, Name: "RTTY", Filter: 2800}, {Kind: rig.RTTYR, Name: "RTTY-R", Filter: 2800},
	}, 60.0 / 121},
	{"TS-590S", fakeTS590, Config{Family: Kenwood}, []rig.Mode{
		{Kind: rig.LSB, Name: "LSB"}, {Kind: rig.USB, Data: true, Name: "USB-DATA"},
		{Kind: rig.RTTY, Name: "FSK", Filter: 500}, {Kind: rig.RTTYR, Name: "FSK-R", Filter: 500},
	}, 4},
	{"K3", fakeK3, Config{Family: Kenwood}, []rig.Mode{
		{Kind: rig.LSB, Name: "LSB", Filter: 2700}, {Kind: rig.USB, Data: true, Name: "DATA A", Filter: 2700},
		{Kind: rig.LSB, Data: true, Name: "DATA A-R", Filter: 2700},
		{Kind: rig.RTTY, Name: "FSK D", Filter: 2700}, {Kind: rig.RTTYR, Name: "FSK D-R", Filter: 2700},
	}, 60.0 / 9},
	{"FT-991", fakeYaesu, Config{Family: Yaesu}, []rig.Mode{
		{Kind: rig.LSB, Name: "LSB"}, {Kind: rig.USB, Data: true, Name: "DATA-U"}, {Kind: rig.LSB, Data: true, Name: "DATA-L"},
		{Kind: rig.RTTY, Name: "RTTY-L"}, {Kind: rig.RTTYR, Name: "RTTY-U"},
	}, 60.0 / 125},
	{"FT-817", fake817, Config{Family: YaesuBytes, Model: "FT-817"}, []rig.Mode{
		{Kind: rig.LSB, Name: "LSB"}, {Kind: rig.USB, Name: "USB"}, {Kind: rig.USB, Data: true, Name: "DIG USER-U"},
	}, 10},
}

func fakeTS590(t *testing.T) *fake { return fakeKenwood(t, "021") }
func fakeK3(t *testing.T) *fake    { return fakeKenwood(t, elecraftID) }

func eachModel(t *testing.T, test func(t *testing.T, f *fake, link transceiver, m model)) {
	eachModelWithin(t, 0, test)
}

// eachModelWithin has so much patience for an answer.
func eachModelWithin(t *testing.T, patience time.Duration, test func(t *testing.T, f *fake, link transceiver, m model)) {
	for _, m := range models {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			f := m.fake(t)
			m.cfg.Timeout = patience
			test(t, f, f.open(m.cfg).(transceiver), m)
		})
	}
}

func TestFrequency(t *testing.T) {
	t.Parallel()
	eachModel(t, func(t *testing.T, f *fake, link transceiver, _ model) {
		if hz, err := link.Frequency(); hz != 14_074_000 || err != nil {
			t.Errorf("Frequency() = %.0f, %v", hz, err)
		}
		for _, hz := range []float64{14_085_120, 7_040_000, 1_838_150} {
			if err := link.SetFrequency(hz); err != nil {
				t.Fatal(err)
			}
			if got := f.now().a; float64(got) != hz {
				t.Errorf("set to %.0f, it is %d", hz, got)
			}
		}
		for _, hz := range []float64{-1, math.NaN(), math.Inf(1), 1e15} {
			if err := link.SetFrequency(hz); err == nil {
				t.Errorf("%g Hz was set", hz)
			}
		}
		if got := f.now().a; got != 1_838_150 {
			t.Errorf("a frequency that can't be moved the dial to %d", got)
		}
	})
}

func TestModes(t *testing.T) {
	t.Parallel()
	eachModel(t, func(t *testing.T, f *fake, link transceiver, m model) {
		for _, want := range m.modes {
			if err := link.SetMode(want); err != nil {
				t.Errorf("setting %+v: %v", want, err)
			}
			if got, err := link.Mode(); got != want || err != nil {
				t.Errorf("mode %+v, %v, want %+v", got, err, want)
			}
		}
		if err := link.SetMode(rig.Mode{Kind: rig.Other, Name: "CW"}); !errors.Is(err, rig.ErrUnsupported) {
			t.Errorf("setting CW: %v", err)
		}
	})
}

func TestKey(t *testing.T) {
	t.Parallel()
	eachModel(t, func(t *testing.T, f *fake, link transceiver, _ model) {
		for _, on := range []bool{true, false, false, true, true, false} {
			if err := link.SetPTT(on); err != nil {
				t.Fatal(err)
			}
			if got, err := link.PTT(); got != on || err != nil || f.now().keyed != on {
				t.Errorf("after SetPTT(%v) it says %v, %v, and is keyed: %v", on, got, err, f.now().keyed)
			}
		}
	})
}

func TestCloseUnkeys(t *testing.T) {
	t.Parallel()
	eachModel(t, func(t *testing.T, f *fake, link transceiver, _ model) {
		if err := link.SetPTT(true); err != nil {
			t.Fatal(err)
		}
		if err := link.Close(); err != nil {
			t.Error(err)
		}
		if f.now().keyed {
			t.Error("it is still keyed")
		}
		if err := link.SetPTT(true); !errors.Is(err, rig.ErrGone) || f.now().keyed {
			t.Errorf("keying after Close: %v", err)
		}
	})
}

// A link that never keyed doesn't send a key command when it closes.
func TestCloseAlone(t *testing.T) {
	t.Parallel()
	eachModel(t, func(t *testing.T, f *fake, link transceiver, _ model) {
		if _, err := link.Frequency(); err != nil {
			t.Fatal(err)
		}
		f.said()
		if err := link.Close(); err != nil {
			t.Error(err)
		}
		if said := f.said(); len(said) != 0 {
			t.Errorf("it said %q", said)
		}
	})
}

func TestStrength(t *testing.T) {
	t.Parallel()
	eachModel(t, func(t *testing.T, f *fake, link transceiver, m model) {
		if got, err := link.Strength(); got != 0 || err != nil {
			t.Errorf("at S9: %g, %v", got, err)
		}
		f.with(func(f *fake) { f.radio.meter++ })
		if got, err := link.Strength(); math.Abs(got-m.above) > 1e-9 || err != nil {
			t.Errorf("a step above: %g, %v, want %g", got, err, m.above)
		}
		f.with(func(f *fake) { f.radio.meter = 0 })
		if got, err := link.Strength(); got > -54 || got < -60 || err != nil {
			t.Errorf("nothing at all: %g, %v", got, err)
		}
	})
}

func TestElecraftInAFSK(t *testing.T) {
	f := fakeK3(t)
	f.with(func(f *fake) { f.radio.mode, f.radio.data = "6", "1" })
	want := rig.Mode{Kind: rig.LSB, Data: true, AtMark: true, Name: "AFSK A", Filter: 2700}
	if got, err := f.open(Config{Family: Kenwood}).(rig.Moder).Mode(); got != want || err != nil {
		t.Errorf("mode %+v, %v", got, err)
	}
}

// Where it would transmit, with split and XIT.
func TestTransmitFrequency(t *testing.T) {
	t.Parallel()
	eachModel(t, func(t *testing.T, f *fake, link transceiver, _ model) {
		tuner := link.(rig.TransmitTuner)
		check := func(what string, want float64) {
			t.Helper()
			if got, err := tuner.TransmitFrequency(); got != want || err != nil {
				t.Errorf("%s: %.0f, %v, want %.0f", what, got, err, want)
			}
		}
		check("no split", 14_074_000)
		f.with(func(f *fake) { f.radio.split = true })
		if _, bytes := link.(*ft817); bytes {
			if _, err := tuner.TransmitFrequency(); !errors.Is(err, ErrUnknown) || !strings.Contains(err.Error(), "turn split off") {
				t.Errorf("split: %v", err)
			}
			return
		}
		check("split", 7_040_000)
		f.with(func(f *fake) { f.radio.offset = -1230 })
		check("split and RIT", 7_040_000)
		f.with(func(f *fake) { f.radio.xit = true })
		check("split and XIT", 7_038_770)
	})
}

// The larger sisters of the FT-817 keep split elsewhere, so they don't pretend
// to know.
func TestWhoCannotTellTheTransmitFrequency(t *testing.T) {
	link := fake817(t).open(Config{Family: YaesuBytes, Model: "FT-897"})
	if _, ok := link.(rig.TransmitTuner); ok {
		t.Error("an FT-897 has TransmitFrequency")
	}
}

// Some that speak the language of the FT-817 acknowledge nothing.
func TestFiveBytesWithoutAcknowledgement(t *testing.T) {
	t.Parallel()
	f := fake817(t)
	f.spoil = func(_, reply string) string {
		if reply == "\x00" || reply == "\xf0" {
			return ""
		}
		return reply
	}
	link := f.open(Config{Family: YaesuBytes}).(transceiver)
	for _, on := range []bool{true, false, true, false} {
		if err := link.SetPTT(on); err != nil || f.now().keyed != on {
			t.Errorf("SetPTT(%v): %v, keyed: %v", on, err, f.now().keyed)
		}
	}
	if err := link.SetFrequency(7_045_000); err != nil || f.now().a != 7_045_000 {
		t.Errorf("SetFrequency: %v, %d Hz", err, f.now().a)
	}
}

// An Icom that is older than these commands is asked in the old way, whether it
// refuses them or, like some that only speak its language, says nothing.
func TestOldIcom(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{"refuses": fromIcom("\xfa"), "silent": ""} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testOldIcom(t, answer)
		})
	}
}

func testOldIcom(t *testing.T, answer string) {
	f := fakeIcom(t)
	f.spoil = func(frame, reply string) string {
		switch frame[4] {
		case 0x25, 0x26, 0x21:
			return answer
		case 0x1c:
			if frame[5] == 0x03 {
				return answer
			}
		}
		return reply
	}
	link := f.open(Config{Family: Icom, Timeout: short})
	if hz, err := link.(rig.TransmitTuner).TransmitFrequency(); hz != 14_074_000 || err != nil {
		t.Errorf("transmit frequency %.0f, %v", hz, err)
	}
	f.with(func(f *fake) { f.radio.split = true })
	if _, err := link.(rig.TransmitTuner).TransmitFrequency(); !unknown(err) {
		t.Errorf("with split, and no way to ask for the other VFO: %v", err)
	}
	moder := link.(rig.Moder)
	for _, want := range []rig.Mode{
		{Kind: rig.USB, Data: true, Name: "USB-D", Filter: 2800},
		{Kind: rig.USB, Name: "USB", Filter: 2800},
		{Kind: rig.RTTY, Name: "RTTY", Filter: 2800},
	} {
		if err := moder.SetMode(want); err != nil {
			t.Error(err)
		}
		if got, err := moder.Mode(); got != want || err != nil {
			t.Errorf("mode %+v, %v, want %+v", got, err, want)
		}
	}
}

// Kenwoods know two sources of sound, and which one the key opens.
func TestDataJack(t *testing.T) {
	for _, c := range []struct {
		data     bool
		fake     func(*testing.T) *fake
		dataPTT  bool
		commands string
	}{
		{false, fakeTS590, false, "TX IF"},
		{true, fakeTS590, true, "ID TX1 IF"},
		{true, fakeK3, false, "ID TX IF"},
	} {
		f := c.fake(t)
		link := f.open(Config{Family: Kenwood, DataJack: c.data})
		if err := link.SetPTT(true); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(f.said(), " "); got != c.commands || f.now().dataPTT != c.dataPTT {
			t.Errorf("keyed by %q, data %v, want %q", got, f.now().dataPTT, c.commands)
		}
	}
	if _, err := Open(Config{Family: Icom, Device: "/dev/null", DataJack: true}); err == nil || !strings.Contains(err.Error(), "can't choose the audio input") {
		t.Errorf("an Icom: %v", err)
	}
}

// On a bus of one wire everything that is sent comes back first.
func TestEcho(t *testing.T) {
	f := fakeIcom(t)
	f.echo = true
	link := f.open(Config{Family: Icom}).(transceiver)
	if hz, err := link.Frequency(); hz != 14_074_000 || err != nil {
		t.Errorf("frequency %.0f, %v", hz, err)
	}
	if err := link.SetPTT(true); err != nil || !f.now().keyed {
		t.Error(err)
	}
	if err := link.SetPTT(false); err != nil || f.now().keyed {
		t.Error(err)
	}
}

// What comes of its own accord, from others, or before its time is no answer.
func TestWhatIsNoAnswer(t *testing.T) {
	t.Run("Icom", func(t *testing.T) {
		f := fakeIcom(t)
		f.spoil = func(_, reply string) string {
			return "\x00\xfe\xfe\x00\x94\x00\x00\x00\x70\x07\x00\xfd" + // the dial is turned
				"\xfe\xfe\xe0\x76\x03\x00\x00\x00\x07\x00\xfd" + // another transceiver on the bus
				"\xfe\xfe\xe0\x94\x15\x02\x00\x00\xfd" + // too late an answer to something else
				"\xfe\xfe\xfe\xfe" + reply[2:]
		}
		if hz, err := f.open(Config{Family: Icom}).(rig.Tuner).Frequency(); hz != 14_074_000 || err != nil {
			t.Errorf("frequency %.0f, %v", hz, err)
		}
	})
	t.Run("Yaesu", func(t *testing.T) {
		f := fakeYaesu(t)
		f.spoil = func(_, reply string) string { return "SM0123;IF;MD02;;" + reply }
		if hz, err := f.open(Config{Family: Yaesu}).(rig.Tuner).Frequency(); hz != 14_074_000 || err != nil {
			t.Errorf("frequency %.0f, %v", hz, err)
		}
	})
}

func TestOpenRefuses(t *testing.T) {
	for want, cfg := range map[string]Config{
		"no CAT family \"tentec\"":           {Family: "tentec"},
		"opening /dev/nowhere at 19200 Bd: ": {Family: Icom, Device: "/dev/nowhere"},
	} {
		if _, err := Open(cfg); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", cfg, err, want)
		}
	}
}
