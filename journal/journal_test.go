package journal_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rtty/journal"
)

var noon = time.Date(2025, 2, 8, 12, 0, 0, 0, time.UTC)

// at is a time that day.
func at(seconds float64) time.Time {
	return noon.Add(time.Duration(seconds * float64(time.Second)))
}

// eventually waits for a condition.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within a minute", what)
		}
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return string(text)
}

// written is what a journal makes of entries, in the file of the first.
func written(t *testing.T, entries ...journal.Entry) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "rtty", "journal")
	j := journal.Open(journal.Options{Dir: dir})
	for _, e := range entries {
		j.Add(e)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	return read(t, filepath.Join(dir, entries[0].At.UTC().Format("2006-01-02")+".txt"))
}

func TestAnHourOnTheAir(t *testing.T) {
	const rf = 14_080_000
	got := written(t,
		journal.Entry{At: at(0), Kind: journal.Received, MarkHz: 2125, Text: "C"},
		journal.Entry{At: at(0.2), Kind: journal.Received, MarkHz: 2125, Text: "Q"},
		journal.Entry{At: at(0.4), Kind: journal.Received, MarkHz: 2130, Text: " DE\r\nW1AW"},
		journal.Entry{At: at(2), Kind: journal.Received, MarkHz: 2125, RFHz: rf, Text: "K"},
		journal.Entry{At: at(20), Kind: journal.Received, MarkHz: 2125, RFHz: rf, Text: "after a pause"},
		journal.Entry{At: at(21), Kind: journal.KeyDown, RFHz: rf, Text: "keyboard"},
		journal.Entry{At: at(21.2), Kind: journal.Sent, RFHz: rf, Text: "W1AW DE DL1ABC"},
		journal.Entry{At: at(25), Kind: journal.KeyUp, RFHz: rf, Text: "sent"},
		journal.Entry{At: at(25.1), Kind: journal.Received, RFHz: rf, Text: "R R"},
		journal.Entry{At: at(26), Kind: journal.Notice, Text: "the sound card\nis back"},
		journal.Entry{At: at(26), Kind: journal.Received, RFHz: rf, Text: "BELL\a"},
		journal.Entry{At: at(26), Kind: journal.Past, RFHz: rf, Text: "CQ\nCQ"},
	)
	const want = `12:00:00Z RX        2125 Hz  CQ DE
12:00:00Z RX        2130 Hz  W1AW
12:00:02Z RX   14080.00 kHz  K
12:00:20Z RX   14080.00 kHz  after a pause
12:00:21Z ON   14080.00 kHz  keyboard
12:00:21Z TX   14080.00 kHz  W1AW DE DL1ABC
12:00:25Z OFF  14080.00 kHz  sent
12:00:25Z RX   14080.00 kHz  R R
12:00:26Z --                 the sound card is back
12:00:26Z RX   14080.00 kHz  BELL␇
12:00:26Z PAST 14080.00 kHz  CQ
12:00:26Z PAST 14080.00 kHz  CQ`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLongLinesAreBroken(t *testing.T) {
	words := strings.Repeat("FIVES ", 30)
	got := written(t, journal.Entry{At: noon, Text: words + strings.Repeat("X", 300)})
	for line := range strings.Lines(got) {
		if len(line) > 29+120+1 {
			t.Errorf("a line of %d", len(line))
		}
	}
	if joined := strings.Join(strings.FieldsFunc(got, func(r rune) bool { return r == '\n' }), ""); strings.Count(joined, "FIVES") != 30 || strings.Count(got, "X")-strings.Count(got, "RX") != 300 {
		t.Errorf("text is lost:\n%s", got)
	}
}

func TestMidnight(t *testing.T) {
	dir := t.TempDir()
	j := journal.Open(journal.Options{Dir: dir})
	midnight := time.Date(2025, 2, 9, 0, 0, 0, 0, time.UTC)
	j.Add(journal.Entry{At: midnight.Add(-time.Second), Text: "OLD"})
	j.Add(journal.Entry{At: midnight.In(time.FixedZone("EST", -5*3600)), Text: "NEW"})
	j.Add(journal.Entry{At: midnight.Add(-time.Second), Text: "LATE"}) // the clock was set back
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	if got, want := read(t, filepath.Join(dir, "2025-02-08.txt")), "23:59:59Z RX                 OLD\n"; got != want {
		t.Errorf("the old day has %q, want %q", got, want)
	}
	if got := read(t, filepath.Join(dir, "2025-02-09.txt")); !strings.Contains(got, "00:00:00Z RX                 NEW") || !strings.Contains(got, "LATE") {
		t.Errorf("the new day has %q", got)
	}
}

// A character stands in the file although its line has not ended.
func TestCharactersAreThereAtOnce(t *testing.T) {
	dir := t.TempDir()
	j := journal.Open(journal.Options{Dir: dir})
	defer j.Close()
	path := filepath.Join(dir, "2025-02-08.txt")
	for _, text := range []string{"C", "Q", " "} {
		before := read(t, path)
		j.Add(journal.Entry{At: noon, Text: text})
		eventually(t, "the character on the disk", func() bool { return read(t, path) != before })
	}
	if got := read(t, path); !strings.HasSuffix(got, "CQ ") {
		t.Errorf("%q", got)
	}
}

func TestATornLineIsEnded(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "2025-02-08.txt")
	if err := os.WriteFile(path, []byte("11:59:59Z RX   CQ CQ D"), 0o644); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time after an orderly end
		j := journal.Open(journal.Options{Dir: dir})
		j.Add(journal.Entry{At: noon, Kind: journal.Notice, Text: "back"})
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
	}
	const want = "11:59:59Z RX   CQ CQ D\n12:00:00Z --                 back\n12:00:00Z --                 back\n"
	if got := read(t, path); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// faults collects what a journal complains about.
