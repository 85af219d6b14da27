package audio

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

func TestEveryFormatChannelCountAndRateIsRead(t *testing.T) {
	formats := []struct {
		name   string
		tag    uint16
		bits   int
		form   string
		format SampleFormat
		step   float64 // of the quantizer
	}{
		{"8 bit", tagPCM, 8, "RIFF", U8, 1.0 / 128},
		{"16 bit", tagPCM, 16, "RIFF", S16LE, 1.0 / 32768},
		{"24 bit", tagPCM, 24, "RIFF", S24LE, 1.0 / (1 << 23)},
		{"32 bit", tagPCM, 32, "RIFF", S32LE, 1e-7},
		{"float 32", tagFloat, 32, "RIFF", F32LE, 1e-7},
		{"float 64", tagFloat, 64, "RIFF", F64LE, 1e-7},
		{"big endian 16 bit", tagPCM, 16, "RIFX", S16BE, 1.0 / 32768},
		{"big endian 24 bit", tagPCM, 24, "RIFX", S24BE, 1.0 / (1 << 23)},
		{"big endian float 64", tagFloat, 64, "RIFX", F64BE, 1e-7},
	}
	const n = 500
	for _, f := range formats {
		for _, channels := range []int{1, 2, 5} {
			for _, rate := range []int{6000, 8000, 11025, 48000, 192000} {
				signals := make([][]float32, channels)
				for c := range signals {
					signals[c] = tone(n, c)
				}
				w := wave{form: f.form, tag: f.tag, bits: f.bits, channels: channels, rate: rate, length: -1}
				w.data = f.format.encode(nil, interleave(signals...), newDither(3))
				t.Run(fmt.Sprintf("%s/%d channels/%d", f.name, channels, rate), func(t *testing.T) {
					each(t, w.bytes(), Options{}, func(t *testing.T, src Source, err error) {
						if err != nil {
							t.Fatal(err)
						}
						if src.Rate() != rate {
							t.Errorf("rate %d, want %d", src.Rate(), rate)
						}
						if length, ok := src.(Sized).Length(); length != n || !ok {
							t.Errorf("length %d, %v, want %d", length, ok, n)
						}
						got, err := all(t, src)
						if err != nil {
							t.Error(err)
						}
						wantSamples(t, got, mean(signals...), 1.5*f.step)
					})
				})
			}
		}
	}
}

// extensible is a fmt chunk of WAVE_FORMAT_EXTENSIBLE.
func extensible(tag uint16, bits, valid, channels int) []byte {
	w := wave{tag: tagExtensible, channels: channels, rate: 8000, bits: bits}
	b := append(w.fmtChunk()[8:], u16(22, uint16(valid), 4, 0, tag)...)
	return chunk("fmt ", append(b, mediaGUID...)...)
}

