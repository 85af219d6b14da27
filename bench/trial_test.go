package bench

import (
	"math"
	"slices"
	"testing"

	"rtty/bench/corpus"
)

func trialOf(t testing.TB, scenario string, snr float64, seed uint64) Trial {
	t.Helper()
	s, err := ScenarioNamed(scenario)
	if err != nil {
		t.Fatal(err)
	}
	return Trial{Scenario: s, Corpus: corpus.Contest, Signal: hamSignal(t), SNR: snr, Seed: seed}
}

func made(t testing.TB, trial Trial) (Recording, Sent) {
	t.Helper()
	rec, sent, err := trial.Make()
	if err != nil {
		t.Fatal(err)
	}
	return rec, sent
}

func TestTrialsAreReproducibleAndDiffer(t *testing.T) {
	rec, sent := made(t, trialOf(t, "moderate", 0, 1))
	again, sentAgain := made(t, trialOf(t, "moderate", 0, 1))
	if !slices.Equal(rec.Samples, again.Samples) || sent.Text != sentAgain.Text {
		t.Error("the same trial made two recordings")
	}
	other, sentOther := made(t, trialOf(t, "moderate", 0, 2))
	if slices.Equal(rec.Samples[:100], other.Samples[:100]) || sent.Text == sentOther.Text {
		t.Error("another seed made the same recording")
	}
}

func TestEveryScenarioMakesARecording(t *testing.T) {
	const shortest = 6.9 / (45.4546 * 1.021) // seconds a code of the fastest senders
	fading := len(channels()) - 1            // one of them stands for all
	for _, s := range Scenarios()[fading:] {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			rec, sent := made(t, trialOf(t, s.Name, 0, 3))
			peak := 0.0
			for _, v := range rec.Samples {
				if math.IsNaN(float64(v)) {
					t.Fatal("a sample is no number")
				}
				peak = max(peak, math.Abs(float64(v)))
			}
			if math.Abs(peak-recordedPeak) > 1e-6 {
				t.Errorf("peak %g, want %g", peak, recordedPeak)
			}
			if rec.Seconds() < shortest*float64(len(sent.Codes)) {
				t.Errorf("%d codes in %.1f s", len(sent.Codes), rec.Seconds())
			}
		})
	}
}

func TestSeedsOfTrialsAllDiffer(t *testing.T) {
	suite, err := SuiteNamed("full")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[uint64]bool{}
	for _, j := range suite.jobs() {
		trial, err := suite.trial(j)
		if err != nil {
			t.Fatal(err)
		}
		if seen[trial.Seed] {
			t.Fatalf("seed %d occurs twice", trial.Seed)
		}
		seen[trial.Seed] = true
	}
}

func TestScenarioNames(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range Scenarios() {
		if seen[s.Name] || s.About == "" {
			t.Errorf("scenario %q occurs twice or says nothing of itself", s.Name)
		}
		seen[s.Name] = true
		if found, err := ScenarioNamed(s.Name); err != nil || found.About != s.About {
			t.Errorf("%q finds %q, %v", s.Name, found.Name, err)
		}
	}
	if s, err := ScenarioNamed("3ms/2Hz"); err != nil || s.Fading.Spread != 2 {
		t.Errorf("3ms/2Hz: %+v, %v", s, err)
	}
	if _, err := ScenarioNamed("sunspots"); err == nil {
		t.Error("sunspots is a scenario")
	}
}
