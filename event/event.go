// Package event tells what is heard as a stream of JSON objects, one a line,
// for programs to read. The objects and their fields are documented in
// docs/json.md; that document is a contract, and Version counts its breaks.
package event

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"rtty/modem"
	"rtty/printer"
)

// Version is the value of the field "v" of every object.
const Version = 1

// A Writer writes the events of one input after another.
type Writer struct {
	out         *json.Encoder
	provisional bool

	file   string
	rate   int
	anchor time.Time

	line      bytes.Buffer
	paper     *printer.Printer // prints on line
	lineStart int64            // source sample at which the present line begins
	finalEnd  int64            // end of the last final character

	tail []modem.Char // what was last told to be provisional
}

// NewWriter is a Writer on w. With provisional it also tells the present guess
// at what is not final yet.
func NewWriter(w io.Writer, provisional bool) *Writer {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	return &Writer{out: out, provisional: provisional}
}

// head is what every event has. Offset is in seconds from the start of the
// input; Time is UTC, and left out when nothing tells when the input began.
type head struct {
	Version int     `json:"v"`
	Type    string  `json:"type"`
	File    string  `json:"file"`
	Time    string  `json:"time,omitempty"`
	Offset  float64 `json:"offset"`
}

func (w *Writer) head(kind string, sample int64) head {
	h := head{Version: Version, Type: kind, File: w.file, Offset: w.seconds(sample)}
	if !w.anchor.IsZero() {
		at := w.anchor.Add(time.Duration(float64(sample) / float64(w.rate) * float64(time.Second)))
		h.Time = at.UTC().Format("2006-01-02T15:04:05.000Z")
	}
	return h
}

// seconds is the time of a sample, to the microsecond.
func (w *Writer) seconds(sample int64) float64 {
	return round(float64(sample)/float64(w.rate), 1e6)
}

// Begin says that what follows is heard in file, which has rate samples per
// second and began at anchor (zero when not known).
func (w *Writer) Begin(file string, rate int, anchor time.Time) {
	w.file, w.rate, w.anchor = file, rate, anchor
	w.paper = printer.New(&w.line, false)
	w.line.Reset()
	w.finalEnd, w.tail = 0, nil
}

// Signal tells the signal that is received from sample on.
func (w *Writer) Signal(sample int64, s modem.Signal) error {
	return w.out.Encode(struct {
		head
		Signal signal `json:"signal"`
	}{w.head("signal", sample), describe(s)})
}

// Found tells a signal that was identified.
func (w *Writer) Found(f modem.Found) error {
	return w.out.Encode(struct {
		head
		End    float64 `json:"end"`
		Signal signal  `json:"signal"`
		SNR    float64 `json:"snr"`
		Score  float64 `json:"score"`
	}{w.head("found", f.Start), w.seconds(f.End), describe(f.Signal), round(f.SNR, 10), round(f.Score, 1000)})
}

// Update tells received characters, and each line of text when it is complete.
func (w *Writer) Update(u modem.Update) error {
	for _, c := range u.Final {
		if err := w.char(c); err != nil {
			return err
		}
	}
	if !w.provisional {
		return nil
	}
	return w.tailChanged(u.Tail)
}

// End tells the end of the input after so many samples; failed is why it ended
// before its time, or nil.
func (w *Writer) End(samples int64, failed error) error {
	if err := w.paper.Finish(); err != nil {
		return err
	}
	if err := w.lines(modem.Char{Start: samples, End: samples}); err != nil {
		return err
	}
	e := struct {
		head
		Error string `json:"error,omitempty"`
	}{head: w.head("end", samples)}
	if failed != nil {
		e.Error = failed.Error()
	}
	return w.out.Encode(e)
}

// char is one received code as an event shows it.
type char struct {
	Char      string  `json:"char,omitempty"`
	Code      uint8   `json:"code"`
	P         float64 `json:"p"`
	End       float64 `json:"end"`
	FromPrior bool    `json:"from_prior,omitempty"`
}

func (w *Writer) describeChar(c modem.Char) char {
	d := char{Code: uint8(c.Code), P: round(c.P, 1e4), End: w.seconds(c.End), FromPrior: c.FromPrior}
	if c.Rune != 0 {
		d.Char = string(c.Rune)
	}
	return d
}

func (w *Writer) char(c modem.Char) error {
	e := struct {
		head
		char
	}{w.head("char", c.Start), w.describeChar(c)}
	if err := w.out.Encode(e); err != nil {
		return err
	}
	if w.line.Len() == 0 {
		w.lineStart = c.Start
	}
	w.paper.Print(c.Rune)
	if err := w.paper.Flush(); err != nil {
		return err
	}
	return w.lines(c)
}

// lines tells the lines that c, the last character, has completed. What is
// left begins with c.
func (w *Writer) lines(c modem.Char) error {
	for {
		end := bytes.IndexByte(w.line.Bytes(), '\n')
		if end < 0 {
			w.finalEnd = c.End
			return nil
		}
		text := strings.TrimSuffix(string(w.line.Next(end+1)), "\n")
		e := struct {
			head
			End  float64 `json:"end"`
			Text string  `json:"text"`
		}{w.head("text", w.lineStart), w.seconds(w.finalEnd), text}
		w.lineStart = c.Start
		if text == "" {
			continue
		}
		if err := w.out.Encode(e); err != nil {
			return err
		}
	}
}

// tailChanged tells the provisional characters when they are others than the
// last time.
func (w *Writer) tailChanged(tail []modem.Char) error {
	if slices.Equal(tail, w.tail) {
		return nil
	}
	w.tail = append(w.tail[:0], tail...)
	type provisional struct {
		Offset float64 `json:"offset"`
		char
	}
	e := struct {
		head
		Chars []provisional `json:"chars"`
	}{w.head("tail", w.finalEnd), make([]provisional, len(tail))}
	for i, c := range tail {
		e.Chars[i] = provisional{w.seconds(c.Start), w.describeChar(c)}
	}
	if len(tail) > 0 {
		e.head = w.head("tail", tail[0].Start)
	}
	return w.out.Encode(e)
}

// signal is a modem.Signal as an event shows it.
type signal struct {
	Mark     float64 `json:"mark"`
	Space    float64 `json:"space"`
	Shift    float64 `json:"shift"`
	Baud     float64 `json:"baud"`
	StopBits float64 `json:"stop_bits"`
	Code     string  `json:"code"`
	USOS     bool    `json:"usos"`
}

func describe(s modem.Signal) signal {
	return signal{
		Mark: round(s.Mark, 10), Space: round(s.Space, 10), Shift: round(s.Shift(), 10),
		Baud: round(s.Baud, 100), StopBits: round(s.StopBits, 100),
		Code: s.Code.String(), USOS: s.USOS,
	}
}

// round rounds v to that many parts of one.
func round(v, parts float64) float64 { return math.Round(v*parts) / parts }
