package band

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sync"
	"time"

	"rtty/hf"
	"rtty/rig"
)

// The limits of Config.Rate, and what stands for zero.
const (
	MinRate     = 8000 // samples per second
	MaxRate     = 192000
	DefaultRate = 48000
)

// Dial is where the transceiver's dial stands at first, Hz, on the lower
// sideband.
const Dial = 14090000.0

// airRate is the rate at which stations are made and heard: the receiver's
// audio ends at 2900 Hz.
const airRate = 8000

// The band goes on in steps of 10 ms. The transceiver's knobs and key, and what
// is sent, take effect at the next step.
const (
	stepsPerSecond = 100
	stepSamples    = airRate / stepsPerSecond
)

// Config says how a Band is to be. The zero value is a band of 48 kHz that runs
// as fast as it is read.
type Config struct {
	Seed     uint64    // of all that is random
	Rate     int       // samples per second of source and sink, MinRate to MaxRate
	Start    time.Time // of the first sample; zero means now
	RealTime bool      // the source gives no sample before its time
}

// A Band is the simulated band with its transceiver. Source, sink and
// transceiver may each be used from a goroutine of its own.
type Band struct {
	// configuration
	rate     int
	start    time.Time // UTC
	realTime bool
	opened   time.Time // when real time began, with the monotonic clock

	source *source
	sink   *sink

	mu       sync.Mutex // of all that follows
	dial     dial
	receiver *receiver
	senders  []*sender
	spots    []*spot
	visitors visitors
	ear      *ear
	steps    int64     // that have been made
	missed   int64     // that were lost
	played   []float32 // what the operator's sound card has just played

	closed chan struct{}
	close  func()

	onAir func(from *sender, text string) // told of every over, if set
}

// New makes a band; the error says which rate can't be.
func New(c Config) (*Band, error) {
	if c.Rate == 0 {
		c.Rate = DefaultRate
	}
	if c.Rate < MinRate || c.Rate > MaxRate {
		return nil, fmt.Errorf("simulated band: %d samples per second: must be %d to %d", c.Rate, MinRate, MaxRate)
	}
	now := time.Now()
	if c.Start.IsZero() {
		c.Start = now
	}
	receiver, err := newReceiver(c.Rate, c.Seed)
	if err != nil {
		return nil, fmt.Errorf("simulated band: %w", err)
	}
	b := &Band{
		rate: c.Rate, start: c.Start.UTC(), realTime: c.RealTime, opened: now,
		dial:     dial{frequency: Dial, kind: rig.LSB},
		receiver: receiver,
		closed:   make(chan struct{}),
	}
	b.close = sync.OnceFunc(func() { close(b.closed) })
	b.source, b.sink = &source{band: b}, newSink(b)
	b.played = make([]float32, c.Rate/stepsPerSecond+1)
	b.ear, err = newEar(c.Rate, c.Seed)
	if err != nil {
		return nil, fmt.Errorf("simulated band: %w", err)
	}
	if err := b.populate(c.Seed); err != nil {
		return nil, fmt.Errorf("simulated band: %w", err)
	}
	return b, nil
}

// Close ends the source, and whatever waits for the band.
func (b *Band) Close() error {
	b.close()
	return nil
}

// now is the time on the band.
func (b *Band) now() time.Time { return b.start.Add(sinceStart(b.steps + b.missed)) }

// sinceStart is the time that so many steps take.
func sinceStart(steps int64) time.Duration {
	return time.Duration(steps) * (time.Second / stepsPerSecond)
}

// steps are how many steps a time takes.
func steps(d time.Duration) int64 { return int64(d * stepsPerSecond / time.Second) }

// step makes the next 10 ms of the band and appends what the receiver gives out.
func (b *Band) step(dst []float32) []float32 {
	for _, s := range b.spots {
		s.step(b.steps)
	}
	air := b.receiver.air[:]
	clear(air)
	for _, s := range b.senders {
		s.add(air, b.dial)
	}
	b.listen()
	dst = b.receiver.hear(dst, b.dial.keyed)
	b.steps++
	return dst
}

// listen plays what the operator's sound card has to play, and brings an over
// that has ended to those who can hear it.
func (b *Band) listen() {
	played := b.played[:b.samplesOf(b.steps)]
	b.sink.play(played)
	over, ended := b.ear.listen(b.steps, played, b.dial)
	if !ended {
		return
	}
	if b.heard(over, true) || b.heard(over, false) {
		return
	}
	if m := understand(over.since(0)); m.cq || over.upside {
		b.visitors.answer(over, m, b.steps)
	}
}

