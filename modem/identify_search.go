package modem

import (
	"cmp"
	"math"
	"slices"

	"rtty/baudot"
)

// pace is a range of speeds whose tones are looked for in spectra of one
// resolution. Windows of two units or so tell tones apart and are still short
// enough to see them take turns.
type pace struct {
	window float64 // seconds
	middle float64 // Bd
	weight float64 // in favour of slow paces, which part tones better
}

var paces = [...]pace{
	{window: 0.040, middle: 55, weight: 1.6},
	{window: 0.020, middle: 110, weight: 1.25},
	{window: 0.010, middle: 210, weight: 1},
}

// Bounds of the work that a block may take.
const (
	peaksPerSpectrum = 20
	vainTries        = 8    // pairs that are examined in a row without a find
	faintest         = 1e-5 // power of a pair over that of the strongest, which has ripples about it
)

// search looks for signals in one block of audio.
type search struct {
	opts IdentifyOptions
	x    []float64
	band *passband
}

func newSearch(x []float64, rate float64, opts IdentifyOptions) *search {
	return &search{opts: opts, x: x, band: newPassband(x, rate)}
}

func (s *search) run() []hit {
	var hits []hit
	var tried []tonePair
	vain := 0
	for _, p := range s.pairs() {
		if vain == vainTries {
			break
		}
		if slices.ContainsFunc(hits, func(h hit) bool { return p.within(h.Signal) }) || slices.ContainsFunc(tried, p.near) {
			continue
		}
		tried = append(tried, p)
		h, ok := s.examine(p)
		switch {
		case !ok:
			vain++
		case !slices.ContainsFunc(hits, func(strong hit) bool { return h.echoOf(&strong) }):
			hits = append(hits, h)
			vain = 0
		}
	}
	return hits
}

// tonePair is where a signal could be.
type tonePair struct {
	low, high float64 // Hz; equal when only one hump is seen that may hide two tones
	power     float64
	pace      int
}

// within tells whether a tone lies among the sidebands of a signal.
func (p tonePair) within(s Signal) bool {
	reach := s.Shift()/2 + 2.5*s.Baud
	return math.Abs(p.low-s.Center()) < reach || math.Abs(p.high-s.Center()) < reach
}

// near tells whether two pairs are the same but for the error of spectra.
func (p tonePair) near(q tonePair) bool {
	const error = 12 // Hz
	if p.low == p.high || q.low == q.high {
		return p.low == p.high && q.low == q.high && p.pace == q.pace && math.Abs(p.low-q.low) < error
	}
	return math.Abs(p.low-q.low) < error && math.Abs(p.high-q.high) < error
}

// pairs lists pairs of tones worth examining, the most promising first.
func (s *search) pairs() []tonePair {
	pairs := s.given()
	given := len(pairs)
	margin := 1 / paces[0].window
	for k, p := range paces {
		g := newSpectrogram(s.x, s.band.rate, p.window, s.opts.MinHz-margin, s.opts.MaxHz+margin)
		for _, pair := range g.pairs(k) {
			if s.fits(pair) {
				pair.power *= p.weight
				pairs = append(pairs, pair)
			}
		}
	}
	rest := pairs[given:]
	slices.SortStableFunc(rest, func(a, b tonePair) int { return cmp.Compare(b.power, a.power) })
	for len(rest) > 0 && rest[len(rest)-1].power < faintest*rest[0].power {
		rest = rest[:len(rest)-1]
	}
	return pairs[:given+len(rest)]
}

// given are the pairs that what is known leaves open.
func (s *search) given() []tonePair {
	k := s.opts.Known
	var pairs []tonePair
	add := func(a, b float64) {
		if a > 0 && b > 0 && math.Max(a, b) < s.band.rate/2 {
			pairs = append(pairs, tonePair{low: min(a, b), high: max(a, b), pace: len(paces) - 1})
		}
	}
	one := cmp.Or(k.Mark, k.Space)
	switch {
	case k.Mark != 0 && k.Space != 0:
		add(k.Mark, k.Space)
	case one != 0 && k.Center != 0:
		add(one, 2*k.Center-one)
	case one != 0 && k.Shift != 0:
		add(one, one+k.Shift)
		add(one, one-k.Shift)
	case k.Center != 0 && k.Shift != 0:
		add(k.Center-k.Shift/2, k.Center+k.Shift/2)
	}
	return pairs
}

