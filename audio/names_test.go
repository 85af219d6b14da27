package audio

import (
	"errors"
	"strings"
	"testing"
)

// A fakeDriver has devices, or an error.
type fakeDriver struct {
	called string
	has    []Device
	err    error
}

func (d fakeDriver) name() string               { return d.called }
func (d fakeDriver) devices() ([]Device, error) { return append([]Device(nil), d.has...), d.err }
func (d fakeDriver) openInput(string, InputOptions) (Source, error) {
	return nil, errors.ErrUnsupported
}
func (d fakeDriver) openOutput(string, OutputOptions) (Sink, error) {
	return nil, errors.ErrUnsupported
}

func twoDrivers() []driver {
	port := fakeDriver{called: "portaudio", has: []Device{
		{ID: "HDA Intel PCH: ALC257 Analog", Name: "HDA Intel PCH: ALC257 Analog (hw:0,0)", Input: true, Output: true},
		{ID: "USB Audio CODEC: Audio (hw:1,0)", Name: "USB Audio CODEC: Audio (hw:1,0)", Input: true, Output: true},
		{ID: "USB Audio CODEC: Audio (hw:2,0)", Name: "USB Audio CODEC: Audio (hw:2,0)", Input: true, Output: true},
		{ID: "default", Name: "default", Input: true, Output: true, Default: true},
	}}
	pulse := fakeDriver{called: "pulse", has: []Device{
		{ID: "alsa_input.usb-CODEC-00", Name: "USB CODEC Analog", Input: true},
		{ID: "alsa_output.usb-CODEC-00.monitor", Name: "Monitor of USB CODEC Analog", Input: true, Monitor: true},
		{ID: "alsa_output.usb-CODEC-00", Name: "USB CODEC Analog", Output: true},
		{ID: "cable", Name: "Cable", Output: true},
		{ID: "cable.monitor", Name: "Monitor of Cable", Input: true, Monitor: true},
		{ID: "cable2", Name: "Cable two", Output: true},
	}}
	for _, d := range []fakeDriver{port, pulse} {
		for i := range d.has {
			d.has[i].Driver = d.called
		}
	}
	return []driver{port, pulse, udpDriver{}}
}

func TestNamesMeanOneDevice(t *testing.T) {
	for _, c := range []struct {
		name  string
		input bool
		want  string
	}{
		{"", true, "portaudio:"},
		{"", false, "portaudio:"},
		{"pulse:", true, "pulse:"},
		{"pulse:cable", false, "pulse:cable"}, // exact, though part of another
		{"pulse:CABLE T", false, "pulse:cable2"},
		{"pulse:Monitor of Cable", true, "pulse:cable.monitor"},
		{"pulse:cable", true, "pulse:cable.monitor"}, // the only one that can be heard
		{"pulse:usb", true, "pulse:alsa_input.usb-CODEC-00"},
		{"alsa_input", true, "pulse:alsa_input.usb-CODEC-00"},
		{"hda intel", true, "portaudio:HDA Intel PCH: ALC257 Analog"},
		{"HDA Intel PCH: ALC257 Analog (hw:0,0)", false, "portaudio:HDA Intel PCH: ALC257 Analog"},
		{"portaudio:USB Audio CODEC: Audio (hw:2,0)", false, "portaudio:USB Audio CODEC: Audio (hw:2,0)"},
		{"USB Audio CODEC: Audio (hw:2,0)", false, "portaudio:USB Audio CODEC: Audio (hw:2,0)"},
		{"Cable two", false, "pulse:cable2"},
		{"udp:7355", true, "udp:7355"},
		{"udp:[::1]:7355", true, "udp:[::1]:7355"},
	} {
		d, id, err := resolve(twoDrivers(), c.name, c.input)
		if err != nil {
			t.Errorf("%q: %v", c.name, err)
			continue
		}
		if got := d.name() + ":" + id; got != c.want {
			t.Errorf("%q is %q, want %q", c.name, got, c.want)
		}
	}
}

