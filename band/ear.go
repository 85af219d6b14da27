package band

import (
	"math"

	"rtty/dsp"
	"rtty/hf"
	"rtty/modem"
)

// How the band listens to the operator.
const (
	lookEvery  = 3 * airRate  // samples of an over after which its signal is looked for, and looked for again
	lookBack   = 12 * airRate // samples in which it is looked for
	leastOver  = airRate / 2  // samples below which there is nothing to be found
	heardSNR   = 14.0         // dB in 2500 Hz at which the operator is heard
	silentPeak = 1e-4         // amplitude below which nothing is sent

	shiftTolerance = 20.0 // Hz
	baudTolerance  = 0.03 // part
)

// A letter is a character that was read.
type letter struct {
	r    rune
	from int64 // step at which it began
}

// An overHeard is what the operator sent from one key-down to key-up.
type overHeard struct {
	mark    float64 // radio frequency, Hz
	letters []letter
	upside  bool // mark was low: nobody can read it, but everybody sees why
}

// since is the text that was sent from a step on.
func (o overHeard) since(step int64) string {
	var text []rune
	for _, l := range o.letters {
		if l.from >= step {
			text = append(text, l.r)
		}
	}
	return string(text)
}

// An ear reads what the operator sends. All who are on the band hear through the
// same one: a path that fades, and a receiver.
type ear struct {
	// configuration
	rate int
	seed uint64

	// derived
	resample *dsp.Resampler // nil: the sink has airRate

	// state
	overs    uint64
	on       bool  // an over goes on
	began    int64 // step of its first sample
	held     []float32
	path     *hf.Channel // nil until the signal is found, as receiver
	receiver *modem.Receiver
	over     overHeard
	samples  []float32
	received []float32
	nextLook int
}

func newEar(rate int, seed uint64) (*ear, error) {
	e := &ear{rate: rate, seed: seed}
	if rate == airRate {
		return e, nil
	}
	var err error
	e.resample, err = dsp.NewResampler(float64(rate), airRate)
	return e, err
}

// listen takes what was sent in a step. It returns an over when one has ended.
func (e *ear) listen(step int64, sent []float32, dial dial) (overHeard, bool) {
	if !dial.keyed {
		return e.end(dial)
	}
	if !e.on {
		if peak(sent) < silentPeak {
			return overHeard{}, false
		}
		e.begin(step)
	}
	e.samples = e.samples[:0]
	if e.resample != nil {
		e.samples = e.resample.Process(e.samples, sent)
	} else {
		e.samples = append(e.samples, sent...)
	}
	e.take(e.samples, dial)
	return overHeard{}, false
}

func peak(samples []float32) float64 {
	most := 0.0
	for _, x := range samples {
		most = max(most, math.Abs(float64(x)))
	}
	return most
}

// near tells whether the operator is on the air within so many Hz of a mark
// frequency, as far as is known.
func (e *ear) near(mark, within float64) bool {
	return e.on && (e.receiver == nil || math.Abs(e.over.mark-mark) <= within)
}

func (e *ear) begin(step int64) {
	e.overs++
	e.on, e.began, e.held, e.nextLook = true, step, e.held[:0], lookEvery
	e.path, e.receiver, e.over = nil, nil, overHeard{}
	if e.resample != nil {
		e.resample.Reset()
	}
}

// take takes samples of an over.
func (e *ear) take(samples []float32, dial dial) {
	if e.receiver != nil {
		e.received = e.path.Process(e.received[:0], samples)
		e.read(e.receiver.Process(e.received))
		return
	}
	e.held = append(e.held, samples...)
	if len(e.held) < e.nextLook {
		return
	}
	if e.look(dial); e.receiver == nil {
		if surplus := len(e.held) - lookBack; surplus > 0 {
			e.held = e.held[:copy(e.held, e.held[surplus:])]
			e.began += int64(surplus / stepSamples)
		}
		e.nextLook = len(e.held) + lookEvery
	}
}

// look looks for an amateur's signal in what is held, and begins to read it from
// there.
func (e *ear) look(dial dial) {
	if len(e.held) < leastOver {
		return
	}
	found, err := modem.Identify(e.held, modem.IdentifyOptions{Rate: airRate, Max: 1})
	if err != nil || len(found) == 0 {
		return
	}
	ours := preset("ham")
	heard := found[0].Signal
	if math.Abs(heard.Shift()-ours.Shift()) > shiftTolerance || math.Abs(heard.Baud/ours.Baud-1) > baudTolerance {
		return
	}
	upside := dial.radio(heard.Mark) < dial.radio(heard.Space)
	ours.Mark, ours.Space = heard.Mark, heard.Space
	config := hf.Config{
		Rate: airRate, Seed: e.seed + e.overs, SignalPower: hf.KeyedPower(e.held, airRate),
		Fading: fading("good"), Noise: &hf.Noise{SNR: heardSNR},
	}
	path, err := hf.NewChannel(config)
	if err != nil {
		return
	}
	receiver, err := modem.NewReceiver(ours, modem.ReceiverConfig{Rate: airRate, AFC: true})
	if err != nil {
		return
	}
	e.over.mark, e.over.upside = dial.radio(heard.Mark), upside
	e.path, e.receiver = path, receiver
	e.take(e.held, dial)
}

// end ends the over, if there is one.
func (e *ear) end(dial dial) (overHeard, bool) {
	if !e.on {
		return overHeard{}, false
	}
	if e.receiver == nil {
		e.look(dial)
	}
	e.on = false
	if e.receiver == nil {
		return overHeard{}, false
	}
	e.received = e.path.Flush(e.received[:0])
	e.read(e.receiver.Process(e.received))
	e.read(e.receiver.Flush())
	e.path, e.receiver = nil, nil
	return e.over, true
}

func (e *ear) read(u modem.Update) {
	for _, c := range u.Final {
		if c.Rune != 0 {
			e.over.letters = append(e.over.letters, letter{c.Rune, e.began + c.Start/stepSamples})
		}
	}
}
