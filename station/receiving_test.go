package station

import (
	"context"
	"math"
	"strings"
	"testing"
	"time"

	"rtty/audio"
	"rtty/hf"
	"rtty/modem"
)

var ham = modem.Presets()[0].Signal(modem.LSB)

// operate runs a station on audio until it has ended and then a while longer.
func operate(t *testing.T, c Config, then func(*Station)) *Station {
	t.Helper()
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	play(s, then)
	return s
}

// play runs a station until its audio has ended, and on until then returns, if
// it is not nil.
func play(s *Station, then func(*Station)) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { s.Run(ctx); close(done) }()
	<-s.Ended()
	if then != nil {
		then(s)
	}
	cancel()
	<-done
}

func TestWhatIsSentIsReceivedWithItsTime(t *testing.T) {
	start := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	quiet := 5 * time.Second
	audio := join(silence(quiet), sent(t, ham, "CQ CQ DE W1AW W1AW K\n"), silence(time.Second))
	s := operate(t, Config{Origin: File, Input: &tape{rate: AudioRate, samples: audio, anchor: start}}, nil)

	events := s.Events(0)
	if got := strings.TrimSpace(text(events, Received)); got != "CQ CQ DE W1AW W1AW K" {
		t.Errorf("received %q", got)
	}
	for _, e := range events {
		if e.Kind == Received {
			if early := e.At.Sub(start.Add(quiet)); early < 0 || early > 2*time.Second {
				t.Errorf("first characters at %v, sent from %v on", e.At, start.Add(quiet))
			}
			break
		}
	}
	if heard := s.Snapshot().Heard; len(heard) != 1 || heard[0].Call != "W1AW" {
		t.Errorf("calls heard: %+v", heard)
	}
}

func TestWithoutAudioThereIsNoLevel(t *testing.T) {
	s, err := New(Config{Input: &tape{rate: AudioRate}})
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Snapshot().Receive.Level; got != NoSound {
		t.Errorf("before any audio the level is %g dB", got)
	}
	s = operate(t, Config{Origin: File, Input: &tape{rate: AudioRate, samples: silence(2 * time.Second)}}, nil)
	if got := s.Snapshot().Receive.Level; got != NoSound {
		t.Errorf("that of digital silence is %g dB", got)
	}
}

// A restless tape has something done now and then while it plays.
type restless struct {
	tape
	every, played int64 // samples
	do            func()
}

func (r *restless) Read(dst []float32) (audio.Block, error) {
	b, err := r.tape.Read(dst)
	before := r.played / r.every
	if r.played += int64(b.N); r.played/r.every != before {
		r.do()
	}
	return b, err
}

// Whoever turns the dial a little, or switches AFC, loses nothing by it.
func TestTheSameSignalIsReadOnWhileItsTuningChanges(t *testing.T) {
	const said = "CQ CQ DE W1AW W1AW 599 001 THE QUICK BROWN FOX 1234567890 TESTING K"
	in := &restless{tape: tape{rate: AudioRate, samples: join(silence(time.Second), sent(t, ham, said+"\n"), silence(2*time.Second))}, every: AudioRate * 3 / 2}
	s, err := New(Config{Origin: File, Input: in, AFC: true})
	if err != nil {
		t.Fatal(err)
	}
	turns := 0
	in.do = func() {
		turns++
		if err := s.Tune(ham.Mark + float64(turns%3) - 1); err != nil {
			t.Error(err)
		}
		s.SetAFC(turns%2 == 0)
	}
	play(s, nil)
	if got := strings.TrimSpace(text(s.Events(0), Received)); got != said || turns < 5 {
		t.Errorf("%d turns make %q", turns, got)
	}
}

// A weather station sends figures for long after a single shift.
func TestFiguresStayFiguresWhileTheTuningChanges(t *testing.T) {
	preset, err := modem.PresetNamed("dwd")
	if err != nil {
		t.Fatal(err)
	}
	dwd := preset.Signal(modem.USB)
	said := strings.TrimSpace(strings.Repeat("99430 86060 10118 20093 40057 ", 7))
	in := &restless{tape: tape{rate: AudioRate, samples: join(silence(time.Second), sent(t, dwd, "AAXX "+said+"\n"), silence(2*time.Second))}, every: AudioRate * 7}
	s, err := New(Config{Origin: File, Input: in, Signal: &dwd, Preset: "dwd", AFC: true})
	if err != nil {
		t.Fatal(err)
	}
	turns := 0
	in.do = func() {
		turns++
		if err := s.Tune(dwd.Mark + float64(turns%2)); err != nil {
			t.Error(err)
		}
	}
	play(s, nil)
	if got := strings.TrimSpace(text(s.Events(0), Received)); got != "AAXX "+said || turns < 4 {
		t.Errorf("%d turns make %q", turns, got)
	}
}

