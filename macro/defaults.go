package macro

// Ragchew is messages for contacts at leisure.
func Ragchew() Set {
	const answer = "UR RST {RST} {RST}{ENTER}NAME {MYNAME} {MYNAME}, LOC {MYGRID} {MYGRID}{ENTER}HW? {CALL} DE {MYCALL} KN{ENTER}{RX}"
	run := Bank{
		{Label: "CQ", Text: "{ENTER}CQ CQ CQ DE {MYCALL} {MYCALL} {MYCALL}{ENTER}CQ CQ CQ DE {MYCALL} {MYCALL} {MYCALL} PSE K{ENTER}{RX}"},
		{Label: "Answer", Text: "{ENTER}{CALL} {CALL} DE {MYCALL}{ENTER}TNX FER CALL. " + answer},
		{Label: "Over", Text: "{ENTER}{CALL} DE {MYCALL} {TX}"},
		{Label: "Back", Text: "{ENTER}BTU {NAME}. {CALL} DE {MYCALL} KN{ENTER}{RX}"},
		{Label: "Report", Text: " UR RST {RST} {RST} "},
		{Label: "Name", Text: " NAME {MYNAME} {MYNAME} "},
		{Label: "Locator", Text: " LOC {MYGRID} {MYGRID} "},
		{Label: "Again?", Text: "{ENTER}{CALL} SRI, PSE AGN AGN. DE {MYCALL} KN{ENTER}{RX}"},
		{Label: "QRZ?", Text: "{ENTER}QRZ? QRZ? DE {MYCALL} {MYCALL} K{ENTER}{RX}"},
		{Label: "Time", Text: " THE TIME HR IS {TIME} "},
		{Label: "73", Text: "{ENTER}TNX FER QSO {NAME}, 73 ES GL. {CALL} DE {MYCALL} SK{ENTER}{RX}"},
		{Label: "My call", Text: "{ENTER}DE {MYCALL} {MYCALL} K{ENTER}{RX}"},
	}
	pounce := run
	pounce[0] = Macro{Label: "Call", Text: "{ENTER}{CALL} {CALL} DE {MYCALL} {MYCALL} {MYCALL} PSE K{ENTER}{RX}"}
	pounce[1] = Macro{Label: "Answer", Text: "{ENTER}{CALL} DE {MYCALL}{ENTER}TNX FER RPRT {NAME}. " + answer}
	pounce[8] = Macro{Label: "QRL?", Text: "{ENTER}QRL? DE {MYCALL}{ENTER}{RX}"}
	return Set{Run: run, Pounce: pounce}
}

// Contest is messages for contests in which a report and {EXCH} are exchanged.
func Contest() Set {
	s := Set{
		Run: Bank{
			{Label: "CQ", Text: "CQ TEST {MYCALL} {MYCALL} CQ"},
			{Label: "Exchange", Text: "{CALL} {SENTRST} {EXCH} {EXCH} {CALL}"},
			{Label: "TU", Text: "{CALL} TU {MYCALL} CQ"},
			{Label: "My call", Text: "{MYCALL}"},
			{Label: "His call", Text: "{CALL}"},
			{Label: "Nr?", Text: "NR? NR?"},
			{Label: "My exch", Text: "{EXCH} {EXCH}"},
			{Label: "Again?", Text: "AGN? AGN?"},
			{Label: "QRZ?", Text: "QRZ? {MYCALL} CQ"},
			{Label: "Before", Text: "{CALL} QSO B4 TU {MYCALL} CQ"},
			{Label: "QRL?", Text: "QRL? {MYCALL}"},
		},
		Pounce: Bank{
			{Label: "My call", Text: "{MYCALL} {MYCALL}"},
			{Label: "Exchange", Text: "TU {SENTRST} {EXCH} {EXCH} {MYCALL}"},
			{Label: "TU", Text: "TU {MYCALL}"},
			{Label: "Both calls", Text: "{CALL} DE {MYCALL} {MYCALL}"},
			{Label: "His call", Text: "{CALL}"},
			{Label: "Nr?", Text: "NR? NR?"},
			{Label: "My exch", Text: "{EXCH} {EXCH}"},
			{Label: "Again?", Text: "AGN? AGN?"},
			{Label: "Call?", Text: "UR CALL?"},
		},
	}
	for i := range Keys {
		s.Run[i], s.Pounce[i] = whole(s.Run[i]), whole(s.Pounce[i])
	}
	return s
}

// whole is a contest message that is all there is to say.
func whole(m Macro) Macro {
	if m.Text != "" {
		m.Text, m.Contest = m.Text+" {RX}", true
	}
	return m
}
