package modem

import (
	"math"
	"math/rand/v2"
	"testing"

	"rtty/baudot"
)

// shortOvers are stations that follow one another, each off tune by an amount
// of its own and with a second of diddles before its text, and with noise
// between them. Each is as much louder or softer than the one before as its
// noise is.
func shortOvers(count int, snr float64, seed uint64) (samples []float32, sent []baudot.Code) {
	const rate, most, decibels = 8000, 30, 10
	rng := rand.New(rand.NewPCG(seed, 9))
	either := func(most float64) float64 { return most * (2*rng.Float64() - 1) }
	for i := range count {
		text := randomCodes(15+rng.IntN(26), seed*100+uint64(i))
		sent = append(sent, text...)
		codes := append([]baudot.Code{31, 31, 31, 31, 31, 31}, text...)
		s := newSender(hamSignal().MovedTo(hamSignal().Center()+either(most)), rate, seed+uint64(i))
		over := append(make([]float32, 2*rate+rng.IntN(2*rate)), s.Key(codes, 0, 0.05)...)
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
			samples, sent := shortOvers(20, c.snr, seed)
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
