package main

import (
	"strings"
	"testing"

	"rtty/bench/corpus"
	"rtty/prior"
)

// What the prior saves on text that it has not seen, by every kind of sender.
// Five bits are what a code has; the bounds are what was measured and a tenth.
func TestBitsPerCodeOfTextNotLearnedFrom(t *testing.T) {
	for kind, most := range map[corpus.Kind]struct{ alone, cached float64 }{
		corpus.Ragchew: {2.75, 2.65},
		corpus.Contest: {3.0, 1.75},
		corpus.English: {2.75, 2.75},
		corpus.Weather: {2.85, 2.75},
		corpus.RY:      {3.15, 2.05},
		corpus.Random:  {4.85, 4.85},
	} {
		for _, h := range habits {
			overs := h.codes(kind, corpus.Test, 3)
			alone, cached := bits(prior.Default(), overs, false), bits(prior.Default(), overs, true)
			if alone > most.alone || cached > most.cached {
				t.Errorf("%s, %s: %.2f bits, %.2f with a cache; want %.2f and %.2f", kind, h.name, alone, cached, most.alone, most.cached)
			}
		}
	}
}

func TestTablesAreCountedAgainAlike(t *testing.T) {
	small := expert{"test", 3, []text{{0, overs(corpus.RY, 20)}, {0, written((*customs).general, 20)}}}
	count := func() string {
		c, err := small.count("")
		if err != nil {
			t.Fatal(err)
		}
		return string(c.Table(worth).Append(nil))
	}
	first, again := count(), count()
	if first != again {
		t.Error("two tables of the same text")
	}
}

func TestMissingTextIsNamed(t *testing.T) {
	e := expert{"english", 1, []text{{0, file("jargon.txt")}}}
	if _, err := e.count(t.TempDir()); err == nil || !strings.Contains(err.Error(), "jargon.txt") {
		t.Errorf("error %v", err)
	}
}

// Every template must fill, and with characters that have codes.
func TestCustomsFill(t *testing.T) {
	c := newCustoms(5)
	for _, texts := range []map[string][]string{slots, weatherSlots} {
		for slot, templates := range texts {
			for _, template := range templates {
				c.said = map[string]string{}
				for _, of := range []string{"m", "h", "e", "me", "you", "here", "report", "calls"} {
					c.said[of] = "X"
				}
				if text := c.fill(template); strings.ContainsAny(text, "{}") || text == "" {
					t.Errorf("slot %s: %q became %q", slot, template, text)
				}
			}
		}
	}
	for _, write := range []func(*customs) string{
		(*customs).contest, (*customs).contact, (*customs).general, (*customs).seaWeather, (*customs).stationLoop, (*customs).foreign,
	} {
		for range 200 {
			text := write(c)
			if i := strings.IndexFunc(text, func(r rune) bool { return r < '\n' || r > 'Z' }); i >= 0 {
				t.Fatalf("%q has no code in %q", text[i], text)
			}
		}
	}
}
