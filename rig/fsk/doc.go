// Package fsk keys the FSK input of a transceiver: one contact, closed or open,
// that shifts the transmitter between space and mark.
//
// There are three ways to move it.
//
//   - A UART does it by itself: five data bits, one and a half stop bits, at
//     45 Bd. Its TXD pin rests at mark by nature. Only real UARTs can go that slow,
//     those on the mainboard or on a PCI card; most USB adapters can't and take
//     another speed without saying so. So the speed is read back and what the port
//     doesn't do is refused.
//   - The DTR or RTS line of any serial port is raised and dropped by the program,
//     22 ms apart. The thread that does it asks for real-time scheduling, and how
//     far its edges are off is measured.
//   - A small computer in the cable does it: TinyFSK, nanoIO, Mortty. It is given
//     letters and makes their bits itself.
//
// # Mark at rest
//
// A transmitter in FSK sends mark while nobody types, and must start and end
// that way, so the contact is put to mark when a port is opened, and left there
// after every character, after Stop and after Close. After a crash: TXD goes on
// with the character it is at and then rests at mark. DTR and RTS fall when the
// system closes the port of a program that died, and dropped is mark, unless the
// line is inverted; then it falls to space, and only PTT that falls too ends that.
// Better than to invert the line is to turn the polarity over in the transceiver's
// menu. A keyer in the cable notices nothing: it goes on sending diddles, so its
// own PTT output must not be the one that keys the transmitter. Between
// transmissions the common firmware leaves its contact at space, after it has
// dropped PTT.
//
// # PTT on the same port
//
// RTS for PTT and DTR or TXD for FSK often share a port. Opening a device raises
// RTS and DTR, also when somebody has it open already, which would key the
// transmitter. So the port is opened once, and the file goes to this package, in
// Config.File, as well as to whoever keys PTT; setting one line never touches the
// other.
package fsk
