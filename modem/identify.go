package modem

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"rtty/baudot"
	"rtty/dsp"
)

// Found is one radioteletype signal that Identify heard. Tones, speed and stop
// length are as heard, the speed rounded to a standard one where that is within
// the error of measurement. Code and USOS can't be heard: they are the custom of
// the service that such a signal belongs to.
type Found struct {
	Signal
	SNR        float64 // dB in 2500 Hz, of the mean power while keyed; above some 25 dB the keying is measured, not the noise
	Score      float64 // share of the characters, 0 to 1, that are likely to be read right
	Start, End int64   // samples from and to which it was heard, as far as that is known
}

// IdentifyOptions say where Identify is to look, and for what. All but Rate may
// be zero.
type IdentifyOptions struct {
	Rate         int     // samples per second, 6000 to 192000
	MinHz, MaxHz float64 // both tones lie between; zero stands for 50 Hz and 4 kHz, or as high as the rate allows
	Max          int     // at most so many signals; zero: all

	// Known is what need not be found out. Tones may be off by some 20 Hz. A
	// preset counts with its speed, shift, stop length and code, not with its
	// tones; Sideband and Reverse do not count, for polarity is heard.
	Known Partial
}

// Where Identify looks when it is not told.
const (
	defaultMinHz = MinTone
	defaultMaxHz = 4000.0
)

// Identify finds the radioteletype signals in samples without being told
// anything about them: the strongest and most readable first, none when there
// is nothing but noise, carriers, speech or other modes. Some seconds of audio
// suffice for a strong signal, twenty for one at -10 dB in 2500 Hz.
//
// It works from the coarse to the fine. Peaks of short-time spectra that pass
// power to each other, one rising as the other falls, are pairs of tones. For
// each pair, at every speed and both ways up, the best chain of start-stop frames
// is found and its likelihood computed, as a receiver does for a known signal;
// that decides on speed and polarity. The frames so found measure tones, speed
// and stop length exactly. Last, start and stop units that are where they should
// be tell text from other keying.
//
// The error says which option can't be.
func Identify(samples []float32, opts IdentifyOptions) ([]Found, error) {
	s, err := NewSurvey(opts)
	if err != nil {
		return nil, err
	}
	s.Add(samples)
	return s.Found(), nil
}

// A Survey is Identify for audio of any length: it takes the samples as they
// come and searches them in blocks of twenty seconds, so that it needs the same
// memory for a day as for a minute. A signal that several blocks hold is found
// once. It is not safe for concurrent use.
type Survey struct {
	opts  IdentifyOptions
	block int // samples

	pending []float32 // not searched yet
	from    int64     // position of the first of them
	hits    []hit
}

// blockSeconds is how much audio is searched at a time. The last block is up to
// half as long again, so that none is short.
const blockSeconds = 20

// NewSurvey begins a survey. The error says which option can't be.
func NewSurvey(opts IdentifyOptions) (*Survey, error) {
	opts, err := opts.withDefaults()
	if err != nil {
		return nil, fmt.Errorf("identify: %w", err)
	}
	return &Survey{opts: opts, block: blockSeconds * opts.Rate}, nil
}

// Add takes the next samples.
func (s *Survey) Add(samples []float32) {
	most := s.block + s.block/2
	for len(samples) > 0 {
		n := min(len(samples), most-len(s.pending))
		s.pending = append(s.pending, samples[:n]...)
		if samples = samples[n:]; len(samples) > 0 {
			s.search(s.block)
		}
	}
}

// Found searches what has not been searched yet and lists the signals of all
// samples so far, the strongest and most readable first. More may be added.
func (s *Survey) Found() []Found {
	s.search(len(s.pending))
	slices.SortStableFunc(s.hits, func(a, b hit) int { return cmp.Compare(b.rank(), a.rank()) })
	var found []Found
	for _, h := range s.hits {
		if s.opts.Max > 0 && len(found) == s.opts.Max {
			break
		}
		found = append(found, h.Found)
	}
	return found
}

// search searches the first n samples that are pending.
func (s *Survey) search(n int) {
	if n == 0 {
		return
	}
	rate := float64(s.opts.Rate)
	x, lower := condition(s.pending[:n], rate, s.opts.MaxHz)
	hits := newSearch(x, lower, s.opts).run()
	for i := range hits {
		hits[i].moveTo(s.from, rate/lower)
	}
	s.hits = merge(s.hits, hits)
	s.from += int64(n)
	s.pending = s.pending[:copy(s.pending, s.pending[n:])]
}

