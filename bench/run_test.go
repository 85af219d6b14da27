package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"rtty/bench/corpus"
	"rtty/bench/score"
	"rtty/modem"
	"rtty/prior"
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
		row("awgn", corpus.Contest, overs, snrs...),
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
		c := row("awgn", corpus.RY, 1, 0)
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
		"occurs twice": {Cells: []Cell{row("awgn", corpus.RY, 1, 0), row("awgn", corpus.RY, 1, 1)}},
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
	if testing.Short() {
		t.Skip("many recordings take their time")
	}
	var cells []Cell
	for _, name := range []string{"awgn", "linear", "constant", "free-oscillators", "random-phase", "typist"} {
		cells = append(cells, row(name, corpus.Contest, 1, 6))
	}
	cells = append(cells, Cell{Scenario: mustScenario("awgn"), Corpus: corpus.Weather, Preset: "dwd", SNRs: []float64{6}, Overs: 1})
	report, err := Run(t.Context(), Suite{Name: "clean", Seed: 1, Cells: cells}, Options{
		Decoders: []Decoder{Ours{Config: modem.ReceiverConfig{AFC: true}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range report.Panels {
		worst := 0.0
		if p.Scenario == "typist" {
			worst = 0.01 // each character stands alone, without neighbours that tell where it begins
		}
		if point := p.Curves[0].Points[0]; point.CER() > worst || !point.ByCode || point.Codes.Rate() > worst {
			t.Errorf("%s, %s: %+v, codes %+v", p.Scenario, p.Corpus, point.Text, point.Codes)
		}
	}
}

func TestPeersAndVariantsTakePartWhereTheyShould(t *testing.T) {
	mute := func(name string) Decoder { return fake{name, func(Recording) (Copy, error) { return Copy{}, nil }} }
	alone := row("clean", corpus.RY, 1, 6)
	alone.Alone = true
	suite := Suite{Name: "mixed", Cells: []Cell{
		alone,
		row("awgn", corpus.RY, 1, 6).with("tuned"),
		row("noise", "", 2, 0),
	}}
	report, err := Run(t.Context(), suite, Options{
		Decoders: []Decoder{mute("ours")}, Peers: []Decoder{mute("peer")}, Variants: []Decoder{mute("tuned"), mute("unused")},
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range [][]string{{"ours"}, {"ours", "peer", "tuned"}, {"ours", "peer"}} {
		var got []string
		for _, c := range report.Panels[i].Curves {
			got = append(got, c.Decoder)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s has %q, want %q", report.Panels[i].Scenario, got, want)
		}
	}
	if got := report.Decoders(); !slices.Equal(got, []string{"ours", "peer", "tuned"}) {
		t.Errorf("the report has %q", got)
	}
	if p := report.Panels[2]; !p.Silent || p.Curves[0].Points[0].Heard != 120 {
		t.Errorf("%+v", p)
	}
}

func TestNoiseIsScoredByWhatIsPrinted(t *testing.T) {
	babbling := fake{"babbling", func(Recording) (Copy, error) { return Copy{Text: "E T  E\n"}, nil }}
	report, err := Run(t.Context(), Suite{Name: "noise", Cells: []Cell{row("noise", "", 2, 0)}}, Options{Decoders: []Decoder{babbling}})
	if err != nil {
		t.Fatal(err)
	}
	if point := report.Panels[0].Curves[0].Points[0]; point.PerMinute() != 5 || point.Text.Sent != 0 {
		t.Errorf("%g characters a minute, %+v", point.PerMinute(), point)
	}
}

// closing counts how often it is closed.
type closing struct {
	fake
	closed *int
}

func (c closing) Close() error { *c.closed++; return nil }

func (c closing) About(context.Context) string { return "shuts behind itself" }

func TestRunClosesDecoders(t *testing.T) {
	closed := 0
	d := closing{fake{"closing", func(Recording) (Copy, error) { return Copy{}, nil }}, &closed}
	report, err := Run(t.Context(), tiny(1, 6), Options{Decoders: []Decoder{d}})
	if err != nil || closed != 1 {
		t.Errorf("closed %d times, %v", closed, err)
	}
	if report.About["closing"] != "shuts behind itself" {
		t.Errorf("it says %q", report.About)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Run(ctx, tiny(1, 6), Options{Decoders: []Decoder{d}}); err == nil || closed != 2 {
		t.Errorf("a run that was ended: closed %d times, %v", closed, err)
	}
}

func TestSpeedIsMeasuredForOurDecoders(t *testing.T) {
	calls := 0
	d := fake{"quick", func(Recording) (Copy, error) { calls++; return Copy{}, nil }}
	report, err := Run(t.Context(), tiny(1, 6), Options{Decoders: []Decoder{d}, Speed: true, Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	if calls != 3*speedRuns+2 || len(report.Speeds) != 3 {
		t.Errorf("%d calls, speeds %+v", calls, report.Speeds)
	}
	for _, s := range report.Speeds {
		if s.Decoder != "quick" || !(s.Times > 0) {
			t.Errorf("%+v", s)
		}
	}
	failing := fake{"failing", func(Recording) (Copy, error) { return Copy{}, errors.New("out of order") }}
	if _, err := Run(t.Context(), tiny(1, 6), Options{Decoders: []Decoder{failing}, Speed: true}); err == nil {
		t.Error("the speed of a decoder that fails")
	}
}

func TestVariantsReadAndTellWhatTheyAre(t *testing.T) {
	if testing.Short() {
		t.Skip("many recordings take their time")
	}
	rec, sent := made(t, trialOf(t, "awgn", 6, 1))
	known := map[string]string{NoPrior: "no prior", NoSquelch: "squelch off", Searching: "finding the signal by itself", AsFile: "looking ahead"}
	for _, v := range Variants(modem.ReceiverConfig{AFC: true, Prior: prior.Default()}) {
		copied, err := v.Decode(t.Context(), rec)
		if err != nil {
			t.Fatal(err)
		}
		// What is printed of the first and last noise is no error of reading.
		if s := score.Text(sent.Text, copied.Text); s.Substituted+s.Deleted > 1 || s.Inserted > 10 {
			t.Errorf("%s: %+v", v.Name(), s)
		}
		about := v.(Described).About(t.Context())
		if want := known[v.Name()]; want == "" || !strings.Contains(about, want) {
			t.Errorf("%s says %q, want %q", v.Name(), about, want)
		}
	}
}
