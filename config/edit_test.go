package config_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"rtty/config"
)

// load writes a file and loads it.
func load(t *testing.T, text string) *config.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "rtty", "config.toml")
	if text != "" {
		write(t, path, text)
	}
	f, err := config.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func content(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestSet(t *testing.T) {
	const explained = "# From keying the transmitter to the first sound.\n# Can be 0 to 2000 ms.\n"
	for _, test := range []struct {
		about, before, after string
	}{
		{"in place", "[transmit]\nlead_ms = 150 # my rig\ntail_ms=5\n", "[transmit]\nlead_ms = 200 # my rig\ntail_ms=5\n"},
		{"in place, in hexadecimal", "[transmit]\nlead_ms=0x96", "[transmit]\nlead_ms=200"},
		{"with a dotted key", "transmit.lead_ms = 1\n", "transmit.lead_ms = 200\n"},
		{"in a quoted section", "[ \"transmit\" ]\n'lead_ms' = 1\n", "[ \"transmit\" ]\n'lead_ms' = 200\n"},
		{"below its default", "[transmit]\n# sound\n#lead_ms = 150\n\n# x\n#tail_ms = 5\n", "[transmit]\n# sound\n#lead_ms = 150\nlead_ms = 200\n\n# x\n#tail_ms = 5\n"},
		{"below its default, at the end", "[transmit]\n# lead_ms=150", "[transmit]\n# lead_ms=150\nlead_ms = 200\n"},
		{"at the end of its section", "[transmit]\nnet = true # yes\n\n# my rig\n[rig]\n", "[transmit]\nnet = true # yes\n" + explained + "lead_ms = 200\n\n# my rig\n[rig]\n"},
		{"in an empty section", "[transmit]\n[rig]\n", "[transmit]\n" + explained + "lead_ms = 200\n[rig]\n"},
		{"in an empty section without a line end", "[transmit]", "[transmit]\n" + explained + "lead_ms = 200\n"},
		{"among dotted keys", "transmit.net = true\nrig.port = \"x\"\n", "transmit.net = true\n" + explained + "transmit.lead_ms = 200\nrig.port = \"x\"\n"},
		{"in a new section", "# mine\n[rig]\nport = \"x\"", "# mine\n[rig]\nport = \"x\"\n\n[transmit]\n" + explained + "lead_ms = 200\n"},
		{"in a new file", "", strings.Replace(config.Template(), "#lead_ms = 150\n", "#lead_ms = 150\nlead_ms = 200\n", 1)},
		{"with line ends of Windows", "[transmit]\r\nnet = true\r\n", "[transmit]\r\nnet = true\r\n" + strings.ReplaceAll(explained, "\n", "\r\n") + "lead_ms = 200\r\n"},
		{"not in a text that looks like it", "[station]\nname = \"\"\"\n[transmit]\nlead_ms = 1\n\"\"\"\n", "[station]\nname = \"\"\"\n[transmit]\nlead_ms = 1\n\"\"\"\n\n[transmit]\n" + explained + "lead_ms = 200\n"},
	} {
		f := load(t, test.before)
		if err := f.Set("transmit.lead_ms", 200); err != nil {
			t.Errorf("%s: %v", test.about, err)
			continue
		}
		if got := content(t, f.Path()); got != test.after {
			t.Errorf("%s:\n%q, want\n%q", test.about, got, test.after)
		}
		if got := f.Config().Transmit.LeadMS; got != 200 {
			t.Errorf("%s: the configuration still has %d", test.about, got)
		}
		if got := f.Source("transmit.lead_ms"); got == "default" {
			t.Errorf("%s: the source is the default", test.about)
		}
	}
}

func TestSetKinds(t *testing.T) {
	f := load(t, config.Template())
	long := []string{"CQ,{ENTER}CQ CQ DE {MYCALL} {MYCALL} K{ENTER}", "TU,\"{CALL}\" TU \\ {TX}"}
	for key, value := range map[string]any{
		"station.name":     "Ho\"ld\\en\n\t\x01 Ü ☃",
		"transmit.enabled": true,
		"transmit.level":   -20.5,
		"rig.poll_hz":      3,
		"macros.run":       long,
		"macros.pounce":    []string{},
		"receive.mark":     1275.0,
	} {
		if err := f.Set(key, value); err != nil {
			t.Errorf("%s: %v", key, err)
		}
	}
	again, err := config.Load(f.Path())
	if err != nil {
		t.Fatal(err)
	}
	c := again.Config()
	if c.Station.Name != "Ho\"ld\\en\n\t\x01 Ü ☃" || !c.Transmit.Enabled || c.Transmit.Level != -20.5 || c.Rig.PollHz != 3 ||
		len(c.Macros.Run) != 2 || c.Macros.Run[1] != long[1] || c.Receive.Mark != 1275 {
		t.Errorf("read again: %+v", c)
	}
	for line := range strings.Lines(config.Template()) {
		if !strings.Contains(content(t, f.Path()), line) {
			t.Errorf("%q is lost", line)
		}
	}
}

func TestSetRefuses(t *testing.T) {
	for _, test := range []struct {
		text, key string
		value     any
		want      string
	}{
		{"", "transmit.lead", 5, "there is no setting transmit.lead; did you mean"},
		{"", "transmit.lead_ms", 5000, "transmit.lead_ms is 5000, but can be 0 to 2000 ms"},
		{"transmit = { net = true }\n", "transmit.lead_ms", 5, "please edit it by hand"},
		{"[transmit\n", "transmit.lead_ms", 5, "what is there has a mistake"},
	} {
		path := filepath.Join(t.TempDir(), "config.toml")
		write(t, path, test.text)
		f, _ := config.Load(path)
		if err := f.Set(test.key, test.value); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s = %v: %v, want %s", test.key, test.value, err, test.want)
		}
		if got := content(t, path); got != test.text {
			t.Errorf("%s = %v changes the file to %q", test.key, test.value, got)
		}
	}
}

