package modem

import "math"

// A keyer is the phase of a carrier that glides from tone to tone. Time runs in
// units of the code, frequency in cycles per unit off the centre. The phase is
// a closed formula from the last edge on, so that edges stand at their exact
// times, between samples as well as on them.
type keyer struct {
	mark, space float64
	glide       float64 // units, at most 1: no edge comes before the last is through

	from, to float64 // frequency before and after the last edge
	edge     float64 // when that glide began
	turn     float64 // phase there, cycles
}

func newKeyer(sig Signal, glide float64) keyer {
	k := keyer{
		mark:  (sig.Mark - sig.Center()) / sig.Baud,
		space: (sig.Space - sig.Center()) / sig.Baud,
		glide: glide,
	}
	k.reset()
	return k
}

// reset rests at mark.
func (k *keyer) reset() { k.from, k.to, k.edge, k.turn = k.mark, k.mark, 0, 0 }

// key begins to move to a tone, unless it is there already.
func (k *keyer) key(mark bool, at float64) {
	tone := k.space
	if mark {
		tone = k.mark
	}
	if tone == k.to {
		return
	}
	_, k.turn = math.Modf(k.phase(at))
	k.from, k.to, k.edge = k.to, tone, at
}

// phase is in cycles; at must not lie before the last edge.
func (k *keyer) phase(at float64) float64 {
	since := at - k.edge
	if since >= k.glide {
		return k.turn + (k.from+k.to)/2*k.glide + k.to*(since-k.glide)
	}
	return k.turn + k.from*since + (k.to-k.from)*k.glide*glideTurn(since/k.glide)
}
