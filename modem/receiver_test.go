package modem

import (
	"math"
	"slices"
	"testing"

	"rtty/baudot"
)

func hamSignal() Signal { return presets[0].Signal(LSB) }

// receive decodes samples in blocks of the given length.
func receive(t testing.TB, sig Signal, config ReceiverConfig, samples []float32, block int) []Char {
	t.Helper()
	r, err := NewReceiver(sig, config)
	if err != nil {
		t.Fatal(err)
	}
	var chars []Char
	for len(samples) > 0 {
		n := min(block, len(samples))
		chars = append(chars, r.Process(samples[:n]).Final...)
		samples = samples[n:]
	}
	return append(chars, r.Flush().Final...)
}

func codesOf(chars []Char) []baudot.Code {
	codes := make([]baudot.Code, len(chars))
	for i, c := range chars {
		codes[i] = c.Code
	}
	return codes
}

func TestReceiverNearsTheNoncoherentLimitInWhiteNoise(t *testing.T) {
	t.Parallel()
	// The share of wrong codes of a receiver that is told timing and tuning is
	// 1-(1-exp(-Eb/2N0)/2)^5: 0.25, 3.2 and 15 % here.
	for _, c := range []struct{ snr, most float64 }{{-4, 0.002}, {-6, 0.008}, {-8, 0.055}, {-10, 0.20}} {
		wrong, total := 0, 0
		for seed := range uint64(3) {
			sent := randomCodes(1000, seed)
			samples := newSender(hamSignal(), 8000, seed).Key(sent, 0.5, 0.5)
			addNoise(samples, 8000, c.snr, seed)
			got := receive(t, hamSignal(), ReceiverConfig{Rate: 8000, AFC: true}, samples, 1000)
			wrong += codeErrors(sent, codesOf(got))
			total += len(sent)
		}
		if rate := float64(wrong) / float64(total); rate > c.most {
			t.Errorf("%g dB in 2500 Hz: %d of %d codes wrong, %.2f %%, want at most %.2f %%", c.snr, wrong, total, 100*rate, 100*c.most)
		}
	}
}

func TestReceiverReadsWhatIsOffSpeedAndOffFrequency(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ baud, offset float64 }{{0.98, 0}, {1.02, 0}, {1, 20}, {1, -20}, {1.02, -20}} {
		sent := randomCodes(3000, 7)
		sig := hamSignal()
		sig.Baud *= c.baud
		sig.Mark += c.offset
		sig.Space += c.offset
		samples := newSender(sig, 8000, 7).Key(sent, 0.5, 0.5)
		addNoise(samples, 8000, 4, 7)
		got := receive(t, hamSignal(), ReceiverConfig{Rate: 8000, AFC: true}, samples, 1000)
		if wrong := codeErrors(sent, codesOf(got)); wrong != 0 {
			t.Errorf("speed × %g, %+g Hz: %d of %d codes wrong", c.baud, c.offset, wrong, len(sent))
		}
	}
}

func TestReceiverReadsEverySpeedShiftStopAndRate(t *testing.T) {
	t.Parallel()
	cases := []struct {
		baud, shift, stop float64
		rate              int
	}{
		{36, 23, 1.5, 8000}, {45.45, 23, 1.5, 11025}, {45.45, 85, 1, 8000}, {45.45, 170, 1, 48000},
		{45.45, 170, 2, 6000}, {50, 85, 1.5, 192000}, {50, 450, 1.5, 8000}, {56.9, 425, 1.42, 22050},
		{75, 850, 1.5, 44100}, {100, 170, 2, 12000}, {110, 170, 1.5, 8000}, {150, 200, 1, 16000},
		{200, 500, 1.5, 8000}, {300, 200, 1.5, 8000}, {300, 1000, 1, 48000}, {36, 1000, 2, 96000},
	}
	for _, c := range cases {
		for _, reverse := range []bool{false, true} {
			sig := Signal{Mark: 1500 - c.shift/2, Space: 1500 + c.shift/2, Baud: c.baud, StopBits: c.stop}
			if reverse {
				sig = sig.Reversed()
			}
			sent := randomCodes(150, 3)
			samples := newSender(sig, c.rate, 3).Key(sent, 0.6, 0.3)
			addNoise(samples, c.rate, 20, 3)
			tuned := sig
			tuned.StopBits = 0 // not told
			got := receive(t, tuned, ReceiverConfig{Rate: c.rate, AFC: true}, samples, 4000)
			if wrong := codeErrors(sent, codesOf(got)); wrong != 0 {
				t.Errorf("%+v, reverse %v: %d of %d codes wrong", c, reverse, wrong, len(sent))
			}
		}
	}
}