// Files that recorders, editors and crashes leave behind. All hold the samples
// 1000, -2000, 3000 of 16 bits, or something else that they say.
func TestOddFilesAreRead(t *testing.T) {
	usual := steps(1000, -2000, 3000)
	long := make([]int16, 5000)
	for i := range long {
		long[i] = int16(i*7919%20011 - 10000)
	}
	with := func(change func(w *wave)) wave {
		w := plain(1000, -2000, 3000)
		change(&w)
		return w
	}
	length := func(n int64) wave { return with(func(w *wave) { w.length = n }) }
	after := func(b []byte) wave { return with(func(w *wave) { w.after = b }) }
	before := func(b ...[]byte) wave { return with(func(w *wave) { w.before = slices.Concat(b...) }) }
	ds64 := func(riff, data uint64) []byte { return chunk("ds64", append(u64(riff, data, 3), 0, 0, 0, 0)...) }
	rf64 := func(form string, data uint64) wave {
		return with(func(w *wave) { w.form, w.length, w.before = form, math.MaxUint32, ds64(1000, data) })
	}
	// fmtOf replaces the fmt chunk, by putting a second one behind it.
	fmtOf := func(fmtChunk, data []byte) wave {
		return with(func(w *wave) { w.before, w.data = fmtChunk, data })
	}
	packed24in32 := wave{tag: tagPCM, channels: 1, rate: 8000, bits: 24}.fmtChunk()
	packed24in32[20] = 4 // bytes per frame

	for _, c := range []struct {
		name  string
		file  []byte
		want  []float32
		sized bool // the length is known to a pipe too
	}{
		{"as it should be", plain(1000, -2000, 3000).bytes(), usual, true},
		{"no samples", plain().bytes(), nil, false},
		{"length 0, from a recorder that crashed", length(0).bytes(), usual, false},
		{"length 0xFFFFFFFF, through a pipe", length(math.MaxUint32).bytes(), usual, false},
		{"length 0x80000000, through a pipe", length(0x80000000).bytes(), usual, false},
		{"length 0x7FFFFFFF, through a pipe", length(0x7FFFFFFF).bytes(), usual, false},
		{"length 0x7FFFF000, through a pipe", length(0x7FFFF000).bytes(), usual, false},
		{"length 0xFFFFFFFF without ds64", with(func(w *wave) { w.form, w.length = "RF64", math.MaxUint32 }).bytes(), usual, false},
		{"length left at an earlier time", withLength(plain(long...), 2000).bytes(), steps(long...), false},
		{"length over 4 GiB that was cut to 32 bits", withLength(plain(long...), 1234).bytes(), steps(long...), false},
		{"that, in the middle of a frame", withLength(plain(long...), 1235).bytes(), steps(long...), false},
		{"length not of whole frames", with(func(w *wave) { w.data = append(w.data, 9) }).bytes(), usual, true},
		{"odd byte at the end of a stream", with(func(w *wave) { w.length, w.data = 0, append(w.data, 9) }).bytes(), usual, false},
		{"RF64", rf64("RF64", 6).bytes(), usual, true},
		{"BW64", rf64("BW64", 6).bytes(), usual, true},
		{"RF64 of unknown length", rf64("RF64", 0).bytes(), usual, false},
		{"RF64 of absurd length", rf64("RF64", math.MaxUint64).bytes(), usual, false},
		{"LIST before the data", before(chunk("LIST", []byte("INFOISFT\x04\x00\x00\x00sox")...)).bytes(), usual, true},
		{"LIST behind the data", after(chunk("LIST", []byte("INFOISFT")...)).bytes(), usual, true},
		{"chunk of odd length", before(chunk("bext", 1, 2, 3)).bytes(), usual, true},
		{"pad byte missing", before(unpadded("LIST", 1, 2, 3), chunk("fact", 3, 0, 0, 0)).bytes(), usual, true},
		{"pad byte missing right before data", before(unpadded("LIST", 1, 2, 3)).bytes(), usual, true},
		{"pad byte a space", before(append(unpadded("bext", 1, 2, 3), ' ')).bytes(), usual, true},
		{"JUNK, fact, PEAK, cue, unknown", before(chunk("JUNK", make([]byte, 4001)...), chunk("fact", 3, 0, 0, 0),
			chunk("PEAK", 1), chunk("cue ", 1, 2), chunk("zzzz")).bytes(), usual, true},
		{"tag without its chunk behind the data", after([]byte("TAGtitle and artist")).bytes(), usual, true},
		{"a few stray bytes behind the data", after([]byte{1, 2, 3, 4, 5}).bytes(), usual, true},
		{"another recording behind it", after(plain(5, 6).bytes()).bytes(), usual, true},
		{"fmt of 14 bytes", fmtOf(chunk("fmt ", plain().fmtChunk()[8:22]...), plain(1000, -2000, 3000).data).bytes(), usual, true},
		{"fmt of 100 bytes", fmtOf(chunk("fmt ", append(plain().fmtChunk()[8:], make([]byte, 84)...)...), plain(1000, -2000, 3000).data).bytes(), usual, true},
		{"bytes per frame 0", fmtOf(zeroed(plain().fmtChunk(), 20, 22), plain(1000, -2000, 3000).data).bytes(), usual, true},
		{"8 bit, unsigned", fmtOf(wave{tag: tagPCM, channels: 1, rate: 8000, bits: 8}.fmtChunk(), []byte{0, 128, 192}).bytes(), []float32{-1, 0, 0.5}, true},
		{"12 bit in two bytes", fmtOf(wave{tag: tagPCM, channels: 1, rate: 8000, bits: 12}.fmtChunk(), u16(0x7FF0, 0x8000)).bytes(), []float32{2047.0 / 2048, -1}, true},
		{"24 bit in four bytes", fmtOf(packed24in32, []byte{0, 0, 0, 0x40, 0, 0, 0, 0x80}).bytes(), []float32{0.5, -1}, true},
		{"A-law", fmtOf(wave{tag: tagALaw, channels: 1, rate: 8000, bits: 8}.fmtChunk(), []byte{0xAA, 0x2A}).bytes(), []float32{0.984375, -0.984375}, true},
		{"µ-law", fmtOf(wave{tag: tagMuLaw, channels: 1, rate: 8000, bits: 8}.fmtChunk(), []byte{0xFF, 0x80}).bytes(), []float32{0, 32124.0 / 32768}, true},
		{"extensible 16 bit", fmtOf(extensible(tagPCM, 16, 16, 1), plain(1000, -2000, 3000).data).bytes(), usual, true},
		{"extensible 20 of 24 bit, stereo", fmtOf(extensible(tagPCM, 24, 20, 2), []byte{0, 0, 0x40, 0, 0, 0}).bytes(), []float32{0.25}, true},
		{"extensible float", fmtOf(extensible(tagFloat, 32, 32, 1), F32LE.encode(nil, usual, dither{})).bytes(), usual, true},
		{"extensible µ-law", fmtOf(extensible(tagMuLaw, 8, 8, 1), []byte{0xFF, 0x80}).bytes(), []float32{0, 32124.0 / 32768}, true},
		{"floats that are none", fmtOf(wave{tag: tagFloat, channels: 1, rate: 8000, bits: 32}.fmtChunk(),
			[]byte{0, 0, 0xC0, 0x7F, 0, 0, 0x80, 0x7F, 0, 0, 0x80, 0xFF, 0, 0, 0, 0x3F}).bytes(), []float32{0, 0, 0, 0.5}, true},
		{"ds64 behind fmt", with(func(w *wave) {
			w.form, w.length, w.before = "RF64", math.MaxUint32, append(chunk("JUNK", 1), ds64(0, 6)...)
		}).bytes(), usual, true},
		{"ds64 cut short", with(func(w *wave) { w.before = chunk("ds64", 1, 2) }).bytes(), usual, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			each(t, c.file, Options{}, func(t *testing.T, src Source, err error) {
				if err != nil {
					t.Fatal(err)
				}
				sized, isPipe := src.(Sized), strings.HasSuffix(t.Name(), "pipe")
				if n, ok := sized.Length(); ok && c.sized && n != int64(len(c.want)) || !ok && (c.sized || !isPipe && len(c.want) > 0) {
					t.Errorf("length %d, %v, want %d", n, ok, len(c.want))
				}
				got, err := all(t, src)
				if err != nil {
					t.Error(err)
				}
				wantSamples(t, got, c.want, 0)
			})
		})
	}
}

