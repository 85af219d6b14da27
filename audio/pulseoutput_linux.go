package audio

import (
	"encoding/binary"
	"errors"
	"math"
	"os"
	"sync"
	"time"

	"github.com/jfreymuth/pulse/proto"
)

// A pulseOutput is a stream into a sink of the server. The server asks for
// samples as it has room for them, and Write waits until it does, so that
// nothing queues up on this side.
//
// Between overs the stream stays, empty: the server then plays silence, and
// starts again when the buffer is half full.
type pulseOutput struct {
	// configuration
	id      string
	options OutputOptions
	link    *pulseLink
	asked   chan struct{} // holds a token when the server may have asked for more

	// state
	mu        sync.Mutex
	open      bool
	stream    uint32
	room      int   // bytes that the server has asked for
	written   int64 // samples, since the sink was opened
	start     int64 // number of the first sample of this stream
	drains    bool  // running empty is what is wanted
	underruns int64
	err       error
	clock     playClock
	bytes     []byte
}

func (pulse) openOutput(id string, o OutputOptions) (Sink, error) {
	out := &pulseOutput{id: id, options: o, asked: make(chan struct{}, 1)}
	link, err := dialPulse(out.hear)
	if err != nil {
		return nil, err
	}
	out.link = link
	if err := out.create(); err != nil {
		link.close()
		return nil, err
	}
	return out, nil
}

// create makes the stream.
func (out *pulseOutput) create() error {
	length := frames(out.options.Latency, out.options.Rate)
	var reply proto.CreatePlaybackStreamReply
	err := out.link.request(&proto.CreatePlaybackStream{
		SampleSpec:            spec(out.options.Rate),
		ChannelMap:            proto.ChannelMap{proto.ChannelMono},
		SinkIndex:             proto.Undefined,
		SinkName:              out.id,
		BufferMaxLength:       proto.Undefined,
		BufferTargetLength:    length,
		BufferPrebufferLength: length / 2 / wordSize * wordSize,
		BufferMinimumRequest:  proto.Undefined,
		AdjustLatency:         true,
		NoMove:                out.id != "", // the transmitter's sound never moves to the loudspeaker
		ChannelVolumes:        fullVolume,
		Properties:            proto.PropList{"media.name": proto.PropListString("transmit")},
	}, &reply)
	if err != nil {
		return err
	}
	out.mu.Lock()
	defer out.mu.Unlock()
	out.open, out.stream, out.room = true, reply.StreamIndex, int(reply.Missing)
	out.start, out.drains = out.written, true
	out.clock = playClock{}
	return nil
}

// hear is called by the goroutine that reads from the connection.
func (out *pulseOutput) hear(message any) {
	out.mu.Lock()
	defer out.mu.Unlock()
	switch m := message.(type) {
	case *proto.Request:
		if out.open && m.StreamIndex == out.stream {
			out.room += int(m.Length)
		}
	case *proto.Underflow:
		if out.open && m.StreamIndex == out.stream && !out.drains {
			out.underruns++
		}
	case *proto.PlaybackStreamKilled:
		out.err = errDeviceGone
	case *proto.ConnectionClosed:
		out.err = errServerGone
	}
	out.wake()
}

func (out *pulseOutput) wake() {
	select {
	case out.asked <- struct{}{}:
	default:
	}
}

func (out *pulseOutput) Rate() int { return out.options.Rate }

func (out *pulseOutput) Write(src []float32) error {
	if err := out.ready(); err != nil {
		return err
	}
	for len(src) > 0 {
		n, err := out.send(src)
		if err != nil {
			return err
		}
		src = src[n:]
		if n > 0 {
			continue
		}
		select {
		case <-out.asked:
		case <-time.After(answerPulse):
			return errNoAnswer
		}
	}
	return out.locate(false)
}

// ready sees to it that there is a stream.
func (out *pulseOutput) ready() error {
	out.mu.Lock()
	open, err := out.open, out.err
	out.mu.Unlock()
	if open || err != nil {
		return err
	}
	return out.create()
}

