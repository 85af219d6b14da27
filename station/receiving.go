package station

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"time"

	"rtty/audio"
	"rtty/baudot"
	"rtty/callsign"
	"rtty/dsp"
	"rtty/modem"
)

// Behaviour of the receiving side.
const (
	blockTime    = 20 * time.Millisecond  // audio read at a time
	statusTime   = 100 * time.Millisecond // audio between two looks at level and SNR
	settleTime   = 2 * time.Second        // silence that stands for a longer gap
	catchUpTime  = 5 * time.Second        // kept audio that a newly tuned receiver hears first
	peakFall     = 0.8                    // of the peak meter from one look to the next
	clockSlip    = 500 * time.Millisecond // by which audio time may be off the clock
	pastOnTuning = 3 * time.Minute
	shiftWithin  = time.Minute // in which a shift that still holds is looked for
)

// receiving is the receiving side: one goroutine that takes the audio as it
// comes, keeps it, shows it, and decodes it.
type receiving struct {
	// configuration
	board    *board
	ring     *ring
	archive  *archive
	source   audio.Source
	recorder *recorder
	live     bool // audio time follows the clock

	// derived
	rate      int
	resampler *dsp.Resampler

	// shared
	wanted chan hearing // the newest wish how to listen
	muted  atomic.Bool
	own    atomic.Pointer[string] // the own call, which is not news
	behind atomic.Int64           // samples of the source that wait, for those who yield to live decoding
	ended  chan struct{}

	// state
	hearing   hearing
	ear       *ear
	waterfall *waterfall
	calls     *callFinder
	list      callsign.HeardList
	next      int64 // source position that should come next
	position  int64 // of the kept audio
	told      int64 // position of the end of the last character that was told
	shifted   int64 // position of the last shift that was told; 0 for none
	deaf      bool  // muted, as of the last samples
	samples   []float32
	silence   []float32
	random    *rand.Rand
	sinceLook int
	power     float64
	peak      float64
	shownTail []modem.Char
}

func newReceiving(src audio.Source, b *board, r *ring, rec *recorder, live bool, first hearing) (*receiving, error) {
	resampler, err := dsp.NewResampler(float64(src.Rate()), AudioRate)
	if err != nil {
		return nil, fmt.Errorf("reading %d samples a second: %w", src.Rate(), err)
	}
	rx := &receiving{
		board: b, ring: r, source: src, recorder: rec, live: live,
		rate: src.Rate(), resampler: resampler,
		wanted: make(chan hearing, 1), ended: make(chan struct{}),
		hearing: first, waterfall: newWaterfall(), calls: new(callFinder),
		random: rand.New(rand.NewPCG(1, 2)),
	}
	rx.archive = newArchive(b, r, rx.Behind)
	rx.ear, err = newEar(0, first, 0)
	return rx, err
}

// Behind is how far decoding lags behind the audio.
func (rx *receiving) Behind() time.Duration {
	return time.Duration(float64(rx.behind.Load()) / float64(rx.rate) * float64(time.Second))
}

// Listen asks for another way of hearing. Of several wishes the last counts.
func (rx *receiving) Listen(h hearing) {
	for {
		select {
		case rx.wanted <- h:
			return
		default:
		}
		select {
		case <-rx.wanted:
		default:
		}
	}
}

// run receives until ctx ends. When the source ends before, it goes on granting
// wishes, since the kept audio is still there. To move to another signal takes a
// slow machine a while: what has come meanwhile is heard first, however fast an
// arrow key repeats.
func (rx *receiving) run(ctx context.Context) {
	block := int(blockTime.Seconds() * float64(rx.rate))
	pump := newPump(ctx, rx.source, block)
	filled := pump.filled
	var turn turn
	for {
		select {
		case <-ctx.Done():
			rx.settle()
			return
		case h := <-turn.Wishes(rx.wanted):
			rx.listen(h)
			turn.Granted(pump.Behind())
		case h, ok := <-filled:
			turn.Heard()
			if !ok {
				filled, turn = nil, 0
				continue
			}
			rx.behind.Store(int64(pump.Behind() * block))
			rx.take(h)
			pump.Done(h)
		}
	}
}

// A turn is how many blocks come before the next wish: those that waited when
// one had been granted.
type turn int

func (t turn) Wishes(wanted <-chan hearing) <-chan hearing {
	if t > 0 {
		return nil
	}
	return wanted
}

