package journal_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"rtty/audio"
	"rtty/journal"
)

// The file formats there are can take a tape's samples.
var (
	_ journal.SampleSink = (*audio.FileSink)(nil)
	_ journal.SampleSink = (*audio.FLACSink)(nil)
)

// A shelf is a disk with files of samples that can be full.
type shelf struct {
	mu    sync.Mutex
	full  bool
	files map[string]*reel
	names []string
}

// A reel is a file on the shelf.
type reel struct {
	shelf   *shelf
	samples []float32
	closed  bool
}

var errFull = errors.New("no space left on device")

func (s *shelf) create(path string) (journal.SampleSink, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.full {
		return nil, errFull
	}
	if err := os.WriteFile(path, nil, 0o644); err != nil { // the name is taken
		return nil, err
	}
	if s.files == nil {
		s.files = map[string]*reel{}
	}
	name := filepath.Base(path)
	s.files[name] = &reel{shelf: s}
	s.names = append(s.names, name)
	return s.files[name], nil
}

func (s *shelf) fill(full bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.full = full
}

// samples is how many are in the n-th file; -1 when there is none.
func (s *shelf) samples(n int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n >= len(s.names) {
		return -1
	}
	return len(s.files[s.names[n]].samples)
}

func (r *reel) Write(samples []float32) error {
	r.shelf.mu.Lock()
	defer r.shelf.mu.Unlock()
	if r.shelf.full {
		return errFull
	}
	r.samples = append(r.samples, samples...)
	return nil
}

func (r *reel) Close() error {
	r.closed = true
	return nil
}

func options(t *testing.T, s *shelf) journal.TapeOptions {
	return journal.TapeOptions{
		Dir: filepath.Join(t.TempDir(), "recordings"), Suffix: ".wav", Rate: 1000,
		Create: s.create, Clock: func() time.Time { return noon },
	}
}

func TestTape(t *testing.T) {
	var s shelf
	o := options(t, &s)
	tape := journal.Record(o)
	if got := filepath.Base(tape.Name()); got != "2025-02-08_120000Z.wav" {
		t.Errorf("recording into %s", got)
	}
	mine := make([]float32, 700)
	for range 10 {
		if err := tape.Write(mine); err != nil {
			t.Fatal(err)
		}
	}
	mine[0] = 1 // the caller's business
	tape.Add(journal.Entry{At: at(1.25), Text: "CQ"})
	tape.Add(journal.Entry{At: at(1.5), Text: " K\n"})
	tape.Add(journal.Entry{At: at(3723), Kind: journal.KeyDown, Text: "keyboard"})
	if err := tape.Close(); err != nil {
		t.Fatal(err)
	}
	r := s.files["2025-02-08_120000Z.wav"]
	if len(r.samples) != 7000 || r.samples[0] != 0 || !r.closed {
		t.Errorf("%d samples, the first %g, closed: %v", len(r.samples), r.samples[0], r.closed)
	}
	const want = "00:00:01.2 12:00:01Z RX                 CQ K\n01:02:03.0 13:02:03Z ON                 keyboard\n"
	if got := read(t, filepath.Join(o.Dir, "2025-02-08_120000Z.txt")); got != want {
		t.Errorf("beside it:\n%s\nwant\n%s", got, want)
	}
}

