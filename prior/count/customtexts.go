package main

// pieces are the things told in a contact, each in many forms.
var pieces = [][]string{
	{
		"UR RST {report} {report}", "RST: {report} {report}", "YOUR RST IS {report} {report}", "UR SIGS {report} {report} HR",
		"RST RST {report} {report} {report}", "UR RPRT {report} {report} {report}", "YOU ARE {report} {report} IN {here}", "UR {report} {report} WID QSB",
		"THE REPORT IS {report} {report}", "SIGNAL REPORT {report} {report}",
	},
	{
		"NAME {me} {me}", "NAME: {me} {me}", "MY NAME IS {me} {me}", "OP {me} {me}", "OP: {me} {me}", "OP IS {me} {me} {me}", "HR OP {me} {me}",
		"NAME HR IS {me} {me}", "THE NAME HERE IS {me} {me}", "NAME ... {me} {me} {me}",
	},
	{
		"QTH {here} {here}", "QTH: {here} {here}", "MY QTH IS {here} {here}", "QTH IS {here} {here} LOC {locator}", "QTH NR {here}", "LOC {locator} {locator}",
		"QTH ... {here}", "I AM LOCATED IN {here}, {##} KM {side} OF {place}", "QTH {here}, {state}", "GRID {locator}", "LOCATOR: {locator}",
	},
	{
		"RIG {rig} PWR {power} WATTS ANT {aerial}", "RIG: {rig} ANT: {aerial} PWR: {power}W", "TRX {rig} {power} W ANT {aerial}", "RIG HR IS {rig} ES ANT IS {aerial}",
		"I AM RUNNING {power} WATTS FROM {rig} TO {aerial}", "TX {power}W ANTENNA {aerial}", "MY RIG IS {rig}, RUNNING {power} W INTO {aerial}",
		"TCVR IS {rig} ABT {power} WATTS. ANT {aerial} UP {##} FT", "PWR {power} W", "ANT: {aerial} AT {##} M",
		"SOFTWARE IS {program}", "PC RUNNING {program}", "INTERFACE HOMEMADE ES {program}",
	},
	{
		"WX {sky} {#} C", "WX: {sky} TEMP {##} C", "WX HR IS {sky} ABT {##} DEG", "WX {sky} ES {##}C", "WX IS {sky}, TEMP {##} DEGREES", "TEMP -{#} C WX {sky}",
		"WEATHER: {sky} {##}F",
	},
	{"AGE {##}", "AGE {##} YRS", "HAM SINCE 19{##}", "LICENSED SINCE 19{##}", "HAM SINCE 20{##} AGE {##}", "BEEN A HAM {##} YEARS"},
	{
		"QSL VIA BURO OK", "PSE QSL VIA BUREAU", "QSL VIA LOTW ES EQSL", "MY QSL SURE VIA BURO", "QSL OK VIA BUREAU OR DIRECT", "PSE UR QSL CARD, MINE IS SURE",
		"QSL 100 PCT", "QSL LOTW EQSL CLUBLOG", "NO QSL NEEDED BUT WELCOME", "QSL INFO ON QRZ.COM",
	},
	{
		"TNX FER CALL", "TKS FOR THE CALL DR OM {you}", "TNX FER COMING BACK TO ME", "FB COPY {you} TNX FER INFO", "ALL COPIED OK", "SOLID COPY HERE", "FB {you} TNX FER RPRT",
		"MANY THANKS FOR THE REPORT AND INFO", "VY NICE TO MEET U {you}", "GLAD TO MEET YOU ON RTTY", "NICE TO SEE YOU AGAIN {you}", "SRI MISSED UR NAME PSE AGN",
		"PSE RPT NAME ES QTH", "QRM ON UR LAST", "QSB HR BUT OK", "RR ALL OK {you}", "QSL ALL {you}", "CFM ALL", "THANKS FOR A NEW ONE", "HOPE CUAGN SOON",
		"VY 73 ES GUD DX TO U ES FAMILY", "MNI TNX FER NICE QSO", "GL ES DX", "TAKE CARE AND STAY WELL", "ALL THE BEST TO YOU AND YOURS", "CONDX NOT SO GUD TODAY",
		"BAND IS OPEN TO {place} HI", "HAVE A NICE DAY", "HAVE A GOOD WEEKEND", "PSE K", "HW COPY?", "HW?", "HOW COPY {you}?", "WILL QRT NOW", "QRX PSE",
		"QSY PSE", "UP 2", "DOWN 1 KHZ", "AGN PSE", "QRZ?", "QRL?", "QRT QRT", "BCNU", "CU ON THE BAND", "TU FER NEW BAND",
	},
}

