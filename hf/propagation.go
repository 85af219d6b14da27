package hf

import (
	"math"
	"time"

	"rtty/dsp"
)

// blockSize is how many samples run through the stages at a time.
const blockSize = 1024

// The analytic signal holds from 75 Hz on; its image is what a single-sideband
// receiver would call unwanted sideband.
const (
	analyticLow       = 75.0 // Hz
	analyticRejection = 66.0 // dB
)

// fader is the paths of one fading channel.
type fader struct {
	taps   []*tap
	delays []int // of each tap, samples
	reach  int   // longest delay
}

// newFader gives each path a stream of its own.
func newFader(f Fading, rate float64, seed, use, index uint64) fader {
	var fd fader
	for path := range f.Paths {
		normal := newGaussian(newStream(seed, use, index<<8|uint64(path)))
		fd.taps = append(fd.taps, newTap(normal, 1/float64(f.Paths), f.Spread, rate))
		delay := int(math.Round(f.Delay.Seconds() * rate * float64(path)))
		fd.delays = append(fd.delays, delay)
		fd.reach = max(fd.reach, delay)
	}
	return fd
}

// apply sets dst to the faded signal. re and im begin reach samples earlier.
func (f *fader) apply(dst, re, im []float64) {
	clear(dst)
	for k, t := range f.taps {
		from := f.reach - f.delays[k]
		t.apply(dst, re[from:from+len(dst)], im[from:from+len(dst)])
	}
}

// propagation is the way of one signal to the receiver: off tune, drifting and
// fading.
type propagation struct {
	analytic *dsp.Analytic
	fader    fader
	drift    float64 // change of frequency, cycles per sample per sample

	re, im    []float64 // samples within reach of the longest delay, then a block
	frequency float64   // offset at the next sample, cycles per sample
	phase     float64   // of the offset, cycles
}

// newPropagation is nil for a signal that nothing happens to. offset is in Hz,
// drift in Hz per minute.
func newPropagation(f fader, rate, offset, drift float64) *propagation {
	if len(f.taps) == 0 && offset == 0 && drift == 0 {
		return nil
	}
	return &propagation{
		analytic:  dsp.NewAnalytic(analyticLow/rate, analyticRejection),
		fader:     f,
		drift:     drift / time.Minute.Seconds() / rate / rate,
		re:        make([]float64, f.reach, f.reach+blockSize),
		im:        make([]float64, f.reach, f.reach+blockSize),
		frequency: offset / rate,
	}
}

// latency is how many samples the output lags behind.
func (p *propagation) latency() int {
	if p == nil {
		return 0
	}
	return p.analytic.Delay()
}

// process fills dst, a block at the most, from as many samples of src.
func (p *propagation) process(dst []float64, src []float32) {
	if p == nil {
		for i, x := range src {
			dst[i] = float64(x)
		}
		return
	}
	reach := p.fader.reach
	re, im := p.analytic.Process(p.re[:reach], p.im[:reach], src)
	p.turn(re[reach:], im[reach:])
	if len(p.fader.taps) == 0 {
		copy(dst, re)
		return
	}
	p.fader.apply(dst, re, im)
	copy(p.re[:reach], re[len(src):])
	copy(p.im[:reach], im[len(src):])
}

// turn moves the signal in frequency.
func (p *propagation) turn(re, im []float64) {
	if p.frequency == 0 && p.drift == 0 {
		return
	}
	for i := range re {
		sin, cos := math.Sincos(2 * math.Pi * p.phase)
		re[i], im[i] = re[i]*cos-im[i]*sin, re[i]*sin+im[i]*cos
		p.phase += p.frequency
		p.phase -= math.Floor(p.phase)
		p.frequency += p.drift
	}
}
