package modem

import (
	"fmt"
	"math"

	"rtty/baudot"
)

// SquelchOff as ReceiverConfig.Squelch prints everything, noise included.
const SquelchOff = -1.0

// Behaviour of a Receiver.
const (
	finalAfterUnits = 15  // text is settled that long after its stop unit, units
	lostSeconds     = 1.5 // silence after which the levels are searched for anew
	lowestRate      = 6000
	highestRate     = 192000
)

// ReceiverConfig says how a Receiver is to listen. The zero value but for Rate
// is a receiver with its squelch on automatic and its frequency fixed.
type ReceiverConfig struct {
	Rate    int     // source samples per second, 6000 to 192000
	AFC     bool    // follow a signal that is off its tones or drifts
	Squelch float64 // least probability of a printed character; 0: automatic; SquelchOff: print all
	Probe   func(Trace)
}

// A Trace is one instant of the receiver's insides, for a tuning display, a
// test or a plot. There are eight to a unit.
type Trace struct {
	Sample      int64   // source sample at the end of the window
	Mark, Space float64 // energies of the one-unit windows
	MarkLLR     float64 // log-likelihood ratio of mark against noise
	SpaceLLR    float64 // the same of space
	MarkNoise   float64 // expected energy of the mark window without mark
	SpaceNoise  float64
}

// Status is what a Receiver knows of the signal it listens to.
type Status struct {
	Signal  Signal  // as tuned, tones and stop length as tracked
	Locked  bool    // characters are being read
	SNR     float64 // dB in 2500 Hz, of the tracked signal
	Quality float64 // mean probability of the last characters, 0 to 1
	Level   float64 // mean power of the source over the last block, dB below full scale sine
	Peak    float64 // highest sample of the last block, 0 to 1 and over
}

// observation is one step: the energies and evidence of the windows that end there.
type observation struct {
	energy [2]float64
	llr    [2]float64
}

// Receiver turns the samples of one signal into characters. It is causal: text
// comes out at the latest three characters after it was sent. It is not safe
// for concurrent use.
type Receiver struct {
	signal Signal
	config ReceiverConfig

	unit  float64 // baseband samples per unit
	scale float64 // of a correlator's energy

	front   *frontEnd
	bank    *toneBank
	levels  *levels
	lattice *lattice
	afc     *afc
	decoder baudot.Decoder
	seen    []observation // ring over steps

	origin     int64   // source sample at which this signal was tuned
	pathBegins []int64 // frames of the best path, newest first
	final      []Char
	tail       []Char
	settled    int64 // step before which text is final
	learnt     int64 // step before which the levels know the text
	lastEnd    int64 // step at which the last final frame ended, or −1
	silence    int   // steps of the best path since its last frame
	quality    float64
	power      float64
	peak       float64
	flushing   bool
}

// NewReceiver makes a receiver for sig. The error is a *SignalError, or says
// that the rate can't be.
func NewReceiver(sig Signal, config ReceiverConfig) (*Receiver, error) {
	if config.Rate < lowestRate || config.Rate > highestRate {
		return nil, fmt.Errorf("%d samples per second: must be %d to %d", config.Rate, lowestRate, highestRate)
	}
	if sig.StopBits == 0 {
		sig.StopBits = 1.5
	}
	if err := sig.Validate(config.Rate); err != nil {
		return nil, err
	}
	r := &Receiver{signal: sig, config: config}
	r.front = newFrontEnd(sig, config.Rate)
	r.unit = r.front.rate / sig.Baud
	r.scale = 1 / r.unit
	r.bank = newToneBank(r.front.rate)
	stepSeconds := 1 / sig.Baud / stepsPerUnit
	r.levels = newLevels(sig)
	r.lattice = newLattice(stepSeconds)
	r.lattice.alwaysOn = config.Squelch == SquelchOff
	r.afc = newAFC(sig)
	r.decoder = baudot.Decoder{Table: sig.Code, USOS: sig.USOS}
	r.seen = make([]observation, latticeSteps)
	r.Reset()
	return r, nil
}

// Reset forgets all samples and everything learnt from them. Sample positions
// start at zero again.
func (r *Receiver) Reset() {
	r.front.Reset()
	r.bank.Reset()
	r.levels.Reset()
	r.lattice.Reset()
	r.afc.Reset()
	r.afc.Tune(r.bank, r.front.center)
	r.decoder.Reset()
	r.final, r.tail = r.final[:0], r.tail[:0]
	r.settled, r.learnt, r.lastEnd, r.silence = 0, 0, -1, 0
	r.origin = 0
	r.quality, r.power, r.peak, r.flushing = 0, 0, 0, false
}

