package plain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"rtty/modem"
	"rtty/station"
)

// Verbosity is how much is told besides the text.
type Verbosity uint8

const (
	Quiet   Verbosity = iota // answers, errors and alarms
	Normal                   // and notices, transmit on and off, tuning, with sounds
	Verbose                  // and calls heard; received text is labelled "RX:"
)

var verbosities = [...]string{"quiet", "normal", "verbose"}

// ParseVerbosity is the inverse of String.
func ParseVerbosity(name string) (Verbosity, error) {
	v, err := choice(name, verbosities[:]...)
	return Verbosity(v), err
}

func (v Verbosity) String() string { return verbosities[v] }

// ErrInterrupted ends Run after Interrupt while receiving.
var ErrInterrupted = errors.New("interrupted")

// ErrUndone ends Run when a script has asked for something that was not done,
// which has been told.
var ErrUndone = errors.New("not all that was asked for was done")

// How long is waited.
const (
	wordPause = 1500 * time.Millisecond // for the rest of a word: nine characters at 45 Bd
	linePause = 4 * time.Second         // for the rest of a line
	keyingMax = 10 * time.Second        // for a transmission that was asked for to begin
)

// mostHeld is how many events wait while a line is being typed: an hour's copy.
const mostHeld = 10000

// Options say what a Console works with. Station, In and Out have to be given.
type Options struct {
	Station Station
	In      io.Reader
	Out     io.Writer
	Err     io.Writer // of errors; nil: Out

	Flow      Flow
	Verbosity Verbosity
	Sounds    Sounds // nil: none
	// Terminal says that In and Out are the same terminal: then a line that is
	// being typed holds up what comes in, and Esc and the function keys work. In
	// must be an *os.File for that.
	Terminal bool
	// Ended is closed when the audio has ended; nil: it does not end.
	Ended <-chan struct{}
}

// A Console operates a station by lines of text.
type Console struct {
	// configuration
	station   Station
	in        io.Reader
	errors    io.Writer // nil: the paper
	sounds    Sounds
	verbosity Verbosity
	terminal  bool
	ended     <-chan struct{}

	// state
	paper     paper
	editor    editor
	idle      *time.Timer
	interrupt chan struct{}
	next      int64           // number of the next event
	held      []station.Event // while a line is being typed
	commanded bool            // a line has come in
	closing   bool            // the input has ended
	asking    time.Time       // of the last wish to transmit that has not begun; zero when none
	keyed     bool
	undone    bool // something that a script asked for
}

// New makes a console that does nothing until Run.
func New(o Options) *Console {
	if o.Sounds == nil {
		o.Sounds = silence{}
	}
	c := &Console{
		station: o.Station, in: o.In, errors: o.Err, sounds: o.Sounds,
		verbosity: o.Verbosity, terminal: o.Terminal, ended: o.Ended,
		paper:     paper{w: o.Out, flow: o.Flow},
		idle:      time.NewTimer(time.Hour),
		interrupt: make(chan struct{}, 1),
	}
	c.idle.Stop()
	c.editor.echo = c.paper.echo
	return c
}

// Interrupt is what Ctrl-C means: a transmission is stopped; when there is none,
// Run ends with ErrInterrupted. It returns at once.
func (c *Console) Interrupt() {
	select {
	case c.interrupt <- struct{}{}:
	default:
	}
}

// Run operates until /quit, the end of the input or of the audio, an interrupt,
// or the end of ctx. A transmission that is on the air then is stopped. The
// error is ErrInterrupted, ErrUndone, or says why nothing could be written.
//
// The end of the input ends a transmission too. On a terminal it does so at
// once, since nobody is there any more. A pipe's end is the end of what was to
// be sent: all of it is sent first. An input that ends before its first line,
// as /dev/null does, asks for nothing, and reception goes on.
func (c *Console) Run(ctx context.Context) error {
	ctx, end := context.WithCancel(ctx)
	defer end()
	wake, cancel := c.station.Changed()
	defer cancel()
	typed, restore := c.listen(ctx)
	defer restore()
	defer c.idle.Stop()
	defer c.leave()
	c.greet()
	for {
		c.drain()
		if c.paper.err != nil {
			return fmt.Errorf("writing: %w", c.paper.err)
		}
		if c.closing && !c.sending() {
			c.complain(c.leftOver())
			return c.verdict()
		}
		if err := c.await(ctx, wake, &typed); err != nil {
			if errors.Is(err, errQuit) {
				return c.verdict()
			}
			return err
		}
	}
}

