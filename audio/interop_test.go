package audio

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Other programs judge what is read and written here. Where one is missing the
// test says so.

func need(t *testing.T, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			t.Skipf("SKIPPED: %s is not installed", p)
		}
	}
}

// output runs a program and returns what it prints.
func output(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, complaint.String())
	}
	return out
}

// A foreign file must hold the channels that went into it.
func checkForeign(t *testing.T, path string, signals [][]float32, rate int, tolerance float64) {
	t.Helper()
	for choice := Mix; int(choice) <= len(signals); choice++ {
		want := mean(signals...)
		if choice != Mix {
			want = signals[choice-1]
		}
		src, err := Open(path, Options{Channel: choice})
		if err != nil {
			t.Fatal(err)
		}
		defer src.Close()
		if src.Rate() != rate {
			t.Errorf("rate %d, want %d", src.Rate(), rate)
		}
		if n, ok := src.(Sized).Length(); ok && n != int64(len(want)) {
			t.Errorf("length %d, want %d", n, len(want))
		}
		got, err := all(t, src)
		if err != nil {
			t.Fatal(err)
		}
		wantSamples(t, got, want, tolerance)
	}
}

func signals(channels, n int) [][]float32 {
	s := make([][]float32, channels)
	for c := range s {
		s[c] = tone(n, c)
	}
	return s
}

