// Package plain is the operating position as lines of text, for screen readers,
// pipes, terminals that can do nothing else, and programs.
//
// What has been written is never changed: there are no escape codes, no frames,
// no moving parts, and only final characters are written, each once. Received
// text stands without a label, so that a screen reader reads it as it comes;
// everything else begins with what it is: "TX:" for what went on the air,
// "Notice:", "ALARM:", "Error:", or the name of a value, before the value.
//
// Commands begin with a stroke, and any other line is text to be sent. On a
// terminal, what comes in waits while a line is being typed, but for alarms.
package plain
