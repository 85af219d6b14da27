package hf

import (
	"fmt"
	"math"

	"rtty/dsp"
)

// Limits of a Config.
const (
	MinRate       = 6000   // samples per second
	MaxRate       = 192000 // samples per second
	MaxClockError = 10000  // parts per million
)

// A Config says what is wrong with a channel. With nothing but Rate set nothing
// is, and the samples pass unchanged.
type Config struct {
	Rate int    // samples per second, 6000 to 192000
	Seed uint64 // of all that is random; the same seed gives the same samples

	// SignalPower is the mean square of the wanted signal while it is keyed,
	// before the channel: KeyedPower measures it, and a constant-envelope signal
	// of amplitude a has a²/2. Needed for all that has a level relative to it:
	// noise, carriers, interferers, AGC and clipping.
	SignalPower float64

	// What happens to the wanted signal on its way.
	ClockError float64 // sender's sample clock fast by so many parts per million: all comes sooner and higher
	Offset     float64 // Hz that the signal is too high, at first
	Drift      float64 // Hz by which that grows every minute
	Fading     Fading

	// What else is on the frequency.
	Noise       *Noise
	Impulses    []Impulses // need Noise, which their level refers to
	Carriers    []Carrier
	Interferers []Interferer

	// What the receiver does, in this order.
	Passband Passband
	AGC      *AGC
	Clip     *Clip
}

// Validate names the first part of c that is out of bounds.
func (c Config) Validate() error {
	rate := float64(c.Rate)
	switch {
	case c.Rate < MinRate || c.Rate > MaxRate:
		return fmt.Errorf("%d samples per second: must be %d to %d", c.Rate, MinRate, MaxRate)
	case !(c.SignalPower >= 0) || math.IsInf(c.SignalPower, 0):
		return fmt.Errorf("signal power %g: must be a mean square, 0 or above", c.SignalPower)
	case c.SignalPower == 0 && c.needsSignalPower():
		return fmt.Errorf("signal power 0: noise, carriers, interferers, agc and clipping are relative to it")
	case !(math.Abs(c.ClockError) <= MaxClockError):
		return fmt.Errorf("clock error %g ppm: must be within %d", c.ClockError, MaxClockError)
	case !(math.Abs(c.Offset) <= rate/4):
		return fmt.Errorf("frequency offset %g Hz: must be within %g at %d samples per second", c.Offset, rate/4, c.Rate)
	case !(math.Abs(c.Drift) <= rate/4):
		return fmt.Errorf("frequency drift %g Hz/min: must be within %g at %d samples per second", c.Drift, rate/4, c.Rate)
	case len(c.Impulses) > 0 && c.Noise == nil:
		return fmt.Errorf("impulses without noise: their level is relative to it")
	case c.Noise != nil && !(math.Abs(c.Noise.SNR) <= 200):
		return fmt.Errorf("snr %g dB: must be within 200", c.Noise.SNR)
	}
	return c.validateParts()
}

func (c Config) needsSignalPower() bool {
	return c.Noise != nil || len(c.Carriers) > 0 || len(c.Interferers) > 0 || c.AGC != nil || c.Clip != nil
}

