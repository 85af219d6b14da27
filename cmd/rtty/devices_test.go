package main

import (
	"bytes"
	"strings"
	"testing"

	"rtty/audio"
	"rtty/audio/pulsetest"
	"rtty/rig"
)

func TestDevicesAreListedLineByLine(t *testing.T) {
	devices := []audio.Device{
		{Driver: "portaudio", ID: "USB Audio CODEC: Audio", Name: "USB Audio CODEC: Audio (hw:1,0)", Input: true, Output: true, Default: true, Rate: 44100},
		{Driver: "pulse", ID: "air.monitor", Name: "Monitor of Air", Input: true, Monitor: true, Rate: 48000},
		{Driver: "pulse", ID: "air", Name: "air", Output: true, Rate: 48000},
	}
	ports := []rig.Port{
		{Path: "/dev/serial/by-id/usb-FTDI-if00", Name: "ttyUSB0", Description: "FTDI UART"},
		{Path: "/dev/ttyS0", Name: "ttyS0"},
		{Path: "COM3", Name: "COM3"},
	}
	const want = `input portaudio:USB Audio CODEC: Audio, USB Audio CODEC: Audio (hw:1,0), default, 44100 Hz
output portaudio:USB Audio CODEC: Audio, USB Audio CODEC: Audio (hw:1,0), default, 44100 Hz
output pulse:air, 48000 Hz
monitor pulse:air.monitor, Monitor of Air, 48000 Hz
serial port /dev/serial/by-id/usb-FTDI-if00, now ttyUSB0, FTDI UART
serial port /dev/ttyS0
serial port COM3
`
	var got bytes.Buffer
	if err := deviceList(&got, devices, ports); err != nil || got.String() != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got.String(), want)
	}
}

func TestNoDevicesAreSaidToBeNone(t *testing.T) {
	var got bytes.Buffer
	if err := deviceList(&got, nil, nil); err != nil || got.String() != "no sound card found\nno serial port found\n" {
		t.Errorf("%v, %q", err, got.String())
	}
}

func TestDevicesOfARealServer(t *testing.T) {
	pulsetest.Start(t, "air")
	var stdout, stderr bytes.Buffer
	if code := run([]string{"devices"}, strings.NewReader(""), &stdout, &stderr); code != exitDone {
		t.Fatalf("exit code %d, %s", code, &stderr)
	}
	for _, line := range []string{"output pulse:air, air-speaker, default, 48000 Hz", "monitor pulse:air.monitor, Monitor of air-speaker, default, 48000 Hz"} {
		if !strings.Contains(stdout.String(), line+"\n") {
			t.Errorf("no line %q in\n%s", line, &stdout)
		}
	}
	stdout.Reset()
	if code := run([]string{"devices", "--json"}, strings.NewReader(""), &stdout, &stderr); code != exitDone {
		t.Fatalf("exit code %d, %s", code, &stderr)
	}
	const want = `{"v":1,"type":"sound","name":"pulse:air","driver":"pulse","id":"air","label":"air-speaker","input":false,"output":true,"monitor":false,"default":true,"rate":48000}`
	if !strings.Contains(stdout.String(), want+"\n") {
		t.Errorf("no line %s in\n%s", want, &stdout)
	}
}
