package corpus

// common is what both splits may know: the customs of the air, and the little
// words of the language.
var common = grammar{
	"opening": {
		"{Hiscall} DE {Mycall}",
		"{Hiscall} {Hiscall} DE {Mycall} {Mycall}",
		"R R {Hiscall} DE {Mycall} {greeting} {Hisname}",
		"QSL {Hisname} {Hiscall} DE {Mycall}",
		"{Hiscall} DE {Mycall} {greeting} DR OM ES TNX FER CALL",
		"CQ CQ CQ DE {Mycall} {Mycall} {Mycall} PSE K. {Hiscall} {Hiscall} DE {Mycall} TNX FER CALL",
	},
	"greeting": {"GM", "GA", "GE", "HELLO", "GOOD MORNING", "GOOD AFTERNOON", "GOOD EVENING", "HI"},
	"report": {
		"UR RST {rst} {rst}.",
		"YOUR REPORT IS {rst} {rst} {rst}.",
		"UR {rst} IN {Myplace}.",
		"RST RST {rst} {rst} HR.",
		"RSQ {rst} WITH QSB.",
	},
	"rst": {"599", "599", "599", "589", "579", "569", "559", "449", "339"},
	"whoami": {
		"NAME IS {Myname} {Myname} QTH {Myplace} {Myplace}.",
		"OP {Myname} {Myname} ES QTH IS NEAR {Myplace}.",
		"MY NAME IS {Myname}, {Myname} AND I LIVE IN {Myplace}.",
		"NAME HR {Myname} {Myname} QTH {Myplace}, LOC {locator}.",
		"HERE IS {Myname} IN {Myplace}.",
	},
	"locator": {"JO{##}", "JN{##}", "IO{##}", "EM{##}", "FN{##}", "KP{##}", "CM{##}", "QF{##}"},
	"station": {
		"RIG IS {rig} ES {watts} W INTO {antenna}.",
		"RIG {rig} PWR {watts} WATTS ANT {antenna}.",
		"THE RIG HR RUNS {watts} WATTS TO {antenna}, THE RADIO IS {rig}.",
		"MY ANTENNA IS {antenna} UP {##} METERS. RADIO {rig}.",
		"USING {rig} WITH {watts} W.",
	},
	"watts": {"5", "10", "25", "30", "50", "75", "80", "100", "100", "150", "200", "400", "500"},
	"sky": {
		"WX IS {weather}, TEMP {degrees} C.",
		"WX HR {weather} AND {degrees} DEGREES.",
		"THE WEATHER IS {weather} TODAY.",
		"WX {weather} {degrees} C.",
	},
	"degrees": {"-12", "-7", "-3", "0", "2", "5", "8", "11", "14", "16", "18", "19", "21", "23", "26", "28", "31", "34"},
	"closing": {
		"BTU {Hisname} {Hiscall} DE {Mycall} KN",
		"HW CPY? BTU {Hiscall} DE {Mycall} K",
		"SO BACK TO YOU {Hisname}. {Hiscall} DE {Mycall} PSE KN",
		"TNX FER QSO {Hisname} 73 ES CUL {Hiscall} DE {Mycall} SK",
		"BEST 73 {Hisname} AND GOOD DX. {Hiscall} DE {Mycall} SK",
		"HW? {Hiscall} DE {Mycall} KN",
	},
	"cqtest": {
		"CQ TEST {Mycall} {Mycall} CQ",
		"CQ CQ TEST DE {Mycall} {Mycall} TEST",
		"CQ TEST CQ TEST DE {Mycall} {Mycall} {Mycall} K",
		"QRZ? DE {Mycall} {Mycall} TEST",
	},
	"answer": {
		"{Hiscall} 599 {Exchange} {Exchange} {Hiscall}",
		"{Hiscall} UR 599 {Exchange} {Exchange} DE {Mycall}",
		"{Hiscall} {Hiscall} 599-{Exchange}-{Exchange} {Hiscall}",
		"{Hiscall} 599 {Exchange} {Exchange} {Exchange} BK",
	},
	"thanks": {
		"{Hiscall} TU {Mycall} CQ",
		"TU {Hiscall} DE {Mycall} QRZ",
		"QSL TU {Mycall} TEST",
		"R TU 73 DE {Mycall} QRZ?",
		"{Hiscall} QSL 73 {Mycall} CQ",
		"{Hiscall} AGN AGN? DE {Mycall} {Hiscall} QSL TU {Mycall} QRZ",
	},

	"number":  {"TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "TEN", "TWELVE", "TWENTY", "{##}", "{###}"},
	"year":    {"19{##}", "20{##}", "18{##}"},
	"month":   {"JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER"},
	"weekday": {"MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"},
	"clock":   {"AT 7:30", "AT 9:15", "AT NOON", "AT MIDNIGHT", "BEFORE 6:00", "AFTER 10:45", "AROUND 8:20", "AT HALF PAST FOUR"},
	"where":   {"IN", "NEAR", "BEHIND", "BESIDE", "UNDER", "ABOVE", "OPPOSITE", "OUTSIDE", "BEYOND"},
	"band":    {"80", "40", "30", "20", "17", "15", "10"},
	"thing":   {"THE {noun}", "THE {adjective} {noun}", "A {noun}", "A {adjective} {noun}", "EVERY {noun}", "THIS {noun}", "THAT {adjective} {noun}"},

	"dir":   {"NORTH", "NORTHEAST", "EAST", "SOUTHEAST", "SOUTH", "SOUTHWEST", "WEST", "NORTHWEST"},
	"force": {"2 TO 3", "3 TO 4", "4", "4 TO 5", "5", "5 TO 6", "6", "6 TO 7", "7", "7 TO 8", "8", "9"},
	"wind":  {"{dir} {force}", "{dir} {force}, {later} {dir} {force}", "{dir} TO {dir} {force}", "{dir} {force} {later}"},
}

var grammars = map[Split]grammar{Train: train, Test: heldOut}