func TestTuningReadsWhatWasSentBefore(t *testing.T) {
	elsewhere := ham.MovedTo(1200)
	audio := join(silence(time.Second), sent(t, elsewhere, "THE FIRST PART OF IT\n"), silence(40*time.Second),
		sent(t, elsewhere, "AND THE SECOND ONE\n"), silence(2*time.Second))
	s := operate(t, Config{Origin: File, Input: &tape{rate: AudioRate, samples: audio}}, func(s *Station) {
		if err := s.Tune(elsewhere.Mark); err != nil {
			t.Fatal(err)
		}
		waitFor(t, s, "the past is decoded", func() bool {
			return strings.Contains(text(s.Events(0), Past), "FIRST") && s.Snapshot().Receive.Past.Wanted == 0
		})
	})
	events := s.Events(0)
	all := text(events, Past) + text(events, Received)
	for _, part := range []string{"THE FIRST PART OF IT", "SECOND"} {
		if !strings.Contains(all, part) {
			t.Errorf("%q is missing in %q", part, all)
		}
	}
	first := true
	var last time.Time
	for _, e := range events {
		if e.Kind != Past {
			continue
		}
		if e.Newest != first {
			t.Errorf("stretch from %v: newest is %v", e.Begin, e.Newest)
		}
		if !first && !e.End.Before(last) && !e.End.Equal(last) {
			t.Errorf("stretch to %v comes after one from %v", e.End, last)
		}
		first, last = false, e.Begin
	}
}

// What is kept can be looked ahead in. So nothing is read of the louder noise
// behind an over, and the first characters of one that is off tune are there.
func TestThePastIsReadBetterThanTheLiveAudio(t *testing.T) {
	const said = "QRZ DE W1AW"
	var audio []float32
	for i, hz := range []float64{25, -25, 20, -20} {
		over := join(silence(3*time.Second), sent(t, ham.MovedTo(1200+hz), said+"\n"))
		level := float32(math.Pow(10, float64(i%2)))
		for k := range over {
			over[k] *= level
		}
		audio = join(audio, inNoise(over, 0.7*float64(level)))
	}
	audio = join(audio, inNoise(silence(3*time.Second), 18))
	s := operate(t, Config{Origin: File, AFC: true, Input: &tape{rate: AudioRate, samples: audio}}, func(s *Station) {
		if err := s.Tune(ham.MovedTo(1200).Mark); err != nil {
			t.Fatal(err)
		}
		waitFor(t, s, "the past is decoded", func() bool {
			return text(s.Events(0), Past) != "" && s.Snapshot().Receive.Past.Wanted == 0
		})
	})
	want := strings.Repeat(said+" ", 3)
	if got := strings.Join(strings.Fields(text(s.Events(0), Past)), " "); !strings.HasPrefix(got, want) {
		t.Errorf("past %q, want %q", got, want)
	}
}

// waitFor waits for something that a station does by itself.
func waitFor(t *testing.T, s *Station, what string, is func() bool) {
	t.Helper()
	wake, cancel := s.Changed()
	defer cancel()
	deadline := time.After(time.Minute)
	for !is() {
		select {
		case <-wake:
		case <-time.After(50 * time.Millisecond):
		case <-deadline:
			t.Fatalf("waited a minute: %s", what)
		}
	}
}

func TestAutoFindsTheSignal(t *testing.T) {
	there := modem.Signal{Mark: 1275, Space: 1725, Baud: 50, StopBits: 1.5, Code: 1}
	audio := join(sent(t, there, strings.Repeat("RYRYRY TEST DDH47 DDH9 ", 8)), silence(time.Second))
	s := operate(t, Config{Origin: File, Input: &tape{rate: AudioRate, samples: audio}}, func(s *Station) {
		if err := s.Auto(); err != nil {
			t.Fatal(err)
		}
		waitFor(t, s, "the search ends", func() bool { return !s.Snapshot().Receive.Searching })
	})
	got := s.Snapshot().Receive.Signal
	if got.Mark < 1270 || got.Mark > 1280 || got.Space < 1720 || got.Space > 1730 || got.Baud != 50 {
		t.Errorf("tuned to %+v", got)
	}
}