func (c Config) validateParts() error {
	errs := []error{c.Fading.Validate(), c.Passband.Validate(c.Rate)}
	if c.Noise != nil && c.Noise.ClassA != nil {
		errs = append(errs, c.Noise.ClassA.Validate())
	}
	for _, b := range c.Impulses {
		errs = append(errs, b.Validate())
	}
	for _, v := range c.Carriers {
		errs = append(errs, v.Validate(c.Rate))
	}
	for _, v := range c.Interferers {
		errs = append(errs, v.Validate(c.Rate))
	}
	if c.AGC != nil {
		errs = append(errs, c.AGC.Validate())
	}
	if c.Clip != nil {
		errs = append(errs, c.Clip.Validate())
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// A maker adds its part to the samples that the receiver hears, a block at the
// most at a time.
type maker interface {
	add(dst []float64)
}

// A Channel is a Config at work on one stream of samples. It is not safe for
// concurrent use.
//
// The delay of its filters is taken out: the sample that comes out first stands
// for the first that went in, and Process and Flush together give as many as
// were taken (with a clock error the number that its own clock counts in the
// same time). What a second path would deliver after the end is lost.
type Channel struct {
	clock   *dsp.Resampler // nil: no clock error
	path    *propagation
	makers  []maker
	filter  *audioFilter // nil: no passband
	agc     *gainControl // nil: none
	ceiling float64      // of the amplitude
	mean    float64      // power

	resampled []float32
	mix       []float64
	skipPath  int   // samples by which path still lags
	skipAudio int   // samples by which filter still lags
	entered   int64 // samples that went into path
	left      int64 // samples that came out at the end
}

// NewChannel makes a channel; the error names what is wrong with c. Sources of
// interferers are read as the samples come, and a little ahead.
func NewChannel(c Config) (*Channel, error) {
	if err := c.Validate(); err != nil {
		return nil, fmt.Errorf("hf channel: %w", err)
	}
	rate := float64(c.Rate)
	ch := &Channel{
		path:    newPropagation(newFader(c.Fading, rate, c.Seed, fadingStream, 0), rate, c.Offset, c.Drift),
		ceiling: math.Inf(1),
		mix:     make([]float64, blockSize),
	}
	if c.ClockError != 0 {
		clock, err := dsp.NewResampler(rate, rate/(1+c.ClockError*1e-6))
		if err != nil {
			return nil, fmt.Errorf("hf channel: clock error of %g ppm: %w", c.ClockError, err)
		}
		ch.clock = clock
		ch.resampled = make([]float32, 0, max(clock.MaxOutput(blockSize), clock.Latency()*2))
	}
	if c.Passband != (Passband{}) {
		ch.filter = newAudioFilter(c.Passband, rate)
		ch.skipAudio = ch.filter.latency()
	}
	ch.skipPath = ch.path.latency()
	ch.addMakers(c)
	ch.setReceiver(c)
	return ch, nil
}

// addMakers sets up all that is heard beside the wanted signal, and the mean
// power of everything.
func (ch *Channel) addMakers(c Config) {
	rate := float64(c.Rate)
	narrow, white := c.SignalPower, 0.0 // power within the passband, and spread evenly
	for i, v := range c.Carriers {
		power := c.SignalPower * powerRatio(v.LevelDB)
		narrow += power
		ch.makers = append(ch.makers, newCarrierMaker(v, power, rate, c.Seed, uint64(i)))
	}
	for i, v := range c.Interferers {
		power := c.SignalPower * powerRatio(v.LevelDB)
		narrow += power
		ch.makers = append(ch.makers, newInterfererMaker(v, power, rate, c.Seed, uint64(i)))
	}
	if c.Noise != nil {
		variance := noiseVariance(c.SignalPower, c.Noise.SNR, rate)
		white += variance
		ch.makers = append(ch.makers, newNoiseMaker(*c.Noise, variance, rate, c.Seed))
		for i, b := range c.Impulses {
			m := newImpulseMaker(b, variance, rate, c.Seed, uint64(i))
			white += m.meanVariance()
			ch.makers = append(ch.makers, m)
		}
	}
	if ch.filter != nil {
		white *= ch.filter.noiseGain()
	}
	ch.mean = narrow + white
}

// setReceiver sets up what follows the filter.
func (ch *Channel) setReceiver(c Config) {
	rms := math.Sqrt(ch.mean)
	if c.AGC != nil {
		ch.agc = newGainControl(*c.AGC, math.Sqrt(2*c.SignalPower), float64(c.Rate))
		rms = math.Sqrt(c.SignalPower)
	}
	if c.Clip != nil {
		ch.ceiling = rms * math.Sqrt(powerRatio(c.Clip.OverDB))
	}
}

// MeanPower is the mean square to expect of the output while the signal and all
// interferers are keyed, before AGC and clipping and with all signals inside the
// passband. Scale by it what goes into a file of integers: noise at a low SNR
// exceeds full scale.
func (ch *Channel) MeanPower() float64 { return ch.mean }

// Latency is how many samples Process holds back until Flush.
func (ch *Channel) Latency() int {
	n := ch.path.latency()
	if ch.filter != nil {
		n += ch.filter.latency()
	}
	if ch.clock != nil {
		n += ch.clock.Latency()
	}
	return n
}

// Process appends to dst what the receiver hears of src. The way the stream is
// cut into blocks makes no difference to the samples.
func (ch *Channel) Process(dst, src []float32) []float32 {
	for len(src) > 0 {
		block := src[:min(len(src), blockSize)]
		src = src[len(block):]
		if ch.clock != nil {
			ch.resampled = ch.clock.Process(ch.resampled[:0], block)
			block = ch.resampled
		}
		dst = ch.receive(dst, block)
	}
	return dst
}

// Flush ends the stream and appends what was held back. Nothing may follow.
func (ch *Channel) Flush(dst []float32) []float32 {
	if ch.clock != nil {
		ch.resampled = ch.clock.Flush(ch.resampled[:0])
		dst = ch.receive(dst, ch.resampled)
	}
	whole := ch.entered
	var silence [blockSize]float32
	for ch.left < whole {
		dst = ch.receive(dst, silence[:])
	}
	extra := int(ch.left - whole)
	ch.left = whole
	return dst[:len(dst)-extra]
}

// receive takes samples at the receiver's clock, a block and a little more at
// the most.
func (ch *Channel) receive(dst, src []float32) []float32 {
	for len(src) > 0 {
		n := min(len(src), blockSize)
		ch.entered += int64(n)
		mix := ch.mix[:n]
		ch.path.process(mix, src[:n])
		src = src[n:]
		dst = ch.hear(dst, skip(mix, &ch.skipPath))
	}
	return dst
}

// hear appends the wanted signal with all that covers it, as the receiver
// gives it out.
func (ch *Channel) hear(dst []float32, mix []float64) []float32 {
	for _, m := range ch.makers {
		m.add(mix)
	}
	if ch.filter != nil {
		ch.filter.process(mix)
		mix = skip(mix, &ch.skipAudio)
	}
	if ch.agc != nil {
		ch.agc.process(mix)
	}
	for _, x := range mix {
		dst = append(dst, float32(min(max(x, -ch.ceiling), ch.ceiling)))
	}
	ch.left += int64(len(mix))
	return dst
}

// skip passes over as many of the samples as remain to be skipped.
func skip(samples []float64, remaining *int) []float64 {
	n := min(len(samples), *remaining)
	*remaining -= n
	return samples[n:]
}