// Process takes the next samples and gives what they changed in the text.
func (r *Receiver) Process(samples []float32) Update {
	r.final = r.final[:0]
	r.meter(samples)
	for len(samples) > 0 {
		n := min(len(samples), frontEndBlock)
		r.baseband(samples[:n])
		samples = samples[n:]
	}
	return Update{Final: r.final, Tail: r.tail}
}

// Flush tells that no more samples come: what is still provisional becomes
// final. The receiver can go on with a new stream after a Reset.
func (r *Receiver) Flush() Update {
	r.final = r.final[:0]
	r.flushing = true
	var silence [frontEndBlock]float32
	unit := float64(r.config.Rate) / r.signal.Baud
	for left := int(r.front.delay + (finalAfterUnits+2*frameUnits)*unit); left > 0; left -= len(silence) {
		r.baseband(silence[:])
	}
	return Update{Final: r.final, Tail: r.tail}
}

func (r *Receiver) meter(samples []float32) {
	sum, peak := 0.0, 0.0
	for _, x := range samples {
		sum += float64(x) * float64(x)
		peak = max(peak, math.Abs(float64(x)))
	}
	if len(samples) > 0 {
		r.power, r.peak = sum/float64(len(samples)), peak
	}
}

func (r *Receiver) baseband(samples []float32) {
	re, im := r.front.Process(samples)
	for i := range re {
		r.bank.Push(re[i], im[i])
		for r.stepEnd(r.lattice.step)+1 <= float64(r.bank.count) {
			r.advance()
		}
	}
}

// stepEnd is the baseband time at which a step's windows end.
func (r *Receiver) stepEnd(step int64) float64 {
	return float64(step+1) * r.unit / stepsPerUnit
}

// source is the source sample at a step. Baseband sample n stands for the
// stretch around it, of which the running sums begin at its left edge.
func (r *Receiver) source(step int64) int64 {
	return r.origin + int64(math.Round((r.stepEnd(step)-0.5)*float64(r.front.factor)-r.front.delay))
}

// advance takes one step of the lattice and, twice a unit, reads the best path.
func (r *Receiver) advance() {
	step := r.lattice.step
	end := r.stepEnd(step)
	obs := &r.seen[step&(latticeSteps-1)]
	for t := range obs.energy {
		z := r.bank.Window(t, end-r.unit, end)
		obs.energy[t] = (real(z)*real(z) + imag(z)*imag(z)) * r.scale
	}
	if !r.flushing {
		r.levels.Observe(obs.energy[markTone], obs.energy[spaceTone])
	}
	for t := range obs.llr {
		obs.llr[t] = 0
		if end < r.unit+r.front.delay/float64(r.front.factor) {
			continue // before the first sample there is no evidence
		}
		obs.llr[t] = r.levels.Present(t, obs.energy[t])
	}
	r.lattice.Step(obs.llr[markTone], obs.llr[spaceTone])
	if r.config.Probe != nil {
		r.config.Probe(r.trace(step, obs))
	}
	if r.lattice.step%(stepsPerUnit/2) == 0 {
		r.read()
	}
	if r.lattice.step%latticeSteps == 0 {
		r.lattice.Settle()
	}
}

func (r *Receiver) trace(step int64, obs *observation) Trace {
	return Trace{
		Sample: r.source(step),
		Mark:   obs.energy[markTone], Space: obs.energy[spaceTone],
		MarkLLR: obs.llr[markTone], SpaceLLR: obs.llr[spaceTone],
		MarkNoise: r.levels.tone[markTone].noise, SpaceNoise: r.levels.tone[spaceTone].noise,
	}
}

// read follows the best path back and turns its frames into text: final what
// is old enough, provisional the rest.
func (r *Receiver) read() {
	now := r.lattice.step - 1
	r.trackPath(now)
	oldest := now - finalAfterUnits*stepsPerUnit
	r.tail = r.tail[:0]
	provisional := r.decoder
	for i := len(r.pathBegins) - 1; i >= 0; i-- {
		begin := r.pathBegins[i]
		end := begin + frameSteps
		if end > now {
			break
		}
		r.learn(begin)
		if end > oldest {
			r.tail = append(r.tail, r.char(begin, &provisional))
			continue
		}
		r.settle(begin)
		provisional = r.decoder
	}
}