func TestADeviceIsFoundByTheNameThatOpensIt(t *testing.T) {
	for _, c := range []struct {
		name  string
		input bool
		want  Device
	}{
		{"", false, Device{Driver: "portaudio", ID: "default", Name: "default", Input: true, Output: true, Default: true}},
		{"Cable two", false, Device{Driver: "pulse", ID: "cable2", Name: "Cable two", Output: true}},
		{"pulse:", true, Device{Driver: "pulse", Input: true, Default: true}}, // that has no default to tell
		{"udp:7355", true, Device{Driver: "udp", ID: "7355", Input: true}},
	} {
		if got, err := findDevice(twoDrivers(), c.name, c.input); err != nil || got != c.want {
			t.Errorf("%q is %+v, %v", c.name, got, err)
		}
	}
	if _, err := findDevice(twoDrivers(), "hdmi", false); err == nil {
		t.Error("a device that is not there is found")
	}
}

func TestNamesThatMeanNoneOrSeveralAreToldWithWhatThereIs(t *testing.T) {
	for _, c := range []struct {
		name  string
		input bool
		want  string
	}{
		{"hdmi", false, `no output "hdmi"; there are portaudio:HDA Intel PCH: ALC257 Analog (HDA Intel PCH: ALC257 Analog (hw:0,0)), `},
		{"pulse:hdmi", true, `no input "pulse:hdmi"; there are pulse:alsa_input.usb-CODEC-00 (USB CODEC Analog), `},
		{"pulse:c", false, `"pulse:c" fits more than one output: pulse:alsa_output.usb-CODEC-00 (USB CODEC Analog), pulse:cable (Cable), pulse:cable2 (Cable two)`},
		{"USB Audio CODEC", false, `"USB Audio CODEC" fits more than one output: portaudio:USB Audio CODEC: Audio (hw:1,0), portaudio:USB Audio CODEC: Audio (hw:2,0)`},
	} {
		_, _, err := resolve(twoDrivers(), c.name, c.input)
		var e *DeviceError
		if !errors.As(err, &e) || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%q: %v\nwant %s", c.name, err, c.want)
		}
	}
}

func TestAMissingDriverIsToldWithHowToGetIt(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"portaudio:USB", "portaudio: this program is built without that driver, which has pulse, udp: build with -tags portaudio"},
		{"pulse:x", "pulse: this program is built without that driver, which has udp: it is there on Linux alone"},
	} {
		present := twoDrivers()[1:]
		if strings.HasPrefix(c.name, "pulse") {
			present = present[1:]
		}
		_, _, err := resolve(present, c.name, true)
		var e *DriverError
		if !errors.As(err, &e) || !errors.Is(err, ErrNoDriver) || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%q: %v\nwant %s", c.name, err, c.want)
		}
	}
}

func TestADriverThatFailsDoesNotHideTheOthers(t *testing.T) {
	refused := errors.New("connection refused")
	broken := fakeDriver{called: "portaudio", err: refused}
	devices, errs := devicesOf(t.Context(), []driver{broken, twoDrivers()[1]})
	if len(devices) != 6 || len(errs) != 1 || errs[0].Error() != "portaudio: connection refused" {
		t.Errorf("%v, %v", devices, errs)
	}
	if d, id, err := resolve([]driver{broken, twoDrivers()[1]}, "cable2", false); err != nil || d.name() != "pulse" || id != "cable2" {
		t.Errorf("%v, %q, %v", d, id, err)
	}
	_, _, err := resolve([]driver{broken}, "", true)
	if !errors.Is(err, refused) || err.Error() != "portaudio: connection refused" {
		t.Error(err)
	}
	_, _, err = resolve([]driver{broken, fakeDriver{called: "pulse"}}, "x", true)
	if !errors.Is(err, refused) {
		t.Error(err)
	}
	if _, _, err := resolve([]driver{fakeDriver{called: "pulse"}}, "", false); err == nil || err.Error() != "no output at all" {
		t.Error(err)
	}
}

func TestNamesThatNoWaitingMends(t *testing.T) {
	for name, want := range map[string]string{
		"": "", "usb": "", "pulse:nothing there": "", "odd:name": "",
		"udp:7355": "", "udp:": "", "udp:0.0.0.0:7355": "",
		"udp:gqrx":  `udp:gqrx: "gqrx" is no port, nor an address and a port`,
		"udp:70000": `udp:70000: "70000" is no port, nor an address and a port`,
	} {
		got := ""
		if err := checkInput(twoDrivers(), name); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%q: %q, not %q", name, got, want)
		}
	}
	if err := checkInput([]driver{udpDriver{}}, "pulse:x"); !errors.Is(err, ErrNoDriver) {
		t.Errorf("a driver that is not built in: %v", err)
	}
}