func (t *turn) Granted(behind int) { *t = turn(behind) }
func (t *turn) Heard()             { *t-- }

// take is one block from the source.
func (rx *receiving) take(h heard) {
	if h.block.N > 0 {
		if rx.position == 0 && rx.next == 0 {
			rx.begin(h.block)
		}
		if lost := h.block.Index - rx.next; h.block.Gap && lost > 0 {
			rx.lose(lost)
		}
		rx.next = h.block.Index + int64(h.block.N)
		rx.hear(h.samples)
	}
	if h.err != nil {
		rx.end(h.err)
	}
}

// begin says when the first sample was on the air.
func (rx *receiving) begin(b audio.Block) {
	start := rx.source.Anchor()
	if start.IsZero() {
		start = rx.board.clock()
	}
	rx.ring.Anchor(0, start)
	rx.next = b.Index
}

// lose goes over samples that the source has lost, in step with the clock.
func (rx *receiving) lose(lost int64) {
	gap := lost * AudioRate / int64(rx.rate)
	rx.recorder.Skip(gap)
	heard := min(gap, samplesIn(settleTime))
	for left := heard; left > 0; left -= samplesIn(statusTime) {
		rx.decode(rx.quiet(int(min(left, samplesIn(statusTime)))))
	}
	if rest := gap - heard; rest > 0 {
		rx.ring.Skip(rest)
		rx.position += rest
		rx.ear.base += rest
	}
}

// quiet is so many samples of a band without signals. Digital silence would be
// taken for a band without noise, and what comes after it for a signal.
func (rx *receiving) quiet(n int) []float32 {
	if cap(rx.silence) < n {
		rx.silence = make([]float32, n)
	}
	deviation := math.Sqrt(rx.waterfall.noise)
	for i := range rx.silence[:n] {
		rx.silence[i] = float32(deviation * rx.random.NormFloat64())
	}
	return rx.silence[:n]
}

func (rx *receiving) hear(source []float32) {
	rx.samples = rx.resampler.Process(rx.samples[:0], source)
	rx.meter(rx.samples)
	rx.recorder.Add(rx.samples)
	muted := rx.muted.Load()
	if muted && !rx.deaf {
		rx.calls.Cut(rx.position)
	}
	rx.deaf = muted
	rx.waterfall.Add(rx.samples, !muted, rx.showRow)
	if muted {
		rx.decode(rx.quiet(len(rx.samples)))
	} else {
		rx.decode(rx.samples)
	}
	if rx.sinceLook += len(rx.samples); rx.sinceLook >= int(samplesIn(statusTime)) {
		rx.look()
	}
}

func (rx *receiving) showRow(r Row) {
	r.At = rx.ring.Time(rx.position)
	rx.board.addRow(r)
}

// decode keeps samples and reads what they say.
func (rx *receiving) decode(samples []float32) {
	rx.ring.Add(samples)
	rx.position += int64(len(samples))
	rx.publish(rx.ear.Hear(samples))
}

// publish shows what was read.
func (rx *receiving) publish(final []modem.Char) {
	if final = rx.news(final); len(final) > 0 {
		rx.told = final[len(final)-1].End
		for _, c := range final {
			if c.Code == baudot.FIGS || c.Code == baudot.LTRS {
				rx.shifted = c.Start
			}
		}
		rx.board.post(Event{
			Kind: Received, At: rx.ring.Time(final[0].Start), Receiver: rx.ear.number,
			Chars: final, Signal: rx.hearing.signal,
		})
		rx.calls.Add(final, rx.showCall)
	}
	if !slices.Equal(rx.shownTail, rx.ear.tail) {
		rx.shownTail = rx.ear.tail
		rx.board.set(func(s *Snapshot) { s.Receive.Tail = rx.shownTail })
	}
}

// news is what has not been told of characters: a receiver that hears the last
// seconds anew reads some once more.
func (rx *receiving) news(chars []modem.Char) []modem.Char {
	for len(chars) > 0 && (chars[0].Start+chars[0].End)/2 < rx.told {
		chars = chars[1:]
	}
	return chars
}

