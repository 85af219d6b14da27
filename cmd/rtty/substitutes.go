package main

import (
	"fmt"
	"io"
	"strings"

	"rtty/baudot"
)

// substitutes reads a text and remembers which of its characters the code does
// not have.
type substitutes struct {
	text  io.RuneReader
	table baudot.Table

	count [baudot.Lost + 1]int
	kinds [baudot.Lost + 1][]rune // each character once, in order of appearance
	seen  map[rune]bool
}

func newSubstitutes(text io.RuneReader, table baudot.Table) *substitutes {
	return &substitutes{text: text, table: table, seen: make(map[rune]bool)}
}

func (s *substitutes) ReadRune() (rune, int, error) {
	r, size, err := s.text.ReadRune()
	if err != nil {
		return r, size, err
	}
	if _, fidelity := s.table.Substitute(r); fidelity != baudot.Exact {
		s.count[fidelity]++
		if !s.seen[r] && len(s.seen) < maxSubstitutesTold {
			s.seen[r] = true
			s.kinds[fidelity] = append(s.kinds[fidelity], r)
		}
	}
	return r, size, nil
}

// maxSubstitutesTold bounds the messages, and the memory, for texts in other
// scripts.
const maxSubstitutesTold = 40

// report tells what was sent in place of what.
func (s *substitutes) report(w io.Writer) {
	if n := s.count[baudot.Spelled]; n > 0 {
		fmt.Fprintf(w, "rtty: spelled out: %s (%s)\n", characters(n), s.list(baudot.Spelled))
	}
	if n := s.count[baudot.Lost]; n > 0 {
		fmt.Fprintf(w, "rtty: no code for %s, lost or sent as a question mark (%s)\n", characters(n), s.list(baudot.Lost))
	}
}

func characters(n int) string {
	if n == 1 {
		return "1 character"
	}
	return fmt.Sprintf("%d characters", n)
}

// list shows characters as "ä as AE", the invisible ones by number.
func (s *substitutes) list(fidelity baudot.Fidelity) string {
	var b strings.Builder
	for i, r := range s.kinds[fidelity] {
		if i > 0 {
			b.WriteString(", ")
		}
		name := strings.Trim(fmt.Sprintf("%q", r), "'")
		as, _ := s.table.Substitute(r)
		switch {
		case as == "":
			fmt.Fprintf(&b, "%s left out", name)
		case strings.TrimSpace(as) == "":
			fmt.Fprintf(&b, "%s as a space", name)
		default:
			fmt.Fprintf(&b, "%s as %s", name, as)
		}
	}
	return b.String()
}
