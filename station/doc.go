// Package station is the operating position: it stands between the operator,
// whatever screen he looks at, and the modem with its sound card and
// transceiver.
//
// A [Station] receives all the time, keeps the last half hour of audio so that
// what was sent before anybody tuned in can still be read, holds what is typed
// until it goes on the air, and keys the transmitter around it. It knows the
// rules: who may transmit, for how long, and when the own call is due.
//
// Screens and other programs never reach in. They ask for a [Snapshot] of the
// present state, for the [Event]s since the last they have seen, and for the
// waterfall's [Row]s, as often as they like; [Station.Changed] tells when it is
// worth while. What they want done they say by calling a method: all of them
// return at once, may be called from any goroutine, and a wish that can't be
// granted is an error of one sentence.
//
// # Time
//
// Audio positions are counted in samples of the kept audio, [AudioRate] a second,
// and belong to UTC by the source's anchor. A received character has the time at
// which it was on the air, and so has a sent one: it is echoed when its start bit
// leaves the sound card, not when it leaves the queue.
package station
