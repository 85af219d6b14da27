package audio

import "github.com/jfreymuth/pulse/proto"

// A pulseInput is a stream from a source of the server.
type pulseInput struct {
	*feed
	link   *pulseLink
	source string
}

func (pulse) openInput(id string, o InputOptions) (Source, error) {
	in := &pulseInput{feed: newFeed(o.Rate, buffered)}
	link, err := dialPulse(in.hear)
	if err != nil {
		return nil, err
	}
	in.link = link
	var reply proto.CreateRecordStreamReply
	err = link.request(&proto.CreateRecordStream{
		SampleSpec:         spec(o.Rate),
		ChannelMap:         proto.ChannelMap{proto.ChannelMono},
		SourceIndex:        proto.Undefined,
		SourceName:         id,
		BufferMaxLength:    proto.Undefined,
		BufferFragSize:     frames(o.Latency, o.Rate),
		AdjustLatency:      true,
		NoMove:             id != "", // what has a name stays there, and isn't replaced by a microphone
		DirectOnInputIndex: proto.Undefined,
		ChannelVolumes:     fullVolume,
		Properties:         proto.PropList{"media.name": proto.PropListString("receive")},
	}, &reply)
	if err != nil {
		link.close()
		return nil, err
	}
	in.source = reply.SourceName
	return in, nil
}

// hear is called by the goroutine that reads from the connection.
func (in *pulseInput) hear(message any) {
	switch m := message.(type) {
	case *proto.DataPacket:
		in.put(len(m.Data)/wordSize, func(dst []float32, from int) {
			F32LE.decode(dst, m.Data[from*wordSize:], wordSize)
		})
	case *proto.RecordStreamKilled:
		in.fail(errDeviceGone)
	case *proto.ConnectionClosed:
		in.fail(errServerGone)
	}
}

// Device is the source in use, which the default may stand for.
func (in *pulseInput) Device() string { return "pulse:" + in.source }

func (in *pulseInput) Close() error {
	in.feed.close()
	return in.link.close()
}
