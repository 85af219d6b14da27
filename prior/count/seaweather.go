package main

// Weather broadcasts in words, by the customs of the German weather service,
// which sends them on teleprinter in German and English.
func (c *customs) seaWeather() string {
	c.said = map[string]string{}
	tongue := c.pick([]string{"de:", "en:"})
	lines := []string{c.slot(tongue + "heading")}
	if c.IntN(2) == 0 {
		lines = append(lines, c.slot(tongue+"situation"))
	}
	for range 4 + c.IntN(6) {
		lines = append(lines, c.slot(tongue+"forecast"))
	}
	return c.layout(lines)
}

// stationLoop is what a broadcast sends between its bulletins.
func (c *customs) stationLoop() string {
	c.said = map[string]string{"calls": c.fill("{call3} {call3} {call3}")}
	frequencies := "FREQUENCIES   {khz} KHZ   {khz} KHZ   {khz} KHZ"
	ry := "RYRYRYRYRYRYRYRYRYRYRYRYRYRYRYRYRYRYRYRYRYRYRYRYRYRYRYRYRYRYRYRY"
	return c.fill("CQ CQ CQ DE {calls}\n"+frequencies+"\n") + ry + "\n"
}

// weatherSlots are the slots of seaWeather and stationLoop.
var weatherSlots = map[string][]string{
	"call3": {"DDK2", "DDH7", "DDK9", "DDH47", "DDH9", "DDH8", "DDK{#}", "DDH{#}"},
	"khz":   {"4583", "7646", "10100.8", "147.3", "11039", "14467.3", "{####}", "{#####}.{#}"},

	"de:heading": {
		"SEEWETTERBERICHT FUER NORD- UND OSTSEE HERAUSGEGEBEN VOM SEEWETTERDIENST HAMBURG AM {##}.{##}.20{##}, {##} UTC:",
		"WETTERBERICHT FUER DIE NORD- UND OSTSEEKUESTE VOM {##}.{##}.20{##}, {##} UHR GZ:",
		"VORHERSAGE FUER DEUTSCHE BUCHT UND WESTLICHE OSTSEE BIS {de:day} {##} UHR:",
		"STARKWINDWARNUNG NR. {##} AUSGEGEBEN VOM DEUTSCHEN WETTERDIENST HAMBURG UM {##}.{##} UHR GZ FUER DIE DEUTSCHE NORDSEEKUESTE:",
		"VORHERSAGE BIS {de:day} {##} UHR GZ, AUSSICHTEN BIS {de:day} FRUEH:",
		"AUSSICHTEN FUER DIE NORDSEE VON {de:day} BIS {de:day}:",
		"MITTELFRIST-SEEWETTERBERICHT FUER NORD- UND OSTSEE:",
	},
	"de:situation": {
		"WETTERLAGE VON HEUTE {##} UHR GZ UND WEITERE ENTWICKLUNG:",
		"TIEF {press} {de:where}, {de:motion}. HOCH {press} {de:where}, {de:motion}.",
		"TIEFAUSLAEUFER {de:where}, {de:motion}. KEIL {press} {de:where}, ABSCHWAECHEND.",
		"HOCH {press} {de:where}, WENIG AENDERND. RANDTIEF {press} {de:where}, {de:motion}.",
	},
	"de:where": {
		"NORDSEE", "NORWEGISCHE SEE", "SUEDSCHWEDEN", "SCHOTTLAND", "ISLAND", "ALPEN", "BALTIKUM", "POLEN", "BISKAYA", "BRITISCHE INSELN", "FINNLAND", "MITTELEUROPA", "WESTLICH IRLAND", "AZOREN", "JUETLAND",
	},
	"de:motion": {
		"OSTZIEHEND", "NORDOSTZIEHEND", "LANGSAM SUEDOSTZIEHEND", "WENIG AENDERND", "SICH ABSCHWAECHEND", "SICH VERSTAERKEND", "VERTIEFEND", "AUFFUELLEND", "FAST ORTSFEST", "SCHWENKT OSTWAERTS",
	},
	"de:forecast": {
		"{de:sea}: {de:wind}, {de:sky}.", "{de:sea}: {de:wind}, {de:sky}, SEE {#} METER.", "{de:sea}: {de:wind}, SEEGANG {#} BIS {#} METER.", "{de:sea}: {de:wind}, {de:later} {de:wind}, {de:sky}, SEE {#},{#} METER.",
		"{de:wind}, STRICHWEISE {de:sky}.", "{de:sea}: SCHWACHUMLAUFENDER WIND, {de:sky}.",
	},
	"de:sea": {
		"DEUTSCHE BUCHT", "SUEDWESTLICHE NORDSEE", "FISCHER", "SKAGERRAK", "KATTEGAT", "WESTLICHE OSTSEE", "SUEDLICHE OSTSEE", "BODDENGEWAESSER OST", "BELTE UND SUND", "NOERDLICHE OSTSEE", "DOGGER", "FORTIES", "ENGLISCHER KANAL WESTTEIL", "RIGAISCHER MEERBUSEN", "OSTFRIESISCHE KUESTE", "ELBE VON HAMBURG BIS CUXHAVEN",
	},
	"de:wind": {
		"{de:dir} {bft}", "{de:dir} UM {bft}", "{de:dir} {bft}, {de:later} {bft}", "{de:dir} {bft}, SCHAUERBOEEN", "{de:dir} {bft}, RUECKDREHEND", "{de:dir} {bft}, RECHTDREHEND {de:dir}", "{de:dir} {bft}, ABNEHMEND {bft}", "{de:dir} BIS {de:dir} {bft}, ZUNEHMEND {bft}", "{de:dir} {bft}, IN BOEEN {#}",
	},
	"de:dir":   {"NORD", "NORDOST", "OST", "SUEDOST", "SUED", "SUEDWEST", "WEST", "NORDWEST", "NORD BIS NORDOST", "WEST BIS SUEDWEST"},
	"de:later": {"SPAETER", "ZEITWEISE", "VORUEBERGEHEND", "ANFANGS", "NACHTS", "ABENDS", "AB MITTAG", "MORGEN"},
	"de:sky":   {"GUTE SICHT", "SCHAUER", "REGEN", "DIESIG", "NEBELFELDER", "ZEITWEISE REGEN", "MITTLERE SICHT", "GEWITTERBOEEN", "EINZELNE SCHAUER", "SCHNEESCHAUER", "LEICHTER REGEN", "STRICHWEISE GEWITTER", "GUTE BIS MITTLERE SICHT"},
	"de:day":   {"MONTAG", "DIENSTAG", "MITTWOCH", "DONNERSTAG", "FREITAG", "SONNABEND", "SONNTAG", "HEUTE", "MORGEN"},

	"en:heading": {
		"WEATHER REPORT FOR NORTH SEA AND BALTIC SEA ISSUED BY MARINE WEATHER SERVICE HAMBURG ON {##}.{##}.20{##}, {##} UTC:",
		"FORECAST UNTIL {en:day} {##} UTC:", "GALE WARNING NO. {##} ISSUED AT {##}.{##} UTC:", "GENERAL SYNOPTIC SITUATION OF {##} UTC:", "OUTLOOK UNTIL {en:day} EVENING:",
		"NAVIGATIONAL WARNING NR {###}", "WEATHER BULLETIN {##}{##} UTC, FORECAST VALID UNTIL {en:day} NOON:",
	},
	"en:situation": {
		"LOW {press} {en:where}, {en:motion}. HIGH {press} {en:where}, {en:motion}.", "TROUGH {en:where}, {en:motion}.", "RIDGE {press} {en:where}, {en:motion}. SECONDARY LOW {press} {en:where}.", "COLD FRONT {en:where}, {en:motion}.",
	},
	"en:where":    {"NORTH SEA", "NORWEGIAN SEA", "SOUTHERN SWEDEN", "ICELAND", "THE ALPS", "BALTIC STATES", "POLAND", "BRITISH ISLES", "FINLAND", "WEST OF IRELAND", "AZORES", "JUTLAND", "FAROES"},
	"en:motion":   {"MOVING EAST", "MOVING NORTHEAST", "SLOWLY MOVING SOUTHEAST", "LITTLE CHANGE", "WEAKENING", "DEEPENING", "FILLING", "NEARLY STATIONARY", "INTENSIFYING", "SWINGING EASTWARD"},
	"en:forecast": {"{en:sea}: {en:wind}, {en:sky}.", "{en:sea}: {en:wind}, {en:sky}, SEA {#} METER.", "{en:sea}: {en:wind}, {en:later} {bft}, {en:sky}.", "{en:sea}: LIGHT AND VARIABLE WINDS, {en:sky}.", "{en:wind}, {en:sky}."},
	"en:sea":      {"GERMAN BIGHT", "SOUTHWESTERN NORTH SEA", "FISHER", "SKAGERRAK", "KATTEGAT", "WESTERN BALTIC", "SOUTHERN BALTIC", "BELTS AND SOUND", "NORTHERN BALTIC", "DOGGER", "HUMBER", "THAMES", "ENGLISH CHANNEL EASTERN PART"},
	"en:wind":     {"{en:dir} {bft}", "{en:dir} ABOUT {bft}", "{en:dir} {bft}, {en:later} {bft}", "{en:dir} {bft}, SHOWER SQUALLS", "{en:dir} {bft} BACKING", "{en:dir} {bft} VEERING {en:dir}", "{en:dir} {bft}, DECREASING {bft}", "{en:dir} {bft}, INCREASING {bft}", "{en:dir} {bft}, GUSTS {#}"},
	"en:dir":      {"NORTH", "NORTHEAST", "EAST", "SOUTHEAST", "SOUTH", "SOUTHWEST", "WEST", "NORTHWEST", "NORTH TO NORTHEAST", "WEST TO SOUTHWEST"},
	"en:later":    {"LATER", "TEMPORARILY", "AT FIRST", "LATER ON", "FOR A TIME", "TOMORROW"},
	"en:sky":      {"GOOD VISIBILITY", "SHOWERS", "RAIN", "MISTY", "FOG PATCHES", "AT TIMES RAIN", "MODERATE VISIBILITY", "THUNDERY SQUALLS", "SNOW SHOWERS", "DRIZZLE", "ISOLATED THUNDERSTORMS"},
	"en:day":      {"MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY", "TODAY", "TOMORROW"},

	"bft":   {"2", "3", "3 BIS 4", "3 TO 4", "4", "4 BIS 5", "4 TO 5", "5", "5 BIS 6", "5 TO 6", "6", "6 BIS 7", "7", "7 BIS 8", "7 TO 8", "8", "9"},
	"press": {"98{#}", "99{#}", "100{#}", "101{#}", "102{#}", "103{#}"},
}
