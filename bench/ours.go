package bench

import (
	"context"
	"fmt"

	"rtty/modem"
)

// Ours is the receiver of package modem, told the nominal tones: streaming, or as
// it reads files.
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

// About implements Described.
func (o Ours) About(context.Context) string {
	if o.Config.LookAhead {
		return "our receiver, looking ahead as in files" + settings(o.Config)
	}
	return "our receiver, streaming" + settings(o.Config)
}

// Decode implements Decoder.
func (o Ours) Decode(ctx context.Context, rec Recording) (Copy, error) {
	config := o.Config
	config.Rate = rec.Rate
	receiver, err := modem.NewReceiver(rec.Signal, config)
	if err != nil {
		return Copy{}, err
	}
	return listen(ctx, receiver, rec)
}

// Auto is the receiver of package modem that finds the signal by itself. It is
// told nothing but what Known says.
type Auto struct {
	Label  string // name in reports, "rtty auto" if empty
	Known  modem.Partial
	Config modem.ReceiverConfig // Rate is that of the recording
}

// Name implements Decoder.
func (a Auto) Name() string {
	if a.Label != "" {
		return a.Label
	}
	return "rtty auto"
}

// About implements Described.
func (a Auto) About(context.Context) string {
	return "our receiver, finding the signal by itself" + settings(a.Config)
}

// Decode implements Decoder.
func (a Auto) Decode(ctx context.Context, rec Recording) (Copy, error) {
	config := a.Config
	config.Rate = rec.Rate
	receiver, err := modem.NewAutoReceiver(a.Known, config)
	if err != nil {
		return Copy{}, err
	}
	return listen(ctx, receiver, rec)
}

// settings tells how a receiver differs from its zero configuration.
func settings(c modem.ReceiverConfig) string {
	text := ", AFC off"
	if c.AFC {
		text = ", AFC on"
	}
	if c.Prior == nil {
		text += ", no prior"
	} else {
		text += ", text prior"
	}
	switch {
	case c.Squelch == 0:
		return text + ", squelch automatic"
	case c.Squelch < 0:
		return text + ", squelch off"
	}
	return text + fmt.Sprintf(", squelch %g", c.Squelch)
}

// A receiver is what both kinds have in common.
type receiver interface {
	Process(samples []float32) modem.Update
	Flush() modem.Update
}

// streamBlock is how many samples a receiver gets at a time, as from a sound card.
const streamBlock = 1024

// listen lets a receiver hear a recording.
func listen(ctx context.Context, r receiver, rec Recording) (Copy, error) {
	c := Copy{Chars: []modem.Char{}}
	for at := 0; at < len(rec.Samples); at += streamBlock {
		if err := ctx.Err(); err != nil {
			return c.read(), err
		}
		block := rec.Samples[at:min(at+streamBlock, len(rec.Samples))]
		c.Chars = append(c.Chars, r.Process(block).Final...)
	}
	c.Chars = append(c.Chars, r.Flush().Final...)
	return c.read(), nil
}

// Names of the Variants of our receiver.
const (
	NoPrior   = "no prior"
	NoSquelch = "no squelch"
	Searching = "auto"
	AsFile    = "file"
)

// Variants are our receiver with one thing different each, for cells that ask
// for them (Cell.Variants): what the prior is worth, what the squelch costs,
// what not knowing the signal does, and what a file gains that can be looked
// ahead in.
func Variants(config modem.ReceiverConfig) []Decoder {
	plain, open, file := config, config, config
	plain.Prior = nil
	open.Squelch = modem.SquelchOff
	file.LookAhead = true
	return []Decoder{
		Ours{Label: NoPrior, Config: plain},
		Ours{Label: NoSquelch, Config: open},
		Auto{Label: Searching, Config: config},
		Ours{Label: AsFile, Config: file},
	}
}
