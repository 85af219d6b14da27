package doctor

import (
	"os"
	"testing"
	"testing/fstest"

	"rtty/audio"
	"rtty/rig"
)

// bench is a sysfs with a radio (a hub with a sound card and a serial port on it),
// and on sockets of the computer itself a headset, another serial port, an
// interface that is sound card and port in one, and a card that is on no USB.
func bench() fstest.MapFS {
	tree := fstest.MapFS{}
	const root = "devices/pci0000:00/0000:00:14.0/usb1"
	file := func(name, text string) { tree[name] = &fstest.MapFile{Data: []byte(text + "\n")} }
	link := func(name, to string) { tree[name] = &fstest.MapFile{Data: []byte(to), Mode: os.ModeSymlink | 0o777} }
	device := func(dir, product string) {
		file(dir+"/idVendor", "08bb")
		if product != "" {
			file(dir+"/product", product)
		}
	}
	card := func(number, device, face string) {
		link("class/sound/card"+number, "../../"+device+"/"+face+"/sound/card"+number)
		link(device+"/"+face+"/sound/card"+number+"/device", "../../../"+face)
		file(device+"/"+face+"/sound/card"+number+"/id", "Card"+number)
	}
	port := func(name, device, face string) {
		link("class/tty/"+name, "../../"+device+"/"+face+"/"+name+"/tty/"+name)
		link(device+"/"+face+"/"+name+"/tty/"+name+"/device", "../../../"+name)
		file(device+"/"+face+"/"+name+"/port_number", "0")
	}
	file(root+"/idVendor", "1d6b")
	device(root+"/1-1", "USB2.0 Hub")
	device(root+"/1-1/1-1.1", "USB Audio CODEC ")
	card("1", root+"/1-1/1-1.1", "1-1.1:1.0")
	device(root+"/1-1/1-1.2", "CP2102 USB to UART Bridge Controller")
	port("ttyUSB0", root+"/1-1/1-1.2", "1-1.2:1.0")
	device(root+"/1-2", "Headset")
	card("2", root+"/1-2", "1-2:1.0")
	device(root+"/1-3", "FT232R USB UART")
	port("ttyUSB1", root+"/1-3", "1-3:1.0")
	device(root+"/1-4", "")
	card("3", root+"/1-4", "1-4:1.0")
	port("ttyACM0", root+"/1-4", "1-4:1.2")
	link("class/sound/card0", "../../devices/pci0000:00/0000:00:1f.3/sound/card0")
	link("class/sound/controlC1", "../../"+root+"/1-1/1-1.1/1-1.1:1.0/sound/card1/controlC1")
	link("devices/pci0000:00/0000:00:1f.3/sound/card0/device", "../../../0000:00:1f.3")
	return tree
}

const (
	radioPort = "/dev/serial/by-id/usb-Silicon_Labs_CP2102_IC-7300-if00-port0"
	radioIn   = "alsa_input.usb-Burr-Brown_from_TI_USB_Audio_CODEC-00.analog-stereo"
	headset   = "alsa_input.usb-Maker_Headset-00.mono-fallback"
)

func TestWhatSharesAHubBelongsTogether(t *testing.T) {
	pairs := []string{
		"ok: sound card USB Audio CODEC and serial port " + radioPort + " (ttyUSB0) share a USB hub",
		"ok: sound card Card3 and serial port /dev/ttyACM0 share a USB hub",
	}
	for name, c := range map[string]struct {
		port, in, out string
		more          []string
	}{
		"right":           {radioPort, radioIn, "USB Audio CODEC", nil},
		"no port":         {"", headset, headset, nil},
		"port apart":      {"/dev/ttyUSB1", headset, headset, nil},
		"cards not known": {radioPort, "default", "hdmi", nil},
		"wrong input": {radioPort, headset, radioIn, []string{
			"warning: audio.input is pulse:" + headset + ", but next to the rig's serial port " + radioPort + " (ttyUSB0) there is sound card USB Audio CODEC"}},
		"wrong both": {radioPort, headset, headset, []string{"warning: audio.input is pulse:", "warning: audio.output is pulse:"}},
	} {
		t.Run(name, func(t *testing.T) {
			h := healthy(t)
			h.Sys = bench()
			h.Ports = []rig.Port{{Path: radioPort, Name: "ttyUSB0"}, {Path: "/dev/ttyUSB1", Name: "ttyUSB1"}, {Path: "/dev/ttyACM0", Name: "ttyACM0"}, {Path: "/dev/ttyS0", Name: "ttyS0"}}
			h.Config.Rig.Port = c.port
			h.Sound = cards{in: audio.Device{Driver: "pulse", ID: c.in}, out: audio.Device{Driver: "pulse", ID: c.out}}
			want(t, only(h.usb), append(c.more, pairs...)...)
		})
	}
}

func TestWithoutSysfsNothingIsSaid(t *testing.T) {
	h := healthy(t)
	want(t, only(h.usb))
	h.Sys = fstest.MapFS{}
	want(t, only(h.usb))
}
