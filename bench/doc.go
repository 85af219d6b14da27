// Package bench measures how well decoders read radioteletype, ours and other
// people's, on the same recordings.
//
// That a decoder is good is a curve, not a sentence: the share of characters it
// gets wrong (CER, see package score) over the signal-to-noise ratio, for a
// named channel, a named kind of text and a number of characters. A Suite lists
// what to measure; Run makes the recordings, lets every Decoder read them and
// counts; the Report draws the curves.
//
// # Decibels
//
// SNR is the mean power of the keyed signal over that of the noise in 2500 Hz.
// A signal of 45.45 Bd fills little of these 2500 Hz, so it can be read far
// below 0 dB: what counts is the energy of one unit over the noise density,
// Eb/N0, 17.4 dB more than the SNR at that speed (EbN0). With fading the mean is
// taken over all fades. A curve is told by the SNR it needs for a CER of 10 %
// (barely readable), 5 % and 1 % (Curve.Needed); one decibel less means one that
// reads a station with a fifth less power.
//
// # What is in a recording
//
// A Trial is one over of some 400 characters (package corpus) keyed by a Sender,
// sent through a Scenario (package hf for what the ionosphere does) and sampled
// at 8 kHz. It is never quite in tune: the decoder is told the nominal tones and
// the signal lies up to 5 Hz beside them. Idle at mark and some diddles go
// before the text and mark follows it, so that neither finding the signal nor
// the end of the file is what is measured.
//
// Two scenarios measure just that. In "acquisition" overs are short, far off tune
// and parted by noise (ShortOvers), and each counts from its first character.
// In "noise" nobody sends, and what is printed in a minute is counted.
//
// Everything random comes from the trial's seed, which comes from the suite's
// seed and what the trial is. So all decoders hear the very same noise, the
// same suite gives the same counts on any machine and any number of processors,
// and a point does not change when others are added beside it.
//
// # How sure a point is
//
// Twice as many characters lessen the doubt only by a factor of 1.4, and errors
// come in bursts: 3000 characters at 1 % are known to about a third of that, and
// in slow fading the 15 overs behind them matter more than the characters.
// Point.Low and Point.High tell. Differences between decoders are surer than
// that, since the recordings are the same.
//
// # Promises
//
// A Promise says what our receiver is held to in a cell of a suite: an error rate
// at an SNR, silence on noise, honest probabilities. The report shows for each
// whether it is kept, and what the other decoders do in the same place.
//
// # Peers
//
// A Peer is another program, run on a WAV file of each recording; a command
// template (NewPeer) makes one of any program that prints what it reads.
// minimodem is taken by itself where it is installed. So is fldigi, which reads
// no files and is run live (package fldigi). InstalledPeers has both as far as
// they are there, MissingPeers tells what is not compared with.
package bench
