package config

import (
	"fmt"
	"reflect"
	"strings"
)

// Set changes one setting in the file, and nothing else in it: comments, order
// and other values stay. A key or section that is missing is put in, the key
// with its explanation; a file that is missing begins as [Template]. It is read
// again before, in case an editor has saved it since, and replaced as a whole
// after.
func (f *File) Set(key string, value any) error {
	k, err := KeyNamed(key)
	if err != nil {
		return err
	}
	if value, err = k.Check(value); err != nil {
		return fmt.Errorf("%s %w", key, err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	text, err := replaceFile(f.path, func(old string) (string, error) {
		text, err := withValue(old, k, value)
		if err != nil {
			return "", fmt.Errorf("%s can't be set in %s: %w", key, f.path, err)
		}
		return text, nil
	})
	if err != nil {
		return err
	}
	f.take(text) // faults in other lines have been told by Load
	return nil
}

// Save puts a text in the place of a file, as a whole, provided that the file
// still has the old one; a file that does not exist has none.
func Save(path, old, text string) error {
	_, err := replaceFile(path, func(now string) (string, error) {
		if now != old {
			return "", fmt.Errorf("writing the configuration: %s was changed by another program meanwhile", path)
		}
		return text, nil
	})
	return err
}

// withValue is a document with one value changed.
func withValue(old string, k Key, value any) (string, error) {
	if old == "" {
		old = Template()
	}
	before, err := decode(old)
	if err != nil {
		return "", fmt.Errorf("what is there has a mistake: %w", err)
	}
	text := edited(old, scan(old), k, value)
	after, err := decode(text)
	if err != nil || !onlyChanged(before, after, k, value) {
		return "", fmt.Errorf("the way its section is written there is beyond a program: please edit it by hand")
	}
	return text, nil
}

// onlyChanged tells whether two documents differ in nothing but that the second
// has the value.
func onlyChanged(before, after map[string]any, k Key, value any) bool {
	section, _ := after[sectionOf(k.Name)].(map[string]any)
	v, err := k.Check(section[lastPart(k.Name)])
	if err != nil || !reflect.DeepEqual(v, value) && !emptyLists(v, value) {
		return false
	}
	return reflect.DeepEqual(without(before, k.Name), without(after, k.Name))
}

func emptyLists(a, b any) bool {
	x, ok := a.([]string)
	y, also := b.([]string)
	return ok && also && len(x)+len(y) == 0
}

// without is a document without a key, and without its section if nothing else
// is in it.
func without(doc map[string]any, key string) map[string]any {
	rest := map[string]any{}
	for name, content := range doc {
		values, ok := content.(map[string]any)
		if name != sectionOf(key) || !ok {
			rest[name] = content
			continue
		}
		others := map[string]any{}
		for k, v := range values {
			if k != lastPart(key) {
				others[k] = v
			}
		}
		if len(others) > 0 {
			rest[name] = others
		}
	}
	return rest
}

func sectionOf(key string) string {
	name, _, _ := strings.Cut(key, ".")
	return name
}

// commentsIn are the comments that stand within a list, a line each. They move
// above it when it is replaced.
func commentsIn(value, newline string) string {
	var kept strings.Builder
	for s := (scanner{text: value}); s.more(); {
		switch s.text[s.at] {
		case '"', '\'':
			s.quoted()
		case '#':
			start := s.at
			s.toLineEnd()
			kept.WriteString(strings.TrimRight(s.text[start:s.at], "\r\n") + newline)
		default:
			s.next()
		}
	}
	return kept.String()
}

// edited puts a value into a document: in the place of the old one, below the
// comment that shows the default, at the end of the section, or at the end of
// the document.
func edited(text string, l layout, k Key, value any) string {
	newline := "\n"
	if strings.Contains(text, "\r\n") {
		newline = "\r\n"
	}
	written := strings.ReplaceAll(Format(value), "\n", newline)
	if s, ok := l.find(k.Name); ok {
		line := strings.LastIndexByte(text[:s.start], '\n') + 1
		return text[:line] + commentsIn(text[s.start:s.end], newline) + text[line:s.start] + written + text[s.end:]
	}
	line := lastPart(k.Name) + " = " + written + newline
	span, ok := l.section(text, sectionOf(k.Name))
	if !ok {
		return atEnd(text, newline, "["+sectionOf(k.Name)+"]"+newline+comment(k, newline)+line)
	}
	if after, ok := commentedOut(text[span.start:span.end], lastPart(k.Name)); ok {
		return insert(text, span.start+after, newline, line)
	}
	return insert(text, span.last, newline, comment(k, newline)+span.prefix+line)
}

// A span is where a section's keys stand, in bytes.
type span struct {
	start  int    // after its header
	last   int    // after its last statement or, without any, its header
	end    int    // where the next table begins
	prefix string // what its keys have to be written with
}

// section finds a section. One that is only written with dotted keys,
// section.key = value, has to go on in this way.
func (l layout) section(text, name string) (span, bool) {
	for i, h := range l.headers {
		if h.key != name {
			continue
		}
		s := span{start: h.end, last: h.end, end: len(text)}
		if i+1 < len(l.headers) {
			s.end = lineStart(text, l.headers[i+1].end)
		}
		for _, st := range l.statements {
			if st.header == i {
				s.last = st.end
			}
		}
		return s, true
	}
	for i := len(l.statements) - 1; i >= 0; i-- {
		st := l.statements[i]
		if st.header < 0 && strings.HasPrefix(st.key, name+".") {
			return span{st.end, st.end, st.end, name + "."}, true
		}
	}
	return span{}, false
}

func lineStart(text string, at int) int { return strings.LastIndexByte(text[:at], '\n') + 1 }

// commentedOut finds the end of a line such as "#lead_ms = 150".
func commentedOut(text, key string) (end int, ok bool) {
	for line := range strings.Lines(text) {
		end += len(line)
		rest, isComment := strings.CutPrefix(strings.TrimSpace(line), "#")
		name, _, isStatement := strings.Cut(rest, "=")
		if isComment && isStatement && strings.TrimSpace(name) == key {
			return end, true
		}
	}
	return 0, false
}

// insert puts lines behind the line in which the byte before at stands.
func insert(text string, at int, newline, lines string) string {
	if at > 0 && text[at-1] == '\n' {
		return text[:at] + lines + text[at:]
	}
	i := strings.IndexByte(text[at:], '\n')
	if i < 0 {
		return text + newline + lines
	}
	return text[:at+i+1] + lines + text[at+i+1:]
}

// atEnd appends a paragraph.
func atEnd(text, newline, paragraph string) string {
	switch {
	case text == "" || text == "\ufeff":
	case !strings.HasSuffix(text, "\n"):
		text += newline + newline
	default:
		text += newline
	}
	return text + paragraph
}

// comment explains a key above it.
func comment(k Key, newline string) string {
	var b strings.Builder
	for _, line := range explanation(k) {
		b.WriteString("# " + line + newline)
	}
	return b.String()
}
