package modem

import "math"

// Design of the clipper.
const (
	clipBlock  = 0.004 // seconds over which the level is averaged
	clipBlocks = 63    // blocks whose median is the level: a quarter of a second
	clipHeld   = 8     // blocks for which a rise must last to be more than static
	clipLeast  = 1e-3  // limit at the least, of full scale: what rises out of digital silence is no static
	clipFactor = 3.0   // limit over the mean magnitude: 2.4 σ of noise, twice a sine
)

// clipper takes the tops off static crashes and ignition noise before any
// filter can smear them over several units. Its limit follows the level of all
// that is in the passband, so that a steady signal, however strong, passes
// untouched: a burst has to be far above it, and short.
type clipper struct {
	block int // samples

	levels [clipBlocks]float64 // mean magnitude of the last blocks, ring
	sorted [clipBlocks]float64
	next   int
	filled int
	count  int // samples in the present block
	sum    float64
	limit  float32
	out    [frontEndBlock]float32
}

func newClipper(rate int) *clipper {
	c := &clipper{block: max(1, int(clipBlock*float64(rate)))}
	c.Reset()
	return c
}

func (c *clipper) Reset() {
	c.next, c.filled, c.count, c.sum = 0, 0, 0, 0
	c.limit = math.MaxFloat32
}

// Process gives src clipped, in a buffer that holds until the next call; src
// must be no longer than frontEndBlock.
func (c *clipper) Process(src []float32) []float32 {
	out := c.out[:len(src)]
	for i, x := range src {
		out[i] = max(-c.limit, min(c.limit, x))
		c.sum += math.Abs(float64(x))
		if c.count++; c.count == c.block {
			c.close()
		}
	}
	return out
}

// close ends a block and sets the limit for the next.
func (c *clipper) close() {
	c.levels[c.next] = c.sum / float64(c.block)
	c.next = (c.next + 1) % clipBlocks
	c.filled = min(c.filled+1, clipBlocks)
	c.count, c.sum = 0, 0
	level := max(c.median(), c.held())
	c.limit = math.MaxFloat32
	if level > 0 {
		c.limit = float32(max(clipFactor*level, clipLeast))
	}
}

// median is that of the last blocks. Insertion into a nearly sorted copy is
// cheaper than it looks at 250 blocks a second.
func (c *clipper) median() float64 {
	s := c.sorted[:c.filled]
	copy(s, c.levels[:c.filled])
	for i := 1; i < len(s); i++ {
		for j := i; j > 0 && s[j] < s[j-1]; j-- {
			s[j], s[j-1] = s[j-1], s[j]
		}
	}
	return s[len(s)/2]
}

// held is the least level of the newest blocks: what has lasted.
func (c *clipper) held() float64 {
	least := math.Inf(1)
	for i := 1; i <= clipHeld; i++ {
		if i > c.filled {
			return 0
		}
		least = min(least, c.levels[(c.next-i+clipBlocks)%clipBlocks])
	}
	return least
}
