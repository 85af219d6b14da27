package audio

import (
	"net"
	"testing"
	"time"
)

// udpPair is a source on a free port, and a connection to it.
func udpPair(t *testing.T) (*udpSource, net.Conn) {
	t.Helper()
	src, err := OpenInput("udp:127.0.0.1:0", InputOptions{})
	if err != nil {
		t.Fatal(err)
	}
	s := src.(*udpSource)
	t.Cleanup(func() { s.Close() })
	conn, err := net.Dial("udp", s.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return s, conn
}

func TestUDPPacketsAreSamples(t *testing.T) {
	s, conn := udpPair(t)
	if s.Rate() != 48000 {
		t.Errorf("rate %d", s.Rate())
	}
	for _, packet := range [][]byte{{}, u16(0x8000, 1, 0), {7}, append(u16(0xFFFF), 9)} {
		if _, err := conn.Write(packet); err != nil {
			t.Fatal(err)
		}
	}
	var got []float32
	dst := make([]float32, 2)
	for len(got) < 4 {
		b, err := s.Read(dst)
		if err != nil || b.Gap || b.Index != int64(len(got)) {
			t.Fatal(b, err)
		}
		got = append(got, dst[:b.N]...)
	}
	wantSamples(t, got, steps(-32768, 1, 0, -1), 0)
}

func TestAPauseInUDPIsAGap(t *testing.T) {
	s, conn := udpPair(t)
	dst := make([]float32, 2)
	for _, wait := range []time.Duration{0, pause + 100*time.Millisecond} {
		time.Sleep(wait) // on the wire there is no other clock
		if _, err := conn.Write(u16(1)); err != nil {
			t.Fatal(err)
		}
		if b, err := s.Read(dst); err != nil || b.Gap != (wait > pause) {
			t.Errorf("after %v: %+v, %v", wait, b, err)
		}
	}
}

func TestUDPNames(t *testing.T) {
	for _, c := range []struct{ id, want string }{
		{"", "127.0.0.1:7355"},
		{"7355", "127.0.0.1:7355"},
		{":7356", "127.0.0.1:7356"},
		{"0.0.0.0:7355", "0.0.0.0:7355"},
		{"192.168.1.7:80", "192.168.1.7:80"},
		{"[::1]:7355", "[::1]:7355"},
	} {
		if got, err := udpAddress(c.id); err != nil || got.String() != c.want {
			t.Errorf("%q: %v, %v", c.id, got, err)
		}
	}
	for _, id := range []string{"x", "1.2.3.4", "70000", "-1", "a:b:c", "1.2.3.4:http"} {
		if got, err := udpAddress(id); err == nil {
			t.Errorf("%q is taken for %v", id, got)
		}
	}
	if _, err := OpenOutput("udp:7355", OutputOptions{}); err == nil {
		t.Error("an output that only receives")
	}
}

func FuzzUDP(f *testing.F) {
	f.Add([]byte{}, []byte{1})
	f.Add(u16(1, 2, 3), append(u16(4), 5))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		s := &udpSource{feed: newFeed(8000, time.Second)}
		s.packet(a)
		s.packet(b)
		want := len(a)/2 + len(b)/2
		if want == 0 {
			return
		}
		dst := make([]float32, 8000)
		block, err := s.Read(dst)
		if err != nil || block.N != min(want, 8000) || block.Index != int64(want-block.N) {
			t.Errorf("%d samples sent, %+v, %v", want, block, err)
		}
	})
}
