package prior

import (
	"math"
	"testing"

	"rtty/baudot"
)

// costCached is cost with a cache that has learned all but the last four codes
// before each one.
func costCached(m *Model, codes []baudot.Code) float64 {
	var p [32]float64
	sum := 0.0
	cache := NewCache(m)
	m = m.WithCache(cache)
	s := m.Start()
	for i, c := range codes {
		if i >= 4 {
			cache.Learn(codes[i-4], 1)
		}
		m.LogProbs(&s, &p)
		sum -= p[c]
		m.Advance(&s, c)
	}
	return sum / float64(len(codes)) / math.Ln2
}

func TestRepeatedTextIsExpected(t *testing.T) {
	text := "XJ4QZK DE 7P8VW  599 0713 0713 QTH UXBRIDGEVILLE\n"
	codes := encoded(baudot.Encoder{USOS: true}, text+text+text+text)
	without, with := cost(Default(), codes), costCached(Default(), codes)
	if with > 0.6*without {
		t.Errorf("%.2f bits with a cache, %.2f without", with, without)
	}
}

// A cache must not make believe that there is order where there is none.
func TestCacheCostsLittleWhereNothingIsRepeated(t *testing.T) {
	codes := random(7, 5000)
	without, with := cost(Default(), codes), costCached(Default(), codes)
	if with > without+0.02 {
		t.Errorf("%.3f bits with a cache, %.3f without", with, without)
	}
}

func TestCachedProbabilitiesSumToOne(t *testing.T) {
	for what, codes := range streams() {
		cache := NewCache(Default())
		m := Default().WithCache(cache)
		s := m.Start()
		for i, c := range append(codes, codes...) {
			var p [32]float64
			m.LogProbs(&s, &p)
			sum := 0.0
			for _, v := range p {
				sum += math.Exp(v)
			}
			if math.Abs(sum-1) > 1e-5 {
				t.Fatalf("%s: sum %v at index %d", what, sum, i)
			}
			m.Advance(&s, c)
			cache.Learn(c, 1)
		}
	}
}

func TestDoubtfulTextIsNotRemembered(t *testing.T) {
	codes := encoded(baudot.Encoder{}, "QXZJKV ")
	cache := NewCache(Default())
	m := Default().WithCache(cache)
	s := m.Start()
	for range 20 {
		for _, c := range codes {
			m.Advance(&s, c)
			cache.Learn(c, 0.4)
		}
	}
	var with, without [32]float64
	m.LogProbs(&s, &with)
	Default().LogProbs(&s, &without)
	if with != without {
		t.Error("doubtful text changed the probabilities")
	}
}

func TestCacheForgets(t *testing.T) {
	cache := NewCache(Default())
	fresh := *cache
	for _, c := range random(8, 3*remembered) {
		cache.Learn(c, 1)
	}
	cache.Reset()
	for i := range fresh.memory {
		cache.memory[i] = memory{} // not reached from any head
	}
	if *cache != fresh {
		t.Error("something is left after Reset")
	}
}

// The memory is a ring: what is older than it holds must not be taken for the
// newer text that stands in its place.
func TestCacheLooksBackNoFurtherThanItsMemory(t *testing.T) {
	call := encoded(baudot.Encoder{}, "ZZQXJ")[1:]
	cache := NewCache(Default())
	for _, c := range call {
		cache.Learn(c, 1)
	}
	for range remembered {
		for _, c := range encoded(baudot.Encoder{}, "E ")[1:] {
			cache.Learn(c, 1)
		}
	}
	s := Default().Start()
	for _, c := range call[:4] {
		Default().Advance(&s, c)
	}
	var v votes
	if cache.find(s.plain.context, &v) {
		t.Errorf("%d matches of length %d", v.n, v.length)
	}
}

func TestCacheAllocatesNothing(t *testing.T) {
	cache := NewCache(Default())
	m := Default().WithCache(cache)
	s := m.Start()
	var p [32]float64
	codes := encoded(baudot.Encoder{USOS: true}, contact)
	if n := testing.AllocsPerRun(10, func() {
		for _, c := range codes {
			m.LogProbs(&s, &p)
			m.Advance(&s, c)
			cache.Learn(c, 1)
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkLogProbsCached(b *testing.B) {
	codes := encoded(baudot.Encoder{USOS: true}, contact+contact)
	cache := NewCache(Default())
	for _, c := range codes {
		cache.Learn(c, 1)
	}
	m := Default().WithCache(cache)
	states := statesAlong(m, codes)
	var p [32]float64
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		m.LogProbs(&states[i%len(states)], &p)
	}
}
