package audio

import (
	"bytes"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// tone16 is what testdata/tone16.flac holds, ramp24 the channels of ramp24.flac.
func tone16() []float32 {
	x := make([]float32, 300)
	for i := range x {
		x[i] = float32(i*7919%20011-10000) / 32768
	}
	return x
}

func ramp24() (left, right []float32) {
	for i := range 300 {
		left = append(left, float32(i*i*50-750000)/(1<<23))
		right = append(right, float32(i*i*50-740000+i*i*i%7)/(1<<23))
	}
	return left, right
}

func testFile(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestFLACIsRead(t *testing.T) {
	left, right := ramp24()
	for _, c := range []struct {
		name    string
		channel Channel
		rate    int
		want    []float32
	}{
		{"tone16.flac", Mix, 8000, tone16()},
		{"tone16.flac", Left, 8000, tone16()},
		{"ramp24.flac", Mix, 44100, mean(left, right)},
		{"ramp24.flac", Left, 44100, left},
		{"ramp24.flac", Right, 44100, right},
	} {
		data := testFile(t, c.name)
		for temper, r := range map[string]io.Reader{
			"whole": bytes.NewReader(data), "by byte": iotest.OneByteReader(bytes.NewReader(data)), "end with bytes": iotest.DataErrReader(bytes.NewReader(data)),
		} {
			src, err := NewSource(r, c.name, Options{Channel: c.channel})
			if err != nil {
				t.Fatal(err)
			}
			if n, ok := src.(Sized).Length(); n != 300 || !ok || src.Rate() != c.rate || !src.Anchor().IsZero() {
				t.Errorf("%s: length %d, %v, rate %d, anchor %v", c.name, n, ok, src.Rate(), src.Anchor())
			}
			got, err := all(t, src)
			if err != nil {
				t.Fatalf("%s, %s: %v", c.name, temper, err)
			}
			wantSamples(t, got, c.want, 1e-7)
		}
	}
}

func TestFLACIsReadInBlocksOfAnySize(t *testing.T) {
	for _, size := range []int{1, 7, 127, 128, 129, 1000} {
		src, err := NewSource(bytes.NewReader(testFile(t, "tone16.flac")), "x", Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got []float32
		dst := make([]float32, size)
		for err == nil {
			var b Block
			b, err = src.Read(dst)
			got = append(got, dst[:b.N]...)
		}
		if err != io.EOF {
			t.Fatal(err)
		}
		wantSamples(t, got, tone16(), 0)
	}
}

// withSamples changes the number of samples in a FLAC header; 0 is unknown.
func withSamples(flac []byte, n uint32) []byte {
	b := slices.Clone(flac)
	b[21] &= 0xF0
	b[22], b[23], b[24], b[25] = byte(n>>24), byte(n>>16), byte(n>>8), byte(n)
	return b
}

func TestFLACOfUnknownOrWrongLengthIsReadToItsEnd(t *testing.T) {
	whole := testFile(t, "tone16.flac")
	tag := []byte("TAGand a title behind the last frame")
	for _, c := range []struct {
		name    string
		file    []byte
		damaged bool
	}{
		{"streamed", withSamples(whole, 0), false},
		{"too short by its header", withSamples(whole, 100), false},
		{"a tag behind it", append(slices.Clone(whole), tag...), false},
		{"too long by its header", withSamples(whole, 301), true},
		{"streamed, and something behind it", append(withSamples(whole, 0), tag...), true},
	} {
		src, err := NewSource(bytes.NewReader(c.file), "x.flac", Options{})
		if err != nil {
			t.Fatal(c.name, err)
		}
		got, err := all(t, src)
		wantSamples(t, got, tone16(), 0)
		if c.damaged {
			wantDamage(t, err, 300)
		} else if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// frames of tone16.flac hold 128, 128 and 44 samples.
func wholeFrames(samples int) bool { return samples == 0 || samples == 128 || samples == 256 }

func TestFLACCutOffAnywhereGivesItsWholeFrames(t *testing.T) {
	whole := testFile(t, "tone16.flac")
	for cut := 4; cut < len(whole); cut++ {
		src, err := NewSource(bytes.NewReader(whole[:cut]), "x.flac", Options{})
		var got []float32
		if err == nil {
			got, err = all(t, src)
		}
		if !wholeFrames(len(got)) {
			t.Fatalf("cut at %d: %d samples", cut, len(got))
		}
		wantSamples(t, got, tone16()[:len(got)], 0)
		if d := wantDamage(t, err, int64(len(got))); d.Offset > int64(cut) {
			t.Fatalf("cut at %d: %v", cut, err)
		}
	}
}

// The checksum of a frame finds every changed bit in it.
func TestFLACWithAChangedBitGivesWhatStandsBefore(t *testing.T) {
	const audio = 4 + 38 + 4 + 40 // at the latest the frames begin after the two blocks of metadata
	whole := testFile(t, "tone16.flac")
	for bit := 8 * audio; bit < 8*len(whole); bit++ {
		broken := slices.Clone(whole)
		broken[bit/8] ^= 1 << (bit % 8)
		src, err := NewSource(bytes.NewReader(broken), "x.flac", Options{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := all(t, src)
		if !wholeFrames(len(got)) {
			t.Fatalf("bit %d: %d samples", bit, len(got))
		}
		wantSamples(t, got, tone16()[:len(got)], 0)
		if d := wantDamage(t, err, int64(len(got))); d.Offset > int64(bit/8) {
			t.Fatalf("bit %d of byte %d: %v", bit%8, bit/8, d)
		}
	}
}

func TestFLACThatCannotBeReadIsRefused(t *testing.T) {
	change := func(at int, to ...byte) []byte {
		b := testFile(t, "tone16.flac")
		copy(b[at:], to)
		return b
	}
	for _, c := range []struct {
		name, want string
		file       []byte
	}{
		{"4 kHz", "4000 samples per second; from 6000", change(18, 0x00, 0xFA, 0x00)},
		{"32 bits", "a FLAC file of 32 bits", change(20, 0x01, 0xF0)},
	} {
		_, err := NewSource(bytes.NewReader(c.file), "x.flac", Options{})
		var f *FormatError
		if !errors.As(err, &f) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	var f *FormatError
	if _, err := NewSource(bytes.NewReader(testFile(t, "tone16.flac")), "x", Options{Channel: Right}); !errors.As(err, &f) {
		t.Errorf("channel 2 of 1: %v", err)
	}
	_, err := NewSource(bytes.NewReader(change(18, 0, 0, 0)), "x.flac", Options{})
	wantDamage(t, err, 0)
}

func TestFLACFrameUnlikeTheHeaderIsDamage(t *testing.T) {
	stereo := testFile(t, "tone16.flac")
	stereo[20] |= 0x02 // two channels
	src, err := NewSource(bytes.NewReader(stereo), "x.flac", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := all(t, src); !strings.Contains(wantDamage(t, err, 0).Err.Error(), "not that of the header") {
		t.Error(err)
	}
}

func TestAFailingReaderOfFLACIsReportedWithItsError(t *testing.T) {
	whole := testFile(t, "tone16.flac")
	broken := errors.New("the cable is out")
	for n := 4; n < len(whole); n++ {
		src, err := NewSource(io.MultiReader(bytes.NewReader(whole[:n]), iotest.ErrReader(broken)), "x.flac", Options{})
		if err == nil {
			_, err = all(t, src)
		}
		if !errors.Is(err, broken) {
			t.Fatalf("failing after %d bytes: %v", n, err)
		}
	}
}

func TestAPanicBecomesAnError(t *testing.T) {
	if err := guarded(func() error { panic("boom") }); err == nil || err.Error() != "panic: boom" {
		t.Error(err)
	}
}
