//go:build portaudio

package audio

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gordonklaus/portaudio"
)

// portAudio reaches sound cards through the PortAudio library: by ALSA or JACK
// on Linux, Core Audio on macOS, WASAPI and others on Windows. Streams are
// blocking ones: unlike callbacks, which just stop being called, they report
// that a sound server has died.
type portAudio struct{}

func portaudioDriver() []driver { return []driver{portAudio{}} }

func (portAudio) name() string { return "portaudio" }

// library is the state of the C library, which is one for the whole program.
// Opening, closing and listing are not safe for concurrent use, and any of them
// may never return when the sound server is frozen; so the lock is one that can
// be waited for in vain.
var library = struct {
	lock  chan struct{}
	ready bool // it is initialized
	open  int  // streams

	mu   sync.Mutex           // never held during a call
	idle map[*portOutput]bool // outputs whose streams are open and not playing
}{lock: make(chan struct{}, 1), idle: make(map[*portOutput]bool)}

// withLibrary calls f when nobody else uses the library, or tells that whoever
// does never comes back.
func withLibrary(f func() error) error {
	return withLibraryIn(2*time.Second, f)
}

func withLibraryIn(wait time.Duration, f func() error) error {
	select {
	case library.lock <- struct{}{}:
	case <-time.After(wait):
		return errNoAnswer
	}
	defer func() { <-library.lock }()
	return f()
}

// refresh reads the list of devices anew, which the library does only when it
// begins: so it has to end before, and no stream may be open. An output that is
// not playing loses its stream for that, and opens it again when it needs it.
func refresh() error {
	for _, s := range idleStreams() {
		_ = closeStream(s)
	}
	if library.open > 0 {
		return nil
	}
	if library.ready {
		library.ready = false
		if err := portaudio.Terminate(); err != nil {
			return portError(err)
		}
	}
	if err := portaudio.Initialize(); err != nil {
		return portError(err)
	}
	library.ready = true
	return nil
}

// idleStreams takes their streams from the outputs that are not playing.
func idleStreams() []*portStream {
	library.mu.Lock()
	defer library.mu.Unlock()
	var all []*portStream
	for out := range library.idle {
		all = append(all, out.stream)
		out.stream = nil
	}
	clear(library.idle)
	return all
}

func (portAudio) devices() ([]Device, error) {
	var all []Device
	err := withLibrary(func() error {
		if err := refresh(); err != nil {
			return err
		}
		found, err := portaudio.Devices()
		if err != nil {
			return portError(err)
		}
		all = described(found)
		return nil
	})
	return all, err
}

// described are the devices as they are shown. A card counts as its name
// without its number, which may be another one tomorrow, unless two of them
// have the same.
func described(found []*portaudio.DeviceInfo) []Device {
	in, _ := portaudio.DefaultInputDevice()
	out, _ := portaudio.DefaultOutputDevice()
	ids := make(map[string]int)
	for _, d := range found {
		ids[withoutNumber(d.Name)]++
	}
	var all []Device
	for _, d := range found {
		id := withoutNumber(d.Name)
		if ids[id] > 1 {
			id = d.Name
		}
		all = append(all, Device{
			Driver: "portaudio", ID: id, Name: d.Name, Rate: int(d.DefaultSampleRate),
			Input: d.MaxInputChannels > 0, Output: d.MaxOutputChannels > 0, Default: d == in || d == out,
		})
	}
	return all
}

// withoutNumber is the name of an ALSA device without " (hw:1,0)".
func withoutNumber(name string) string {
	if i := strings.LastIndex(name, " (hw:"); i > 0 {
		return name[:i]
	}
	return name
}

// find looks up a device by its ID; the empty ID is the default.
func find(id string, input bool) (*portaudio.DeviceInfo, error) {
	if id == "" && input {
		return portaudio.DefaultInputDevice()
	}
	if id == "" {
		return portaudio.DefaultOutputDevice()
	}
	found, err := portaudio.Devices()
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(described(found), func(d Device) bool { return d.ID == id })
	if i < 0 {
		return nil, errDeviceGone
	}
	return found[i], nil
}

// A portStream is a stream with the buffer that its calls work on: as many
// frames as a hundredth of a second has.
type portStream struct {
	*portaudio.Stream
	buf      []int16
	channels int
	device   string
}

// openStream opens and starts a stream of one channel, or of two where the
// device can't do with less. It is called with the library locked.
//
// Samples are integers, since the library neither rounds nor scales floats
// symmetrically.
func openStream(id string, input bool, rate int, latency time.Duration) (*portStream, error) {
	device, err := find(id, input)
	if err != nil {
		return nil, portError(err)
	}
	s, err := openChannels(device, 1, input, rate, latency)
	if errors.Is(err, portaudio.InvalidChannelCount) {
		s, err = openChannels(device, 2, input, rate, latency)
	}
	if err != nil {
		return nil, portError(err)
	}
	library.open++
	s.device = "portaudio:" + device.Name
	return s, nil
}

func openChannels(d *portaudio.DeviceInfo, channels int, input bool, rate int, latency time.Duration) (*portStream, error) {
	frames := rate / chunks
	s := &portStream{buf: make([]int16, frames*channels), channels: channels}
	side := portaudio.StreamDeviceParameters{Device: d, Channels: channels, Latency: latency}
	p := portaudio.StreamParameters{SampleRate: float64(rate), FramesPerBuffer: frames, Flags: portaudio.ClipOff | portaudio.DitherOff}
	if input {
		p.Input = side
	} else {
		p.Output = side
	}
	var err error
	s.Stream, err = portaudio.OpenStream(p, s.buf)
	return s, err
}

// closeStream closes a stream, with the library locked.
func closeStream(s *portStream) error {
	err := s.Close()
	library.open--
	return portError(err)
}

// portError puts errors of the library into words of which something can be
// made.
func portError(err error) error {
	var host portaudio.UnanticipatedHostError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &host) && host.Text == "":
		return errServerGone
	case errors.As(err, &host):
		return fmt.Errorf("the sound card or its server fails: %s", host.Text)
	case errors.Is(err, portaudio.InvalidSampleRate):
		return errors.New("it does not have that sample rate; rtty devices shows the one it has")
	case errors.Is(err, portaudio.DeviceUnavailable):
		return errors.New("it is in use by another program, or was unplugged")
	}
	return err
}
