package flrig

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"

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

// A fakeFlrig answers as flrig 1.4.7 does: strings bare, numbers that are settings
// as strings, every set command with success.
type fakeFlrig struct {
	mu     sync.Mutex
	values map[string]string // by method, as they stand in the answer
	deaf   bool              // ignores what it is told, as flrig does without a transceiver
	calls  []string
}

const icomModes = "<array><data><value>LSB</value><value>USB</value><value>AM</value><value>CW</value>" +
	"<value>RTTY</value><value>RTTY-R</value><value>LSB-D</value><value>USB-D</value></data></array>"

func newFake() *fakeFlrig {
	return &fakeFlrig{values: map[string]string{
		"main.get_version": "1.4.7",
		"rig.get_xcvr":     "IC-7300",
		"rig.get_modes":    icomModes,
		"rig.get_vfo":      "14080000",
		"rig.get_vfoA":     "14080000",
		"rig.get_vfoB":     "14095000",
		"rig.get_AB":       "A",
		"rig.get_split":    "<i4>0</i4>",
		"rig.get_mode":     "RTTY",
		"rig.get_bw":       "<array><data><value>500</value><value></value></data></array>",
		"rig.get_ptt":      "<i4>0</i4>",
		"rig.get_smeter":   "50",
	}}
}

// sets are the settings that the commands of flrig change.
var sets = map[string]string{"rig.set_ptt": "rig.get_ptt", "main.set_frequency": "rig.get_vfo", "rig.set_mode": "rig.get_mode"}

var (
	methodPattern = regexp.MustCompile(`<methodName>(.*)</methodName>`)
	valuePattern  = regexp.MustCompile(`<value><(\w+)>(.*)</\w+></value>`)
)

func (f *fakeFlrig) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	body, _ := io.ReadAll(r.Body)
	method := methodPattern.FindStringSubmatch(string(body))[1]
	answer := func(value string) {
		fmt.Fprintf(w, "<?xml version=\"1.0\"?>\r\n<methodResponse><params><param>\r\n\t<value>%s</value>\r\n</param></params></methodResponse>\r\n", value)
	}
	given := valuePattern.FindStringSubmatch(string(body))
	if value, ok := f.values[method]; ok {
		answer(value)
		return
	}
	setting, ok := sets[method]
	if !ok || given == nil || method == "main.set_frequency" && given[1] != "double" {
		text := method + ": unknown method name"
		if ok {
			text = "type error"
		}
		fmt.Fprintf(w, "<methodResponse><fault><value><struct><member><name>faultCode</name><value><i4>-1</i4></value></member>"+
			"<member><name>faultString</name><value>%s</value></member></struct></value></fault></methodResponse>", text)
		return
	}
	f.calls = append(f.calls, method+" "+given[1]+" "+given[2])
	if !f.deaf {
		f.values[setting] = given[2]
	}
	answer("<i4>0</i4>")
}

func (f *fakeFlrig) set(method, value string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.values[method] = value
}

