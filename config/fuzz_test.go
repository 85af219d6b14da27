package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rtty/config"
)

var documents = []string{
	"",
	"[station]\ncallsign = \"W1AW\"\n",
	"transmit.lead_ms = 1\n[station]\n",
	"transmit = { lead_ms = 1 }\n",
	"[[transmit]]\n",
	"[transmit]\nlead_ms = \"\"\"\n]\\\"\"\"\"\"\ntail_ms = '''a'''''\n",
	"[macros]\nrun = [ # x\n 'a#', \"b\\\"]\",\n]\n[transmit]\r\n#lead_ms = 1\r\n",
	"[transmit.lead_ms]\nx = 1\n",
	"\ufeff\"transmit\".'lead_ms' = 0x10 # c",
	"[a.b]\n[transmit]\n[a]\n",
}

func FuzzParse(f *testing.F) {
	for _, d := range documents {
		f.Add(d)
	}
	f.Fuzz(func(t *testing.T, text string) {
		file, err := config.Parse("c", text)
		for _, k := range config.Keys() {
			if _, bad := k.Check(file.Get(k.Name)); bad != nil {
				t.Fatalf("%s: %v", k.Name, bad)
			}
		}
		if err != nil && err.Error() == "" {
			t.Fatal("a mistake without a message")
		}
	})
}

// Whatever a document looks like: a setting is changed in it and nothing else
// is, or the document stays as it was.
func FuzzSet(f *testing.F) {
	for _, d := range documents {
		f.Add(d, uint8(0), 5, "x")
		f.Add(d, uint8(1), 7, "\"\\\n'")
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, before string, which uint8, number int, text string) {
		path := filepath.Join(dir, "config.toml")
		if err := os.WriteFile(path, []byte(before), 0o600); err != nil {
			t.Fatal(err)
		}
		keys := map[string]any{"transmit.lead_ms": number, "station.name": text, "macros.run": []string{text, text}, "rig.poll_hz": float64(number) / 16}
		key := []string{"transmit.lead_ms", "station.name", "macros.run", "rig.poll_hz"}[which%4]
		file, _ := config.Load(path)
		old := values(file, key)
		refused := file.Set(key, keys[key])
		written, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		after := string(written)
		if refused != nil {
			if after != before {
				t.Fatalf("in spite of %v %q became %q", refused, before, after)
			}
			return
		}
		again, _ := config.Load(path)
		if diff := cmp.Diff(keys[key], again.Get(key)); diff != "" {
			t.Fatalf("%q: %s", after, diff)
		}
		if diff := cmp.Diff(old, values(again, key)); diff != "" {
			t.Fatalf("%q became %q: %s", before, after, diff)
		}
		comments(t, before, after)
	})
}

// values are all settings but one.
func values(f *config.File, but string) map[string]any {
	all := map[string]any{}
	for _, k := range config.Keys() {
		if k.Name != but {
			all[k.Name] = f.Get(k.Name)
		}
	}
	return all
}

// comments checks that after is before with one stretch replaced, and that
// the stretch has no line that begins as a comment.
func comments(t *testing.T, before, after string) {
	start := 0
	for start < min(len(before), len(after)) && before[start] == after[start] {
		start++
	}
	end := 0
	for end < min(len(before), len(after))-start && before[len(before)-1-end] == after[len(after)-1-end] {
		end++
	}
	gone := before[start : len(before)-end]
	if strings.HasPrefix(strings.TrimSpace(gone), "#") {
		t.Fatalf("%q became %q: %q is gone", before, after, gone)
	}
}
