package fldigi

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"rtty/baudot"
	"rtty/bench/corpus"
	"rtty/bench/score"
	"rtty/modem"
)

// started is a Program for a preset on the sideband where it is usual.
func started(t *testing.T, preset string) *Program {
	t.Helper()
	if err := Installed(); err != nil {
		t.Skipf("fldigi can't be run: %v", err)
	}
	p, err := Start(t.Context(), signalOf(t, preset))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

func signalOf(t *testing.T, preset string) modem.Signal {
	t.Helper()
	found, err := modem.PresetNamed(preset)
	if err != nil {
		t.Fatal(err)
	}
	return found.Signal(found.Sideband)
}

// over is clean audio of some text and how it reads after encoding.
func over(t *testing.T, s modem.Signal, text string) ([]float32, string) {
	t.Helper()
	tx, err := modem.NewTransmitter(s, modem.TransmitterConfig{Rate: Rate, Preamble: 6})
	if err != nil {
		t.Fatal(err)
	}
	encoder := baudot.Encoder{Table: s.Code, USOS: s.USOS}
	feed := modem.CodeFeed(encoder.AppendString(nil, text))
	tx.Start(&feed)
	var audio []float32
	block := make([]float32, 4096)
	for {
		n, err := tx.Read(block)
		audio = append(audio, block[:n]...)
		if errors.Is(err, io.EOF) {
			return audio, s.Code.Fold(text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// read lets p read a clean recording of text and holds it to a CER of 1 %.
func read(t *testing.T, p *Program, text string) (seconds int) {
	t.Helper()
	audio, sent := over(t, p.signal, text)
	got, err := p.Read(t.Context(), audio)
	if err != nil {
		t.Fatal(err)
	}
	if s := score.Text(sent, got); s.Rate() > 0.01 {
		t.Errorf("%+v:\n%s", s, got)
	}
	return len(audio) / Rate
}

// The recording is longer than what finds room in front of fldigi.
func TestReadsCleanOvers(t *testing.T) {
	t.Parallel()
	source := corpus.New(corpus.Ragchew, corpus.Test, 1)
	if seconds := read(t, started(t, "ham"), source.Over()+"\n"+source.Over()); seconds < 120 {
		t.Errorf("%d s are not long", seconds)
	}
}

// What it made of a recording before leaves no trace.
func TestReadsARecordingTheSameWayEachTime(t *testing.T) {
	t.Parallel()
	p := started(t, "ham")
	audio, _ := over(t, p.signal, corpus.New(corpus.Contest, corpus.Test, 1).Over())
	rng := rand.New(rand.NewPCG(1, 1))
	for i := range audio {
		audio[i] = 0.2*audio[i] + 0.2*float32(rng.NormFloat64())
	}
	var texts [3]string
	for i := range texts {
		text, err := p.Read(t.Context(), audio[i%2*Rate:]) // another one between
		if err != nil {
			t.Fatal(err)
		}
		texts[i] = text
	}
	if texts[0] != texts[2] || texts[0] == texts[1] || len(texts[0]) < 100 {
		t.Errorf("first\n%s\nthen\n%s", texts[0], texts[2])
	}
}

func TestReadsTheOtherTable(t *testing.T) {
	t.Parallel()
	read(t, started(t, "dwd"), corpus.New(corpus.Weather, corpus.Test, 1).Over())
}

func TestEndsWithAllThatWasStarted(t *testing.T) {
	t.Parallel()
	p := started(t, "ham")
	if err := p.ended(); err != nil {
		t.Fatal(err)
	}
	for _, r := range p.running {
		if r.name == "fldigi" {
			r.End() // as if it had crashed
		}
	}
	if text, err := p.Read(t.Context(), make([]float32, Rate)); err == nil || !strings.Contains(err.Error(), "fldigi ended") {
		t.Errorf("after its death it read %q, %v", text, err)
	}
	p.Close()
	for _, r := range p.running {
		if r.Ended() == nil {
			t.Errorf("%s runs on", r.name)
		}
	}
	if _, err := os.Stat(p.folder); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("its folder is left: %v", err)
	}
}

func TestStartEndsWithItsContext(t *testing.T) {
	if err := Installed(); err != nil {
		t.Skipf("fldigi can't be run: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if p, err := Start(ctx, signalOf(t, "ham")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("started %v, %v", p, err)
	}
}

func TestMissingProgramsAreNamed(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := Start(t.Context(), signalOf(t, "ham"))
	var missing *MissingError
	if !errors.As(err, &missing) || len(missing.Programs) != 3 || !strings.Contains(err.Error(), "fldigi, pulseaudio, Xvfb") {
		t.Errorf("got %v", err)
	}
	if v := Version(t.Context()); v != "" {
		t.Errorf("version %q of what is not there", v)
	}
}