func withLength(w wave, n int64) wave {
	w.length = n
	return w
}

func zeroed(b []byte, from, to int) []byte {
	b = slices.Clone(b)
	clear(b[from:to])
	return b
}

func TestWhatIsNoReadableWAVIsRefused(t *testing.T) {
	format := func(tag uint16, bits, channels, rate int) []byte {
		return wave{tag: tag, bits: bits, channels: channels, rate: rate, length: -1, data: make([]byte, 64)}.bytes()
	}
	dataFirst := slices.Concat([]byte("RIFF\x40\x00\x00\x00WAVE"), chunk("data", 1, 2, 3, 4), plain().fmtChunk())
	for _, c := range []struct {
		name string
		file []byte
		want string // somewhere in the message
	}{
		{"ADPCM", format(0x11, 4, 1, 8000), "x.wav: a WAV in ADPCM, which is not read here; convert it: ffmpeg"},
		{"GSM", format(0x31, 0, 1, 8000), "a WAV in GSM 6.10"},
		{"MP3 in WAV", format(0x55, 0, 2, 44100), "ffmpeg -i x.wav -f wav - | rtty decode -"},
		{"unknown codec", format(0x1234, 16, 1, 8000), "codec 0x1234"},
		{"40 bit", format(tagPCM, 40, 1, 8000), "40-bit samples"},
		{"half floats", format(tagFloat, 16, 1, 8000), "16-bit float samples"},
		{"no channels", format(tagPCM, 16, 0, 8000), "0 channels"},
		{"257 channels", format(tagPCM, 16, 257, 8000), "257 channels"},
		{"too slow", format(tagPCM, 16, 1, 5999), "5999 samples per second; from 6000 to 192000 can be read"},
		{"too fast", format(tagPCM, 16, 1, 192001), "-ar 48000"},
		{"no rate", format(tagPCM, 16, 1, 0), "0 samples per second"},
		{"rate of 32 bits", format(tagPCM, 16, 1, -1), "samples per second"},
		{"samples before the format", dataFirst, "before their format"},
		{"fmt of 8 bytes", slices.Concat([]byte("RIFF\x40\x00\x00\x00WAVE"), chunk("fmt ", make([]byte, 8)...)), "fmt chunk of 8 bytes"},
		{"a film", []byte("RIFF\x40\x00\x00\x00AVI LIST"), `a RIFF file of type "AVI ", not a WAV`},
	} {
		each(t, c.file, Options{}, func(t *testing.T, _ Source, err error) {
			var f *FormatError
			if !errors.As(err, &f) || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "x.wav: ") {
				t.Errorf("%s: error %v (%T), want a *FormatError with %q", c.name, err, err, c.want)
			}
		})
	}
}

