package cat

import (
	"errors"
	"io"
	"testing"
	"time"

	"rtty/rig"
)

var _ = []rig.Watcher{(*icom)(nil), (*kenwood)(nil), (*yaesu)(nil), (*fiveByte)(nil)}

// quiet is a port on which nothing arrives; hung up, it says so without waiting.
type quiet struct{ hungUp chan struct{} }

func (q quiet) Read([]byte) (int, error) {
	select {
	case <-q.hungUp:
	case <-time.After(readPatience):
	}
	return 0, io.EOF
}

func (q quiet) Write(b []byte) (int, error) { return len(b), nil }
func (q quiet) Close() error                { return nil }

func TestPortThatHangsUpIsNoticedWithoutAsking(t *testing.T) {
	port := quiet{make(chan struct{})}
	l := newLine("fake", port, 5*time.Second)
	defer l.close()
	if err := l.alive(); err != nil {
		t.Error(err)
	}
	close(port.hungUp)
	if err := l.alive(); !errors.Is(err, rig.ErrGone) {
		t.Errorf("hung up: %v", err)
	}
}