// verdict is what a script wants to know in the end. Whoever sits at a terminal
// has seen it.
func (c *Console) verdict() error {
	if c.undone && !c.terminal {
		return ErrUndone
	}
	return nil
}

// await waits for something to happen and sees to it. errQuit ends Run.
func (c *Console) await(ctx context.Context, wake <-chan struct{}, typed *<-chan input) error {
	select {
	case <-ctx.Done():
		return errQuit
	case <-wake:
	case <-c.idle.C:
		if c.editor.begun() {
			c.idle.Reset(wordPause)
			break
		}
		c.paper.flush()
	case <-c.interrupt:
		return c.interrupted()
	case <-c.ended:
		c.drain()
		c.paper.flush()
		c.note("Notice: the audio has ended")
		return errQuit
	case <-c.late():
		return errors.New("the transmission that was asked for did not begin")
	case in, ok := <-*typed:
		if !ok {
			*typed = nil
			return c.inputEnded()
		}
		return c.take(in)
	}
	return nil
}

// late fires when nothing more can be hoped for at the end of the input.
func (c *Console) late() <-chan time.Time {
	if !c.closing || c.asking.IsZero() {
		return nil
	}
	return time.After(time.Until(c.asking.Add(keyingMax)))
}

// leave ends whatever goes on.
func (c *Console) leave() {
	if c.sending() {
		c.station.Stop("the line mode was left")
	}
	c.editor.line = c.editor.line[:0]
	c.drain()
	c.paper.flush()
	c.paper.breakLine()
}

func (c *Console) greet() {
	text := "rtty, plain mode."
	if origin := c.station.Snapshot().Origin; origin != station.Live {
		text = fmt.Sprintf("rtty, plain mode, %s.", origin)
	}
	c.paper.say(text + " /help lists the commands.")
	if s := c.station.Snapshot(); c.verbosity >= Normal {
		c.paper.say(tuning(s.Receive))
		if s.Transmit.Refusal != "" {
			c.paper.say("Transmit: " + s.Transmit.Refusal)
		}
	}
}

