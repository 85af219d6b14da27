package station

import (
	"context"

	"rtty/audio"
)

// pumpBlocks is how many blocks wait while decoding is busy: with blocks of 20 ms
// more than a second, so that no sound card overruns.
const pumpBlocks = 64

// heard is what one Read of the source gave, or why there is no more.
type heard struct {
	samples []float32
	block   audio.Block
	err     error
}

// pump reads a source in a goroutine of its own until it ends or ctx does.
// Buffers go back through spent.
type pump struct {
	filled chan heard
	spent  chan []float32
}

func newPump(ctx context.Context, src audio.Source, size int) *pump {
	p := &pump{filled: make(chan heard, pumpBlocks), spent: make(chan []float32, pumpBlocks)}
	go p.run(ctx, src, size)
	return p
}

func (p *pump) run(ctx context.Context, src audio.Source, size int) {
	defer close(p.filled)
	for ctx.Err() == nil {
		buffer := p.buffer(size)
		block, err := src.Read(buffer)
		select {
		case p.filled <- heard{buffer[:block.N], block, err}:
		case <-ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}

func (p *pump) buffer(size int) []float32 {
	select {
	case b := <-p.spent:
		return b[:size]
	default:
		return make([]float32, size)
	}
}

// Done gives a block's buffer back.
func (p *pump) Done(h heard) {
	select {
	case p.spent <- h.samples[:0]:
	default:
	}
}

// Behind is how many blocks wait to be decoded.
func (p *pump) Behind() int { return len(p.filled) }
