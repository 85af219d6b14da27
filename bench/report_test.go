package bench

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rtty/bench/corpus"
	"rtty/bench/score"
)

// curveOf has points of 10,000 characters, 2 dB apart from -10 dB on.
func curveOf(name string, errors ...int) Curve {
	c := Curve{Decoder: name, Speed: 100}
	for i, n := range errors {
		snr := -10 + 2*float64(i)
		p := Point{SNR: snr, EbN0: EbN0(snr, 45.45), Overs: 25, Text: score.Score{Sent: 10000, Substituted: n}}
		p.Low, p.High = p.CER()/2, p.CER()*2
		c.Points = append(c.Points, p)
	}
	return c
}

func sampleReport() *Report {
	ours := curveOf("rtty", 2000, 500, 20, 0)
	for i := range ours.Points {
		p := &ours.Points[i]
		p.ByCode = true
		p.Codes = score.Score{Sent: 10500, Substituted: p.Text.Substituted / 2}
		for k := range 1000 {
			p.Reliability.Observe(0.95, k%20 != 0)
		}
		p.Reliability.Observe(0.35, false)
	}
	peer := curveOf("pe|er", 6000, 3000, 900, 90)
	peer.Points[1].Failures, peer.Points[1].FirstFailure = 2, "exit status 1"
	single := Panel{Scenario: "2ms/1Hz", About: "fading", Corpus: corpus.Weather, Preset: "dwd", Baud: 50}
	for _, c := range []Curve{ours, peer} {
		single.Curves = append(single.Curves, Curve{Decoder: c.Decoder, Points: c.Points[:1], Speed: 50})
	}
	silent := Panel{Scenario: "noise", About: "nobody sends", Preset: "ham", Silent: true, Promises: []Promise{Quiet{PerMinute: 1}}}
	for name, printed := range map[string]int{"rtty": 2, "pe|er": 500} {
		point := Point{Overs: 4, Heard: 240, Text: score.Score{Inserted: printed}}
		silent.Curves = append(silent.Curves, Curve{Decoder: name, Speed: 100, Points: []Point{point}})
	}
	slices.SortFunc(silent.Curves, func(a, b Curve) int { return strings.Compare(b.Decoder, a.Decoder) })
	return &Report{
		Suite: "sample", Seed: 9, About: map[string]string{"rtty": "ours"},
		Panels: []Panel{
			{
				Scenario: "awgn", About: "white noise, no fading", Corpus: corpus.English, Preset: "ham", Baud: 45.45, Theory: TheoryAWGN,
				Promises: []Promise{AtMost{CER: 0.05, SNR: -8}, AtMost{CER: 0.01, SNR: -9}}, Curves: []Curve{ours, peer},
			},
			single, silent,
		},
		Speeds: []Speed{{"rtty", "-10 dB", 123.4}, {"rtty", "noise", 400}},
	}
}

func TestNeededIsReadFromTheCurve(t *testing.T) {
	for _, c := range []struct {
		name                string
		errors              []int
		cer, snr            float64
		reached, throughout bool
	}{
		{"on a point", []int{1000, 100, 10}, 0.01, -8, true, false},
		{"half way of the logarithm", []int{1000, 10}, 0.01, -9, true, false},
		{"never", []int{1000, 500}, 0.01, 0, false, false},
		{"always", []int{100, 50}, 0.01, -10, true, true},
		{"no errors count as half one", []int{100, 0}, 0.00005, -8, true, false},
		{"the last crossing counts", []int{1000, 10, 1000, 10}, 0.01, -5, true, false},
		{"a relapse at the end", []int{1000, 10, 1000}, 0.01, 0, false, false},
		{"nothing measured", nil, 0.01, 0, false, false},
	} {
		snr, reached, throughout := curveOf("x", c.errors...).Needed(c.cer)
		if math.Abs(snr-c.snr) > 1e-9 || reached != c.reached || throughout != c.throughout {
			t.Errorf("%s: %g, %v, %v; want %g, %v, %v", c.name, snr, reached, throughout, c.snr, c.reached, c.throughout)
		}
	}
}

// Of many experiments with the same true error rate some 95 % must have it in
// their interval, also when errors come in bursts.
func TestIntervalHoldsTheTruth(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	const experiments, overs, sent = 1000, 20, 400
	for _, burst := range []int{1, 20} {
		const rate = 0.05
		held := 0
		for range experiments {
			outcomes := make([]outcome, overs)
			for i := range outcomes {
				outcomes[i].text.Sent = sent
				for range sent / burst {
					if rng.Float64() < rate {
						outcomes[i].text.Substituted += burst
					}
				}
			}
			if low, high := interval(outcomes); low <= rate && rate <= high {
				held++
			}
		}
		if share := float64(held) / experiments; share < 0.90 || share > 0.98 {
			t.Errorf("bursts of %d: the interval holds the truth %.3f of the times", burst, share)
		}
	}
}

func TestIntervalWithoutErrorsIsTheRuleOfThree(t *testing.T) {
	clean := []outcome{{text: score.Score{Sent: 500}}, {text: score.Score{Sent: 500}}}
	if low, high := interval(clean); low != 0 || high != 0.003 {
		t.Errorf("%g to %g, want 0 to 0.003", low, high)
	}
	if low, high := interval([]outcome{{}}); low != 0 || high != 0 {
		t.Errorf("nothing sent: %g to %g", low, high)
	}
}

