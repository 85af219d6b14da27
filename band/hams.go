package band

// OperatorCall is a call for whoever tries the band and has none of his own; like
// all others on the band it can't be anybody's.
const OperatorCall = "W9QUZ"

// A ham is an operator. His call is one that isn't issued.
type ham struct {
	call, name, place, locator string
	rig, antenna, watts        string
	age                        string
}

// hams are all the operators there are.
func hams() []ham {
	return []ham{
		{"W1QRA", "ANN", "LITTLE HARBOUR", "JO01", "IC-7300", "A DIPOLE", "100", "44"},
		{"K2QSB", "BERT", "OLD MILL", "JO22", "TS-590", "A 3 EL YAGI", "400", "71"},
		{"N3QTC", "CLEO", "GREEN HILL", "JN58", "K3", "AN INVERTED VEE", "100", "36"},
		{"W4QUD", "DOM", "STONE BRIDGE", "JN76", "FT-991", "A LONG WIRE", "50", "58"},
		{"K5QRE", "EVA", "NORTH BEACH", "JO65", "FT-857", "A VERTICAL", "75", "29"},
		{"N6QSF", "FRED", "HIGH FIELD", "IO91", "IC-718", "A G5RV", "100", "80"},
		{"W7QTG", "GUS", "LONG ISLAND CREEK", "FN20", "FLEX 6400", "A HEXBEAM", "200", "66"},
		{"K8QUH", "HELGA", "DEEP VALLEY", "JN47", "TS-480", "A WINDOM", "100", "52"},
		{"N9QRI", "IVO", "THREE OAKS", "JN95", "HOMEBREW", "A MAGNETIC LOOP", "10", "47"},
		{"W0QSJ", "JAN", "WINDY CORNER", "JO32", "IC-756 PRO", "A 2 EL QUAD", "300", "63"},
		{"KB1QTK", "KAY", "WEST LAKE", "EM12", "K3", "A GROUND PLANE", "100", "33"},
		{"KC2QUL", "LEO", "SALT MARSH", "JO10", "FTDX-10", "A DIPOLE", "150", "55"},
		{"WA3QRM", "MIA", "ORCHARD ROW", "KP20", "IC-7300", "AN END FED WIRE", "50", "24"},
		{"WE4QSN", "NILS", "PINE RIDGE", "JP50", "TS-850", "A VERTICAL", "100", "69"},
		{"KD5QTO", "OTTO", "COLD SPRING", "JO62", "FT-1000MP", "A 3 EL YAGI", "500", "77"},
		{"WB6QUP", "PAM", "SUNNY BANK", "IN80", "IC-7300", "A DIPOLE", "100", "41"},
		{"KE7QRQ", "QUIN", "RIVER BEND", "EM79", "FT-991", "A LONG WIRE", "80", "50"},
		{"WA8QSR", "ROSA", "VINE STREET", "JN61", "TS-590", "A G5RV", "100", "38"},
		{"KF9QTS", "SVEN", "BIRCH HILL", "JP80", "OMNI VI", "A HEXBEAM", "100", "60"},
		{"KC0QUT", "TIM", "FERRY POINT", "QF22", "IC-718", "A WINDOM", "100", "31"},
		{"WD1QRU", "UTE", "BLACK FOREST EDGE", "JN48", "K3", "A MAGNETIC LOOP", "25", "45"},
		{"WB2QSV", "VITO", "RED ROCK", "DM43", "FLEX 6400", "A 2 EL QUAD", "400", "56"},
		{"KB3QTW", "WENDY", "CASTLE LANE", "IO83", "HOMEBREW", "A DIPOLE", "5", "73"},
		{"KI4QUX", "XAVER", "UPPER MEADOW", "JN67", "TS-480", "A VERTICAL", "100", "49"},
	}
}
