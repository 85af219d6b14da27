package score

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestHonestDecoderHasNoCalibrationError(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var honest, boastful Reliability
	for range 200_000 {
		p := r.Float64()
		honest.Observe(p, r.Float64() < p)
		boastful.Observe(p, r.Float64() < p*p)
	}
	if e := honest.ECE(); e > 0.01 {
		t.Errorf("honest decoder has calibration error %.4f", e)
	}
	// The mean of p - p² over 0 to 1 is 1/6.
	if e := boastful.ECE(); math.Abs(e-1.0/6) > 0.01 {
		t.Errorf("boastful decoder has calibration error %.4f, want 1/6", e)
	}
}

func TestReliabilityTakesUglyProbabilities(t *testing.T) {
	var r Reliability
	for _, p := range []float64{math.NaN(), math.Inf(-1), -1, 0} {
		r.Observe(p, false)
	}
	for _, p := range []float64{1, 1.5, math.Inf(1)} {
		r.Observe(p, true)
	}
	if r.Count[0] != 4 || r.Count[Bins-1] != 3 || r.ECE() != 0 {
		t.Errorf("counts %v, error %g", r.Count, r.ECE())
	}
}

func TestTextWithPPairsCharactersWithTheirProbability(t *testing.T) {
	printed := []Printed{
		{'\r', 0.15}, {'\n', 0.95}, // white space at the edge is not compared
		{'c', 0.95}, {'Q', 0.95},
		{'\r', 0.25}, {'\n', 0.95}, // a run counts once, as its first
		{'X', 0.35}, // sent as D
		{0x07, 0.5}, // does not print
		{'E', 0.95},
		{'Z', 0.45}, // was not sent
	}
	s, rel := TextWithP("CQ DE", printed)
	if want := (Score{Sent: 5, Substituted: 1, Inserted: 1}); s != want {
		t.Errorf("score %+v, want %+v", s, want)
	}
	var want Reliability
	want.Observe(0.95, true)
	want.Observe(0.95, true)
	want.Observe(0.25, true)
	want.Observe(0.35, false)
	want.Observe(0.95, true)
	want.Observe(0.45, false)
	if rel.Count != want.Count || rel.Right != want.Right {
		t.Errorf("counted %v right %v, want %v right %v", rel.Count, rel.Right, want.Count, want.Right)
	}
}

func TestReliabilityAdds(t *testing.T) {
	var a, b, both Reliability
	for i := range 100 {
		p := float64(i) / 100
		both.Observe(p, i%3 == 0)
		if i%2 == 0 {
			a.Observe(p, i%3 == 0)
		} else {
			b.Observe(p, i%3 == 0)
		}
	}
	a.Add(b)
	if a.Count != both.Count || a.Right != both.Right || math.Abs(a.ECE()-both.ECE()) > 1e-12 {
		t.Errorf("parts add to %+v, the whole is %+v", a, both)
	}
	if (Reliability{}).ECE() != 0 {
		t.Error("an empty count has a calibration error")
	}
}
