package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"rtty/audio"
	"rtty/bench/fldigi"
)

// A Peer is another program that decodes a WAV file and prints the text.
//
// It is run once a recording, without a shell. Its standard output is taken as
// the text, what it says on standard error is told when it fails. Each word of
// the command may hold
//
//	{wav}     path of the recording, 16 bit, mono
//	{rate}    its samples per second
//	{mark}    {space}   {center}  Hz
//	{shift}   Hz, never negative
//	{baud}    Bd
//	{stop}    length of the stop element, units
//	{code}    us-tty or ita2
//
// A program that can't read files takes a small script around it.
type Peer struct {
	name     string
	command  []string
	patience time.Duration // beside three times the recording
}

// minimodemCommand tells minimodem all that our receiver is told, and sets it to
// its best: without a squelch, searching longer, and with a finer resolution
// than its 10 Hz it has half the errors of its defaults at a low SNR.
//
// What stays its own: it needs the right stop element, and returns to letters
// at every space, so figures that go on behind a space come out as letters
// where the sender does not shift again (weather services).
const minimodemCommand = "minimodem --rx --quiet --file {wav} --baudot --stopbits {stop} " +
	"--confidence 1 --limit 4 --bandwidth 5 --mark {mark} --space {space} {baud}"

// NewPeer makes a peer of "NAME=COMMAND" or "COMMAND", whose name is then that
// of the program. Words of the command are parted by spaces; quotes hold them
// together.
func NewPeer(spec string) (*Peer, error) {
	name, command, named := strings.Cut(spec, "=")
	if !named || strings.ContainsAny(name, " \t{/\"'") {
		name, command = "", spec
	}
	words, err := splitWords(command)
	if err != nil {
		return nil, fmt.Errorf("peer %q: %w", spec, err)
	}
	if len(words) == 0 {
		return nil, fmt.Errorf("peer %q has no command", spec)
	}
	if !strings.Contains(strings.Join(words, " "), "{wav}") {
		return nil, fmt.Errorf("peer %q: its command has no {wav}, so it would not know what to read", spec)
	}
	if name == "" {
		name = filepath.Base(words[0])
	}
	return &Peer{name: name, command: words, patience: peerPatience}, nil
}

// InstalledPeers are the programs known here that this machine has.
func InstalledPeers() []Decoder {
	var found []Decoder
	if minimodemInstalled() {
		peer, err := NewPeer(minimodemCommand)
		if err != nil {
			panic(err)
		}
		found = append(found, peer)
	}
	if fldigi.Installed() == nil {
		found = append(found, NewFldigi())
	}
	return found
}

// MissingPeers are sentences about the programs known here that this machine
// lacks, so that a comparison without them does not pass unnoticed.
func MissingPeers() []string {
	var missing []string
	if !minimodemInstalled() {
		missing = append(missing, "minimodem is not compared with: it is not installed (Debian: apt install minimodem)")
	}
	if err := fldigi.Installed(); err != nil {
		missing = append(missing, "fldigi is not compared with: it "+err.Error())
	}
	return missing
}

func minimodemInstalled() bool {
	_, err := exec.LookPath("minimodem")
	return err == nil
}

// Name implements Decoder.
func (p *Peer) Name() string { return p.name }

// About implements Described.
func (p *Peer) About(context.Context) string { return strings.Join(p.command, " ") }

// A program that hangs is given up after so long, and one that prints without
// end is cut off.
const (
	peerPatience = 30 * time.Second
	peerText     = 1 << 20 // bytes
)

// Decode implements Decoder.
func (p *Peer) Decode(ctx context.Context, rec Recording) (Copy, error) {
	dir, err := os.MkdirTemp("", "rtty-bench-")
	if err != nil {
		return Copy{}, fmt.Errorf("room for a recording: %w", err)
	}
	defer os.RemoveAll(dir)
	wav := filepath.Join(dir, "recording.wav")
	if err := writeWAV(wav, rec); err != nil {
		return Copy{}, fmt.Errorf("recording for %s: %w", p.name, err)
	}
	patience := p.patience + time.Duration(3*rec.Seconds()*float64(time.Second))
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	words := p.words(wav, rec)
	cmd := exec.CommandContext(ctx, words[0], words[1:]...)
	cmd.WaitDelay = time.Second // its children may hold the pipe open
	out, complaint := limited{room: peerText}, limited{room: 1000}
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := cmd.Run(); err != nil {
		return Copy{Text: out.kept.String()}, p.failure(ctx, err, complaint.kept.String())
	}
	return Copy{Text: out.kept.String()}, nil
}

// words are the command with the recording's facts filled in.
func (p *Peer) words(wav string, rec Recording) []string {
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	sig := rec.Signal
	fill := strings.NewReplacer(
		"{wav}", wav, "{rate}", strconv.Itoa(rec.Rate),
		"{mark}", number(sig.Mark), "{space}", number(sig.Space), "{center}", number(sig.Center()),
		"{shift}", number(sig.Shift()), "{baud}", number(sig.Baud), "{stop}", number(sig.StopBits),
		"{code}", sig.Code.String(),
	)
	words := make([]string, len(p.command))
	for i, w := range p.command {
		words[i] = fill.Replace(w)
	}
	return words
}

func (p *Peer) failure(ctx context.Context, err error, complaint string) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return fmt.Errorf("%s did not finish in time", p.name)
	}
	if complaint = strings.TrimSpace(complaint); complaint != "" {
		return fmt.Errorf("%s: %w: %s", p.name, err, complaint)
	}
	return fmt.Errorf("%s: %w", p.name, err)
}

func writeWAV(path string, rec Recording) (err error) {
	sink, err := audio.Create(path, audio.SinkOptions{Rate: rec.Rate})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, sink.Close()) }()
	return sink.Write(rec.Samples)
}

// limited keeps the first bytes written to it and swallows the rest.
type limited struct {
	kept bytes.Buffer
	room int
}

func (l *limited) Write(p []byte) (int, error) {
	first := p[:min(len(p), l.room)]
	l.room -= len(first)
	l.kept.Write(first)
	return len(p), nil
}

// splitWords parts a command line at spaces. Text in single or double quotes
// belongs together.
func splitWords(line string) ([]string, error) {
	var words []string
	var word strings.Builder
	var quote rune
	inWord := false
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '\'' || r == '"':
			quote, inWord = r, true
		case r == ' ' || r == '\t' || r == '\n':
			if inWord {
				words = append(words, word.String())
			}
			word.Reset()
			inWord = false
		default:
			word.WriteRune(r)
			inWord = true
		}
	}
	if quote != 0 {
		return nil, errors.New("a quote is not closed")
	}
	if inWord {
		words = append(words, word.String())
	}
	return words, nil
}