// take does what was typed.
func (c *Console) take(in input) error {
	if !in.raw {
		return c.line(in.text)
	}
	for _, e := range c.editor.feed([]byte(in.text)) {
		var err error
		switch e.kind {
		case lineEntered:
			c.paper.breakLine()
			err = c.line(e.text)
		case escapePressed:
			c.station.Stop("Esc")
		case functionKey:
			c.complain(c.asked(c.station.Macro(station.Run, e.key-1)))
		case inputEnded:
			err = c.inputEnded()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// line does what a line says. Only errQuit is returned, all else is said.
func (c *Console) line(text string) error {
	c.commanded = true
	name, args, isCommand := parse(text)
	if !isCommand {
		c.complain(c.send(args))
		return nil
	}
	cmd, err := find(name)
	if err != nil {
		c.complain(fmt.Errorf("not done: %s: %w", strings.TrimSpace(text), err))
		return nil
	}
	err = cmd.run(c, args)
	if errors.Is(err, errQuit) {
		return err
	}
	c.complain(err)
	return nil
}

// complain tells an error.
func (c *Console) complain(err error) {
	if err == nil {
		return
	}
	c.undone = true
	text := "Error: " + printable(err.Error())
	if c.errors == nil {
		c.paper.say(text)
		return
	}
	c.paper.breakLine()
	fmt.Fprintln(c.errors, text)
}

// answer tells what was asked for.
func (c *Console) answer(text string) { c.paper.say(text) }

// note tells what need not be told to everyone.
func (c *Console) note(text string) {
	if c.verbosity >= Normal {
		c.paper.say(text)
	}
}

// asked keeps in mind that a transmission was asked for, if it was granted.
func (c *Console) asked(err error) error {
	if err == nil && !c.keyed {
		c.asking = time.Now()
	}
	return err
}

// sending tells whether a transmission goes on, or is about to.
func (c *Console) sending() bool {
	return c.keyed || !c.asking.IsZero() || c.station.Snapshot().Transmit.Phase != station.Receiving
}

// interrupted is Ctrl-C.
func (c *Console) interrupted() error {
	if !c.sending() {
		return ErrInterrupted
	}
	c.station.Stop("Ctrl-C")
	c.note("Notice: the transmission is stopped; Ctrl-C again quits")
	return nil
}

// inputEnded is the end of what can be typed.
func (c *Console) inputEnded() error {
	switch {
	case c.terminal:
		return errQuit
	case !c.commanded:
		return nil
	}
	c.closing = true
	if c.sending() {
		c.complain(c.station.ReceiveWhenSent())
	}
	return nil
}

// leftOver is an error when words are left that nobody will send.
func (c *Console) leftOver() error {
	if left := c.waiting(); left != "" {
		return fmt.Errorf("not sent: %s", left)
	}
	return nil
}

// waiting is the text that waits to be sent, in one line.
func (c *Console) waiting() string {
	return strings.Join(strings.Fields(string(c.station.Snapshot().Transmit.Queue)), " ")
}

// drain writes what has happened, unless a line is being typed: then only what
// can't wait.
func (c *Console) drain() {
	events := c.station.Events(c.next)
	for _, e := range events {
		c.follow(e)
		if c.editor.begun() {
			c.hold(e)
		} else {
			c.release()
			c.event(e)
		}
	}
	if !c.editor.begun() {
		c.release()
	}
}

// follow keeps track of what must not wait for the text.
func (c *Console) follow(e station.Event) {
	if e.Seq > c.next && c.next > 0 {
		c.paper.say(fmt.Sprintf("Notice: %d events were missed", e.Seq-c.next))
	}
	c.next = e.Seq + 1
	switch e.Kind {
	case station.KeyDown:
		c.keyed, c.asking = true, time.Time{}
		c.sound(Sounds.TransmitOn)
	case station.KeyUp:
		c.keyed, c.asking = false, time.Time{}
		if strings.Contains(e.Text, "time-out") {
			c.undone = true
			c.sound(Sounds.TimedOut)
		} else {
			c.sound(Sounds.TransmitOff)
		}
	case station.Alarm:
		c.undone = c.undone || strings.HasPrefix(e.Text, station.OverFailed)
		if !c.keyed {
			c.asking = time.Time{} // it will not come to a transmission
		}
	}
}

func (c *Console) sound(which func(Sounds)) {
	if c.verbosity >= Normal {
		which(c.sounds)
	}
}

// hold keeps an event for after the line that is being typed. An alarm can't
// wait: it is said, and what was typed is shown again below it.
func (c *Console) hold(e station.Event) {
	if e.Kind == station.Alarm {
		c.event(e)
		c.paper.echo(string(c.editor.line))
		return
	}
	if len(c.held) == mostHeld {
		c.held = c.held[1:]
	}
	c.held = append(c.held, e)
}

func (c *Console) release() {
	held := c.held
	c.held = nil
	for _, e := range held {
		c.event(e)
	}
}

// event writes what happened.
func (c *Console) event(e station.Event) {
	switch e.Kind {
	case station.Received:
		c.incoming(c.receiveLabel(), runes(e.Chars))
	case station.Sent:
		c.incoming("TX: ", []rune(e.Text))
	case station.Past:
		c.pastText(e)
	case station.Notice:
		c.note("Notice: " + e.Text)
	case station.Alarm:
		c.paper.say("ALARM: " + e.Text)
	case station.KeyDown:
		c.note("Transmitting: " + e.Text)
	case station.KeyUp:
		c.paper.flush()
		c.note("Receiving: " + e.Text)
		if left := c.waiting(); left != "" && !c.closing {
			c.note(waits(left))
		}
	case station.Tuned:
		if e.Moved { // what begins now is another station's
			c.paper.flush()
			c.paper.breakLine()
		}
		c.note("Tuned: " + described(e.Signal))
	case station.CallHeard:
		if c.verbosity >= Verbose {
			c.paper.say("Call: " + e.Text)
		}
	}
}

func (c *Console) receiveLabel() string {
	if c.verbosity >= Verbose {
		return "RX: "
	}
	return ""
}

// incoming writes text that more may follow; what is not whole is written after
// a pause.
func (c *Console) incoming(label string, text []rune) {
	c.paper.text(label, text)
	pause := wordPause
	if c.paper.flow == ByLine {
		pause = linePause
	}
	c.idle.Reset(pause)
}

// pastText writes a stretch of what was sent before.
func (c *Console) pastText(e station.Event) {
	c.paper.say(fmt.Sprintf("Past: %s to %s UTC", clock(e.Begin), clock(e.End)))
	var text strings.Builder
	past := paper{w: &text, flow: ByLine}
	past.text("Past: ", runes(e.Chars))
	past.flush()
	past.breakLine()
	c.paper.write(text.String())
}

func runes(chars []modem.Char) []rune {
	text := make([]rune, 0, len(chars))
	for _, ch := range chars {
		if ch.Rune != 0 {
			text = append(text, ch.Rune)
		}
	}
	return text
}
