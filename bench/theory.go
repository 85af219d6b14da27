package bench

import "math"

// noiseBandwidth is that in which every SNR here is counted, Hz: the width of a
// voice channel, the custom among digital modes on short wave.
const noiseBandwidth = 2500.0

// EbN0 is the energy of one unit over the noise density in dB, for an SNR in
// 2500 Hz. Theory speaks of nothing else, since it makes fast and slow signals
// comparable: 45.45 Bd has 17.4 dB more than its SNR.
func EbN0(snr, baud float64) float64 { return snr + 10*math.Log10(noiseBandwidth/baud) }

// A Theory is a curve that a textbook gives for a channel.
type Theory uint8

const (
	NoTheory       Theory = iota
	TheoryAWGN            // white noise, steady signal
	TheoryRayleigh        // white noise, both tones fading slowly and together
)

// CER is the character error rate of a receiver that knows the place of every
// unit and decides by the stronger tone, not using phase; ebN0 in dB. A unit is
// then wrong with probability exp(-Eb/2N0)/2, or 1/(2+Eb/N0) averaged over
// Rayleigh fading (J. G. Proakis, Digital Communications, ch. 4 and 13), and a
// character is right when its five units are. NaN without a theory.
//
// This is no bound. Real receivers of this kind stay above it, since they have
// to find the units too and a wrong shift garbles several characters; one that
// uses the phase of the signal, the fading of each tone by itself or what is
// known of the text can go below.
func (t Theory) CER(ebN0 float64) float64 {
	ratio := math.Pow(10, ebN0/10)
	var unit float64
	switch t {
	case TheoryAWGN:
		unit = math.Exp(-ratio/2) / 2
	case TheoryRayleigh:
		unit = 1 / (2 + ratio)
	default:
		return math.NaN()
	}
	return 1 - math.Pow(1-unit, 5)
}