func TestAGapKeepsTimeAndText(t *testing.T) {
	start := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	before := join(sent(t, ham, "BEFORE THE GAP\n"), silence(2*time.Second))
	audio := join(before, sent(t, ham, "BEHIND IT\n"), silence(time.Second))
	gap := 90 * time.Second
	src := &tape{rate: AudioRate, samples: audio, anchor: start, gaps: map[int64]int64{}}
	block := samplesIn(blockTime)
	at := int64(len(before)) / block * block
	src.gaps[at] = samplesIn(gap)
	s := operate(t, Config{Origin: File, Input: src}, nil)

	events := s.Events(0)
	got := strings.Join(strings.Fields(text(events, Received)), " ")
	if got != "BEFORE THE GAP BEHIND IT" {
		t.Errorf("received %q", got)
	}
	for _, e := range events {
		if strings.HasPrefix(text([]Event{e}, Received), "B") && e.At.After(start.Add(gap)) {
			want := start.Add(duration(int64(len(before))) + gap)
			if off := e.At.Sub(want); off < 0 || off > 2*time.Second {
				t.Errorf("text behind the gap at %v, want soon after %v", e.At, want)
			}
			return
		}
	}
	t.Error("nothing has a time behind the gap")
}

func TestAudioThatWaitsIsHeardBeforeTheNextWish(t *testing.T) {
	wishes := make(chan hearing, 1)
	wishes <- hearing{signal: ham}
	for _, behind := range []int{0, 1, 2, pumpBlocks} {
		var next turn
		next.Granted(behind)
		for left := behind; left > 0; left-- {
			if next.Wishes(wishes) != nil {
				t.Fatalf("of %d blocks %d are still waiting, and a wish is granted", behind, left)
			}
			next.Heard()
		}
		for range 3 {
			if next.Wishes(wishes) == nil {
				t.Fatalf("%d blocks are heard, and no wish is granted", behind)
			}
			next.Heard()
		}
	}
}

// An arrow key that is held down asks faster than a receiver can be moved.
func TestEverythingIsHeardWhileWishesComeWithoutEnd(t *testing.T) {
	in := &tape{rate: AudioRate, samples: silence(10 * time.Second)}
	s, err := New(Config{Origin: File, Input: in})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done, wishing := make(chan struct{}), make(chan struct{})
	go func() { s.Run(ctx); close(done) }()
	go func() {
		defer close(wishing)
		for hz := 1000.0; ctx.Err() == nil; hz = 3000 - hz {
			s.receiver.Listen(hearing{signal: ham.MovedTo(hz)})
		}
	}()
	<-s.Ended()
	cancel()
	<-wishing
	<-done
	if _, end := s.receiver.ring.Bounds(); end != samplesIn(10*time.Second) {
		t.Errorf("%d samples were heard of %d", end, samplesIn(10*time.Second))
	}
}

func TestWishesThatCannotBe(t *testing.T) {
	s, err := New(Config{Input: &tape{rate: AudioRate}})
	if err != nil {
		t.Fatal(err)
	}
	for name, wish := range map[string]func() error{
		"tone out of range": func() error { return s.Tune(20) },
		"unknown preset":    func() error { return s.SetPreset("telex") },
		"unknown prior":     func() error { return s.SetPrior("klingon") },
		"squelch of two":    func() error { return s.SetSquelch(2) },
		"no past":           func() error { return s.DecodePast(0) },
		"no call":           func() error { return s.TakeCall("599") },
		"transmit":          func() error { return s.Transmit(Keyboard) },
		"carrier":           func() error { return s.Carrier(SteadyMark) },
		"recording nowhere": func() error { return s.Record(true) },
	} {
		before := s.Snapshot().Receive.Signal
		if err := wish(); err == nil {
			t.Errorf("%s is granted", name)
		}
		if after := s.Snapshot().Receive.Signal; after != before {
			t.Errorf("%s changes the tuning to %+v", name, after)
		}
	}
}

