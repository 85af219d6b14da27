package fldigi

import (
	"context"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"rtty/baudot"
)

// Silence around what is played, in blocks of 64 ms.
const (
	silenceBefore = 8
	silenceAfter  = 16
)

// Read plays a recording at Rate and returns what fldigi prints of it. Each
// recording is read by a fresh modem, tuned to the signal of the Program.
//
// An error leaves the Program in an unknown state: all that should be done with
// it then is to close it.
func (p *Program) Read(ctx context.Context, samples []float32) (string, error) {
	if err := p.during(ctx, p.renew); err != nil {
		return "", err
	}
	program := slices.Concat(
		make([]int16, silenceBefore*block), quantized(samples),
		make([]int16, silenceAfter*block), p.mark, make([]int16, silenceAfter*block),
	)
	if err := p.play(ctx, program); err != nil {
		return "", errors.Join(p.ended(), err)
	}
	text, err := p.untilMark(ctx)
	return inTable(text, p.signal.Code), err
}

// renew gives fldigi a modem that remembers nothing, tuned as it should be, and
// an empty pane.
func (p *Program) renew(ctx context.Context) error {
	for _, modem := range []string{another, teleprinter} {
		if err := p.choose(ctx, modem); err != nil {
			return err
		}
	}
	if err := p.adjust(ctx); err != nil {
		return err
	}
	carrier := int(math.Round(p.signal.Center()))
	if _, err := p.control.Text(ctx, "modem.set_carrier", carrier); err != nil {
		return err
	}
	if _, err := p.control.Text(ctx, "text.clear_rx"); err != nil {
		return err
	}
	return until(ctx, func() (bool, error) {
		tuned, err := p.control.Text(ctx, "modem.get_carrier")
		if err != nil {
			return false, err
		}
		length, err := p.control.Text(ctx, "text.get_rx_length")
		return tuned == strconv.Itoa(carrier) && length == "0", err
	})
}

// adjust lets fldigi print whatever it hears and follow a signal that is beside
// its tones, which is its best.
func (p *Program) adjust(ctx context.Context) error {
	switches := []struct {
		name string
		on   bool
	}{{"squelch", false}, {"afc", true}, {"reverse", p.signal.Mark < p.signal.Space}}
	for _, s := range switches {
		if err := p.flip(ctx, s.name, s.on); err != nil {
			return err
		}
	}
	return nil
}

// during does something while silence is played: without samples fldigi stands
// still, and does not do what it is told.
func (p *Program) during(ctx context.Context, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, startPatience)
	defer cancel()
	silent, stop := context.WithCancel(ctx)
	stopped := make(chan error)
	go func() {
		silence := make([]int16, block)
		for silent.Err() == nil {
			if err := p.air.write(ctx, silence); err != nil {
				stopped <- err
				return
			}
			_ = pause(silent, 5*time.Millisecond)
		}
		stopped <- nil
	}()
	err := do(ctx)
	stop()
	return errors.Join(err, <-stopped, p.ended())
}

// untilMark waits for the mark and returns the text before it.
func (p *Program) untilMark(ctx context.Context) (string, error) {
	const patience = 100 // times that nothing happens
	last := -1
	for quiet := 0; quiet < patience; quiet++ {
		text, err := p.text(ctx)
		if err != nil {
			return "", errors.Join(p.ended(), err)
		}
		if before, _, found := strings.Cut(text, markWord); found {
			return before, nil
		}
		if len(text) != last || p.busy() {
			quiet, last = 0, len(text)
		}
		if err := pause(ctx, 30*time.Millisecond); err != nil {
			return "", err
		}
	}
	return "", errors.New("fldigi did not read the mark behind the recording")
}

// text is all that stands in the receive pane.
func (p *Program) text(ctx context.Context) (string, error) {
	length, err := p.control.Text(ctx, "text.get_rx_length")
	if err != nil {
		return "", err
	}
	n, err := strconv.Atoi(length)
	if err != nil || n <= 0 {
		return "", err
	}
	return p.control.Text(ctx, "text.get_rx", 0, n)
}

// inTable is text that fldigi printed by the only table it knows, as another
// table would have it.
func inTable(text string, table baudot.Table) string {
	return strings.Map(func(r rune) rune {
		code, shift, ok := baudot.USTTY.Lookup(r)
		if !ok {
			return r
		}
		if other := table.Rune(code, shift); other != 0 {
			return other
		}
		return r
	}, text)
}