// fits tells whether a pair agrees with what is known; frequencies from a
// spectrum are rough.
func (s *search) fits(p tonePair) bool {
	near := 20 + 0.3/paces[p.pace].window
	k := s.opts.Known
	if p.low == p.high {
		return s.agrees(p.low, p.low, near+paces[p.pace].middle) || s.agrees(p.low, p.low+k.Shift, near) || s.agrees(p.low-k.Shift, p.low, near)
	}
	return s.agrees(p.low, p.high, near) || s.agrees(p.high, p.low, near)
}

// agrees holds mark and space against what is known.
func (s *search) agrees(mark, space, near float64) bool {
	k := s.opts.Known
	off := func(known, is float64) bool { return known != 0 && math.Abs(known-is) > near }
	return !off(k.Mark, mark) && !off(k.Space, space) && !off(k.Center, (mark+space)/2) &&
		!(k.Shift != 0 && math.Abs(k.Shift-math.Abs(space-mark)) > max(near/2, 0.06*k.Shift))
}

// examine looks for text in a pair of tones.
func (s *search) examine(p tonePair) (hit, bool) {
	if p.low == p.high {
		var ok bool
		if p, ok = s.band.splitHump(p); !ok {
			return hit{}, false
		}
	}
	var texts []*transcript
	for _, g := range summits(s.guesses(p)) {
		if t := s.follow(g); t != nil {
			texts = append(texts, t)
		}
	}
	if len(texts) == 0 {
		return hit{}, false
	}
	t := likeliest(texts)
	stop := t.settle(s.opts.Known.Baud)
	if len(t.frames) == 0 {
		return hit{}, false
	}
	v := t.judge()
	if !v.readable() {
		return hit{}, false
	}
	h := s.report(t, v, stop)
	sound := h.Validate(int(s.band.rate)) == nil && min(h.Mark, h.Space) >= s.opts.MinHz && max(h.Mark, h.Space) <= s.opts.MaxHz
	return h, sound && s.agrees(h.Mark, h.Space, 20+h.Baud/4)
}

// guesses rates the speeds and polarities that are open for a pair.
func (s *search) guesses(p tonePair) [2][]guess {
	speeds := speedsBetween(MinBaud, min(MaxBaud, 2.2*(p.high-p.low)))
	if b := s.opts.Known.Baud; b != 0 {
		speeds = []float64{b}
	}
	ways := s.band.trySpeeds(p.low, p.high, speeds)
	k := s.opts.Known
	for i, way := range ways {
		if len(way) == 0 {
			continue
		}
		mark, space := way[0].tone[0], way[0].tone[1]
		if k.Mark != 0 && math.Abs(k.Mark-space) < math.Abs(k.Mark-mark) || k.Space != 0 && math.Abs(k.Space-mark) < math.Abs(k.Space-space) {
			ways[i] = nil
		}
	}
	return ways
}

// speedsBetween are speeds so close that one of them reads any signal: a
// frame's ends are then off by a sixth of a unit at the most.
func speedsBetween(low, high float64) []float64 {
	const ratio = 1.05
	var list []float64
	for v := low; v < high*1.04; v *= ratio {
		list = append(list, v)
	}
	return list
}

// summits are the guesses that score better than slower and faster ones, the
// best few by either measure of evidence. A guess is rated among those of its
// own polarity, which stand in the order of their speeds.
func summits(ways [2][]guess) []guess {
	var best []guess
	take := func(n int, score func(g guess) float64) {
		var tops []guess
		for _, way := range ways {
			for i, g := range way {
				if (i == 0 || score(g) >= score(way[i-1])) && (i == len(way)-1 || score(g) > score(way[i+1])) {
					tops = append(tops, g)
				}
			}
		}
		slices.SortStableFunc(tops, func(a, b guess) int { return cmp.Compare(score(b), score(a)) })
		for _, g := range tops[:min(n, len(tops))] {
			if !slices.Contains(best, g) {
				best = append(best, g)
			}
		}
	}
	take(3, guess.framing)
	take(2, func(g guess) float64 { return g.score + g.framing() })
	return best
}

