package score

import "unicode"

// Fold brings text to the form that is compared: upper case, every run of
// white space one space, none at the ends, nothing that does not print.
func Fold(text string) []rune {
	folded, _ := fold([]rune(text))
	return folded
}

// fold also tells for each rune that is left where it stood in text.
func fold(text []rune) (folded []rune, from []int) {
	folded = make([]rune, 0, len(text))
	from = make([]int, 0, len(text))
	gap := -1 // first white space since the last rune kept
	for i, r := range text {
		switch {
		case unicode.IsSpace(r):
			if gap < 0 {
				gap = i
			}
			continue
		case unicode.IsControl(r):
			continue
		}
		if gap >= 0 && len(folded) > 0 {
			folded = append(folded, ' ')
			from = append(from, gap)
		}
		gap = -1
		folded = append(folded, unicode.ToUpper(r))
		from = append(from, i)
	}
	return folded, from
}
