package ngram

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// magic begins every table.
const magic = "rttyngr1"

// maxPlain is the most that Parse unpacks.
const maxPlain = 16 << 20

// Append appends the table in the form that Parse reads.
func (t *Table) Append(dst []byte) []byte {
	var plain []byte
	for n := range t.levels {
		nodes := t.levels[n].nodes()
		plain = binary.AppendUvarint(plain, uint64(len(nodes)))
		last := Context(0)
		for _, nd := range nodes {
			plain = binary.AppendUvarint(plain, uint64(nd.context-last))
			plain = append(plain, byte(len(nd.entries)))
			for _, e := range nd.entries {
				plain = append(plain, byte(e.symbol), e.share)
			}
			last = nd.context
		}
	}
	var packed bytes.Buffer
	packed.WriteString(magic)
	packed.WriteByte(byte(t.order))
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		panic(err) // the level is a constant
	}
	w.Write(plain) // a Buffer takes everything
	w.Close()
	return append(dst, packed.Bytes()...)
}

// Parse reads a table. The error tells what is wrong with it.
func Parse(data []byte) (*Table, error) {
	if len(data) <= len(magic) || string(data[:len(magic)]) != magic {
		return nil, errors.New("no table of n-grams")
	}
	order := int(data[len(magic)])
	if order > MaxOrder {
		return nil, fmt.Errorf("order %d is above %d", order, MaxOrder)
	}
	packed := flate.NewReader(bytes.NewReader(data[len(magic)+1:]))
	plain, err := io.ReadAll(io.LimitReader(packed, maxPlain))
	if err != nil {
		return nil, fmt.Errorf("unpacking: %w", err)
	}
	in := reader{plain}
	t := &Table{order: order, levels: make([]level, order+1)}
	for n := range t.levels {
		if t.levels[n], err = in.level(n); err != nil {
			return nil, fmt.Errorf("contexts of %d characters: %w", n, err)
		}
	}
	if len(in.left) > 0 {
		return nil, errors.New("more data than the table has")
	}
	t.fillRows()
	return t, nil
}

// A reader reads what Append has written, before it was packed.
type reader struct{ left []byte }

var errShort = errors.New("cut short")

func (in *reader) uvarint() (uint64, error) {
	v, n := binary.Uvarint(in.left)
	if n <= 0 {
		return 0, errShort
	}
	in.left = in.left[n:]
	return v, nil
}

func (in *reader) bytes(n int) ([]byte, error) {
	if n > len(in.left) {
		return nil, errShort
	}
	b := in.left[:n]
	in.left = in.left[n:]
	return b, nil
}

// level reads the contexts of n characters.
func (in *reader) level(n int) (level, error) {
	count, err := in.uvarint()
	if err != nil {
		return level{}, err
	}
	if count > uint64(len(in.left)/bytesPerNode) {
		return level{}, errShort
	}
	l := newLevel(int(count))
	l.entries = make([]entry, 0, in.followers(count))
	context := uint64(0)
	var entries []entry
	for i := range count {
		step, err := in.uvarint()
		if err != nil {
			return level{}, err
		}
		if i > 0 && step == 0 || step > allBits {
			return level{}, errors.New("not in order")
		}
		if context += step; context > uint64(Context(allBits).Last(n)) {
			return level{}, fmt.Errorf("context %#x is too long", context)
		}
		if entries, err = in.entries(entries[:0]); err != nil {
			return level{}, err
		}
		l.add(node{Context(context), entries})
	}
	return l, nil
}

// followers counts those of the next nodes, as far as they can be read. To know
// it beforehand keeps the memory of a small machine from filling with tables
// that have been outgrown.
func (in reader) followers(nodes uint64) (n int) {
	for range nodes {
		if _, err := in.uvarint(); err != nil {
			return n
		}
		count, err := in.bytes(1)
		if err != nil {
			return n
		}
		if _, err = in.bytes(2 * int(count[0])); err != nil {
			return n
		}
		n += int(count[0])
	}
	return n
}

// bytesPerNode is what a node takes at the least: a step, the number of its
// followers, and one of them.
const bytesPerNode = 4

func (in *reader) entries(entries []entry) ([]entry, error) {
	count, err := in.bytes(1)
	if err != nil {
		return nil, err
	}
	if count[0] == 0 || count[0] > symbols {
		return nil, fmt.Errorf("%d followers", count[0])
	}
	pairs, err := in.bytes(2 * int(count[0]))
	if err != nil {
		return nil, err
	}
	for ; len(pairs) > 0; pairs = pairs[2:] {
		e := entry{Symbol(pairs[0]), pairs[1]}
		if e.symbol >= symbols || !e.symbol.printing() {
			return nil, fmt.Errorf("follower %d is no character", e.symbol)
		}
		if n := len(entries); n > 0 && e.symbol <= entries[n-1].symbol {
			return nil, errors.New("followers not in order")
		}
		entries = append(entries, e)
	}
	if rest(entries) <= 0 {
		return nil, errors.New("probabilities above one")
	}
	return entries, nil
}