// follow reads a guess closely, correcting it as it goes; nil when that leads
// nowhere.
func (s *search) follow(g guess) *transcript {
	var t *transcript
	for pass := range 3 {
		if pass < 2 {
			t = s.band.newTranscript(g, t)
		} else {
			t.tune(g)
		}
		t.read()
		t.measure()
		if len(t.frames) < leastFrames || pass == 0 && t.judge().turns < leastTurns/2 {
			return nil
		}
		t.learnGaps()
		if s.opts.Known.Baud == 0 {
			stretch, _ := t.fitSpeed(0.04 / float64(1+pass))
			g.baud /= stretch
		}
		g.tone = t.retune(0.2 * t.baud / float64(1+pass))
	}
	t.tune(g)
	t.read()
	return t
}

// likeliest compares transcripts of the same tones, on common ground: with the
// same strength of signal and noise.
func likeliest(texts []*transcript) *transcript {
	quietest := slices.MinFunc(texts, func(a, b *transcript) int { return cmp.Compare(a.level.noise, b.level.noise) })
	level := quietest.level
	mean := (level.tone[0] + level.tone[1]) / 2
	level.tone = [2]float64{mean, mean}
	var best *transcript
	most := math.Inf(-1)
	for _, t := range texts {
		v := t.judge()
		own := t.level
		t.level = level
		t.read()
		t.level = own
		evidence := level.temper()*(t.score+t.framing()) + (v.text+v.bounds)*float64(v.frames)
		if evidence > most {
			best, most = t, evidence
		}
	}
	return best
}

// report makes a hit of a transcript.
func (s *search) report(t *transcript, v verdict, stop float64) hit {
	h := hit{unit: s.band.rate / t.baud}
	h.Signal = withinLimits(Signal{Mark: t.tone[0], Space: t.tone[1], Baud: t.baud, StopBits: stop})
	h.Code, h.USOS = customOf(h.Signal)
	s.opts.Known.setCustom(&h.Signal)
	h.Score = v.sure
	h.SNR = t.snr(s.band)
	scale := t.step * s.band.rate / t.channel.rate
	for _, begin := range t.frames {
		h.begins = append(h.begins, float64(begin)*scale)
		h.codes = append(h.codes, t.code(begin))
	}
	first, last := t.extent()
	h.Start, h.End = int64(float64(first)*scale), min(int64(float64(last)*scale), int64(s.band.n))
	return h
}

// withinLimits pulls a signal that is over the limits by no more than an error
// of measurement back to them.
func withinLimits(s Signal) Signal {
	const error = 0.01
	pull := func(v, low, high float64) float64 {
		if to := min(max(v, low), high); math.Abs(to/v-1) < error {
			return to
		}
		return v
	}
	s.Baud = pull(s.Baud, MinBaud, MaxBaud)
	half := pull(s.Shift(), max(MinShift, s.Baud/2), MaxShift) / 2
	if s.Mark > s.Space {
		half = -half
	}
	s.Mark, s.Space = s.Center()-half, s.Center()+half
	return s
}

// customOf is what a signal of such speed and shift commonly sends: amateurs
// use narrow shifts and the American figures, services wide ones, or 85 Hz on
// long wave, and ITA2.
func customOf(s Signal) (code baudot.Table, usos bool) {
	const tell = 0.02
	longWave := math.Abs(s.Baud/50-1) < tell && s.Shift() < 120
	wide := s.Shift() > 300 && math.Abs(s.Baud*0.022-1) > tell
	if longWave || wide {
		return baudot.ITA2, false
	}
	return baudot.USTTY, true
}
