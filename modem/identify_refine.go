package modem

import (
	"math"
	"slices"
)

// run is a stretch of one tone in channel samples.
type run struct {
	tone int
	a, b float64
}

// runMargin, in units, is left off the ends of runs: there the other tone may
// still sound, and would draw the frequency to its side.
const runMargin = 0.12

// runs are the stretches of equal units in the frames. Longer ones are cut, so
// that a tone that is off by a third of the speed is still drawn the right way.
func (t *transcript) runs() []run {
	const most = 3 // units
	var runs []run
	unit := t.step * readingQ
	for _, begin := range t.frames {
		a := float64(begin) * t.step
		for u := 0; u < 7; {
			tone, v := t.sent(begin, u), u+1
			for v < 7 && v-u < most && t.sent(begin, v) == tone {
				v++
			}
			runs = append(runs, run{tone, a + (float64(u)+runMargin)*unit, a + (float64(v)-runMargin)*unit})
			u = v
		}
	}
	return runs
}

// retune centres each tone on the runs in which it was sent: their energy is
// greatest at its own frequency. It looks for that within reach Hz.
func (t *transcript) retune(reach float64) [2]float64 {
	runs := t.runs()
	tone := t.tone
	for k := range tone {
		var energy [3]float64
		for i := range energy {
			sums := t.channel.sums(tone[k] + float64(i-1)*reach)
			for _, r := range runs {
				if r.tone == k {
					energy[i] += toneEnergy(sums, r.a, r.b)
				}
			}
		}
		tone[k] += reach * vertex(energy[0], energy[1], energy[2])
	}
	return tone
}

// contrast tells which tone is on, from -1, space, to 1, mark.
type contrast struct {
	at  []float64 // at each step
	sum []float64 // integral up to each step
}

func (t *transcript) contrast() contrast {
	c := contrast{make([]float64, len(t.energy[0])), make([]float64, len(t.energy[0]))}
	for i, mark := range t.energy[0] {
		space := t.energy[1][i]
		c.at[i] = (mark - space) / (mark + space + 2*t.level.noise)
		if i > 0 {
			c.sum[i] = c.sum[i-1] + (c.at[i-1]+c.at[i])/2
		}
	}
	return c
}

// until is the integral up to a time in steps, the contrast taken as straight
// lines from step to step.
func (c contrast) until(x float64) float64 {
	i := int(x)
	switch {
	case x <= 0:
		return 0
	case i >= len(c.at)-1:
		return c.sum[len(c.sum)-1]
	}
	f := x - float64(i)
	return c.sum[i] + f*(c.at[i]+f/2*(c.at[i+1]-c.at[i]))
}

// frameShape is a frame that was read: where it begins, and the sign of the
// contrast in each of its units.
type frameShape struct {
	begin float64 // steps
	sign  [7]float64
}

func (t *transcript) shapes() []frameShape {
	shapes := make([]frameShape, len(t.frames))
	for k, begin := range t.frames {
		shapes[k].begin = float64(begin)
		for u := range 7 {
			shapes[k].sign[u] = 1 - 2*float64(t.sent(begin, u))
		}
	}
	return shapes
}

// match lays a frame, stretched by a factor and moved by some steps, over the
// contrast. It looks at the same stretch of time whatever the factor, for more
// of anything would always match better.
func (c contrast) match(f *frameShape, move, stretch float64) float64 {
	unit := readingQ * stretch
	// Windows that begin at a step stand for the instant half a unit later.
	start := f.begin + move - readingQ/2
	first, last := f.begin-readingQ, f.begin+6.25*readingQ
	edge := c.until(start)
	sum := edge - c.until(first)
	for u := range 6 {
		next := c.until(start + float64(u+1)*unit)
		sum += f.sign[u] * (next - edge)
		edge = next
	}
	return sum + c.until(last) - edge
}

// place moves a stretched frame to where it matches best.
func (c contrast) place(f *frameShape, stretch float64) (match, move float64) {
	const reach = 4 // half steps
	var fits [2*reach + 1]float64
	best := 1
	for i := range fits {
		fits[i] = c.match(f, float64(i-reach)/2, stretch)
		if i < 2*reach && fits[i] > fits[best] {
			best = i
		}
	}
	best = max(best, 1)
	x := vertex(fits[best-1], fits[best], fits[best+1])
	return fits[best] - x*(fits[best-1]-fits[best+1])/4, (float64(best-reach) + x) / 2
}

// fitSpeed fits the speed to the edges within the frames, up to some part off
// the present one. It gives the factor on the length of a unit, and the instants
// in steps at which the frames then begin.
func (t *transcript) fitSpeed(off float64) (stretch float64, begins []float64) {
	const side = 3
	c, shapes := t.contrast(), t.shapes()
	var sum [2*side + 1]float64
	best := 1
	for i := range sum {
		for k := range shapes {
			match, _ := c.place(&shapes[k], 1+off*float64(i-side)/side)
			sum[i] += match
		}
		if i < 2*side && sum[i] > sum[best] {
			best = i
		}
	}
	best = max(best, 1)
	x := vertex(sum[best-1], sum[best], sum[best+1])
	stretch = 1 + off*(float64(best-side)+x)/side
	for k := range shapes {
		_, move := c.place(&shapes[k], stretch)
		begins = append(begins, shapes[k].begin+move)
	}
	return stretch, begins
}

