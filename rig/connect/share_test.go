package connect

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"rtty/rig"
	"rtty/rig/fsk"
)

func TestPortsThatAreShared(t *testing.T) {
	dir := t.TempDir()
	port, link := filepath.Join(dir, "ttyUSB0"), filepath.Join(dir, "by-id")
	if err := errors.Join(os.WriteFile(port, nil, 0o600), os.Symlink(port, link)); err != nil {
		t.Skip("no links here: ", err)
	}
	const other = "/dev/ttyUSB9"
	none := ""                                             // each has its own
	opens := "it has no RTS and DTR: is it a serial port?" // it would be shared, were it a port
	if runtime.GOOS != "linux" {
		opens = "on Linux only"
	}
	rts := rig.Config{Kind: rig.RTS, Port: port}
	for name, c := range map[string]struct {
		rig    rig.Config
		method fsk.Method
		device string
		invert bool
		want   string
	}{
		"two ports":                     {rts, fsk.DTR, other, false, none},
		"FSK keyer beside PTT":          {rts, fsk.Serial, other, false, none},
		"rigctld":                       {rig.Config{Kind: rig.Rigctld}, fsk.DTR, port, false, none},
		"no port for FSK":               {rts, fsk.DTR, "", false, none},
		"PTT RTS, FSK DTR":              {rts, fsk.DTR, port, false, opens},
		"PTT RTS, FSK DTR, other name":  {rts, fsk.DTR, link, false, opens},
		"PTT RTS, FSK DTR inverted":     {rts, fsk.DTR, port, true, opens},
		"PTT RTS, FSK TXD":              {rts, fsk.UART, port, false, opens},
		"PTT both, FSK TXD":             {rig.Config{Kind: rig.RTSDTR, Port: port}, fsk.UART, port, false, opens},
		"CAT, FSK DTR":                  {rig.Config{Kind: rig.Icom, Port: port}, fsk.DTR, port, false, opens},
		"CAT, PTT RTS, FSK DTR":         {rig.Config{Kind: rig.Icom, Port: port, PTT: &rts}, fsk.DTR, link, false, opens},
		"CAT elsewhere, PTT and FSK":    {rig.Config{Kind: rig.Icom, Port: other, PTT: &rts}, fsk.DTR, port, false, opens},
		"PTT RTS, FSK RTS":              {rts, fsk.RTS, port, false, "the line rts of"},
		"PTT DTR, FSK DTR":              {rig.Config{Kind: rig.DTR, Port: port}, fsk.DTR, port, false, "the line dtr of"},
		"PTT both, FSK RTS":             {rig.Config{Kind: rig.RTSDTR, Port: port}, fsk.RTS, port, false, "the line rts of"},
		"PTT RTS on CAT's, FSK RTS":     {rig.Config{Kind: rig.Icom, Port: port, PTT: &rts}, fsk.RTS, port, false, "the line rts of"},
		"PTT RTS inverted, FSK DTR":     {rig.Config{Kind: rig.RTS, Port: port, Invert: true}, fsk.DTR, port, false, "PTT can't be inverted"},
		"PTT RTS, keyer":                {rts, fsk.Serial, link, false, "the FSK keyer"},
		"CAT, keyer":                    {rig.Config{Kind: rig.Yaesu, Port: port}, fsk.Serial, port, false, "the FSK keyer"},
		"CAT, FSK TXD":                  {rig.Config{Kind: rig.Icom, Port: port}, fsk.UART, port, false, "can't carry both CAT and FSK"},
		"CAT, FSK DTR inverted":         {rig.Config{Kind: rig.Icom, Port: port}, fsk.DTR, port, true, "FSK can't be inverted"},
		"CAT, PTT elsewhere, FSK's CAT": {rig.Config{Kind: rig.Icom, Port: port, PTT: &rig.Config{Kind: rig.DTR, Port: other}}, fsk.DTR, port, false, opens},
	} {
		t.Run(name, func(t *testing.T) {
			f := fsk.Config{Method: c.method, Device: c.device, Invert: c.invert}
			file, err := Share(&c.rig, &f)
			if file != nil || c.rig.File != nil || f.File != nil {
				t.Error("a file that is no port was opened")
			}
			if (err == nil) != (c.want == none) || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
			var unfit *rig.ConfigError
			if refused := c.want != none && c.want != opens; refused != errors.As(err, &unfit) {
				t.Errorf("%v: %T", err, err)
			}
		})
	}
}
