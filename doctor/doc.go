// Package doctor looks over a whole station: the configuration, the sound devices,
// the rig, the clock, the disk. What it finds are sentences, one each, that say
// what is and, where something is wrong, what to do about it.
//
// # It does not transmit
//
// Looking must not key a transmitter. Sound goes in and none goes out; no serial
// port is opened but that of the configured rig; the rig is asked and told nothing,
// except to unkey, which shows whether PTT can be read. Only with [Checkup.Ask],
// and a yes to the question, the key is tried: for half a second, through the guard,
// that lets go after two seconds whatever happens, and under the rules that hold for
// every transmission: with a callsign, when transmitting is enabled, inside the band.
package doctor
