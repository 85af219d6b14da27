package bench

import (
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"

	"rtty/baudot"
	"rtty/modem"
)

// A Keying is how a sender gets from one tone to the other. What the phase does
// there decides how much a receiver can know beforehand.
type Keying uint8

const (
	// Ideal switches one oscillator: the phase goes on where it was. This is a
	// frequency-keyed VFO or a good AFSK program, without any filter.
	Ideal Keying = iota
	// Linear and Constant are the waveforms of our own transmitter.
	Linear
	Constant
	// FreeOscillators switches between two oscillators that run on unheard, so
	// each tone comes back in step with itself only.
	FreeOscillators
	// RandomPhase starts each tone anywhere.
	RandomPhase
)

func (k Keying) String() string {
	names := [...]string{"ideal", "linear", "constant", "free oscillators", "random phase"}
	if int(k) < len(names) {
		return names[k]
	}
	return fmt.Sprintf("Keying(%d)", uint8(k))
}

// A Sender is how a station sends. Its zero value is a machine that switches
// one oscillator and keeps the signal's times exactly.
type Sender struct {
	Keying    Keying
	BaudError float64 // 0.02 is two per cent fast
	StopBits  float64 // length of the stop element in units, if not that of the signal
	Typist    Typist  // with other keyings than Linear and Constant
}

// A Typist pauses at mark after some characters, as one does who types by hand.
type Typist struct {
	Chance float64 // that a pause follows a character
	Mean   float64 // of the pauses, which are exponentially distributed, seconds
}

// An idle is what is sent around a text.
type idle struct {
	before  float64 // mark, seconds
	diddles int     // LTRS after that
	after   float64 // mark, seconds
}

// longIdle lets receivers find the signal, and need not hurry at its end.
func longIdle(rng *rand.Rand) idle {
	return idle{before: 0.6 * (1 + rng.Float64()), diddles: 6, after: 0.8}
}

// key makes the samples of codes with idle around them; Linear and Constant have
// their own idle. A steady tone has the power 1/2, as a sine of amplitude 1.
func (s Sender) key(sig modem.Signal, rate int, idle idle, codes []baudot.Code, rng *rand.Rand) ([]float32, error) {
	sig.Baud *= 1 + s.BaudError
	if s.StopBits > 0 {
		sig.StopBits = s.StopBits
	}
	if s.Keying == Linear || s.Keying == Constant {
		if s.Typist.Chance > 0 {
			return nil, fmt.Errorf("keying %v does not pause for a typist", s.Keying)
		}
		return transmit(sig, rate, idle.diddles, codes, s.Keying)
	}
	if err := sig.Validate(rate); err != nil {
		return nil, err
	}
	k := switcher{keying: s.Keying, tones: [2]float64{sig.Space, sig.Mark}, rate: float64(rate), rng: rng}
	for i := range k.phases {
		k.phases[i] = rng.Float64()
	}
	k.tone(true, idle.before)
	for range idle.diddles {
		k.char(sig, baudot.LTRS, 0)
	}
	for _, c := range codes {
		k.char(sig, c, s.Typist.pause(rng))
	}
	k.tone(true, idle.after)
	return k.out, nil
}

func (t Typist) pause(rng *rand.Rand) float64 {
	if rng.Float64() >= t.Chance {
		return 0
	}
	return t.Mean * rng.ExpFloat64()
}

// A switcher switches tones without any shaping, at exact times between samples.
type switcher struct {
	keying Keying
	tones  [2]float64 // space, mark: Hz
	rate   float64
	rng    *rand.Rand

	out    []float32
	now    float64    // seconds
	last   int        // tone that was on
	phases [2]float64 // turns: at time 0, or for Ideal [0] at the time now
}

// char sends start, data units and the stop element, and rests for pause seconds.
func (k *switcher) char(sig modem.Signal, c baudot.Code, pause float64) {
	unit := 1 / sig.Baud
	k.tone(false, unit)
	for bit := range 5 {
		k.tone(c>>bit&1 == 1, unit)
	}
	k.tone(true, unit*sig.StopBits+pause)
}

// tone sends mark or space for some seconds.
func (k *switcher) tone(mark bool, seconds float64) {
	which := 0
	if mark {
		which = 1
	}
	freq, end := k.tones[which], k.now+seconds
	var phase, since float64
	switch k.keying {
	case Ideal:
		phase, since = k.phases[0], k.now
		_, k.phases[0] = math.Modf(phase + freq*seconds)
	case RandomPhase:
		if which != k.last {
			k.phases[which] = k.rng.Float64()
		}
		phase = k.phases[which]
	default:
		phase = k.phases[which]
	}
	for i := len(k.out); float64(i) < end*k.rate; i++ {
		_, turns := math.Modf(phase + freq*(float64(i)/k.rate-since))
		k.out = append(k.out, float32(math.Sin(2*math.Pi*turns)))
	}
	k.now, k.last = end, which
}

// transmit sends by our own transmitter, at the level of the others.
func transmit(sig modem.Signal, rate, diddles int, codes []baudot.Code, k Keying) ([]float32, error) {
	waveform := modem.Linear
	if k == Constant {
		waveform = modem.Constant
	}
	tx, err := modem.NewTransmitter(sig, modem.TransmitterConfig{Rate: rate, Waveform: waveform, Preamble: diddles})
	if err != nil {
		return nil, err
	}
	feed := modem.CodeFeed(codes)
	tx.Start(&feed)
	full := float32(math.Pow(10, -modem.DefaultLevel/20))
	var out []float32
	block := make([]float32, 4096)
	for {
		n, err := tx.Read(block)
		for _, v := range block[:n] {
			out = append(out, v*full)
		}
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
	}
}
