package audio

import (
	"encoding/binary"
	"time"
)

// isChunkID tells whether four bytes can be the name of a chunk.
func isChunkID(id []byte) bool {
	for _, c := range id[:4] {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return true
}

// isUsualChunk knows the chunks that recorders and editors write.
func isUsualChunk(id []byte) bool {
	switch string(id[:4]) {
	case "fmt ", "data", "LIST", "fact", "ds64", "auxi", "JUNK", "PAD ", "FLLR",
		"bext", "cue ", "PEAK", "id3 ", "ID3 ", "iXML", "smpl", "inst", "_PMX":
		return true
	}
	return false
}

// padded tells whether the first of five bytes that follow a chunk of odd
// length pads it. It should; but some writers leave it out, and then a chunk
// begins there.
func padded(next []byte) bool {
	return isUsualChunk(next[1:]) || !isChunkID(next)
}

// isTag knows what players put behind a file that is none of their business:
// ID3v1, ID3v2 and APE tags.
func isTag(b []byte) bool {
	return string(b[:3]) == "TAG" || string(b[:3]) == "ID3" || string(b[:8]) == "APETAGEX"
}

// tailSize is how many bytes behind the data endsData wants to see: a pad and
// the head of a chunk.
const tailSize = 9

// endsData tells from the bytes behind the data, where its length says, whether
// they are something else: nothing, less than a chunk, or a chunk or a tag,
// padded to or not. rest is how many there are before the end of the input, or unknown.
// Sound passes for a chunk once in some fifty times where rest is unknown, and
// hardly ever otherwise.
func endsData(tail []byte, rest int64) bool {
	if len(tail) < 8 {
		return true
	}
	for pad := 0; pad+8 <= len(tail); pad++ {
		head := tail[pad : pad+8]
		size := int64(binary.LittleEndian.Uint32(head[4:]))
		if isUsualChunk(head) || isTag(head) || isChunkID(head) && (rest == unknown || size <= rest-8) {
			return true
		}
	}
	return false
}

// systemTime reads the start of the recording from an auxi chunk, which
// receivers for digital radio write (SDRuno, SDRangel, Perseus): a Windows
// SYSTEMTIME, that is year, month, day of the week, day, hour, minute, second
// and millisecond in 16 bits each, taken as UTC. Zero when it is no time.
func systemTime(b []byte) time.Time {
	if len(b) < 16 {
		return time.Time{}
	}
	f := func(i int) int { return int(binary.LittleEndian.Uint16(b[2*i:])) }
	year, month, day, hour, minute, second, milli := f(0), f(1), f(3), f(4), f(5), f(6), f(7)
	t := time.Date(year, time.Month(month), day, hour, minute, second, milli*1e6, time.UTC)
	// Date carries what is out of range over to the next field.
	if year < 1970 || t.Month() != time.Month(month) || t.Day() != day || t.Hour() != hour || t.Minute() != minute {
		return time.Time{}
	}
	return t
}
