package modem

import (
	"fmt"
	"math"

	"rtty/baudot"
	"rtty/prior"
)

// SquelchOff as ReceiverConfig.Squelch prints everything, noise included.
const SquelchOff = -1.0

// Behaviour of a Receiver.
const (
	finalAfterUnits = 15  // text is settled that long after its stop unit, units
	lostSeconds     = 1.5 // silence after which the levels are searched for anew
	strongestStep   = 8 * mostEbN0
	latticeMargin   = 13.0 // nats by which the lattice may rate a frame below the best path and the beams still try it
	latticeSlack    = 0.25 // more of them for each unit of Eb/N0: what a step of misalignment can cost
	lowestRate      = 6000
	highestRate     = 192000
)

// ReceiverConfig says how a Receiver is to listen. The zero value but for Rate
// is a receiver with its squelch on automatic and its frequency fixed.
type ReceiverConfig struct {
	Rate    int     // source samples per second, 6000 to 192000
	AFC     bool    // follow a signal that is off its tones or drifts
	Squelch float64 // least probability of a printed character; 0: automatic; SquelchOff: print all
	// Prior is what is expected of the text; nil expects nothing. With it,
	// whether the sender unshifts on space is found out, unless USOSFixed says
	// that the Signal's USOS is certain.
	Prior     *prior.Model
	USOSFixed bool
	// LookAhead is for recordings: noise and tuning are heard a second before
	// the text is read, from both sides of each moment, and text is settled
	// later, some two seconds after it was sent. Retune loses that second.
	LookAhead bool
	Probe     func(Trace)
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

// observation is one step: the correlations, energies and evidence of the
// windows that end there.
type observation struct {
	end    float64 // baseband time
	re, im [2]float64
	energy [2]float64
	noise  [2]float64 // energy to expect of noise alone
	mean   [2]float64 // energy to expect of each tone
	llr    [2]float64 // of each tone against noise, phase not considered
}

// Receiver turns the samples of one signal into characters. It is causal: text
// comes out at the latest three characters after it was sent, but for
// ReceiverConfig.LookAhead. It is not safe for concurrent use.
type Receiver struct {
	signal Signal
	config ReceiverConfig

	unit  float64 // baseband samples per unit at nominal speed
	scale float64 // of a correlation, so that its noise energy is that of a sample

	settleAfter int64 // steps after its stop unit at which text is final

	front    *frontEnd
	backlog  backlog
	bank     *toneBank
	tuning   *tuning
	levels   *levels
	lattice  *lattice
	jury     *jury
	model    *prior.Model // the prior and what it remembers of this sender
	cache    *prior.Cache
	turning  *turning
	follower *follower
	decoder  baudot.Decoder
	seen     []observation // ring over steps

	origin   int64 // source sample at which this signal was tuned
	text     reader
	steered  int // steps since the first evidence
	silence  int // steps for which the best path has been silent
	quality  float64
	power    float64
	peak     float64
	flushing bool
	ended    int64 // source samples when the stream ended
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
	r.scale = 1 / math.Sqrt(r.unit)
	r.settleAfter = finalAfterUnits * stepsPerUnit
	if config.LookAhead {
		r.settleAfter = aheadFinalUnits * stepsPerUnit
		r.backlog = newBacklog(int(aheadSeconds * r.front.rate))
		r.front.gauge.LookAhead(int(aheadSeconds*r.front.rate) * r.front.last)
	}
	r.bank = newToneBank(r.front.rate)
	r.tuning = newTuning(sig, r.front.center, r.front.rate, config.AFC)
	r.levels = newLevels(sig)
	r.lattice = newLattice(1 / sig.Baud / stepsPerUnit)
	if config.Squelch == SquelchOff {
		r.lattice.Open()
	}
	r.turning = new(turning)
	r.remember(config.Prior)
	r.jury = newJury(r.lattice, r.turning, r.model)
	r.follower = newFollower(sig, r.turning)
	r.decoder = baudot.Decoder{Table: sig.Code, USOS: sig.USOS}
	r.seen = make([]observation, latticeSteps)
	r.Reset()
	return r, nil
}

// remember gives the receiver a memory of its own for what a station repeats.
func (r *Receiver) remember(model *prior.Model) {
	if model == nil {
		return
	}
	switch {
	case r.config.USOSFixed:
		model = model.WithUSOS(r.signal.USOS)
	case !r.signal.USOS:
		model = model.Staying()
	}
	r.cache = prior.NewCache(model)
	r.model = model.WithCache(r.cache)
}

// Reset forgets all samples and everything learnt from them. Sample positions
// start at zero again.
func (r *Receiver) Reset() {
	r.front.Reset()
	r.backlog.Reset()
	r.bank.Reset()
	r.tuning.Reset()
	r.levels.Reset()
	r.lattice.Reset()
	r.jury.Reset()
	r.follower.Reset()
	r.decoder.Reset()
	if r.cache != nil {
		r.cache.Reset()
	}
	clear(r.seen)
	r.origin = 0
	r.text.Reset()
	r.steered, r.silence, r.quality, r.power, r.peak, r.flushing = 0, 0, 0, 0, 0, false
	r.tune()
}

// Process takes the next samples and gives what they changed in the text.
func (r *Receiver) Process(samples []float32) Update {
	r.text.final = r.text.final[:0]
	r.meter(samples)
	for len(samples) > 0 {
		n := min(len(samples), frontEndBlock)
		r.baseband(samples[:n])
		samples = samples[n:]
	}
	return Update{Final: r.text.final, Tail: r.text.tail}
}

// Flush tells that no more samples come: what is still provisional becomes
// final. The receiver can go on with a new stream after a Reset.
func (r *Receiver) Flush() Update {
	r.text.final = r.text.final[:0]
	r.flushing, r.ended, r.front.drained = true, r.front.consumed, true
	var silence [frontEndBlock]float32
	unit := float64(r.config.Rate) / r.signal.Baud
	held := r.front.delay + float64(len(r.backlog.re)*r.front.factor)
	for left := int(held + (float64(r.settleAfter/stepsPerUnit)+2*frameUnits)*unit); left > 0; left -= len(silence) {
		r.baseband(silence[:])
	}
	return Update{Final: r.text.final, Tail: r.text.tail}
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
		if !r.tuning.fixed {
			r.tuning.search.Push(re[i], im[i])
		}
		heldRe, heldIm, full := r.backlog.Push(re[i], im[i])
		if !full {
			continue
		}
		r.bank.Push(heldRe, heldIm)
		for r.nextEnd()+1 <= float64(r.bank.count) {
			r.advance()
		}
	}
}

