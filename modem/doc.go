// Package modem turns radioteletype signals into codes and codes into signals.
//
// # The signal
//
// A radioteletype transmitter has two tones, mark and space, and sends one at
// a time. A character is start-stop: one unit of space, five units that are
// each mark or space, and a stop element of mark that lasts 1, 1.5 or 2 units;
// between characters the sender rests at mark, or fills the time with
// characters that print nothing, called diddles. Amateurs send 45.45 units a
// second, tones 170 Hz apart. A [Signal] holds these numbers, a [Preset] those
// of a service, and a [Partial] what somebody knows of them. What the five
// units spell is told by package [rtty/baudot].
//
// The receiving radio makes audio of it, on one of two sidebands, which decides
// which tone is the higher. Everything here works on that audio: mono samples
// between -1 and 1, fed in blocks of any length. Positions are counted in
// samples of the source.
//
// # Receiving
//
// A [Receiver] listens to one Signal that it is told, up to 0.7 times its speed
// off its tones. It gives text in two states: the final part of an [Update]
// only grows, its tail is a guess that the next update replaces. Every [Char]
// comes with its time and its probability.
//
// An [AutoReceiver] is told what is known, perhaps nothing, finds the signal
// and runs a Receiver on it. It finds it with [Identify], which lists all
// radioteletype signals in a stretch of audio; a [Survey] does so for audio of
// any length.
//
// # Sending
//
// A [Transmitter] asks a [Feed] for codes and makes samples of them, with exact
// timing and a [Waveform] that keeps the spectrum narrow. Its phase is
// continuous, which is what lets a Receiver read deepest into the noise.
//
// # Reading the code
//
// The files follow the samples. Of the receiver, docs/decoder.md has the whole
// in words and equations:
//
//   - receiver.go: what runs when
//   - clipper.go, frontend.go, gauge.go, levels.go: static, baseband, correlations, noise, levels
//   - lattice.go: framing by energies alone, which screens
//   - phase.go, beam.go: hypotheses that remember phase, which decide
//   - jury.go, follow.go: what kind of sender and channel it is
//   - tuning.go, search.go: where the tones are
//   - reader.go, doubt.go: from the best hypothesis to text, and how sure it is
//
// Of Identify: identify.go, then identify_spectrum.go, identify_search.go,
// identify_evidence.go, identify_refine.go and identify_judge.go in the order
// of its stages. Of the Transmitter: transmitter.go, then
// transmitter_sequence.go, waveform_keyer.go and waveform_shaper.go.
package modem
