package doctor

import (
	"context"
	"errors"
	"fmt"
	"time"

	"rtty/rig"
	"rtty/rig/dial"
)

const answering = 10 * time.Second // for a rig to be reached and read

// rig reads the transceiver, and tries its key if that is asked for.
func (c *Checkup) rig(ctx context.Context, r reporter) {
	switch kind := rig.Interface(c.Config.Rig.Kind); {
	case kind == rig.None:
		r.say(Note, "no rig is configured, so that frequency and mode are not known: set rig.kind to one that tells, such as rigctld")
		c.polarity(rig.State{}, reporter{"polarity", r.tell})
		return
	case !kind.Keys():
		r.say(Note, "the transmitter keys itself by VOX, so that its frequency and mode are not known and nothing but silence can let go of it")
		c.polarity(rig.State{}, reporter{"polarity", r.tell})
		return
	}
	link, err := c.Rig()
	if err != nil {
		r.say(Fault, "%v; correct the section [rig] of the configuration", err)
		return
	}
	defer link.Close()
	state, ok := c.look(ctx, link, r)
	if !ok {
		return
	}
	c.polarity(state, reporter{"polarity", r.tell})
	c.readPTT(link, r)
	if c.Ask != nil {
		c.tryKey(ctx, link, reporter{"ptt", r.tell})
	}
}

// look reads frequency and mode.
func (c *Checkup) look(ctx context.Context, link Rig, r reporter) (rig.State, bool) {
	ctx, cancel := context.WithTimeout(ctx, answering)
	defer cancel()
	state, err := link.Look(ctx)
	if errors.Is(err, context.Canceled) {
		return state, false
	}
	if err != nil {
		r.say(Fault, "%s does not answer: %v; see that it is on, and that its cable and the section [rig] of the configuration are right", c.Config.Rig.Kind, err)
		return state, false
	}
	switch {
	case state.Frequency == 0 && state.Mode.Kind == rig.Unknown:
		r.say(Note, "%s is there, but tells neither frequency nor mode: nothing keeps a transmission inside the band, and the log has no frequencies", c.Config.Rig.Kind)
	case state.Frequency == 0:
		r.say(Note, "the rig is in %s, but does not tell its frequency: nothing keeps a transmission inside the band, and the log has no frequencies", state.Mode.Name)
	case state.Mode.Kind == rig.Unknown:
		r.say(Note, "the rig is on %.3f kHz, but does not tell its mode, so that receive.sideband has to be right", state.Frequency/1000)
	default:
		r.say(OK, "the rig is on %.3f kHz in %s", state.Frequency/1000, state.Mode.Name)
	}
	return state, true
}

// polarity tells whether mark and space are the right way round, and what else
// speaks against the mode.
func (c *Checkup) polarity(state rig.State, r reporter) {
	signal, preset := c.signal(state.Mode)
	tones := dial.Tones{Mark: signal.Mark, Space: signal.Space}
	display, err := dial.For(state.Mode, c.Config.Rig.OffsetHz, 0)
	switch warning := display.PolarityWarning(tones); {
	case state.Mode.Kind == rig.Unknown:
		sideband := c.Config.Receive.Sideband
		if sideband == "" {
			sideband = preset.Sideband.String()
		}
		r.say(Note, "the tones are right for a receiver on %s, mark %.0f and space %.0f Hz: set it so, or receive.sideband to what it is on, or all copy is garbage", sideband, signal.Mark, signal.Space)
	case err != nil:
		r.say(Warning, "%v", err)
	case warning != "" && preset.MarkHigh:
		r.say(Warning, "%s", warning)
	default:
		r.say(OK, "the tones are right for %s: mark %.0f, space %.0f Hz", state.Mode.Name, signal.Mark, signal.Space)
	}
	if err != nil {
		return
	}
	warnings, err := c.Radio.Check(state.Mode, state.Frequency, signal)
	if err != nil {
		r.say(Warning, "nothing can be transmitted as the rig is set: %v", err)
	}
	for _, w := range warnings {
		r.say(Note, "%s", w)
	}
}

// readPTT unkeys, which is never wrong, and sees whether the rig reports it.
func (c *Checkup) readPTT(link Rig, r reporter) {
	switch err := link.Unkey("the station is looked over"); {
	case err != nil:
		r.say(Fault, "the transmitter may be keyed: %v; switch it off if it is", err)
	case link.State().Confirmed:
		r.say(OK, "the rig reports that it is not keyed")
	default:
		r.say(Note, "the rig can't be asked whether it is keyed, so that a key that sticks is not noticed: watch its transmit lamp")
	}
}

// How long the key is held to try it, and after what time the guard lets go
// whatever happens.
const (
	holding = 500 * time.Millisecond
	longest = 2 * time.Second
)

// tryKey keys for a moment, if the operator says yes.
func (c *Checkup) tryKey(ctx context.Context, link Rig, r reporter) {
	if err := c.MayKey(ctx, link); err != nil {
		r.say(Note, "the key was not tried: %v", err)
		return
	}
	question := fmt.Sprintf("The transmitter will be keyed for half a second, without sound. Connect a dummy load. Key it through %s?", c.Config.Rig.Kind)
	if !c.Ask(question) {
		r.say(Note, "the key was not tried, since the answer was not yes")
		return
	}
	began := time.Now()
	err := link.Key(ctx, longest)
	keying := time.Since(began)
	confirmed := link.State().Confirmed
	began = time.Now()
	var cut error
	if err == nil {
		cut = link.Hold(ctx, holding)
	}
	held := time.Since(began)
	began = time.Now()
	unkey := link.Unkey("the key was tried")
	letting := time.Since(began)
	switch {
	case unkey != nil:
		r.say(Fault, "the transmitter may still be keyed: %v; switch it off now", unkey)
	case ctx.Err() != nil:
		r.say(Note, "the trial of the key was interrupted, and the transmitter let go")
	case err != nil:
		r.say(Fault, "the transmitter can't be keyed: %v", err)
	case cut != nil:
		r.say(Fault, "the transmitter was let go after %d ms though it was to be held for %d: %v", held.Milliseconds(), holding.Milliseconds(), cut)
	case confirmed:
		r.say(OK, "the rig keys, and reports it %d ms after the command; it lets go, and reports that after %d ms", keying.Milliseconds(), letting.Milliseconds())
	default:
		r.say(Note, "the command to key was given within %d ms and taken back within %d, but the rig can't be asked whether it followed: its transmit lamp should have been lit for half a second", keying.Milliseconds(), letting.Milliseconds())
	}
}

// MayKey holds a trial of the key to the rules of every transmission; the rig has
// been looked at before. Of the Checkup it needs Config and Radio.
func (c *Checkup) MayKey(ctx context.Context, link Rig) error {
	if why := c.silence(); why != "" {
		return errors.New(why)
	}
	hz, err := link.ReadTransmitFrequency(ctx)
	if err != nil && !errors.Is(err, rig.ErrUnsupported) {
		return fmt.Errorf("asking where the rig would transmit: %w", err)
	}
	mode := link.State().Mode
	signal, _ := c.signal(mode)
	_, err = c.Radio.Check(mode, hz, signal)
	return err
}