func TestReceiverReadsHandTyping(t *testing.T) {
	sent := randomCodes(400, 5)
	s := newSender(hamSignal(), 8000, 5)
	s.gap = func() float64 { return s.rng.ExpFloat64() * 8 }
	samples := s.Key(sent, 1, 1)
	addNoise(samples, 8000, -2, 5)
	got := receive(t, hamSignal(), ReceiverConfig{Rate: 8000, AFC: true}, samples, 1000)
	if wrong := codeErrors(sent, codesOf(got)); wrong > 8 {
		t.Errorf("%d of %d codes wrong", wrong, len(sent))
	}
}

func TestReceiverGivesTheSameHoweverTheStreamIsCut(t *testing.T) {
	sent := randomCodes(100, 9)
	samples := newSender(hamSignal(), 8000, 9).Key(sent, 0.5, 0.5)
	addNoise(samples, 8000, -6, 9)
	config := ReceiverConfig{Rate: 8000, AFC: true}
	want := receive(t, hamSignal(), config, samples, len(samples))
	for _, block := range []int{1, 17, 1000, 4096} {
		if got := receive(t, hamSignal(), config, samples, block); !slices.Equal(got, want) {
			t.Errorf("blocks of %d samples give other text than one block", block)
		}
	}
}

func TestCharsSayWhereTheyStand(t *testing.T) {
	const rate, lead = 8000, 0.7
	sig := hamSignal()
	sent := randomCodes(60, 11)
	samples := newSender(sig, rate, 11).Key(sent, lead, 0.5)
	addNoise(samples, rate, 10, 11)
	got := receive(t, sig, ReceiverConfig{Rate: rate, AFC: true}, samples, 512)
	if len(got) != len(sent) {
		t.Fatalf("%d characters, want %d", len(got), len(sent))
	}
	step := rate / sig.Baud / stepsPerUnit
	for i, c := range got {
		start := rate * (lead + float64(i)*sig.CharSeconds())
		if math.Abs(float64(c.Start)-start) > 1.5*step {
			t.Errorf("character %d starts at sample %d, sent at %.0f", i, c.Start, start)
		}
		if length := float64(c.End - c.Start); math.Abs(length-rate*7/sig.Baud) > 2 {
			t.Errorf("character %d lasts %.0f samples, want 7 units", i, length)
		}
	}
}

func TestTextIsProvisionalSoonAndFinalInTime(t *testing.T) {
	const rate, block = 8000, 40
	sig := hamSignal()
	sent := randomCodes(80, 13)
	samples := newSender(sig, rate, 13).Key(sent, 0.5, 2)
	addNoise(samples, rate, 10, 13)
	r, err := NewReceiver(sig, ReceiverConfig{Rate: rate})
	if err != nil {
		t.Fatal(err)
	}
	shown, settled := make(map[int64]int64), 0
	for at := 0; at+block <= len(samples); at += block {
		u := r.Process(samples[at : at+block])
		now := int64(at + block)
		for _, c := range u.Tail {
			if _, ok := shown[c.Start]; !ok {
				shown[c.Start] = now
			}
		}
		for _, c := range u.Final {
			if late := float64(now-c.End) / rate; late > 3*sig.CharSeconds() {
				t.Errorf("a character was final %.3f s after its stop unit", late)
			}
			if late := float64(shown[c.Start]-c.End) / rate; late > 0.12 {
				t.Errorf("a character was first shown %.3f s after its stop unit", late)
			}
			settled++
		}
	}
	if settled != len(sent) {
		t.Errorf("%d characters were final two seconds after the end, want %d", settled, len(sent))
	}
}

func TestSquelchKeepsNoiseOffThePage(t *testing.T) {
	t.Parallel()
	const seconds = 300
	noise := make([]float32, 8000*seconds)
	addNoise(noise, 8000, 0, 1)
	config := ReceiverConfig{Rate: 8000, AFC: true}
	closed := len(receive(t, hamSignal(), config, noise, 8000))
	if closed > 5*seconds/60 {
		t.Errorf("%d characters in %d s of noise", closed, seconds)
	}
	const aMinute = 60
	config.Squelch = SquelchOff
	if open := len(receive(t, hamSignal(), config, noise[:8000*aMinute], 8000)); open < 2*aMinute {
		t.Errorf("with the squelch open %d characters in %d s of noise", open, aMinute)
	}
}

