package audio

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"
)

// A SampleFormat is how one sample stands in bytes. Integers are full scale at
// their largest value, so that 32768 of 16 bits is 1; floats are full scale
// at 1. The zero SampleFormat is none.
type SampleFormat uint8

const (
	S8    SampleFormat = iota + 1 // signed integers, by bits and byte order
	U8                            // unsigned, silence is 128
	S16LE                         // what sound cards and most programs speak
	S16BE
	S24LE // packed in three bytes
	S24BE
	S32LE
	S32BE
	F32LE // IEEE 754 floats
	F32BE
	F64LE
	F64BE
	ALaw  // ITU-T G.711, read only
	MuLaw // ITU-T G.711, read only
)

var sampleFormats = [...]struct {
	name  string
	width int // bytes
}{
	S8: {"s8", 1}, U8: {"u8", 1},
	S16LE: {"s16le", 2}, S16BE: {"s16be", 2},
	S24LE: {"s24le", 3}, S24BE: {"s24be", 3},
	S32LE: {"s32le", 4}, S32BE: {"s32be", 4},
	F32LE: {"f32le", 4}, F32BE: {"f32be", 4},
	F64LE: {"f64le", 8}, F64BE: {"f64be", 8},
	ALaw: {"alaw", 1}, MuLaw: {"mulaw", 1},
}

// SampleFormats lists all formats there are. The caller owns the slice.
func SampleFormats() []SampleFormat {
	var all []SampleFormat
	for f := S8; f.valid(); f++ {
		all = append(all, f)
	}
	return all
}

func (f SampleFormat) valid() bool { return f > 0 && int(f) < len(sampleFormats) }

func (f SampleFormat) String() string {
	if !f.valid() {
		return fmt.Sprintf("SampleFormat(%d)", uint8(f))
	}
	return sampleFormats[f].name
}

// Bytes is the size of one sample; 0 of what is not a format.
func (f SampleFormat) Bytes() int {
	if !f.valid() {
		return 0
	}
	return sampleFormats[f].width
}

// ParseFormat finds a format by its name as ffmpeg spells it: s8, u8, s16le,
// s16be, s24le, f32le, mulaw and so on. Without le or be the name means little
// endian. The error lists the names.
func ParseFormat(name string) (SampleFormat, error) {
	var names []string
	for _, f := range SampleFormats() {
		if strings.EqualFold(name, f.String()) || strings.EqualFold(name+"le", f.String()) {
			return f, nil
		}
		names = append(names, f.String())
	}
	return 0, fmt.Errorf("no sample format %q; there are %s", name, strings.Join(names, ", "))
}

// absurd bounds what a float sample can mean. Files scaled to integers instead
// of to 1 reach 2³¹; what lies far beyond is no sound but stray bytes, and
// would drown everything that is filtered together with it.
const absurd = 1 << 40

// sane is v, or 0 in place of what is not a number, infinite or absurd.
func sane(v float64) float32 {
	if math.Abs(v) <= absurd {
		return float32(v)
	}
	return 0
}

const (
	unit8  = 1.0 / (1 << 7)
	unit16 = 1.0 / (1 << 15)
	unit32 = 1.0 / (1 << 31)
)

// decode fills dst from samples that stand stride bytes apart in src.
func (f SampleFormat) decode(dst []float32, src []byte, stride int) {
	le, be := binary.LittleEndian, binary.BigEndian
	switch f {
	case S8:
		for i := range dst {
			dst[i] = float32(int8(src[i*stride])) * unit8
		}
	case U8:
		for i := range dst {
			dst[i] = float32(int(src[i*stride])-128) * unit8
		}
	case S16LE:
		for i := range dst {
			dst[i] = float32(int16(le.Uint16(src[i*stride:]))) * unit16
		}
	case S16BE:
		for i := range dst {
			dst[i] = float32(int16(be.Uint16(src[i*stride:]))) * unit16
		}
	case S24LE:
		for i := range dst {
			b := src[i*stride : i*stride+3]
			dst[i] = float32(int32(uint32(b[0])<<8|uint32(b[1])<<16|uint32(b[2])<<24)) * unit32
		}
	case S24BE:
		for i := range dst {
			b := src[i*stride : i*stride+3]
			dst[i] = float32(int32(uint32(b[2])<<8|uint32(b[1])<<16|uint32(b[0])<<24)) * unit32
		}
	case S32LE:
		for i := range dst {
			dst[i] = float32(int32(le.Uint32(src[i*stride:]))) * unit32
		}
	case S32BE:
		for i := range dst {
			dst[i] = float32(int32(be.Uint32(src[i*stride:]))) * unit32
		}
	case F32LE:
		for i := range dst {
			dst[i] = sane(float64(math.Float32frombits(le.Uint32(src[i*stride:]))))
		}
	case F32BE:
		for i := range dst {
			dst[i] = sane(float64(math.Float32frombits(be.Uint32(src[i*stride:]))))
		}
	case F64LE:
		for i := range dst {
			dst[i] = sane(math.Float64frombits(le.Uint64(src[i*stride:])))
		}
	case F64BE:
		for i := range dst {
			dst[i] = sane(math.Float64frombits(be.Uint64(src[i*stride:])))
		}
	case ALaw:
		for i := range dst {
			dst[i] = alawTable[src[i*stride]]
		}
	case MuLaw:
		for i := range dst {
			dst[i] = mulawTable[src[i*stride]]
		}
	}
}