// A mistake can be mended by the program that complains about it, and others
// stay for the operator.
func TestSetMends(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	write(t, path, "[transmit]\nlead_ms = \"soon\"\nfoo = 1\n")
	f, err := config.Load(path)
	if err == nil {
		t.Fatal("mistakes pass")
	}
	if err := f.Set("transmit.lead_ms", 100); err != nil {
		t.Fatal(err)
	}
	if got, want := content(t, path), "[transmit]\nlead_ms = 100\nfoo = 1\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestSetSeesWhatAnEditorSaved(t *testing.T) {
	f := load(t, "[station]\nname = \"old\"\n")
	write(t, f.Path(), "[station]\nname = \"new\"\n")
	if err := f.Set("station.callsign", "W1AW"); err != nil {
		t.Fatal(err)
	}
	c := f.Config()
	if c.Station.Name != "new" || c.Station.Callsign != "W1AW" {
		t.Errorf("%+v", c.Station)
	}
}

func TestSave(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rtty", "config.toml")
	if err := config.Save(path, "", "one"); err != nil {
		t.Fatal(err)
	}
	if err := config.Save(path, "one", "two"); err != nil {
		t.Fatal(err)
	}
	if err := config.Save(path, "one", "three"); err == nil || !strings.Contains(err.Error(), "by another program") {
		t.Errorf("what somebody else wrote is replaced: %v", err)
	}
	if got := content(t, path); got != "two" {
		t.Errorf("%q", got)
	}
}

func TestSetFromSeveralGoroutines(t *testing.T) {
	f := load(t, config.Template())
	var done sync.WaitGroup
	for _, key := range []string{"transmit.lead_ms", "transmit.tail_ms"} {
		done.Go(func() {
			for i := range 20 {
				if err := f.Set(key, i); err != nil {
					t.Error(err)
				}
			}
		})
	}
	done.Wait()
	if c := f.Config(); c.Transmit.LeadMS != 19 || c.Transmit.TailMS != 19 {
		t.Errorf("%+v", c.Transmit)
	}
}

func TestSaveKeepsModeAndLink(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("symbolic links need a privilege on Windows")
	}
	f := load(t, "[station]\n")
	if err := os.Chmod(f.Path(), 0o640); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link.toml")
	if err := os.Symlink(f.Path(), link); err != nil {
		t.Fatal(err)
	}
	linked, err := config.Load(link)
	if err != nil {
		t.Fatal(err)
	}
	if err := linked.Set("station.name", "X"); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is one no more: %v", err)
	}
	info, err := os.Stat(f.Path())
	if err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("mode %v, %v; want 0640", info.Mode(), err)
	}
	if got := content(t, f.Path()); !strings.Contains(got, "name = \"X\"") {
		t.Errorf("%q", got)
	}

	dangling := filepath.Join(t.TempDir(), "dangling.toml")
	target := filepath.Join(t.TempDir(), "later", "config.toml")
	if err := os.Symlink(target, dangling); err != nil {
		t.Fatal(err)
	}
	if f, err = config.Load(dangling); err != nil {
		t.Fatal(err)
	}
	if err := f.Set("station.name", "X"); err != nil {
		t.Fatal(err)
	}
	content(t, target)
}

func TestSaveLeavesNothingBehind(t *testing.T) {
	f := load(t, "[station]\n")
	if err := f.Set("station.name", "X"); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(filepath.Dir(f.Path()))
	if err != nil || len(entries) != 1 {
		t.Errorf("%v, %v", entries, err)
	}
}

func TestSaveTellsWhereItFails(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	write(t, blocked, "")
	f, err := config.Parse(filepath.Join(blocked, "config.toml"), "")
	if err != nil {
		t.Fatal(err)
	}
	err = f.Set("station.name", "X")
	var path *fs.PathError
	if !errors.As(err, &path) || !strings.Contains(err.Error(), "the configuration") {
		t.Errorf("%v", err)
	}
}

func TestCommentsWithinAListMoveAboveIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	before := "[macros]\nrun = [ # F1 to F12\n  \"A,#1\", # first\n]\n"
	if err := os.WriteFile(path, []byte(before), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := config.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := file.Set("macros.run", []string{"B,2"}); err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if want := "[macros]\n# F1 to F12\n# first\nrun = [\"B,2\"]\n"; string(after) != want {
		t.Errorf("became\n%s\nwant\n%s", after, want)
	}
}
