package station

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"rtty/baudot"
	"rtty/modem"
	"rtty/rig"
	"rtty/rig/bandplan"
	"rtty/rig/dial"
	"rtty/rig/guard"
)

// Radio says how what is on the air follows from what is in the audio.
type Radio struct {
	Kind     string // what the rig is called in the configuration
	Method   dial.Method
	Keying   dial.Keying
	Offset   float64         // of the dial, Hz
	Region   bandplan.Region // 0: band edges are not known
	Override bool            // transmit outside the bands nevertheless
}

// What a Transceiver may be able to do besides keying.
type (
	tuner interface {
		SetFrequency(ctx context.Context, hz float64) error
	}
	transmitReader interface {
		ReadTransmitFrequency(ctx context.Context) (hz float64, err error)
	}
	looker interface {
		Look(ctx context.Context) (rig.State, error)
	}
	eventful interface {
		Events() <-chan guard.Event
	}
)

const askTime = 2 * time.Second // for an answer of the rig

// radio is what stands between the tones and the frequencies on the air.
type radio struct {
	Radio
	board *board
	key   Transceiver

	mu     sync.Mutex
	warned string // warnings that were said last
	letGo  string // why the guard let go of the key last
}

// MarkHz is the radio frequency of a tone, 0 when it is not known.
func (r *radio) MarkHz(state rig.State, tone float64) float64 {
	display, err := dial.For(state.Mode, r.Offset, 0)
	if err != nil || state.Frequency == 0 {
		return 0
	}
	return display.Radio(state.Frequency, tone)
}

// Check tells whether a signal may go out in a mode with the transmit dial at hz.
// What is not known, a zero, is not held to anything. The warnings are no reason
// not to transmit.
func (r Radio) Check(mode rig.Mode, hz float64, sig modem.Signal) (warnings []string, err error) {
	if err := dial.CheckMethod(mode, r.Method); err != nil {
		return nil, err
	}
	display, err := dial.For(mode, r.Offset, 0)
	if hz == 0 || err != nil {
		return nil, nil
	}
	tones := dial.Tones{Mark: sig.Mark, Space: sig.Space}
	warnings = dial.ToneWarnings(mode, tones)
	if sig.Code == baudot.USTTY { // who sends ITA2 may mean it
		warnings = append(warnings, nonEmpty(display.PolarityWarning(tones))...)
	}
	if r.Region == 0 {
		return warnings, nil
	}
	low, high := display.Sent(hz, tones, sig.Baud, r.Keying).Edges()
	verdict := bandplan.Check(r.Region, low, high)
	if verdict.Refusal != "" && !r.Override {
		return nil, errors.New(verdict.Refusal)
	}
	return append(warnings, verdict.Warnings...), nil
}

// Permit tells whether a signal may go out where the rig would transmit now.
func (r *radio) Permit(ctx context.Context, sig modem.Signal) error {
	r.noteLetGo("")
	mode, err := r.mode(ctx)
	if err != nil {
		return err
	}
	if err := dial.CheckMethod(mode, r.Method); err != nil {
		return err
	}
	hz, err := r.transmitDial(ctx)
	if err != nil {
		return err
	}
	warnings, err := r.Check(mode, hz, sig)
	if err == nil {
		r.warn(warnings)
	}
	return err
}

// mode is what the mode switch shows now: what was read a while ago may have been
// turned since, and just after the start nothing has been read yet.
func (r *radio) mode(ctx context.Context) (rig.Mode, error) {
	l, ok := r.key.(looker)
	if !ok {
		return r.key.State().Mode, nil
	}
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	state, err := l.Look(ctx)
	if err != nil {
		return rig.Mode{}, fmt.Errorf("asking the rig for its mode: %w", err)
	}
	return state.Mode, nil
}

func nonEmpty(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

// transmitDial is where the rig would transmit, 0 when it can't tell.
func (r *radio) transmitDial(ctx context.Context) (float64, error) {
	reader, ok := r.key.(transmitReader)
	if !ok || r.key.State().Frequency == 0 {
		return 0, nil
	}
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	hz, err := reader.ReadTransmitFrequency(ctx)
	if err != nil {
		return 0, fmt.Errorf("asking where the rig would transmit: %w", err)
	}
	return hz, nil
}

// warn says warnings, each set of them once.
func (r *radio) warn(warnings []string) {
	text := strings.Join(warnings, "; ")
	r.mu.Lock()
	fresh := text != r.warned
	r.warned = text
	r.mu.Unlock()
	if fresh && text != "" {
		r.board.notice(text)
	}
}

// Follow passes on what the guard of the transmitter reports, until ctx ends.
func (r *radio) Follow(ctx context.Context) {
	source, ok := r.key.(eventful)
	if !ok {
		return
	}
	for {
		select {
		case <-ctx.Done():
			return
		case e, ok := <-source.Events():
			if !ok {
				return
			}
			r.report(e)
		}
	}
}

func (r *radio) report(e guard.Event) {
	alarm := func(text string) {
		r.board.set(func(s *Snapshot) { s.Rig.Alarm = text })
		if text != "" {
			r.board.post(Event{Kind: Alarm, At: e.At, Text: text})
		}
	}
	switch e.Kind {
	case guard.Doubt:
		alarm("the rig may still be keyed: " + e.Reason)
	case guard.GuardLost:
		alarm("the guard of the transmitter is lost: " + e.Reason)
	case guard.LinkLost:
		r.board.notice("the rig does not answer: " + e.Reason)
	case guard.LinkBack:
		r.board.notice("the rig answers again")
	case guard.KeyUp:
		r.noteLetGo(e.Reason)
		alarm("")
	case guard.GuardBack:
		alarm("")
	}
}

func (r *radio) noteLetGo(why string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.letGo = why
}

// WhyLetGo tells why the guard let go of the key in this over; empty when it has
// not said so, or not yet.
func (r *radio) WhyLetGo() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.letGo
}

// Home moves the dial so that the tuned signal comes to lie on the preset's
// tones, and tunes there.
func (s *Station) Home() error {
	set, ok := s.key.(tuner)
	state := s.key.State()
	display, err := dial.For(state.Mode, s.radio.Offset, 0)
	if !ok || state.Frequency == 0 || err != nil {
		return &WishError{"move the dial", "the rig's frequency and mode are not known"}
	}
	snap := s.board.snapshot()
	if snap.Origin == File {
		return &WishError{"move the dial", "a recording is listened to, which the rig has nothing to do with"}
	}
	heard := snap.Receive.Signal
	if snap.Receive.Found {
		heard = snap.Receive.Tracked
	}
	s.mu.Lock()
	home := s.home
	s.mu.Unlock()
	target := state.Frequency + display.Move(heard.Mark, home.Mark)
	s.errands.Go(func() {
		ctx, cancel := context.WithTimeout(context.Background(), askTime)
		defer cancel()
		if err := set.SetFrequency(ctx, target); err != nil {
			s.board.notice("moving the dial: " + err.Error())
			return
		}
		s.Tune(home.Mark)
	})
	return nil
}

// followSideband keeps the order of the tones right when the rig's mode switch
// is turned, until ctx ends.
func (s *Station) followSideband(ctx context.Context) {
	tick := time.NewTicker(statusTime)
	defer tick.Stop()
	last := rig.Unknown
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		kind := s.key.State().Mode.Kind
		if kind == last {
			continue
		}
		last = kind
		switch kind {
		case rig.USB:
			s.SetSideband(modem.USB)
		case rig.LSB, rig.RTTY:
			s.SetSideband(modem.LSB)
		case rig.RTTYR:
			s.SetSideband(modem.USB)
		}
	}
}
