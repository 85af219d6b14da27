package audio

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFormatsAreFoundByName(t *testing.T) {
	for _, f := range SampleFormats() {
		for _, name := range []string{f.String(), strings.ToUpper(f.String())} {
			if got, err := ParseFormat(name); got != f || err != nil {
				t.Errorf("ParseFormat(%q) = %v, %v", name, got, err)
			}
		}
	}
	for name, want := range map[string]SampleFormat{"s16": S16LE, "f32": F32LE} {
		if got, err := ParseFormat(name); got != want || err != nil {
			t.Errorf("ParseFormat(%q) = %v, %v, want %v", name, got, err, want)
		}
	}
	for _, name := range []string{"", "le", "s12", "s16xe", "none"} {
		if _, err := ParseFormat(name); err == nil || !strings.Contains(err.Error(), "s16le, s16be") {
			t.Errorf("ParseFormat(%q): error %v does not list the names", name, err)
		}
	}
	if none := SampleFormat(0); none.Bytes() != 0 || none.String() != "SampleFormat(0)" {
		t.Errorf("the zero format is %d bytes, %q", none.Bytes(), none)
	}
}

func TestSamplesAreDecoded(t *testing.T) {
	nan32, inf64 := []byte{0, 0, 0xC0, 0x7F}, []byte{0x7F, 0xF0, 0, 0, 0, 0, 0, 0}
	for _, c := range []struct {
		format SampleFormat
		bytes  []byte
		want   float32
	}{
		{S8, []byte{0x80}, -1}, {S8, []byte{0x40}, 0.5}, {S8, []byte{0}, 0},
		{U8, []byte{0}, -1}, {U8, []byte{0xC0}, 0.5}, {U8, []byte{0x80}, 0},
		{S16LE, []byte{0, 0x80}, -1}, {S16LE, []byte{1, 0}, 1.0 / 32768}, {S16LE, []byte{0xFF, 0xFF}, -1.0 / 32768},
		{S16BE, []byte{0x80, 0}, -1}, {S16BE, []byte{0, 1}, 1.0 / 32768},
		{S24LE, []byte{0, 0, 0x80}, -1}, {S24LE, []byte{1, 0, 0}, 1.0 / (1 << 23)}, {S24LE, []byte{0xFF, 0xFF, 0xFF}, -1.0 / (1 << 23)},
		{S24BE, []byte{0x80, 0, 0}, -1}, {S24BE, []byte{0, 0, 1}, 1.0 / (1 << 23)},
		{S32LE, []byte{0, 0, 0, 0x80}, -1}, {S32LE, []byte{1, 0, 0, 0}, 1.0 / (1 << 31)},
		{S32BE, []byte{0x80, 0, 0, 0}, -1}, {S32BE, []byte{0x40, 0, 0, 0}, 0.5},
		{F32LE, []byte{0, 0, 0, 0xBF}, -0.5}, {F32BE, []byte{0xBF, 0, 0, 0}, -0.5},
		{F32LE, nan32, 0}, {F32LE, []byte{0, 0, 0x80, 0xFF}, 0}, {F32LE, []byte{0xFF, 0xFF, 0x7F, 0x7F}, 0},
		{F64LE, []byte{0, 0, 0, 0, 0, 0, 0xE0, 0xBF}, -0.5}, {F64BE, []byte{0xBF, 0xE0, 0, 0, 0, 0, 0, 0}, -0.5},
		{F64BE, inf64, 0}, {F64BE, []byte{0x7E, 0xF0, 0, 0, 0, 0, 0, 0}, 0},
		// The ends, the middle and a value between of ITU-T G.711, tables 1 and 2,
		// scaled from 13 and 14 bits to 16.
		{ALaw, []byte{0xAA}, 32256.0 / 32768}, {ALaw, []byte{0x2A}, -32256.0 / 32768},
		{ALaw, []byte{0xD5}, 8.0 / 32768}, {ALaw, []byte{0x55}, -8.0 / 32768}, {ALaw, []byte{0xC5}, 264.0 / 32768},
		{MuLaw, []byte{0x80}, 32124.0 / 32768}, {MuLaw, []byte{0x00}, -32124.0 / 32768},
		{MuLaw, []byte{0xFF}, 0}, {MuLaw, []byte{0x7F}, 0}, {MuLaw, []byte{0xEF}, 132.0 / 32768},
	} {
		var got [1]float32
		c.format.decode(got[:], c.bytes, c.format.Bytes())
		if got[0] != c.want {
			t.Errorf("%v % x is %v, want %v", c.format, c.bytes, got[0], c.want)
		}
	}
}

func TestWhatIsEncodedDecodesToTheSame(t *testing.T) {
	// Dither moves a sample by up to one step besides the rounding by half.
	tolerance := map[SampleFormat]float64{
		S8: 1.5 / 128, U8: 1.5 / 128, S16LE: 1.5 / 32768, S16BE: 1.5 / 32768,
		S24LE: 0.5 / (1 << 23), S24BE: 0.5 / (1 << 23),
		S32LE: 0.5 / (1 << 31), S32BE: 0.5 / (1 << 31),
	}
	want := tone(5000, 0)
	for _, f := range SampleFormats() {
		if !f.writable() {
			continue
		}
		got := make([]float32, len(want))
		f.decode(got, f.encode(nil, want, newDither(1)), f.Bytes())
		t.Run(f.String(), func(t *testing.T) { wantSamples(t, got, want, tolerance[f]) })
	}
}

func TestBeyondFullScaleIsClipped(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	in := []float32{2, -2, 1, -1, nan, inf, 1e30}
	for _, f := range []SampleFormat{S24LE, S24BE, S32LE, S32BE} {
		top := float32(1 - 1/float64(uint64(1)<<(8*f.Bytes()-1)))
		got := make([]float32, len(in))
		f.decode(got, f.encode(nil, in, newDither(1)), f.Bytes())
		if diff := cmp.Diff([]float32{top, -1, top, -1, 0, 0, 0}, got); diff != "" {
			t.Errorf("%v: (-want +got)\n%s", f, diff)
		}
	}
	for _, f := range []SampleFormat{S8, U8, S16LE, S16BE} {
		got := make([]float32, len(in))
		f.decode(got, f.encode(nil, in, newDither(1)), f.Bytes())
		step := float64(float32(math.Pow(2, 1-8*float64(f.Bytes()))))
		wantSamples(t, got, []float32{1, -1, 1, -1, 0, 0, 0}, 2*step)
	}
}

// The mean of the dithered values is the value, also between two steps, and
// the variance of the error is a quarter of a step squared whatever the value:
// that is what triangular dither is for.
func TestDitherMakesTheErrorNoise(t *testing.T) {
	const n = 100_000
	d := newDither(7)
	for _, value := range []float64{0, 0.1, 0.25, 0.5, 0.77, -3.3} {
		sum, squares := 0.0, 0.0
		for range n {
			e := float64(quantize(float32(value/32768), 16, d.noise())) - value
			sum += e
			squares += e * e
		}
		// σ of the mean is 0.5/√n = 0.0016.
		if mean := sum / n; math.Abs(mean) > 0.008 {
			t.Errorf("value %g steps: mean error %.4f steps", value, mean)
		}
		if v := squares / n; v < 0.24 || v > 0.26 {
			t.Errorf("value %g steps: mean square error %.4f steps², want 0.25", value, v)
		}
	}
}
