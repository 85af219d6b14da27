package macro_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"rtty/macro"
)

var contact = macro.Context{
	MyCall: "W1AW", MyName: "Hiram", MyLocator: "FN31",
	Call: "DL1ABC", Name: "Otto", RST: "579", Exchange: "#", Serial: 7,
	Now: time.Date(2025, 2, 8, 16, 4, 0, 0, time.FixedZone("CET", 3600)),
}

func TestExpand(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"CQ CQ DE {MYCALL} * {mycall}", "CQ CQ DE W1AW W1AW W1AW"},
		{"! {CALL} { Call }", "DL1ABC DL1ABC DL1ABC"},
		{"HI {NAME}, {MYNAME} IN {LOC} {MYGRID}", "HI Otto, Hiram IN FN31 FN31"},
		{"{RST} {SENTRST} {EXCH} #", "579 579 007 007"},
		{"{DATE} {TIME}", "2025-02-08 1504Z"},
		{"A{ENTER}B\nC", "A\nB\nC"},
		{"{TX}A {RX}", "A "},
		{"UR 5NN", "UR 5NN"},
		{"  SPACES STAY  ", "  SPACES STAY  "},
		{"GRÜSSE", "GRÜSSE"},
		{"", ""},
	} {
		got, err := macro.Expand(macro.Macro{Text: test.text}, contact)
		if err != nil || got.Text != test.want {
			t.Errorf("%q becomes %q, %v; want %q", test.text, got.Text, err, test.want)
		}
	}
}

func TestContestForm(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"CQ TEST * * CQ", "\nCQ TEST W1AW W1AW CQ "},
		{"{TX}{ENTER} ! {SENTRST} {EXCH} {EXCH} ! {RX}", "\nDL1ABC 579 007 007 DL1ABC "},
		{"{ENTER}{ENTER}A{ENTER}B   {ENTER}", "\nA\nB "},
		{"5NN 5nn-5NN UR5NN W5NN/P 5NN", "\n599 599-599 UR5NN W5NN/P 599 "},
		{"5N", "\n5N "},
		{"Ü5NN 5NNÜ (5NN)", "\nÜ5NN 5NNÜ (599) "},
		{"{WIPE}", ""},
		{"{TX}{ENTER}{RX}", ""},
	} {
		got, err := macro.Expand(macro.Macro{Text: test.text, Contest: true}, contact)
		if err != nil || got.Text != test.want {
			t.Errorf("%q becomes %q, %v; want %q", test.text, got.Text, err, test.want)
		}
	}
}

func TestDefaultsOfAContact(t *testing.T) {
	c := contact
	c.Name, c.RST, c.Exchange = "", "", "05 MA"
	got, err := macro.Expand(macro.Macro{Text: "HI {NAME} {RST} {EXCH}"}, c)
	if want := "HI OM 599 05 MA"; err != nil || got.Text != want {
		t.Errorf("got %q, %v; want %q", got.Text, err, want)
	}
	if got.Serial != 0 {
		t.Errorf("serial number %d in a message that has none", got.Serial)
	}
}

func TestWhatFollowsAMessage(t *testing.T) {
	for text, want := range map[string]struct{ hold, end bool }{
		"A":           {},
		"A {TX}":      {hold: true},
		"{TX}A":       {hold: true},
		"{TX}A{RX}":   {end: true},
		"{TX}A{RX} ":  {end: true},
		"A{RX}{WIPE}": {end: true},
		"{RX}":        {end: true},
	} {
		got, err := macro.Expand(macro.Macro{Text: text}, contact)
		if err != nil || got.HoldTX != want.hold || got.EndTX != want.end {
			t.Errorf("%q stays on the air: %v, ends an over: %v, %v; want %v", text, got.HoldTX, got.EndTX, err, want)
		}
	}
}

func TestActionsAndSerialAreReported(t *testing.T) {
	got, err := macro.Expand(macro.Macro{Text: "{TX}{EXCH}{RX}{CLEARRIT}{logthenpop}"}, contact)
	if err != nil {
		t.Fatal(err)
	}
	if want := []macro.Action{macro.ClearRIT, macro.LogThenPop}; !slices.Equal(got.Actions, want) {
		t.Errorf("actions %v, want %v", got.Actions, want)
	}
	if got.Serial != 7 {
		t.Errorf("serial number %d, want 7", got.Serial)
	}
}

