package journal

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// An appender appends to files, one after another, and keeps what they don't
// take.
type appender struct {
	chunks []chunk // not written yet, in order

	path    string // of file
	file    *os.File
	regular bool      // file is none of the system's special ones
	dirty   time.Time // of the first write since the last sync; zero when there was none
}

// A chunk is text for a file.
type chunk struct {
	path string
	text []byte
}

func (a *appender) add(path, text string) {
	if text == "" {
		return
	}
	if last := len(a.chunks) - 1; last >= 0 && a.chunks[last].path == path {
		a.chunks[last].text = append(a.chunks[last].text, text...)
		return
	}
	a.chunks = append(a.chunks, chunk{path, []byte(text)})
}

func (a *appender) unwritten() int {
	n := 0
	for _, c := range a.chunks {
		n += len(c.text)
	}
	return n
}

// flush writes what it has. After an error it begins anew with opening the file.
func (a *appender) flush() error {
	for len(a.chunks) > 0 {
		c := &a.chunks[0]
		if err := a.open(c.path); err != nil {
			return fmt.Errorf("the log can't be written, it is kept in memory: %w", err)
		}
		n, err := a.file.Write(c.text)
		c.text = c.text[n:]
		if a.dirty.IsZero() && n > 0 {
			a.dirty = time.Now()
		}
		if err != nil {
			a.close()
			return fmt.Errorf("the log can't be written, it is kept in memory: %w", err)
		}
		a.chunks = a.chunks[1:]
	}
	a.chunks = nil
	return nil
}

// open opens a file to be appended to, and ends a line that a crash left
// unfinished.
func (a *appender) open(path string) error {
	if a.file != nil && a.path == path {
		return nil
	}
	a.close()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return err
	}
	a.path, a.file, a.regular = path, f, info.Mode().IsRegular()
	if a.regular && torn(path, info.Size()) {
		if _, err := f.WriteString("\n"); err != nil {
			a.close()
			return err
		}
	}
	return nil
}

// torn tells whether a file ends within a line.
func torn(path string, size int64) bool {
	if size == 0 {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	var last [1]byte
	if _, err := f.ReadAt(last[:], size-1); err != nil && err != io.EOF {
		return false
	}
	return last[0] != '\n'
}

// untilSync is how long what was written may wait.
func (a *appender) untilSync() time.Duration {
	if a.dirty.IsZero() {
		return time.Hour
	}
	return max(0, syncEvery-time.Since(a.dirty))
}

// sync brings to the disk what was written. A file that was removed or renamed
// is let go of, so that what follows doesn't go where nobody finds it.
func (a *appender) sync() {
	a.dirty = time.Time{}
	if a.file == nil || !a.regular {
		return
	}
	a.file.Sync() // a disk that fails here fails at the next write
	mine, err := a.file.Stat()
	if err != nil {
		return
	}
	if there, err := os.Stat(a.path); err != nil || !os.SameFile(mine, there) {
		a.close()
	}
}

func (a *appender) close() {
	if a.file == nil {
		return
	}
	if a.regular {
		a.file.Sync()
	}
	a.file.Close()
	a.file, a.dirty = nil, time.Time{}
}
