package audio

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var _ Sink = (*FileSink)(nil)

// wavFormats are those that a WAV is written in.
var wavFormats = []SampleFormat{U8, S16LE, S24LE, S32LE, F32LE, F64LE}

func TestWhatIsStoredIsReadAgain(t *testing.T) {
	want := tone(50_001, 0) // an odd number, and more than one block
	for _, f := range wavFormats {
		path := filepath.Join(t.TempDir(), "x.wav")
		sink, err := Create(path, SinkOptions{Rate: 12000, Format: f})
		if err != nil {
			t.Fatal(err)
		}
		for part := want; len(part) > 0; {
			n := min(len(part), 7001)
			if err := sink.Write(part[:n]); err != nil {
				t.Fatal(err)
			}
			part = part[n:]
		}
		if sink.Played() != int64(len(want)) || sink.Latency() != 0 || sink.Rate() != 12000 {
			t.Errorf("played %d, latency %v, rate %d", sink.Played(), sink.Latency(), sink.Rate())
		}
		for range 2 { // closing twice does no harm
			if err := errors.Join(sink.Drain(), sink.Abort(), sink.Close()); err != nil {
				t.Fatal(err)
			}
		}

		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if riff := binary.LittleEndian.Uint32(data[4:]); int(riff) != len(data)-8 || len(data)%2 != 0 {
			t.Errorf("%v: %d bytes, RIFF length %d", f, len(data), riff)
		}
		each(t, data, Options{}, func(t *testing.T, src Source, err error) {
			if err != nil {
				t.Fatal(err)
			}
			if n, ok := src.(Sized).Length(); n != int64(len(want)) || !ok || src.Rate() != 12000 {
				t.Errorf("%v: length %d, %v, rate %d", f, n, ok, src.Rate())
			}
			got, err := all(t, src)
			if err != nil {
				t.Fatal(err)
			}
			wantSamples(t, got, want, 2/float64(int(1)<<min(8*f.Bytes()-1, 23)))
		})
	}
}

