//go:build unix

package journal_test

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"rtty/journal"
)

// hangingDisk puts in the place of a file one whose opening does not return, as
// on a network drive that is gone, and gives what lets it return and reads all.
func hangingDisk(t *testing.T, path string) (release func() string) {
	t.Helper()
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skipf("no named pipes here: %v", err)
	}
	return func() string {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		text, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
}

func TestAHangingDiskHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	release := hangingDisk(t, filepath.Join(dir, "2025-02-08.txt"))
	j := journal.Open(journal.Options{Dir: dir})
	begun := time.Now()
	for range 1000 {
		j.Add(journal.Entry{At: noon, Text: "CQ"})
	}
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("adding took %v", took)
	}
	if err := j.Close(); err == nil || !strings.Contains(err.Error(), "bytes") {
		t.Errorf("closed with %v, though nothing was written", err)
	}
	if took := time.Since(begun); took > 30*time.Second {
		t.Errorf("closing took %v", took)
	}
	if got := strings.Count(release(), "CQ"); got == 0 {
		t.Error("when the disk comes back, what it was given first is missing")
	}
}
