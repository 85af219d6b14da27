package baudot

import (
	"strings"
	"testing"
	"unicode"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ text, usTTY, ita2 string }{
		{"cq de w8ii", "CQ DE W8II", ""},
		{"a\nb\r\nc", "A\nB\r\nC", ""},
		{"a\tb\u00a0c\u3000d\u2028e\ff", "A B C D\nE\nF", ""},

		{"Grüße aus Köln, Ärger", "GRUESSE AUS KOELN, AERGER", ""},
		{"STRAẞE", "STRASSE", ""},
		{"café à la crème brûlée, ça, Noël, œuvre", "CAFE A LA CREME BRULEE, CA, NOEL, OEUVRE", ""},
		{"Ångström smörgås", "AANGSTROEM SMOERGAAS", ""},
		{"Tromsø, Færøyene, Ærø", "TROMSOE, FAEROEYENE, AEROE", ""},
		{"España mañana, ¿qué?", "ESPANA MANANA, QUE?", ""},
		{"São João, coração", "SAO JOAO, CORACAO", ""},
		{"Zażółć gęślą jaźń", "ZAZOLC GESLA JAZN", ""},
		{"ZAŻÓŁĆ GĘŚLĄ JAŹŃ", "ZAZOLC GESLA JAZN", ""},
		{"Příliš žluťoučký kůň úpěl ďábelské ódy", "PRILIS ZLUTOUCKY KUN UPEL DABELSKE ODY", ""},
		{"İstanbul, ışık, ğ, Şişli", "ISTANBUL, ISIK, G, SISLI", ""},
		{"őű ŐŰ", "OU OU", ""},
		{"Țară, Şi, ș", "TARA, SI, S", ""},
		{"Đorđe, Ðiđ, þorn", "DORDE, DID, THORN", ""},
		{"Việt Nữ Đường", "VIET NU DUONG", ""},
		{"ĳssel, ﬁn", "IJSSEL, FIN", ""},
		{"cafe\u0301 Zu\u0308rich", "CAFE ZURICH", ""},
		{"Привет, Юрий Щёлково", "PRIVET, YURIY SHCHYOLKOVO", ""},
		{"Київ Єва", "KIYIV YEVA", ""},

		{"‘a’ ‚b‛ `c´ 5′", "'A' 'B' 'C' 5'", ""},
		{`"x" “y” „z“ «w» 5″`, `"X" "Y" "Z" "W" 5"`, "''X'' ''Y'' ''Z'' ''W'' 5''"},
		{"a-b‐c–d—e−f_g", "A-B-C-D-E-F-G", ""},
		{"[a] {b} <c>", "(A) (B) (C)", ""},
		{"a|b\\c/d", "A/B/C/D", ""},
		{"wait… ¡hola!", "WAIT... HOLA!", "WAIT... HOLA."},

		{"dj1yfk@darc.de", "DJ1YFK(AT)DARC.DE", ""},
		{"50%", "50PCT", ""},
		{"5*3×2", "5X3X2", ""},
		{"20°C", "20DEGC", ""},
		{"10², 1½, CO₂", "10(2), 1 1/2, CO2", ""},
		{"5 µV, 50 Ω, λ/4, Δ", "5 UV, 50 OHM, LAMBDA/4, DELTA", ""},
		{"5 \u03bcV, 50 \u2126, 3 \u212b, 4 \u212a", "5 UV, 50 OHM, 3 AA, 4 K", ""},
		{"€5 £6", "EUR5 GBP6", ""},
		{"^~～", "(CARET)(TILDE)(TILDE)", ""},
		{"ＣＱ　７３！", "CQ 73!", "CQ 73."},

		{"S9+10", "S9PLUS10", "S9+10"},
		{"a=b", "A--B", "A=B"},
		{"±1", "PLUS-MINUS1", "+-1"},
		{"R&D", "R&D", "R+D"},
		{"#1", "#1", "NR1"},
		{"$5", "$5", "USD5"},
		{"a;b!", "A;B!", "A,B."},
		{"\a\x05", "\a", "\a\x05"},

		{"\ufeffA\u200bB\u00adC", "ABC", ""},
		{"a\x00b\x1b[0mc\x7f\u0080", "AB(0MC", ""},
		{"日本 😀 \xff", "?? ? ?", ""},
	} {
		if c.ita2 == "" {
			c.ita2 = c.usTTY
		}
		if got := USTTY.Fold(c.text); got != c.usTTY {
			t.Errorf("us-tty: %q folds to %q, want %q", c.text, got, c.usTTY)
		}
		if got := ITA2.Fold(c.text); got != c.ita2 {
			t.Errorf("ita2: %q folds to %q, want %q", c.text, got, c.ita2)
		}
	}
}