// rawFile stores the signals as interleaved f32le.
func rawFile(t *testing.T, signals [][]float32) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "in.f32")
	if err := os.WriteFile(path, F32LE.encode(nil, interleave(signals...), dither{}), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFilesBySox(t *testing.T) {
	need(t, "sox")
	for _, c := range []struct {
		name      string
		args      []string
		tolerance float64
	}{
		{"8 bit", []string{"-b", "8", "-e", "unsigned"}, 1.01 / 128},
		{"16 bit", []string{"-b", "16"}, 1.01 / 32768},
		{"24 bit", []string{"-b", "24"}, 1e-6},
		{"32 bit", []string{"-b", "32", "-e", "signed"}, 1e-6},
		{"float", []string{"-b", "32", "-e", "float"}, 1e-6},
		{"double", []string{"-b", "64", "-e", "float"}, 1e-6},
		{"a-law", []string{"-e", "a-law"}, 0.02},
		{"mu-law", []string{"-e", "mu-law"}, 0.02},
		{"big endian", []string{"-B", "-b", "24"}, 1e-6},
		{"streamed", []string{"-b", "16"}, 1.01 / 32768},
	} {
		for channels, rate := range map[int]int{1: 8000, 2: 44100, 4: 12000} {
			t.Run(fmt.Sprintf("%s/%d channels", c.name, channels), func(t *testing.T) {
				x := signals(channels, 1000)
				path := filepath.Join(t.TempDir(), "out.wav")
				args := []string{"-D", "-t", "f32", "-r", fmt.Sprint(rate), "-c", fmt.Sprint(channels), rawFile(t, x), "-t", "wav"}
				args = append(args, c.args...)
				if c.name == "streamed" {
					if err := os.WriteFile(path, output(t, "sox", append(args, "-")...), 0o666); err != nil {
						t.Fatal(err)
					}
				} else {
					output(t, "sox", append(args, path)...)
				}
				checkForeign(t, path, x, rate, c.tolerance)
			})
		}
	}
}

// One ffmpeg writes all kinds of files at once, and the last of them into a
// pipe: starting it is what takes time.
func TestFilesByFfmpeg(t *testing.T) {
	need(t, "ffmpeg")
	kinds := []struct {
		args      string
		tolerance float64
	}{
		{"-c:a pcm_u8", 1.01 / 128},
		{"-c:a pcm_s16le", 1.01 / 32768},
		{"-c:a pcm_s24le", 1e-6},
		{"-c:a pcm_s32le", 1e-6},
		{"-c:a pcm_f32le", 1e-7},
		{"-c:a pcm_f64le", 1e-7},
		{"-c:a pcm_alaw", 0.02},
		{"-c:a pcm_mulaw", 0.02},
		{"-c:a pcm_s16le -rf64 always", 1.01 / 32768},
		{"-c:a pcm_s16le -write_bext 1 -metadata description=odd", 1.01 / 32768},
		{"-c:a pcm_s24le -f wav -", 1e-6},
	}
	for _, channels := range []int{1, 2, 6} {
		t.Run(fmt.Sprint(channels, " channels"), func(t *testing.T) {
			x, dir := signals(channels, 1000), t.TempDir()
			path := func(kind int) string { return filepath.Join(dir, fmt.Sprint(kind, ".wav")) }
			args := []string{"-loglevel", "error", "-f", "f32le", "-ar", "48000", "-ac", fmt.Sprint(channels), "-i", rawFile(t, x)}
			for i, k := range kinds {
				args = append(args, strings.Fields(k.args)...)
				if !strings.HasSuffix(k.args, "-") {
					args = append(args, path(i))
				}
			}
			if err := os.WriteFile(path(len(kinds)-1), output(t, "ffmpeg", args...), 0o666); err != nil {
				t.Fatal(err)
			}
			for i, k := range kinds {
				t.Run(k.args, func(t *testing.T) { checkForeign(t, path(i), x, 48000, k.tolerance) })
			}
		})
	}
}

func TestFilesByFlac(t *testing.T) {
	need(t, "flac")
	for _, bits := range []int{8, 16, 24} {
		for _, channels := range []int{1, 2, 3, 8} {
			for _, level := range []string{"-0", "-5", "-8"} {
				t.Run(fmt.Sprintf("%d bits/%d channels/%s", bits, channels, level), func(t *testing.T) {
					x := signals(channels, 2500)
					f := map[int]SampleFormat{8: S8, 16: S16LE, 24: S24LE}[bits]
					in, out := filepath.Join(t.TempDir(), "in"), filepath.Join(t.TempDir(), "out.flac")
					if err := os.WriteFile(in, f.encode(nil, interleave(x...), newDither(1)), 0o666); err != nil {
						t.Fatal(err)
					}
					output(t, "flac", "--silent", level, "--blocksize=1024", "--force-raw-format", "--endian=little", "--sign=signed",
						fmt.Sprint("--channels=", channels), fmt.Sprint("--bps=", bits), "--sample-rate=12000", "-o", out, in)
					checkForeign(t, out, x, 12000, 1.6/float64(int(1)<<(bits-1)))
				})
			}
		}
	}
}

// What is written here must be to sox and ffmpeg what it is to us.
func TestOthersReadOurFiles(t *testing.T) {
	need(t, "sox", "ffmpeg")
	want, dir := tone(2001, 0), t.TempDir()
	var inputs, maps []string
	for _, f := range wavFormats {
		for _, way := range []string{"file", "pipe"} {
			path := filepath.Join(dir, f.String()+way)
			store(t, path, way, f, want)
			checkHeard(t, "sox "+path, output(t, "sox", "-D", "-t", "wav", path, "-t", "f32", "-"), f, want)
			maps = append(maps, "-map", fmt.Sprint(len(inputs)/2), "-f", "f32le", path+".f32")
			inputs = append(inputs, "-i", path)
		}
	}
	output(t, "ffmpeg", slices.Concat([]string{"-loglevel", "error"}, inputs, maps)...)
	for _, f := range wavFormats {
		for _, way := range []string{"file", "pipe"} {
			path := filepath.Join(dir, f.String()+way+".f32")
			heard, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			checkHeard(t, "ffmpeg "+path, heard, f, want)
		}
	}
}

func checkHeard(t *testing.T, name string, heard []byte, f SampleFormat, want []float32) {
	t.Helper()
	got := make([]float32, len(heard)/4)
	F32LE.decode(got, heard, 4)
	t.Run(filepath.Base(name), func(t *testing.T) { wantSamples(t, got, want, 2/float64(int(1)<<min(8*f.Bytes()-1, 22))) })
}

func store(t *testing.T, path, way string, f SampleFormat, x []float32) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var sink *FileSink
	if way == "pipe" {
		sink, err = NewFileSink(pipeWriter{file}, SinkOptions{Rate: 8000, Format: f})
	} else {
		sink, err = NewFileSink(file, SinkOptions{Rate: 8000, Format: f})
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := sink.Write(x); err != nil {
		t.Fatal(err)
	}
	if err := sink.Close(); err != nil {
		t.Fatal(err)
	}
}

// pipeWriter hides that a file can seek.
type pipeWriter struct{ f *os.File }

func (p pipeWriter) Write(b []byte) (int, error) { return p.f.Write(b) }

func TestOthersReadOurRF64(t *testing.T) {
	need(t, "ffprobe")
	path := filepath.Join(t.TempDir(), "x.wav")
	sparse(t, path, S16LE, 1<<31+100)
	got := strings.TrimSpace(string(output(t, "ffprobe", "-loglevel", "error", "-show_entries", "stream=duration_ts", "-of", "csv=p=0", path)))
	if got != "2147483748" {
		t.Errorf("ffprobe finds %s samples, want 2147483748", got)
	}
}
