package modem

import (
	"math"
	"math/cmplx"
)

// Loop constants of the AFC.
const (
	afcMemory = 0.03 // share of the newest unit in the averaged phase step
	afcGain   = 0.25 // share of the measured error that one character corrects
	afcReach  = 0.6  // furthest from the tuned frequency, units of baud
)

// afc measures the frequency error of each tone within the units that were
// decided for it: the phase step from the first half of a unit to the second
// needs no knowledge of the sender's phase law.
type afc struct {
	tuned [2]float64 // source frequencies that the user asked for, Hz
	reach float64    // Hz
	half  float64    // seconds in half a unit

	tone [2]float64    // present frequencies, Hz
	step [2]complex128 // averaged phase step of each tone
}

func newAFC(sig Signal) *afc {
	a := &afc{tuned: [2]float64{sig.Mark, sig.Space}, reach: afcReach * sig.Baud, half: 0.5 / sig.Baud}
	a.Reset()
	return a
}

func (a *afc) Reset() {
	a.tone = a.tuned
	a.step = [2]complex128{}
}

// Tones are the present frequencies of mark and space, Hz.
func (a *afc) Tones() (mark, space float64) { return a.tone[markTone], a.tone[spaceTone] }

// Tune sets the correlators to the present frequencies.
func (a *afc) Tune(bank *toneBank, center float64) {
	bank.Tune(a.tone[markTone]-center, a.tone[spaceTone]-center)
}

// Unit takes the unit between two baseband times, in which tone was sent.
func (a *afc) Unit(bank *toneBank, tone int, start, end float64) {
	middle := (start + end) / 2
	first, second := bank.Window(tone, start, middle), bank.Window(tone, middle, end)
	product := second * cmplx.Conj(first)
	// Normalised by its size to the half: strong units count more than weak
	// ones, but a burst of static can't carry the loop away.
	if size := cmplx.Abs(product); size > 0 {
		product /= complex(math.Sqrt(size), 0)
	}
	a.step[tone] += complex(afcMemory, 0) * (product - a.step[tone])
}

// Correct moves the tones. What both have in common is mistuning; the rest,
// taken more slowly, a sender whose shift is not the nominal one.
func (a *afc) Correct() {
	common := a.step[markTone] + a.step[spaceTone]
	if common == 0 {
		return
	}
	hz := 1 / (2 * math.Pi * a.half)
	shared := cmplx.Phase(common) * hz
	for t := range a.tone {
		own := cmplx.Phase(a.step[t]) * hz
		move := afcGain * (0.7*shared + 0.3*own)
		to := min(max(a.tone[t]+move, a.tuned[t]-a.reach), a.tuned[t]+a.reach)
		a.step[t] *= cmplx.Rect(1, -(to-a.tone[t])/hz)
		a.tone[t] = to
	}
}