// serve opens a link to a fake flrig.
func serve(t *testing.T, f *fakeFlrig) *Rig {
	t.Helper()
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	r, err := Open(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func TestCommands(t *testing.T) {
	f := newFake()
	r := serve(t, f)
	for _, do := range []func() error{
		func() error { _, err := rig.Key(r); return err },
		func() error { _, err := rig.Unkey(r); return err },
		func() error { return r.SetFrequency(14_082_125.4) },
		func() error { return r.SetMode(rig.Mode{Kind: rig.USB, Data: true}) },
		func() error { return r.SetMode(rig.Mode{Kind: rig.RTTYR, Data: true}) },
		func() error { return r.SetMode(rig.Mode{Name: "CW"}) },
		r.Alive,
	} {
		if err := do(); err != nil {
			t.Error(err)
		}
	}
	want := []string{
		"rig.set_ptt i4 1",
		"rig.set_ptt i4 0",
		"main.set_frequency double 14082125",
		"rig.set_mode string USB-D",
		"rig.set_mode string RTTY-R",
		"rig.set_mode string CW",
	}
	if diff := cmp.Diff(want, f.calls); diff != "" {
		t.Error(diff)
	}
}

func TestReadings(t *testing.T) {
	f := newFake()
	r := serve(t, f)
	for _, c := range []struct {
		method, value string
		read          func() (any, error)
		want          any
	}{
		{"rig.get_vfo", "7043000", func() (any, error) { return r.Frequency() }, 7043000.0},
		{"rig.get_split", "<i4>0</i4>", func() (any, error) { return r.TransmitFrequency() }, 7043000.0},
		{"rig.get_split", "<i4>1</i4>", func() (any, error) { return r.TransmitFrequency() }, 14095000.0},
		{"rig.get_AB", "B", func() (any, error) { return r.TransmitFrequency() }, 14080000.0},
		{"rig.get_ptt", "<i4>1</i4>", func() (any, error) { return r.PTT() }, true},
		{"rig.get_smeter", "0", func() (any, error) { return r.Strength() }, -54.0},
		{"rig.get_smeter", "50", func() (any, error) { return r.Strength() }, 0.0},
		{"rig.get_smeter", "75", func() (any, error) { return r.Strength() }, 30.0},
		{"rig.get_mode", "RTTY", func() (any, error) { return r.Mode() }, rig.Mode{Kind: rig.RTTY, Name: "RTTY", Filter: 500}},
		{"rig.get_mode", "USB-D", func() (any, error) { return r.Mode() }, rig.Mode{Kind: rig.USB, Data: true, Name: "USB-D", Filter: 500}},
		{"rig.get_bw", "<array><data><value>FIL1</value></data></array>", func() (any, error) { return r.Mode() }, rig.Mode{Kind: rig.USB, Data: true, Name: "USB-D"}},
		{"rig.get_bw", "", func() (any, error) { return r.Mode() }, rig.Mode{Kind: rig.USB, Data: true, Name: "USB-D"}},
		{"rig.get_mode", "AM", func() (any, error) { return r.Mode() }, rig.Mode{Kind: rig.Other, Name: "AM"}},
	} {
		f.set(c.method, c.value)
		if got, err := c.read(); err != nil || got != c.want {
			t.Errorf("%s %s: got %+v, %v; want %+v", c.method, c.value, got, err, c.want)
		}
	}
}

func TestFlrigWithoutTransceiver(t *testing.T) {
	f := newFake()
	f.set("rig.get_xcvr", "")
	server := httptest.NewServer(f)
	defer server.Close()
	_, err := Open(server.Listener.Addr().String())
	if err == nil || !strings.Contains(err.Error(), "has no transceiver") {
		t.Error(err)
	}
}

func TestIgnoredCommandsAreNoticed(t *testing.T) {
	f := newFake()
	f.deaf = true
	r := serve(t, f)
	for name, do := range map[string]func() error{
		"but does not transmit":       func() error { _, err := rig.Key(r); return err },
		"but the rig is on 14080000":  func() error { return r.SetFrequency(14_082_125) },
		"but the rig is in RTTY":      func() error { return r.SetMode(rig.Mode{Kind: rig.USB}) },
		"has no mode OLIVIA, but LSB": func() error { return r.SetMode(rig.Mode{Name: "OLIVIA"}) },
	} {
		if err := do(); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%v, want %q", err, name)
		}
	}
}

func TestFaults(t *testing.T) {
	f := newFake()
	r := serve(t, f)
	delete(f.values, "rig.get_smeter")
	if _, err := r.Strength(); !errors.Is(err, rig.ErrUnsupported) {
		t.Errorf("a method that this flrig lacks: %v", err)
	}
	f.set("rig.get_vfo", "NaN")
	if _, err := r.Frequency(); err == nil {
		t.Error("NaN passed for a frequency")
	}
	_, err := Open(rigtest.FreeAddress(t))
	if !errors.Is(err, rig.ErrGone) || !strings.Contains(err.Error(), "start flrig") {
		t.Errorf("nobody listens: %v", err)
	}
}

func TestFlrigThatEnds(t *testing.T) {
	server := httptest.NewServer(newFake())
	r, err := Open(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	server.CloseClientConnections()
	server.Close()
	if err := r.SetPTT(false); !errors.Is(err, rig.ErrGone) {
		t.Error(err)
	}
	if err := r.Alive(); !errors.Is(err, rig.ErrGone) {
		t.Error(err)
	}
}