func TestTapesOfTheSameSecond(t *testing.T) {
	var s shelf
	o := options(t, &s)
	for range 2 {
		tape := journal.Record(o)
		tape.Write(make([]float32, 10))
		if err := tape.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if got := strings.Join(s.names, " "); got != "2025-02-08_120000Z.wav 2025-02-08_120000Z-2.wav" {
		t.Errorf("recorded into %s", got)
	}
}

// What is recorded while the disk is full goes into another file when there is
// room; no sample is lost.
func TestTapeOnAFullDisk(t *testing.T) {
	t.Parallel()
	var s shelf
	var told faults
	o := options(t, &s)
	o.Fault = told.add
	tape := journal.Record(o)
	tape.Write(make([]float32, 2000))
	eventually(t, "the first samples", func() bool { return s.samples(0) == 2000 })

	s.fill(true)
	tape.Write(make([]float32, 500))
	eventually(t, "a complaint", func() bool { return len(told.all()) > 0 })
	eventually(t, "a fault for who writes", func() bool { return errors.Is(tape.Write(make([]float32, 10)), errFull) })
	s.fill(false)
	eventually(t, "the end of the trouble", func() bool { return len(told.all()) > 1 })
	if err := tape.Close(); err != nil {
		t.Error(err)
	}
	if all := told.all(); len(all) != 2 || !errors.Is(all[0], errFull) || all[1] != nil {
		t.Errorf("told %v", all)
	}
	if got := s.samples(1); got < 510 {
		t.Errorf("%d samples in the second file", got)
	}
	if got := filepath.Base(tape.Name()); got != "2025-02-08_120002Z.wav" {
		t.Errorf("the second file is %s, two seconds after the first", got)
	}
}

// When memory is full too, the oldest samples are kept, and the sound after
// the gap has a file of its own.
func TestTapeOnAFullDiskForTooLong(t *testing.T) {
	t.Parallel()
	var s shelf
	var told faults
	o := options(t, &s)
	o.Fault, o.Limit = told.add, 1000
	s.fill(true)
	tape := journal.Record(o)
	for range 50 {
		tape.Write(make([]float32, 100))
	}
	eventually(t, "a complaint", func() bool { return len(told.all()) > 0 })
	s.fill(false)
	eventually(t, "the kept samples", func() bool { return s.samples(0) == 1000 && len(told.all()) > 1 })
	tape.Write(make([]float32, 100))
	if err := tape.Close(); err == nil || !strings.Contains(err.Error(), "4.0 s of sound are missing") {
		t.Errorf("closed with %v", err)
	}
	if got := strings.Join(s.names, " "); got != "2025-02-08_120000Z.wav 2025-02-08_120005Z.wav" {
		t.Errorf("recorded into %s", got)
	}
	if got := read(t, filepath.Join(o.Dir, "2025-02-08_120005Z.txt")); !strings.Contains(got, "4.0 s of sound are missing before this") {
		t.Errorf("beside the second file:\n%s", got)
	}
}

// The times of the text beside a recording are those of its sound, however much
// of that was lost before it came here.
func TestTapeKeepsTimeOverLostSamples(t *testing.T) {
	var s shelf
	o := options(t, &s)
	tape := journal.Record(o)
	sound := func(samples int) {
		loud := make([]float32, samples)
		for i := range loud {
			loud[i] = 1
		}
		tape.Write(loud)
	}
	sound(2000)
	tape.Skip(1)
	tape.Skip(2999)
	sound(2000)
	tape.Skip(10_000)
	sound(1000)
	tape.Skip(10_001)
	tape.Skip(3_589_999)
	sound(500)
	if err := tape.Close(); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(s.names, " "); got != "2025-02-08_120000Z.wav 2025-02-08_130018Z.wav" {
		t.Fatalf("recorded into %s", got)
	}
	first := s.files[s.names[0]].samples
	if len(first) != 18_000 || s.samples(1) != 500 {
		t.Fatalf("%d and %d samples", len(first), s.samples(1))
	}
	for i, x := range first {
		lost := i >= 2000 && i < 5000 || i >= 7000 && i < 17_000
		if (x == 0) != lost {
			t.Fatalf("sample %d is %g", i, x)
		}
	}
	const want = "00:00:00.0 13:00:18Z --                 3600.0 s of sound are missing before this: it was lost on its way from the sound device\n"
	if got := read(t, filepath.Join(o.Dir, "2025-02-08_130018Z.txt")); got != want {
		t.Errorf("beside the second file:\n%s\nwant\n%s", got, want)
	}
}

func TestTapeOfRealFormats(t *testing.T) {
	formats := map[string]func(string) (journal.SampleSink, error){
		".wav": func(path string) (journal.SampleSink, error) {
			return audio.Create(path, audio.SinkOptions{Rate: 12000})
		},
		".flac": func(path string) (journal.SampleSink, error) { return audio.CreateFLAC(path, 12000) },
	}
	for suffix, create := range formats {
		tape := journal.Record(journal.TapeOptions{Dir: t.TempDir(), Suffix: suffix, Rate: 12000, Create: create})
		for range 20 {
			tape.Write(make([]float32, 600))
		}
		if err := tape.Close(); err != nil {
			t.Fatal(err)
		}
		src, err := audio.Open(tape.Name(), audio.Options{})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for buffer := make([]float32, 1000); ; {
			b, err := src.Read(buffer)
			if err != nil {
				break
			}
			n += b.N
		}
		src.Close()
		if n != 12_000 {
			t.Errorf("%s has %d samples, want 12000", suffix, n)
		}
	}
}
