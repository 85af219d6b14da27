package audio

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"time"
)

// A WAV is a RIFF file: chunks, each of a four-letter name, a 32-bit length
// and that many bytes, padded to an even number. "fmt " says how samples stand
// in bytes and "data" holds them; all others may be passed over. RIFX is the
// same in big endian. RF64 and BW64 (EBU Tech 3306, ITU-R BS.2088) hold more
// than 4 GiB by a chunk "ds64" with 64-bit lengths.
//
// Multimedia Programming Interface and Data Specifications 1.0, IBM and
// Microsoft 1991; WAVE_FORMAT_EXTENSIBLE, Microsoft 2001.

// Format tags of the fmt chunk that are read here.
const (
	tagPCM        = 0x0001
	tagFloat      = 0x0003
	tagALaw       = 0x0006
	tagMuLaw      = 0x0007
	tagExtensible = 0xFFFE // the tag proper begins the GUID of the subformat
)

// mediaGUID ends the GUID of every subformat that is an old format tag.
const mediaGUID = "\x00\x00\x00\x00\x10\x00\x80\x00\x00\xAA\x00\x38\x9B\x71"

// streamed is where lengths of data begin to mean that the writer didn't know
// them: programs that write to a pipe put 0x7FFFFFFF, 0x80000000 or 0xFFFFFFFF
// there, rounded down to whole frames or with the header taken off.
const streamed = 0x7FFFF000

// A wavHeader collects what the chunks before the samples say.
type wavHeader struct {
	in    *input
	order binary.ByteOrder

	format   SampleFormat // 0 until there was a fmt chunk
	rate     int
	channels int
	long     uint64    // length of data by ds64, 0 without
	anchor   time.Time // by auxi
}

// newWAV reads the header up to the first sample.
func newWAV(in *input, channel Channel) (Source, error) {
	h := wavHeader{in: in, order: binary.LittleEndian}
	data, err := h.read()
	if err != nil {
		return nil, err
	}
	if err := checkRate(in.name, h.rate); err != nil {
		return nil, err
	}
	layout, err := newLayout(in.name, h.format, h.channels, channel)
	if err != nil {
		return nil, err
	}
	left, err := h.believe(data)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", in.name, err)
	}
	return &pcmSource{in: in, rate: h.rate, anchor: h.anchor, layout: layout, left: left}, nil
}

// read goes through the chunks and returns the length field of data when the
// samples are next.
func (h *wavHeader) read() (data uint32, err error) {
	if err := h.readForm(); err != nil {
		return 0, err
	}
	for {
		var head [8]byte
		if err := h.fill(head[:]); err != nil {
			return 0, err
		}
		id, size := string(head[:4]), h.order.Uint32(head[4:])
		switch {
		case id == "data" && h.format == 0:
			return 0, h.refuse("a WAV whose samples come before their format")
		case id == "data":
			return size, nil
		case !isChunkID(head[:4]):
			return 0, h.damage(fmt.Sprintf("no chunk begins with %q", head[:4]), nil)
		}
		if err := h.readChunk(id, int64(size)); err != nil {
			return 0, err
		}
	}
}

func (h *wavHeader) readForm() error {
	var form [12]byte
	if err := h.fill(form[:]); err != nil {
		return err
	}
	if string(form[:4]) == "RIFX" {
		h.order = binary.BigEndian
	}
	if kind := string(form[8:]); kind != "WAVE" {
		return foreign(h.in.name, fmt.Sprintf("a RIFF file of type %q, not a WAV", kind))
	}
	return nil
}

// readChunk takes what it understands of a chunk and passes over the rest, and
// over the byte that pads an odd length.
func (h *wavHeader) readChunk(id string, size int64) error {
	var room [64]byte
	var body []byte
	switch id {
	case "fmt ", "ds64", "auxi":
		body = room[:min(size, int64(len(room)))]
	}
	if err := h.fill(body); err != nil {
		return err
	}
	switch id {
	case "fmt ":
		if err := h.readFormat(body); err != nil {
			return err
		}
	case "ds64":
		if len(body) >= 16 {
			h.long = h.order.Uint64(body[8:])
		}
	case "auxi":
		h.anchor = systemTime(body)
	}
	if err := h.in.skip(size - int64(len(body))); err != nil {
		return h.cut(fmt.Sprintf("it ends inside the chunk %q, which is said to have %d bytes", id, size), err)
	}
	if next, _ := h.in.Peek(5); size%2 == 1 && len(next) == 5 && padded(next) {
		h.in.Discard(1)
	}
	return nil
}