// nextEnd is the baseband time at which the next step's windows end. Steps
// follow the sender's speed as far as it is known.
func (r *Receiver) nextEnd() float64 {
	step := r.unit / stepsPerUnit / (1 + r.tuning.Speed())
	if r.lattice.step == 0 {
		return step
	}
	return r.at(r.lattice.step-1).end + step
}

func (r *Receiver) at(step int64) *observation { return &r.seen[step&(latticeSteps-1)] }

// source is the source sample at a step. Baseband sample n stands for the
// stretch around it, of which the running sums begin at its left edge.
func (r *Receiver) source(step int64) int64 {
	end := r.at(step).end
	if step < 0 {
		end = 0
	}
	return r.origin + int64(math.Round((end-0.5)*float64(r.front.factor)-r.front.delay))
}

// advance takes one step: correlations, framing, the jury's beams, and
// twice a unit the text.
func (r *Receiver) advance() {
	step := r.lattice.step
	obs := r.observe(step)
	if obs.end < r.unit+r.front.delay/float64(r.front.factor) {
		r.skip(step) // before the first sample there is no evidence
	} else {
		r.weigh(step, obs)
	}
	if r.config.Probe != nil {
		r.config.Probe(r.trace(step, obs))
	}
	if step%(stepsPerUnit/2) == 0 {
		r.read(step)
	}
	if r.lattice.step%latticeSteps == 0 {
		r.lattice.Settle()
	}
}

func (r *Receiver) skip(step int64) {
	r.lattice.Step(0, 0)
	r.jury.Skip(step)
}

