package audio

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"slices"
	"testing"
)

// A wave is a WAV file put together by hand, field by field, so that any of
// them can be wrong.
type wave struct {
	form     string // RIFF when empty
	tag      uint16
	channels int
	rate     int
	bits     int
	before   []byte // chunks between fmt and data
	data     []byte
	length   int64  // of data, as the header has it; -1 as it is
	after    []byte // what follows data
}

func (w wave) bytes() []byte {
	order := w.order()
	length := uint32(len(w.data))
	if w.length >= 0 {
		length = uint32(w.length)
	}
	body := slices.Concat([]byte("WAVE"), w.fmtChunk(), w.before)
	body = order.AppendUint32(append(body, "data"...), length)
	body = append(body, w.data...)
	if len(w.data)%2 == 1 && len(w.after) > 0 {
		body = append(body, 0)
	}
	body = append(body, w.after...)
	form := w.form
	if form == "" {
		form = "RIFF"
	}
	return append(order.AppendUint32([]byte(form), uint32(len(body))), body...)
}

type byteOrder interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

func (w wave) order() byteOrder {
	if w.form == "RIFX" {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

func (w wave) fmtChunk() []byte {
	o, frame := w.order(), w.channels*((w.bits+7)/8)
	b := o.AppendUint16(nil, w.tag)
	b = o.AppendUint16(b, uint16(w.channels))
	b = o.AppendUint32(b, uint32(w.rate))
	b = o.AppendUint32(b, uint32(w.rate*frame))
	b = o.AppendUint16(b, uint16(frame))
	b = o.AppendUint16(b, uint16(w.bits))
	return append(o.AppendUint32([]byte("fmt "), uint32(len(b))), b...)
}

// chunk is a chunk with its pad byte.
func chunk(id string, body ...byte) []byte {
	b := unpadded(id, body...)
	if len(body)%2 == 1 {
		b = append(b, 0)
	}
	return b
}

func unpadded(id string, body ...byte) []byte {
	return append(binary.LittleEndian.AppendUint32([]byte(id), uint32(len(body))), body...)
}

func u16(vs ...uint16) (b []byte) {
	for _, v := range vs {
		b = binary.LittleEndian.AppendUint16(b, v)
	}
	return b
}

func u64(vs ...uint64) (b []byte) {
	for _, v := range vs {
		b = binary.LittleEndian.AppendUint64(b, v)
	}
	return b
}

// plain is an 8 kHz mono WAV of 16 bits with these samples, in steps of 1/32768.
func plain(samples ...int16) wave {
	w := wave{tag: tagPCM, channels: 1, rate: 8000, bits: 16, length: -1}
	for _, v := range samples {
		w.data = append(w.data, u16(uint16(v))...)
	}
	return w
}

// tone is a signal that no two channels, and no two neighbours, have in common.
func tone(n, channel int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(0.7 * math.Sin(0.1*float64(channel+1)*float64(i)+float64(channel)))
	}
	return x
}

// interleave brings the samples of several channels into frames.
func interleave(channels ...[]float32) []float32 {
	var x []float32
	for i := range channels[0] {
		for _, c := range channels {
			x = append(x, c[i])
		}
	}
	return x
}

func mean(channels ...[]float32) []float32 {
	x := make([]float32, len(channels[0]))
	for i := range x {
		sum := 0.0
		for _, c := range channels {
			sum += float64(c[i])
		}
		x[i] = float32(sum / float64(len(channels)))
	}
	return x
}

// all reads src to its end in blocks of an odd size, and holds it to the
// contract of Source on the way. io.EOF is no error here.
func all(t testing.TB, src Source) ([]float32, error) {
	t.Helper()
	var got []float32
	dst := make([]float32, 1001)
	for {
		b, err := src.Read(dst)
		if b.Index != int64(len(got)) {
			t.Fatalf("block begins at sample %d, want %d", b.Index, len(got))
		}
		if err == nil && (b.N < 1 || b.N > len(dst)) || err != nil && b.N != 0 {
			t.Fatalf("Read gave %d of %d samples with error %v", b.N, len(dst), err)
		}
		got = append(got, dst[:b.N]...)
		if err == nil {
			continue
		}
		if _, again := src.Read(dst); again != err {
			t.Fatalf("Read failed with %v, then with %v", err, again)
		}
		if err == io.EOF {
			err = nil
		}
		return got, err
	}
}

// pipe hides that a reader can seek.
type pipe struct{ io.Reader }

// each reads the same bytes as a file, which can seek, and as a pipe.
func each(t *testing.T, data []byte, o Options, check func(t *testing.T, src Source, err error)) {
	t.Helper()
	for name, r := range map[string]io.Reader{"file": bytes.NewReader(data), "pipe": pipe{bytes.NewReader(data)}} {
		t.Run(name, func(t *testing.T) {
			src, err := NewSource(r, "x.wav", o)
			check(t, src, err)
		})
	}
}

// wantSamples fails unless got is want within tolerance.
func wantSamples(t testing.TB, got, want []float32, tolerance float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d samples, want %d", len(got), len(want))
	}
	for i := range got {
		if d := math.Abs(float64(got[i]) - float64(want[i])); !(d <= tolerance) {
			t.Fatalf("sample %d is %v, want %v within %g", i, got[i], want[i], tolerance)
		}
	}
}

// wantDamage fails unless err is a *DamageError after that many samples.
func wantDamage(t testing.TB, err error, sample int64) *DamageError {
	t.Helper()
	var d *DamageError
	if !errors.As(err, &d) {
		t.Fatalf("error %v (%T), want a *DamageError", err, err)
	}
	if d.Sample != sample {
		t.Fatalf("%v: after %d samples, want %d", d, d.Sample, sample)
	}
	return d
}

func steps(samples ...int16) []float32 {
	x := make([]float32, len(samples))
	for i, v := range samples {
		x[i] = float32(v) / 32768
	}
	return x
}
