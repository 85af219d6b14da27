package modem

import (
	"fmt"
	"io"
	"math"
	"time"

	"rtty/baudot"
)

// Limits and defaults of a TransmitterConfig.
const (
	MinTransmitRate = 8000   // samples per second
	MaxTransmitRate = 192000 // samples per second

	// DefaultLevel leaves the sound card and the transmitter's audio input room
	// below their stops, dBFS.
	DefaultLevel = -12.0
	MinLevel     = -60.0 // dBFS
	// MaxLevel keeps the peaks of Linear, 1 dB above its level, below full scale.
	MaxLevel = -1.5 // dBFS

	DefaultPreamble = 4    // diddles
	NoPreamble      = -1   // in the place of a number of diddles
	MaxPreamble     = 1000 // diddles
)

// The raised-cosine ramps of the amplitude. The steep one is for when somebody
// wants the transmitter off now.
const (
	endRamp  = 15 * time.Millisecond
	stopRamp = 5 * time.Millisecond
)

// A TransmitterConfig says how a Transmitter sounds. All but Rate may be left
// zero.
type TransmitterConfig struct {
	Rate     int // samples per second
	Waveform Waveform

	// Level is that of a steady tone in dBFS, where a sine of full scale has 0;
	// MinLevel to MaxLevel, and 0 stands for DefaultLevel. The keyed signal has
	// this level too, with Linear give or take its 1 dB.
	Level float64

	Diddle Diddle
	// Preamble is how many diddles go out before the first code, so that
	// receivers can tune and find the start bits: 1 to MaxPreamble, 0 for
	// DefaultPreamble, or NoPreamble. With DiddleNone it is rest of that length.
	Preamble int

	// OnChar, if set, is told of every code of the feed and the output sample,
	// counted from Start, at which its start bit begins on the air. It is called
	// from Read, before that sample is made; what the transmitter adds by itself
	// is not reported.
	OnChar func(c baudot.Code, start int64)
}

func (c TransmitterConfig) withDefaults() TransmitterConfig {
	if c.Level == 0 {
		c.Level = DefaultLevel
	}
	switch c.Preamble {
	case 0:
		c.Preamble = DefaultPreamble
	case NoPreamble:
		c.Preamble = 0
	}
	if c.OnChar == nil {
		c.OnChar = func(baudot.Code, int64) {}
	}
	return c
}

func (c TransmitterConfig) validate() error {
	switch {
	case c.Rate < MinTransmitRate || c.Rate > MaxTransmitRate:
		return fmt.Errorf("sample rate %d: must be %d to %d", c.Rate, MinTransmitRate, MaxTransmitRate)
	case c.Waveform > Constant:
		return fmt.Errorf("no waveform %v", c.Waveform)
	case !(c.Level >= MinLevel && c.Level <= MaxLevel):
		return fmt.Errorf("level %g dBFS: must be %g to %g", c.Level, MinLevel, MaxLevel)
	case c.Diddle > DiddleNone:
		return fmt.Errorf("no diddle %v", c.Diddle)
	case c.Preamble < 0 || c.Preamble > MaxPreamble:
		return fmt.Errorf("preamble of %d diddles: must be 1 to %d", c.Preamble, MaxPreamble)
	}
	return nil
}

// A Transmitter turns codes into the samples of a radioteletype signal, for a
// transmitter on single sideband or a file.
//
// A transmission is mark, a preamble of diddles, the codes of a Feed with
// diddles in its pauses, and mark again, faded in and out. Bits stand at their
// exact times at any sample rate: edges fall between samples where they must,
// and the ten thousandth is as right as the first.
//
// The filter holds the signal up by up to 50 ms at 45.45 Bd. That is made up
// for by looking ahead: the feed is asked that much before a character's start
// bit is due, and no sooner; one character sooner where FIGS must go first
// again, because an LTRS diddle came between. The first sample that Read gives
// is the first on the air.
//
// The skirts of a signal that stands close to 0 Hz or to half the sample rate
// fold back there and spoil the spectrum. Linear needs room beyond its tones of
// some two speeds in Hz, four with a wide shift; Constant needs twice that.
//
// A Transmitter is not safe for concurrent use.
type Transmitter struct {
	// configuration
	onChar func(c baudot.Code, start int64)

	// derived
	shape          pulseShape
	amplitude      float64
	samplesPerUnit float64
	rampLength     int64 // samples
	stopLength     int64 // samples
	ahead          float64

	// state
	sequence   sequence
	keyer      keyer
	shaper     *shaper
	steps      int64 // baseband samples made since Start, those before the first output negative
	branch     int   // of the next output sample
	position   int64 // of the next output sample
	fadeStart  int64
	fadeLength int64
}

