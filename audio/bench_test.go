package audio

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"testing"
)

// endless repeats the data of a WAV behind its header, which says that the
// length is unknown.
type endless struct {
	header, data []byte
	at           int64
}

func (e *endless) Read(b []byte) (int, error) {
	if e.at < int64(len(e.header)) {
		n := copy(b, e.header[e.at:])
		e.at += int64(n)
		return n, nil
	}
	n := copy(b, e.data[(e.at-int64(len(e.header)))%int64(len(e.data)):])
	e.at += int64(n)
	return n, nil
}

func endlessWAV(w wave) *endless {
	whole := withLength(w, 0).bytes()
	return &endless{header: whole[:len(whole)-len(w.data)], data: w.data}
}

func benchWaves() map[string]wave {
	const n = 48_000
	waves := make(map[string]wave)
	for _, c := range []struct {
		name     string
		tag      uint16
		bits     int
		format   SampleFormat
		channels int
	}{
		{"s16 mono", tagPCM, 16, S16LE, 1},
		{"s16 stereo mixed", tagPCM, 16, S16LE, 2},
		{"s24 mono", tagPCM, 24, S24LE, 1},
		{"f32 mono", tagFloat, 32, F32LE, 1},
		{"f64 stereo mixed", tagFloat, 64, F64LE, 2},
	} {
		data := c.format.encode(nil, interleave(signals(c.channels, n)...), newDither(1))
		waves[c.name] = wave{tag: c.tag, channels: c.channels, rate: 8000, bits: c.bits, data: data}
	}
	mulaw := wave{tag: tagMuLaw, channels: 1, rate: 8000, bits: 8, data: make([]byte, n)}
	waves["µ-law mono"] = mulaw
	return waves
}

// consume reads n samples in blocks of 1024.
func consume(t testing.TB, src Source, dst []float32, n int) {
	for n > 0 {
		b, err := src.Read(dst)
		if err != nil {
			t.Fatal(err)
		}
		n -= b.N
	}
}

func TestReadingAllocatesNothing(t *testing.T) {
	check := func(name string, r io.Reader, o Options) {
		src, err := NewSource(r, name, o)
		if err != nil {
			t.Fatal(err)
		}
		dst := make([]float32, 1024)
		if n := testing.AllocsPerRun(100, func() { consume(t, src, dst, 4096) }); n > 0 {
			t.Errorf("%s: %g allocations for 4096 samples", name, n)
		}
	}
	for name, w := range benchWaves() {
		check(name, endlessWAV(w), Options{})
	}
	for _, f := range SampleFormats() {
		check("raw "+f.String(), zeros{}, Options{Raw: RawFormat{Format: f, Rate: 8000, Channels: 3}})
	}
}

func TestStoringAllocatesNothing(t *testing.T) {
	src := tone(10_000, 0)
	for _, f := range wavFormats {
		sink, err := NewFileSink(io.Discard, SinkOptions{Rate: 8000, Format: f})
		if err != nil {
			t.Fatal(err)
		}
		if n := testing.AllocsPerRun(20, func() { _ = sink.Write(src) }); n > 0 {
			t.Errorf("%v: %g allocations for a block", f, n)
		}
	}
}

// A day of FLAC is many frames, which the library allocates; what counts is
// that they don't stay.
func TestMemoryDoesNotGrowWithTheRecording(t *testing.T) {
	src, err := NewSource(&endless{header: flacHead(t), data: flacFrame(t)}, "x.flac", Options{})
	if err != nil {
		t.Fatal(err)
	}
	dst := make([]float32, 1024)
	live := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	consume(t, src, dst, 128)
	before := live()
	consume(t, src, dst, 1_000_000)
	if after := live(); after > before+256<<10 {
		t.Errorf("%d bytes held after a million samples, %d before", after, before)
	}
}

// flacHead is tone16.flac up to its first frame, with the length unknown, and
// flacFrame that frame: its number is not looked at, so it can be repeated.
func flacHead(t testing.TB) []byte {
	whole := withSamples(testFile(t, "tone16.flac"), 0)
	return whole[:flacSync(whole, 0)]
}

func flacFrame(t testing.TB) []byte {
	whole := testFile(t, "tone16.flac")
	first := flacSync(whole, 0)
	return whole[first:flacSync(whole, first+4)]
}

func flacSync(b []byte, from int) int { return from + bytes.Index(b[from:], []byte{0xFF, 0xF8}) }

// The figure to look at is times real time at 8 kHz.
func benchmark(b *testing.B, r io.Reader) {
	src, err := NewSource(r, "x", Options{})
	if err != nil {
		b.Fatal(err)
	}
	dst := make([]float32, 1024)
	b.ReportAllocs()
	samples := 0
	for b.Loop() {
		consume(b, src, dst, len(dst))
		samples += len(dst)
	}
	b.ReportMetric(float64(samples)/8000/b.Elapsed().Seconds(), "×real-time")
}

func BenchmarkRead(b *testing.B) {
	for name, w := range benchWaves() {
		b.Run(name, func(b *testing.B) { benchmark(b, endlessWAV(w)) })
	}
	b.Run("FLAC", func(b *testing.B) { benchmark(b, &endless{header: flacHead(b), data: flacFrame(b)}) })
}

func BenchmarkWrite(b *testing.B) {
	src := tone(1024, 0)
	for _, f := range wavFormats {
		b.Run(fmt.Sprint(f), func(b *testing.B) {
			sink, err := NewFileSink(io.Discard, SinkOptions{Rate: 8000, Format: f})
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if err := sink.Write(src); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(sink.Played())/8000/b.Elapsed().Seconds(), "×real-time")
		})
	}
}
