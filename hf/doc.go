// Package hf is a short-wave channel on the desk: it takes the audio of a clean
// transmission and gives what a receiver on the far side of the ionosphere
// would have made of it. Everything random in it comes from a seed, so that a
// decoder can be tried twice on the very same fade.
//
// # What happens to a signal on short wave
//
// A transmission reaches the receiver by way of the ionosphere, mostly along
// more than one path: by one hop and by two, by the lower and the upper ray. The
// reflecting layers move and ripple. What arrives along one path is therefore
// the sum of very many small contributions with ever changing phases, and by the
// central limit theorem that sum is a complex Gaussian process: its strength has
// a Rayleigh distribution, deep fades are common, and the phase wanders. How
// fast, is told by its Doppler spectrum. Watterson, Juroshek and Bensema
// measured it in 1970 ("Experimental confirmation of an HF channel model", IEEE
// Trans. Commun. Technol. COM-18), found it to be a Gaussian bell, and made of it
// the model that bears Watterson's name and that modems have been measured with
// ever since: the signal, once for every path, delayed, multiplied by an
// independent complex Gaussian process, and summed.
//
// Two numbers describe the usual case of two equally strong paths:
//
//   - The Doppler spread in Hz, twice the standard deviation (2σ) of the bell.
//     Simulators that mean σ, or the half width, by the same word differ from
//     this one by a factor of up to two, and error rates with them.
//   - The delay of one path behind the other in ms. Where the two arrive out of
//     phase the signal vanishes, at frequencies 1/delay apart, and as the phases
//     drift that notch passes through mark and through space in turn: selective
//     fading. With a single path (flat fading) both tones sink together. At 170
//     Hz of shift the fading of mark and of space is all but the same at 0.5 ms,
//     half correlated at 2 ms and independent at 3 ms.
//
// Presets knows the sets of numbers in common use: the classes of CCIR
// Recommendation 520 (now ITU-R F.520-2) and the ten channels of ITU-R F.1487.
//
// # Strength
//
// SNR is the mean power of the wanted signal while its transmitter is keyed
// over the power of the noise in 2500 Hz, the common yardstick of digital modes
// on short wave. The mean is that of the channel, over all fades: the fading
// neither adds nor takes power in the long run, and the noise does not follow
// it. For a signal of B baud Eb/N0 is 10·log10(2500/B) dB above that: 17.4 dB at
// 45.45 Bd.
//
// The noise is white over the whole audio band, as of a receiver without any
// filter; Passband gives it one.
package hf
