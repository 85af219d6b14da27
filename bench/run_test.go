package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync/atomic"
	"testing"

	"rtty/bench/corpus"
	"rtty/modem"
)

// fake is a decoder made of a function.
type fake struct {
	name   string
	decode func(rec Recording) (Copy, error)
}

func (f fake) Name() string { return f.name }

func (f fake) Decode(_ context.Context, rec Recording) (Copy, error) { return f.decode(rec) }

// oracle knows what was sent in every recording of a suite.
func oracle(t testing.TB, s Suite, name string, spoil func(Sent) (Copy, error)) fake {
	t.Helper()
	key := func(rec Recording) string { return fmt.Sprint(rec.Samples[1000:1010]) }
	known := map[string]Sent{}
	for _, j := range s.jobs() {
		trial, err := s.trial(j)
		if err != nil {
			t.Fatal(err)
		}
		rec, sent := made(t, trial)
		known[key(rec)] = sent
	}
	return fake{name, func(rec Recording) (Copy, error) { return spoil(known[key(rec)]) }}
}

func perfect(s Sent) (Copy, error) { return Copy{Text: strings.ToLower(s.Text)}, nil }

func tiny(overs int, snrs ...float64) Suite {
	return Suite{Name: "tiny", Seed: 7, Cells: []Cell{
		ham("awgn", corpus.Contest, snrs, overs),
		{Scenario: mustScenario("moderate"), Corpus: corpus.Weather, Preset: "dwd", SNRs: snrs[len(snrs)-1:], Overs: overs},
	}}
}

