package audio

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"
)

// udpDriver receives samples that another program sends in UDP packets, as Gqrx
// does with its audio: s16le, one channel, 48 kHz, port 7355. The name is a port
// of this machine, or an address and a port; of other machines nothing is
// received unless the address says so, as 0.0.0.0:7355 does.
//
// Packets have no number, so that one that is lost is not missed; a pause in
// which none arrives is a gap.
type udpDriver struct{}

func (udpDriver) name() string               { return "udp" }
func (udpDriver) devices() ([]Device, error) { return nil, nil }

func (udpDriver) check(id string) error {
	_, err := udpAddress(id)
	return err
}

func (udpDriver) openOutput(string, OutputOptions) (Sink, error) {
	return nil, errors.New("it only receives")
}

type udpSource struct {
	*feed
	conn *net.UDPConn
}

// pause is how long no packet has to arrive for a gap. Programs send several a
// second as long as they run.
const pause = 500 * time.Millisecond

func (udpDriver) openInput(id string, o InputOptions) (Source, error) {
	address, err := udpAddress(id)
	if err != nil {
		return nil, err
	}
	conn, err := net.ListenUDP("udp", address)
	if err != nil {
		return nil, err
	}
	_ = conn.SetReadBuffer(1 << 20) // as much as the system allows
	s := &udpSource{newFeed(o.Rate, buffered), conn}
	go s.receive()
	return s, nil
}

// udpAddress reads "7355", ":7355" or "192.168.1.7:7355"; nothing means Gqrx's port.
func udpAddress(id string) (*net.UDPAddr, error) {
	if id == "" {
		id = "7355"
	}
	host, port, err := net.SplitHostPort(id)
	if err != nil {
		host, port = "", id
	}
	if host == "" {
		host = "127.0.0.1"
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return nil, fmt.Errorf("%q is no port, nor an address and a port", id)
	}
	return net.ResolveUDPAddr("udp", net.JoinHostPort(host, port))
}

func (s *udpSource) receive() {
	packet := make([]byte, 1<<16)
	var last time.Time
	for {
		n, err := s.conn.Read(packet)
		if err != nil {
			s.fail(err)
			return
		}
		now := time.Now()
		if !last.IsZero() && now.Sub(last) > pause {
			s.skip(0)
		}
		last = now
		s.packet(packet[:n])
	}
}

// packet takes whole samples; half a one at the end is no sound.
func (s *udpSource) packet(b []byte) {
	s.put(len(b)/2, func(dst []float32, from int) { S16LE.decode(dst, b[2*from:], 2) })
}

// patient: that nobody sends is no fault, and opening anew would not help.
func (s *udpSource) patient() {}

// Addr is where packets are awaited.
func (s *udpSource) Addr() net.Addr { return s.conn.LocalAddr() }

func (s *udpSource) Close() error {
	s.feed.close()
	return s.conn.Close()
}
