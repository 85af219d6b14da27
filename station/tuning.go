package station

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"rtty/modem"
	"rtty/prior"
)

// Tune moves mark to an audio frequency, in Hz. Shift, speed and polarity stay.
func (s *Station) Tune(mark float64) error {
	return s.change(func(t *settings) error {
		t.signal = t.signal.MovedTo(t.signal.Center() + mark - t.signal.Mark)
		t.follow()
		return nil
	})
}

// SetSignal tunes to a signal of any kind. Home stays where it was.
func (s *Station) SetSignal(sig modem.Signal) error {
	return s.change(func(t *settings) error {
		if !alike(sig, t.signal) {
			t.preset = presetOf(sig, t.sideband)
		}
		t.signal = sig
		t.follow()
		return nil
	})
}

// presetOf is the name of the preset that a signal has everything of but its place;
// empty: of none.
func presetOf(sig modem.Signal, sideband modem.Sideband) string {
	for _, p := range modem.Presets() {
		if alike(sig, p.Signal(sideband)) {
			return p.Name
		}
	}
	return ""
}

// alike tells whether two signals differ in nothing but where they are.
func alike(a, b modem.Signal) bool {
	const hair = 1e-6 // Hz
	step := (a.Space - a.Mark) - (b.Space - b.Mark)
	a.Mark, a.Space, b.Mark, b.Space = 0, 0, 0, 0
	return math.Abs(step) < hair && a == b
}

// SetPreset tunes to a service's habit, on the present sideband.
func (s *Station) SetPreset(name string) error {
	preset, err := modem.PresetNamed(name)
	if err != nil {
		return err
	}
	return s.change(func(t *settings) error {
		t.preset = preset.Name
		t.home = preset.Signal(t.sideband)
		t.signal, t.transmit = t.home, t.home
		return nil
	})
}

// SetSideband says on which sideband the radio listens: on the other one, mark
// and space change places.
func (s *Station) SetSideband(sideband modem.Sideband) error {
	return s.change(func(t *settings) error {
		if t.sideband != sideband {
			t.sideband = sideband
			t.reverse()
		}
		return nil
	})
}

// Reverse swaps mark and space, in receiving and in sending.
func (s *Station) Reverse() error {
	return s.change(func(t *settings) error {
		t.preset = ""
		t.reverse()
		return nil
	})
}

// SetAFC switches following of a signal that drifts.
func (s *Station) SetAFC(on bool) {
	s.change(func(t *settings) error { t.hearing.afc = on; return nil })
}

// SetSquelch sets the least probability of a printed character, 0 for automatic,
// modem.SquelchOff for everything.
func (s *Station) SetSquelch(p float64) error {
	if p != modem.SquelchOff && !(p >= 0 && p <= 1) {
		return &WishError{"set the squelch", fmt.Sprintf("%g is no probability from 0 to 1", p)}
	}
	return s.change(func(t *settings) error { t.hearing.squelch = p; return nil })
}

// SetPrior sets what is expected of the text.
func (s *Station) SetPrior(name string) error {
	model, err := prior.Named(name)
	if err != nil {
		return err
	}
	return s.change(func(t *settings) error {
		t.prior, t.hearing.prior = name, model
		return nil
	})
}

// SetNet says whether the transmit tones follow the operator's tuning. AFC never
// moves them.
func (s *Station) SetNet(on bool) {
	s.change(func(t *settings) error {
		t.net = on
		t.follow()
		return nil
	})
}

// settings are what a wish may change.
type settings struct {
	hearing
	transmit, home modem.Signal
	preset, prior  string
	sideband       modem.Sideband
	net            bool
}

// follow moves the transmit tones to where the operator has tuned.
func (t *settings) follow() {
	if t.net {
		t.transmit = t.signal
	}
}

func (t *settings) reverse() {
	t.signal, t.transmit, t.home = t.signal.Reversed(), t.transmit.Reversed(), t.home.Reversed()
}

