package audio

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jfreymuth/pulse/proto"
)

// pulse speaks the protocol of PulseAudio, which PipeWire speaks as well: no C
// library is needed. Every stream has a connection of its own, so that one that
// fails takes no other with it.
//
// It is written on the protocol package of github.com/jfreymuth/pulse and not
// on its streams: they play by callback, and start and stop them with races.
type pulse struct{}

func pulseDriver() []driver { return []driver{pulse{}} }

func (pulse) name() string { return "pulse" }

// A pulseLink is a connection to the server.
type pulseLink struct {
	client *proto.Client
	conn   net.Conn
}

// dialPulse connects; onMessage gets what the server says by itself, on the
// goroutine that reads from the connection, and must not wait.
func dialPulse(onMessage func(any)) (*pulseLink, error) {
	client, conn, err := proto.Connect(pulseServer())
	if err != nil {
		return nil, connecting(err)
	}
	if client == nil {
		return nil, errors.New("PULSE_SERVER names no sound server")
	}
	client.Callback = onMessage
	name := proto.PropList{
		"application.name":       proto.PropListString("rtty"),
		"application.process.id": proto.PropListString(strconv.Itoa(os.Getpid())),
	}
	l := &pulseLink{client, conn}
	if err := l.request(&proto.SetClientName{Props: name}, &proto.SetClientNameReply{}); err != nil {
		conn.Close()
		return nil, err
	}
	return l, nil
}

// pulseServer is where to connect; empty when the library knows. It would take
// the number of a machine, in braces before the address, for its name.
func pulseServer() string {
	if server := os.Getenv("PULSE_SERVER"); server != "" {
		if _, address, ok := strings.Cut(server, "}"); ok && server[0] == '{' {
			return address
		}
		return server
	}
	if dir := os.Getenv("PULSE_RUNTIME_PATH"); dir != "" {
		return "unix:" + filepath.Join(dir, "native")
	}
	if os.Getenv("XDG_RUNTIME_DIR") == "" {
		return fmt.Sprintf("unix:/run/user/%d/pulse/native", os.Getuid())
	}
	return ""
}

func connecting(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return errNoAnswer
	}
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ECONNREFUSED) {
		return fmt.Errorf("neither PulseAudio nor PipeWire is running: %w", err)
	}
	return fmt.Errorf("connecting to PulseAudio or PipeWire: %w", err)
}

// answerPulse is how long the library waits for an answer.
const answerPulse = time.Second

// request waits for the answer, and no longer than answerPulse.
func (l *pulseLink) request(args proto.RequestArgs, reply proto.Reply) error {
	err := l.client.Request(args, reply)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return errNoAnswer
	case errors.Is(err, net.ErrClosed):
		return os.ErrClosed
	}
	return err
}

func (l *pulseLink) close() error { return l.conn.Close() }

// errServerGone is the end of the connection.
var errServerGone = errors.New("the sound server has ended")

// errDeviceGone is what a stream ends with when its device goes.
var errDeviceGone = errors.New("the device has gone")

func (pulse) devices() ([]Device, error) {
	l, err := dialPulse(func(any) {})
	if err != nil {
		return nil, err
	}
	defer l.close()
	var server proto.GetServerInfoReply
	var sources proto.GetSourceInfoListReply
	var sinks proto.GetSinkInfoListReply
	if err := l.request(&proto.GetServerInfo{}, &server); err != nil {
		return nil, err
	}
	if err := l.request(&proto.GetSourceInfoList{}, &sources); err != nil {
		return nil, err
	}
	if err := l.request(&proto.GetSinkInfoList{}, &sinks); err != nil {
		return nil, err
	}
	var all []Device
	for _, s := range sources {
		all = append(all, Device{
			Driver: "pulse", ID: s.SourceName, Name: s.Device, Rate: int(s.Rate), Input: true,
			Monitor: s.MonitorSourceIndex != proto.Undefined, Default: s.SourceName == server.DefaultSourceName,
		})
	}
	for _, s := range sinks {
		all = append(all, Device{
			Driver: "pulse", ID: s.SinkName, Name: s.Device, Rate: int(s.Rate), Output: true,
			Default: s.SinkName == server.DefaultSinkName,
		})
	}
	return all, nil
}

const wordSize = 4 // bytes of a sample as it goes over the connection: F32LE, mono

func frames(d time.Duration, rate int) uint32 { return wordSize * uint32(samplesIn(d, rate)) }

func spec(rate int) proto.SampleSpec {
	return proto.SampleSpec{Format: proto.FormatFloat32LE, Channels: 1, Rate: uint32(rate)}
}

// fullVolume is full volume, which the server replaces by what the user set for this
// program the last time.
var fullVolume = proto.ChannelVolumes{uint32(proto.VolumeNorm)}