func TestTransmitTonesFollowOnlyWithNet(t *testing.T) {
	s, err := New(Config{Input: &tape{rate: AudioRate}})
	if err != nil {
		t.Fatal(err)
	}
	s.Tune(1500)
	if got := s.Snapshot().Transmit.Signal.Mark; got != 2125 {
		t.Errorf("without net the transmit mark is %g", got)
	}
	s.SetNet(true)
	if got := s.Snapshot().Transmit.Signal.Mark; got != 1500 {
		t.Errorf("with net the transmit mark is %g", got)
	}
	s.Reverse()
	snap := s.Snapshot()
	if snap.Receive.Signal.Mark != 1670 || snap.Transmit.Signal != snap.Receive.Signal {
		t.Errorf("reversed to %+v, transmitting %+v", snap.Receive.Signal, snap.Transmit.Signal)
	}
}

func TestAudioOfAnyUsualRateIsRead(t *testing.T) {
	const words = "THE QUICK BROWN FOX 599\n"
	for _, rate := range []int{8000, 11025, 44100, 96000} {
		samples, _ := keyed(t, rate, ham, words)
		samples = append(samples, make([]float32, rate)...)
		s := operate(t, Config{Origin: File, Input: &tape{rate: rate, samples: samples}}, nil)
		if got := text(s.Events(0), Received); got != words {
			t.Errorf("%d samples a second: received %q", rate, got)
		}
		want := time.Duration(float64(len(samples)) / float64(rate) * float64(time.Second))
		if kept := s.Snapshot().Receive.Past.Kept; (kept - want).Abs() > 2*statusTime {
			t.Errorf("%d samples a second: kept %v of %v", rate, kept, want)
		}
	}
}

func TestThePastIsWhatIsKept(t *testing.T) {
	start := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	old := join(sent(t, ham, "LONG AGO\n"), silence(150*time.Second))
	audio := join(old, sent(t, ham, "NOT LONG AGO\n"), silence(20*time.Second))
	s := operate(t, Config{Origin: File, Input: &tape{rate: AudioRate, samples: audio, anchor: start}, Kept: time.Minute}, func(s *Station) {
		if err := s.DecodePast(24 * time.Hour); err != nil {
			t.Fatal(err)
		}
		waitFor(t, s, "the past is decoded", func() bool {
			return text(s.Events(0), Past) != "" && s.Snapshot().Receive.Past.Wanted == 0
		})
	})
	events := s.Events(0)
	if got := text(events, Past); got != "NOT LONG AGO\n" {
		t.Errorf("read %q", got)
	}
	sentAt := start.Add(duration(int64(len(old))))
	for _, e := range events {
		if e.Kind != Past {
			continue
		}
		if at := s.ring.Time(e.Chars[0].Start); at.Before(sentAt) || at.After(sentAt.Add(2*time.Second)) {
			t.Errorf("the text is from %v, sent from %v on", at, sentAt)
		}
	}
	if kept := s.Snapshot().Receive.Past.Kept; kept != time.Minute {
		t.Errorf("%v are kept", kept)
	}
}

func TestANewWishForThePastEndsTheOneBefore(t *testing.T) {
	audio := join(sent(t, ham, strings.Repeat("SOME TEXT OF LONG AGO ", 40)), silence(time.Second))
	s := operate(t, Config{Origin: File, Input: &tape{rate: AudioRate, samples: audio}}, func(s *Station) {
		for range 3 {
			s.DecodePast(time.Hour)
		}
		waitFor(t, s, "the past is decoded", func() bool {
			return text(s.Events(0), Past) != "" && s.Snapshot().Receive.Past.Wanted == 0
		})
	})
	series := 0
	for _, e := range s.Events(0) {
		if e.Kind == Past && e.Newest {
			series++
		}
	}
	if series < 1 || series > 3 {
		t.Errorf("%d series of the past", series)
	}
}

func TestEveryWatcherIsWoken(t *testing.T) {
	s, err := New(Config{Input: &tape{rate: AudioRate}})
	if err != nil {
		t.Fatal(err)
	}
	one, stopOne := s.Changed()
	two, stopTwo := s.Changed()
	defer stopTwo()
	woken := func(c <-chan struct{}) bool {
		select {
		case <-c:
			return true
		default:
			return false
		}
	}
	s.Notify("something")
	s.Notify("and more")
	if !woken(one) || !woken(two) {
		t.Error("a watcher sleeps")
	}
	if woken(one) || woken(two) {
		t.Error("a watcher is woken twice for what it reads at once")
	}
	stopOne()
	s.Notify("the rest")
	if woken(one) {
		t.Error("one that has left is woken")
	}
	if !woken(two) {
		t.Error("the other one sleeps")
	}
}

