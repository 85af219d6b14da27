package audio

import (
	"bytes"
	"errors"
	"io"
	"math"
	"slices"
	"testing"
	"testing/iotest"
)

// fuzzRead reads bytes from outside and holds the reader to its contract:
// samples are numbers of bounded size and no more than the bytes can hold,
// errors are of the kinds that are promised, and nothing depends on how the
// bytes arrive. perByte is how many samples a byte can hold at the most.
func fuzzRead(t *testing.T, data []byte, o Options, perByte int) {
	whole, wholeErr := read(t, pipe{bytes.NewReader(data)}, o)
	if len(whole) > perByte*len(data) {
		t.Fatalf("%d samples from %d bytes", len(whole), len(data))
	}
	for i, v := range whole {
		if !(math.Abs(float64(v)) <= absurd) {
			t.Fatalf("sample %d is %v", i, v)
		}
	}
	halves, halvesErr := read(t, iotest.DataErrReader(iotest.HalfReader(bytes.NewReader(data))), o)
	if !slices.Equal(whole, halves) || (wholeErr == nil) != (halvesErr == nil) {
		t.Fatalf("%d samples and %v at once, %d and %v in halves", len(whole), wholeErr, len(halves), halvesErr)
	}
	if _, err := read(t, bytes.NewReader(data), o); err != nil && wholeErr == nil {
		t.Fatalf("%v where the reader can seek, none where it can't", err)
	}
}

func read(t *testing.T, r io.Reader, o Options) ([]float32, error) {
	src, err := NewSource(r, "x", o)
	var samples []float32
	if err == nil {
		if n, ok := src.(Sized).Length(); ok && n < 0 {
			t.Fatalf("length %d", n)
		}
		samples, err = all(t, src)
	}
	var format *FormatError
	var damage *DamageError
	switch {
	case err == nil:
	case errors.As(err, &format) && len(samples) > 0:
		t.Fatalf("%v after %d samples", err, len(samples))
	case errors.As(err, &damage) && (damage.Sample != int64(len(samples)) || damage.Offset < 0):
		t.Fatalf("%v after %d samples", err, len(samples))
	case format == nil && damage == nil:
		t.Fatalf("error %v of type %T", err, err)
	}
	return samples, err
}

func FuzzWAV(f *testing.F) {
	extra := plain(1, -2, 3)
	extra.before = slices.Concat(chunk("LIST", 1, 2, 3), chunk("auxi", make([]byte, 68)...), unpadded("bext", 1))
	extra.after = chunk("LIST", []byte("INFO")...)
	rf64 := plain(1, 2, 3)
	rf64.form, rf64.length, rf64.before = "RF64", math.MaxUint32, chunk("ds64", u64(99, 6, 3)...)
	multi := plain()
	multi.before, multi.data = extensible(tagPCM, 24, 20, 6), make([]byte, 90)
	floats := wave{tag: tagFloat, channels: 2, rate: 48000, bits: 64, length: -1, data: u64(0x7FF8000000000000, 0x3FE0000000000000)}
	big := wave{form: "RIFX", tag: tagPCM, channels: 1, rate: 8000, bits: 32, length: -1, data: []byte{0x40, 0, 0, 0}}
	for _, w := range []wave{plain(1, 2, 3), withLength(plain(1, 2, 3), 0), withLength(plain(1, 2, 3), 2), withLength(plain(1), 100), extra, rf64, multi, floats, big} {
		f.Add(w.bytes(), 0)
	}
	f.Fuzz(func(t *testing.T, data []byte, channel int) {
		fuzzRead(t, data, Options{Channel: Channel(channel)}, 1)
	})
}

func FuzzFLAC(f *testing.F) {
	for _, name := range []string{"tone16.flac", "ramp24.flac"} {
		whole := testFile(f, name)
		f.Add(whole, 0)
		f.Add(withSamples(whole, 0), 1)
		f.Add(append([]byte("ID3\x04\x00\x00\x00\x00\x00\x00"), whole...), 2)
	}
	f.Fuzz(func(t *testing.T, data []byte, channel int) {
		const samplesOfAFrame, bytesOfAFrame = 65535, 10
		fuzzRead(t, data, Options{Channel: Channel(channel)}, samplesOfAFrame/bytesOfAFrame)
	})
}

func FuzzRaw(f *testing.F) {
	for _, format := range SampleFormats() {
		f.Add([]byte("0123456789abcdefghijklmnopqrstuvwxyz"), uint8(format), 8000, 2, 0)
	}
	f.Add([]byte{0, 0, 0xC0, 0x7F, 0}, uint8(F32LE), 6000, 1, 1)
	f.Fuzz(func(t *testing.T, data []byte, format uint8, rate, channels, channel int) {
		raw := RawFormat{Format: SampleFormat(format), Rate: rate, Channels: channels}
		fuzzRead(t, data, Options{Channel: Channel(channel), Raw: raw}, 1)
	})
}
