package guard

import (
	"encoding/json"
	"io"
	"sync"
)

// An outbox writes JSON lines in the background, so that a reader who has stopped
// reading never stops the writer.
type outbox struct {
	mu     sync.Mutex
	filled sync.Cond
	lines  [][]byte
	closed bool
	done   chan struct{} // closed when all is written or can't be
}

func newOutbox(w io.Writer) *outbox {
	o := &outbox{done: make(chan struct{})}
	o.filled.L = &o.mu
	go o.write(w)
	return o
}

// Send puts v in the queue.
func (o *outbox) Send(v any) { o.put(v, false) }

// Beat puts v in the queue when that is empty: one sign of life is as good as many.
func (o *outbox) Beat(v any) { o.put(v, true) }

func (o *outbox) put(v any, onlyFirst bool) {
	line, err := json.Marshal(v)
	if err != nil {
		panic(err) // an infinite frequency; links return none
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed || onlyFirst && len(o.lines) > 0 {
		return
	}
	o.lines = append(o.lines, append(line, '\n'))
	o.filled.Signal()
}

// Close lets the queue run empty; nothing is taken any more.
func (o *outbox) Close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closed = true
	o.filled.Signal()
}

func (o *outbox) write(w io.Writer) {
	defer close(o.done)
	for {
		line := o.next()
		if line == nil {
			return
		}
		if _, err := w.Write(line); err != nil {
			o.Close() // nobody is there any more, which the reading side finds out
			return
		}
	}
}

// next waits for a line; nil means that there will be none.
func (o *outbox) next() []byte {
	o.mu.Lock()
	defer o.mu.Unlock()
	for len(o.lines) == 0 && !o.closed {
		o.filled.Wait()
	}
	if len(o.lines) == 0 {
		return nil
	}
	line := o.lines[0]
	o.lines = o.lines[1:]
	return line
}
