package dial_test

import (
	"errors"
	"strings"
	"testing"

	"rtty/rig"
	"rtty/rig/dial"
)

func TestModeAndMethodMustAgree(t *testing.T) {
	for _, c := range []struct {
		mode   rig.Mode
		method dial.Method
		want   string
	}{
		{rig.Mode{Kind: rig.USB, Data: true, Name: "USB-D"}, dial.AFSK, ""},
		{rig.Mode{Kind: rig.LSB, Name: "LSB"}, dial.AFSK, ""},
		{rig.Mode{Kind: rig.RTTY, Name: "RTTY"}, dial.FSK, ""},
		{rig.Mode{Kind: rig.RTTYR, Name: "RTTY-R"}, dial.FSK, ""},
		{rig.Mode{}, dial.AFSK, ""},
		{rig.Mode{}, dial.FSK, ""},
		{rig.Mode{Kind: rig.RTTY, Name: "FSK"}, dial.AFSK, "its own FSK mode (FSK), where it doesn't send sound"},
		{rig.Mode{Kind: rig.RTTYR, Name: "RTTY-R"}, dial.AFSK, "its own FSK mode (RTTY-R)"},
		{rig.Mode{Kind: rig.LSB, Name: "LSB"}, dial.FSK, "in mode LSB, where it doesn't listen to FSK"},
		{rig.Mode{Kind: rig.Other, Name: "CW"}, dial.AFSK, "in mode CW: set LSB or USB"},
		{rig.Mode{Kind: rig.Other, Name: "FM"}, dial.FSK, "in mode FM"},
	} {
		err := dial.CheckMethod(c.mode, c.method)
		var refusal *dial.MethodError
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%v, method %d: %v", c.mode, c.method, err)
		case c.want != "" && (!errors.As(err, &refusal) || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%v, method %d: %v, want %q", c.mode, c.method, err, c.want)
		}
	}
}

func TestNoToneWarningsInFSK(t *testing.T) {
	for _, kind := range []rig.Kind{rig.RTTY, rig.RTTYR} {
		if w := dial.ToneWarnings(rig.Mode{Kind: kind, Filter: 250}, dial.Tones{Mark: 2125, Space: 2295}); w != nil {
			t.Errorf("kind %d: %q", kind, w)
		}
	}
}

func TestToneWarnings(t *testing.T) {
	high, low := dial.Tones{Mark: 2125, Space: 2295}, dial.Tones{Mark: 1275, Space: 1445}
	for _, c := range []struct {
		name   string
		filter float64
		tones  dial.Tones
		want   []string
	}{
		{"usual tones, unknown filter", 0, high, nil},
		{"usual tones, voice filter", 2400, high, nil},
		{"usual tones, narrow data filter", 500, high, []string{"2125 and 2295 Hz lie outside the filter, which is taken to pass 1250 to 1750 Hz"}},
		{"low tones, voice filter", 2700, low, []string{"harmonic of 1275 Hz at 2550 Hz passes the filter, so overdrive will be heard on the air: tones above 1425 Hz are safe"}},
		{"usual tones, FM filter", 9000, high, []string{"harmonic of 2125 Hz at 4250 Hz passes the filter, so overdrive will be heard on the air: a narrower filter keeps it in"}},
		{"low tones, narrow data filter", 500, low, nil},
		{"very low tones", 0, dial.Tones{Mark: 170, Space: 20}, []string{"outside", "harmonic of 20 Hz"}},
		{"very high tones", 0, dial.Tones{Mark: 3200, Space: 3370}, []string{"outside"}},
	} {
		got := dial.ToneWarnings(rig.Mode{Kind: rig.USB, Filter: c.filter}, c.tones)
		if len(got) != len(c.want) {
			t.Errorf("%s: %q", c.name, got)
			continue
		}
		for i, want := range c.want {
			if !strings.Contains(got[i], want) {
				t.Errorf("%s: %q, want %q", c.name, got[i], want)
			}
		}
	}
}