type faults struct {
	mu   sync.Mutex
	list []error
}

func (f *faults) add(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list = append(f.list, err)
}

func (f *faults) all() []error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]error(nil), f.list...)
}

// fullDisk puts in the place of a file one that refuses as a full disk does.
func fullDisk(t *testing.T, path string) {
	t.Helper()
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("there is no /dev/full here")
	}
	if err := os.Symlink("/dev/full", path); err != nil {
		t.Fatal(err)
	}
}

func TestFullDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "2025-02-08.txt")
	fullDisk(t, path)
	var told faults
	j := journal.Open(journal.Options{Dir: dir, Fault: told.add})
	for i := range 100 {
		j.Add(journal.Entry{At: noon, Text: fmt.Sprintf("LINE %d\n", i)})
	}
	eventually(t, "a complaint", func() bool { return len(told.all()) > 0 })
	if err := told.all()[0]; err == nil || !strings.Contains(err.Error(), "no space left") || !strings.Contains(err.Error(), path) {
		t.Errorf("the complaint is %v", err)
	}
	j.Add(journal.Entry{At: noon, Text: "LAST\n"})

	if err := os.Remove(path); err != nil { // now there is room
		t.Fatal(err)
	}
	eventually(t, "the end of the trouble", func() bool { return len(told.all()) > 1 })
	if err := j.Close(); err != nil {
		t.Error(err)
	}
	if all := told.all(); len(all) != 2 || all[1] != nil {
		t.Errorf("told %v, want one complaint and its end", all)
	}
	got := read(t, path)
	if strings.Count(got, "\n") != 101 || !strings.Contains(got, "LINE 0\n") || !strings.HasSuffix(got, "LAST\n") {
		t.Errorf("the file has\n%s", got)
	}
}

// When memory is full too, the oldest is kept, and the file says how much is
// missing.
func TestFullMemory(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "2025-02-08.txt")
	fullDisk(t, path)
	var told faults
	j := journal.Open(journal.Options{Dir: dir, Fault: told.add, Limit: 10_000, Clock: func() time.Time { return noon }})
	for i := range 1000 {
		j.Add(journal.Entry{At: noon, Text: fmt.Sprintf("LINE %d\n", i)})
	}
	eventually(t, "a complaint", func() bool { return len(told.all()) > 0 })
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the end of the trouble", func() bool { return len(told.all()) > 1 })
	j.Add(journal.Entry{At: noon, Text: "AFTER"})
	if err := j.Close(); err != nil {
		t.Error(err)
	}
	got := read(t, path)
	kept := strings.Count(got, "LINE")
	if want := fmt.Sprintf("%d entries are missing above", 1000-kept); !strings.Contains(got, want) || !strings.Contains(got, "LINE 0\n") || !strings.HasSuffix(got, "AFTER") {
		t.Errorf("no %q in\n%s", want, got)
	}
	if kept < 100 || kept > 300 {
		t.Errorf("%d lines kept in 10,000 bytes", kept)
	}
}

func TestADirectoryThatCannotBeMade(t *testing.T) {
	t.Parallel()
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	var told faults
	j := journal.Open(journal.Options{Dir: filepath.Join(blocked, "journal"), Fault: told.add})
	j.Add(journal.Entry{At: noon, Text: "CQ"})
	eventually(t, "a complaint", func() bool { return len(told.all()) > 0 })
	if err := j.Close(); err == nil || !strings.Contains(err.Error(), "can't be written") {
		t.Errorf("closed with %v", err)
	}
}

// A file that is taken away is made anew.
func TestAFileThatIsRemoved(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("open files can't be removed on Windows")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "2025-02-08.txt")
	j := journal.Open(journal.Options{Dir: dir})
	j.Add(journal.Entry{At: noon, Text: "ONE\n"})
	eventually(t, "the first line", func() bool { return read(t, path) != "" })
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	eventually(t, "a new file", func() bool {
		j.Add(journal.Entry{At: noon, Text: "TWO\n"})
		return read(t, path) != ""
	})
	if err := j.Close(); err != nil {
		t.Error(err)
	}
}
