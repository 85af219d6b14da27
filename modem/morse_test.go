package modem

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"rtty/dsp"
)

// morseSamples is a text in Morse code, read in stretches of odd lengths.
func morseSamples(t testing.TB, text string, c MorseConfig) []float32 {
	t.Helper()
	m, err := NewMorse(text, c)
	if err != nil {
		t.Fatal(err)
	}
	var all []float32
	for size := 1; ; size = size%997 + 61 {
		buffer := make([]float32, size)
		n, err := m.Read(buffer)
		all = append(all, buffer[:n]...)
		if err == io.EOF {
			return all
		}
	}
}

// A keyTime is how long the key was down or up, in dits.
type keyTime struct {
	down bool
	dits float64
}

// keyTimes measures with an envelope detector about half the amplitude. Both
// edges pass its two thresholds equally late.
func keyTimes(samples []float32, c MorseConfig) []keyTime {
	const average = 4.0 / 1000 // s
	full := math.Pow(10, c.Level/20)
	n := int(average * float64(c.Rate))
	dit := 1.2 / float64(c.WPM) * float64(c.Rate)
	mixer := dsp.NewOscillator(c.Tone / float64(c.Rate))
	re, im := make([]float64, len(samples)), make([]float64, len(samples))
	mixer.MixDown(re, im, samples)
	var times []keyTime
	var sumRe, sumIm float64
	began, down := 0, false
	for i := range samples {
		sumRe, sumIm = sumRe+re[i], sumIm+im[i]
		if i >= n {
			sumRe, sumIm = sumRe-re[i-n], sumIm-im[i-n]
		}
		envelope := 2 * math.Hypot(sumRe, sumIm) / float64(n) / full
		if down && envelope < 0.35 || !down && envelope > 0.65 {
			times = append(times, keyTime{down, float64(i-began) / dit})
			began, down = i, !down
		}
	}
	return append(times, keyTime{down, float64(len(samples)-began) / dit})
}

// readMorse is what an operator would write down.
func readMorse(samples []float32, c MorseConfig) string {
	letters := map[string]rune{}
	for r, code := range morseCode {
		letters[code] = r
	}
	var text strings.Builder
	code := ""
	for _, k := range keyTimes(samples, c)[1:] {
		switch {
		case k.down && k.dits > 2:
			code += "-"
		case k.down:
			code += "."
		case k.dits > 5 || k.dits > 2:
			text.WriteRune(letters[code])
			code = ""
			if k.dits > 5 {
				text.WriteRune(' ')
			}
		}
	}
	if code != "" {
		text.WriteRune(letters[code])
	}
	return text.String()
}

func TestMorseKeepsTheTimesOfPARIS(t *testing.T) {
	for _, c := range []MorseConfig{
		{Rate: 8000, WPM: 20, Tone: 700, Level: -12},
		{Rate: 48000, WPM: 18, Tone: 2125, Level: -6},
		{Rate: 44100, WPM: 13, Tone: 1234.5, Level: -30},
		{Rate: 12000, WPM: 5, Tone: 600, Level: -12},
	} {
		t.Run(fmt.Sprint(c), func(t *testing.T) {
			// E T is dit, word gap, dah; A adds the gaps within and between letters.
			got := keyTimes(morseSamples(t, "E TA", c), c)[1:]
			want := []keyTime{{true, 1}, {false, 7}, {true, 3}, {false, 3}, {true, 1}, {false, 1}, {true, 3}}
			if len(got) < len(want) {
				t.Fatalf("%d times: %v", len(got), got)
			}
			for i, w := range want {
				if got[i].down != w.down || math.Abs(got[i].dits-w.dits) > 0.03 {
					t.Errorf("time %d: %v, want %v", i, got[i], w)
				}
			}
			word := func(text string) time.Duration {
				m, err := NewMorse(text, c)
				if err != nil {
					t.Fatal(err)
				}
				return m.Duration()
			}
			per := (word("PARIS PARIS") - word("PARIS")).Seconds()
			if math.Abs(per-60/float64(c.WPM)) > 0.001 {
				t.Errorf("a word takes %.4f s at %d words per minute", per, c.WPM)
			}
		})
	}
}

func TestMorseIsReadBack(t *testing.T) {
	all := make([]rune, 0, len(morseCode))
	for r := range morseCode {
		all = append(all, r)
	}
	slices.Sort(all)
	for _, text := range []string{"DE W1AW", "DE DL/W1AW/P", "DE S5-0A", string(all)} {
		c := MorseConfig{Rate: 12000, WPM: 18, Tone: 2125, Level: -12, Pause: 300 * time.Millisecond}
		if got := readMorse(morseSamples(t, strings.ToLower(text), c), c); got != text {
			t.Errorf("%s is read as %q", text, got)
		}
	}
}

