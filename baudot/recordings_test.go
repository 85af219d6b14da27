package baudot

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// recording reads one file of the real recordings that RTTY_RECORDINGS names.
// They are not ours to ship.
func recording(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("RTTY_RECORDINGS")
	if dir == "" {
		t.Skip("set RTTY_RECORDINGS to the folder of real recordings to run this test")
	}
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestCodesOfRealTransmissionsPrintTheirText(t *testing.T) {
	for name, d := range map[string]Decoder{
		"cq-45-170-markhigh":       {USOS: true},
		"pangram-45-170-mp3":       {USOS: true},
		"ryry-45-170-twostop":      {USOS: true},
		"wikipedia-45-170-onestop": {USOS: true},
		"dwd-offair-50-450":        {Table: ITA2},
	} {
		t.Run(name, func(t *testing.T) {
			form := strings.ReplaceAll(recording(t, name+".codes.txt"), "\n", "")
			codes := codesOf(t, d.Table, d.USOS, form)
			got := strings.TrimSpace(lines(string(d.Append(nil, codes...))))
			if want := strings.TrimSpace(recording(t, name+".txt")); got != want {
				t.Errorf("prints %q, want %q", got, want)
			}
		})
	}
}

// The German weather service ends its lines with CR CR LF and a shift.
func TestEncoderSendsAsTheGermanWeatherService(t *testing.T) {
	want := "<L>" + strings.ReplaceAll(recording(t, "dwd-offair-50-450.codes.txt"), "\n", "")
	text := strings.TrimSpace(recording(t, "dwd-offair-50-450.txt"))
	e := Encoder{Table: ITA2, CRCRLF: true, LineShift: true}
	if got := visible(ITA2, false, e.AppendString(nil, text)); got != want {
		t.Errorf("sends\n%s, want\n%s", got, want)
	}
}
