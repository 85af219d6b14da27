package modem

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"rtty/baudot"
	"rtty/hf"
)

// identifyRate is that of most samples here.
const identifyRate = 8000

// contact is what stations say to each other, at least n codes of it.
func contact(n int, seed uint64) []baudot.Code {
	words := strings.Fields(`CQ CQ DE TEST THE WEATHER HERE IS FINE TODAY WITH SOME CLOUDS AND LIGHT WIND FROM WEST
		NAME QTH ANTENNA DIPOLE UP 10 METERS RIG RUNS 100 WATTS YOUR SIGNAL 599 599 THANK YOU FOR THE CALL BEST WISHES
		PSE COPY QSL VIA BUREAU MY LOCATOR JO62 TEMPERATURE 17 DEGREES BTU KN QRZ STATION FROM NORTHERN COAST`)
	rng := rand.New(rand.NewPCG(seed, 4))
	encoder := baudot.Encoder{USOS: true}
	var codes []baudot.Code
	for len(codes) < n {
		codes = encoder.AppendString(codes, words[rng.IntN(len(words))]+" ")
		if rng.IntN(12) == 0 {
			codes = encoder.AppendString(codes, "\r\n")
		}
	}
	return codes
}

// onAir is that many seconds out of a transmission that began before and goes
// on after, at an SNR in 2500 Hz.
func onAir(s Signal, rate int, seconds, snr float64, seed uint64) []float32 {
	const cut = 1.23 // seconds
	chars := int((seconds+cut)/s.CharSeconds()) + 3
	samples := newSender(s, rate, seed).Key(contact(chars, seed), 0, 0)
	samples = samples[int(cut*float64(rate)):][:int(seconds*float64(rate))]
	addNoise(samples, rate, snr, seed)
	return samples
}

func identify(t testing.TB, samples []float32, opts IdentifyOptions) []Found {
	t.Helper()
	if opts.Rate == 0 {
		opts.Rate = identifyRate
	}
	found, err := Identify(samples, opts)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// misheard says what is wrong with a found signal, nothing when it is right:
// tones within 2 Hz, the speed within half a per cent, stop length and polarity.
func misheard(got, want Signal) string {
	var wrong []string
	if math.Abs(got.Mark-want.Mark) > 2 || math.Abs(got.Space-want.Space) > 2 {
		wrong = append(wrong, fmt.Sprintf("tones %.1f/%.1f, want %.1f/%.1f", got.Mark, got.Space, want.Mark, want.Space))
	}
	if math.Abs(got.Baud/want.Baud-1) > 0.005 {
		wrong = append(wrong, fmt.Sprintf("%.2f Bd, want %.2f", got.Baud, want.Baud))
	}
	if got.StopBits != want.StopBits {
		wrong = append(wrong, fmt.Sprintf("stop %g, want %g", got.StopBits, want.StopBits))
	}
	return strings.Join(wrong, "; ")
}

// expectOne fails unless want, and nothing else, was found.
func expectOne(t *testing.T, found []Found, want Signal) {
	t.Helper()
	if len(found) != 1 {
		t.Fatalf("found %d signals, want one: %+v", len(found), found)
	}
	if wrong := misheard(found[0].Signal, want); wrong != "" {
		t.Error(wrong)
	}
}

func signalOf(mark, space, baud, stop float64) Signal {
	return Signal{Mark: mark, Space: space, Baud: baud, StopBits: stop}
}

func TestIdentifyFindsSpeedShiftStopLengthAndPolarity(t *testing.T) {
	const ham = 1000.0 / 22
	for _, s := range []Signal{
		signalOf(2125, 2295, ham, 1.5),
		signalOf(2295, 2125, ham, 1),
		signalOf(1585, 1415, ham, 2),
		signalOf(1275, 1725, 50, 1.5),
		signalOf(1542.5, 1457.5, 50, 1.5),
		signalOf(1925, 1075, 75, 1.5),
		signalOf(1000, 1170, 36, 1.5),
		signalOf(1000, 1170, 45, 1.5),
		signalOf(1000, 1425, 56.9, 1),
		signalOf(1800, 1630, 74.2, 1.5),
		signalOf(1500, 1585, 100, 1.5),
		signalOf(1070, 1270, 110, 2),
		signalOf(1000, 1200, 150, 1.5),
		signalOf(1000, 1850, 200, 1),
		signalOf(2025, 2225, 300, 1),
		signalOf(1500, 1523, ham, 1.5),
		signalOf(700, 1700, 50, 1),
	} {
		t.Run(fmt.Sprintf("%g-%g-%.4g-%g", s.Mark, s.Space, s.Baud, s.StopBits), func(t *testing.T) {
			expectOne(t, identify(t, onAir(s, identifyRate, 10, 10, 1), IdentifyOptions{}), s)
		})
	}
}

func TestIdentifyHearsWeakAndFadingSignals(t *testing.T) {
	t.Parallel()
	const trials = 6
	moderate := hf.Fading{Paths: 2, Delay: time.Millisecond, Spread: 0.5}
	for _, c := range []struct {
		name    string
		preset  string
		seconds float64
		snr     float64
		fading  hf.Fading
		least   int
	}{
		{"five seconds", "ham", 5, -6, hf.Fading{}, 6},
		{"twenty seconds", "ham", 20, -10, hf.Fading{}, 5},
		{"weather", "dwd", 20, -8, hf.Fading{}, 5},
		{"fading", "ham", 20, -6, moderate, 5},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := PresetNamed(c.preset)
			if err != nil {
				t.Fatal(err)
			}
			s := p.Signal(p.Sideband)
			right := 0
			for seed := range uint64(trials) {
				channel, err := hf.NewChannel(hf.Config{Rate: identifyRate, Seed: seed, Fading: c.fading})
				if err != nil {
					t.Fatal(err)
				}
				samples := channel.Process(nil, onAir(s, identifyRate, c.seconds, 200, seed))
				samples = channel.Flush(samples)
				addNoise(samples, identifyRate, c.snr, seed)
				if found := identify(t, samples, IdentifyOptions{}); len(found) > 0 && misheard(found[0].Signal, s) == "" {
					right++
				}
			}
			if right < c.least {
				t.Errorf("%d of %d right, want at least %d", right, trials, c.least)
			}
		})
	}
}
