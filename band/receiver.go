package band

import (
	"time"

	"rtty/dsp"
	"rtty/hf"
)

// The receiver's audio filter, Hz.
const (
	lowestAudio  = 300.0
	highestAudio = 2900.0
)

// mutedGain is what is left of the audio while the transmitter is keyed: not
// digital silence, which would look like a broken sound card.
const mutedGain = 1e-3

// A receiver turns what is on the air into audio: its own noise and the band's
// static, the audio filter, muting while keyed, the sample rate of the source.
type receiver struct {
	air [stepSamples]float64 // to be filled with the next step

	channel  *hf.Channel
	resample *dsp.Resampler // nil: the source has airRate
	gain     float64
	in, out  []float32
}

func newReceiver(rate int, seed uint64) (*receiver, error) {
	channel, err := hf.NewChannel(hf.Config{
		Rate: airRate, Seed: seed, SignalPower: noisePower,
		Noise: &hf.Noise{SNR: 0},
		Impulses: []hf.Impulses{
			{PerSecond: 0.15, Length: 60 * time.Millisecond, LevelDB: 10, SpreadDB: 5, Decaying: true},
		},
		Passband: hf.Passband{Low: lowestAudio, High: highestAudio},
		Clip:     &hf.Clip{OverDB: 40}, // 1 dB below full scale
	})
	if err != nil {
		return nil, err
	}
	r := &receiver{channel: channel, gain: 1, in: make([]float32, stepSamples)}
	r.channel.Process(nil, make([]float32, channel.Latency()))
	if rate != airRate {
		r.resample, err = dsp.NewResampler(airRate, float64(rate))
	}
	return r, err
}

// hear appends the audio of the step in air.
func (r *receiver) hear(dst []float32, keyed bool) []float32 {
	for i, x := range r.air {
		r.in[i] = float32(x)
	}
	r.out = r.channel.Process(r.out[:0], r.in)
	r.mute(keyed)
	if r.resample == nil {
		return append(dst, r.out...)
	}
	return r.resample.Process(dst, r.out)
}

// mute fades the audio out or in within a step.
func (r *receiver) mute(keyed bool) {
	target := 1.0
	if keyed {
		target = mutedGain
	}
	for i := range r.out {
		r.gain += (target - r.gain) * float64(i) / stepSamples
		r.out[i] *= float32(r.gain)
	}
}
