// Package cat speaks to transceivers over a serial port, in the languages their
// makers gave them (CAT, computer aided transceiver).
//
//   - Icom: CI-V. Frames between FE FE and FD on a bus of one wire, where every
//     sender hears himself; FB is yes, FA is no.
//   - Kenwood and Elecraft: two letters, digits, a semicolon. What is set is not
//     acknowledged, so everything that is set is read back.
//   - Yaesu since about 2005: the same idea, other letters.
//   - Yaesu FT-817, 818, 857, 897: five bytes, the last is the command, answers
//     without any mark where they begin.
//
// Each language is a codec that turns bytes into meaning and back, and a
// [rig.Link] on top of it.
//
// # Trust
//
// A transceiver may be off, at another speed, or busy; the line may lose bytes;
// the rig may say yes and not do it. So every question has a deadline; an answer
// counts only if it is the answer to that question; whatever follows a failure is
// thrown away up to the next silence; and a key is not down or up before the
// transceiver says so. Keying is tried once. Letting go is tried three times,
// also after keying has failed.
//
// # The port
//
// One goroutine owns the port: it alone reads, writes and closes. A driver that
// hangs hangs that goroutine, and callers get their error at the deadline all
// the same.
//
// Opening a serial port raises RTS and DTR on Linux, and nothing can prevent it.
// Where one of them keys the transmitter, whoever keys has opened the device
// beforehand and gives the file in Config.Lines; through that both lines are
// dropped as soon as the port proper is open, and again when it is set up. So they
// are up twice: for the few microseconds between open and the first ioctl (a few
// milliseconds on USB adapters, which are told over the bus), and for as long as
// the port proper takes to be opened. A relay that takes longer than that to close
// never notices; a fast transmitter may emit two clicks. A cable that keys with RTS
// or DTR is best given a port of its own.
package cat
