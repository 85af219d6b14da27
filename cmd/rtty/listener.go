package main

import (
	"fmt"
	"io"
	"time"

	"rtty/modem"
	"rtty/printer"
)

// A listener is told what is heard in one input after the other.
type listener interface {
	Begin(file string, rate int, anchor time.Time)
	Signal(sample int64, s modem.Signal) error
	Update(modem.Update) error
	End(samples int64, failed error) error
}

// A counter is a listener that counts the characters that were read.
type counter struct {
	listener
	chars int
}

func (c *counter) Update(u modem.Update) error {
	c.chars += len(u.Final)
	return c.listener.Update(u)
}

// A reader is a listener that prints the text, and nothing but the text.
type reader struct {
	text io.Writer
	told io.Writer // hears of signals; nil for silence
	bell bool

	file  string
	rate  int
	paper *printer.Printer
}

func (r *reader) Begin(file string, rate int, _ time.Time) {
	r.file, r.rate = file, rate
	r.paper = printer.New(r.text, r.bell)
}

func (r *reader) Signal(sample int64, s modem.Signal) error {
	if r.told == nil {
		return nil
	}
	_, err := fmt.Fprintf(r.told, "rtty: %s: from %.1f s: %s\n", inputName(r.file), float64(sample)/float64(r.rate), describe(s))
	return err
}

func (r *reader) Update(u modem.Update) error {
	if len(u.Final) == 0 {
		return nil
	}
	for _, c := range u.Final {
		r.paper.Print(c.Rune)
	}
	return r.paper.Flush()
}

func (r *reader) End(int64, error) error { return r.paper.Finish() }

// atLineStart tells whether the text stands at the left edge.
func (r *reader) atLineStart() bool { return r.paper == nil || r.paper.Column() == 0 }

// describe is a signal in one line.
func describe(s modem.Signal) string {
	usos := ""
	if s.USOS {
		usos = ", unshift on space"
	}
	return fmt.Sprintf("mark %.1f Hz, space %.1f Hz (shift %.0f), %.2f Bd, %.4g stop bits, %s%s",
		s.Mark, s.Space, s.Shift(), s.Baud, s.StopBits, s.Code, usos)
}
