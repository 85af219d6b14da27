package prior

import (
	"math"
	"math/rand/v2"
	"testing"
	"unsafe"

	"rtty/baudot"
)

// random are codes without any order.
func random(seed uint64, n int) []baudot.Code {
	rng := rand.New(rand.NewPCG(seed, 1))
	codes := make([]baudot.Code, n)
	for i := range codes {
		codes[i] = baudot.Code(rng.IntN(32))
	}
	return codes
}

func encoded(e baudot.Encoder, text string) []baudot.Code { return e.AppendString(nil, text) }

// cost is what codes cost by m, in bits per code.
func cost(m *Model, codes []baudot.Code) float64 {
	var p [32]float64
	sum := 0.0
	s := m.Start()
	for _, c := range codes {
		m.LogProbs(&s, &p)
		sum -= p[c]
		m.Advance(&s, c)
	}
	return sum / float64(len(codes)) / math.Ln2
}

func models(t testing.TB) map[string]*Model {
	all := map[string]*Model{
		"auto without USOS": Default().WithUSOS(false),
		"auto with USOS":    Default().WithUSOS(true),
	}
	for _, name := range Names() {
		m, err := Named(name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = m
	}
	return all
}

const contact = "W1AW DE DL1XYZ  UR RST 599 599 001.\nNAME HANS, QTH 3 KM N OF ULM.\n"

// streams are codes of every sort: by each kind of sender, diddled, random.
func streams() map[string][]baudot.Code {
	all := map[string][]baudot.Code{
		"nothing":        nil,
		"random":         random(1, 800),
		"explicit":       encoded(baudot.Encoder{USOS: true}, contact+contact),
		"without USOS":   encoded(baudot.Encoder{CRCRLF: true, LineShift: true}, contact+contact),
		"double shifts":  encoded(baudot.Encoder{DoubleShift: true}, contact+contact),
		"never shifting": {10, 18, 18, baudot.Space, 10, 18, 18},
	}
	for c := range baudot.Code(32) {
		for range 40 {
			all["each code many times"] = append(all["each code many times"], c)
		}
	}
	return all
}

func TestProbabilitiesSumToOne(t *testing.T) {
	for name, m := range models(t) {
		for what, codes := range streams() {
			s := m.Start()
			for i, c := range codes {
				var p [32]float64
				m.LogProbs(&s, &p)
				sum := 0.0
				for code, v := range p {
					if !(v <= 0 && v > -14) {
						t.Fatalf("%s, %s: code %d of index %d has log probability %v", name, what, code, i, v)
					}
					sum += math.Exp(v)
				}
				if math.Abs(sum-1) > 1e-5 {
					t.Fatalf("%s, %s: sum %v at index %d", name, what, sum, i)
				}
				m.Advance(&s, c)
			}
		}
	}
}

func TestWeightsSumToOne(t *testing.T) {
	for name, m := range models(t) {
		s := m.Start()
		for _, c := range random(2, 500) {
			sum := 0.0
			for _, w := range m.Weights(&s) {
				sum += w.Weight
			}
			if math.Abs(sum-1) > 1e-4 {
				t.Fatalf("%s: weights %v", name, m.Weights(&s))
			}
			m.Advance(&s, c)
		}
	}
}

// Advance must weigh the experts by what LogProbs would have told of each.
func TestAdvanceIsBayesRule(t *testing.T) {
	for _, name := range []string{"contest", "english"} {
		m, err := Named(name)
		if err != nil {
			t.Fatal(err)
		}
		expert := -1
		for i, table := range m.tables {
			if table != nil {
				expert = i
			}
		}
		for what, codes := range streams() {
			s := m.Start()
			for at, c := range codes {
				var row [32]float64
				m.expect(&s, only(expert), 1, &row)
				told := float64(s.weights[expert]) * row[c]
				want := told/(told+float64(s.weights[uniform])/32)*(1-share) + share*float64(m.start[expert])
				m.Advance(&s, c)
				if got := float64(s.weights[expert]); math.Abs(got-want) > 1e-4 {
					t.Fatalf("%s, %s: weight %v after index %d, want %v", name, what, got, at, want)
				}
			}
		}
	}
}

func TestLogarithm(t *testing.T) {
	for x := 1e-12; x < 1.001; x *= 1.0007 {
		if got, want := ln(x), math.Log(x); math.Abs(got-want) > 1e-8 {
			t.Fatalf("ln(%v) = %v, want %v", x, got, want)
		}
	}
}

func TestSameCodesSameProbabilities(t *testing.T) {
	a, b := Default().Start(), Default().Start()
	for _, c := range random(3, 500) {
		var p, q [32]float64
		Default().LogProbs(&a, &p)
		Default().LogProbs(&b, &q)
		if p != q || a.Context() != b.Context() {
			t.Fatal("two results for the same codes")
		}
		Default().Advance(&a, c)
		Default().Advance(&b, c)
	}
}

// Codes without any order must cost hardly more than the five bits they have.
func TestWhatFitsNoExpertLosesLittle(t *testing.T) {
	for name, m := range models(t) {
		if got := cost(m, random(4, 5000)); got > 5.06 {
			t.Errorf("%s: %.3f bits for a random code", name, got)
		}
	}
}

func TestUniformKnowsNothing(t *testing.T) {
	m, err := Named("none")
	if err != nil {
		t.Fatal(err)
	}
	if got := cost(m, streams()["explicit"]); math.Abs(got-5) > 1e-6 {
		t.Errorf("%v bits", got)
	}
}

func TestNamedTellsTheNames(t *testing.T) {
	if _, err := Named("klingon"); err == nil || err.Error() !=
		`no prior "klingon"; there are auto, none, ham, contest, english, weather` {
		t.Errorf("error %v", err)
	}
	if _, err := Named("HAM"); err != nil {
		t.Error(err)
	}
}

// A space between figures tells what the sender counts on: who sends FIGS
// again or lets digits follow says so.
func TestSenderShowsItsSpacing(t *testing.T) {
	m := Default()
	const text = "UR 599 001 001 DE W1AW 73 "
	for usos, codes := range map[bool][]baudot.Code{
		false: encoded(baudot.Encoder{}, text+text),
		true:  unshifted(text + text),
	} {
		s := m.Start()
		for _, c := range codes {
			m.Advance(&s, c)
		}
		if p := s.USOS(); usos && p < 0.95 || !usos && p > 0.05 {
			t.Errorf("a sender with USOS %v has it with %.3f", usos, p)
		}
	}
}

// unshifted is text for receivers that unshift on space and for no others.
func unshifted(text string) (codes []baudot.Code) {
	shift := baudot.Figures
	for _, r := range text {
		c, want, _ := baudot.USTTY.Lookup(r)
		switch {
		case c == baudot.Space || want == shift:
		case want == baudot.Figures:
			codes = append(codes, baudot.FIGS)
			shift = want
		default:
			codes = append(codes, baudot.LTRS)
			shift = want
		}
		codes = append(codes, c)
		shift = shift.After(c, true)
	}
	return codes
}

func TestKnownUSOSStays(t *testing.T) {
	for usos, want := range map[bool]float64{true: 1, false: 0} {
		m := Default().WithUSOS(usos)
		s := m.Start()
		for _, c := range random(5, 1000) {
			m.Advance(&s, c)
			if s.USOS() != want {
				t.Fatalf("USOS %v came to %v", usos, s.USOS())
			}
		}
	}
}

func TestHabitsAreLearned(t *testing.T) {
	early := []baudot.Code{baudot.LTRS}
	for range 30 {
		for _, c := range encoded(baudot.Encoder{}, "THE NAME HERE IS TOM ")[1:] {
			if c == baudot.Space {
				early = append(early, baudot.LTRS)
			}
			early = append(early, c)
		}
	}
	plain := encoded(baudot.Encoder{}, "THE NAME HERE IS TOM ")[1:]
	// What LTRS before a space adds must cost little of five bits.
	m := Default()
	var p [32]float64
	s := m.Start()
	for _, c := range early {
		m.Advance(&s, c)
	}
	for _, c := range plain[:3] {
		m.Advance(&s, c)
	}
	m.LogProbs(&s, &p)
	if p[baudot.LTRS] < p[baudot.Space]+2 {
		t.Errorf("LTRS %.2f, space %.2f after THE", p[baudot.LTRS], p[baudot.Space])
	}
	m.Advance(&s, baudot.LTRS)
	m.LogProbs(&s, &p)
	if math.Exp(p[baudot.Space]) < 0.7 {
		t.Errorf("space has %.3f after LTRS", math.Exp(p[baudot.Space]))
	}
}

func TestDiddlesAreFollowed(t *testing.T) {
	for _, diddle := range []baudot.Code{baudot.LTRS, baudot.Blank} {
		s := Default().Start()
		var p [32]float64
		for range 5 {
			Default().Advance(&s, diddle)
		}
		Default().LogProbs(&s, &p)
		if math.Exp(p[diddle]) < 0.5 {
			t.Errorf("%v goes on with %.3f", diddle, math.Exp(p[diddle]))
		}
	}
}

func TestContextTellsTextApart(t *testing.T) {
	after := func(text string) uint32 {
		s := Default().Start()
		for _, c := range encoded(baudot.Encoder{}, text) {
			Default().Advance(&s, c)
		}
		return s.Context()
	}
	if after("NO TELEX") != after("A TELEX") {
		t.Error("more than four characters count")
	}
	seen := map[uint32]string{}
	for _, text := range []string{"TELEX", "TOLEX", "TELEY", "TELE", "TELE3", "EX 35", "EX 35 "} {
		if other, ok := seen[after(text)]; ok {
			t.Errorf("%q and %q have the same context", text, other)
		}
		seen[after(text)] = text
	}
}

func TestStateIsSmall(t *testing.T) {
	if n := unsafe.Sizeof(State{}); n > 72 {
		t.Errorf("%d bytes", n)
	}
}

func TestNothingIsAllocated(t *testing.T) {
	m := Default()
	s := m.Start()
	var p [32]float64
	codes := encoded(baudot.Encoder{}, contact)
	if n := testing.AllocsPerRun(10, func() {
		for _, c := range codes {
			m.LogProbs(&s, &p)
			m.Advance(&s, c)
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkLogProbs(b *testing.B) {
	m := Default()
	states := statesAlong(m, encoded(baudot.Encoder{USOS: true}, contact+contact))
	var p [32]float64
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		m.LogProbs(&states[i%len(states)], &p)
	}
}

func BenchmarkAdvance(b *testing.B) {
	m := Default()
	codes := encoded(baudot.Encoder{USOS: true}, contact+contact)
	states := statesAlong(m, codes)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		s := states[i%len(codes)]
		m.Advance(&s, codes[i%len(codes)])
	}
}

func statesAlong(m *Model, codes []baudot.Code) []State {
	states := []State{m.Start()}
	for _, c := range codes {
		s := states[len(states)-1]
		m.Advance(&s, c)
		states = append(states, s)
	}
	return states[:len(codes)]
}
