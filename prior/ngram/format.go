package ngram

import (
	"bufio"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// magic begins every table.
const magic = "rttyngr1"

// Limits of what Parse accepts.
const (
	maxNodes    = 1 << 20
	maxFollower = symbols
)

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
	in := bufio.NewReader(flate.NewReader(bytes.NewReader(data[len(magic)+1:])))
	levels := make([][]node, order+1)
	for n := range levels {
		nodes, err := readLevel(in, n)
		if err != nil {
			return nil, fmt.Errorf("contexts of %d characters: %w", n, err)
		}
		levels[n] = nodes
	}
	if _, err := in.ReadByte(); err != io.EOF {
		return nil, errors.New("more data than the table has")
	}
	return build(levels), nil
}

func readLevel(in *bufio.Reader, n int) ([]node, error) {
	count, err := binary.ReadUvarint(in)
	if err != nil {
		return nil, err
	}
	if count > maxNodes {
		return nil, fmt.Errorf("%d of them are too many", count)
	}
	var nodes []node
	next := uint64(0)
	for i := range count {
		delta, err := binary.ReadUvarint(in)
		if err != nil {
			return nil, err
		}
		if i > 0 && delta == 0 || delta > allBits {
			return nil, errors.New("not in order")
		}
		next += delta
		if next > uint64(Context(allBits).Last(n)) {
			return nil, fmt.Errorf("context %#x is too long", next)
		}
		entries, err := readEntries(in)
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, node{Context(next), entries})
	}
	return nodes, nil
}

func readEntries(in *bufio.Reader) ([]entry, error) {
	count, err := in.ReadByte()
	if err != nil {
		return nil, err
	}
	if count == 0 || count > maxFollower {
		return nil, fmt.Errorf("%d followers", count)
	}
	entries := make([]entry, count)
	var pair [2]byte
	for i := range entries {
		if _, err := io.ReadFull(in, pair[:]); err != nil {
			return nil, err
		}
		entries[i] = entry{Symbol(pair[0]), pair[1]}
		if pair[0] >= symbols || !entries[i].symbol.printing() {
			return nil, fmt.Errorf("follower %d is no character", pair[0])
		}
		if i > 0 && entries[i].symbol <= entries[i-1].symbol {
			return nil, errors.New("followers not in order")
		}
	}
	if rest(entries) <= 0 {
		return nil, errors.New("probabilities above one")
	}
	return entries, nil
}