// settle makes the frame that begins at a step final.
func (r *Receiver) settle(begin int64) {
	c := r.char(begin, &r.decoder)
	if r.lastEnd >= 0 {
		r.lattice.Saw(begin - r.lastEnd)
	}
	r.settled = begin + frameSteps
	r.lastEnd = r.settled
	r.quality += 0.1 * (c.P - r.quality)
	if r.config.Squelch <= 0 || c.P >= r.config.Squelch {
		r.final = append(r.final, c)
	}
}

// trackPath lists the frames of the best path that are not final yet.
func (r *Receiver) trackPath(now int64) {
	r.pathBegins = r.pathBegins[:0]
	kind, step := r.lattice.Best()
	r.silence++
	for step >= r.settled && now-step < latticeSteps-frameSteps {
		if kind == frameStart {
			r.pathBegins = append(r.pathBegins, step)
			r.silence = 0
		}
		n := r.lattice.at(kind, step)
		if n.from == step && n.kind == kind || n.from < 0 {
			break
		}
		kind, step = n.kind, n.from
	}
	if float64(r.silence)*stepsPerUnit/2 > lostSeconds*r.signal.Baud*stepsPerUnit {
		r.levels.Lost()
		r.lastEnd = -1
	}
}

// char reads the frame that begins at a step.
func (r *Receiver) char(begin int64, decoder *baudot.Decoder) Char {
	c := Char{Start: r.source(begin), End: r.source(begin + frameSteps), P: 1}
	evidence := r.obs(begin, 1).llr[spaceTone] + r.obs(begin, frameUnits).llr[markTone]
	for bit := range 5 {
		o := r.obs(begin, bit+2)
		diff := o.llr[markTone] - o.llr[spaceTone]
		if diff > 0 {
			c.Code |= 1 << bit
		}
		c.P *= 1 / (1 + math.Exp(-math.Abs(diff)))
		evidence += logAdd(o.llr[markTone], o.llr[spaceTone]) - math.Ln2
	}
	c.P *= 1 / (1 + math.Exp(-evidence))
	c.Rune = decoder.Decode(c.Code)
	return c
}

// obs is the observation of the given unit, 1 to 7, of a frame.
func (r *Receiver) obs(begin int64, unit int) *observation {
	return &r.seen[(begin+int64(unit)*stepsPerUnit)&(latticeSteps-1)]
}

// learn lets the levels and the AFC take the units of a frame, once.
func (r *Receiver) learn(begin int64) {
	if begin < r.learnt {
		return
	}
	r.learnt = begin + frameSteps
	for unit := 1; unit <= frameUnits; unit++ {
		o := r.obs(begin, unit)
		sent := spaceTone
		if unit == frameUnits || unit > 1 && o.llr[markTone] > o.llr[spaceTone] {
			sent = markTone
		}
		r.levels.Unit(sent, o.energy[markTone], o.energy[spaceTone])
		if r.config.AFC {
			end := r.stepEnd(begin + int64(unit)*stepsPerUnit)
			r.afc.Unit(r.bank, sent, end-r.unit, end)
		}
	}
	if r.config.AFC {
		r.afc.Correct()
		r.afc.Tune(r.bank, r.front.center)
	}
}

// Retune changes the signal that is listened for without losing the count of
// samples. What was provisional becomes final as it stands.
func (r *Receiver) Retune(sig Signal) (Update, error) {
	fresh, err := NewReceiver(sig, r.config)
	if err != nil {
		return Update{}, err
	}
	settled := append([]Char(nil), r.tail...)
	fresh.origin = r.origin + r.front.consumed
	*r = *fresh
	return Update{Final: settled}, nil
}

// Status tells what is known of the signal.
func (r *Receiver) Status() Status {
	sig := r.signal
	sig.Mark, sig.Space = r.afc.Tones()
	sig.StopBits = r.lattice.StopUnits()
	return Status{
		Signal:  sig,
		Locked:  r.levels.locked,
		SNR:     r.levels.SNR(sig.Baud),
		Quality: r.quality,
		Level:   10 * math.Log10(2*r.power+1e-20),
		Peak:    r.peak,
	}
}