// change carries out a change of the settings if the modem can follow.
func (s *Station) change(do func(*settings) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.board.snapshot()
	t := settings{
		hearing: s.hearing, transmit: s.transmit, home: s.home,
		preset: now.Receive.Preset, prior: now.Receive.Prior,
		sideband: now.Receive.Sideband, net: now.Transmit.Net,
	}
	if err := do(&t); err != nil {
		return err
	}
	if err := t.signal.Validate(AudioRate); err != nil {
		return &WishError{"tune there", err.Error()}
	}
	same := t.hearing == s.hearing
	if t.signal != s.hearing.signal {
		s.search()
	}
	s.hearing, s.transmit, s.home = t.hearing, t.transmit, t.home
	s.board.set(func(snap *Snapshot) {
		r := &snap.Receive
		r.Preset, r.Prior, r.Sideband, r.Signal = t.preset, t.prior, t.sideband, t.signal
		r.AFC, r.Squelch = t.afc, t.squelch
		snap.Transmit.Signal, snap.Transmit.Net = t.transmit, t.net
	})
	if !same {
		s.receiver.Listen(t.hearing)
	}
	return nil
}

// How Auto searches.
const (
	searchTime  = 20 * time.Second // newest audio that is looked at
	searchEvery = 5 * time.Second
	searchLeast = 2 * time.Second // of audio that a look makes sense for
	searchMost  = time.Minute
)

// Auto searches the newest audio for a signal and tunes to the best one. It goes
// on for a minute, until it finds one or something is tuned by hand.
func (s *Station) Auto() error {
	ctx, cancel := context.WithTimeout(context.Background(), searchMost)
	s.mu.Lock()
	s.search()
	s.search = cancel
	s.mu.Unlock()
	s.countSearches(+1)
	s.errands.Go(func() {
		defer s.countSearches(-1)
		defer cancel()
		found, ok := s.find(ctx)
		if !ok {
			return
		}
		if err := s.SetSignal(found.Signal); err != nil {
			s.board.notice(err.Error())
			return
		}
		s.board.notice(fmt.Sprintf("found mark %.0f Hz, shift %.0f Hz, %.4g Bd, %s", found.Mark, found.Shift(), found.Baud, strings.ToUpper(found.Code.String())))
	})
	return nil
}

// countSearches shows whether anything is being searched for: a search that was
// given up may still run when the next one has begun.
func (s *Station) countSearches(more int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.searches += more
	on := s.searches > 0
	s.board.set(func(snap *Snapshot) { snap.Receive.Searching = on })
}

func (s *Station) stopSearch() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.search()
}

// find looks at the newest audio until there is a signal in it or ctx ends.
func (s *Station) find(ctx context.Context) (modem.Found, bool) {
	for {
		first, end := s.ring.Bounds()
		samples := make([]float32, min(end-first, samplesIn(searchTime)))
		n := s.ring.Read(samples, end-int64(len(samples)))
		if n >= int(samplesIn(searchLeast)) {
			found, err := modem.Identify(samples[:n], modem.IdentifyOptions{Rate: AudioRate, Max: 1})
			if err == nil && len(found) > 0 && ctx.Err() == nil {
				return found[0], true
			}
		}
		select {
		case <-ctx.Done():
			if ctx.Err() == context.DeadlineExceeded {
				s.board.notice("no radioteletype signal found")
			}
			return modem.Found{}, false
		case <-time.After(searchEvery):
		}
	}
}

// DecodePast decodes the newest kept audio again, with the present settings, as
// Past events, the newest first.
func (s *Station) DecodePast(back time.Duration) error {
	if back <= 0 {
		return &WishError{"decode the past", "it must be more than no time"}
	}
	s.mu.Lock()
	h := s.hearing
	s.mu.Unlock()
	first, end := s.ring.Bounds()
	s.receiver.archive.Decode(h, max(first, end-samplesIn(back)), end)
	return nil
}

// SetKept sets how much of the newest audio is kept.
func (s *Station) SetKept(length time.Duration) { s.ring.Resize(length) }

// Record begins or ends a recording of the audio.
func (s *Station) Record(on bool) error { return s.recorder.Switch(on) }
