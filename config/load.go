package config

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
)

// maxFile is far more than anybody writes by hand.
const maxFile = 1 << 20

// A File is a configuration and where it came from. Its methods may be called
// from any goroutine.
type File struct {
	path string

	mu     sync.Mutex
	text   string
	config Config
	layout layout
}

// A Fault is a mistake in a file.
type Fault struct {
	Path string
	Line int // 0 when it can't be told
	Text string
}

func (f *Fault) Error() string {
	if f.Line == 0 {
		return fmt.Sprintf("%s: %s", f.Path, f.Text)
	}
	return fmt.Sprintf("%s:%d: %s", f.Path, f.Line, f.Text)
}

// Load reads a file. One that does not exist is as good as an empty one. The
// error has a *[Fault] for every mistake; the File is there nevertheless, with
// defaults for what is wrong, unless the file could not be read at all.
func Load(path string) (*File, error) {
	text, err := read(path)
	if err != nil {
		return nil, err
	}
	return Parse(path, text)
}

// read gives the text of a file, nothing if it does not exist.
func read(path string) (string, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", nil
	case err != nil:
		return "", fmt.Errorf("reading the configuration: %w", err)
	case info.Size() > maxFile:
		return "", fmt.Errorf("reading the configuration: %s has %d MiB, which can't be meant", path, info.Size()>>20)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("reading the configuration: %w", err)
	}
	return string(text), nil
}

// Parse is Load for a text. The path is for messages, and for [File.Set].
func Parse(path, text string) (*File, error) {
	f := &File{path: path}
	return f, f.take(text)
}

// take makes text the content of f.
func (f *File) take(text string) error {
	f.text, f.config, f.layout = text, Default(), layout{}
	doc, err := decode(text)
	if err != nil {
		return f.syntax(err)
	}
	f.layout = scan(text)
	faults := f.fill(doc)
	faults = append(faults, f.strangers(doc)...)
	slices.SortFunc(faults, func(a, b *Fault) int {
		return cmp.Or(a.Line-b.Line, strings.Compare(a.Text, b.Text))
	})
	joined := make([]error, len(faults))
	for i, fault := range faults {
		joined[i] = fault
	}
	return errors.Join(joined...)
}

func decode(text string) (map[string]any, error) {
	var doc map[string]any
	_, err := toml.Decode(text, &doc)
	return doc, err
}

// syntax is a fault for what is no TOML.
func (f *File) syntax(err error) error {
	fault := &Fault{Path: f.path, Text: strings.TrimPrefix(err.Error(), "toml: ")}
	var parse toml.ParseError
	if errors.As(err, &parse) {
		fault.Line, fault.Text = parse.Position.Line, parse.Message
	}
	return fault
}

// fill takes over the values.
func (f *File) fill(doc map[string]any) (faults []*Fault) {
	for _, s := range f.config.table() {
		content, ok := doc[s.name]
		if !ok {
			continue
		}
		values, ok := content.(map[string]any)
		if !ok {
			faults = append(faults, f.fault(s.name, "must be a section, [%s]", s.name))
			continue
		}
		for _, e := range s.entries {
			v, ok := values[lastPart(e.Name)]
			if !ok {
				continue
			}
			v, err := e.Check(v)
			if err != nil {
				faults = append(faults, f.fault(e.Name, "%w", err))
				continue
			}
			e.set(v)
		}
	}
	return faults
}

// strangers are keys and sections that do not exist.
func (f *File) strangers(doc map[string]any) (faults []*Fault) {
	known := map[string]bool{}
	for _, s := range new(Config).table() {
		known[s.name] = true
		for _, e := range s.entries {
			known[e.Name] = true
		}
	}
	for name, content := range doc {
		values, isSection := content.(map[string]any)
		switch {
		case !known[name] && isSection:
			faults = append(faults, f.fault("["+name+"]", "is no section that is known%s", suggestSection(name)))
		case !known[name]:
			faults = append(faults, f.fault(name, "is no setting that is known%s", suggest(name)))
		default:
			for key := range values {
				if key := name + "." + key; !known[key] {
					faults = append(faults, f.fault(key, "is no setting that is known%s", suggest(key)))
				}
			}
		}
	}
	return faults
}

// fault is one about a key or [section].
func (f *File) fault(key, format string, args ...any) *Fault {
	return &Fault{
		Path: f.path,
		Line: f.layout.line(strings.Trim(key, "[]")),
		Text: key + " " + fmt.Errorf(format, args...).Error(),
	}
}

// Path is where the file is, or would be.
func (f *File) Path() string { return f.path }

// Config is the configuration as it stands. The caller owns it.
func (f *File) Config() Config {
	f.mu.Lock()
	defer f.mu.Unlock()
	c := f.config
	c.Macros.Run, c.Macros.Pounce = slices.Clone(c.Macros.Run), slices.Clone(c.Macros.Pounce)
	return c
}

// Get is the value of a key; nil if there is no such key.
func (f *File) Get(key string) any {
	c := f.Config()
	for _, s := range c.table() {
		for _, e := range s.entries {
			if e.Name == key {
				return e.get()
			}
		}
	}
	return nil
}

// Given tells whether the file sets a key.
func (f *File) Given(key string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, ok := f.layout.find(key)
	return ok
}

// Source is where the value of a key comes from: "default", or the file and
// the line.
func (f *File) Source(key string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if s, ok := f.layout.find(key); ok {
		return fmt.Sprintf("%s:%d", f.path, s.line)
	}
	return "default"
}

// Path is where the configuration of this user is: rtty/config.toml under
// $XDG_CONFIG_HOME, or else where the system keeps configurations.
func Path() (string, error) {
	dir := os.Getenv("XDG_CONFIG_HOME")
	if !filepath.IsAbs(dir) {
		var err error
		if dir, err = os.UserConfigDir(); err != nil {
			return "", fmt.Errorf("finding the configuration: %w", err)
		}
	}
	return filepath.Join(dir, "rtty", "config.toml"), nil
}