func TestMorseWaitsBeforeItBegins(t *testing.T) {
	c := MorseConfig{Rate: 8000, WPM: 20, Tone: 700, Level: -12, Pause: 250 * time.Millisecond}
	samples := morseSamples(t, "E", c)
	first := slices.IndexFunc(samples, func(x float32) bool { return x != 0 })
	if first < 2000 || first > 2002 {
		t.Errorf("the first sound is sample %d, want 2000", first)
	}
	if want := 2000 + 480 + 40; len(samples) != want { // pause, a dit of 60 ms, its edge
		t.Errorf("%d samples, want %d", len(samples), want)
	}
}

func TestMorseLevelIsWhatWasAskedFor(t *testing.T) {
	for _, level := range []float64{-60, -12, maxCWLevel} {
		samples := morseSamples(t, "T", MorseConfig{Rate: 48000, WPM: 5, Tone: 1000, Level: level})
		peak := 0.0
		for _, x := range samples {
			peak = max(peak, math.Abs(float64(x)))
		}
		if got := 20 * math.Log10(peak); math.Abs(got-level) > 0.01 {
			t.Errorf("the peak is %.2f dBFS, want %g", got, level)
		}
	}
}

// Key clicks are what lies beside the tone. Dits at the highest speed are worst.
func TestMorseHasNoKeyClicks(t *testing.T) {
	c := MorseConfig{Rate: 12000, WPM: MaxWPM, Tone: 2125, Level: -12}
	welch := dsp.NewWelch(float64(c.Rate), 4096, 120)
	welch.Add(morseSamples(t, strings.Repeat("5EISH5 ", 30), c))
	spectrum := welch.Spectrum(nil)
	for _, limit := range []struct{ width, outside float64 }{{500, -45}, {1000, -60}, {2000, -75}} {
		got := decibels(spectrum.Outside(c.Tone, limit.width) / spectrum.Total())
		t.Logf("outside %g Hz: %.1f dB", limit.width, got)
		if got > limit.outside {
			t.Errorf("%.1f dB lie outside %g Hz, want at most %g", got, limit.width, limit.outside)
		}
	}
}

func TestMorseStopsWithoutAClick(t *testing.T) {
	c := MorseConfig{Rate: 12000, WPM: 20, Tone: 2125, Level: -6}
	for _, after := range []int{0, 10, 100, 750, 5000} {
		m, err := NewMorse("TTT TTT", c)
		if err != nil {
			t.Fatal(err)
		}
		samples := make([]float32, after)
		if after > 0 {
			if _, err := m.Read(samples); err != nil {
				t.Fatal(err)
			}
		}
		m.Stop()
		m.Stop()
		rest := make([]float32, 1000)
		n, _ := m.Read(rest)
		if n > 60 {
			t.Errorf("stopped after %d samples: %d more", after, n)
		}
		if n > 0 && math.Abs(float64(rest[n-1])) > 0.001 {
			t.Errorf("stopped after %d samples: the last is %g", after, rest[n-1])
		}
		if _, err := m.Read(rest); err != io.EOF {
			t.Errorf("stopped after %d samples: then %v", after, err)
		}
	}
}

func TestMorseRefuses(t *testing.T) {
	good := MorseConfig{Rate: 48000, WPM: 18, Tone: 700, Level: -12}
	change := func(do func(*MorseConfig)) MorseConfig { c := good; do(&c); return c }
	for want, c := range map[string]struct {
		text   string
		config MorseConfig
	}{
		"no code for 'Ä'":      {"DE Ä1A", good},
		"no code for '!'":      {"W1AW!", good},
		"nothing to send":      {" ", good},
		"21 words per minute":  {"W1AW", change(func(c *MorseConfig) { c.WPM = 21 })},
		"0 words per minute":   {"W1AW", change(func(c *MorseConfig) { c.WPM = 0 })},
		"sample rate 4000":     {"W1AW", change(func(c *MorseConfig) { c.Rate = 4000 })},
		"tone NaN Hz":          {"W1AW", change(func(c *MorseConfig) { c.Tone = math.NaN() })},
		"tone 22000 Hz":        {"W1AW", change(func(c *MorseConfig) { c.Tone = 22000 })},
		"level 0 dBFS":         {"W1AW", change(func(c *MorseConfig) { c.Level = 0 })},
		"pause of -1s: must":   {"W1AW", change(func(c *MorseConfig) { c.Pause = -time.Second })},
		"level -Inf dBFS: mus": {"W1AW", change(func(c *MorseConfig) { c.Level = math.Inf(-1) })},
	} {
		if _, err := NewMorse(c.text, c.config); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

func BenchmarkMorse(b *testing.B) {
	b.ReportAllocs()
	c := MorseConfig{Rate: 48000, WPM: 18, Tone: 2125, Level: -12}
	m, err := NewMorse(strings.Repeat("DE W1AW ", 1000), c)
	if err != nil {
		b.Fatal(err)
	}
	buffer := make([]float32, 960)
	for b.Loop() {
		if _, err := m.Read(buffer); err != nil {
			m.position, m.next = 0, 0
		}
	}
}
