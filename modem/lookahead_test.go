package modem

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"rtty/baudot"
)

func lookingAhead() ReceiverConfig { return ReceiverConfig{Rate: 8000, AFC: true, LookAhead: true} }

func TestLookingAheadLosesLittleOfShortOvers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ snr, most float64 }{{0, 0.01}, {-6, 0.02}, {-9, 0.06}} {
		wrong, total := 0, 0
		for seed := range uint64(2) {
			samples, sent := shortOvers(20, c.snr, 2, seed)
			var got []baudot.Code
			for _, char := range receive(t, hamSignal(), lookingAhead(), samples, 1000) {
				if char.Code != baudot.LTRS { // the diddles
					got = append(got, char.Code)
				}
			}
			wrong += codeErrors(sent, got)
			total += len(sent)
		}
		rate := float64(wrong) / float64(total)
		t.Logf("%g dB: %d errors in %d codes, %.2f %%", c.snr, wrong, total, 100*rate)
		if rate > c.most {
			t.Errorf("%g dB: %d errors in %d codes, %.1f %%, want at most %.1f %%", c.snr, wrong, total, 100*rate, 100*c.most)
		}
	}
}

func TestLookingAheadGivesTheSameHoweverTheStreamIsCut(t *testing.T) {
	t.Parallel()
	for _, sig := range []Signal{hamSignal(), around(36, 85), around(300, 850)} {
		samples := newSender(sig, 8000, 9).Key(randomCodes(60, 9), 1.5, 0.1)
		addNoise(samples, 8000, 0, 9)
		want := receive(t, sig, lookingAhead(), samples, len(samples))
		for _, block := range []int{1, 17, 1000, 4096} {
			if got := receive(t, sig, lookingAhead(), samples, block); !slices.Equal(got, want) {
				t.Errorf("%g Bd: blocks of %d samples give other text than one block", sig.Baud, block)
			}
		}
	}
}

// What is held back must be read before the end, at the places where it stands.
func TestLookingAheadReadsToTheEnd(t *testing.T) {
	t.Parallel()
	const lead = 0.7
	for _, sig := range []Signal{hamSignal(), around(36, 85), around(300, 850)} {
		for _, count := range []int{1, 3, 60} {
			sent := randomCodes(count, 11)
			samples := newSender(sig, 8000, 11).Key(sent, lead, 0.03)
			addNoise(samples, 8000, 10, 11)
			got := receive(t, sig, lookingAhead(), samples, 512)
			if !slices.Equal(codesOf(got), sent) {
				t.Fatalf("%g Bd: %v, sent %v", sig.Baud, codesOf(got), sent)
			}
			step := 8000 / sig.Baud / stepsPerUnit
			for i, c := range got {
				if start := 8000 * (lead + float64(i)*sig.CharSeconds()); math.Abs(float64(c.Start)-start) > 1.5*step {
					t.Errorf("%g Bd: character %d of %d starts at sample %d, sent at %.0f", sig.Baud, i, count, c.Start, start)
				}
			}
		}
	}
}

func TestLookingAheadPrintsNothingOfNothing(t *testing.T) {
	t.Parallel()
	noise := make([]float32, 60*8000)
	addNoise(noise, 8000, 0, 5)
	rng := rand.New(rand.NewPCG(5, 5))
	garbage := make([]float32, 10*8000)
	for i := range garbage {
		garbage[i] = float32(math.Copysign(1, rng.Float64()-0.5))
	}
	for _, c := range []struct {
		name    string
		samples []float32
	}{
		{"no samples", nil}, {"one sample", make([]float32, 1)}, {"half a second of silence", make([]float32, 4000)},
		{"silence", make([]float32, 10*8000)}, {"noise", noise}, {"full scale garbage", garbage},
		{"noise out of silence", append(make([]float32, 20_000), noise...)},
	} {
		if got := receive(t, hamSignal(), lookingAhead(), c.samples, 1000); len(got) > 1 {
			t.Errorf("%s: %d characters", c.name, len(got))
		}
	}
}

func TestLookingAheadAllocatesNothing(t *testing.T) {
	const block = 1000
	samples := newSender(hamSignal(), 8000, 3).Key(randomCodes(300, 3), 0.5, 0)
	addNoise(samples, 8000, 0, 3)
	r, err := NewReceiver(hamSignal(), lookingAhead())
	if err != nil {
		t.Fatal(err)
	}
	for range 200 {
		r.Process(samples[:block])
		samples = samples[block:]
	}
	if n := testing.AllocsPerRun(100, func() { r.Process(samples[:block]); samples = samples[block:] }); n != 0 {
		t.Errorf("%g allocations per block", n)
	}
}

func TestAutoReceiverLooksAheadOnItsSignal(t *testing.T) {
	t.Parallel()
	sent := randomCodes(120, 4)
	sig := hamSignal().MovedTo(1500)
	samples := append(make([]float32, 3*8000), newSender(sig, 8000, 4).Key(sent, 1, 0.1)...)
	addNoise(samples, 8000, 0, 4)
	a, err := NewAutoReceiver(Partial{}, lookingAhead())
	if err != nil {
		t.Fatal(err)
	}
	got := append(slices.Clone(a.Process(samples).Final), a.Flush().Final...)
	if wrong := codeErrors(sent, codesOf(got)); wrong > 1 {
		t.Errorf("%d of %d codes wrong", wrong, len(sent))
	}
}

func TestGaugeKnowsAheadWhenTheLevelSteps(t *testing.T) {
	const rate, before, after = 8000, 3, 3
	for _, sig := range []Signal{hamSignal(), around(36, 85), around(300, 850)} {
		for _, db := range []float64{-20, -10, -6, 6, 10, 20} {
			samples := make([]float32, (before+after)*rate)
			addNoise(samples, rate, 0, 7)
			gain := float32(math.Pow(10, db/20))
			for i := before * rate; i < len(samples); i++ {
				samples[i] *= gain
			}
			f := newFrontEnd(sig, rate)
			f.gauge.LookAhead(int(aheadSeconds*f.rate) * f.last)
			var noise []float64
			count, held := int64(0), int64(aheadSeconds*f.rate)
			for len(samples) > 0 {
				n := min(frontEndBlock, len(samples))
				re, _ := f.Process(samples[:n])
				samples = samples[n:]
				for range re {
					if count++; count > held {
						noise = append(noise, f.Noise(count-held))
					}
				}
			}
			quiet := correlatorNoise(sig, rate, 0)
			step, window := before*f.rate, gaugeUnits*f.rate/sig.Baud
			for i := int(0.5 * f.rate); i < len(noise); i++ {
				want := quiet
				switch {
				case float64(i) > step+max(2*window, 0.05*f.rate): // the clipper takes a jump for a crash at first
					want *= math.Pow(10, db/10)
				case float64(i) > step-2*window:
					continue
				}
				if off := ratio(noise[i], want); math.Abs(off) > 3.5 {
					t.Fatalf("%g Bd, step of %+g dB: %+.2f s from it the noise is off by %+.1f dB", sig.Baud, db, (float64(i)-step)/f.rate, off)
				}
			}
		}
	}
}