// slots are what customs fills its templates with: m is the own call, h the
// other, e the exchange.
var slots = map[string][]string{
	"c": {"TEST", "TEST", "TEST", "TEST", "WPX", "WW", "RU", "CC", "DX", "SPRINT", "CONTEST", "BARTG", "SAC", "WAE", "RTTY", "NA", "EU", "JARTS", "SCC", "UBA", "OKDX"},
	"cq": {
		"CQ {c} {m} {m} CQ", "CQ {c} {m} {m} CQ", "CQ {c} DE {m} {m} CQ", "CQ CQ {c} DE {m} {m} K", "CQ {c} {m} {m} {m} CQ", "CQ CQ {c} {m} {m} {c}", "{c} {m} {m} {c}",
		"CQ CQ CQ {c} DE {m} {m} {m} PSE K", "CQ {c} CQ {c} DE {m} {m} K", "CQ {m} {m} CQ", "{m} {m} {c} CQ", "CQ CQ DE {m} {m} {c}", "CQ {c} CQ {c} {m} {m} CQ K",
		"{c} DE {m} {m} {c} K", "CQCQ {c} {m} {m}",
	},
	"report": {
		"{h} 599 {e} {e}", "{h} 599 {e} {e}", "{h} 599 {e} {e} {h}", "{h} 599-{e}-{e}", "{h} 599-{e}-{e} {h}", "{h} UR 599 {e} {e}", "{h} TU UR 599 {e} {e} BK", "{h} DE {m} 599 {e} {e} K",
		"{h} 599 {e} {e} {e}", "{h} 599 {e} {e} K", "{h} UR 599 599 {e} {e} {e} DE {m} K", "{h} UR RST 599 NR {e} {e} {h} DE {m} KN", "{h} {h} 599 {e} {e}",
		"{h} GM 599 {e} {e}", "{h} 599 NR {e} NR {e} BK", "{h} 599/{e} {e}", "{h} DE {m} UR 599-{e} {e} {h} K",
	},
	"thanks": {
		"{h} TU {m} CQ", "{h} TU {m} CQ", "TU {m} CQ", "TU {m} QRZ", "{h} TU DE {m} QRZ?", "QSL TU {m} CQ {c}", "{h} QSL TU {m} QRZ", "TU {h} DE {m} CQ {c}", "R TU QRZ {m}", "CFM TU {m} {c}",
		"{h} 73 TU {m} CQ", "{h} TU 73 DE {m} QRZ {c} K", "QSL {h} TU NW", "TU {h} GL {m} CQ", "QSL {h} TU 73 CQ {c} DE {m} {m} K", "{h} TU", "TU", "RR TU {m} {c}", "QSL QRZ {m}",
	},
	"answer": {"{m} {m}", "DE {m} {m}", "{m}", "DE {m}", "{h} DE {m} {m} K", "DE {m} {m} {m} K", "{h} {m} {m}", "{m} {m} {m}", "DE {m} {m} {h}"},
	"reply": {
		"TU 599 {e} {e} {m}", "{h} TU 599 {e} {e} DE {m}", "{h} TU 599 {e} {e}", "{h} 599 {e} {e} {e} {h} DE {m} K", "R 599 {e} {e} DE {m}", "{h} DE {m} TU 599 {e} {e}", "QSL 599 {e} {e} {m}",
		"TU UR 599 {e} {e} {e}", "TU 599-{e}-{e} {m}", "{h} QSL UR 599 {e} {e} DE {m} K", "RR TU 599 {e} {e}", "599 {e} {e}", "TU UR 599-{e} {e} DE {m} TU",
	},
	"again": {
		"{h} AGN AGN", "AGN AGN", "{h} NR? NR?", "NR? NR? NR?", "AGN? AGN?", "{e} {e} {e}", "NR {e} {e} {e} {e}", "{e} {e} {e} {e}", "CALL? CALL?", "QRZ? QRZ? DE {m}", "{h} {h} AGN PSE",
		"{h} QSO B4 TU {m} CQ", "SRI QSO B4 73", "UR NR? UR NR?", "STATE? STATE?", "ZONE? ZONE?", "NAME? NAME?", "{m} {m} {m}", "{h} {h} {h}?", "?", "CL?", "{h} NIL NIL", "R R", "PSE QSY {m}",
		"{h} CFM {e} {e}?", "{h} UR CALL? UR CALL?", "NR NR NR?", "RPT RPT PSE",
	},

	"begin": {
		"{h} DE {m}", "{h} {h} DE {m} {m}", "{h} {h} {h} DE {m} {m} {m}", "{h} DE {m} {hello} {you}", "RR {h} DE {m}", "QSL {you} {h} DE {m}", "R R R {h} DE {m} {m}", "{h} DE {m} {hello} OM {you}",
		"{h} DE {m} R R FB {you}", "{h} DE {m} = {hello} DR {you} ES TNX FER CALL", "{hello} {you} ES TNX FER RPRT", "OK {you} {h} DE {m}", "BK TO {h} DE {m}", "R {h} DE {m} TNX {you}",
	},
	"end": {
		"{h} DE {m} K", "{h} DE {m} KN", "BTU {you} {h} DE {m} KN", "BTU {h} DE {m} K", "BTU BTU {h} DE {m} KN KN", "HW CPY? {h} DE {m} K", "BK TO YOU {you} {h} DE {m} PSE K", "HW? BTU {you} {h} DE {m} PSE KN",
		"73 {you} {h} DE {m} SK", "73 73 {you} {h} DE {m} SK SK", "VY 73 {you} ES CUAGN {h} DE {m} SK", "BEST 73 {you} {h} DE {m} AR SK", "OVER TO YOU {you} {h} DE {m} KN", "{h} DE {m} BK", "BK BK",
		"73 ES GUD LUCK {h} DE {m} SK CL", "TNX QSO 73 {you} {h} DE {m} TU EE", "SO BTU {you} ES HW? {h} DE {m} KN",
	},
	"general": {
		"CQ CQ CQ DE {m} {m} {m} K", "CQ CQ CQ DE {m} {m} {m} PSE K", "CQ CQ CQ CQ DE {m} {m} {m} CQ CQ CQ DE {m} {m} {m} PSE K K", "CQ CQ DE {m} {m} K", "CQ DX CQ DX CQ DX DE {m} {m} {m} DX K",
		"CQ CQ CQ RTTY DE {m} {m} {m} K", "CQ CQ DE {m} {m} PSE KN", "RYRYRYRYRYRY CQ CQ CQ DE {m} {m} {m} K", "CQ CQ CQ DE {m} {m} {m} {locator} {locator} AR PSE K", "CQ {side} CQ {side} DE {m} {m} K",
		"QRL? DE {m}", "QRZ? QRZ? DE {m} {m} K", "{call} {call} DE {m} {m} K", "{call} DE {m} {m} {m} KN", "DE {m} {m} K", "CQ CQ CQ CQ CQ CQ DE {m} {m} {m} {m} K",
		"CQ CQ CALLING CQ DE {m} {m} {m} STANDING BY K",
	},

	"hello":   {"GM", "GA", "GE", "GD", "HELLO", "HI", "GOOD MORNING", "GOOD AFTERNOON", "GOOD EVENING", "GUD EVE", "GN", "HALLO", "GREETINGS"},
	"rst":     {"599", "599", "599", "599", "589", "589", "579", "579", "569", "559", "549", "449", "339", "599+", "599 10 DB"},
	"zone":    {"1", "3", "4", "5", "03", "04", "05", "8", "08", "14", "14", "15", "15", "16", "20", "25", "33", "{##}"},
	"state":   {"AL", "AZ", "AR", "CT", "GA", "ID", "IN", "LA", "ME", "MD", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NM", "NY", "NC", "ND", "OK", "PA", "VT", "VA", "ON", "MB", "AB"},
	"side":    {"NORTH", "SOUTH", "EAST", "WEST", "N", "S", "E", "W", "NE", "NW", "SE", "SW"},
	"power":   {"5", "10", "20", "25", "40", "50", "60", "75", "80", "100", "100", "100", "150", "200", "300", "400", "500", "600", "1000"},
	"aerial":  {"DIPOLE", "INV V", "INVERTED V", "VERTICAL", "GP", "GROUND PLANE", "3 EL YAGI", "YAGI {#} EL", "{#} EL QUAD", "LOOP", "LONG WIRE", "LW {##} M", "WINDOM", "G5RV", "ENDFED", "BEAM", "TRIBANDER", "MULTIBAND DIPOLE", "{#} ELEMENT BEAM", "R5 VERTICAL", "WIRE", "ZEPP", "QUAD", "HALF WAVE"},
	"rig":     {"ICOM 7300", "IC-7300", "IC7300", "ICOM IC-718", "IC-756PRO", "YAESU FT-991", "FT991A", "FT-857D", "FT-1000MP", "FTDX10", "FTDX 3000", "KENWOOD TS-590S", "TS590", "TS-850", "TS-480", "ELECRAFT K3", "K3S", "FLEX 6400", "OMNI VI", "SDR", "HOME MADE"},
	"sky":     {"SUNNY", "CLOUDY", "RAIN", "FINE", "CLEAR", "COLD", "WINDY", "SNOW", "FOG", "HOT", "WARM", "OVERCAST", "FAIR", "RAINY", "WET", "CLDY", "MILD", "DRY", "HUMID"},
	"program": {"MMTTY", "FLDIGI", "MIXW", "HAM RADIO DELUXE", "N1MM", "WRITELOG", "DM780", "MULTIPSK", "LOGGER32", "WINTEST"},
	"name":    {"JOHN", "BOB", "BILL", "JIM", "DAVE", "MIKE", "TOM", "DICK", "JACK", "FRANK", "HANS", "KARL", "PETER", "UWE", "DIETER", "JUERGEN", "MARIO", "PAOLO", "PIERRE", "JEAN", "MICHEL", "JOSE", "CARLOS", "OLE", "SVEN", "LARS", "JAN", "KEES", "ADAM", "PAVEL", "IVAN", "SERGEI", "YURI", "KEN", "MARY", "ANN", "EVA", "ED", "AL", "JOE"},
	"place":   {"BOSTON", "DENVER", "ATLANTA", "CHICAGO", "PORTLAND", "OMAHA", "LONDON", "LEEDS", "GLASGOW", "HAMBURG", "MUNICH", "BERLIN", "MILANO", "TORINO", "PARIS", "LYON", "MADRID", "SEVILLA", "HELSINKI", "STOCKHOLM", "UTRECHT", "WARSAW", "BRNO", "SOFIA", "MOSCOW", "KIEV", "TOKYO", "OSAKA", "TORONTO", "SYDNEY"},
}
