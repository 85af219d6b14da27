package plain

import (
	"fmt"
	"strings"
)

// A command is something that can be done by typing its name after a stroke.
type command struct {
	name  string
	args  string // for the help
	about string // one sentence
	run   func(c *Console, args string) error
}

// commands are all there are, in the order of the help.
func commands() []command {
	return []command{
		{"tx", "[TEXT]", "Send the text and go back to receive; without text, transmit until /rx.", (*Console).transmit},
		{"rx", "", "Go back to receive when all that waits is sent.", (*Console).receive},
		{"stop", "", "Go back to receive at once; text that waits is kept, the rest of a macro is not.", (*Console).stop},
		{"clear", "", "Throw away what waits to be sent.", (*Console).clear},
		{"call", "CALL", "Take a call as that of the station in contact, for the macros.", (*Console).call},
		{"macro", "[NUMBER|NAME]", "Send a macro by number, 1 to 12 or pounce 1 to 12, or by its name; without either, list them.", (*Console).macro},
		{"id", "", "Send the own call.", (*Console).identify},
		{"carrier", "[ry]", "Send a steady mark, or RYRY, for ten seconds to set levels.", (*Console).carrier},
		{"enable", "[on|off]", "Allow to transmit, or forbid it.", (*Console).enable},

		{"tune", "[HZ|+HZ|-HZ]", "Listen with mark at an audio frequency, or that much higher or lower; without a number, tell how far the signal is off. It never moves the transmitter, unless /net is on.", (*Console).tune},
		{"preset", "[NAME]", "Listen as a service sends; without a name, list the presets.", (*Console).preset},
		{"sideband", "[usb|lsb]", "Tell which sideband the radio is on.", (*Console).sideband},
		{"reverse", "", "Swap mark and space.", (*Console).reverse},
		{"auto", "", "Look for a signal in the last twenty seconds and tune to it.", (*Console).auto},
		{"afc", "[on|off]", "Follow a signal that is off tune.", (*Console).afc},
		{"squelch", "[auto|off|LEVEL]", "Print what is sure enough: LEVEL is the least probability, 0 to 1.", (*Console).squelch},
		{"net", "[on|off]", "Transmit where you listen.", (*Console).net},
		{"past", "[MINUTES]", "Decode again what was heard in the last minutes, 3 if not given.", (*Console).past},
		{"record", "[on|off]", "Record the audio, to a file beside the log.", (*Console).record},

		{"status", "", "Tell the state of everything.", (*Console).status},
		{"heard", "", "List the calls that were heard last.", (*Console).heard},
		{"flow", "[word|line]", "Write received text word by word or line by line.", (*Console).flow},
		{"verbosity", "[quiet|normal|verbose]", "Tell less or more.", (*Console).verbose},
		{"help", "[COMMAND]", "List the commands, or explain one.", (*Console).help},
		{"quit", "", "End the program; a transmission is stopped first.", (*Console).quit},
	}
}

// usage is how a command is typed.
func (c command) usage() string { return strings.TrimSpace("/" + c.name + " " + c.args) }

// parse splits a line into a command and its arguments. A line without a stroke
// is text, and so is one that begins with two, of which one is left.
func parse(line string) (name, args string, isCommand bool) {
	rest, ok := strings.CutPrefix(strings.TrimLeft(line, " \t"), "/")
	if !ok {
		return "", line, false
	}
	if strings.HasPrefix(rest, "/") {
		return "", rest, false
	}
	name, args, _ = strings.Cut(rest, " ")
	return strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(args), true
}

// find is the command of a name.
func find(name string) (command, error) {
	for _, c := range commands() {
		if c.name == name {
			return c, nil
		}
	}
	return command{}, fmt.Errorf("there is no command /%s; /help lists them, and text that begins with a stroke is typed with two", name)
}

// choice is which of some words an argument is; the error lists them.
func choice(arg string, words ...string) (int, error) {
	for i, w := range words {
		if strings.EqualFold(arg, w) {
			return i, nil
		}
	}
	return 0, fmt.Errorf("%q is none of %s", arg, strings.Join(words, ", "))
}