// weigh hands the evidence of a step to the lattice and the beams.
func (r *Receiver) weigh(step int64, obs *observation) {
	if !r.flushing || r.source(step) <= r.origin+r.ended {
		r.levels.Observe(obs.energy[markTone], obs.energy[spaceTone], r.front.Noise(r.bank.count))
	}
	obs.noise, obs.mean = r.levels.Noise(), r.levels.Mean()
	r.floorNoise(step, max(obs.energy[markTone], obs.energy[spaceTone])/strongestStep)
	for t := range obs.llr {
		obs.llr[t] = r.levels.Present(t, obs.energy[t])
	}
	r.lattice.Step(obs.llr[markTone], obs.llr[spaceTone])
	if r.steered++; r.steered%stepsPerUnit == 1 {
		r.steer()
	}
	open := *r.lattice.at(frameEnd, step) > r.lattice.BestSignal()-latticeMargin-latticeSlack*r.levels.EbN0()
	r.jury.Step(r, step, open)
}

// floorNoise keeps the noise of the last two units from being taken for less
// than a small share of what is heard now. Where a signal rises out of digital
// silence, the filter's forerunners are far above any noise there was.
func (r *Receiver) floorNoise(step int64, least float64) {
	for s := step; s > step-2*stepsPerUnit && s >= 0; s-- {
		noise := &r.at(s).noise
		noise[markTone] = max(noise[markTone], least)
		noise[spaceTone] = max(noise[spaceTone], least)
	}
}

// observe makes the correlations of the units that end at a step.
func (r *Receiver) observe(step int64) *observation {
	end := r.nextEnd()
	obs := r.at(step)
	*obs = observation{end: end}
	for t := range obs.re {
		z := r.bank.Window(t, end-r.unit, end)
		obs.re[t], obs.im[t] = real(z)*r.scale, imag(z)*r.scale
		obs.energy[t] = obs.re[t]*obs.re[t] + obs.im[t]*obs.im[t]
	}
	return obs
}

// unitAt and markOver make the receiver the ear of its beams.
func (r *Receiver) unitAt(step int64, tone int) heard {
	obs := r.at(step)
	return heard{obs.re[tone], obs.im[tone], obs.noise[tone], obs.mean}
}

func (r *Receiver) markOver(step int64, steps int) heard {
	start := 0.0
	if step >= int64(steps) {
		start = r.at(step - int64(steps)).end
	}
	obs := r.at(step)
	z := r.bank.Window(markTone, start, obs.end)
	return heard{real(z) * r.scale, imag(z) * r.scale, obs.noise[markTone], obs.mean}
}

func (r *Receiver) trace(step int64, obs *observation) Trace {
	return Trace{
		Sample: r.source(step),
		Mark:   obs.energy[markTone], Space: obs.energy[spaceTone],
		MarkLLR: obs.llr[markTone], SpaceLLR: obs.llr[spaceTone],
		MarkNoise: r.levels.tone[markTone].noise, SpaceNoise: r.levels.tone[spaceTone].noise,
	}
}

// steer brings levels, tuning and channel model up to date, once a unit.
func (r *Receiver) steer() {
	moved := r.tuning.Acquire(r.follower.units)
	if moved > pullIn*r.signal.Baud {
		r.follower.Forget(r.levels.Mean()) // no phase is known any more
	}
	if moved > strange*r.signal.Baud {
		r.text.distrusted = r.lattice.step
	}
	r.tuning.Correct(r.follower.Corrections())
	r.tune()
}

func (r *Receiver) tune() {
	r.bank.Tune(r.tuning.tone[markTone]-r.front.center, r.tuning.tone[spaceTone]-r.front.center)
	r.turning.set(r.tuning.Turn(), r.lattice.StopSteps())
	r.jury.Brief(r.follower)
}

// Retune changes the signal that is listened for without losing the count of
// samples. What was provisional becomes final as it stands.
func (r *Receiver) Retune(sig Signal) (Update, error) {
	fresh, err := NewReceiver(sig, r.config)
	if err != nil {
		return Update{}, err
	}
	settled := append([]Char(nil), r.text.tail...)
	fresh.origin = r.origin + r.front.consumed
	*r = *fresh
	return Update{Final: settled}, nil
}

// Status tells what is known of the signal.
func (r *Receiver) Status() Status {
	sig := r.signal
	sig.Mark, sig.Space = r.tuning.tone[markTone], r.tuning.tone[spaceTone]
	sig.Baud *= 1 + r.tuning.Speed()
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
