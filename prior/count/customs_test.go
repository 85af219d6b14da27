package main

import "testing"

// What the prior is counted from can be written again.
func TestCustomsAreTheSameForASeed(t *testing.T) {
	write := func(seed uint64) (text string) {
		c := newCustoms(seed)
		for range 20 {
			text += c.contest() + c.contact() + c.general()
		}
		return text
	}
	first, again, other := write(1), write(1), write(2)
	if again != first {
		t.Error("one seed gives two texts")
	}
	if other == first {
		t.Error("two seeds give one text")
	}
}
