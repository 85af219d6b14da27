package bench

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"

	"rtty/baudot"
	"rtty/bench/corpus"
	"rtty/hf"
	"rtty/modem"
)

// Rate is the sample rate of all recordings made here. It is what every
// decoder can take.
const Rate = 8000

const (
	keyedPower   = 0.5 // of a sender, see Sender.key
	offTune      = 5.0 // Hz to either side, at random
	recordedPeak = 0.7 // of full scale

	silentSeconds = 60.0 // length of a recording without a sender
)

// A Recording is what a decoder is given: samples, and the signal as an
// operator would have tuned it, not quite where it is.
type Recording struct {
	Samples []float32 // full scale is ±1, none reaches it
	Rate    int       // samples per second
	Signal  modem.Signal
}

// Seconds is how long the recording is.
func (r Recording) Seconds() float64 { return float64(len(r.Samples)) / float64(r.Rate) }

// Sent is what went into a recording.
type Sent struct {
	Text  string        // as it reads after encoding
	Codes []baudot.Code // nil where idle stands between, which decoders may print or not
}

// A Trial is one recording through one scenario: one over, several short ones,
// or a minute of noise. The same trial makes the same recording.
type Trial struct {
	Scenario Scenario
	Corpus   corpus.Kind
	Signal   modem.Signal
	SNR      float64 // dB in 2500 Hz
	Seed     uint64
}

// Make records the trial.
func (t Trial) Make() (Recording, Sent, error) {
	rng := rand.New(rand.NewPCG(t.Seed, 1))
	made, err := t.transmit(rng)
	if err != nil {
		return Recording{}, Sent{}, fmt.Errorf("sending for %s: %w", t.Scenario.Name, err)
	}
	config := t.Scenario.channel(t.Signal, Rate, t.SNR, rng.Uint64())
	for _, n := range t.Scenario.Neighbours {
		interferer, err := n.play(t.Signal, len(made.samples), rng)
		if err != nil {
			return Recording{}, Sent{}, fmt.Errorf("neighbour for %s: %w", t.Scenario.Name, err)
		}
		config.Interferers = append(config.Interferers, interferer)
	}
	channel, err := hf.NewChannel(config)
	if err != nil {
		return Recording{}, Sent{}, fmt.Errorf("channel of %s: %w", t.Scenario.Name, err)
	}
	heard := channel.Process(make([]float32, 0, len(made.samples)), made.samples)
	heard = channel.Flush(heard)
	made.turnGain(heard)
	scaleTo(heard, recordedPeak)
	return Recording{Samples: heard, Rate: Rate, Signal: t.Signal}, made.sent, nil
}

// A transmission is what goes into the channel.
type transmission struct {
	samples  []float32
	sent     Sent
	passages []passage // with gains of their own; none if the gain stays
}

// rest is silence of the sender, for some seconds.
func (m *transmission) rest(seconds float64) {
	m.samples = append(m.samples, make([]float32, int(seconds*Rate))...)
}

// turnGain changes the level of what is heard from passage to passage.
func (m *transmission) turnGain(heard []float32) {
	for i, p := range m.passages {
		end := len(heard)
		if i+1 < len(m.passages) {
			end = m.passages[i+1].from
		}
		gain := float32(math.Pow(10, p.db/20))
		for k := p.from; k < end; k++ {
			heard[k] *= gain
		}
	}
}

// transmit keys what the scenario's sender sends.
func (t Trial) transmit(rng *rand.Rand) (transmission, error) {
	var made transmission
	switch {
	case t.Scenario.Silent:
		made.rest(silentSeconds)
		return made, nil
	case t.Scenario.Overs != nil:
		return t.Scenario.Overs.play(t, rng)
	}
	made.sent = t.write()
	off := t.Scenario.Offset + offTune*(2*rng.Float64()-1)
	signal := t.Signal.MovedTo(t.Signal.Center() + off)
	samples, err := t.Scenario.Sender.key(signal, Rate, longIdle(rng), made.sent.Codes, rng)
	made.samples = samples
	return made, err
}

// write makes the text and its codes.
func (t Trial) write() Sent {
	text := corpus.New(t.Corpus, corpus.Test, t.Seed).Over()
	encoder := baudot.Encoder{Table: t.Signal.Code, USOS: t.Signal.USOS}
	return Sent{Text: t.Signal.Code.Fold(text), Codes: encoder.AppendString(nil, text)}
}

// play keys random groups beside sig for at least n samples.
func (v Neighbour) play(sig modem.Signal, n int, rng *rand.Rand) (hf.Interferer, error) {
	text := corpus.New(corpus.Random, corpus.Test, rng.Uint64())
	encoder := baudot.Encoder{Table: sig.Code}
	var codes []baudot.Code
	for float64(len(codes))*sig.CharSeconds()*Rate < float64(n) {
		codes = encoder.AppendString(codes, text.Over())
	}
	samples, err := Sender{}.key(sig.MovedTo(sig.Center()+v.Offset), Rate, longIdle(rng), codes, rng)
	if err != nil {
		return hf.Interferer{}, err
	}
	return hf.Interferer{Source: hf.Samples(samples), Power: keyedPower, LevelDB: v.LevelDB}, nil
}

func scaleTo(samples []float32, peak float64) {
	top := 0.0
	for _, v := range samples {
		top = max(top, math.Abs(float64(v)))
	}
	if top == 0 {
		return
	}
	gain := float32(peak / top)
	for i := range samples {
		samples[i] *= gain
	}
}

// seedOf mixes what names a trial into a seed, so that a trial is the same in
// every suite that has it.
func seedOf(base uint64, scenario string, kind corpus.Kind, preset string, snr float64, over int) uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d/%s/%s/%s/%g/%d", base, scenario, kind, preset, snr, over)
	return h.Sum64()
}
