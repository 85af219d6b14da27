package station

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"rtty/audio"
	"rtty/modem"
	"rtty/prior"
)

// Config is what an operating position is made of. Only Input has to be given.
type Config struct {
	Operator Operator
	Origin   Origin
	Clock    func() time.Time // nil: time.Now

	// The receiving side.
	Input    audio.Source
	Kept     time.Duration // audio that is kept; 0: 30 min
	Preset   string        // empty: the first of modem.Presets, or a Signal
	Sideband *modem.Sideband
	Signal   *modem.Signal // in the place of the preset's
	USOS     bool          // the Signal's USOS is certain
	AFC      bool
	Squelch  float64 // as modem.ReceiverConfig has it
	Prior    string  // empty: auto
	Tape     func() (Tape, error)
	Log      Log // nil: nothing is kept

	// The transmitting side. Without an Exciter the position only receives.
	Exciter     Exciter
	Transceiver Transceiver // nil: nothing is keyed but by the sound
	Enabled     bool        // transmitting is enabled
	Net         bool        // transmit where the operator tunes
	FullDuplex  bool        // receive while sending
	Sequence    Sequence
	Limits      Limits
	Ident       Identification
	Radio       Radio
	Messages    Messages

	// Devices tells the state of the sound devices; nil: nothing to tell.
	Devices func() (input, output Device)
}

// A Station is an operating position. Its methods may be called from any
// goroutine and return at once.
type Station struct {
	board    *board
	ring     *ring
	queue    *queue
	receiver *receiving
	sender   *sending
	recorder *recorder
	keeper   *keeper // nil: nothing is kept
	messages *messages
	radio    *radio
	key      Transceiver
	devices  func() (input, output Device)

	mu       sync.Mutex // of the settings
	hearing  hearing
	transmit modem.Signal
	home     modem.Signal       // the preset's
	search   context.CancelFunc // ends the one that was begun last
	searches int                // that run
	errands  sync.WaitGroup     // that were begun by a wish
}

func (c Config) withDefaults() Config {
	if c.Clock == nil {
		c.Clock = time.Now
	}
	if c.Kept <= 0 {
		c.Kept = 30 * time.Minute
	}
	if c.Ident.Every <= 0 || c.Ident.Every > identEvery {
		c.Ident.Every = identEvery
	}
	if c.Transceiver == nil {
		c.Transceiver = &voice{clock: c.Clock}
	}
	if c.Devices == nil {
		c.Devices = func() (input, output Device) { return Device{}, Device{} }
	}
	c.Operator.Call = strings.ToUpper(c.Operator.Call)
	if c.Prior == "" {
		c.Prior = "auto"
	}
	return c
}

// New makes an operating position that is dead until Run.
func New(c Config) (*Station, error) {
	c = c.withDefaults()
	preset, sideband, signal, err := tuningOf(c)
	if err != nil {
		return nil, err
	}
	model, err := prior.Named(c.Prior)
	if err != nil {
		return nil, err
	}
	s := &Station{
		board: newBoard(c.Clock), ring: newRing(c.Kept), queue: new(queue),
		key: c.Transceiver, devices: c.Devices,
		hearing:  hearing{signal: signal, usos: c.USOS, afc: c.AFC, squelch: c.Squelch, prior: model},
		transmit: signal, home: signal, search: func() {},
	}
	s.recorder = &recorder{board: s.board, open: c.Tape}
	if err := c.Ident.CW.check(c.Exciter, signal); err != nil {
		return nil, err
	}
	if s.receiver, err = newReceiving(c.Input, s.board, s.ring, s.recorder, c.Origin == Live, s.hearing); err != nil {
		return nil, err
	}
	if c.Log != nil {
		s.keeper = &keeper{station: s, log: c.Log}
	}
	s.receiver.own.Store(&c.Operator.Call)
	s.messages = &messages{Messages: c.Messages}
	s.radio = &radio{Radio: c.Radio, board: s.board, key: c.Transceiver}
	s.board.markHz = s.markHz
	s.sender = &sending{
		board: s.board, queue: s.queue, exciter: c.Exciter, key: c.Transceiver,
		sequence: c.Sequence.withDefaults(), limits: c.Limits.withDefaults(), cw: c.Ident.CW,
		mute:   func(on bool) { s.receiver.muted.Store(on && !c.FullDuplex) },
		permit: s.permit, whyLetGo: s.radio.WhyLetGo, wasSent: s.messages.wasSent,
		orders: make(chan order, 1), ident: ident{call: c.Operator.Call, every: c.Ident.Every, noFarewell: c.Ident.NoFarewell},
	}
	s.board.now = Snapshot{
		Origin: c.Origin, Operator: c.Operator,
		Receive: Receive{
			Preset: preset, Sideband: sideband, Signal: signal, Tracked: signal,
			AFC: c.AFC, Squelch: c.Squelch, Prior: c.Prior, Level: NoSound,
		},
		Transmit: Transmit{Enabled: c.Enabled, Signal: signal, Net: c.Net},
	}
	return s, nil
}