// readFormat understands the fmt chunk.
//
//	0  format tag       8  bytes per second     16  size of the extension
//	2  channels        12  bytes per frame      18  valid bits per sample
//	4  rate            14  bits per sample      20  speaker positions
//	                                            24  GUID of the subformat
func (h *wavHeader) readFormat(b []byte) error {
	if len(b) < 14 {
		return h.refuse(fmt.Sprintf("a WAV with a fmt chunk of %d bytes", len(b)))
	}
	tag := h.order.Uint16(b)
	h.channels = int(h.order.Uint16(b[2:]))
	h.rate = int(min(h.order.Uint32(b[4:]), math.MaxInt32))
	align := int(h.order.Uint16(b[12:]))
	bits := 0
	if len(b) >= 16 {
		bits = int(h.order.Uint16(b[14:]))
	}
	if tag == tagExtensible && len(b) >= 40 && string(b[26:40]) == mediaGUID {
		tag = h.order.Uint16(b[24:])
	}
	h.format = wavFormat(tag, wavWidth(align, h.channels, bits), h.order)
	if h.format == 0 {
		return foreign(h.in.name, "a WAV in "+codecName(tag, bits)+", which is not read here")
	}
	return nil
}

// wavWidth is the number of bytes that a sample takes: its bits rounded up,
// with the sample at the upper end. Only 24 bits are known to stand in four
// bytes too, and headers of 14 bytes leave the bits to the size of the frame,
// which is often wrong otherwise.
func wavWidth(align, channels, bits int) int {
	width := (bits + 7) / 8
	slot := align / max(channels, 1)
	if width == 0 || width == 3 && slot == 4 {
		return slot
	}
	return width
}

func wavFormat(tag uint16, width int, order binary.ByteOrder) SampleFormat {
	either := func(le, be SampleFormat) SampleFormat {
		if order == binary.BigEndian {
			return be
		}
		return le
	}
	switch {
	case tag == tagPCM && width == 1:
		return U8
	case tag == tagPCM && width == 2:
		return either(S16LE, S16BE)
	case tag == tagPCM && width == 3:
		return either(S24LE, S24BE)
	case tag == tagPCM && width == 4:
		return either(S32LE, S32BE)
	case tag == tagFloat && width == 4:
		return either(F32LE, F32BE)
	case tag == tagFloat && width == 8:
		return either(F64LE, F64BE)
	case tag == tagALaw:
		return ALaw
	case tag == tagMuLaw:
		return MuLaw
	}
	return 0
}

func codecName(tag uint16, bits int) string {
	switch tag {
	case tagPCM:
		return fmt.Sprintf("%d-bit samples", bits)
	case tagFloat:
		return fmt.Sprintf("%d-bit float samples", bits)
	case 0x0002, 0x0011:
		return "ADPCM"
	case 0x0031:
		return "GSM 6.10"
	case 0x0050, 0x0055:
		return "MPEG audio"
	}
	return fmt.Sprintf("codec 0x%04X", tag)
}

// believe turns the length field of data into the bytes to be read. Zero, and
// lengths that stand for "unknown", mean the rest of the input, unless the
// input is known to be that long.
func (h *wavHeader) believe(field uint32) (int64, error) {
	left, vague := int64(field), field >= streamed
	if field == math.MaxUint32 && h.long > 0 {
		left, vague = int64(min(h.long, toTheEnd)), false
	}
	rest := h.in.rest()
	switch {
	case left == 0, vague && (rest == unknown || left > rest):
		return toTheEnd, nil
	case rest == unknown || left >= rest:
		return left, nil
	}
	tail := make([]byte, tailSize)
	n, err := h.in.peekAt(tail, h.in.offset()+left)
	if err != nil {
		return 0, err
	}
	if !endsData(tail[:n], rest-left) {
		return toTheEnd, nil
	}
	return left, nil
}

// fill reads what belongs to the header.
func (h *wavHeader) fill(b []byte) error {
	if _, err := io.ReadFull(h.in, b); err != nil {
		return h.cut("it ends inside the header", err)
	}
	return nil
}

// cut is the error of a header that could not be read to its end.
func (h *wavHeader) cut(reason string, err error) error {
	if err != io.EOF && err != io.ErrUnexpectedEOF {
		return fmt.Errorf("reading %s: %w", h.in.name, err)
	}
	return h.damage(reason, io.ErrUnexpectedEOF)
}

func (h *wavHeader) damage(reason string, err error) error {
	return &DamageError{Name: h.in.name, Offset: h.in.offset(), Reason: reason, Err: err}
}

func (h *wavHeader) refuse(reason string) error {
	return &FormatError{Name: h.in.name, Reason: reason}
}
