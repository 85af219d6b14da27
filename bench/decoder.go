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

// read fills in the text that the characters print.
func (c Copy) read() Copy {
	var text strings.Builder
	for _, p := range c.printed() {
		text.WriteRune(p.Rune)
	}
	c.Text = text.String()
	return c
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

// A Closer is a Decoder that holds something between recordings. Run closes it
// at its end; it may be used again after that.
type Closer interface {
	Close() error
}

// A Described decoder tells what it is and how it is set, in one line for a
// report.
type Described interface {
	About(ctx context.Context) string
}
