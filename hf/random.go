package hf

import (
	"math"
	"math/rand/v2"
)

// What a stream of random numbers is for. Each user has a stream of its own, so
// that the fading of a seed stays the same whether or not there is noise, and
// the noise whether or not there are crashes. The numbers are part of what a
// seed means: a new use gets a new one.
const (
	fadingStream uint64 = 1 + iota
	noiseStream
	impulseStream
	carrierStream
	interfererStream
)

// newStream seeds a generator for one use of a seed: two words of SplitMix64
// (Steele, Lea, Flood 2014) from a mixture of the three numbers. PCG is the
// permuted congruential generator PCG-DXSM, whose output the standard library
// keeps the same in every version; so does everything here, which uses nothing
// of it but its 64 random bits.
func newStream(seed, use, index uint64) *rand.PCG {
	const golden = 0x9e3779b97f4a7c15
	state := scramble(scramble(scramble(seed+golden)^use) ^ index)
	return rand.NewPCG(scramble(state+golden), scramble(state+golden+golden))
}

// scramble is the finaliser of SplitMix64.
func scramble(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// The bell curve in layers of equal area: the ziggurat of Marsaglia and Tsang
// (2000), in the form of Doornik ("An improved ziggurat method", 2005).
const (
	zigguratLayers = 128
	zigguratTail   = 3.442619855899      // where the tail begins
	zigguratArea   = 9.91256303526217e-3 // of each layer, and of the lowest with the tail
)

// gaussian draws independent normal numbers, mean 0 and variance 1.
type gaussian struct {
	edge   [zigguratLayers + 1]float64 // right edge of each layer, the widest first
	height [zigguratLayers + 1]float64 // exp(−edge²/2)

	bits *rand.PCG
}

func newGaussian(bits *rand.PCG) *gaussian {
	g := &gaussian{bits: bits}
	height := math.Exp(-zigguratTail * zigguratTail / 2)
	g.edge[0], g.edge[1] = zigguratArea/height, zigguratTail
	for i := 2; i < zigguratLayers; i++ {
		height += zigguratArea / g.edge[i-1]
		g.edge[i] = math.Sqrt(-2 * math.Log(height))
	}
	for i, x := range g.edge {
		g.height[i] = math.Exp(-x * x / 2)
	}
	return g
}

// next draws a number. In 98.8 of 100 cases it lies in the part of a layer that
// is wholly below the curve.
func (g *gaussian) next() float64 {
	for {
		b := g.bits.Uint64()
		layer := b % zigguratLayers
		x := float64(int64(b)>>11) / (1 << 52) * g.edge[layer] // its 53 bits share none with layer
		if math.Abs(x) < g.edge[layer+1] {
			return x
		}
		if layer == 0 {
			return math.Copysign(g.tail(), x)
		}
		low, high := g.height[layer], g.height[layer+1]
		if low+uniform(g.bits)*(high-low) < math.Exp(-x*x/2) {
			return x
		}
	}
}

// tail draws from beyond the widest layer (Marsaglia 1964).
func (g *gaussian) tail() float64 {
	for {
		x := -math.Log(uniform(g.bits)) / zigguratTail
		if y := -math.Log(uniform(g.bits)); 2*y >= x*x {
			return zigguratTail + x
		}
	}
}

// uniform draws from (0, 1].
func uniform(bits *rand.PCG) float64 {
	return float64(bits.Uint64()>>11+1) / (1 << 53)
}

// exponential draws from the exponential distribution of mean 1.
func exponential(bits *rand.PCG) float64 { return -math.Log(uniform(bits)) }

// poisson draws from the Poisson distribution of a small mean (Knuth 1969).
func poisson(bits *rand.PCG, mean float64) int {
	n := 0
	for left := mean - exponential(bits); left > 0; left -= exponential(bits) {
		n++
	}
	return n
}