func TestAHeaderThatLeadsNowhereIsDamage(t *testing.T) {
	form := []byte("RIFF\x40\x00\x00\x00WAVE")
	huge := func(size uint32) []byte {
		return slices.Concat(form, plain().fmtChunk(), binary.LittleEndian.AppendUint32([]byte("LIST"), size), make([]byte, 100))
	}
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"chunk of 4 GiB":          {huge(math.MaxUint32), `ends inside the chunk "LIST", which is said to have 4294967295 bytes`},
		"chunk one byte too long": {huge(101), `ends inside the chunk "LIST"`},
		"no data":                 {slices.Concat(form, plain().fmtChunk()), "ends inside the header"},
		"zeros for chunks":        {slices.Concat(form, plain().fmtChunk(), make([]byte, 100)), `no chunk begins with "\x00\x00\x00\x00"`},
	} {
		each(t, c.file, Options{}, func(t *testing.T, _ Source, err error) {
			if d := wantDamage(t, err, 0); !strings.Contains(d.Error(), c.want) {
				t.Errorf("%s: %q, want %q", name, d, c.want)
			}
		})
	}
}

func TestAHugeChunkIsPassedOverInLittleMemory(t *testing.T) {
	const size = 1 << 30
	head := slices.Concat([]byte("RIFF\x00\x00\x00\x00WAVE"), plain().fmtChunk(), []byte("LIST\x00\x00\x00\x40"))
	data := append(append([]byte("data"), 6, 0, 0, 0), plain(1, 2, 3).data...)
	r := io.MultiReader(bytes.NewReader(head), io.LimitReader(zeros{}, size), bytes.NewReader(data))

	var start, end runtime.MemStats
	runtime.ReadMemStats(&start)
	src, err := NewSource(r, "x.wav", Options{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := all(t, src)
	if err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&end)
	wantSamples(t, got, steps(1, 2, 3), 0)
	if used := end.TotalAlloc - start.TotalAlloc; used > 4*bufferSize {
		t.Errorf("%d bytes allocated for a chunk of %d", used, size)
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

// A file cut off anywhere gives every whole sample that is left, and then says
// where it ends.
func TestAFileCutOffAnywhereGivesWhatIsThere(t *testing.T) {
	w := plain(1, -2, 3, -4, 5)
	w.before = chunk("LIST", []byte("INFO!")...)
	whole := w.bytes()
	header := len(whole) - len(w.data)
	for cut := 0; cut < len(whole); cut++ {
		each(t, whole[:cut], Options{}, func(t *testing.T, src Source, err error) {
			if cut < 4 {
				var f *FormatError
				if !errors.As(err, &f) {
					t.Fatalf("cut at %d: error %v, want a *FormatError", cut, err)
				}
				return
			}
			if cut < header {
				if d := wantDamage(t, err, 0); d.Offset != int64(cut) || !errors.Is(err, io.ErrUnexpectedEOF) {
					t.Fatalf("cut at %d: %v", cut, err)
				}
				return
			}
			if err != nil {
				t.Fatalf("cut at %d: %v", cut, err)
			}
			n := (cut - header) / 2
			got, err := all(t, src)
			wantSamples(t, got, steps(1, -2, 3, -4, 5)[:n], 0)
			d := wantDamage(t, err, int64(n))
			if missing := fmt.Sprintf("ends %d bytes before", len(whole)-cut); d.Offset != int64(cut) || !strings.Contains(d.Error(), missing) {
				t.Fatalf("cut at %d: %v", cut, err)
			}
		})
	}
}

func TestReadersOfAllTempersGiveTheSame(t *testing.T) {
	want := make([]int16, 9000)
	for i := range want {
		want[i] = int16(i * 7919)
	}
	w := plain(want...)
	w.before = chunk("LIST", 1, 2, 3)
	for name, wrap := range map[string]func(io.Reader) io.Reader{
		"one byte":       iotest.OneByteReader,
		"half":           iotest.HalfReader,
		"end with bytes": iotest.DataErrReader,
	} {
		for _, length := range []int64{-1, 0, 4000} {
			w.length = length
			src, err := NewSource(wrap(bytes.NewReader(w.bytes())), "x.wav", Options{})
			if err != nil {
				t.Fatal(name, err)
			}
			got, err := all(t, src)
			if err != nil {
				t.Fatal(name, err)
			}
			wantSamples(t, got, steps(want...), 0)
		}
	}
}

func TestAReaderThatFailsIsReportedWithItsError(t *testing.T) {
	file := plain(1, 2, 3, 4).bytes()
	broken := errors.New("the cable is out")
	for n := range file {
		r := io.MultiReader(bytes.NewReader(file[:n]), iotest.ErrReader(broken))
		src, err := NewSource(r, "x.wav", Options{})
		if err == nil {
			var got []float32
			got, err = all(t, src)
			wantSamples(t, got, steps(1, 2, 3, 4)[:(n-44)/2], 0)
			wantDamage(t, err, int64(len(got)))
		}
		if !errors.Is(err, broken) || !strings.Contains(err.Error(), "x.wav") {
			t.Fatalf("failing after %d bytes: %v", n, err)
		}
	}
}

func TestTheStartIsTakenFromAuxi(t *testing.T) {
	start := u16(2026, 8, 6, 22, 12, 34, 56, 789) // a Saturday
	auxi := func(b []byte, size int) []byte { return chunk("auxi", append(b, make([]byte, size-len(b))...)...) }
	noon := time.Date(2026, 8, 22, 12, 34, 56, 789e6, time.UTC)
	for _, c := range []struct {
		name string
		auxi []byte
		want time.Time
	}{
		{"none", nil, time.Time{}},
		{"68 bytes", auxi(start, 68), noon},
		{"164 bytes", auxi(start, 164), noon},
		{"cut short", auxi(start[:14], 14), time.Time{}},
		{"zeros", auxi(nil, 68), time.Time{}},
		{"31 February", auxi(u16(2026, 2, 0, 31, 0, 0, 0, 0), 68), time.Time{}},
		{"25 o'clock", auxi(u16(2026, 2, 0, 3, 25, 0, 0, 0), 68), time.Time{}},
		{"61 minutes", auxi(u16(2026, 2, 0, 3, 4, 61, 0, 0), 68), time.Time{}},
	} {
		w := plain(1, 2)
		w.before = c.auxi
		src, err := NewSource(bytes.NewReader(w.bytes()), "x.wav", Options{})
		if err != nil {
			t.Fatal(c.name, err)
		}
		if got := src.Anchor(); !got.Equal(c.want) {
			t.Errorf("%s: anchor %v, want %v", c.name, got, c.want)
		}
	}
}