func TestTable(t *testing.T) {
	var b strings.Builder
	if err := sampleReport().WriteTable(&b); err != nil {
		t.Fatal(err)
	}
	want := `awgn (white noise, no fading), english, preset ham
CER in % (errors); SNR in 2500 Hz

  SNR dB  Eb/N0 dB  characters         rtty        pe|er  theory
     -10       7.4       10000  20.0 (2000)  60.0 (6000)    15.0
      -8       9.4       10000   5.00 (500)  30.0 (3000)    3.16
      -6      11.4       10000    0.20 (20)   9.00 (900)    0.25
      -4      13.4       10000     0.00 (0)    0.90 (90)    0.00
for 10 %                    dB         -9.0         -6.2
 for 5 %                    dB         -8.0         -5.5
 for 1 %                    dB         -7.0         -4.1

2ms/1Hz (fading), weather, preset dwd
CER in % (errors); SNR in 2500 Hz

SNR dB  Eb/N0 dB  characters         rtty        pe|er
   -10       7.4       10000  20.0 (2000)  60.0 (6000)

noise (nobody sends), tuned to preset ham
characters printed in a minute

minutes  rtty  pe|er
      4   0.5    125

scenario         text                  promise  kept    rtty   pe|er
    awgn  english ham       CER ≤ 5 % at -8 dB   yes  5.00 %  30.0 %
    awgn  english ham       CER ≤ 1 % at -9 dB    no  10.0 %  42.4 %
   noise          ham  ≤ 1 characters a minute   yes     0.5     125

× real time  -10 dB  noise
       rtty     123    400

decoder  × real time beside other work
   rtty                             75
  pe|er                             75

rtty: expected calibration error 0.000 over 5005 characters
pe|er failed on 2 recordings of awgn, english: exit status 1
`
	if got := b.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestCSVHasALineForEachPoint(t *testing.T) {
	var b bytes.Buffer
	if err := sampleReport().WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(&b).ReadAll() // which checks that all are equally long
	if err != nil || len(lines) != 1+2*4+2*1+2*1 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	column := map[string]string{}
	for i, name := range lines[0] {
		column[name] = lines[2][i]
	}
	for name, want := range map[string]string{
		"decoder": "rtty", "snr_db": "-8", "characters": "10000", "errors": "500", "cer": "0.05", "code_errors": "250", "theory_cer": "0.0315749",
	} {
		if column[name] != want {
			t.Errorf("%s is %q, want %q", name, column[name], want)
		}
	}
}

func TestJSONIsVersioned(t *testing.T) {
	var b bytes.Buffer
	if err := sampleReport().WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	var got reportView
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	point := got.Panels[0].Curves[0].Points[1]
	if got.V != 1 || got.Seed != 9 || point.SNR != -8 || point.CER != 0.05 || *point.Codes != 10500 || len(point.Reliability) != 2 {
		t.Errorf("%+v", got)
	}
	if p := got.Panels[0].Curves[1].Points[1]; p.Codes != nil || p.ECE != nil || p.Failures != 2 {
		t.Errorf("of a peer: %+v", p)
	}
	if p := got.Panels[0].Promises; len(p) != 2 || p[0].Kept == nil || !*p[0].Kept || *p[1].Kept || p[0].Promise != "CER ≤ 5 % at -8 dB" {
		t.Errorf("promises: %+v", p)
	}
	if p := got.Panels[2]; !p.Silent || p.Curves[0].Points[0].Seconds != 240 {
		t.Errorf("of noise: %+v", p)
	}
	if n := got.Panels[0].Curves[0].Needed; len(n) != 3 || math.Abs(n[1].SNR+8) > 1e-9 {
		t.Errorf("needed: %+v", n)
	}
}

func TestSavedReportIsWhole(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "made", "here")
	if err := sampleReport().Save(dir); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "report.md"))
	if err != nil {
		t.Fatal(err)
	}
	images := 0
	for _, part := range strings.Split(string(text), "](")[1:] {
		name, _, _ := strings.Cut(part, ")")
		checkXML(t, filepath.Join(dir, name))
		images++
	}
	if images != 2 { // one panel has a single point
		t.Errorf("%d images", images)
	}
	for _, want := range []string{
		"| -8 | 9.4 | 10000 | 5.00 (500) | 2.50 to 10.0 |", `pe\|er`, "-9.0 / -8.0 / -7.0", "| awgn | english | -8 | rtty | 5.00 |",
		"| awgn | english ham | CER ≤ 1 % at -9 dB | no | 10.0 % | 42.4 % |", "| 4 | 0.5 | 125 |", "| rtty | ours |", "| rtty | 123 | 400 |",
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the report does not say %q:\n%s", want, text)
		}
	}
	for _, name := range []string{"results.csv", "results.json"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func checkXML(t *testing.T, path string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Error(err)
		return
	}
	defer f.Close()
	for dec := xml.NewDecoder(f); ; {
		if _, err := dec.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Errorf("%s: %v", path, err)
			return
		}
	}
}

func TestSaveTellsWhereItFailed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := sampleReport().Save(file); err == nil {
		t.Error("a file was taken for a folder")
	}
}

func TestFileNamesAreHarmless(t *testing.T) {
	if got := fileName("../2ms/1Hz µ+20"); got != "..-2ms-1Hz--+20" {
		t.Errorf("got %q", got)
	}
}
