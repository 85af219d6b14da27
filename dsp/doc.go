// Package dsp has the signal-processing parts that a modem is built from:
// filters and their design, oscillators, decimation and resampling, spectra.
// It knows nothing of characters.
//
// Every part lives the same life. A constructor takes the design and panics or
// returns an error that names the broken limit; Process (or Next) takes samples
// in blocks of any length and gives the same output however the stream is cut;
// Reset forgets the samples and keeps the design. Frequencies are in Hz where a
// rate is given and in cycles per sample where none is. Nothing is allocated
// once the first block is through.
package dsp
