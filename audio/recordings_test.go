package audio

import (
	"math"
	"os"
	"path/filepath"
	"testing"
)

// Real recordings stand in the folder that RTTY_RECORDINGS names.
func TestRealRecordingsAreReadToTheirEnd(t *testing.T) {
	dir := os.Getenv("RTTY_RECORDINGS")
	if dir == "" {
		t.Skip("SKIPPED: RTTY_RECORDINGS does not name the folder of real recordings")
	}
	for _, c := range []struct {
		name    string
		rate    int
		samples int64
	}{
		{"dwd-offair-50-450.wav", 8000, 345000}, // its header says 2³¹ bytes
		{"cq-45-170-markhigh.wav", 8000, 110616},
		{"wikipedia-45-170-onestop.wav", 44100, 603582},
		{"pangram-45-170-mp3.wav", 44100, 509440},
		{"ryry-45-170-twostop.wav", 44100, 263840},
	} {
		src, err := Open(filepath.Join(dir, c.name), Options{})
		if err != nil {
			t.Error(err)
			continue
		}
		defer src.Close()
		if n, ok := src.(Sized).Length(); src.Rate() != c.rate || n != c.samples || !ok {
			t.Errorf("%s: rate %d, length %d, %v; want %d, %d", c.name, src.Rate(), n, ok, c.rate, c.samples)
		}
		got, err := all(t, src)
		if err != nil || int64(len(got)) != c.samples {
			t.Errorf("%s: %d samples, error %v", c.name, len(got), err)
		}
		power := 0.0
		for _, v := range got {
			power += float64(v) * float64(v)
		}
		if level := 10 * math.Log10(power/float64(len(got))); !(level > -30 && level < 0) {
			t.Errorf("%s: level %.1f dBFS, not that of a recording", c.name, level)
		}
	}
}