// send gives the server as much of src as it has asked for.
func (out *pulseOutput) send(src []float32) (int, error) {
	out.mu.Lock()
	defer out.mu.Unlock()
	if out.err != nil {
		return 0, out.err
	}
	n := min(len(src), out.room/wordSize)
	if n == 0 {
		return 0, nil
	}
	out.bytes = out.bytes[:0]
	for _, x := range src[:n] {
		out.bytes = binary.LittleEndian.AppendUint32(out.bytes, math.Float32bits(x))
	}
	if err := out.link.client.Send(out.stream, out.bytes); err != nil {
		return 0, err
	}
	out.room -= n * wordSize
	out.written += int64(n)
	out.drains = false
	return n, nil
}

// locate asks the server where it is in the stream, not more often than the
// clock needs it unless at once is set.
func (out *pulseOutput) locate(atOnce bool) error {
	out.mu.Lock()
	due, stream := atOnce || out.clock.due(time.Now()), out.stream
	out.mu.Unlock()
	if !due {
		return nil
	}
	var reply proto.GetPlaybackLatencyReply
	asked := time.Now()
	if err := out.link.request(&proto.GetPlaybackLatency{StreamIndex: stream}, &reply); err != nil {
		return err
	}
	answered := time.Now()
	left := reply.ReadIndex / wordSize // has left the buffer of the stream
	waiting := time.Duration(reply.Latency) * time.Microsecond
	if reply.PlayingFor == 0 {
		waiting -= span(int64(reply.UnderrunFor/wordSize), out.options.Rate)
	}
	out.mu.Lock()
	defer out.mu.Unlock()
	at := asked.Add(answered.Sub(asked) / 2)
	out.clock.set(at, out.start+left-samplesIn(max(0, waiting), out.options.Rate))
	return nil
}

func (out *pulseOutput) Played() int64 {
	out.mu.Lock()
	defer out.mu.Unlock()
	return out.clock.at(time.Now(), out.options.Rate, out.start, out.written)
}

func (out *pulseOutput) Latency() time.Duration {
	played := out.Played()
	out.mu.Lock()
	defer out.mu.Unlock()
	return span(max(0, out.written-played), out.options.Rate)
}

// Underruns is how often the sink had nothing to play in the middle of an over.
func (out *pulseOutput) Underruns() int64 {
	out.mu.Lock()
	defer out.mu.Unlock()
	return out.underruns
}

// Probe finds out whether the server still answers.
func (out *pulseOutput) Probe() error {
	if err := out.ready(); err != nil {
		return err
	}
	return out.locate(true)
}

// Drain waits for the server's word that its buffer is empty, and then until
// the last sample has gone through the sink's own.
func (out *pulseOutput) Drain() error {
	out.mu.Lock()
	open, stream, empty := out.open, out.stream, out.written == out.start
	out.drains = true
	out.mu.Unlock()
	if !open || empty {
		return nil
	}
	if err := out.link.request(&proto.DrainPlaybackStream{StreamIndex: stream}, nil); err != nil {
		return err
	}
	if err := out.locate(true); err != nil {
		return err
	}
	time.Sleep(min(out.Latency(), 2*maxOutputLatency))
	out.mu.Lock()
	defer out.mu.Unlock()
	out.clock.set(time.Now(), out.written)
	return nil
}

// Abort deletes the stream; the next Write makes a new one.
func (out *pulseOutput) Abort() error {
	played := out.Played()
	out.mu.Lock()
	open, stream := out.open, out.stream
	out.open = false
	out.written, out.start = played, played
	out.mu.Unlock()
	if !open {
		return nil
	}
	return out.link.request(&proto.DeletePlaybackStream{StreamIndex: stream}, nil)
}

// Device is the sink asked for.
func (out *pulseOutput) Device() string { return "pulse:" + out.id }

func (out *pulseOutput) Close() error {
	out.mu.Lock()
	out.open = false
	if out.err == nil {
		out.err = os.ErrClosed
	}
	out.wake()
	out.mu.Unlock()
	if err := out.link.close(); err != nil && !errors.Is(err, os.ErrClosed) {
		return err
	}
	return nil
}