// never is a sample position that no transmission reaches.
const never = math.MaxInt64 / 2

// NewTransmitter makes a transmitter that is off until Start. The error names
// the limit that sig, as a *SignalError, or cfg break.
func NewTransmitter(sig Signal, cfg TransmitterConfig) (*Transmitter, error) {
	cfg = cfg.withDefaults()
	if err := cfg.validate(); err != nil {
		return nil, fmt.Errorf("transmitter: %w", err)
	}
	if err := sig.Validate(cfg.Rate); err != nil {
		return nil, fmt.Errorf("transmitter: %w", err)
	}
	rate := float64(cfg.Rate)
	shape := cfg.Waveform.shape(sig, cfg.Rate)
	t := &Transmitter{
		onChar:         cfg.OnChar,
		shape:          shape,
		amplitude:      math.Pow(10, cfg.Level/20),
		samplesPerUnit: rate / sig.Baud,
		rampLength:     int64(math.Ceil(endRamp.Seconds() * rate)),
		stopLength:     int64(math.Ceil(stopRamp.Seconds() * rate)),
		ahead:          shape.glide/2 + shape.delay()*float64(shape.upsampling)*sig.Baud/rate,
		keyer:          newKeyer(sig, shape.glide),
		shaper:         newShaper(shape, sig.Center()/rate),
	}
	t.sequence.charUnits = 6 + sig.StopBits
	t.sequence.script = script{diddle: cfg.Diddle, preamble: cfg.Preamble, usos: sig.USOS}
	return t, nil
}

// Start begins a transmission of what feed gives. One that still runs is cut
// off; let Stop end it first.
func (t *Transmitter) Start(feed Feed) {
	t.sequence.begin(feed)
	t.keyer.reset()
	t.shaper.reset()
	t.position, t.branch = 0, 0
	t.fadeStart, t.fadeLength = never, t.rampLength

	// The filters begin full of steady mark; only the ramp turns it on.
	t.steps = -int64(t.shaper.span())
	for t.steps <= 0 {
		t.step()
	}
}

// Stop ends the transmission in the middle of whatever is being sent: the next
// samples fade out within 5 ms, then Read returns io.EOF. The feed is not asked
// again. Of what OnChar announced, the last character may be cut short, and any
// that was to start after the end has not been sent.
func (t *Transmitter) Stop() {
	t.sequence.script.closed = true
	if t.position < t.fadeStart {
		t.fadeStart, t.fadeLength = t.position, t.stopLength
	}
}

// Read makes the next samples. It fills dst unless the transmission ends; when
// the closing ramp has gone out completely, or nothing has been started, it
// returns io.EOF.
func (t *Transmitter) Read(dst []float32) (int, error) {
	n := 0
	for n < len(dst) && t.position < t.fadeStart+t.fadeLength {
		if t.branch == t.shape.upsampling {
			t.step()
			t.branch = 0
		}
		dst[n] = float32(t.amplitude * t.envelope() * t.shaper.output(t.branch))
		t.branch++
		t.position++
		n++
	}
	if n == 0 && len(dst) > 0 {
		return 0, io.EOF
	}
	return n, nil
}

// step makes one baseband sample, and keys on the way to it.
func (t *Transmitter) step() {
	at := t.ahead + float64(t.steps)*float64(t.shape.upsampling)/t.samplesPerUnit
	t.steps++
	for at >= t.sequence.until {
		if began, what := t.sequence.keyElement(&t.keyer); began {
			t.slotBegan(what)
		}
	}
	t.shaper.push(t.keyer.phase(at))
}

func (t *Transmitter) slotBegan(what slot) {
	switch start := t.sequence.start; what {
	case slotChar:
		t.onChar(t.sequence.code, t.sampleAt(start))
	case slotClose:
		t.fadeStart = min(t.fadeStart, t.sampleAt(start+tailUnits))
	}
}

// sampleAt is the output sample nearest to a time in units.
func (t *Transmitter) sampleAt(units float64) int64 {
	return int64(math.Round(units * t.samplesPerUnit))
}

// envelope is the ramps at both ends, 1 between them.
func (t *Transmitter) envelope() float64 {
	gain := 1.0
	if t.position < t.rampLength {
		gain = raisedCosine(t.position, t.rampLength)
	}
	if t.position >= t.fadeStart {
		gain *= 1 - raisedCosine(t.position-t.fadeStart, t.fadeLength)
	}
	return gain
}

// raisedCosine rises from 0 to 1 over length samples.
func raisedCosine(i, length int64) float64 {
	return (1 - math.Cos(math.Pi*(float64(i)+0.5)/float64(length))) / 2
}
