package score

// A Score counts what went wrong with Sent characters (or codes). Scores of
// several texts add up by Add, which weighs every character the same.
type Score struct {
	Sent        int // characters that were sent
	Substituted int // printed as another one
	Inserted    int // printed though nothing was sent
	Deleted     int // sent and not printed
}

// Errors is the number of edits between what was sent and what was printed.
func (s Score) Errors() int { return s.Substituted + s.Inserted + s.Deleted }

// Rate is errors per character sent; 0 when nothing was sent.
func (s Score) Rate() float64 {
	if s.Sent == 0 {
		return 0
	}
	return float64(s.Errors()) / float64(s.Sent)
}

// Add counts t into s.
func (s *Score) Add(t Score) {
	s.Sent += t.Sent
	s.Substituted += t.Substituted
	s.Inserted += t.Inserted
	s.Deleted += t.Deleted
}

// Text scores printed text against sent text, both folded.
func Text(sent, printed string) Score {
	a, b := Fold(sent), Fold(printed)
	return tally(a, b, Align(a, b))
}

// Symbols scores sequences as they are, such as five-unit codes.
func Symbols[S ~uint8](sent, received []S) Score {
	a, b := widen(sent), widen(received)
	return tally(a, b, Align(a, b))
}

func widen[S ~uint8](s []S) []rune {
	r := make([]rune, len(s))
	for i, v := range s {
		r[i] = rune(v)
	}
	return r
}

func tally(sent, printed []rune, at []int) Score {
	s := Score{Sent: len(sent)}
	paired := 0
	for j, i := range at {
		if i < 0 {
			s.Inserted++
			continue
		}
		paired++
		if sent[i] != printed[j] {
			s.Substituted++
		}
	}
	s.Deleted = len(sent) - paired
	return s
}
