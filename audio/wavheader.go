package audio

import (
	"encoding/binary"
	"math"
)

// wavTag is the tag that a WAV has for a format; 0 for those it has none for.
func wavTag(f SampleFormat) uint16 {
	switch f {
	case U8, S16LE, S24LE, S32LE:
		return tagPCM
	case F32LE, F64LE:
		return tagFloat
	}
	return 0
}

// wavHeaderBytes is the header of a WAV with one channel and so many bytes of
// data, or an unknown number. A growable one, which is to be written again, is
// always of the same length: a chunk of junk keeps the place that RF64 needs
// for its lengths (EBU Tech 3306).
func wavHeaderBytes(o SinkOptions, data int64, growable bool) []byte {
	format := wavFormatChunks(o, data)
	const long = 28 // bytes of ds64, without its head
	riff := int64(unknown)
	if data != unknown {
		riff = int64(len("WAVE")+8+long+len(format)+8) + data + data%2
	}

	le := binary.LittleEndian
	form, lengths := "RIFF", []byte(nil)
	switch {
	case riff > math.MaxUint32:
		form = "RF64"
		lengths = chunkHead(nil, "ds64", long)
		lengths = le.AppendUint64(lengths, uint64(riff))
		lengths = le.AppendUint64(lengths, uint64(data))
		lengths = le.AppendUint64(lengths, uint64(data/int64(o.Format.Bytes())))
		lengths = le.AppendUint32(lengths, 0) // no table of further long chunks
		data = unknown
	case growable:
		lengths = append(chunkHead(nil, "JUNK", long), make([]byte, long)...)
	}
	b := chunkHead(nil, form, riff)
	b = append(b, "WAVE"...)
	b = append(b, lengths...)
	b = append(b, format...)
	return chunkHead(b, "data", data)
}

// wavFormatChunks are fmt and, where samples are not integers, fact.
func wavFormatChunks(o SinkOptions, data int64) []byte {
	le := binary.LittleEndian
	tag, size := wavTag(o.Format), o.Format.Bytes()
	length := int64(16)
	if tag != tagPCM {
		length = 18
	}
	b := chunkHead(nil, "fmt ", length)
	b = le.AppendUint16(b, tag)
	b = le.AppendUint16(b, 1) // channel
	b = le.AppendUint32(b, uint32(o.Rate))
	b = le.AppendUint32(b, uint32(o.Rate*size))
	b = le.AppendUint16(b, uint16(size))
	b = le.AppendUint16(b, uint16(8*size))
	if tag == tagPCM {
		return b
	}
	b = le.AppendUint16(b, 0) // no extension
	b = chunkHead(b, "fact", 4)
	if data == unknown {
		return le.AppendUint32(b, lengthField(unknown))
	}
	return le.AppendUint32(b, lengthField(data/int64(size)))
}

func chunkHead(b []byte, id string, size int64) []byte {
	return binary.LittleEndian.AppendUint32(append(b, id...), lengthField(size))
}

// lengthField is a length as far as 32 bits hold it; all ones stand for what is
// unknown or stands elsewhere.
func lengthField(n int64) uint32 {
	if n < 0 || n > math.MaxUint32 {
		return math.MaxUint32
	}
	return uint32(n)
}