// markHz is the radio frequency of a tone, or of the tuned mark for 0. The board
// asks while it holds its lock.
func (s *Station) markHz(tone float64) float64 {
	if tone == 0 {
		tone = s.board.now.Receive.Signal.Mark
	}
	return s.radio.MarkHz(s.key.State(), tone)
}

// tuningOf is where a configuration tunes.
func tuningOf(c Config) (name string, sideband modem.Sideband, signal modem.Signal, err error) {
	preset := modem.Presets()[0]
	if c.Preset != "" {
		if preset, err = modem.PresetNamed(c.Preset); err != nil {
			return "", 0, modem.Signal{}, err
		}
	}
	name, sideband = preset.Name, preset.Sideband
	if c.Sideband != nil {
		sideband = *c.Sideband
	}
	signal = preset.Signal(sideband)
	if c.Signal != nil {
		signal = *c.Signal
		if c.Preset == "" {
			name = ""
		}
	}
	return name, sideband, signal, signal.Validate(AudioRate)
}

// Run operates until ctx ends: it receives, and sends what is asked for. A
// transmission that is on the air then is ended first. What was provisional is
// final when it returns.
func (s *Station) Run(ctx context.Context) {
	var parts sync.WaitGroup
	// Audio is read until nothing is sent any more: what plays at the pace of the
	// input, as a simulated band does, would never play the end.
	hearing, deaf := context.WithCancel(context.WithoutCancel(ctx))
	parts.Go(func() { s.receiver.run(hearing) })
	parts.Go(func() {
		defer deaf()
		s.sender.run(ctx)
	})
	parts.Go(func() { s.radio.Follow(ctx) })
	parts.Go(func() { s.followSideband(ctx) })
	parts.Go(func() { s.remind(ctx) })
	if s.keeper != nil {
		parts.Go(func() { s.keeper.run(ctx) })
	}
	parts.Wait()
	s.stopSearch()
	s.errands.Wait()
	s.receiver.archive.Stop()
	if s.keeper != nil {
		s.keeper.catchUp()
	}
	if err := s.recorder.Switch(false); err != nil {
		s.board.post(Event{Kind: Alarm, Text: "closing the recording: " + err.Error()})
	}
}

// Ended is closed when the audio has ended: a file is over, a pipe was closed.
// A sound card does not end.
func (s *Station) Ended() <-chan struct{} { return s.receiver.ended }

// Snapshot is the present state.
func (s *Station) Snapshot() *Snapshot {
	snap := s.board.snapshot()
	snap.Input, snap.Output = s.devices()
	snap.Rig.Kind, snap.Rig.State = s.radio.Kind, s.key.State()
	if snap.Origin != File {
		snap.Rig.MarkHz = s.radio.MarkHz(snap.Rig.State, snap.Receive.Signal.Mark)
	}
	snap.Transmit.Refusal = s.refusal(snap)
	snap.Transmit.Queue = s.queue.Runes()
	if snap.Transmit.Phase == Receiving {
		snap.Transmit.ID = s.sender.identState()
	}
	return snap
}

// Events gives what happened from the event of that number on. Whoever asks
// again asks from one more than the last number.
func (s *Station) Events(since int64) []Event { return s.board.events(since) }

// Rows gives the rows of the waterfall from that number on, as far as they are
// kept.
func (s *Station) Rows(since int64) []Row { return s.board.rowsSince(since) }

// Changed gives a channel that receives when there is something new to read; of
// several changes one is told. Cancel when it is no longer read.
func (s *Station) Changed() (wake <-chan struct{}, cancel func()) { return s.board.watch() }

// Notify tells the operator something that happened beside the station.
func (s *Station) Notify(text string) { s.board.notice(text) }

// Alarm tells the operator something that demands action.
func (s *Station) Alarm(text string) { s.board.post(Event{Kind: Alarm, Text: text}) }

// A WishError is a wish that can't be granted.
type WishError struct {
	Wish string // what was wanted, "transmit"
	Why  string
}

func (e *WishError) Error() string { return fmt.Sprintf("can't %s: %s", e.Wish, e.Why) }
