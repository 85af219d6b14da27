package corpus

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"rtty/internal/prose"
)

// A grammar maps the name of a slot to the texts that may fill it. Texts may
// hold slots in turn, written {name}.
type grammar map[string][]string

// A writer fills templates at random.
type writer struct {
	rand    *rand.Rand
	grammar grammar // of the split; the common one stands behind it

	said map[string]string // slots that keep their filling for this over
}

// expand fills every slot of template.
//
// A slot that begins with a capital, {My}, is filled once an over and keeps
// its filling: it is the operator's own name or call. Slots of # signs are
// numbers of that many digits, the first one never zero.
func (w *writer) expand(template string) string { return prose.Fill(template, w.fill) }

func (w *writer) fill(slot string) string {
	if slot == "" {
		panic("corpus: slot without a name")
	}
	if slot[0] < 'A' || slot[0] > 'Z' {
		return w.fresh(slot)
	}
	if _, ok := w.said[slot]; !ok {
		kind := strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(slot, "My"), "His"))
		w.said[slot] = w.fresh(kind)
	}
	return w.said[slot]
}

func (w *writer) fresh(slot string) string {
	if strings.Trim(slot, "#") == "" {
		return w.number(len(slot))
	}
	if slot == "call" {
		return w.call()
	}
	texts := w.grammar[slot]
	if texts == nil {
		texts = common[slot]
	}
	if texts == nil {
		panic("corpus: no slot " + slot)
	}
	return w.expand(w.pick(texts))
}

func (w *writer) pick(texts []string) string { return texts[w.rand.IntN(len(texts))] }

// shuffled is texts in random order, so that none is taken twice.
func (w *writer) shuffled(texts []string) []string {
	shuffled := make([]string, len(texts))
	for i, j := range w.rand.Perm(len(texts)) {
		shuffled[i] = texts[j]
	}
	return shuffled
}

// chance is true with probability p.
func (w *writer) chance(p float64) bool { return w.rand.Float64() < p }

func (w *writer) number(digits int) string {
	low := 1
	for range digits - 1 {
		low *= 10
	}
	return fmt.Sprint(low + w.rand.IntN(9*low))
}

// call invents a callsign: a prefix whose # are digits, and a suffix of one to
// three letters, most often three.
func (w *writer) call() string {
	var b strings.Builder
	for _, r := range w.pick(w.grammar["prefix"]) {
		if r == '#' {
			r = '0' + rune(w.rand.IntN(10))
		}
		b.WriteRune(r)
	}
	for range []int{1, 2, 2, 3, 3, 3}[w.rand.IntN(6)] {
		b.WriteByte('A' + byte(w.rand.IntN(26)))
	}
	return b.String()
}

// english mends the articles ("A OLD" to "AN OLD") of filled templates. No word
// here begins with a U that is spoken YOU.
func english(text string) string {
	words := strings.Fields(text)
	for i := range len(words) - 1 {
		if words[i] == "A" && strings.ContainsRune("AEIOU", rune(words[i+1][0])) {
			words[i] = "AN"
		}
	}
	return strings.Join(words, " ")
}

// wrapped breaks text into lines at white space.
func wrapped(text string) string {
	return strings.Join(prose.Lines(text, lineLength), "\n") + "\n"
}
