package event

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rtty/baudot"
	"rtty/modem"
)

// received are the characters of a text, a tenth of a second each at 1000
// samples per second.
func received(text string) []modem.Char {
	var chars []modem.Char
	for i, r := range []rune(text) {
		c, _, _ := baudot.USTTY.Lookup(r)
		chars = append(chars, modem.Char{Code: c, Rune: r, P: 0.99996, Start: int64(i) * 100, End: int64(i)*100 + 90})
	}
	return chars
}

func write(t *testing.T, provisional bool, anchor time.Time, do func(*Writer) error) string {
	t.Helper()
	var out strings.Builder
	w := NewWriter(&out, provisional)
	w.Begin("x.wav", 1000, anchor)
	if err := do(w); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestSignalCharactersTextAndEnd(t *testing.T) {
	signal, err := modem.Partial{}.Signal()
	if err != nil {
		t.Fatal(err)
	}
	got := write(t, false, time.Time{}, func(w *Writer) error {
		chars := append([]modem.Char{{Code: baudot.LTRS, P: 1, End: 90}}, received("K")...)
		return errors.Join(w.Signal(0, signal), w.Update(modem.Update{Final: chars, Tail: received("X")}), w.End(1500, errors.New("cut off")))
	})
	want := `{"v":1,"type":"signal","file":"x.wav","offset":0,"signal":{"mark":2125,"space":2295,"shift":170,"baud":45.45,"stop_bits":1.5,"code":"us-tty","usos":true}}
{"v":1,"type":"char","file":"x.wav","offset":0,"code":31,"p":1,"end":0.09}
{"v":1,"type":"char","file":"x.wav","offset":0,"char":"K","code":15,"p":1,"end":0.09}
{"v":1,"type":"text","file":"x.wav","offset":0,"end":0.09,"text":"K"}
{"v":1,"type":"end","file":"x.wav","offset":1.5,"error":"cut off"}
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTextComesByLines(t *testing.T) {
	type line struct {
		Type   string
		Text   string
		Offset float64
		End    float64
	}
	out := write(t, false, time.Time{}, func(w *Writer) error {
		return errors.Join(w.Update(modem.Update{Final: received("CQ\r\r\nDE\r\n\nK")}), w.End(1100, nil))
	})
	var got []line
	for dec := json.NewDecoder(strings.NewReader(out)); dec.More(); {
		var l line
		if err := dec.Decode(&l); err != nil {
			t.Fatal(err)
		}
		if l.Type == "text" {
			got = append(got, l)
		}
	}
	want := []line{{"text", "CQ", 0, 0.19}, {"text", "DE", 0.5, 0.69}, {"text", "K", 1, 1.09}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAnchoredEventsTellTheTime(t *testing.T) {
	anchor := time.Date(2026, 3, 1, 23, 59, 59, 0, time.FixedZone("", 3600))
	got := write(t, false, anchor, func(w *Writer) error { return w.End(1500, nil) })
	if want := `{"v":1,"type":"end","file":"x.wav","time":"2026-03-01T23:00:00.500Z","offset":1.5}` + "\n"; got != want {
		t.Errorf("got %s want %s", got, want)
	}
}

func TestTailsAreToldWhenTheyChange(t *testing.T) {
	a, ab := received("A"), received("AB")
	got := write(t, true, time.Time{}, func(w *Writer) error {
		for _, tail := range [][]modem.Char{nil, a, a, ab, nil, nil} {
			if err := w.Update(modem.Update{Tail: tail}); err != nil {
				return err
			}
		}
		return nil
	})
	want := `{"v":1,"type":"tail","file":"x.wav","offset":0,"chars":[{"offset":0,"char":"A","code":3,"p":1,"end":0.09}]}
{"v":1,"type":"tail","file":"x.wav","offset":0,"chars":[{"offset":0,"char":"A","code":3,"p":1,"end":0.09},{"offset":0.1,"char":"B","code":25,"p":1,"end":0.19}]}
{"v":1,"type":"tail","file":"x.wav","offset":0,"chars":[]}
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
