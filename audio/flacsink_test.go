package audio

import (
	"crypto/md5"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/mewkiz/flac"
)

// receiverNoise is what a receiver gives, a tone in noise.
func receiverNoise(n int) []float32 {
	r := rand.New(rand.NewPCG(1, 2))
	samples := make([]float32, n)
	for i := range samples {
		samples[i] = float32(0.05*math.Sin(0.3*float64(i)) + 0.02*r.NormFloat64())
	}
	return samples
}

func readAll(t *testing.T, path string) []float32 {
	t.Helper()
	src, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	var all []float32
	buffer := make([]float32, 1000)
	for {
		b, err := src.Read(buffer)
		all = append(all, buffer[:b.N]...)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func writeFLAC(t *testing.T, samples []float32, rate int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.flac")
	s, err := CreateFLAC(path, rate)
	if err != nil {
		t.Fatal(err)
	}
	for len(samples) > 0 {
		n := min(len(samples), 777)
		if err := s.Write(samples[:n]); err != nil {
			t.Fatal(err)
		}
		samples = samples[n:]
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFLACSink(t *testing.T) {
	for _, n := range []int{0, 1, 15, 4095, 4096, 4097, 50_000} {
		want := receiverNoise(n)
		path := writeFLAC(t, want, 12000)
		got := readAll(t, path)
		if len(got) != n {
			t.Fatalf("%d samples became %d", n, len(got))
		}
		for i := range got {
			// Half a step of rounding and one of dither.
			if d := math.Abs(float64(got[i] - want[i])); d > 1.5/32768 {
				t.Fatalf("sample %d of %d is off by %g", i, n, d)
			}
		}
	}
}

// The header's checksum is that of the samples, and its sizes are as the
// format wants them, so that other programs find nothing to complain about.
func TestFLACSinkHeader(t *testing.T) {
	path := writeFLAC(t, receiverNoise(10_000), 11025)
	stream, err := flac.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Close()
	info := stream.Info
	if info.NSamples != 10_000 || info.SampleRate != 11025 || info.BlockSizeMin != 4096 || info.BlockSizeMax != 4096 {
		t.Errorf("header %+v", info)
	}
	sum := md5.New()
	for {
		f, err := stream.ParseNext()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range f.Subframes[0].Samples {
			if err := binary.Write(sum, binary.LittleEndian, int16(s)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got := [16]byte(sum.Sum(nil)); got != info.MD5sum {
		t.Errorf("checksum %x, the samples have %x", info.MD5sum, got)
	}
}

// White noise at this level has some 11 bits a sample, and so much remains.
func TestFLACSinkCompresses(t *testing.T) {
	path := writeFLAC(t, receiverNoise(120_000), 12000)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if share := float64(info.Size()) / (2 * 120_000); share > 0.8 {
		t.Errorf("%.0f %% of the size of a WAV", 100*share)
	}
	silence, err := os.Stat(writeFLAC(t, make([]float32, 120_000), 12000))
	if err != nil {
		t.Fatal(err)
	}
	if silence.Size() > 2*120_000/4 {
		t.Errorf("silence takes %d bytes", silence.Size())
	}
}

func TestFLACSinkCutOff(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.flac")
	s, err := CreateFLAC(path, 12000)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Write(receiverNoise(9000)); err != nil {
		t.Fatal(err)
	}
	if got := len(readAll(t, path)); got != 8192 {
		t.Errorf("%d samples of a recording that was not closed, want two full frames", got)
	}
}

func TestFLACSinkReadBySox(t *testing.T) {
	sox, err := exec.LookPath("sox")
	if err != nil {
		t.Skip("sox is not installed")
	}
	path := writeFLAC(t, receiverNoise(10_000), 12000)
	raw, err := exec.Command(sox, path, "-t", "raw", "-e", "signed", "-b", "16", "-L", "-").Output()
	if err != nil {
		t.Skipf("this sox does not read FLAC: %v", err)
	}
	want := readAll(t, path)
	if len(raw) != 2*len(want) {
		t.Fatalf("%d bytes of %d samples", len(raw), len(want))
	}
	for i, w := range want {
		if got := float32(int16(binary.LittleEndian.Uint16(raw[2*i:]))) / 32768; got != w {
			t.Fatalf("sample %d is %g, want %g", i, got, w)
		}
	}
}

func TestCreateFLACRefuses(t *testing.T) {
	if _, err := CreateFLAC(filepath.Join(t.TempDir(), "x"), 5); err == nil {
		t.Error("5 samples per second are no sound")
	}
	if _, err := CreateFLAC(filepath.Join(t.TempDir(), "no", "x"), 12000); err == nil {
		t.Error("a directory that does not exist")
	}
}
