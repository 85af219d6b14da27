package audio

import (
	"errors"
	"testing"
)

func TestChannelsAreFoundByName(t *testing.T) {
	for name, want := range map[string]Channel{"mix": Mix, "left": Left, "Right": Right, "1": Left, "2": Right, "6": 6, "256": 256} {
		got, err := ParseChannel(name)
		if got != want || err != nil {
			t.Errorf("ParseChannel(%q) = %v, %v", name, got, err)
		}
		if back, err := ParseChannel(got.String()); back != got || err != nil {
			t.Errorf("ParseChannel(%q) = %v, %v", got, back, err)
		}
	}
	for _, name := range []string{"", "0", "-1", "257", "centre"} {
		if _, err := ParseChannel(name); err == nil {
			t.Errorf("ParseChannel(%q) found one", name)
		}
	}
}

func TestAChannelIsChosenOrAllAreMixed(t *testing.T) {
	const n = 3000
	chans := [][]float32{tone(n, 0), tone(n, 1), tone(n, 2)}
	for _, c := range []struct {
		channels [][]float32
		choice   Channel
		want     []float32 // nil for an error
	}{
		{chans[:1], Mix, chans[0]},
		{chans[:1], Left, chans[0]},
		{chans[:1], Right, nil},
		{chans[:2], Mix, mean(chans[:2]...)},
		{chans[:2], Left, chans[0]},
		{chans[:2], Right, chans[1]},
		{chans[:2], 3, nil},
		{chans[:2], -1, nil},
		{chans, Mix, mean(chans...)},
		{chans, 3, chans[2]},
		{chans, 4, nil},
	} {
		w := wave{tag: tagFloat, channels: len(c.channels), rate: 8000, bits: 32, length: -1}
		w.data = F32LE.encode(nil, interleave(c.channels...), dither{})
		each(t, w.bytes(), Options{Channel: c.choice}, func(t *testing.T, src Source, err error) {
			if c.want == nil {
				var f *FormatError
				if !errors.As(err, &f) {
					t.Fatalf("channel %v of %d: error %v, want a *FormatError", c.choice, len(c.channels), err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			got, err := all(t, src)
			if err != nil {
				t.Fatal(err)
			}
			wantSamples(t, got, c.want, 1e-7)
		})
	}
}
