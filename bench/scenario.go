package bench

import (
	"fmt"
	"math"
	"strings"
	"time"

	"rtty/hf"
	"rtty/modem"
)

// A Scenario is how a transmission comes to be hard to read: who sends, over
// which channel, through what interference. The SNR is not part of it; curves
// are drawn over that.
//
// Besides what it lists, every transmission is off tune by up to 5 Hz to either
// side, at random, and begins with idle of a random length.
type Scenario struct {
	Name  string
	About string // one line for a list

	Sender Sender
	Offset float64     // Hz by which the signal is too high
	Drift  float64     // Hz by which that grows every minute
	Overs  *ShortOvers // nil: one long over
	Silent bool        // nobody sends: what is printed, is printed of noise
	Fading hf.Fading

	ClassA     *hf.ClassA // impulses of that kind on top of the noise; nil: none
	Impulses   []hf.Impulses
	Carriers   []Carrier
	Neighbours []Neighbour
	AGC        *hf.AGC

	Theory Theory // what to compare with
}

// A Carrier is a steady tone among the interference.
type Carrier struct {
	FromMark float64 // Hz above the mark tone as it should be
	LevelDB  float64 // over the wanted signal
}

// A Neighbour is another teleprinter that sends random groups without any
// filter, so that its key clicks are heard beside it.
type Neighbour struct {
	Offset  float64 // of its centre from ours, Hz
	LevelDB float64 // over the wanted signal
}

// Scenarios lists all that have a name here, the plain ones first. SNRs that
// make sense differ a great deal from one to the next.
func Scenarios() []Scenario {
	acquisition := ShortOvers{Shortest: 15, Longest: 40, Idle: 1, Offset: 30, LevelDB: 10, Pause: 2}
	bursts := hf.Impulses{PerSecond: 10, Length: 2 * time.Millisecond, LevelDB: 30}
	return append(channels(), []Scenario{
		{Name: "clean", About: "white noise, weak enough for nothing to be lost", Theory: TheoryAWGN},
		{Name: "linear", About: "our transmitter, filtered waveform", Sender: Sender{Keying: Linear}, Theory: TheoryAWGN},
		{Name: "constant", About: "our transmitter, constant envelope", Sender: Sender{Keying: Constant}, Theory: TheoryAWGN},
		{Name: "free-oscillators", About: "a sender that switches between two oscillators", Sender: Sender{Keying: FreeOscillators}, Theory: TheoryAWGN},
		{Name: "random-phase", About: "a sender that starts every tone anew", Sender: Sender{Keying: RandomPhase}, Theory: TheoryAWGN},
		{Name: "one-stop", About: "stop element of one unit, not told", Sender: Sender{StopBits: 1}, Theory: TheoryAWGN},
		{Name: "two-stop", About: "stop element of two units, not told", Sender: Sender{StopBits: 2}, Theory: TheoryAWGN},
		{Name: "fast", About: "2 % too fast", Sender: Sender{BaudError: 0.02}, Theory: TheoryAWGN},
		{Name: "slow", About: "2 % too slow", Sender: Sender{BaudError: -0.02}, Theory: TheoryAWGN},
		{Name: "typist", About: "typed by hand, resting at mark", Sender: Sender{Typist: Typist{Chance: 0.7, Mean: 0.15}}, Theory: TheoryAWGN},
		{Name: "mistuned", About: "20 Hz too high", Offset: 20, Theory: TheoryAWGN},
		{Name: "drift", About: "drifts up 15 Hz a minute", Drift: 15, Theory: TheoryAWGN},
		{Name: "acquisition", About: "short overs after a second of diddle, each within 30 Hz and 10 dB, noise between", Overs: &acquisition},
		{Name: "noise", About: "nobody sends", Silent: true},

		neighbour(250, 20), neighbour(350, 20), neighbour(350, 30), neighbour(500, 40),
		{Name: "carrier", About: "a carrier on the mark tone, 6 dB weaker than the signal", Carriers: []Carrier{{LevelDB: -6}}},
		{Name: "bursts", About: "ten bursts of noise a second, 2 ms and 30 dB over the noise", Impulses: []hf.Impulses{bursts}},
		{Name: "bursts-agc", About: "the same through an AGC", Impulses: []hf.Impulses{bursts}, AGC: &hf.AGC{}},
		{Name: "class-a", About: "impulses of Middleton's class A on top of the noise, A = 0.1, Γ = 0.1", ClassA: &hf.ClassA{Overlap: 0.1, Ratio: 0.1}},
	}...)
}

// channels are those of package hf.
func channels() []Scenario {
	list := []Scenario{{Name: "awgn", About: "white noise, no fading", Theory: TheoryAWGN}}
	for _, p := range hf.Presets() {
		if p.Fading.Paths > 0 {
			list = append(list, Scenario{Name: p.Name, About: p.Note, Fading: p.Fading, Theory: TheoryRayleigh})
		}
	}
	return list
}

func neighbour(offset, level float64) Scenario {
	return Scenario{
		Name:       fmt.Sprintf("neighbour-%g+%g", offset, level),
		About:      fmt.Sprintf("another teleprinter %g Hz higher and %g dB stronger", offset, level),
		Neighbours: []Neighbour{{Offset: offset, LevelDB: level}},
	}
}

// ScenarioNamed finds a scenario by its name, or makes one of a channel given by
// numbers such as 2ms/1Hz. The error lists the names there are.
func ScenarioNamed(name string) (Scenario, error) {
	var names []string
	for _, s := range Scenarios() {
		if strings.EqualFold(s.Name, name) {
			return s, nil
		}
		names = append(names, s.Name)
	}
	if fading, err := hf.Preset(name); err == nil && fading.Paths > 0 {
		return Scenario{Name: fading.String(), About: "fading " + fading.String(), Fading: fading, Theory: TheoryRayleigh}, nil
	}
	return Scenario{}, fmt.Errorf("no scenario %q; there are %s, and channels such as 2ms/1Hz", name, strings.Join(names, ", "))
}

// channel is the hf channel for a signal of unit amplitude. wanted has the
// tones as they should be.
func (s Scenario) channel(wanted modem.Signal, rate int, snr float64, seed uint64) hf.Config {
	c := hf.Config{
		Rate: rate, Seed: seed, SignalPower: keyedPower,
		Drift: s.Drift, Fading: s.Fading,
		Noise: &hf.Noise{SNR: snr}, Impulses: s.Impulses,
		AGC: s.AGC,
	}
	if s.ClassA != nil {
		// An hf.Noise counts all of its power, here the SNR is that of the steady part.
		all := 1 + 1/s.ClassA.Ratio
		c.Noise = &hf.Noise{SNR: snr - 10*math.Log10(all), ClassA: s.ClassA}
	}
	for _, v := range s.Carriers {
		c.Carriers = append(c.Carriers, hf.Carrier{Frequency: wanted.Mark + v.FromMark, LevelDB: v.LevelDB})
	}
	return c
}