func TestSearchingIsShownWhileAnySearchRuns(t *testing.T) {
	s, err := New(Config{Input: &tape{rate: AudioRate}})
	if err != nil {
		t.Fatal(err)
	}
	searching := func() bool { return s.Snapshot().Receive.Searching }
	s.Auto()
	s.Auto()
	waitFor(t, s, "the first search ends", func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.searches == 1
	})
	if !searching() {
		t.Error("the second search runs and is not shown")
	}
	s.Tune(1500)
	waitFor(t, s, "tuning by hand ends the search", func() bool { return !searching() })
}

// noisy is what a band gives of a signal at a signal-to-noise ratio in dB.
func noisy(t *testing.T, signal []float32, snr float64, seed uint64) []float32 {
	t.Helper()
	channel, err := hf.NewChannel(hf.Config{
		Rate: AudioRate, Seed: seed, SignalPower: hf.KeyedPower(signal, AudioRate), Noise: &hf.Noise{SNR: snr},
	})
	if err != nil {
		t.Fatal(err)
	}
	return channel.Flush(channel.Process(nil, signal))
}

func TestNothingIsMadeUpAroundAnOver(t *testing.T) {
	const before, after = "CQ CQ DE W1AW PSE K\n", "G3XYZ DE W1AW UR 599 KN\n"
	over := silence(10 * time.Second)
	for seed := uint64(1); seed <= 4; seed++ {
		samples := noisy(t, join(silence(2*time.Second), sent(t, ham, before), silence(time.Second), over,
			silence(3*time.Second), sent(t, ham, after), silence(2*time.Second)), 6, seed)
		begin := int64(len(samples)) - int64(len(sent(t, ham, after))) - samplesIn(5*time.Second) - int64(len(over))

		src := &tape{rate: AudioRate, samples: samples}
		s, err := New(Config{Origin: File, Input: src})
		if err != nil {
			t.Fatal(err)
		}
		rx := s.receiver
		buffer := make([]float32, samplesIn(blockTime))
		for {
			b, err := src.Read(buffer)
			rx.muted.Store(b.Index >= begin && b.Index < begin+int64(len(over)))
			rx.take(heard{buffer[:b.N], b, err})
			if err != nil {
				break
			}
		}
		if got := text(s.Events(0), Received); got != before+after {
			t.Errorf("seed %d: received %q", seed, got)
		}
	}
}

func TestAPresetKeepsItsNameWhereverItIs(t *testing.T) {
	s, err := New(Config{Input: &tape{rate: AudioRate}})
	if err != nil {
		t.Fatal(err)
	}
	s.SetSignal(ham.MovedTo(1000.1))
	if got := s.Snapshot().Receive.Preset; got != "ham" {
		t.Errorf("moved, it is called %q", got)
	}
	for baud, want := range map[float64]string{75: "ham75", 100: "", 50: "ham50"} {
		other := ham.MovedTo(1500)
		other.Baud = baud
		s.SetSignal(other)
		if got := s.Snapshot().Receive.Preset; got != want {
			t.Errorf("at %g Bd it is called %q, want %q", baud, got, want)
		}
	}
}

// Whoever keys while a call is being sent has not heard the end of it.
func TestACallThatWasCutOffIsNotACall(t *testing.T) {
	const second = AudioRate
	chars := func(word string, end int64) (all []modem.Char) {
		for i, r := range word {
			at := end - int64(len(word)-i)*second/6
			all = append(all, modem.Char{Rune: r, P: 1, Start: at, End: at + second/6})
		}
		return all
	}
	for _, c := range []struct {
		cut  int64 // after the end of the call
		want string
	}{{second / 20, ""}, {-second / 20, ""}, {second / 2, "KC2Q"}, {-10 * second, "KC2Q"}} {
		f, told := new(callFinder), ""
		tell := func(call string, _ int64) { told += call }
		f.Add(chars("DE KC2Q", 20*second), tell)
		f.Cut(20*second + c.cut)
		f.Add(chars("\nQRZ", 30*second), tell)
		if told != c.want {
			t.Errorf("cut %d samples after the end: %q", c.cut, told)
		}
	}
}
