package modem

import (
	"math"
	"slices"

	"rtty/baudot"
)

// habit is how often each code is sent, in per mille: English letters with
// spaces and line ends, figures, which have the codes of the top row of keys,
// shifts and diddles.
var habit = [32]float64{
	6, 70, 30, 50, 130, 45, 50, 30, // blank E LF A space S I U
	30, 30, 45, 10, 20, 20, 30, 20, // CR D R J N F C K
	65, 12, 30, 25, 30, 22, 25, 15, // T Z L W H Y P Q
	50, 15, 15, 35, 22, 8, 15, 40, // O B G FIGS M X V LTRS
}

// verdict is what speaks for a transcript's being start-stop text, in nats.
type verdict struct {
	frames int
	turns  float64 // per unit: tones take turns rather than come and go independently; at most 0.69
	bounds float64 // per frame: starts are space and stops are mark, rather than either; at most 1.39
	text   float64 // per frame: codes are as often as in text, rather than all alike
	sure   float64 // per frame: probability that all of its units are what they seem
	same   float64 // share of the most frequent code that prints
	blank  float64 // share of blanks
}

// judge looks at every unit of the transcript.
func (t *transcript) judge() verdict {
	v := verdict{frames: len(t.frames)}
	var units float64
	var codes [32]float64
	for _, begin := range t.frames {
		bounds, sure := t.framed(begin)
		v.bounds += bounds
		v.sure += sure
		v.text += t.usual(begin)
		codes[t.code(begin)]++
		for unit := range 7 {
			v.turns += t.turn(begin + unit*readingQ)
		}
		units += 7
	}
	for _, rest := range t.rests {
		for i := rest[0]; i+readingQ <= rest[1]; i += readingQ {
			v.turns += t.turn(i)
			units++
		}
	}
	if v.frames > 0 {
		n := float64(v.frames)
		v.turns /= units
		v.bounds /= n
		v.text /= n
		v.sure /= n
		v.blank = codes[baudot.Blank] / n
		codes[baudot.LTRS], codes[baudot.Blank] = 0, 0
		v.same = slices.Max(codes[:]) / n
	}
	return v
}

// turn is the evidence that exactly one of the tones is on in the window at a
// step, against each being on or off regardless of the other.
func (t *transcript) turn(i int) float64 {
	mark, space := t.llr[0][i], t.llr[1][i]
	return logAdd(mark, space) - logAdd(0, mark) - logAdd(0, space) + math.Ln2
}

// framed is the evidence for the start and stop units of a frame, and the
// probability that all seven units are what they seem. A unit that contradicts
// costs no more than the worst doubt, however loud it is.
func (t *transcript) framed(begin int) (bounds, sure float64) {
	const worst = -3.0
	for unit := range 7 {
		i := begin + unit*readingQ
		k := t.sent(begin, unit)
		p := t.llr[k][i] - logAdd(t.llr[0][i], t.llr[1][i])
		sure += p
		if unit == 0 || unit == 6 {
			bounds += max(p, worst) + math.Ln2
		}
	}
	return bounds, math.Exp(sure)
}

// trim drops frames at either end whose starts and stops contradict them: audio
// commonly begins and ends within a character, which then is read as another.
func (t *transcript) trim() {
	contradicted := func(begin int) bool {
		bounds, _ := t.framed(begin)
		return bounds < 0
	}
	for len(t.frames) > 0 && contradicted(t.frames[len(t.frames)-1]) {
		t.frames = t.frames[:len(t.frames)-1]
	}
	for len(t.frames) > 0 && contradicted(t.frames[0]) {
		t.frames = t.frames[1:]
	}
}

// usual is how much more frequent than one in 32 the code of a frame is, in
// nats, over all that it could be.
func (t *transcript) usual(begin int) float64 {
	const never = 1e-4
	var chance [32]float64
	chance[0] = 1
	for unit := 1; unit <= 5; unit++ {
		i := begin + unit*readingQ
		mark := 1 / (1 + math.Exp(t.llr[1][i]-t.llr[0][i]))
		bit := 1 << (unit - 1)
		for c := range bit {
			chance[c|bit] = chance[c] * mark
			chance[c] *= 1 - mark
		}
	}
	sum := never
	for c, p := range chance {
		sum += p * habit[c] / 1000 * 32
	}
	return math.Log(sum)
}

// Least of what text must show.
const (
	leastFrames = 3
	leastTurns  = 0.08
)

// readable tells start-stop text from other signals. In a weak signal starts
// and stops are hard to tell, so less is asked of them; two tones that take
// turns clearly must have them clearly. Few frames may have them by chance, codes that
// texts have count for them and others against them. One letter or nothing but
// blanks is a tone that warbles; nothing but LTRS is a station without text.
func (v verdict) readable() bool {
	warble := v.frames > 5 && (v.same > 0.7 || v.blank > 0.95)
	if v.frames < leastFrames || v.turns < leastTurns || warble {
		return false
	}
	least := 0.86 + 0.55*v.turns + 0.4/math.Sqrt(float64(v.frames))
	return v.bounds+0.5*min(max(v.text, -0.3), 0.3) > min(least, 1.2)
}
