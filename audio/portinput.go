//go:build portaudio

package audio

import (
	"errors"
	"sync/atomic"
	"time"

	"github.com/gordonklaus/portaudio"
)

// A portInput reads from a stream on a goroutine of its own, which stays behind
// when a call never returns.
type portInput struct {
	*feed
	stop   atomic.Bool
	ended  chan struct{}
	device string
}

func (portAudio) openInput(id string, o InputOptions) (Source, error) {
	in := &portInput{feed: newFeed(o.Rate, buffered), ended: make(chan struct{})}
	err := withLibrary(func() error {
		s, err := openStream(id, true, o.Rate, o.Latency)
		if err != nil {
			return err
		}
		if err := s.Start(); err != nil {
			_ = closeStream(s)
			return portError(err)
		}
		in.device = s.device
		go in.listen(s)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return in, nil
}

func (in *portInput) listen(s *portStream) {
	defer close(in.ended)
	for !in.stop.Load() {
		err := s.Read()
		if errors.Is(err, portaudio.InputOverflowed) {
			in.skip(0)
			err = nil
		}
		if err != nil {
			in.fail(portError(err))
			break
		}
		in.put(len(s.buf)/s.channels, func(dst []float32, from int) {
			for i := range dst {
				dst[i] = float32(s.buf[(from+i)*s.channels]) * unit16
			}
		})
	}
	library.lock <- struct{}{}
	_ = s.Abort()
	_ = closeStream(s)
	<-library.lock
}

// Device is the device in use, which the default may stand for.
func (in *portInput) Device() string { return in.device }

// Close waits for the stream to be closed, so that the device can be opened
// again, but not for a call that hangs.
func (in *portInput) Close() error {
	in.stop.Store(true)
	in.feed.close()
	select {
	case <-in.ended:
	case <-time.After(300 * time.Millisecond):
	}
	return nil
}