func TestWhatIsMissingIsNamed(t *testing.T) {
	for text, want := range map[string]string{
		"{CALL} K":      "{CALL} needs a call to be taken first",
		"! 599":         "! needs a call to be taken first",
		"{EXCH}":        "{EXCH} needs an exchange to be set",
		"#":             "# needs a serial number",
		"DE *":          "* needs a callsign in the configuration",
		"{MYNAME}{LOC}": "{MYNAME} needs a name in the configuration, {LOC} needs a locator in the configuration",
	} {
		got, err := macro.Expand(macro.Macro{Label: "Test", Text: text}, macro.Context{})
		var missing *macro.MissingError
		if !errors.As(err, &missing) || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), `"Test"`) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
		if got.Text != "" {
			t.Errorf("%q would send %q", text, got.Text)
		}
	}
}

func TestSyntaxErrors(t *testing.T) {
	for text, want := range map[string]string{
		"Ü{FOO} A":           "character 2 of the macro: {FOO} is no token that is known here",
		"A {CALL":            "character 3 of the macro: { opens a token that is not closed",
		"{MY{CALL}":          "character 1 of the macro: { opens a token that is not closed",
		"A }":                "character 3 of the macro: } closes a token that was not opened",
		"{}":                 "character 1 of the macro: {} is no token that is known here",
		"{TX}A{RX} B":        "character 10 of the macro:  B stands after {RX}, which ends the over",
		"{RX}{TX}":           "character 5 of the macro: {TX} stands after {RX}, which ends the over",
		"NOW {F5}{F2}":       "character 5 of the macro: {F5} inserts the message of another key: write that message out",
		"!{LOGTHENPOP}NOW !": "character 18 of the macro: ! stands after {LOGTHENPOP}, which changes the contact",
	} {
		m := macro.Macro{Text: text}
		err := m.Check()
		var syntax *macro.SyntaxError
		if !errors.As(err, &syntax) || err.Error() != want {
			t.Errorf("%q: %v\nwant %s", text, err, want)
		}
		if got, err := macro.Expand(m, contact); err == nil || got.Text != "" {
			t.Errorf("%q would send %q", text, got.Text)
		}
	}
}

func TestCheckNamesTheKey(t *testing.T) {
	s := macro.Contest()
	s.Run[1].Text = "{FOO}"
	s.Pounce[11].Text = "{"
	err := s.Check()
	for _, want := range []string{"run F2: ", "search and pounce F12: "} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not name %s", err, want)
		}
	}
}

// Everything that comes with the program can be sent in a contact, and says who
// sends where it hands over.
func TestDefaults(t *testing.T) {
	for name, s := range map[string]macro.Set{"ragchew": macro.Ragchew(), "contest": macro.Contest()} {
		for bank, macros := range map[string]macro.Bank{"run": s.Run, "pounce": s.Pounce} {
			for i, m := range macros {
				got, err := macro.Expand(m, contact)
				if err != nil {
					t.Errorf("%s %s F%d: %v", name, bank, i+1, err)
				}
				if (m.Label == "") != (m.Text == "") || len(m.Label) > 10 {
					t.Errorf("%s %s F%d: label %q for %q", name, bank, i+1, m.Label, m.Text)
				}
				ends := strings.Contains(got.Text, "SK") || strings.HasSuffix(strings.TrimSpace(got.Text), "K")
				if ends && !strings.Contains(got.Text, "W1AW") {
					t.Errorf("%s %s F%d hands over without the own call: %q", name, bank, i+1, got.Text)
				}
				if m.Contest != (name == "contest" && m.Text != "") {
					t.Errorf("%s %s F%d: contest is %v", name, bank, i+1, m.Contest)
				}
			}
		}
	}
}

func ExampleExpand() {
	exchange := macro.Macro{Label: "Exchange", Text: "! 5NN {EXCH} {EXCH} !", Contest: true}
	r, err := macro.Expand(exchange, macro.Context{MyCall: "W1AW", Call: "DL1ABC", Exchange: "#", Serial: 12})
	fmt.Printf("%q %d %v\n", r.Text, r.Serial, err)

	_, err = macro.Expand(exchange, macro.Context{MyCall: "W1AW", Exchange: "05"})
	fmt.Println(err)
	// Output:
	// "\nDL1ABC 599 012 012 DL1ABC " 12 <nil>
	// the macro "Exchange" is not sent: ! needs a call to be taken first
}
