package config

import "strings"

// suggest names the setting that a wrong name comes closest to, as the end of
// a sentence; empty when none is close.
func suggest(name string) string {
	best, least := "", 1+len(name)/3
	for _, k := range Keys() {
		d := distance(name, k.Name)
		if lastPart(k.Name) == lastPart(name) {
			d = min(d, 1) // in the wrong section
		}
		if d < least {
			best, least = k.Name, d
		}
	}
	if best == "" {
		return ""
	}
	return "; did you mean " + best + "?"
}

// suggestSection does the same for sections.
func suggestSection(name string) string {
	best, least := "", 1+len(name)/2
	for _, s := range new(Config).table() {
		if d := distance(name, s.name); d < least {
			best, least = s.name, d
		}
	}
	if best == "" {
		return ""
	}
	return "; did you mean [" + best + "]?"
}

func lastPart(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// distance is how many letters have to be changed, put in or left out to make
// b of a (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
