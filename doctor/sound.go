package doctor

import (
	"context"
	"errors"
	"io"
	"math"
	"os"

	"rtty/audio"
)

// Levels of an input, dBFS, and shares of full scale.
const (
	tooLoud  = -10.0 // static crashes and strong stations need room above the noise
	tooQuiet = -65.0 // where the rounding of 16 bits and the card's own noise begin to count
	muchDC   = 0.02
	muchClip = 1e-4 // share of samples
)

// soundInput listens for two seconds.
func (c *Checkup) soundInput(ctx context.Context, r reporter) {
	name := c.Config.Audio.Input
	if st, err := os.Stat(name); name == "-" || err == nil && st.Mode().IsRegular() {
		r.say(Note, "%s is no sound device but a recording or a stream, which is not listened to here", name)
		return
	}
	device, err := c.Sound.Find(name, true)
	if err != nil {
		r.say(Fault, "there is no sound input: %v; 'rtty devices' lists what there is, put one into audio.input", err)
		return
	}
	if device.Monitor {
		r.say(Note, "%s is a monitor, which gives what this computer plays: for a receiver on a cable set audio.input to the card's input", device)
	}
	src, err := c.Sound.OpenInput(name, audio.InputOptions{Rate: c.Config.Audio.Rate})
	if err != nil {
		r.say(Fault, "the sound input can't be opened: %v; another program may hold it", err)
		return
	}
	heard, err := listen(ctx, src)
	if ctx.Err() != nil {
		return
	}
	if err != nil && !errors.Is(err, io.EOF) {
		r.say(Fault, "%s can't be listened to: %v; unplug it and plug it in again, or restart the sound server", device, err)
		return
	}
	heard.report(device, r)
}

// report tells what was heard.
func (h *hearing) report(device audio.Device, r reporter) {
	switch level := h.level(); {
	case h.samples == 0:
		r.say(Fault, "%s gave no samples: unplug it and plug it in again, or restart the sound server", device)
		return
	case h.zeros == h.samples:
		r.say(Fault, "%s gives nothing but zeros, which no receiver does: unmute it in the mixer, make sure that it is no monitor of an output that plays nothing, and that this program may use the microphone (macOS: System Settings, Privacy & Security, Microphone)", device)
		return
	case h.clipped > max(1, int(muchClip*float64(h.samples))):
		r.say(Warning, "%s clips: %.2g %% of the samples are at the stop, which makes weak signals unreadable; turn the receiver's audio or the capture level down", device, 100*float64(h.clipped)/float64(h.samples))
	case level > tooLoud:
		r.say(Warning, "%s is loud, %.0f dBFS: turn the receiver's audio or the capture level down to between -40 and -15 dBFS, so that strong signals do not clip", device, level)
	case level < tooQuiet || math.IsInf(level, -1):
		r.say(Warning, "%s is very quiet, %.0f dBFS: see whether it is the receiver's and turn its audio or the capture level up to between -40 and -15 dBFS", device, max(level, -180))
	default:
		r.say(OK, "%s hears sound at %.0f dBFS", device, level)
	}
	if math.Abs(h.mean) > muchDC {
		r.say(Note, "%s has a direct current of %.0f %% of full scale: it does no harm to decoding, but the jack may be one for microphones, which feeds them", device, 100*h.mean)
	}
	if h.gaps > 0 {
		r.say(Warning, "%s lost samples %d times within two seconds: close what keeps this computer busy", device, h.gaps)
	}
}

// soundOutput looks for the output, and plays nothing.
func (c *Checkup) soundOutput(_ context.Context, r reporter) {
	transmits := c.silence() == "" && c.Config.Transmit.Method != "fsk"
	bad := Note // for who only receives
	if transmits {
		bad = Fault
	}
	device, err := c.Sound.Find(c.Config.Audio.Output, false)
	switch {
	case err != nil:
		r.say(bad, "there is no sound output: %v; 'rtty devices' lists what there is, put one into audio.output", err)
	case device.Default && transmits:
		r.say(Warning, "%s, where the transmitter's audio goes, is the desktop's default output: its beeps, videos and calls would be transmitted; set another default in the desktop's sound settings, or audio.output to the rig's card", device)
	case device.Default:
		r.say(Note, "%s is the desktop's default output: before transmitting set audio.output to the rig's card, or what the desktop plays is transmitted too", device)
	default:
		r.say(OK, "%s is there and is not what the desktop plays on", device)
	}
}
