package corpus

import (
	"slices"
	"strings"
	"testing"
)

var bothSplits = []Split{Train, Test}

func TestOversAreReproducible(t *testing.T) {
	for _, kind := range Kinds() {
		a, b, other := New(kind, Test, 7), New(kind, Test, 7), New(kind, Test, 8)
		for range 5 {
			x := a.Over()
			if y := b.Over(); x != y {
				t.Fatalf("%s: the same seed wrote two texts:\n%s\n%s", kind, x, y)
			}
			if z := other.Over(); x == z {
				t.Errorf("%s: another seed wrote the same text", kind)
			}
		}
	}
}

func TestOversHaveCodesAndLength(t *testing.T) {
	const printing = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-?:(),./' \n" // in US-TTY and ITA2 alike
	for _, kind := range Kinds() {
		allowed := printing
		if kind == Weather {
			allowed += "=" // ITA2 only
		}
		for _, split := range bothSplits {
			src := New(kind, split, 1)
			for range 200 {
				text := src.Over()
				if i := strings.IndexFunc(text, func(r rune) bool { return !strings.ContainsRune(allowed, r) }); i >= 0 {
					t.Fatalf("%s %v: %q has no code in %q", kind, split, text[i], text)
				}
				if n := len(text); n < OverLength*9/10 || n > OverLength*7/4 {
					t.Errorf("%s %v: over of %d characters", kind, split, n)
				}
				for line := range strings.Lines(text) {
					if len(line) > 100 {
						t.Errorf("%s %v: line of %d characters: %q", kind, split, len(line), line)
					}
				}
			}
		}
	}
}

func TestRandomGroupsUseEveryLetterAlike(t *testing.T) {
	src := New(Random, Test, 3)
	var count [26]int
	total := 0
	for range 200 {
		for _, group := range strings.Fields(src.Over()) {
			if len(group) != 5 {
				t.Fatalf("group %q", group)
			}
			for _, r := range group {
				count[r-'A']++
				total++
			}
		}
	}
	for i, n := range count {
		if mean := float64(total) / 26; float64(n) < 0.9*mean || float64(n) > 1.1*mean {
			t.Errorf("letter %c occurs %d times, the mean is %.0f", 'A'+i, n, mean)
		}
	}
}

func TestSplitsShareNothing(t *testing.T) {
	for slot, texts := range train {
		other := heldOut[slot]
		if len(other) == 0 && slot != "job" {
			t.Errorf("slot %s has no texts to test on", slot)
		}
		for _, text := range texts {
			if slices.Contains(other, text) {
				t.Errorf("slot %s: both splits have %q", slot, text)
			}
		}
	}
	words := func(g grammar, slots ...string) (all []string) {
		for _, slot := range slots {
			all = append(all, g[slot]...)
		}
		return all
	}
	content := []string{"noun", "adjective", "past", "did", "how", "name", "place"}
	learned := words(train, content...)
	for _, word := range words(heldOut, content...) {
		if slices.Contains(learned, word) {
			t.Errorf("%q is learned in one role and tested in another", word)
		}
	}
	for slot := range common {
		if train[slot] != nil || heldOut[slot] != nil {
			t.Errorf("slot %s is common and in a split", slot)
		}
	}
}

// Two splits that share no sentence share few long runs of words: those of
// custom. Callsigns are random, so they drop out by themselves.
func TestSplitsShareFewRunsOfWords(t *testing.T) {
	runs := func(kind Kind, split Split) map[string]bool {
		seen := map[string]bool{}
		src := New(kind, split, 11)
		for range 300 {
			words := strings.Fields(src.Over())
			for i := range len(words) - 3 {
				seen[strings.Join(words[i:i+4], " ")] = true
			}
		}
		return seen
	}
	for kind, limit := range map[Kind]float64{Ragchew: 0.05, English: 0.02, Weather: 0.01, RY: 0.02, Contest: 0.05} {
		learned, tested := runs(kind, Train), runs(kind, Test)
		both := 0
		for run := range tested {
			if learned[run] {
				both++
			}
		}
		if share := float64(both) / float64(len(tested)); share > limit {
			t.Errorf("%s: %.3f of the tested runs of four words were learned", kind, share)
		}
	}
}

func TestEveryTemplateFills(t *testing.T) {
	for split, g := range grammars {
		w := New(Ragchew, split, 5).w
		for _, source := range []grammar{g, common} {
			for slot, texts := range source {
				if slot == "prefix" {
					continue // not a template: # stands for a digit there
				}
				for _, text := range texts {
					w.said = map[string]string{"Exchange": "001"}
					if filled := w.expand(text); strings.ContainsAny(filled, "{}#") || filled == "" {
						t.Errorf("%v %s: %q fills to %q", split, slot, text, filled)
					}
				}
			}
		}
	}
}

func TestArticlesAgree(t *testing.T) {
	if got := english("A OLD MAN SAW A  UNCLE AND A DOG IN VITAMIN A"); got != "AN OLD MAN SAW AN UNCLE AND A DOG IN VITAMIN A" {
		t.Errorf("got %q", got)
	}
}

func TestKindNamed(t *testing.T) {
	if k, err := KindNamed("Ragchew"); err != nil || k != Ragchew {
		t.Errorf("Ragchew is %q, %v", k, err)
	}
	if _, err := KindNamed("poetry"); err == nil || !strings.Contains(err.Error(), "contest") {
		t.Errorf("poetry: %v", err)
	}
}
