package band

import (
	"fmt"

	"rtty/rig"
)

// The transceiver's frequency range, Hz.
const (
	lowestDial  = 1.8e6
	highestDial = 30e6
)

// dial is how the transceiver is set.
type dial struct {
	frequency float64 // Hz
	kind      rig.Kind
	keyed     bool
}

// audio is where a radio frequency is heard, Hz; negative on the wrong side of
// the carrier.
func (d dial) audio(radio float64) float64 {
	if d.kind == rig.LSB {
		return d.frequency - radio
	}
	return radio - d.frequency
}

// radio is the radio frequency of an audio frequency.
func (d dial) radio(audio float64) float64 {
	if d.kind == rig.LSB {
		return d.frequency - audio
	}
	return d.frequency + audio
}

// hears tells whether a signal with that centre can reach into the audio
// filter. The widest one reaches 300 Hz to either side, so one that is kept is
// folded neither at zero nor at half the rate into what the filter passes.
func (d dial) hears(center float64) bool {
	at := d.audio(center)
	return at > 0 && at < highestAudio+400
}

// A Rig is the transceiver of a Band: a dial from 1.8 to 30 MHz, lower and
// upper sideband, and a key. It transmits where it receives. Unlike other links
// it may be used from several goroutines.
type Rig struct{ band *Band }

// The transceiver has what the real ones have.
var (
	_ rig.Link          = Rig{}
	_ rig.PTTReader     = Rig{}
	_ rig.Tuner         = Rig{}
	_ rig.TransmitTuner = Rig{}
	_ rig.Moder         = Rig{}
)

// Rig is the transceiver. Its Close unkeys.
func (b *Band) Rig() Rig { return Rig{b} }

// SetPTT implements rig.Link.
func (r Rig) SetPTT(on bool) error {
	r.band.mu.Lock()
	defer r.band.mu.Unlock()
	r.band.dial.keyed = on
	return nil
}

// Close implements rig.Link.
func (r Rig) Close() error { return r.SetPTT(false) }

// PTT implements rig.PTTReader.
func (r Rig) PTT() (bool, error) { return r.state().keyed, nil }

// Frequency implements rig.Tuner.
func (r Rig) Frequency() (float64, error) { return r.state().frequency, nil }

// SetFrequency implements rig.Tuner. The dial turns in steps of 1 Hz.
func (r Rig) SetFrequency(hz float64) error {
	if !(hz >= lowestDial && hz <= highestDial) {
		return fmt.Errorf("the simulated transceiver can't be tuned to %g Hz, only from 1.8 to 30 MHz", hz)
	}
	r.band.mu.Lock()
	defer r.band.mu.Unlock()
	r.band.dial.frequency = hz
	return nil
}

// TransmitFrequency implements rig.TransmitTuner.
func (r Rig) TransmitFrequency() (float64, error) { return r.Frequency() }

// Mode implements rig.Moder.
func (r Rig) Mode() (rig.Mode, error) {
	kind := r.state().kind
	name := "USB"
	if kind == rig.LSB {
		name = "LSB"
	}
	return rig.Mode{Kind: kind, Name: name, Filter: highestAudio - lowestAudio}, nil
}

// SetMode implements rig.Moder.
func (r Rig) SetMode(m rig.Mode) error {
	if m.Kind != rig.USB && m.Kind != rig.LSB {
		return fmt.Errorf("the simulated transceiver has no mode %s, only USB and LSB", m.Name)
	}
	r.band.mu.Lock()
	defer r.band.mu.Unlock()
	r.band.dial.kind = m.Kind
	return nil
}

func (r Rig) state() dial {
	r.band.mu.Lock()
	defer r.band.mu.Unlock()
	return r.band.dial
}
