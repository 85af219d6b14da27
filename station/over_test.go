package station

import (
	"strings"
	"testing"
	"time"
	"unicode"

	"rtty/baudot"
	"rtty/modem"
)

// onPaper is what an over makes of a text that is all typed: the echo, and what
// a receiver prints.
func onPaper(sig modem.Signal, typed string) (echo, printed string) {
	q := new(queue)
	q.Put(typed)
	o := newOver(q, sig, false)
	d := baudot.Decoder{Table: sig.Code, USOS: sig.USOS}
	var lines baudot.Newlines
	var b strings.Builder
	for {
		c, state := o.NextCode()
		if state != modem.FeedChar {
			return string(o.Aired(o.handed)), b.String()
		}
		if r := lines.Next(d.Decode(c)); r != 0 {
			b.WriteRune(r)
		}
	}
}

func TestTheEchoIsWhatGoesOnTheAir(t *testing.T) {
	ita2 := ham
	ita2.Code = baudot.ITA2
	for _, c := range []struct {
		signal      modem.Signal
		typed, want string
	}{
		{ham, "", ""},
		{ham, "cq de w1aw", "CQ DE W1AW"},
		{ham, "Grüße, ÄÖÜ", "GRUESSE, AEOEUE"},
		{ham, "Žluťoučký кот", "ZLUTOUCKY KOT"},
		{ham, "a+b=c @ 5%", "APLUSB--C (AT) 5PCT"},
		{ita2, "a+b & #3", "A+B + NR3"},
		{ham, "日本 \U0001f4fb", "?? ?"},
		{ham, "zero\u200bwidth e\u0301", "ZEROWIDTH E"},
		{ham, "one\r\ntwo\nthree", "ONE\nTWO\nTHREE"},
		{ham, "tab\there", "TAB HERE"},
		{ham, "over^rnever", "OVER"},
		{ham, "x^2", "X(CARET)2"},
	} {
		echo, printed := onPaper(c.signal, c.typed)
		if echo != printed || echo != c.want {
			t.Errorf("%q: echoed %q, printed %q, want %q", c.typed, echo, printed, c.want)
		}
	}
}

func TestWhatWaitsIsShownAsItWasTyped(t *testing.T) {
	onAir(t, nil, func(t *testing.T, p *position) {
		p.Type("Grüße")
		if got := string(p.Snapshot().Transmit.Queue); got != "Grüße" {
			t.Errorf("waiting: %q", got)
		}
		p.Transmit(Keyboard)
		p.ReceiveWhenSent()
		until(t, 10*time.Second, "let go", func() bool { return len(p.key.calls()) == 2 && p.phase(Receiving)() })
		if got := text(p.Events(0), Sent); got != "GRUESSE" {
			t.Errorf("echoed %q", got)
		}
		if got := p.Snapshot().Transmit.Over; got != "GRUESSE" {
			t.Errorf("the over is shown as %q", got)
		}
	})
}

func TestLinesAreAsLongOnPaperAsThePaperIs(t *testing.T) {
	long := strings.Repeat("X", 100)
	for _, typed := range []string{
		strings.Repeat("große Übung für alle ", 20),
		"before " + long + " behind it " + strings.Repeat("and on ", 20),
		long,
		long + " " + long,
	} {
		echo, _ := onPaper(ham, typed)
		for _, line := range strings.Split(echo, "\n") {
			if len(line) > lineLength && strings.Trim(line, "X") != "" {
				t.Errorf("%.20q: a line of %d: %q", typed, len(line), line)
			}
		}
		want := strings.FieldsFunc(baudot.USTTY.Fold(typed), unicode.IsSpace)
		if got := strings.Fields(echo); strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%.20q: words are split or lost: %q", typed, echo)
		}
	}
}

func TestTheQueueHasAnEnd(t *testing.T) {
	onAir(t, nil, func(t *testing.T, p *position) {
		if err := p.Type(strings.Repeat("x", queueMost)); err != nil {
			t.Fatal(err)
		}
		if err := p.Type("y"); err == nil {
			t.Error("one more is taken")
		}
		if err := p.Send(Network, "y"); err == nil || len(p.key.calls()) > 0 {
			t.Errorf("what does not fit is sent: %v", err)
		}
		if n := len(p.Snapshot().Transmit.Queue); n != queueMost {
			t.Errorf("%d wait", n)
		}
		p.Erase()
		if err := p.Type("y"); err != nil {
			t.Errorf("there is room again: %v", err)
		}
	})
}
