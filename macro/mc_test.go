package macro_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rtty/macro"
)

const file = "\ufeff# Messages for a contest\r\n" +
	"#   RUN Messages\r\n" +
	"F1 Run CQ,{TX}{ENTER} CQ {MYCALL} {MYCALL} CQ {RX}{CLEARRIT}\r\n" +
	"F2 Run Exch,{TX}{ENTER} {SENTRST} {EXCH}, {EXCH} ! {RX}\r\n" +
	"F3 -, -\r\n" +
	"\r\n" +
	"Free text,A\r\n" +
	"5,\r\n6\r\n7,\r\n8,\r\n9,\r\n10,\r\n11,\r\n" +
	"F12 Wipe,{WIPE}\r\n" +
	"#   S&P Messages\r\n" +
	"F1 S&&P Caf\xe9,{TX} {mycall} {RX}\r\n"

func TestRead(t *testing.T) {
	s, err := macro.Read(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	want := macro.Bank{
		{Label: "Run CQ", Text: "{TX}{ENTER} CQ {MYCALL} {MYCALL} CQ {RX}{CLEARRIT}", Contest: true},
		{Label: "Run Exch", Text: "{TX}{ENTER} {SENTRST} {EXCH}, {EXCH} ! {RX}", Contest: true},
		{Label: "-"},
		{Label: "Free text", Text: "A", Contest: true},
		{Label: "5"}, {Label: "6"}, {Label: "7"}, {Label: "8"}, {Label: "9"}, {Label: "10"}, {Label: "11"},
		{Label: "Wipe", Text: "{WIPE}", Contest: true},
	}
	if diff := cmp.Diff(want, s.Run); diff != "" {
		t.Errorf("run (-want +got):\n%s", diff)
	}
	if got, want := s.Pounce[0], (macro.Macro{Label: "S&P Café", Text: "{TX} {mycall} {RX}", Contest: true}); got != want {
		t.Errorf("search and pounce F1 is %+v, want %+v", got, want)
	}
}

func TestReadKeepsWhatIsGood(t *testing.T) {
	s, err := macro.Read(strings.NewReader("F1 Bad,{TX}{FOO}{RX}\nF2 Good,{TX}A{RX}\n" + strings.Repeat("x,\n", 30)))
	for _, want := range []string{"run F1: character 5", "20 messages for 12 keys"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not tell %q", err, want)
		}
	}
	if s.Run[1].Label != "Good" {
		t.Errorf("the good message is lost: %+v", s.Run)
	}
}

func TestLinesOfAConfiguration(t *testing.T) {
	s, err := macro.Lines([]string{"CQ,CQ DE * K\n"}, nil, false)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := s.Run[0], (macro.Macro{Label: "CQ", Text: "CQ DE * K\n"}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestDefaultsCanBeWritten(t *testing.T) {
	want := macro.Contest()
	var b bytes.Buffer
	if err := want.Write(&b); err != nil {
		t.Fatal(err)
	}
	got, err := macro.Read(&b)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-written +read):\n%s", diff)
	}
}

// Whatever is read, once written is read the same.
func FuzzRead(f *testing.F) {
	f.Add([]byte(file))
	f.Add([]byte("F1,{TX}\n,\n,,\nF2 F2 F2,-\n&&&,#"))
	f.Add([]byte("a\rb,c\rd\nx,{F1}\n {,}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, _ := macro.Read(bytes.NewReader(data))
		var b bytes.Buffer
		if err := s.Write(&b); err != nil {
			t.Fatal(err)
		}
		again, _ := macro.Read(&b)
		if diff := cmp.Diff(s, again); diff != "" {
			t.Fatal(diff)
		}
		for _, m := range s.Run {
			r, err := macro.Expand(m, contact)
			if err != nil && r.Text != "" {
				t.Fatalf("%q is sent in spite of %v", r.Text, err)
			}
			if err == nil && m.Contest && r.Text != "" && (r.Text[0] != '\n' || !strings.HasSuffix(r.Text, " ") || strings.HasSuffix(r.Text, "  ")) {
				t.Fatalf("%q has not the form of contest messages", r.Text)
			}
		}
	})
}
