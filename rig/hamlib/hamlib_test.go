package hamlib

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rtty/rig"
	"rtty/rig/rigtest"
)

var _ interface {
	rig.Link
	rig.PTTReader
	rig.Tuner
	rig.TransmitTuner
	rig.Moder
	rig.Meter
	rig.Watcher
} = (*Rig)(nil)

func open(t *testing.T, address string, source rig.Source) *Rig {
	t.Helper()
	r, err := Open(address, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func TestRigctld(t *testing.T) {
	for _, options := range [][]string{{"-P", "RIG"}, {"-P", "RIG", "--vfo"}} {
		t.Run(strings.Join(options, " "), func(t *testing.T) {
			_, address := rigtest.Rigctld(t, "", options...)
			r := open(t, address, rig.AnySource)
			t.Run("key", func(t *testing.T) { testKey(t, r) })
			t.Run("frequency", func(t *testing.T) { testFrequency(t, r) })
			t.Run("mode", func(t *testing.T) { testMode(t, r) })
			if _, err := r.Strength(); err != nil {
				t.Error(err)
			}
		})
	}
}

func testKey(t *testing.T, r *Rig) {
	if confirmed, err := rig.Key(r); err != nil || !confirmed {
		t.Errorf("key: confirmed %v, %v", confirmed, err)
	}
	if confirmed, err := rig.Unkey(r); err != nil || !confirmed {
		t.Errorf("unkey: confirmed %v, %v", confirmed, err)
	}
}

func testFrequency(t *testing.T, r *Rig) {
	must(t, r.SetFrequency(14_082_125))
	if hz, err := r.Frequency(); err != nil || hz != 14_082_125 {
		t.Error(hz, err)
	}
	if hz, err := r.TransmitFrequency(); err != nil || hz != 14_082_125 {
		t.Error("transmit", hz, err)
	}
	ask := func(command, arguments string) {
		t.Helper()
		_, err := r.ask(command, arguments)
		must(t, err)
	}
	ask("set_xit", "500")
	if hz, err := r.TransmitFrequency(); err != nil || hz != 14_082_125 {
		t.Error("XIT that is off counted:", hz, err)
	}
	ask("set_func", "XIT 1")
	if hz, err := r.TransmitFrequency(); err != nil || hz != 14_082_625 {
		t.Error("with XIT", hz, err)
	}
	ask("set_func", "XIT 0")
	ask("set_split_vfo", "1 VFOB")
	ask("set_split_freq", "14090000")
	if hz, err := r.TransmitFrequency(); err != nil || hz != 14_090_000 {
		t.Error("with split", hz, err)
	}
	ask("set_split_vfo", "0 VFOA")
}

func testMode(t *testing.T, r *Rig) {
	for _, m := range []rig.Mode{
		{Kind: rig.USB, Name: "USB", Filter: 2400},
		{Kind: rig.LSB, Name: "LSB", Filter: 2400},
		{Kind: rig.LSB, Data: true, Name: "PKTLSB", Filter: 3000},
		{Kind: rig.RTTY, Name: "RTTY", Filter: 500},
		{Kind: rig.RTTYR, Name: "RTTYR", Filter: 250},
		{Kind: rig.Other, Name: "FM", Filter: 15000},
	} {
		must(t, r.SetMode(m))
		got, err := r.Mode()
		if diff := cmp.Diff(m, got); diff != "" || err != nil {
			t.Error(err, diff)
		}
	}
	must(t, r.SetMode(rig.Mode{Kind: rig.USB, Data: true}))
	if m, err := r.Mode(); err != nil || m.Name != "PKTUSB" || m.Filter != 15000 {
		t.Errorf("%+v %v: want PKTUSB and the filter as it was", m, err)
	}
	if err := r.SetMode(rig.Mode{Name: "FOO"}); err == nil || !strings.Contains(err.Error(), "but is in") {
		t.Errorf("a mode that does not exist: %v", err)
	}
	if err := r.SetMode(rig.Mode{Name: "USB 0\n\\set_ptt 1"}); err == nil {
		t.Error("a command in the name of a mode was taken")
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}

func TestRigctldWithoutPTT(t *testing.T) {
	_, address := rigtest.Rigctld(t, "")
	r := open(t, address, rig.AnySource)
	err := r.SetPTT(true)
	if !errors.Is(err, rig.ErrRefused) || !strings.Contains(err.Error(), "start it with -P RIG") {
		t.Errorf("key: %v", err)
	}
	if _, err := r.PTT(); !errors.Is(err, rig.ErrUnsupported) || !strings.Contains(err.Error(), "start it with -P RIG") {
		t.Errorf("read: %v", err)
	}
}

func TestRigctldThatEndsIsNoticedWithoutAsking(t *testing.T) {
	p, address := rigtest.Rigctld(t, "", "-P", "RIG")
	r := open(t, address, rig.AnySource)
	must(t, r.Alive())
	p.Kill()
	rigtest.Until(t, "noticed", func() bool { return errors.Is(r.Alive(), rig.ErrGone) })
	if err := r.SetPTT(false); !errors.Is(err, rig.ErrGone) {
		t.Errorf("command on a dead connection: %v", err)
	}
}

// serve answers each line that it is sent as the script says, in order, and
// returns what it was sent.
func serve(t *testing.T, script ...string) (address string, sent func() []string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	var got []string
	done := make(chan struct{})
	go func() {
		defer close(done)
		c, err := listener.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		lines := bufio.NewScanner(c)
		for lines.Scan() {
			got = append(got, lines.Text())
			if len(script) > 0 {
				io.WriteString(c, script[0])
				script = script[1:]
			}
		}
	}()
	return listener.Addr().String(), func() []string {
		listener.Close()
		<-done
		return got
	}
}

func TestWords(t *testing.T) {
	for _, c := range []struct {
		name   string
		source rig.Source
		script []string
		do     func(*Rig) (any, error)
		sent   []string
		want   any
	}{
		{"decimals", "", []string{"0\n", "get_freq:\nFrequency: 14085000.000000\nRPRT 0\n"},
			func(r *Rig) (any, error) { return r.Frequency() }, []string{`\chk_vfo`, `+\get_freq`}, 14085000.0},
		{"an older chk_vfo", "", []string{"CHKVFO 1\n", "get_freq: currVFO\nFrequency: 7040000\nRPRT 0\n"},
			func(r *Rig) (any, error) { return r.Frequency() }, []string{`\chk_vfo`, `+\get_freq currVFO`}, 7040000.0},
		{"chk_vfo that is answered twice", "", []string{"0\nRPRT 0\n", "get_ptt:\nPTT: 1\nRPRT 0\n"},
			func(r *Rig) (any, error) { return r.PTT() }, []string{`\chk_vfo`, `+\get_ptt`}, true},
		{"no repeated command", "", []string{"0\n", "PTT: 3\r\nRPRT 0\r\n"},
			func(r *Rig) (any, error) { return r.PTT() }, []string{`\chk_vfo`, `+\get_ptt`}, true},
		{"microphone", rig.MicSource, []string{"0\n", "set_ptt: 2\nRPRT 0\n"},
			func(r *Rig) (any, error) { return nil, r.SetPTT(true) }, []string{`\chk_vfo`, `+\set_ptt 2`}, nil},
		{"data jack", rig.DataSource, []string{"0\n", "set_ptt: 3\nRPRT 0\n"},
			func(r *Rig) (any, error) { return nil, r.SetPTT(true) }, []string{`\chk_vfo`, `+\set_ptt 3`}, nil},
		{"unkey", rig.DataSource, []string{"0\n", "set_ptt: 0\nRPRT 0\n"},
			func(r *Rig) (any, error) { return nil, r.SetPTT(false) }, []string{`\chk_vfo`, `+\set_ptt 0`}, nil},
		{"no XIT, no split", "", []string{"0\n", "get_split_vfo:\nRPRT -11\n", "get_freq:\nFrequency: 7040000\nRPRT 0\n", "get_xit:\nRPRT -4\n"},
			func(r *Rig) (any, error) { return r.TransmitFrequency() }, []string{`\chk_vfo`, `+\get_split_vfo`, `+\get_freq`, `+\get_xit`}, 7040000.0},
	} {
		t.Run(c.name, func(t *testing.T) {
			address, sent := serve(t, c.script...)
			r := open(t, address, c.source)
			got, err := c.do(r)
			if err != nil || got != c.want {
				t.Errorf("got %v, %v; want %v", got, err, c.want)
			}
			r.Close()
			if got := sent(); !slices.Equal(got, c.sent) {
				t.Errorf("sent %q, want %q", got, c.sent)
			}
		})
	}
}

func TestBadAnswers(t *testing.T) {
	for _, c := range []struct{ name, answer, want string }{
		{"of another command", "get_mode:\nMode: USB\nRPRT 0\n", "answered get_mode to get_freq"},
		{"no number", "get_freq:\nFrequency: high\nRPRT 0\n", `"high"`},
		{"not a number", "get_freq:\nFrequency: NaN\nRPRT 0\n", `"NaN"`},
		{"infinite", "get_freq:\nFrequency: 1e999\nRPRT 0\n", `"1e999"`},
		{"no value", "get_freq:\nRPRT 0\n", "lacks the value"},
		{"no end", strings.Repeat("x\n", 1000), "does not end"},
		{"an end that is none", "get_freq:\nRPRT zero\n", `ends with "zero"`},
		{"a rig that is off", "get_freq:\nRPRT -5\n", "check that it is on"},
		{"a number of the future", "get_freq:\nRPRT -99\n", "-99"},
		{"a line without end", strings.Repeat("x", 100000), "closed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			address, _ := serve(t, "0\n", c.answer)
			_, err := open(t, address, "").Frequency()
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q in it", err, c.want)
			}
		})
	}
}

func TestUnansweredCommandEndsTheConnection(t *testing.T) {
	address, sent := serve(t, "0\n")
	r := open(t, address, "")
	started := time.Now()
	_, err := r.Frequency()
	if took := time.Since(started); !errors.Is(err, rig.ErrGone) || took < patience {
		t.Errorf("after %v: %v", took, err)
	}
	if err := r.SetPTT(false); !errors.Is(err, rig.ErrGone) {
		t.Errorf("the next command: %v", err)
	}
	if got := sent(); len(got) != 2 {
		t.Errorf("sent %q after the unanswered command", got[2:])
	}
}

func TestNobodyListens(t *testing.T) {
	_, err := Open(rigtest.FreeAddress(t), "")
	if !errors.Is(err, rig.ErrGone) || !strings.Contains(err.Error(), "start rigctld") {
		t.Error(err)
	}
}

func TestEveryErrorIsExplained(t *testing.T) {
	for code := -1; code >= -22; code-- {
		for _, command := range []string{"set_ptt", "get_freq"} {
			text := (&Error{Command: command, Code: code}).Error()
			if strings.Contains(text, "manual") || !strings.Contains(text, fmt.Sprintf("%d to %s: ", code, command)) {
				t.Error(text)
			}
		}
	}
}

func FuzzReply(f *testing.F) {
	f.Add("get_freq:\nFrequency: 14085000\nRPRT 0\n", "Frequency")
	f.Add("get_level: STRENGTH\n-13\nRPRT 0\n", "")
	f.Add("RPRT 0\nget_freq:\r\nFrequency: 1e400\r\nRPRT 0\r\n", "Frequency")
	f.Add("RPRT -11\n", "")
	f.Add(":\nRPRT 99999999999999999999\n", "")
	f.Fuzz(func(t *testing.T, text, label string) {
		c := &collector{command: "get_freq", stray: strings.HasPrefix(text, "RPRT")}
		for line := range strings.Lines(text) {
			if done, err := c.add(strings.TrimSuffix(line, "\n")); done || err != nil {
				break
			}
		}
		if len(c.lines) > mostLines {
			t.Errorf("%d lines were kept", len(c.lines))
		}
		r := reply{"get_freq", c.lines}
		if n, err := r.number(label); err == nil && n-n != 0 {
			t.Errorf("%v passed for a number", n)
		}
	})
}
