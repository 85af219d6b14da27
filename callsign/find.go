package callsign

import "strings"

// A Context tells why a word is taken for a call. A later one is surer.
type Context uint8

const (
	Plain    Context = iota // it only looks like one
	Repeated                // it stands in the text more than once
	Answered                // after TU, QSL or QRZ, or just before a report
	Calling                 // after CQ or TEST, or just before them
	AfterDE                 // after DE, "from": its sender
)

func (c Context) String() string {
	return [...]string{"plain", "repeated", "answered", "calling", "de"}[c]
}

// A Span is a call in a text.
type Span struct {
	Start, End int    // bytes of the text
	Call       string // in capitals
	Context    Context
}

// Find gives the calls in a text, in their order. Words may be in capitals or
// not, end in any punctuation, and be glued as operators and lost spaces glue
// them: DEW1AW, W1AWW1AW.
//
// Words that look like calls and most often are something else (locators,
// antennas, transceivers, calls of three characters) are taken only where the
// words around say so.
func Find(text string) []Span {
	var found []Span
	words := split(text)
	readContexts(words)
	seen := map[string]int{}
	for _, w := range words {
		for _, c := range w.calls {
			seen[c.Call]++
		}
	}
	for _, w := range words {
		for _, c := range w.calls {
			c.Context = w.context
			if c.Context == Plain && seen[c.Call] > 1 {
				c.Context = Repeated
			}
			if !w.named && c.Context >= needed(c.Call) {
				found = append(found, c)
			}
		}
	}
	return found
}

// A word is a run of letters, digits and strokes.
type word struct {
	start, end int
	text       string // in capitals
	calls      []Span // what calls it holds; several when glued
	lead       string // what is glued before them: DE, CQ …
	context    Context
	named      bool // the word before says that this is something else
}

func split(text string) []word {
	var words []word
	start := -1
	for i := 0; i <= len(text); i++ {
		if i < len(text) && isWordByte(text[i]) {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			words = append(words, newWord(text, start, i))
			start = -1
		}
	}
	return words
}

func newWord(text string, start, end int) word {
	for start < end && text[start] == '/' {
		start++
	}
	for end > start && text[end-1] == '/' {
		end--
	}
	w := word{start: start, end: end, text: strings.ToUpper(text[start:end])}
	w.lead, w.calls = callsIn(w.text)
	for i := range w.calls {
		w.calls[i].Start += start
		w.calls[i].End += start
	}
	return w
}

// callsIn takes a word apart into calls: itself, else the same call again and
// again, else a call after DE, CQ, TEST or TU, else calls parted by strokes.
func callsIn(s string) (lead string, calls []Span) {
	if len(s) < minLength || !strings.ContainsAny(s, figures) {
		return "", nil
	}
	if Valid(s) {
		return "", []Span{{End: len(s), Call: s}}
	}
	if calls := repeats(s); calls != nil {
		return "", calls
	}
	for _, lead := range []string{"DE", "CQ", "TEST", "TU"} {
		rest, ok := strings.CutPrefix(s, lead)
		if !ok {
			continue
		}
		if _, calls := callsIn(rest); calls != nil {
			return lead, shift(calls, len(lead))
		}
	}
	return "", stroked(s)
}

// repeats finds the same call two to four times without a space.
func repeats(s string) []Span {
	for times := 2; times <= 4; times++ {
		n := len(s) / times
		once := s[:n]
		if len(s)%times != 0 || strings.Repeat(once, times) != s || !Valid(once) {
			continue
		}
		var calls []Span
		for at := 0; at < len(s); at += n {
			calls = append(calls, Span{Start: at, End: at + n, Call: once})
		}
		return calls
	}
	return nil
}

// stroked finds calls among words with strokes between them, such as
// W1AW/599/001.
func stroked(s string) []Span {
	if !strings.Contains(s, "/") {
		return nil
	}
	var calls []Span
	at := 0
	for part := range strings.SplitSeq(s, "/") {
		if Valid(part) {
			calls = append(calls, Span{Start: at, End: at + len(part), Call: part})
		}
		at += len(part) + 1
	}
	return calls
}

