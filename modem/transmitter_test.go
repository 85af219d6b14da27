package modem

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"rtty/baudot"
)

// sent writes slots down: fed codes as they are, own ones in brackets, rest as
// a dot and the close as a bar.
func sent(s *script, slots int) string {
	var b strings.Builder
	for range slots {
		switch what, code := s.next(); what {
		case slotChar:
			fmt.Fprintf(&b, " %d", code)
		case slotOwn:
			fmt.Fprintf(&b, " [%d]", code)
		case slotRest:
			b.WriteString(" .")
		case slotClose:
			b.WriteString(" |")
		}
	}
	return strings.TrimSpace(b.String())
}

// stepFeed gives its steps in turn, pauses among them.
type stepFeed []any // baudot.Code or FeedState

func (f *stepFeed) NextCode() (baudot.Code, FeedState) {
	if len(*f) == 0 {
		return 0, FeedEnd
	}
	step := (*f)[0]
	*f = (*f)[1:]
	if state, ok := step.(FeedState); ok {
		return 0, state
	}
	return step.(baudot.Code), FeedChar
}

func TestTransmissionIsMarkDiddlesTextMark(t *testing.T) {
	const a, idle = baudot.Code(3), FeedIdle
	lead := strings.TrimSpace(strings.Repeat(". ", leadUnits))
	for _, c := range []struct {
		name     string
		diddle   Diddle
		preamble int
		feed     stepFeed
		want     string
	}{
		{"text", DiddleLTRS, 2, stepFeed{a, a}, lead + " [31] [31] 3 3 | . ."},
		{"pauses", DiddleLTRS, 1, stepFeed{a, idle, idle, a}, lead + " [31] 3 [31] [31] 3 | . ."},
		{"blank", DiddleBlank, 1, stepFeed{idle, a}, lead + " [0] [0] 3 | . ."},
		{"rest", DiddleNone, 1, stepFeed{idle, a}, lead + " " + lead + " . 3 | . ."},
		{"no preamble", DiddleLTRS, 0, stepFeed{a}, lead + " 3 | . ."},
		{"nothing", DiddleLTRS, 0, stepFeed{}, lead + " | . ."},
		{"six bits", DiddleLTRS, 0, stepFeed{baudot.Code(35)}, lead + " 3 | . ."},
	} {
		s := script{diddle: c.diddle, preamble: c.preamble}
		s.begin(&c.feed)
		if got := sent(&s, len(strings.Fields(c.want))); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
	}
}

