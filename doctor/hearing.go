package doctor

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"rtty/audio"
)

// How long is listened, how long that may take, and what is left out at the start,
// when some sound cards settle with a thump.
const (
	listening = 2 * time.Second
	patience  = 6 * time.Second
	settling  = 200 * time.Millisecond
)

// A hearing is what was heard of an input.
type hearing struct {
	samples int
	zeros   int     // samples that are exactly 0
	clipped int     // samples at the stop
	mean    float64 // direct current, of full scale
	rms     float64 // of the rest
	gaps    int     // times that samples were lost

	sum, squares float64
}

// fullScale is where 16 bits have their stop, or next to it.
const fullScale = 0.9999

func (h *hearing) add(samples []float32) {
	for _, s := range samples {
		x := float64(s)
		if x == 0 {
			h.zeros++
		}
		if math.Abs(x) >= fullScale {
			h.clipped++
		}
		h.sum += x
		h.squares += x * x
	}
	h.samples += len(samples)
	n := float64(max(h.samples, 1))
	h.mean = h.sum / n
	h.rms = math.Sqrt(max(h.squares/n-h.mean*h.mean, 0))
}

// level is that of all but direct current in dBFS, where a sine of full scale has 0.
func (h *hearing) level() float64 { return 20 * math.Log10(h.rms*math.Sqrt2) }

var errNoSound = errors.New("it gives no samples")

// listen hears a source for some seconds. What hangs is given up.
func listen(ctx context.Context, src audio.Source) (*hearing, error) {
	type result struct {
		heard *hearing
		err   error
	}
	done := make(chan result, 1)
	go func() {
		heard, err := hear(src)
		done <- result{heard, err}
	}()
	timeout := time.NewTimer(patience)
	defer timeout.Stop()
	select {
	case r := <-done:
		return r.heard, errors.Join(r.err, src.Close())
	case <-timeout.C:
		return nil, errors.Join(fmt.Errorf("%w for %v", errNoSound, patience), src.Close())
	case <-ctx.Done():
		return nil, errors.Join(ctx.Err(), src.Close())
	}
}

func hear(src audio.Source) (*hearing, error) {
	rate := float64(src.Rate())
	skip, want := int(settling.Seconds()*rate), int(listening.Seconds()*rate)
	h := &hearing{}
	buffer := make([]float32, int(rate)/20)
	for h.samples < want {
		block, err := src.Read(buffer)
		fresh := buffer[:block.N]
		ignored := min(skip, len(fresh))
		skip -= ignored
		h.add(fresh[ignored:])
		if block.Gap {
			h.gaps++
		}
		if err != nil {
			return h, err
		}
	}
	return h, nil
}