func TestRunScoresEveryDecoderOnTheSameRecordings(t *testing.T) {
	suite := tiny(1, -6, 6)
	var calls int
	report, err := Run(t.Context(), suite, Options{
		Decoders: []Decoder{
			oracle(t, suite, "perfect", perfect),
			oracle(t, suite, "first half", func(s Sent) (Copy, error) { return Copy{Text: s.Text[:len(s.Text)/2]}, nil }),
			fake{"deaf", func(Recording) (Copy, error) { return Copy{}, nil }},
		},
		Progress: func(done, total int) {
			calls++
			if done != calls || total != 3 {
				t.Errorf("progress %d of %d at call %d", done, total, calls)
			}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if calls != 3 || len(report.Panels) != 2 {
		t.Fatalf("%d calls, %d panels", calls, len(report.Panels))
	}
	for _, p := range report.Panels {
		for i, want := range []float64{0, 0.5, 1} {
			for _, point := range p.Curves[i].Points {
				if point.Overs != 1 || point.Text.Sent < 300 || math.Abs(point.CER()-want) > 0.01 {
					t.Errorf("%s, %s at %g dB: CER %.3f of %d, want %g", p.Scenario, p.Curves[i].Decoder, point.SNR, point.CER(), point.Text.Sent, want)
				}
				if point.ByCode {
					t.Errorf("%s gives codes", p.Curves[i].Decoder)
				}
			}
		}
	}
}

func TestRunDoesNotDependOnTheNumberOfWorkers(t *testing.T) {
	suite := tiny(1, -8, -6)
	measure := func(workers int) string {
		report, err := Run(t.Context(), suite, Options{Decoders: []Decoder{Ours{}}, Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := report.WriteJSON(&b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	if one, many := measure(1), measure(5); one != many {
		t.Errorf("one worker:\n%s\nfive workers:\n%s", one, many)
	}
}

func TestRunCountsFailuresAndScoresWhatWasPrinted(t *testing.T) {
	suite := tiny(2, 6)
	report, err := Run(t.Context(), suite, Options{Decoders: []Decoder{
		oracle(t, suite, "crashing", func(s Sent) (Copy, error) {
			return Copy{Text: s.Text[:len(s.Text)/4]}, errors.New("segmentation fault")
		}),
	}})
	if err != nil {
		t.Fatal(err)
	}
	point := report.Panels[0].Curves[0].Points[0]
	if point.Failures != 2 || point.FirstFailure != "segmentation fault" || math.Abs(point.CER()-0.75) > 0.01 {
		t.Errorf("%+v", point)
	}
	var b strings.Builder
	if err := report.WriteTable(&b); err != nil || !strings.Contains(b.String(), "crashing failed on 2 recordings of awgn") {
		t.Errorf("%v: %s", err, b.String())
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var decoded atomic.Int32
	_, err := Run(ctx, tiny(20, 6), Options{Workers: 2, Decoders: []Decoder{fake{"cancelling", func(Recording) (Copy, error) {
		decoded.Add(1)
		cancel()
		return Copy{}, nil
	}}}})
	if !errors.Is(err, context.Canceled) || decoded.Load() > 2 {
		t.Errorf("%v after %d recordings", err, decoded.Load())
	}
}

func TestRunRefusesWhatItCannotMeasure(t *testing.T) {
	deaf := fake{"deaf", func(Recording) (Copy, error) { return Copy{}, nil }}
	one := func(change func(*Cell)) Suite {
		c := ham("awgn", corpus.RY, []float64{0}, 1)
		change(&c)
		return Suite{Name: "odd", Cells: []Cell{c}}
	}
	for want, suite := range map[string]Suite{
		"preset":       one(func(c *Cell) { c.Preset = "nobody" }),
		"corpus":       one(func(c *Cell) { c.Corpus = "poetry" }),
		"0 overs":      one(func(c *Cell) { c.Overs = 0 }),
		"0 SNRs":       one(func(c *Cell) { c.SNRs = nil }),
		"SNR NaN":      one(func(c *Cell) { c.SNRs = []float64{math.NaN()} }),
		"rise":         one(func(c *Cell) { c.SNRs = []float64{0, 0} }),
		"path":         one(func(c *Cell) { c.Scenario.Fading.Paths = 9 }),
		"typist":       one(func(c *Cell) { c.Scenario.Sender = Sender{Keying: Linear, Typist: Typist{Chance: 1, Mean: 1}} }),
		"occurs twice": {Cells: []Cell{ham("awgn", corpus.RY, []float64{0}, 1), ham("awgn", corpus.RY, []float64{1}, 1)}},
	} {
		if _, err := Run(t.Context(), suite, Options{Decoders: []Decoder{deaf}}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want a word of %q, got %v", want, err)
		}
	}
	good := one(func(*Cell) {})
	if _, err := Run(t.Context(), good, Options{}); err == nil {
		t.Error("a run without decoders")
	}
	if _, err := Run(t.Context(), good, Options{Decoders: []Decoder{deaf, deaf}}); err == nil {
		t.Error("a run with the same decoder twice")
	}
}

// The receiver must be near to theory in white noise and read every kind of
// sender: a bound on all of sender, channel, receiver and scoring together.
func TestOursReadsCleanSignalsOfEverySender(t *testing.T) {
	var cells []Cell
	for _, name := range []string{"awgn", "linear", "constant", "free-oscillators", "random-phase", "typist"} {
		cells = append(cells, ham(name, corpus.Contest, []float64{6}, 1))
	}
	cells = append(cells, Cell{Scenario: mustScenario("awgn"), Corpus: corpus.Weather, Preset: "dwd", SNRs: []float64{6}, Overs: 1})
	report, err := Run(t.Context(), Suite{Name: "clean", Seed: 1, Cells: cells}, Options{
		Decoders: []Decoder{Ours{Config: modem.ReceiverConfig{AFC: true}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range report.Panels {
		if point := p.Curves[0].Points[0]; point.Text.Errors() > 0 || !point.ByCode || point.Codes.Errors() > 0 {
			t.Errorf("%s, %s: %+v, codes %+v", p.Scenario, p.Corpus, point.Text, point.Codes)
		}
	}
}

func TestSuites(t *testing.T) {
	for _, name := range Suites() {
		s, err := SuiteNamed(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.validate(); err != nil {
			t.Error(err)
		}
		t.Logf("%s: %d panels, %d recordings", name, len(s.Cells), len(s.jobs()))
	}
	if _, err := SuiteNamed("endless"); err == nil || !strings.Contains(err.Error(), "standard") {
		t.Errorf("got %v", err)
	}
	if n := OversFor(3000); n != 8 {
		t.Errorf("%d overs for 3000 characters", n)
	}
}
