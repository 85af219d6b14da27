package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rtty/bench/score"
)

// ownRecordings ship with rtty; testdata/README.md says how they were made.
// minimodem counts on unshift on space.
var ownRecordings = []struct {
	file  string
	flags []string
}{
	{"cq.wav", []string{"--center=2145"}},
	{"minimodem-ham.flac", []string{"--preset=ham"}},
	{"minimodem-ham50.flac", []string{"--preset=ham50"}},
	{"minimodem-ham75.flac", []string{"--preset=ham75"}},
	{"minimodem-dwd.flac", []string{"--preset=dwd", "--usos=true"}},
	{"minimodem-dwd-lf.flac", []string{"--preset=dwd-lf", "--usos=true"}},
	{"minimodem-wide.flac", []string{"--preset=wide", "--usos=true"}},
	{"fldigi-ham.flac", []string{"--preset=ham", "--sideband=usb"}},
	{"fldigi-ham-reverse.flac", []string{"--preset=ham", "--center=1500"}},
	{"fldigi-ham50.flac", []string{"--preset=ham50", "--sideband=usb"}},
	{"fldigi-ham75.flac", []string{"--preset=ham75", "--sideband=usb"}},
	{"fldigi-dwd.flac", []string{"--preset=dwd"}},
	{"fldigi-dwd-lf.flac", []string{"--preset=dwd-lf"}},
	{"fldigi-wide.flac", []string{"--preset=wide"}},
}

func TestOwnRecordings(t *testing.T) {
	recordings := ownRecordings
	if testing.Short() {
		recordings = recordings[:2]
	}
	for _, r := range recordings {
		file := filepath.Join("../../testdata", r.file)
		t.Run(r.file, func(t *testing.T) { decodesTo(t, file, 0, r.flags...) })
		t.Run(r.file+"/auto", func(t *testing.T) { decodesTo(t, file, 0, inaudible(r.flags)...) })
	}
}

// inaudible are the flags that no search can find out.
func inaudible(flags []string) []string {
	if slices.Contains(flags, "--usos=true") {
		return []string{"--auto", "--usos=true"}
	}
	return nil
}

// foreignRecordings were made by others, on the air and by other programs, and
// are not ours to ship. RTTY_RECORDINGS names the folder they are in.
var foreignRecordings = []struct {
	name   string
	errors int // characters that may be wrong
	flags  []string
}{
	{"cq-45-170-markhigh", 0, []string{"--mark=2085.1", "--space=1914.7"}},
	{"dwd-offair-50-450", 1, []string{"--preset=dwd", "--mark=1752.6", "--space=2200.7"}},
	{"pangram-45-170-mp3", 0, []string{"--mark=1085.3", "--space=915.4"}},
	{"ryry-45-170-twostop", 0, []string{"--mark=2123", "--space=2297"}},
	{"wikipedia-45-170-onestop", 0, []string{"--mark=914.5", "--space=1085.4"}},
}

func TestForeignRecordings(t *testing.T) {
	folder := os.Getenv("RTTY_RECORDINGS")
	if folder == "" {
		t.Skip("NOT TESTED on real recordings: RTTY_RECORDINGS names no folder with them")
	}
	for _, r := range foreignRecordings {
		file := filepath.Join(folder, r.name+".wav")
		t.Run(r.name, func(t *testing.T) { decodesTo(t, file, r.errors, r.flags...) })
		t.Run(r.name+"/auto", func(t *testing.T) { decodesTo(t, file, r.errors) })
	}
}

// decodesTo decodes a recording and counts the errors against the text that
// stands beside it.
func decodesTo(t *testing.T, file string, most int, flags ...string) {
	t.Helper()
	sent, err := os.ReadFile(strings.TrimSuffix(file, filepath.Ext(file)) + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	var printed, told bytes.Buffer
	args := append([]string{"decode", file}, flags...)
	if code := run(args, strings.NewReader(""), &printed, &told); code != exitDone {
		t.Fatalf("rtty %v: exit code %d, %s", args, code, told.String())
	}
	s := score.Text(string(sent), printed.String())
	if s.Errors() > most {
		t.Errorf("rtty %v: %d errors in %d characters:\n%s", args, s.Errors(), s.Sent, printed.String())
	}
}