// heard brings an over to those on its frequency who are in conversation with
// the operator, or to those who are not, and tells whether anybody answers.
func (b *Band) heard(over overHeard, talking bool) bool {
	answered := false
	for _, s := range b.spots {
		if (s.talk != nil) == talking && math.Abs(s.mark()-over.mark) <= ownFrequency {
			answered = s.hear(over, b.steps) || answered
		}
	}
	return answered
}

// samplesOf is how many samples of source and sink a step has.
func (b *Band) samplesOf(step int64) int {
	rate := int64(b.rate)
	return int((step+1)*rate/stepsPerSecond - step*rate/stepsPerSecond)
}

// chance makes a generator of its own for one part of the band, so that none
// changes what the others do.
func chance(seed uint64, part string) *rand.Rand {
	h := uint64(14695981039346656037) // FNV-1a
	for i := range len(part) {
		h = (h ^ uint64(part[i])) * 1099511628211
	}
	return rand.New(rand.NewPCG(seed, h))
}

// A place is a frequency of the band and who is there.
type place struct {
	name    string
	center  float64 // audio frequency with the dial as it is at first, Hz
	manners []manner
	author  func(p part) author // nil: nobody who could be written for
}

// places deals the operators out.
func (b *Band) places(deal func(n int) []ham) []place {
	good, moderate, poor := fading("good"), fading("moderate"), fading("poor")
	pair := func(p part) author { return newContacts(p, deal(4)) }
	alone := func(p part) author { return newCaller(p, deal(1)) }
	return []place{
		{"carrier", 400, []manner{{snr: 12, fading: hf.Fading{Paths: 1, Spread: 0.05}, carrier: true}}, nil},
		{"typist", 640, []manner{{snr: 18, fading: good, typist: true}, {snr: 20, fading: moderate, off: -6}}, pair},
		{"weather", 1500, []manner{{snr: 15, fading: good, weather: true}}, func(p part) author { return newWeather(p, b.now) }},
		{"caller", 2210, []manner{{snr: 22, fading: good}}, alone},
		{"two stop units", 2630, []manner{{snr: 20, fading: good, stopBits: 2}, {snr: 14, fading: moderate, off: 9}}, pair},
		{"above", -1400, []manner{{snr: 16, fading: poor}, {snr: 9, fading: good, off: 4}}, pair},
		{"below", 4700, []manner{{snr: 24, fading: moderate, constant: true}}, alone},
	}
}

// populate puts everybody on the band.
func (b *Band) populate(seed uint64) error {
	everybody := hams()
	chance(seed, "hams").Shuffle(len(everybody), func(i, j int) { everybody[i], everybody[j] = everybody[j], everybody[i] })
	deal := func(n int) []ham {
		hand := everybody[:n]
		everybody = everybody[n:]
		return hand
	}
	for _, at := range b.places(deal) {
		p, err := b.settle(at, seed)
		if err != nil {
			return err
		}
		if at.author != nil {
			b.spots = append(b.spots, &spot{band: b, author: at.author(p), part: p})
		}
	}
	travelling := place{"visitors", 0, []manner{{snr: 21, fading: fading("good")}, {snr: 18, fading: fading("moderate")}, {snr: 24, fading: fading("good")}}, nil}
	p, err := b.settle(travelling, seed)
	if err != nil {
		return err
	}
	b.visitors = visitors{spot: &spot{band: b, part: p}, hams: everybody, chance: chance(seed, "tuning")}
	b.spots = append(b.spots, b.visitors.spot)
	return nil
}

// settle makes the senders of a place.
func (b *Band) settle(at place, seed uint64) (part, error) {
	p := part{chance: chance(seed, at.name)}
	for i, m := range at.manners {
		s, err := newSender(m, Dial-at.center, chance(seed, fmt.Sprint(at.name, i)).Uint64())
		if err != nil {
			return part{}, err
		}
		p.senders = append(p.senders, s)
		b.senders = append(b.senders, s)
	}
	return p, nil
}

// fading is one of the named channels of package hf.
func fading(name string) hf.Fading {
	f, err := hf.Preset(name)
	if err != nil {
		panic(err)
	}
	return f
}
