package audio

import "sync"

// A pump opens a source and reads from it, on a goroutine of its own: one that
// can be left behind when a call never returns.
type pump struct {
	blocks chan Block    // what was read into buf
	taken  chan struct{} // buf may be used again
	failed chan error
	quit   chan struct{}
	buf    []float32

	mu     sync.Mutex
	source Source
}

func newPump(block int) *pump {
	return &pump{
		blocks: make(chan Block),
		taken:  make(chan struct{}, 1),
		failed: make(chan error, 1),
		quit:   make(chan struct{}),
		buf:    make([]float32, block),
	}
}

func (p *pump) run(open func() (Source, error)) {
	src, err := open()
	if err != nil {
		p.failed <- err
		return
	}
	if !p.adopt(src) {
		_ = src.Close()
		return
	}
	for {
		b, err := src.Read(p.buf)
		if err != nil {
			p.failed <- err
			return
		}
		select {
		case p.blocks <- b:
			<-p.taken
		case <-p.quit:
			return
		}
	}
}

// adopt keeps the source, unless the pump has been abandoned meanwhile.
func (p *pump) adopt(src Source) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case <-p.quit:
		return false
	default:
		p.source = src
		return true
	}
}

// abandon closes the source, without waiting for it: that may hang too.
func (p *pump) abandon() {
	p.mu.Lock()
	defer p.mu.Unlock()
	close(p.quit)
	if p.source != nil {
		go func() { _ = p.source.Close() }()
	}
}

func (p *pump) opened() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.source != nil
}

func (p *pump) patient() bool {
	_, ok := p.source.(interface{ patient() })
	return ok
}
