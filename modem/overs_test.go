package modem

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"rtty/baudot"
)

// shortOvers are stations that follow one another, each off tune by an amount
// of its own and with a second of diddles before its text, and with noise
// between them. Each is as much louder or softer than the one before as its
// noise is. A pause lasts from pause seconds to twice that.
func shortOvers(count int, snr, pause float64, seed uint64) (samples []float32, sent []baudot.Code) {
	const rate, most, decibels = 8000, 30, 10
	rng := rand.New(rand.NewPCG(seed, 9))
	either := func(most float64) float64 { return most * (2*rng.Float64() - 1) }
	for i := range count {
		text := randomCodes(15+rng.IntN(26), seed*100+uint64(i))
		sent = append(sent, text...)
		codes := append([]baudot.Code{31, 31, 31, 31, 31, 31}, text...)
		s := newSender(hamSignal().MovedTo(hamSignal().Center()+either(most)), rate, seed+uint64(i))
		over := append(make([]float32, int(pause*rate)+rng.IntN(int(pause*rate))), s.Key(codes, 0, 0.05)...)
		addNoise(over, rate, snr, seed*100+uint64(i))
		gain := float32(math.Pow(10, either(decibels)/20))
		for _, x := range over {
			samples = append(samples, gain*x)
		}
	}
	return samples, sent
}

func TestShortOversAreReadFromTheirFirstCharacter(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ snr, most float64 }{{0, 0.03}, {-6, 0.05}} {
		wrong, total := 0, 0
		for seed := range uint64(2) {
			samples, sent := shortOvers(20, c.snr, 2, seed)
			var got []baudot.Code
			for _, char := range receive(t, hamSignal(), ReceiverConfig{Rate: 8000, AFC: true}, samples, 1000) {
				if char.Code != baudot.LTRS { // the diddles
					got = append(got, char.Code)
				}
			}
			wrong += codeErrors(sent, got)
			total += len(sent)
		}
		if rate := float64(wrong) / float64(total); rate > c.most {
			t.Errorf("%g dB: %d errors in %d codes, %.1f %%, want at most %.1f %%", c.snr, wrong, total, 100*rate, 100*c.most)
		}
	}
}

// Who answers at once, some way off, is found before much of his over is lost.
func TestStationsThatAnswerAtOnceAreFound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		config ReceiverConfig
		most   float64
	}{{ReceiverConfig{Rate: 8000, AFC: true}, 0.18}, {lookingAhead(), 0.07}} {
		wrong, total := 0, 0
		for seed := range uint64(2) {
			samples, sent := shortOvers(20, -3, 0.3, seed)
			got := codesOf(receive(t, hamSignal(), c.config, samples, 1000))
			got = slices.DeleteFunc(got, func(c baudot.Code) bool { return c == baudot.LTRS }) // the diddles
			wrong += codeErrors(sent, got)
			total += len(sent)
		}
		if rate := float64(wrong) / float64(total); rate > c.most {
			t.Errorf("looking ahead %v: %d errors in %d codes, %.1f %%, want at most %.1f %%", c.config.LookAhead, wrong, total, 100*rate, 100*c.most)
		}
	}
}
