package guard

import "sync"

// events is a channel that never drops anything and never blocks the sender.
type events struct {
	C chan Event

	mu     sync.Mutex
	filled sync.Cond
	queue  []Event
	closed bool
	ended  chan struct{}
}

func newEvents() *events {
	e := &events{C: make(chan Event, 16), ended: make(chan struct{})}
	e.filled.L = &e.mu
	go e.pass()
	return e
}

func (e *events) put(event Event) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.queue = append(e.queue, event)
	e.filled.Signal()
}

// close ends the channel after what it can hold: whoever closes the client need
// not read on.
func (e *events) close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.closed = true
	close(e.ended)
	e.filled.Signal()
}

func (e *events) pass() {
	defer close(e.C)
	for {
		event, ok := e.next()
		if !ok {
			return
		}
		select {
		case e.C <- event:
		default:
			select {
			case e.C <- event:
			case <-e.ended:
				return
			}
		}
	}
}

func (e *events) next() (Event, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for len(e.queue) == 0 && !e.closed {
		e.filled.Wait()
	}
	if len(e.queue) == 0 {
		return Event{}, false
	}
	event := e.queue[0]
	e.queue = e.queue[1:]
	return event, true
}