// beat is the steady pace of a machine's characters, in units.
type beat struct {
	stop   float64 // stop element
	period float64 // from one character to the next
	kept   int     // intervals that keep to it
	of     int     // all intervals
}

// steady tells a machine from a typist.
func (b beat) steady() bool { return b.kept >= 3 && b.kept*4 > b.of }

// findBeat finds it in the instants, in units, at which characters begin.
func findBeat(begins []float64) beat {
	b := beat{of: len(begins) - 1}
	var stops []float64
	for k := 1; k < len(begins); k++ {
		if s := begins[k] - begins[k-1] - 6; s > 0.7 && s < 2.4 {
			stops = append(stops, s)
		}
	}
	slices.Sort(stops)
	const width = 0.2
	for i, j := 0, 0; i < len(stops); i++ {
		for j < len(stops) && stops[j] < stops[i]+width {
			j++
		}
		if j-i > b.kept {
			b.kept, b.stop = j-i, stops[(i+j)/2]
		}
	}
	b.period = regress(begins, 6+b.stop)
	return b
}

// regress is the period by linear regression over the unbroken runs of
// characters that come about a period apart.
func regress(begins []float64, period float64) float64 {
	var moment, weight float64
	for i := 0; i < len(begins); {
		j := i + 1
		for j < len(begins) && math.Abs(begins[j]-begins[j-1]-period) < 0.25 {
			j++
		}
		middle := float64(j-i-1) / 2
		for k := i; k < j; k++ {
			x := float64(k-i) - middle
			moment += x * begins[k]
			weight += x * x
		}
		i = j
	}
	if weight == 0 {
		return period
	}
	return moment / weight
}

// standardSpeeds are those that nearly all signals have.
var standardSpeeds = [...]float64{1000.0 / 22, 50, 56.88, 75, 100, 110, 150, 200, 300}

// option is a speed, with or without a stop length that would explain the beat.
type option struct {
	baud float64
	stop float64 // units; 0: any
	cost float64 // nats by which the evidence must be better
}

// options are the speeds that the frames leave open. The beat, if there is one,
// is far more exact than the edges within a frame, but for the stop length.
func options(fitted float64, b beat) []option {
	list := []option{{baud: fitted, cost: 8}}
	for _, v := range standardSpeeds {
		if math.Abs(v/fitted-1) < 0.025 {
			o := option{baud: v, cost: 2}
			if b.steady() {
				o.cost += oddity(b.period*v/fitted - 6)
			}
			list = append(list, o)
		}
	}
	if !b.steady() {
		return list
	}
	for _, stop := range [3]float64{1, 1.5, 2} {
		o := option{baud: fitted * (6 + stop) / b.period, stop: stop, cost: 4}
		off := math.Abs(o.baud/fitted - 1)
		for _, v := range standardSpeeds {
			if math.Abs(v/o.baud-1) < 0.0025 {
				o.baud, o.cost = v, -4
			}
		}
		if o.cost < 0 && off < 0.02 && b.kept >= 8 && b.kept*2 > b.of {
			return []option{o} // a machine that keeps time to a standard speed has that speed
		}
		if off < 0.08 {
			list = append(list, o)
		}
	}
	return list
}

// oddity is what a stop element costs that is none of the usual ones, of which
// 1.42 is that of mechanical teleprinters.
func oddity(stop float64) float64 {
	const spread = 0.03 // units
	least := math.Inf(1)
	for _, usual := range [4]float64{1, 1.42, 1.5, 2} {
		least = min(least, math.Abs(stop-usual)/spread)
	}
	return least * least
}

// settle decides on speed and stop length and reads the signal a last time. A
// known speed, if not zero, stands.
func (t *transcript) settle(known float64) (stop float64) {
	stretch, begins := t.fitSpeed(0.01)
	g := t.guess
	if known == 0 {
		g.baud /= stretch
	} else {
		stretch = 1
	}
	for i := range begins {
		begins[i] /= readingQ * stretch
	}
	b := findBeat(begins)
	choice := option{baud: known}
	if known == 0 {
		choice = t.choose(options(g.baud, b))
	}
	stop = choice.stop
	switch {
	case stop != 0:
	case b.steady():
		units := b.period*choice.baud/g.baud - 6
		stop = min(max(math.Round(2*units)/2, 1), 2)
	default:
		stop = 1.5
	}
	g.baud = choice.baud
	for range 2 {
		t.tune(g)
		t.read()
		g.tone = t.retune(0.1 * g.baud)
	}
	t.tune(g)
	t.read()
	t.trim()
	t.measure()
	return stop
}

// choose takes the option with the best evidence.
func (t *transcript) choose(list []option) option {
	if len(list) == 1 {
		return list[0]
	}
	learnt := t.gaps
	var best option
	most := math.Inf(-1)
	for _, o := range list {
		t.gaps = learnt
		if o.stop > 0 {
			t.expectStop(o.stop)
		}
		t.tune(guess{tone: t.tone, baud: o.baud})
		t.read()
		if evidence := t.level.temper()*t.score - o.cost; evidence > most {
			best, most = o, evidence
		}
	}
	t.gaps = learnt
	return best
}