func TestRetuneKeepsTheSampleCount(t *testing.T) {
	const rate = 8000
	sig := hamSignal()
	other := sig.MovedTo(1000)
	first := newSender(sig, rate, 1).Key(randomCodes(20, 1), 0.5, 0.5)
	second := newSender(other, rate, 2).Key(randomCodes(20, 2), 0.5, 0.5)
	for _, s := range [][]float32{first, second} {
		addNoise(s, rate, 10, 1)
	}
	r, err := NewReceiver(sig, ReceiverConfig{Rate: rate})
	if err != nil {
		t.Fatal(err)
	}
	r.Process(first)
	if _, err := r.Retune(other); err != nil {
		t.Fatal(err)
	}
	chars := append([]Char(nil), r.Process(second).Final...)
	chars = append(chars, r.Flush().Final...)
	if want := randomCodes(20, 2); codeErrors(want, codesOf(chars)) != 0 {
		t.Fatalf("read %v after retuning, want %v", codesOf(chars), want)
	}
	want := float64(len(first)) + 0.5*rate
	if got := float64(chars[0].Start); math.Abs(got-want) > 50 {
		t.Errorf("first character after retuning starts at %.0f, want %.0f", got, want)
	}
}

func TestReceiverFollowsTheTones(t *testing.T) {
	const rate = 8000
	sig := hamSignal()
	sent := sig
	sent.Mark -= 7
	sent.Space -= 12
	samples := newSender(sent, rate, 4).Key(randomCodes(200, 4), 0.5, 0)
	addNoise(samples, rate, 0, 4)
	r, err := NewReceiver(sig, ReceiverConfig{Rate: rate, AFC: true})
	if err != nil {
		t.Fatal(err)
	}
	r.Process(samples)
	status := r.Status()
	if math.Abs(status.Signal.Mark-sent.Mark) > 1 || math.Abs(status.Signal.Space-sent.Space) > 1 {
		t.Errorf("tones at %.1f and %.1f Hz, sent at %.1f and %.1f", status.Signal.Mark, status.Signal.Space, sent.Mark, sent.Space)
	}
	if math.Abs(status.SNR) > 2 {
		t.Errorf("SNR %.1f dB, want 0", status.SNR)
	}
	if !status.Locked || status.Quality < 0.95 {
		t.Errorf("locked %v, quality %.2f on a strong signal", status.Locked, status.Quality)
	}
	if math.Abs(status.Signal.StopBits-1.5) > 0.1 {
		t.Errorf("stop element of %.2f units, want 1.5", status.Signal.StopBits)
	}
}

func TestReceiverRefusesWhatItCantDo(t *testing.T) {
	for _, c := range []struct {
		change func(*Signal)
		rate   int
	}{
		{func(s *Signal) {}, 5999}, {func(s *Signal) {}, 192001}, {func(s *Signal) { s.Baud = 35 }, 8000},
		{func(s *Signal) { s.Baud = math.NaN() }, 8000}, {func(s *Signal) { s.Space = s.Mark }, 8000},
		{func(s *Signal) { s.Mark = 3900 }, 8000}, {func(s *Signal) { s.Mark = -10 }, 8000},
		{func(s *Signal) { s.Space = math.Inf(1) }, 8000}, {func(s *Signal) { s.StopBits = 3 }, 8000},
		{func(s *Signal) { s.Baud, s.Space = 300, s.Mark+140 }, 8000},
	} {
		sig := hamSignal()
		c.change(&sig)
		if _, err := NewReceiver(sig, ReceiverConfig{Rate: c.rate}); err == nil {
			t.Errorf("%+v at %d samples per second was accepted", sig, c.rate)
		}
	}
}

func BenchmarkReceiver(b *testing.B) {
	const rate = 8000
	samples := newSender(hamSignal(), rate, 1).Key(randomCodes(100, 1), 0.5, 0.5)
	addNoise(samples, rate, 0, 1)
	r, err := NewReceiver(hamSignal(), ReceiverConfig{Rate: rate, AFC: true})
	if err != nil {
		b.Fatal(err)
	}
	r.Process(samples)
	b.ReportAllocs()
	for b.Loop() {
		for block := samples; len(block) > 0; block = block[min(1000, len(block)):] {
			r.Process(block[:min(1000, len(block))])
		}
	}
	audio := float64(b.N) * float64(len(samples)) / rate
	b.ReportMetric(audio/b.Elapsed().Seconds(), "x-real-time")
}
