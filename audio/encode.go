package audio

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
)

// A dither adds noise with a triangular distribution of two steps' width
// before rounding (Lipshitz, Wannamaker, Vanderkooy, "Quantization and Dither:
// A Theoretical Survey", J. Audio Eng. Soc. 40, 1992). The error of rounding
// then has no tones and does not depend on the signal, so that a weak signal
// drowns in noise instead of turning into something else.
type dither struct {
	random *rand.PCG
}

func newDither(seed uint64) dither { return dither{rand.NewPCG(seed, 0x9E3779B97F4A7C15)} }

// noise is the sum of two even distributions of one step each.
func (d dither) noise() float64 {
	r := d.random.Uint64()
	return (float64(r>>32)+float64(r&math.MaxUint32))/(1<<32) - 1
}

// quantize rounds v, full scale 1, to an integer of that many bits. What is
// beyond full scale is clipped, and what is no number becomes 0.
func quantize(v float32, bits int, noise float64) int32 {
	full := float64(int64(1) << (bits - 1))
	x := math.RoundToEven(float64(sane(float64(v)))*full + noise)
	return int32(max(-full, min(full-1, x)))
}

// writable tells which formats encode can write.
func (f SampleFormat) writable() bool { return f.valid() && f != ALaw && f != MuLaw }

// encode appends src to dst. Up to 16 bits are dithered; from 24 on the steps
// are below the noise of any receiver.
func (f SampleFormat) encode(dst []byte, src []float32, d dither) []byte {
	le, be := binary.LittleEndian, binary.BigEndian
	for _, v := range src {
		switch f {
		case S8:
			dst = append(dst, byte(quantize(v, 8, d.noise())))
		case U8:
			dst = append(dst, byte(quantize(v, 8, d.noise())+128))
		case S16LE:
			dst = le.AppendUint16(dst, uint16(quantize(v, 16, d.noise())))
		case S16BE:
			dst = be.AppendUint16(dst, uint16(quantize(v, 16, d.noise())))
		case S24LE:
			q := quantize(v, 24, 0)
			dst = append(dst, byte(q), byte(q>>8), byte(q>>16))
		case S24BE:
			q := quantize(v, 24, 0)
			dst = append(dst, byte(q>>16), byte(q>>8), byte(q))
		case S32LE:
			dst = le.AppendUint32(dst, uint32(quantize(v, 32, 0)))
		case S32BE:
			dst = be.AppendUint32(dst, uint32(quantize(v, 32, 0)))
		case F32LE:
			dst = le.AppendUint32(dst, math.Float32bits(sane(float64(v))))
		case F32BE:
			dst = be.AppendUint32(dst, math.Float32bits(sane(float64(v))))
		case F64LE:
			dst = le.AppendUint64(dst, math.Float64bits(float64(sane(float64(v)))))
		case F64BE:
			dst = be.AppendUint64(dst, math.Float64bits(float64(sane(float64(v)))))
		}
	}
	return dst
}