func (o IdentifyOptions) withDefaults() (IdentifyOptions, error) {
	if o.Rate < lowestRate || o.Rate > highestRate {
		return o, fmt.Errorf("%d samples per second: must be %d to %d", o.Rate, lowestRate, highestRate)
	}
	top := 0.48 * float64(o.Rate)
	if o.MinHz == 0 {
		o.MinHz = defaultMinHz
	}
	if o.MaxHz == 0 {
		o.MaxHz = min(defaultMaxHz, top)
	}
	if !(o.MinHz > 0 && o.MinHz < o.MaxHz && o.MaxHz <= top) {
		return o, fmt.Errorf("%g to %g Hz: must be a band within 0 and %g Hz at %d samples per second", o.MinHz, o.MaxHz, top, o.Rate)
	}
	k := o.Known
	if b := k.Baud; b != 0 && !(b >= MinBaud && b <= MaxBaud) {
		return o, fmt.Errorf("baud %g: must be %g to %g", b, MinBaud, MaxBaud)
	}
	for _, v := range [...]float64{k.Mark, k.Space, k.Shift, k.Center, k.StopBits} {
		if !(v >= 0) || math.IsInf(v, 0) {
			return o, fmt.Errorf("%g as a known tone, shift, centre or stop length", v)
		}
	}
	if p := k.Preset; p != nil {
		k.Baud = cmp.Or(k.Baud, p.Baud)
		k.StopBits = cmp.Or(k.StopBits, p.StopBits)
		if k.Mark == 0 || k.Space == 0 {
			k.Shift = cmp.Or(k.Shift, p.Shift)
		}
		if k.Code == nil {
			k.Code = &p.Code
		}
		if k.USOS == nil {
			k.USOS = &p.USOS
		}
		o.Known = k
	}
	return o, nil
}

// condition takes off what has no place in the samples, and brings the rate
// down as far as frequencies up to high allow. The filter's delay is taken out.
func condition(samples []float32, rate, high float64) ([]float64, float64) {
	x := make([]float64, len(samples))
	for i, v := range samples {
		if f := float64(v); !math.IsNaN(f) && !math.IsInf(f, 0) {
			x[i] = f
		}
	}
	floats.AddConst(-floats.Sum(x)/float64(max(1, len(x))), x)
	factor := int(rate / (2.1 * high))
	if factor < 2 {
		return x, rate
	}
	lower := rate / float64(factor)
	const attenuation = 60
	taps := dsp.LowPass(lower/2/rate, (lower-2*high)/rate, attenuation)
	padded := make([]float64, len(x)+len(taps)-1)
	copy(padded[len(taps)/2:], x)
	y := make([]float64, (len(x)+factor-1)/factor)
	for i := range y {
		y[i] = floats.Dot(taps, padded[i*factor:i*factor+len(taps)])
	}
	return y, lower
}

// hit is a found signal with what was read of it.
type hit struct {
	Found
	unit   float64 // samples
	begins []float64
	codes  []baudot.Code
}

// rank orders signals: by strength, less what of them can't be read.
func (h *hit) rank() float64 { return h.SNR + 10*math.Log10(h.Score+0.01) }

// worth is how much was read.
func (h *hit) worth() float64 { return h.Score * float64(len(h.codes)) }

// moveTo gives positions in source samples instead of those of a block that
// begins at from and has a factor fewer.
func (h *hit) moveTo(from int64, factor float64) {
	h.unit *= factor
	for i := range h.begins {
		h.begins[i] = float64(from) + h.begins[i]*factor
	}
	h.Start = from + int64(float64(h.Start)*factor)
	h.End = from + int64(float64(h.End)*factor)
}

// merge adds the hits of the next block to those before. The same tones and
// speed are the same signal; what was read of more of it counts.
func merge(all, more []hit) []hit {
next:
	for _, h := range more {
		for i := range all {
			if before := &all[i]; sameSignal(before.Signal, h.Signal) {
				start, end := before.Start, h.End
				if h.worth() > before.worth() {
					*before = h
				}
				before.Start, before.End = start, end
				continue next
			}
		}
		all = append(all, h)
	}
	return all
}

// sameSignal leaves the polarity open: that of a weak signal may be mistaken.
func sameSignal(a, b Signal) bool {
	const drift = 10 // Hz
	return math.Abs(min(a.Mark, a.Space)-min(b.Mark, b.Space)) < drift &&
		math.Abs(max(a.Mark, a.Space)-max(b.Mark, b.Space)) < drift &&
		math.Abs(a.Baud/b.Baud-1) < 0.02
}

// echoOf tells whether h is nothing but a harmonic or an image of a stronger
// signal: it says the same at the same time.
func (h *hit) echoOf(strong *hit) bool {
	const late = 0.3 // units
	same, k := 0, 0
	for i, begin := range h.begins {
		for k < len(strong.begins) && strong.begins[k] < begin-late*h.unit {
			k++
		}
		if k < len(strong.begins) && strong.begins[k] < begin+late*h.unit && strong.codes[k] == h.codes[i] {
			same++
		}
	}
	return 2*same > len(h.begins)
}
