package config

// A section of the table, and of the file.
type section struct {
	name    string
	doc     string
	entries []entry
}

// An entry ties a key to its place in a Config.
type entry struct {
	Key
	target any // pointer into the Config
}

// table is every key there is: what it is called, where its value goes, what
// it may be, and what it is for. All else is made from it.
func (c *Config) table() []section {
	sections := []section{
		{"station", "Who operates.", []entry{
			text("callsign", &c.Station.Callsign, "", "Own callsign, as it is sent. Without one the program only receives."),
			text("name", &c.Station.Name, "", "Own name, for macros."),
			text("locator", &c.Station.Locator, "", "Maidenhead locator of the station, such as JO62QN."),
			whole("region", &c.Station.Region, 0, 0, 3, "", "IARU region, whose band edges hold: 1 Europe, Africa, Middle East, northern Asia; 2 the Americas; 3 the rest of Asia, Oceania. 0: not set."),
		}},
		{"audio", "Sound devices. 'rtty devices' lists their names; a part of a name will do. Empty: the system's default.", []entry{
			text("input", &c.Audio.Input, "", "Where the receiver's audio comes in."),
			text("output", &c.Audio.Output, "", "Where the transmitter's audio goes out. Not the loudspeaker: everything sent is played there."),
			whole("rate", &c.Audio.Rate, 48000, 8000, 192000, "samples/s", "Sampling rate of the sound devices."),
			whole("ring_minutes", &c.Audio.RingMinutes, 30, 1, 240, "min", "Audio kept in memory, so that the past can be decoded. 30 minutes take 41 MiB."),
		}},
		{"receive", "How to listen.", []entry{
			oneOf("preset", &c.Receive.Preset, "ham", presets, "Habits of a service: speed, shift, code, polarity."),
			oneOf("sideband", &c.Receive.Sideband, "", []string{"", "usb", "lsb"}, "Sideband the receiver is set to. Empty: what is customary with the preset, or what the rig tells."),
			number("mark", &c.Receive.Mark, 0, 0, 20000, "Hz", "Audio frequency of the mark tone. 0: that of the preset."),
			squelch("squelch", &c.Receive.Squelch, "auto", "When characters are printed: auto, off, or the least probability they must have, such as 0.7."),
			oneOf("prior", &c.Receive.Prior, "auto", priors, "What is expected of the text."),
			yesNo("afc", &c.Receive.AFC, true, "Follow a signal that is off its frequency or drifts."),
			oneOf("usos", &c.Receive.USOS, "preset", []string{"preset", "on", "off"}, "Whether a space returns to letters."),
		}},
		{"transmit", "How to send.", []entry{
			yesNo("enabled", &c.Transmit.Enabled, false, "Allow transmitting. A licence is needed, and a callsign above."),
			oneOf("method", &c.Transmit.Method, "afsk", []string{"afsk", "fsk"}, "afsk: tones through the sound card. fsk: a line that shifts the transmitter, see [fsk]."),
			oneOf("waveform", &c.Transmit.Waveform, "linear", []string{"linear", "constant"}, "linear is narrowest and needs a linear transmitter; constant has a constant envelope, for FM and limiting ones."),
			number("level", &c.Transmit.Level, -12, -60, -1.5, "dBFS", "Level of the tones; a sine of full scale has 0. Set it so that the transmitter's ALC just stays at rest."),
			oneOf("diddle", &c.Transmit.Diddle, "ltrs", []string{"ltrs", "blank", "none"}, "What goes out while there is no text."),
			whole("preamble", &c.Transmit.Preamble, 4, 0, 100, "characters", "Diddles before the text of an over."),
			whole("lead_ms", &c.Transmit.LeadMS, 150, 0, 2000, "ms", "From keying the transmitter to the first sound."),
			whole("tail_ms", &c.Transmit.TailMS, 50, 0, 2000, "ms", "From the last sound to letting go of the key."),
			whole("timeout_s", &c.Transmit.TimeoutS, 180, 10, 600, "s", "An over ends so long after the last key was pressed."),
			whole("macro_timeout_s", &c.Transmit.MacroTimeoutS, 90, 10, 600, "s", "The same for an over that a macro began."),
			whole("idle_s", &c.Transmit.IdleS, 30, 1, 120, "s", "An over with nothing to send ends after that time."),
			yesNo("net", &c.Transmit.Net, true, "Transmit where the operator tunes; AFC never moves the transmit tones. Off: on the tones of the preset."),
			yesNo("full_duplex", &c.Transmit.FullDuplex, false, "Receive while sending, for tests with a second receiver."),
		}},
		{"rig", "The transceiver: how it is keyed, and how its frequency is read.", []entry{
			oneOf("kind", &c.Rig.Kind, "none", rigKinds, "What it is reached through. none only receives, with vox the transmitter keys itself when it hears sound."),
			text("port", &c.Rig.Port, "", "Serial port of rts, dtr and cat:…, such as /dev/serial/by-id/… or COM3; hidraw device of cm108."),
			text("address", &c.Rig.Address, "", "Where rigctld or flrig listens. Empty: 127.0.0.1 and its usual port."),
			whole("baud", &c.Rig.Baud, 0, 0, 4000000, "Bd", "Speed of the serial port. 0: the usual one of the kind."),
			text("model", &c.Rig.Model, "", "Model of the transceiver, where its family has dialects."),
			whole("civ", &c.Rig.CIV, 0, 0, 0xdf, "", "CI-V address of an Icom. 0: 0x94, an IC-7300."),
			yesNo("invert", &c.Rig.Invert, false, "The dropped line keys (rts, dtr, cm108)."),
			whole("pin", &c.Rig.Pin, 0, 0, 8, "", "GPIO of the cm108 that keys. 0: the third."),
			oneOf("source", &c.Rig.Source, "", []string{"", "mic", "data"}, "Input that PTT opens where the transceiver has two. Empty: whichever it takes."),
			oneOf("ptt", &c.Rig.PTT, "", append([]string{""}, rigKinds...), "Another way to key than through kind. Empty: none."),
			text("ptt_port", &c.Rig.PTTPort, "", "Port of that other way."),
			yesNo("ptt_invert", &c.Rig.PTTInvert, false, "The dropped line keys, in that other way."),
			whole("ptt_pin", &c.Rig.PTTPin, 0, 0, 8, "", "GPIO of that other way."),
			number("poll_hz", &c.Rig.PollHz, 2, 0, 20, "1/s", "How often frequency and mode are read while receiving. 0: never."),
			number("offset_hz", &c.Rig.OffsetHz, 0, -5000, 5000, "Hz", "What the dial shows above the suppressed carrier on single sideband, or above mark in FSK."),
			yesNo("override", &c.Rig.Override, false, "Transmit outside the amateur bands too. Only for those who may."),
		}},
		{"fsk", "The line or keyer that shifts the transmitter itself, with method = \"fsk\".", []entry{
			oneOf("kind", &c.FSK.Kind, "none", []string{"none", "uart", "dtr", "rts", "keyer"}, "What shifts: the data line of a serial port, one of its control lines, or a keyer such as TinyFSK or nanoIO."),
			text("port", &c.FSK.Port, "", "Its serial port, which may be that of the key or of CAT."),
			yesNo("invert", &c.FSK.Invert, false, "Exchange mark and space on the line."),
		}},
		{"id", "Station identification.", []entry{
			whole("minutes", &c.ID.Minutes, 10, 1, 10, "min", "The own call is sent at least so often while operating."),
			yesNo("farewell", &c.ID.Farewell, true, "Send it at the end of a contact, if the last text lacked it."),
			oneOf("cw", &c.ID.CW, "off", []string{"off", "request", "over"}, "Identification in Morse code: never, on request, after each over."),
			whole("wpm", &c.ID.WPM, 18, 5, 20, "words/min", "Its speed."),
			number("tone_hz", &c.ID.ToneHz, 0, 0, 3000, "Hz", "Its tone. 0: the mark tone."),
			number("level", &c.ID.Level, -12, -60, -1, "dBFS", "Its level."),
		}},
		{"macros", "Prepared messages; see docs/macros.md.", []entry{
			oneOf("set", &c.Macros.Set, "ragchew", []string{"ragchew", "contest"}, "Messages that come with the program."),
			text("file", &c.Macros.File, "", "File of messages that N1MM has written, in their place."),
			list("run", &c.Macros.Run, "Own messages \"label,text\" on F1 to F12, of the one who calls CQ. They replace the others."),
			list("pounce", &c.Macros.Pounce, "Those of the one who searches and pounces."),
			yesNo("contest", &c.Macros.Contest, false, "Send the own messages in the form of contest messages."),
			text("exchange", &c.Macros.Exchange, "#", "Own part of the contest exchange. # is the serial number."),
		}},
		{"journal", "The log of the day, and recordings.", []entry{
			yesNo("enabled", &c.Journal.Enabled, true, "Write what is received and sent to a text file a day."),
			text("dir", &c.Journal.Dir, "", "Where to. Empty: rtty/log under the directory for state, $XDG_STATE_HOME."),
			yesNo("record", &c.Journal.Record, false, "Record the audio from the start."),
			oneOf("format", &c.Journal.Format, "wav", []string{"wav", "flac"}, "Format of recordings."),
		}},
		{"ui", "The terminal.", []entry{
			oneOf("theme", &c.UI.Theme, "dark", []string{"dark", "light", "contrast", "green", "mono"}, "Colours of the screen."),
			oneOf("colours", &c.UI.Colours, "auto", []string{"auto", "truecolor", "256", "16", "none"}, "How many colours the terminal has."),
			whole("waterfall_rows", &c.UI.WaterfallRows, 12, 0, 60, "lines", "Height of the waterfall."),
			yesNo("mouse", &c.UI.Mouse, true, "Use the mouse. Off: the terminal selects text with it."),
			oneOf("link", &c.UI.Link, "normal", []string{"normal", "slow", "off"}, "How much may be drawn: slow for a slow line, off draws no waterfall."),
			yesNo("sounds", &c.UI.Sounds, true, "Sounds for transmit on, off and time-out in line mode."),
			oneOf("verbosity", &c.UI.Verbosity, "normal", []string{"quiet", "normal", "verbose"}, "How much line mode tells."),
		}},
	}
	for _, s := range sections {
		for i := range s.entries {
			s.entries[i].Name = s.name + "." + s.entries[i].Name
		}
	}
	return sections
}

var (
	presets  = []string{"ham", "ham50", "ham75", "dwd", "dwd-lf", "wide"}
	priors   = []string{"auto", "none", "ham", "contest", "english", "weather"}
	rigKinds = []string{"none", "vox", "rts", "dtr", "rts+dtr", "cm108", "rigctld", "flrig", "cat:icom", "cat:kenwood", "cat:yaesu", "cat:yaesu5"}
)
