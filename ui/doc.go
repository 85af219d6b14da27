// Package ui is the full-screen terminal of an operating position.
//
// It draws what a station publishes and turns keys and clicks into calls of the
// station's methods, nothing else: it owns no state of the radio. What it keeps
// is what only a screen has, the scrollback, the waterfall's past rows and which
// panel is open.
//
// # How it draws
//
// Every pane is a small model with a method that draws it into a rectangle of a
// grid of cells; a cell is a character, two colours and attributes. The grid
// clips, so that a pane drawn into too small a rectangle loses text and nothing
// else, and it becomes a string only once, with colours that were spelled out
// when the theme was chosen. Bubble Tea then sends what differs from the screen
// before. A scrolling waterfall changes every cell, which is what costs: so it
// moves by whole cells, two rows at a time, and the odd row only fills the
// upper half of a line that is there already.
//
// # Keys
//
// What is typed is text for the transmitter, whatever the letter. Commands are
// on function keys, on control keys that terminals pass on, and, all of them, on
// one letter after the prefix Ctrl-G or the backslash, which no teleprinter
// code has. They are defined once, in the table that the dispatcher, the help
// and the documentation are made from.
package ui