// showCall puts a call that was read at the head of the list.
func (rx *receiving) showCall(call string, position int64) {
	if own := rx.own.Load(); own != nil && call == *own {
		return
	}
	at := rx.ring.Time(position).UTC()
	rx.list.Add(call, at, rx.hearing.signal.Mark)
	var heard []Heard
	for _, h := range rx.list.Newest() {
		heard = append(heard, Heard{Call: h.Call, At: h.At, Times: h.Count, Mark: h.MarkHz})
	}
	rx.board.set(func(s *Snapshot) { s.Heard = heard })
	rx.board.post(Event{Kind: CallHeard, At: at, Text: call, Signal: rx.hearing.signal})
}

func (rx *receiving) meter(samples []float32) {
	for _, x := range samples {
		rx.power += float64(x) * float64(x)
		rx.peak = max(rx.peak, math.Abs(float64(x)))
	}
}

// look brings meters and tracking up to date.
func (rx *receiving) look() {
	status := rx.ear.rx.Status()
	level := max(10*math.Log10(2*rx.power/float64(rx.sinceLook)), NoSound)
	rx.board.set(func(s *Snapshot) {
		r := &s.Receive
		r.Tracked, r.Found, r.SNR, r.Quality = status.Signal, status.Locked, status.SNR, status.Quality
		r.Level, r.Peak, r.Muted, r.Behind = level, rx.peak, rx.muted.Load(), rx.Behind()
		first, end := rx.ring.Bounds()
		r.Past.Kept = duration(end - first)
	})
	rx.power, rx.sinceLook = 0, 0
	rx.peak *= peakFall
	rx.keepTime()
}

// keepTime holds audio time to the clock: sound cards are off by some seconds a
// day.
func (rx *receiving) keepTime() {
	if !rx.live {
		return
	}
	now := rx.board.clock()
	if slip := now.Sub(rx.ring.Time(rx.position)) - rx.Behind(); slip.Abs() > clockSlip {
		rx.ring.Anchor(rx.position, now.Add(-rx.Behind()))
	}
}

// listen hears in another way from now on. The new receiver first hears the last
// seconds. Of another signal they are told, so that the word being sent is whole,
// and what came before is decoded beside the live audio. Of the same one they
// make up for what the receiver before knew; only what it left unsaid is told. A
// sender without unshift on space may have been in figures for long: there they
// reach back to the last shift.
func (rx *receiving) listen(h hearing) {
	moved := !sameSignal(h.signal, rx.hearing.signal)
	first, end := rx.ring.Bounds()
	from := max(first, end-samplesIn(catchUpTime))
	if moved {
		rx.publish(rx.ear.Settle())
		rx.told, rx.shifted = from, 0
	} else if before := rx.shifted - samplesIn(time.Second); rx.shifted > 0 && !h.signal.USOS {
		from = min(from, max(first, before, end-samplesIn(shiftWithin)))
	}
	ear, err := newEar(0, h, from)
	if err != nil {
		rx.board.notice(err.Error())
		return
	}
	tuned := h.signal != rx.hearing.signal
	rx.ear, rx.hearing = ear, h
	if moved {
		rx.calls.Reset()
	}
	if tuned {
		rx.board.post(Event{Kind: Tuned, Signal: h.signal, Moved: moved})
	}
	rx.catchUp(from, end)
	rx.publish(nil)
	if moved {
		rx.archive.Decode(h, max(first, end-samplesIn(pastOnTuning)), from)
	}
}

// catchUp decodes kept audio as if it came now.
func (rx *receiving) catchUp(from, end int64) {
	buffer := make([]float32, samplesIn(statusTime))
	for from < end {
		n := rx.ring.Read(buffer[:min(int64(len(buffer)), end-from)], from)
		if n == 0 {
			return
		}
		rx.publish(rx.ear.Hear(buffer[:n]))
		from += int64(n)
	}
}

func (rx *receiving) settle() { rx.publish(rx.ear.Settle()) }

// end is the end of the source.
func (rx *receiving) end(err error) {
	rx.samples = rx.resampler.Flush(rx.samples[:0])
	rx.decode(rx.samples)
	rx.settle()
	if !errors.Is(err, io.EOF) {
		rx.board.post(Event{Kind: Alarm, Text: "the audio ended: " + err.Error()})
	}
	close(rx.ended)
}

// sameSignal tells whether a receiver that moves from a to b still hears the
// same station.
func sameSignal(a, b modem.Signal) bool {
	return math.Abs(a.Mark-b.Mark) < a.Shift()/4 && math.Abs(a.Space-b.Space) < a.Shift()/4 &&
		math.Abs(a.Baud/b.Baud-1) < 0.03
}
