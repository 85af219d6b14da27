package audio

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

func TestWhatIsNotARecordingIsNamed(t *testing.T) {
	mp4 := "\x00\x00\x00\x20ftypM4A \x00\x00\x00\x00"
	convert := "; convert it: ffmpeg -i x.wav -f wav - | rtty decode -"
	raw := "; raw samples need their format and rate, as in --format s16le --rate 48000"
	for content, want := range map[string]string{
		"":                                     "is empty",
		"R":                                    `not a WAV or FLAC recording (starts with "R")` + raw,
		"\x00\x01\x02\x03\x04\x05\x06\x07\x08": `not a WAV or FLAC recording (starts with "\x00\x01\x02\x03\x04\x05\x06\a")` + raw,
		"RYRYRYRYRYRY":                         "text, not a WAV or FLAC recording",
		"grüße aus münchen, guten tag":         "text, not a WAV or FLAC recording",
		"OggS\x00\x02":                         "an Ogg file, not a WAV or FLAC recording" + convert,
		"\xFF\xFB\x90\x64":                     "an MP3 file, not a WAV or FLAC recording" + convert,
		"ID3":                                  "an MP3 file, not a WAV or FLAC recording" + convert,
		"ID3\x04\x00\x00\x00\x00\x00\x02??\xFF\xFB": "an MP3 file, not a WAV or FLAC recording" + convert,
		"ID3\x04\x00\x00\x7F\x7F\x7F\x7F":           "an MP3 file, not a WAV or FLAC recording" + convert,
		mp4:                                         "an MP4 or M4A file, not a WAV or FLAC recording" + convert,
		"FORM\x00\x00\x00\x00AIFF":                  "an AIFF file, not a WAV or FLAC recording" + convert,
		"\x1F\x8B\x08\x00":                          "a gzip archive, not a WAV or FLAC recording; unpack it first",
	} {
		_, err := NewSource(strings.NewReader(content), "x.wav", Options{})
		var f *FormatError
		if !errors.As(err, &f) || err.Error() != "x.wav: "+want {
			t.Errorf("%q:\n got %v\nwant x.wav: %s", content, err, want)
		}
	}
}

// Every signature must be reachable, whatever stands before it in the table.
func TestEverySignatureIsRecognised(t *testing.T) {
	for _, s := range signatures {
		content := strings.Repeat("\x00", s.offset) + s.magic + strings.Repeat("\x00", 20)
		_, err := NewSource(strings.NewReader(content), "x", Options{})
		if err == nil || !strings.Contains(err.Error(), s.what) {
			t.Errorf("%s: %v", s.what, err)
		}
	}
}

func TestNamesInAdviceCanBeCopiedIntoAShell(t *testing.T) {
	for name, want := range map[string]string{
		standardInput:      "-",
		"a/b-1.mp3":        "a/b-1.mp3",
		`C:\radio\x.mp3`:   `C:\radio\x.mp3`,
		"größe.mp3":        "größe.mp3",
		"my song.mp3":      "'my song.mp3'",
		"it's $(here).mp3": `'it'\''s $(here).mp3'`,
	} {
		if got := argument(name); got != want {
			t.Errorf("argument(%q) = %s, want %s", name, got, want)
		}
	}
}

