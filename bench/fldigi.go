package bench

import (
	"context"
	"fmt"

	"rtty/bench/fldigi"
	"rtty/modem"
)

// Fldigi is the program fldigi, run live (see package fldigi), with its squelch
// off and its AFC on, at the speed and shift of the signal. What it prints of
// ITA2 is read by that table, which it does not know.
//
// It is started with the first recording and again whenever the signal
// changes; Close ends it.
type Fldigi struct {
	seats chan *fldigiSeat
}

// A fldigiSeat is room for one fldigi.
type fldigiSeat struct {
	program *fldigi.Program // nil: none runs
	signal  modem.Signal    // that it is set up for
}

// mostFldigis is how many run at a time. Each takes a processor and 400 MB.
const mostFldigis = 2

// NewFldigi makes the decoder. Whether there is a fldigi is told by its package.
func NewFldigi() *Fldigi {
	f := &Fldigi{seats: make(chan *fldigiSeat, mostFldigis)}
	for range mostFldigis {
		f.seats <- &fldigiSeat{}
	}
	return f
}

// Name implements Decoder.
func (f *Fldigi) Name() string { return "fldigi" }

// About implements Described.
func (f *Fldigi) About(ctx context.Context) string {
	return fldigi.Version(ctx) + ", run live, squelch off, AFC on"
}

// Decode implements Decoder.
func (f *Fldigi) Decode(ctx context.Context, rec Recording) (Copy, error) {
	if rec.Rate != fldigi.Rate {
		return Copy{}, fmt.Errorf("fldigi takes %d samples per second, not %d", fldigi.Rate, rec.Rate)
	}
	var seat *fldigiSeat
	select {
	case seat = <-f.seats:
	case <-ctx.Done():
		return Copy{}, ctx.Err()
	}
	defer func() { f.seats <- seat }()
	text, err := seat.read(ctx, rec)
	if err != nil && ctx.Err() == nil {
		text, err = seat.read(ctx, rec) // a new one: the fault may be the machine's, not its
	}
	return Copy{Text: text}, err
}

func (s *fldigiSeat) read(ctx context.Context, rec Recording) (string, error) {
	if s.program != nil && s.signal != rec.Signal {
		s.leave()
	}
	if s.program == nil {
		program, err := fldigi.Start(ctx, rec.Signal)
		if err != nil {
			return "", err
		}
		s.program, s.signal = program, rec.Signal
	}
	text, err := s.program.Read(ctx, rec.Samples)
	if err != nil {
		s.leave()
	}
	return text, err
}

// leave ends the program.
func (s *fldigiSeat) leave() {
	if s.program != nil {
		s.program.Close()
		s.program = nil
	}
}

// Close ends what runs. The decoder can be used again.
func (f *Fldigi) Close() error {
	for range cap(f.seats) {
		seat := <-f.seats
		seat.leave()
		defer func() { f.seats <- seat }()
	}
	return nil
}