func TestThroughAPipeTheLengthStaysOpen(t *testing.T) {
	want := tone(1001, 0)
	for _, f := range wavFormats {
		var out bytes.Buffer
		sink, err := NewFileSink(&out, SinkOptions{Rate: 8000, Format: f})
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(sink.Write(want), sink.Close()); err != nil {
			t.Fatal(err)
		}
		header := out.Bytes()
		if string(header[4:8]) != "\xFF\xFF\xFF\xFF" || !bytes.Contains(header[:80], []byte("data\xFF\xFF\xFF\xFF")) {
			t.Errorf("%v: header % x", f, header[:60])
		}
		src, err := NewSource(&out, "x", Options{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := all(t, src)
		if err != nil {
			t.Fatal(err)
		}
		wantSamples(t, got, want, 2/float64(int(1)<<min(8*f.Bytes()-1, 23)))
	}
}

func TestARealPipeIsSeenAsOne(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	sink, err := NewFileSink(w, SinkOptions{Rate: 8000, Format: F32LE})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(sink.Write(tone(100, 0)), sink.Close(), w.Close()); err != nil {
		t.Fatal(err)
	}
	src, err := NewSource(r, "x", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n, ok := src.(Sized).Length(); ok {
		t.Errorf("length %d of a pipe", n)
	}
	got, err := all(t, src)
	if err != nil {
		t.Fatal(err)
	}
	wantSamples(t, got, tone(100, 0), 0)
}

// Whenever the writer dies, what it has written can be read, by us to the last
// sample, and by programs that believe the header to the last ten seconds.
func TestARecordingCutOffByACrashIsReadable(t *testing.T) {
	const rate, second = 6000, 6000
	path := filepath.Join(t.TempDir(), "x.wav")
	sink, err := Create(path, SinkOptions{Rate: rate, Format: F32LE})
	if err != nil {
		t.Fatal(err)
	}
	defer sink.Close()
	want := tone(35*second, 0)
	for at := 0; at < len(want); at += second {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		src, err := NewSource(bytes.NewReader(data), "x", Options{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := all(t, src)
		if err != nil {
			t.Fatalf("after %d s: %v", at/second, err)
		}
		wantSamples(t, got, want[:at], 0)
		if believed := binary.LittleEndian.Uint32(data[bytes.Index(data, []byte("data"))+4:]); at >= 10*second && at-int(believed/4) >= 10*second {
			t.Errorf("after %d s the header says %d samples", at/second, believed/4)
		}
		if err := sink.Write(want[at : at+second]); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAppendingLeavesWhatStandsBefore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o666)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString("before"); err != nil {
		t.Fatal(err)
	}
	sink, err := NewFileSink(f, SinkOptions{Rate: 8000, Format: S24LE})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(sink.Write(tone(100, 0)), sink.Close()); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil || !strings.HasPrefix(string(data), "beforeRIFF") {
		t.Fatalf("%.20q, %v", data, err)
	}
}

func TestAWAVInTheMiddleOfAFileIsPatchedThere(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "x"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString("before"); err != nil {
		t.Fatal(err)
	}
	sink, err := NewFileSink(f, SinkOptions{Rate: 8000})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(sink.Write(tone(100, 0)), sink.Close()); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(f.Name())
	if err != nil || string(data[:10]) != "beforeRIFF" || int(binary.LittleEndian.Uint32(data[10:])) != len(data)-14 {
		t.Fatalf("%.20q of %d bytes, %v", data, len(data), err)
	}
}

// sparse makes a sink believe that it has written so many samples, by leaving a
// hole in the file.
func sparse(t *testing.T, path string, f SampleFormat, samples int64) {
	t.Helper()
	sink, err := Create(path, SinkOptions{Rate: 8000, Format: f})
	if err != nil {
		t.Fatal(err)
	}
	end, err := sink.closer.(io.Seeker).Seek(samples*int64(f.Bytes()), io.SeekCurrent)
	if err == nil {
		err = sink.closer.(*os.File).Truncate(end)
	}
	if err != nil {
		t.Skipf("no sparse files here: %v", err)
	}
	sink.played = samples
	if err := sink.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestPast4GiBAFileBecomesRF64(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.wav")
	for _, c := range []struct {
		samples int64
		form    string
	}{
		{1<<31 - 100, "RIFF"},
		{1<<31 - 1, "RF64"}, // the samples alone would fit
		{1<<31 + 100, "RF64"},
	} {
		sparse(t, path, S16LE, c.samples)
		src, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer src.Close()
		n, ok := src.(Sized).Length()
		if n != c.samples || !ok {
			t.Errorf("%d samples: length %d, %v", c.samples, n, ok)
		}
		head := make([]byte, 4)
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if _, err := f.Read(head); err != nil || string(head) != c.form {
			t.Errorf("%d samples: a %s file, want %s (%v)", c.samples, head, c.form, err)
		}
	}
}

func TestRawSamplesAreStoredAlone(t *testing.T) {
	for _, f := range SampleFormats() {
		var out bytes.Buffer
		sink, err := NewFileSink(&out, SinkOptions{Rate: 8000, Format: f, Raw: true, Seed: 5})
		if !f.writable() {
			if err == nil {
				t.Errorf("%v can be written", f)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		want := tone(9000, 0)
		if err := errors.Join(sink.Write(want), sink.Close()); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(out.Bytes(), f.encode(nil, want, newDither(5))) {
			t.Errorf("%v: other bytes than the samples", f)
		}
	}
}

func TestTheSameSeedGivesTheSameBytes(t *testing.T) {
	store := func(seed uint64, block int) string {
		var out bytes.Buffer
		sink, err := NewFileSink(&out, SinkOptions{Rate: 8000, Seed: seed})
		if err != nil {
			t.Fatal(err)
		}
		for part := tone(10_000, 0); len(part) > 0; {
			n := min(block, len(part))
			if err := sink.Write(part[:n]); err != nil {
				t.Fatal(err)
			}
			part = part[n:]
		}
		return out.String()
	}
	if store(1, 10_000) != store(1, 33) {
		t.Error("the size of the blocks changes the bytes")
	}
	if store(1, 100) == store(2, 100) {
		t.Error("the seed changes nothing")
	}
}

func TestImpossibleSinksAreRefused(t *testing.T) {
	dir := t.TempDir()
	kept := filepath.Join(dir, "kept.wav")
	if err := os.WriteFile(kept, []byte("precious"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, o := range []SinkOptions{
		{}, {Rate: 5999}, {Rate: 192001},
		{Rate: 8000, Format: S16BE}, {Rate: 8000, Format: S8}, {Rate: 8000, Format: MuLaw},
		{Rate: 8000, Format: 99}, {Rate: 8000, Format: 99, Raw: true},
	} {
		if _, err := Create(kept, o); err == nil || !strings.HasPrefix(err.Error(), kept+": ") {
			t.Errorf("%+v: error %v", o, err)
		}
	}
	if b, err := os.ReadFile(kept); string(b) != "precious" {
		t.Errorf("refused, but the file now holds %q (%v)", b, err)
	}
	if _, err := Create(filepath.Join(dir, "none", "x.wav"), SinkOptions{Rate: 8000}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no such folder: %v", err)
	}
}

// full takes so many bytes, as a disk does.
type full int

func (f *full) Write(b []byte) (int, error) {
	n := min(len(b), int(*f))
	*f -= full(n)
	if n < len(b) {
		return n, errors.New("no space left")
	}
	return n, nil
}

func TestAFullDiskIsReported(t *testing.T) {
	for _, room := range []full{0, 10, 44, 1000} {
		sink, err := NewFileSink(&room, SinkOptions{Rate: 8000})
		if err == nil {
			err = sink.Write(tone(5000, 0))
		}
		if err == nil || err.Error() != "writing samples: no space left" {
			t.Errorf("error %v", err)
		}
	}
}

func TestDashIsTheStandardOutput(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	stdout := os.Stdout
	defer func() { os.Stdout = stdout }()
	os.Stdout = f
	sink, err := Create("-", SinkOptions{Rate: 8000, Format: F32LE, Raw: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(sink.Write([]float32{0.5}), sink.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Fprint(f, "!"); err != nil {
		t.Errorf("Close has closed the standard output: %v", err)
	}
	if b, err := os.ReadFile(path); string(b) != "\x00\x00\x00\x3F!" {
		t.Errorf("% x, %v", b, err)
	}
}
