package config

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
)

// Kind is the type of a value.
type Kind uint8

const (
	Text   Kind = iota // string
	Whole              // int
	Number             // float64
	YesNo              // bool
	List               // []string
)

func (k Kind) String() string {
	return [...]string{"text in quotes", "a whole number", "a number", "true or false", "a list of texts in quotes"}[k]
}

// A Key describes one setting.
type Key struct {
	Name    string // "transmit.lead_ms"
	Kind    Kind
	Default any
	Doc     string // one or two sentences

	Choices  []string // what a text is one of; empty: any text
	Min, Max float64  // of numbers
	Unit     string   // of numbers; may be empty

	form  func(string) bool // of a text that is neither free nor one of Choices
	forms string            // what it may be, in words
}

// Keys lists all settings in the order of the default file.
func Keys() []Key {
	var keys []Key
	for _, s := range new(Config).table() {
		for _, e := range s.entries {
			keys = append(keys, e.Key)
		}
	}
	return keys
}

// KeyNamed finds a setting; the error suggests one that may be meant.
func KeyNamed(name string) (Key, error) {
	for _, k := range Keys() {
		if k.Name == name {
			return k, nil
		}
	}
	return Key{}, fmt.Errorf("there is no setting %s%s", name, suggest(name))
}

// Allowed says in words what a value may be.
func (k Key) Allowed() string {
	switch {
	case k.forms != "":
		return k.forms
	case len(k.Choices) > 0:
		quoted := make([]string, len(k.Choices))
		for i, c := range k.Choices {
			quoted[i] = strconv.Quote(c)
		}
		return strings.Join(quoted, ", ")
	case k.Kind == Whole || k.Kind == Number:
		return strings.TrimSpace(fmt.Sprintf("%s to %s %s", plain(k.Min), plain(k.Max), k.Unit))
	}
	return k.Kind.String()
}

// Check returns v in the type of the key's Kind, or an error that says what it
// may be. Whole numbers pass as Numbers.
func (k Key) Check(v any) (any, error) {
	v, ok := k.typed(v)
	if !ok {
		return nil, fmt.Errorf("must be %s", k.Kind)
	}
	switch v := v.(type) {
	case string:
		if k.form != nil && !k.form(v) || len(k.Choices) > 0 && !slices.Contains(k.Choices, v) {
			return nil, fmt.Errorf("is %q, but can be %s", v, k.Allowed())
		}
	case int:
		if f := float64(v); f < k.Min || f > k.Max {
			return nil, fmt.Errorf("is %d, but can be %s", v, k.Allowed())
		}
	case float64:
		if !(v >= k.Min && v <= k.Max) {
			return nil, fmt.Errorf("is %s, but can be %s", plain(v), k.Allowed())
		}
	}
	return v, nil
}

// typed brings what a TOML reader gives, or a caller, to the type of the Kind.
func (k Key) typed(v any) (any, bool) {
	switch k.Kind {
	case Text:
		s, ok := v.(string)
		return s, ok && utf8.ValidString(s)
	case YesNo:
		b, ok := v.(bool)
		return b, ok
	case List:
		return texts(v)
	}
	switch n := v.(type) {
	case int64:
		if k.Kind == Number {
			return float64(n), true
		}
		return int(n), int64(int(n)) == n
	case int:
		return k.typed(int64(n))
	case float64:
		return n, k.Kind == Number
	}
	return nil, false
}

func texts(v any) (any, bool) {
	if s, ok := v.([]string); ok {
		return slices.Clone(s), utf8.ValidString(strings.Join(s, ""))
	}
	items, ok := v.([]any)
	if !ok {
		return nil, false
	}
	s := make([]string, len(items))
	for i, item := range items {
		if s[i], ok = item.(string); !ok {
			return nil, false
		}
	}
	return s, true
}

// Parse reads a value as a command line or the environment has it: a text
// without quotes, a list as TOML writes it or as a single item.
func (k Key) Parse(s string) (any, error) {
	var v any = s
	var err error
	switch k.Kind {
	case YesNo:
		v, err = strconv.ParseBool(s)
	case Whole:
		v, err = strconv.ParseInt(s, 0, 64)
	case Number:
		v, err = strconv.ParseFloat(s, 64)
	case List:
		v = []string{s}
		if strings.HasPrefix(strings.TrimSpace(s), "[") {
			v, err = parseTOML(s)
		}
	}
	if err == nil {
		v, err = k.Check(v)
	} else {
		err = fmt.Errorf("is %q, but must be %s", s, k.Kind)
	}
	if err != nil {
		return nil, fmt.Errorf("%s %w", k.Name, err)
	}
	return v, nil
}

func parseTOML(s string) (any, error) {
	var doc map[string]any
	if _, err := toml.Decode("v = "+s, &doc); err != nil {
		return nil, err
	}
	if len(doc) != 1 {
		return nil, fmt.Errorf("more than one value")
	}
	return doc["v"], nil
}

// The constructors of the table's entries.

func text(name string, target *string, standard, doc string) entry {
	return entry{Key{Name: name, Kind: Text, Default: standard, Doc: doc}, target}
}

func oneOf(name string, target *string, standard string, choices []string, doc string) entry {
	return entry{Key{Name: name, Kind: Text, Default: standard, Choices: choices, Doc: doc}, target}
}

func squelch(name string, target *string, standard, doc string) entry {
	return entry{Key{Name: name, Kind: Text, Default: standard, Doc: doc, form: isSquelch, forms: `"auto", "off" or a probability such as "0.7"`}, target}
}

func isSquelch(s string) bool {
	p, err := strconv.ParseFloat(s, 64)
	return s == "auto" || s == "off" || err == nil && p > 0 && p <= 1
}

func whole(name string, target *int, standard, low, high int, unit, doc string) entry {
	return entry{Key{Name: name, Kind: Whole, Default: standard, Min: float64(low), Max: float64(high), Unit: unit, Doc: doc}, target}
}

func number(name string, target *float64, standard, low, high float64, unit, doc string) entry {
	return entry{Key{Name: name, Kind: Number, Default: standard, Min: low, Max: high, Unit: unit, Doc: doc}, target}
}

func yesNo(name string, target *bool, standard bool, doc string) entry {
	return entry{Key{Name: name, Kind: YesNo, Default: standard, Doc: doc}, target}
}

func list(name string, target *[]string, doc string) entry {
	return entry{Key{Name: name, Kind: List, Default: []string(nil), Doc: doc}, target}
}

// set puts a value that Check has passed into its place.
func (e entry) set(v any) {
	if items, ok := v.([]string); ok {
		v = slices.Clone(items)
	}
	reflect.ValueOf(e.target).Elem().Set(reflect.ValueOf(v))
}

// get is the value in its place.
func (e entry) get() any { return reflect.ValueOf(e.target).Elem().Interface() }

// Format writes a value as TOML does.
func Format(v any) string {
	switch v := v.(type) {
	case string:
		return quote(v)
	case float64:
		return plain(v)
	case []string:
		return formatList(v)
	}
	return fmt.Sprint(v)
}

func formatList(items []string) string {
	quoted := make([]string, len(items))
	length := 0
	for i, item := range items {
		quoted[i] = quote(item)
		length += len(quoted[i])
	}
	if len(items) < 2 || length < 60 {
		return "[" + strings.Join(quoted, ", ") + "]"
	}
	return "[\n  " + strings.Join(quoted, ",\n  ") + ",\n]"
}

// quote writes a basic string of TOML, on one line.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteRune('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// plain writes a number without an exponent as long as anybody would.
func plain(f float64) string {
	if f == math.Trunc(f) && math.Abs(f) < 1e15 {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}
