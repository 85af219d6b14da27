package bench

import (
	"context"
	"strings"

	"rtty/baudot"
	"rtty/bench/score"
	"rtty/modem"
)

// A Decoder is what a benchmark compares. Decode may be called from several
// goroutines at once.
type Decoder interface {
	Name() string
	// Decode reads the recording's text. With an error goes what it read
	// before it failed.
	Decode(ctx context.Context, rec Recording) (Copy, error)
}

// A Copy is what a decoder made of a recording.
type Copy struct {
	Text  string       // what it printed
	Chars []modem.Char // the same code by code with probabilities, nil if the decoder does not tell
}

// printed are the characters that print, with their probabilities.
func (c Copy) printed() []score.Printed {
	var printed []score.Printed
	for _, ch := range c.Chars {
		if ch.Rune != 0 {
			printed = append(printed, score.Printed{Rune: ch.Rune, P: ch.P})
		}
	}
	return printed
}

// codes are the received codes without the idle at both ends, which is not
// scored: nobody minds a diddle more or less.
func (c Copy) codes() []baudot.Code {
	codes := make([]baudot.Code, len(c.Chars))
	for i, ch := range c.Chars {
		codes[i] = ch.Code
	}
	return withoutIdle(codes)
}

func withoutIdle(codes []baudot.Code) []baudot.Code {
	idle := func(c baudot.Code) bool { return c == baudot.LTRS || c == baudot.Blank }
	for len(codes) > 0 && idle(codes[0]) {
		codes = codes[1:]
	}
	for len(codes) > 0 && idle(codes[len(codes)-1]) {
		codes = codes[:len(codes)-1]
	}
	return codes
}

// Ours is the receiver of package modem, streaming.
type Ours struct {
	Label  string               // name in reports, "rtty" if empty
	Config modem.ReceiverConfig // Rate is that of the recording
}

// Name implements Decoder.
func (o Ours) Name() string {
	if o.Label != "" {
		return o.Label
	}
	return "rtty"
}

// streamBlock is how many samples the receiver gets at a time, as from a sound card.
const streamBlock = 1024

// Decode implements Decoder.
func (o Ours) Decode(ctx context.Context, rec Recording) (Copy, error) {
	config := o.Config
	config.Rate = rec.Rate
	receiver, err := modem.NewReceiver(rec.Signal, config)
	if err != nil {
		return Copy{}, err
	}
	c := Copy{Chars: []modem.Char{}}
	for at := 0; at < len(rec.Samples); at += streamBlock {
		if err := ctx.Err(); err != nil {
			return c.read(), err
		}
		block := rec.Samples[at:min(at+streamBlock, len(rec.Samples))]
		c.Chars = append(c.Chars, receiver.Process(block).Final...)
	}
	c.Chars = append(c.Chars, receiver.Flush().Final...)
	return c.read(), nil
}

// read fills in the text that the characters print.
func (c Copy) read() Copy {
	var text strings.Builder
	for _, p := range c.printed() {
		text.WriteRune(p.Rune)
	}
	c.Text = text.String()
	return c
}
