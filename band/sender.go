package band

import (
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"strings"

	"rtty/baudot"
	"rtty/dsp"
	"rtty/hf"
	"rtty/modem"
)

// Levels. All are relative to the noise of the receiver, in 2500 Hz.
const (
	noisePower = 4e-5 // mean square: 44 dB below full scale
	localLevel = -12  // dBFS of a sender before its path
)

// localCenter is the audio frequency at which senders are made, and localLow the
// lowest that one reaches down to. The further that is from zero, the shorter
// the filter is that makes the analytic signal of it.
const (
	localCenter = 1500.0
	localLow    = 900.0
)

// A manner is how a station sends, and how well it is heard.
type manner struct {
	snr    float64 // dB in 2500 Hz, mean over the fades
	fading hf.Fading
	off    float64 // Hz by which it is off the frequency it means to be on

	stopBits float64 // 0: as usual
	constant bool    // waveform of constant envelope
	typist   bool    // types by hand, without diddles
	weather  bool    // 50 Bd, 450 Hz, mark low, ITA2
	carrier  bool    // a steady tone
}

// signal is what is sent in the sender's own audio, on the upper sideband.
func (m manner) signal() modem.Signal {
	s := preset("ham")
	if m.weather {
		s = preset("dwd")
	}
	s = s.MovedTo(localCenter)
	if m.stopBits != 0 {
		s.StopBits = m.stopBits
	}
	return s
}

// preset is the signal of a service on the upper sideband.
func preset(name string) modem.Signal {
	p, err := modem.PresetNamed(name)
	if err != nil {
		panic(err)
	}
	return p.Signal(modem.USB)
}

// A transmission makes the samples of an over; it ends with io.EOF.
type transmission interface {
	Read(dst []float32) (int, error)
}

// A sender is one transmitter and its way through the ionosphere to the
// receiver.
type sender struct {
	// configuration
	manner manner
	signal modem.Signal // local
	base   float64      // radio frequency of the local audio's zero, Hz
	typist *typist      // nil: a machine

	// derived
	gain float64

	// state
	transmitter *modem.Transmitter
	over        transmission // nil: not keyed
	tail        int          // samples of the last over that are still under way
	path        *hf.Channel
	analytic    *dsp.Analytic
	turn        *dsp.Oscillator
	local       []float32
	received    []float32
	re, im      []float64
}

// newSender puts a sender with its centre on a radio frequency.
func newSender(m manner, center float64, seed uint64) (*sender, error) {
	path, err := hf.NewChannel(hf.Config{Rate: airRate, Seed: seed, Fading: m.fading})
	if err != nil {
		return nil, err
	}
	s := &sender{
		manner: m, signal: m.signal(), base: center + m.off - localCenter,
		gain:     math.Sqrt(2*noisePower*math.Pow(10, m.snr/10)) / math.Pow(10, localLevel/20.0),
		path:     path,
		analytic: dsp.NewAnalytic(localLow/airRate, 60),
		turn:     dsp.NewOscillator(0),
		local:    make([]float32, stepSamples),
	}
	s.path.Process(nil, make([]float32, path.Latency())) // from here on as many samples come out as go in
	if m.carrier {
		s.over = &tone{oscillator: dsp.NewOscillator(localCenter / airRate)}
		return s, nil
	}
	config := modem.TransmitterConfig{Rate: airRate, Level: localLevel}
	if m.constant {
		config.Waveform = modem.Constant
	}
	if m.typist {
		s.typist = &typist{chance: rand.New(rand.NewPCG(seed, 1))}
		config.Diddle = modem.DiddleNone
	}
	s.transmitter, err = modem.NewTransmitter(s.signal, config)
	return s, err
}

// markHz is the radio frequency of mark.
func (s *sender) markHz() float64 { return s.base + s.signal.Mark }

// crowds tells whether two senders would disturb each other.
func (s *sender) crowds(other *sender) bool {
	distance := math.Abs(s.base - other.base)
	return distance < (s.signal.Shift()+other.signal.Shift())/2+elbowRoom
}

// tune moves the sender, which must not be busy, so that mark is on a radio
// frequency.
func (s *sender) tune(mark float64) { s.base = mark - s.signal.Mark }

// send begins an over.
func (s *sender) send(text string) {
	encoder := &baudot.Encoder{Table: s.signal.Code, USOS: s.signal.USOS}
	var feed modem.Feed = modem.NewTextFeed(strings.NewReader(text), encoder)
	if s.typist != nil {
		s.typist.begin(feed)
		feed = s.typist
	}
	s.transmitter.Start(feed)
	s.over = s.transmitter
	s.tail = s.path.Latency() + s.analytic.Delay()
}

// busy tells whether an over goes on.
func (s *sender) busy() bool { return s.over != nil || s.tail > 0 }

// add adds the next step of what is heard of the sender.
func (s *sender) add(air []float64, dial dial) {
	if !s.busy() {
		return
	}
	s.key()
	if !dial.hears(s.base + localCenter) {
		return
	}
	s.received = s.path.Process(s.received[:0], s.local)
	s.re, s.im = s.analytic.Process(s.re[:0], s.im[:0], s.received)
	// On the lower sideband the audio is the mirror image, whose real part is
	// the same.
	s.turn.SetFrequency((s.base - dial.frequency) / airRate)
	for i := range air {
		p := s.turn.Next()
		air[i] += s.gain * (s.re[i]*real(p) - s.im[i]*imag(p))
	}
}

// key makes the next step of local audio.
func (s *sender) key() {
	n := 0
	for s.over != nil && n < len(s.local) {
		got, err := s.over.Read(s.local[n:])
		n += got
		if errors.Is(err, io.EOF) {
			s.over = nil
		}
	}
	clear(s.local[n:])
	if s.over == nil {
		s.tail -= len(s.local) - n
	}
}

// tone is a carrier.
type tone struct{ oscillator *dsp.Oscillator }

func (t *tone) Read(dst []float32) (int, error) {
	amplitude := math.Pow(10, localLevel/20.0)
	for i := range dst {
		dst[i] = float32(amplitude * real(t.oscillator.Next()))
	}
	return len(dst), nil
}
