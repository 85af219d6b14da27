package modem

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/dsp/fourier"
)

// spectrogram is the power of a stretch of audio over time and frequency, in
// Hann windows that overlap by half. A tone of amplitude 1 has power 1 in its bin.
type spectrogram struct {
	hz    float64 // width of a bin
	first int     // bin that rows begin with
	rows  [][]float32
	mean  []float64 // of the rows
}

// newSpectrogram uses windows of that many seconds and keeps what lies between
// two frequencies.
func newSpectrogram(x []float64, rate, window, low, high float64) *spectrogram {
	n := int(window * rate)
	size := 2
	for size < n*3/2 {
		size *= 2
	}
	s := &spectrogram{hz: rate / float64(size)}
	s.first = max(1, int(low/s.hz))
	width := max(0, min(int(high/s.hz)+2, size/2)-s.first)
	shape := hann(n)
	plan := fourier.NewFFT(size)
	windowed := make([]float64, size)
	var bins []complex128
	s.mean = make([]float64, width)
	for at := 0; at+n <= len(x); at += n / 2 {
		for i, w := range shape {
			windowed[i] = 2 * w * x[at+i]
		}
		bins = plan.Coefficients(bins, windowed)
		row := make([]float32, width)
		for k := range row {
			z := bins[s.first+k]
			p := real(z)*real(z) + imag(z)*imag(z)
			row[k] = float32(p)
			s.mean[k] += p
		}
		s.rows = append(s.rows, row)
	}
	for k := range s.mean {
		s.mean[k] /= float64(max(1, len(s.rows)))
	}
	return s
}

// hann is a Hann window whose weights add up to 1.
func hann(n int) []float64 {
	w := make([]float64, n)
	for i := range w {
		w[i] = (1 - math.Cos(2*math.Pi*(float64(i)+0.5)/float64(n))) / float64(n)
	}
	return w
}

// floor is the background at every bin: the power that a third of the bins
// within reach Hz stay below.
func (s *spectrogram) floor(reach float64) []float64 {
	r := int(reach / s.hz)
	floor := make([]float64, len(s.mean))
	var near []float64
	for k := range floor {
		near = append(near[:0], s.mean[max(0, k-r):min(len(s.mean), k+r+1)]...)
		slices.Sort(near)
		floor[k] = near[len(near)/3]
	}
	return floor
}

// peak is a maximum of the mean spectrum.
type peak struct {
	bin   int     // of the rows
	f     float64 // Hz, between bins
	power float64 // above the background
}

// peaks are the highest maxima of the mean spectrum that stand out of the
// background, at most n, the highest first.
func (s *spectrogram) peaks(n int) []peak {
	if len(s.rows) == 0 {
		return nil
	}
	const background = 400 // Hz
	floor := s.floor(background)
	// A mean of noise powers scatters by one over the root of their number;
	// half-overlapped Hann windows are worth four fifths of independent ones.
	least := 1 + 4/math.Sqrt(0.8*float64(len(s.rows)))
	var found []peak
	for k := 1; k < len(s.mean)-1; k++ {
		a, b, c := s.mean[k-1], s.mean[k], s.mean[k+1]
		if b <= a || b < c || b < least*floor[k] {
			continue
		}
		f := s.hz * (float64(s.first+k) + vertex(math.Log(a), math.Log(b), math.Log(c)))
		found = append(found, peak{k, f, b - floor[k]})
	}
	slices.SortFunc(found, func(p, q peak) int { return cmp.Compare(q.power, p.power) })
	return found[:min(n, len(found))]
}

// vertex is where a parabola through three equidistant values has its maximum,
// in steps from the middle one, or the better end when it has none between them.
func vertex(a, b, c float64) float64 {
	bend := 2*b - a - c
	if !(bend > 0) || math.Abs(a-c) > 2*bend {
		return float64(cmp.Compare(c, a))
	}
	return 0.5 * (c - a) / bend
}

// pairs are the peaks that could be the two tones of a signal of that pace, and
// each peak alone, in case it hides both.
func (s *spectrogram) pairs(pace int) []tonePair {
	peaks := s.peaks(peaksPerSpectrum)
	var pairs []tonePair
	for i, p := range peaks {
		for _, q := range peaks[:i] {
			shift := math.Abs(p.f - q.f)
			if shift < MinShift || shift > 1.02*MaxShift {
				continue
			}
			if power := s.exchange(p.bin, q.bin); power > 0 {
				pairs = append(pairs, tonePair{min(p.f, q.f), max(p.f, q.f), power, pace})
			}
		}
		pairs = append(pairs, tonePair{p.f, p.f, p.power / 4, pace})
	}
	return pairs
}

// exchange tells how much power two bins pass to each other.
func (s *spectrogram) exchange(i, j int) float64 {
	var e exchange
	for _, row := range s.rows {
		e.add(float64(row[i]), float64(row[j]))
	}
	return e.power()
}

// exchange sums up how two powers rise and fall against each other.
type exchange struct {
	n             float64
	sum           [2]float64
	first, second float64 // excess of either over the other
}

func (e *exchange) add(a, b float64) {
	e.n++
	e.sum[0] += a
	e.sum[1] += b
	if a > b {
		e.first += a - b
	} else {
		e.second += b - a
	}
}

// power is what two tones pass to each other, zero if they are unrelated. The
// tones of one signal take turns: their difference is greater than that of
// independent noises, whose powers are distributed exponentially.
func (e *exchange) power() float64 {
	a, b := e.sum[0], e.sum[1]
	if e.first+e.second < 1.06*(a*a+b*b)/(a+b) {
		return 0
	}
	return math.Sqrt(e.first*e.second) / e.n
}

// splitHump finds the two tones of a signal so fast for its shift that the
// spectrum shows them as one: of all tones about the hump those that pass most
// power to each other.
func (b *passband) splitHump(p tonePair) (tonePair, bool) {
	const side = 9 // tones tried on each side
	const apart = 3
	baud := paces[p.pace].middle
	spacing := baud / 7
	c := b.channel(p.low, spacing*side+baud)
	var f [2*side + 1]float64
	var energy [len(f)][]float64
	for i := range f {
		f[i] = p.low + spacing*float64(i-side)
		energy[i] = c.windowEnergies(nil, c.sums(f[i]), c.rate/baud/2, 2)
	}
	best := tonePair{pace: p.pace}
	for i := range f {
		for j := i + apart; j < len(f); j++ {
			var e exchange
			for k, a := range energy[i] {
				e.add(a, energy[j][k])
			}
			if power := e.power(); power > best.power {
				best.low, best.high, best.power = f[i], f[j], power
			}
		}
	}
	return best, best.power > 0
}
