package audio

// Telephone companding, ITU-T G.711: eight bits hold sign, a 3-bit exponent
// (the chord) and a 4-bit mantissa, so that the steps grow with the level.

var (
	alawTable  = tabulate(alaw)
	mulawTable = tabulate(mulaw)
)

func tabulate(expand func(byte) int) (table [256]float32) {
	for b := range table {
		table[b] = float32(expand(byte(b))) * unit16
	}
	return table
}

// alaw expands to 16 bits. Even bits are inverted on the line.
func alaw(b byte) int {
	b ^= 0x55
	v := int(b&0x0F)<<4 + 8
	if chord := b >> 4 & 7; chord > 0 {
		v = (v + 0x100) << (chord - 1)
	}
	if b&0x80 == 0 {
		return -v
	}
	return v
}

// mulaw expands to 16 bits. All bits are inverted on the line, and 33 units
// of bias (132 at 16 bits) make the chords meet.
func mulaw(b byte) int {
	const bias = 132
	b = ^b
	v := (int(b&0x0F)<<3+bias)<<(b>>4&7) - bias
	if b&0x80 != 0 {
		return -v
	}
	return v
}