func TestFidelity(t *testing.T) {
	for r, want := range map[rune][2]Fidelity{
		'A': {Exact, Exact}, 'a': {Exact, Exact}, '5': {Exact, Exact}, '\n': {Exact, Exact},
		'\r': {Exact, Exact}, '\a': {Exact, Exact},
		'!': {Exact, Spelled}, '+': {Spelled, Exact}, '"': {Exact, Spelled},
		'\x05': {Lost, Exact},
		'é':    {Spelled, Spelled}, 'ß': {Spelled, Spelled}, '–': {Spelled, Spelled},
		'\t': {Spelled, Spelled}, '¡': {Spelled, Spelled}, '\u0301': {Spelled, Spelled},
		'Ａ': {Spelled, Spelled},
		0:   {Lost, Lost}, '\x1b': {Lost, Lost}, '日': {Lost, Lost}, '\ufffd': {Lost, Lost},
		-1: {Lost, Lost}, 0x7fffffff: {Lost, Lost},
	} {
		for i, table := range bothTables {
			if _, got := table.Substitute(r); got != want[i] {
				t.Errorf("%v: %q is %v, want %v", table, r, got, want[i])
			}
		}
	}
}

// Every printing ASCII character must reach the other side in some form.
func TestNoASCIIIsLost(t *testing.T) {
	for _, table := range bothTables {
		for r := ' '; r <= '~'; r++ {
			text, f := table.Substitute(r)
			if f == Lost || text == "" {
				t.Errorf("%v: %q is sent as %q, %v", table, r, text, f)
			}
		}
	}
}

func TestSubstitutesOfAllCharacters(t *testing.T) {
	for _, table := range bothTables {
		for r := rune(-1); r <= unicode.MaxRune+1; r++ {
			text, f := table.Substitute(r)
			for _, s := range text {
				if _, _, ok := table.Lookup(s); !ok {
					t.Fatalf("%v: %q is sent as %q, and %q has no code", table, r, text, s)
				}
			}
			if f == Exact && text != string(unicode.ToUpper(r)) {
				t.Errorf("%v: %q is sent as %q, which is not exact", table, r, text)
			}
			if f == Lost && text != "" && text != "?" {
				t.Errorf("%v: %q is lost as %q", table, r, text)
			}
		}
	}
}

// A spelling that two groups claim would hang on their order.
func TestSpellingsAreUnambiguous(t *testing.T) {
	for _, lists := range [][]spelling{
		append(append([]spelling(nil), inUSTTY...), inBoth...),
		append(append([]spelling(nil), inITA2...), inBoth...),
	} {
		seen := make(map[rune]string)
		for _, s := range lists {
			for _, r := range s.of {
				if as, ok := seen[r]; ok {
					t.Errorf("%q is spelled %q and %q", r, as, s.as)
				}
				seen[r] = s.as
			}
		}
	}
}

// All letters of the Latin blocks that European, Turkish and Vietnamese text
// is made of have a spelling.
func TestLatinLettersAreSpelled(t *testing.T) {
	for _, block := range [][2]rune{{0xc0, 0x17f}, {0x1e00, 0x1e99}, {0x1ea0, 0x1ef9}} {
		for r := block[0]; r <= block[1]; r++ {
			text, f := USTTY.Substitute(r)
			letters := strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" && text != ""
			if unicode.IsLetter(r) && !(f == Spelled && letters) {
				t.Errorf("%q is sent as %q", r, text)
			}
		}
	}
}
