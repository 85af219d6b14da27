package band

// A ham is an operator. His call begins with Q, so it is nobody's.
type ham struct {
	call, name, place, locator string
	rig, antenna, watts        string
	age                        string
}

// hams are all the operators there are.
func hams() []ham {
	return []ham{
		{"Q1ANN", "ANN", "LITTLE HARBOUR", "JO01", "IC-7300", "A DIPOLE", "100", "44"},
		{"Q2BX", "BERT", "OLD MILL", "JO22", "TS-590", "A 3 EL YAGI", "400", "71"},
		{"Q3CLE", "CLEO", "GREEN HILL", "JN58", "K3", "AN INVERTED VEE", "100", "36"},
		{"Q4DOM", "DOM", "STONE BRIDGE", "JN76", "FT-991", "A LONG WIRE", "50", "58"},
		{"Q5EVA", "EVA", "NORTH BEACH", "JO65", "FT-857", "A VERTICAL", "75", "29"},
		{"Q6FR", "FRED", "HIGH FIELD", "IO91", "IC-718", "A G5RV", "100", "80"},
		{"Q7GUS", "GUS", "LONG ISLAND CREEK", "FN20", "FLEX 6400", "A HEXBEAM", "200", "66"},
		{"Q8HEL", "HELGA", "DEEP VALLEY", "JN47", "TS-480", "A WINDOM", "100", "52"},
		{"Q9IV", "IVO", "THREE OAKS", "JN95", "HOMEBREW", "A MAGNETIC LOOP", "10", "47"},
		{"Q0JAN", "JAN", "WINDY CORNER", "JO32", "IC-756 PRO", "A 2 EL QUAD", "300", "63"},
		{"QA1KAY", "KAY", "WEST LAKE", "EM12", "K3", "A GROUND PLANE", "100", "33"},
		{"QB2LE", "LEO", "SALT MARSH", "JO10", "FTDX-10", "A DIPOLE", "150", "55"},
		{"QC3MIA", "MIA", "ORCHARD ROW", "KP20", "IC-7300", "AN END FED WIRE", "50", "24"},
		{"QD4NIL", "NILS", "PINE RIDGE", "JP50", "TS-850", "A VERTICAL", "100", "69"},
		{"QE5OT", "OTTO", "COLD SPRING", "JO62", "FT-1000MP", "A 3 EL YAGI", "500", "77"},
		{"QF6PAM", "PAM", "SUNNY BANK", "IN80", "IC-7300", "A DIPOLE", "100", "41"},
		{"QG7QU", "QUIN", "RIVER BEND", "EM79", "FT-991", "A LONG WIRE", "80", "50"},
		{"QH8ROS", "ROSA", "VINE STREET", "JN61", "TS-590", "A G5RV", "100", "38"},
		{"QJ9SV", "SVEN", "BIRCH HILL", "JP80", "OMNI VI", "A HEXBEAM", "100", "60"},
		{"QK1TIM", "TIM", "FERRY POINT", "QF22", "IC-718", "A WINDOM", "100", "31"},
		{"QL2UTE", "UTE", "BLACK FOREST EDGE", "JN48", "K3", "A MAGNETIC LOOP", "25", "45"},
		{"QM3VI", "VITO", "RED ROCK", "DM43", "FLEX 6400", "A 2 EL QUAD", "400", "56"},
		{"QN4WEN", "WENDY", "CASTLE LANE", "IO83", "HOMEBREW", "A DIPOLE", "5", "73"},
		{"QP5XAV", "XAVER", "UPPER MEADOW", "JN67", "TS-480", "A VERTICAL", "100", "49"},
	}
}
