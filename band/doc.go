// Package band is a short-wave band that exists in the computer alone: what a
// receiver would hear of it, a transceiver to tune about in it, and stations
// that answer. `rtty demo` runs on it, so that everything can be tried where
// there is neither radio nor sound card, and tests use it as a source.
//
// # What is on it
//
// All stations stay at their radio frequencies; the transceiver's dial and
// sideband decide at which audio frequency they are heard, within 300 to 2900
// Hz. With the dial as it stands at first, at [Dial] on the lower sideband:
//
//	 400 Hz  a steady carrier
//	 640 Hz  two stations in contact, one of them typing by hand
//	1000 Hz  nobody: room for a call of one's own
//	1500 Hz  a weather station: 50 Bd, 450 Hz, ITA2, groups of figures
//	2210 Hz  a station calling CQ, on the usual tones 2125/2295
//	2630 Hz  two stations in contact, one of them with two stop units
//
// and some more beyond, for those who turn the dial. Each comes by a path of its
// own through the model ionosphere of package hf and fades by itself; over all
// lie noise and static.
//
// # Who answers
//
// What is played into [Band.Sink] while the transceiver is keyed is on the air at
// the dial's frequency, and read by a receiver as any signal is. Who calls CQ in
// the amateurs' usual mode (45.45 Bd, 170 Hz, mark high on the air) is
// answered; so is who calls a station within 50 Hz of its frequency. What can't
// be read right is asked for again, and who falls silent is given up after a
// while.
//
// # Nobody's calls
//
// The call signs have the form of American ones with a suffix from QRA to QUZ,
// the Q codes, which the FCC does not assign to anyone ("call signs not
// available" in its rules for choosing them). So they look like calls to whoever
// looks for calls, and nobody can be meant. The places and the weather are
// invented too.
//
// # Time and chance
//
// Time on the band is counted in samples and goes on as the source is read: in
// step with the clock or as fast as the reader can, as the [Config] says.
// Everything random comes from the seed, so with the same seed, the same turns
// of the dial and the same audio sent at the same samples the band sounds the
// same.
package band
