package station

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rtty/audio"
	"rtty/baudot"
	"rtty/modem"
	"rtty/rig"
)

// tape is a Source that gives samples as fast as they are read.
type tape struct {
	rate    int
	samples []float32
	anchor  time.Time
	index   int64
	gaps    map[int64]int64 // samples lost before that index
	lost    int64
}

func (t *tape) Rate() int         { return t.rate }
func (t *tape) Anchor() time.Time { return t.anchor }
func (t *tape) Close() error      { return nil }

func (t *tape) Read(dst []float32) (audio.Block, error) {
	if t.index == int64(len(t.samples)) {
		return audio.Block{}, io.EOF
	}
	b := audio.Block{Index: t.index + t.lost}
	if gap := t.gaps[t.index]; gap > 0 {
		t.lost += gap
		b.Index, b.Gap = b.Index+gap, true
		delete(t.gaps, t.index)
	}
	b.N = copy(dst, t.samples[t.index:])
	t.index += int64(b.N)
	return b, nil
}

// sent is a transmission of text at 12000 samples a second.
func sent(t *testing.T, sig modem.Signal, text string) []float32 {
	t.Helper()
	tx, err := modem.NewTransmitter(sig, modem.TransmitterConfig{Rate: AudioRate})
	if err != nil {
		t.Fatal(err)
	}
	tx.Start(modem.NewTextFeed(strings.NewReader(text), &baudot.Encoder{Table: sig.Code, USOS: sig.USOS}))
	var samples []float32
	buffer := make([]float32, 4096)
	for {
		n, err := tx.Read(buffer)
		samples = append(samples, buffer[:n]...)
		if err == io.EOF {
			return samples
		}
	}
}

// silence is so much of nothing.
func silence(d time.Duration) []float32 { return make([]float32, samplesIn(d)) }

func join(parts ...[]float32) []float32 {
	var all []float32
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

// deadBand is a live Source that gives nothing until it is closed.
type deadBand chan struct{}

func (d deadBand) Rate() int         { return AudioRate }
func (d deadBand) Anchor() time.Time { return time.Time{} }
func (d deadBand) Close() error      { close(d); return nil }

func (d deadBand) Read([]float32) (audio.Block, error) {
	<-d
	return audio.Block{}, io.EOF
}

// speaker is a Sink that plays by the clock, with so much queued at the most.
type speaker struct {
	queue   time.Duration
	start   time.Time // of playing
	taken   []float32
	aborted bool
	closed  bool
	stall   atomic.Bool
}

var errStalled = errors.New("audio stalled")

func (s *speaker) Rate() int { return AudioRate }

func (s *speaker) Write(src []float32) error {
	if s.stall.Load() {
		time.Sleep(250 * time.Millisecond)
		return errStalled
	}
	if s.start.IsZero() {
		s.start = time.Now()
	}
	s.taken = append(s.taken, src...)
	if over := duration(int64(len(s.taken))) - time.Since(s.start) - s.queue; over > 0 {
		time.Sleep(over)
	}
	return nil
}

func (s *speaker) Latency() time.Duration { return s.queue }

func (s *speaker) Played() int64 {
	if s.start.IsZero() {
		return 0
	}
	return min(samplesIn(time.Since(s.start)), int64(len(s.taken)))
}

func (s *speaker) Drain() error {
	time.Sleep(duration(int64(len(s.taken)) - s.Played()))
	return nil
}

func (s *speaker) Abort() error { s.aborted = true; return nil }
func (s *speaker) Close() error { s.closed = true; return nil }

// keyLog is a Transceiver that writes down what is asked of it.
type keyLog struct {
	slow   time.Duration // that keying takes, whatever the context says
	refuse error

	mu    sync.Mutex
	keyed bool
	fault string
	log   []string
	at    []time.Time
	beat  time.Time     // the last one, or key-down
	quiet time.Duration // longest time without one while keyed
}

func (k *keyLog) note(what string) {
	k.log = append(k.log, what)
	k.at = append(k.at, time.Now())
}

func (k *keyLog) Key(context.Context, time.Duration) error {
	time.Sleep(k.slow)
	k.mu.Lock()
	defer k.mu.Unlock()
	k.note("key")
	k.keyed, k.beat = k.refuse == nil, time.Now()
	return k.refuse
}

func (k *keyLog) Unkey(reason string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.note("unkey: " + reason)
	k.sinceBeat()
	k.keyed = false
	return nil
}

func (k *keyLog) Beat() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.sinceBeat()
}

func (k *keyLog) sinceBeat() {
	if k.keyed {
		k.quiet = max(k.quiet, time.Since(k.beat))
	}
	k.beat = time.Now()
}

func (k *keyLog) State() rig.State {
	k.mu.Lock()
	defer k.mu.Unlock()
	return rig.State{Connected: true, Keyed: k.keyed, Fault: k.fault}
}

func (k *keyLog) calls() []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Clone(k.log)
}

func (k *keyLog) isKeyed() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.keyed
}

func (k *keyLog) lose(fault string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.keyed, k.fault = false, fault
}

// text is what the events of a kind say.
func text(events []Event, kind EventKind) string {
	var b strings.Builder
	for _, e := range events {
		if e.Kind != kind {
			continue
		}
		b.WriteString(e.Text)
		for _, c := range e.Chars {
			if c.Rune != 0 && c.Rune != '\r' {
				b.WriteRune(c.Rune)
			}
		}
	}
	return b.String()
}

// inNoise adds white noise of so much a sample.
func inNoise(samples []float32, deviation float64) []float32 {
	rng := rand.New(rand.NewPCG(1, 1))
	for i := range samples {
		samples[i] += float32(deviation * rng.NormFloat64())
	}
	return samples
}