func TestAnID3TagBeforeFLACIsPassedOver(t *testing.T) {
	flac, err := os.ReadFile("testdata/tone16.flac")
	if err != nil {
		t.Fatal(err)
	}
	tag := append([]byte("ID3\x04\x00\x00\x00\x00\x01\x02"), make([]byte, 130)...)
	src, err := NewSource(bytes.NewReader(append(tag, flac...)), "x.flac", Options{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := all(t, src)
	if err != nil {
		t.Fatal(err)
	}
	wantSamples(t, got, tone16(), 0)
}

func TestFilesAreOpened(t *testing.T) {
	dir := t.TempDir()
	good := filepath.Join(dir, "good.mp3") // the content decides, not the name
	bad := filepath.Join(dir, "bad.wav")
	for path, content := range map[string][]byte{good: plain(1, 2, 3).bytes(), bad: []byte("Dear diary,")} {
		if err := os.WriteFile(path, content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	src, err := Open(good, Options{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := all(t, src)
	if err != nil {
		t.Fatal(err)
	}
	wantSamples(t, got, steps(1, 2, 3), 0)
	if err := src.Close(); err != nil {
		t.Error(err)
	}
	if err := src.Close(); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("closed twice: %v; was the file closed at all?", err)
	}

	var f *FormatError
	if _, err := Open(bad, Options{}); !errors.As(err, &f) || f.Name != bad {
		t.Errorf("text: %v", err)
	}
	if _, err := Open(dir, Options{}); !errors.As(err, &f) || f.Reason != "is a directory" {
		t.Errorf("directory: %v", err)
	}
	if _, err := Open(filepath.Join(dir, "none"), Options{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

func TestDashIsTheStandardInput(t *testing.T) {
	path := filepath.Join(t.TempDir(), "in")
	if err := os.WriteFile(path, append([]byte("skip"), plain(1, 2, 3).bytes()...), 0o666); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	// As when a shell's "read" has taken the first line.
	if _, err := f.Seek(4, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	stdin := os.Stdin
	defer func() { os.Stdin = stdin }()
	os.Stdin = f
	src, err := Open("-", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n, ok := src.(Sized).Length(); n != 3 || !ok {
		t.Errorf("length %d, %v", n, ok)
	}
	got, err := all(t, src)
	if err != nil {
		t.Fatal(err)
	}
	wantSamples(t, got, steps(1, 2, 3), 0)
	if err := src.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Stat(); err != nil {
		t.Errorf("Close has closed the standard input: %v", err)
	}
}

func TestRawSamplesAreRead(t *testing.T) {
	want := tone(3000, 0)
	for _, f := range SampleFormats() {
		if !f.writable() {
			continue
		}
		data := f.encode(nil, interleave(want, tone(3000, 1)), newDither(1))
		o := Options{Channel: Left, Raw: RawFormat{Format: f, Rate: 8000, Channels: 2}}
		t.Run(f.String(), func(t *testing.T) {
			each(t, data, o, func(t *testing.T, src Source, err error) {
				if err != nil {
					t.Fatal(err)
				}
				n, ok := src.(Sized).Length()
				if isPipe := strings.HasSuffix(t.Name(), "pipe"); ok == isPipe || ok && n != 3000 {
					t.Errorf("length %d, %v", n, ok)
				}
				got, err := all(t, src)
				if err != nil {
					t.Fatal(err)
				}
				wantSamples(t, got, want, 1.5/float64(int(1)<<min(7+8*(f.Bytes()-1), 23)))
			})
		})
	}
}

func TestRawSamplesOfAnyLengthAreRead(t *testing.T) {
	raw := RawFormat{Format: S16BE, Rate: 48000}
	for n := range 8 {
		data := []byte{0, 1, 0, 2, 0, 3, 0}[:min(n, 7)]
		src, err := NewSource(iotest.OneByteReader(bytes.NewReader(data)), "-", Options{Raw: raw})
		if err != nil {
			t.Fatal(err)
		}
		got, err := all(t, src)
		if err != nil {
			t.Errorf("%d bytes: %v", n, err)
		}
		wantSamples(t, got, steps(1, 2, 3)[:len(data)/2], 0)
	}
}

func TestAHeaderTellsMoreThanRawOptions(t *testing.T) {
	raw := RawFormat{Format: U8, Rate: 48000, Channels: 2}
	src, err := NewSource(bytes.NewReader(plain(1, 2, 3).bytes()), "x.wav", Options{Raw: raw})
	if err != nil {
		t.Fatal(err)
	}
	got, err := all(t, src)
	if err != nil || src.Rate() != 8000 {
		t.Fatalf("rate %d, error %v", src.Rate(), err)
	}
	wantSamples(t, got, steps(1, 2, 3), 0)
}

func TestImpossibleRawFormatsAreRefused(t *testing.T) {
	for _, raw := range []RawFormat{
		{Format: S16LE},
		{Format: S16LE, Rate: 5000},
		{Format: S16LE, Rate: 8000, Channels: -1},
		{Format: S16LE, Rate: 8000, Channels: 1000},
		{Format: 99, Rate: 8000},
	} {
		var f *FormatError
		if _, err := NewSource(strings.NewReader("0123456789"), "x", Options{Raw: raw}); !errors.As(err, &f) {
			t.Errorf("%+v: error %v, want a *FormatError", raw, err)
		}
	}
}

func TestErrorsReadAsSentences(t *testing.T) {
	for want, err := range map[string]error{
		"a: is empty":                   &FormatError{Name: "a", Reason: "is empty"},
		"a: too slow; hurry up":         &FormatError{Name: "a", Reason: "too slow", Hint: "hurry up"},
		"a: damaged at byte 7: it ends": &DamageError{Name: "a", Offset: 7, Reason: "it ends"},
		"a: damaged at byte 7, after 3 samples: unexpected EOF": &DamageError{Name: "a", Offset: 7, Sample: 3, Err: io.ErrUnexpectedEOF},
	} {
		if diff := cmp.Diff(want, err.Error()); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
}

func TestAReaderThatFailsAtOnceIsNoFormatError(t *testing.T) {
	broken := errors.New("the cable is out")
	for _, begin := range []string{"", "R", "hello", "ID3", "fLaC", "fLaC\x00\x00\x00\x22"} {
		r := io.MultiReader(strings.NewReader(begin), iotest.ErrReader(broken))
		if _, err := NewSource(r, "x.wav", Options{}); !errors.Is(err, broken) {
			t.Errorf("after %q: %v", begin, err)
		}
	}
}

func TestAnEmptyBufferTakesNothing(t *testing.T) {
	for _, file := range [][]byte{plain(1, 2, 3).bytes(), testFile(t, "tone16.flac")} {
		src, err := NewSource(bytes.NewReader(file), "x", Options{})
		if err != nil {
			t.Fatal(err)
		}
		first := make([]float32, 1)
		if _, err := src.Read(first); err != nil {
			t.Fatal(err)
		}
		if b, err := src.Read(nil); err != nil || b != (Block{Index: 1}) {
			t.Errorf("%+v, %v", b, err)
		}
	}
}