func shift(calls []Span, by int) []Span {
	for i := range calls {
		calls[i].Start += by
		calls[i].End += by
	}
	return calls
}

// readContexts follows the words. What opens a context holds it open over the
// words that commonly stand between, for one call and its repetitions.
func readContexts(words []word) {
	context, of, before := Plain, "", ""
	for i := range words {
		w := &words[i]
		opened, ok := opens(w.text)
		if len(w.calls) > 0 {
			opened, ok = opens(w.lead)
		}
		switch {
		case ok:
			context, of = opened, ""
		case len(w.calls) == 0 && !filler(w.text):
			context = Plain
		}
		if len(w.calls) > 0 {
			if of != "" && of != w.calls[0].Call {
				context = Plain
			}
			of = w.calls[0].Call
			w.named = names(before)
			w.context = max(context, ahead(words, i))
		}
		if w.text != "IS" && w.text != "HR" {
			before = w.text
		}
	}
}

func opens(s string) (Context, bool) {
	switch s {
	case "DE":
		return AfterDE, true
	case "CQ", "TEST":
		return Calling, true
	case "TU", "QSL", "QRZ", "TNX", "TKS":
		return Answered, true
	}
	return Plain, false
}

// filler tells words that stand between CQ or DE and the call.
func filler(s string) bool {
	switch s {
	case "DX", "CONTEST", "RTTY", "WW", "WPX", "RU", "BARTG", "WAE", "SPRINT", "QRP", "PSE", "ALL", "EU", "NA", "AS", "OM", "DR", "OP", "73":
		return true
	}
	return false
}

// ahead is the context that follows the word: CQ or TEST, as in "TU W1AW CQ",
// or a report, as in "W1AW 599 001". The call may come again before it.
func ahead(words []word, i int) Context {
	for _, next := range words[i+1:] {
		switch {
		case next.text == words[i].text, next.text == "UR", next.text == "RST":
			continue
		case next.text == "CQ" || next.text == "TEST":
			return Calling
		case isReport(next.text):
			return Answered
		}
		break
	}
	return Plain
}

// isReport tells a report of readability, strength and tone.
func isReport(s string) bool {
	return s == "5NN" || s == "59" || len(s) == 3 && s[0] == '5' && isFigure(s[1]) && s[2] == '9'
}

// names tells words after which a thing is named that may look like a call.
func names(s string) bool {
	switch s {
	case "RIG", "RADIO", "TRX", "XCVR", "TCVR", "RX", "TX", "ANT", "ANTENNA", "LOC", "LOCATOR", "GRID", "SQUARE",
		"ICOM", "YAESU", "KENWOOD", "ELECRAFT", "TENTEC", "IARU", "WMO":
		return true
	}
	return false
}

// needed is the least context in which a word is taken for a call.
func needed(s string) Context {
	c, _ := parse(s)
	f := c.form
	switch {
	case isLocator(c.home), isModel(c.home, f), isAntenna(c.home):
		return Calling
	case len(c.home) < 4, len(f.suffix) > 4, len(f.digits) > 1 && len(f.suffix) > 3:
		return Repeated
	}
	return Plain
}

// isLocator tells a Maidenhead locator of six characters.
func isLocator(s string) bool {
	return len(s) == 6 &&
		within(s[0], 'A', 'R') && within(s[1], 'A', 'R') &&
		isFigure(s[2]) && isFigure(s[3]) &&
		within(s[4], 'A', 'X') && within(s[5], 'A', 'X')
}

// isModel tells the common names of transceivers: FT1000MP, TS590SG, IC706MK.
func isModel(s string, f form) bool {
	switch f.prefix {
	case "FT", "TS", "IC":
		return len(f.digits) >= 3
	}
	return s == "K3S"
}

// isAntenna tells antennas that bear the call of who described them.
func isAntenna(s string) bool {
	switch s {
	case "G5RV", "W3DZZ", "HB9CV", "W8JK", "ZS6BKW", "G7FEK", "W3EDP", "T2FD", "G0FAH":
		return true
	}
	return false
}

func within(c, low, high byte) bool { return low <= c && c <= high }

func isWordByte(c byte) bool {
	return isFigure(c) || c == '/' || isLetter(c&^0x20)
}