// 27 is FIGS, 31 LTRS, 4 space, 23 the digit 1 in figures.
func TestDiddlesDoNotChangeWhatFollowsThem(t *testing.T) {
	const one, idle = baudot.Code(23), FeedIdle
	for _, c := range []struct {
		name   string
		diddle Diddle
		usos   bool
		feed   stepFeed
		want   string
	}{
		{"figures come back", DiddleLTRS, false, stepFeed{baudot.FIGS, one, idle, one, one}, "27 23 [31] [27] 23 23 |"},
		{"once for a long pause", DiddleLTRS, false, stepFeed{baudot.FIGS, one, idle, idle, one, idle, one}, "27 23 [31] [31] [27] 23 [31] [27] 23 |"},
		{"letters need nothing", DiddleLTRS, false, stepFeed{baudot.FIGS, baudot.LTRS, one, idle, one}, "27 31 23 [31] 23 |"},
		{"the feed shifts by itself", DiddleLTRS, false, stepFeed{baudot.FIGS, one, idle, baudot.LTRS, one}, "27 23 [31] 31 23 |"},
		{"line ends need no shift", DiddleLTRS, false, stepFeed{baudot.FIGS, one, idle, baudot.CR, baudot.LF, one}, "27 23 [31] 8 2 [27] 23 |"},
		{"a space keeps figures", DiddleLTRS, false, stepFeed{baudot.FIGS, one, baudot.Space, idle, one}, "27 23 4 [31] [27] 23 |"},
		{"a space before the pause unshifts", DiddleLTRS, true, stepFeed{baudot.FIGS, one, baudot.Space, idle, one}, "27 23 4 [31] 23 |"},
		{"a space after the pause unshifts", DiddleLTRS, true, stepFeed{baudot.FIGS, one, idle, baudot.Space, one}, "27 23 [31] 4 23 |"},
		{"blanks shift nothing", DiddleBlank, false, stepFeed{baudot.FIGS, one, idle, one}, "27 23 [0] 23 |"},
	} {
		s := script{diddle: c.diddle, usos: c.usos}
		s.begin(&c.feed)
		s.lead = 0
		if got := sent(&s, len(strings.Fields(c.want))); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestTextFeedSendsWhatTheEncoderMakes(t *testing.T) {
	const text = "cq de\r\nDL0ABC 599 001 – straße\x00 test"
	whole := baudot.Encoder{USOS: true}
	want := whole.AppendString(nil, text)
	feed := NewTextFeed(strings.NewReader(text), &baudot.Encoder{USOS: true})
	var got []baudot.Code
	for {
		c, state := feed.NextCode()
		if state == FeedEnd {
			break
		}
		got = append(got, c)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, state := feed.NextCode(); state != FeedEnd || feed.Err() != nil {
		t.Errorf("after the end: state %v, error %v", state, feed.Err())
	}
}

// brokenText fails after three runes.
type brokenText struct{ left int }

var errBroken = errors.New("line dropped")

func (b *brokenText) ReadRune() (rune, int, error) {
	if b.left--; b.left < 0 {
		return 0, 0, errBroken
	}
	return 'R', 1, nil
}

func TestTextFeedTellsWhyTextBrokeOff(t *testing.T) {
	feed := NewTextFeed(&brokenText{left: 3}, &baudot.Encoder{})
	got := transmitFeed(t, presetSignal(t, "ham"), TransmitterConfig{Rate: 8000}, feed)
	if len(got.codes) != 4 { // LTRS and what was read
		t.Errorf("%d codes sent", len(got.codes))
	}
	if !errors.Is(feed.Err(), errBroken) {
		t.Errorf("error %v", feed.Err())
	}
}

func TestLevelIsThatOfASteadyTone(t *testing.T) {
	for _, waveform := range []Waveform{Linear, Constant} {
		for _, level := range []float64{0, MaxLevel, -20, MinLevel} {
			cfg := TransmitterConfig{Rate: 8000, Waveform: waveform, Level: level, Diddle: DiddleNone}
			got := steadyPart(transmit(t, presetSignal(t, "ham"), cfg, nil).samples, 8000)
			power := 0.0
			for _, x := range got {
				power += float64(x) * float64(x)
			}
			want := level
			if level == 0 {
				want = DefaultLevel
			}
			if measured := decibels(2 * power / float64(len(got))); math.Abs(measured-want) > 0.05 {
				t.Errorf("%v: %.3f dBFS, want %g", waveform, measured, want)
			}
		}
	}
}

// Sequences that swing the envelope furthest must not clip at the highest level.
func TestHighestLevelNeverClips(t *testing.T) {
	for _, p := range Presets() {
		codes := evenCodes(200, 21)
		for range 20 {
			codes = append(codes, 10, 21, 4, 1, 16, 14, 17, 27, 0, 31)
		}
		for _, x := range transmit(t, p.Signal(p.Sideband), TransmitterConfig{Rate: 11025, Level: MaxLevel}, codes).samples {
			if math.Abs(float64(x)) >= 1 {
				t.Fatalf("%s: sample %g", p.Name, x)
			}
		}
	}
}

func TestOutputIsTheSameHoweverItIsRead(t *testing.T) {
	codes := evenCodes(20, 2)
	want := transmit(t, presetSignal(t, "ham"), TransmitterConfig{Rate: 11025}, codes).samples
	tx, err := NewTransmitter(presetSignal(t, "ham"), TransmitterConfig{Rate: 11025})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // a second transmission sounds as the first
		feed := CodeFeed(codes)
		tx.Start(&feed)
		var got []float32
		for size := 1; ; size = size*5%613 + 1 {
			block := make([]float32, size)
			n, err := tx.Read(block)
			got = append(got, block[:n]...)
			if err == io.EOF {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%d samples differ from %d", len(got), len(want))
		}
	}
}

func TestTransmissionFadesInAndOut(t *testing.T) {
	for _, waveform := range []Waveform{Linear, Constant} {
		for _, rate := range []int{8000, 48000} {
			sent := transmit(t, presetSignal(t, "ham"), TransmitterConfig{Rate: rate, Waveform: waveform}, evenCodes(5, 1)).samples
			amplitude := math.Pow(10, DefaultLevel/20)
			length := int(endRamp.Seconds() * float64(rate))
			loudest := func(part []float32) float64 {
				high := 0.0
				for _, x := range part {
					high = max(high, math.Abs(float64(x)))
				}
				return high / amplitude
			}
			for tenth, limit := range map[int]float64{1: 0.03, 3: 0.21, 5: 0.51} {
				n := length * tenth / 10
				if first, last := loudest(sent[:n]), loudest(sent[len(sent)-n:]); first > limit || last > limit {
					t.Errorf("%v at %d: %d tenths of a ramp reach %.2f and %.2f, want at most %.2f", waveform, rate, tenth, first, last, limit)
				}
			}
			if got := loudest(sent[length : length+length/2]); got < 0.97 {
				t.Errorf("%v at %d: after the ramp the signal has %.2f of its level", waveform, rate, got)
			}
		}
	}
}

// countingFeed knows how many codes it was asked for.
type countingFeed struct{ asked int }

func (f *countingFeed) NextCode() (baudot.Code, FeedState) {
	f.asked++
	return baudot.Code(f.asked & 31), FeedChar
}

func TestFeedIsAskedNoSoonerThanACharacterAhead(t *testing.T) {
	for _, waveform := range []Waveform{Linear, Constant} {
		feed := &countingFeed{}
		var starts []int64
		tx, err := NewTransmitter(presetSignal(t, "ham"), TransmitterConfig{
			Rate: 8000, Waveform: waveform,
			OnChar: func(_ baudot.Code, start int64) { starts = append(starts, start) },
		})
		if err != nil {
			t.Fatal(err)
		}
		tx.Start(feed)
		block := make([]float32, 40) // 5 ms
		for position := int64(0); position < 30_000; position += int64(len(block)) {
			if _, err := tx.Read(block); err != nil {
				t.Fatal(err)
			}
			if len(starts) != feed.asked {
				t.Fatalf("asked %d times, announced %d", feed.asked, len(starts))
			}
			if feed.asked == 0 {
				continue
			}
			if ahead := starts[feed.asked-1] - position; ahead > 400+int64(len(block)) {
				t.Fatalf("%v: asked %d samples ahead of the air", waveform, ahead)
			}
		}
		if feed.asked < 10 {
			t.Errorf("only %d codes in 3.75 s", feed.asked)
		}
	}
}

func TestStopIsSoftAndAtOnce(t *testing.T) {
	for _, at := range []int{0, 40, 4000, 9001} {
		feed := &countingFeed{}
		tx, err := NewTransmitter(presetSignal(t, "ham"), TransmitterConfig{Rate: 8000, Preamble: NoPreamble})
		if err != nil {
			t.Fatal(err)
		}
		tx.Start(feed)
		if n, err := tx.Read(make([]float32, at)); n != at || err != nil {
			t.Fatalf("%d samples, %v", n, err)
		}
		asked := feed.asked
		tx.Stop()
		tx.Stop()
		rest := readAll(t, tx)
		if len(rest) != 40 {
			t.Errorf("stopped at %d: %d samples follow, want 5 ms", at, len(rest))
		}
		if feed.asked != asked {
			t.Errorf("stopped at %d: the feed was asked again", at)
		}
		if last := math.Abs(float64(rest[len(rest)-1])); last > 0.001 {
			t.Errorf("stopped at %d: the last sample is %g", at, last)
		}
	}
}

// A stop must never lengthen the end that is already under way.
func TestStopWhileFadingOutChangesNothing(t *testing.T) {
	want := transmit(t, presetSignal(t, "ham"), TransmitterConfig{Rate: 8000}, nil).samples
	tx, err := NewTransmitter(presetSignal(t, "ham"), TransmitterConfig{Rate: 8000})
	if err != nil {
		t.Fatal(err)
	}
	tx.Start(&CodeFeed{})
	if _, err := tx.Read(make([]float32, len(want)-50)); err != nil {
		t.Fatal(err)
	}
	tx.Stop()
	if diff := cmp.Diff(want[len(want)-50:], readAll(t, tx)); diff != "" {
		t.Error(diff)
	}
}

func TestTransmitterIsSilentUntilStart(t *testing.T) {
	tx, err := NewTransmitter(presetSignal(t, "ham"), TransmitterConfig{Rate: 8000})
	if err != nil {
		t.Fatal(err)
	}
	tx.Stop()
	if n, err := tx.Read(make([]float32, 10)); n != 0 || err != io.EOF {
		t.Errorf("%d samples, %v", n, err)
	}
}

func TestNewTransmitterNamesTheBrokenLimit(t *testing.T) {
	ham := presetSignal(t, "ham")
	ok := TransmitterConfig{Rate: 8000}
	for _, c := range []struct {
		spoil func(*Signal, *TransmitterConfig)
		want  string
	}{
		{func(_ *Signal, c *TransmitterConfig) { c.Rate = 7999 }, "sample rate 7999: must be 8000 to 192000"},
		{func(_ *Signal, c *TransmitterConfig) { c.Rate = 192001 }, "sample rate 192001"},
		{func(_ *Signal, c *TransmitterConfig) { c.Level = 3 }, "level 3 dBFS: must be -60 to -1.5"},
		{func(_ *Signal, c *TransmitterConfig) { c.Level = -60.5 }, "level -60.5 dBFS"},
		{func(_ *Signal, c *TransmitterConfig) { c.Level = math.NaN() }, "level NaN dBFS"},
		{func(_ *Signal, c *TransmitterConfig) { c.Waveform = 7 }, "no waveform Waveform(7)"},
		{func(_ *Signal, c *TransmitterConfig) { c.Diddle = 7 }, "no diddle Diddle(7)"},
		{func(_ *Signal, c *TransmitterConfig) { c.Preamble = -2 }, "preamble of -2 diddles"},
		{func(_ *Signal, c *TransmitterConfig) { c.Preamble = MaxPreamble + 1 }, "preamble of 1001 diddles"},
		{func(s *Signal, _ *TransmitterConfig) { s.Space = 3900 }, "shift 1775: must be 23 to 1000 Hz"},
		{func(s *Signal, _ *TransmitterConfig) { s.StopBits = 0.5 }, "stop bits 0.5"},
	} {
		sig, cfg := ham, ok
		c.spoil(&sig, &cfg)
		if _, err := NewTransmitter(sig, cfg); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
	var broken *SignalError
	if _, err := NewTransmitter(Signal{}, ok); !errors.As(err, &broken) || broken.Field != "baud" {
		t.Errorf("a signal without speed: %v", err)
	}
}

func TestDiddleNames(t *testing.T) {
	for _, d := range []Diddle{DiddleLTRS, DiddleBlank, DiddleNone} {
		if got, err := ParseDiddle(d.String()); got != d || err != nil {
			t.Errorf("%v reads back as %v, %v", d, got, err)
		}
	}
	if _, err := ParseDiddle("ry"); err == nil || !strings.Contains(err.Error(), "ltrs, blank, none") {
		t.Errorf("a diddle that is none: %v", err)
	}
}

// endlessText never runs out of letters, figures and lines.
type endlessText struct{ at int }

func (e *endlessText) ReadRune() (rune, int, error) {
	const text = "DE DL0ABC 599 001 ä\n"
	r, n := utf8.DecodeRuneInString(text[e.at:])
	e.at = (e.at + n) % len(text)
	return r, n, nil
}

func TestReadAllocatesNothing(t *testing.T) {
	for _, waveform := range []Waveform{Linear, Constant} {
		tx, err := NewTransmitter(presetSignal(t, "ham"), TransmitterConfig{Rate: 8000, Waveform: waveform})
		if err != nil {
			t.Fatal(err)
		}
		tx.Start(NewTextFeed(&endlessText{}, &baudot.Encoder{USOS: true}))
		block := make([]float32, 40_000)
		if n := testing.AllocsPerRun(20, func() { _, _ = tx.Read(block) }); n != 0 {
			t.Errorf("%v: %g allocations per block", waveform, n)
		}
	}
}
