package doctor

import (
	"math"
	"slices"
	"testing"

	"rtty/audio"
	"rtty/audio/pulsetest"
	"rtty/rig"
	"rtty/rig/connect"
	"rtty/rig/guard"
	"rtty/rig/rigtest"
)

// play plays a sine into a sink until the test ends, and returns when it is heard.
func play(t *testing.T, sink, monitor string, amplitude float64) {
	t.Helper()
	out, err := audio.OpenOutput(sink, audio.OutputOptions{})
	if err != nil {
		t.Fatal(err)
	}
	stop, stopped := make(chan struct{}), make(chan struct{})
	t.Cleanup(func() { close(stop); <-stopped; out.Close() })
	go func() {
		defer close(stopped)
		period := make([]float32, 480) // 20 periods
		for i := range period {
			period[i] = float32(amplitude * math.Sin(2*math.Pi*2000*float64(i)/48000))
		}
		for {
			select {
			case <-stop:
				return
			default:
			}
			if out.Write(period) != nil {
				return
			}
		}
	}()
	in, err := audio.OpenInput(monitor, audio.InputOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	for heard := make([]float32, 4800); !slices.ContainsFunc(heard, func(x float32) bool { return x > 0.1 }); {
		if _, err := in.Read(heard); err != nil {
			t.Fatal(err)
		}
	}
}

func TestASoundServerIsListenedTo(t *testing.T) {
	pulsetest.Start(t, "desktop", "air")
	h := healthy(t)
	h.Sound = SoundCards{}
	h.Config.Audio.Input, h.Config.Audio.Output = "pulse:air.monitor", "pulse:"
	want(t, only(h.soundInput), "note: pulse:air.monitor is a monitor", "fault: pulse:air.monitor gives nothing but zeros")
	want(t, only(h.soundOutput), "warning: pulse:desktop, where the transmitter's audio goes, is the desktop's default output")
	h.Config.Audio.Output = "pulse:air"
	want(t, only(h.soundOutput), "ok: pulse:air is there")
	play(t, "pulse:air", "pulse:air.monitor", 0.25)
	// A busy machine lets the sine break off now and then.
	want(t, only(h.soundInput), "note: pulse:air.monitor is a monitor", "ok: pulse:air.monitor hears sound at -1")
	h.Config.Audio.Input = "no such card"
	want(t, only(h.soundInput), `fault: there is no sound input: no input "no such card"`)
}

// Hamlib's dummy rig is read, keyed and let go.
func TestARigOverRigctldIsLookedOver(t *testing.T) {
	_, at := rigtest.Rigctld(t, "", "-P", "RIG")
	client, err := guard.Local(rig.Config{Kind: rig.Rigctld, Address: at}, connect.Open)
	if err != nil {
		t.Fatal(err)
	}
	h := healthy(t)
	h.Rig = func() (Rig, error) { return client, nil }
	h.Ask = yes
	for _, err := range []error{
		client.SetFrequency(t.Context(), 14_092_125),
		client.SetMode(t.Context(), rig.Mode{Kind: rig.LSB, Filter: 2400}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	// Hamlib answers from memory for a moment after a change.
	rigtest.Until(t, "the rig is where it was put", func() bool {
		s, err := client.Look(t.Context())
		return err == nil && s.Frequency == 14_092_125 && s.Mode.Kind == rig.LSB
	})
	want(t, only(h.rig),
		"ok: the rig is on 14092.125 kHz in LSB",
		"ok: the tones are right for LSB",
		"ok: the rig reports that it is not keyed",
		"ok: the rig keys, and reports it ")
	last, err := connect.Open(rig.Config{Kind: rig.Rigctld, Address: at})
	if err != nil {
		t.Fatal(err)
	}
	defer last.Close()
	rigtest.Until(t, "the rig is not keyed", func() bool {
		on, err := last.(rig.PTTReader).PTT()
		return err == nil && !on
	})
}
