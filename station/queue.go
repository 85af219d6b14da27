package station

import (
	"slices"
	"strings"
	"sync"
	"unicode"
)

// endOfOver in the queue means back to receive when all before it is sent. As
// text it is written ^r, as fldigi and the programs that drive it have it.
const endOfOver = '\x03'

// queueMost bounds what can wait to be sent: half an hour at 45 Bd.
const queueMost = 10000

// queue is the type-ahead: what was typed and has not been handed to the
// transmitter. All of it can still be edited.
type queue struct {
	mu      sync.Mutex
	runes   []rune
	cleared bool // since a character was taken
}

var asTyped = strings.NewReplacer("^r", string(endOfOver), "^R", string(endOfOver), "\r\n", "\n")

// Put appends text and reports whether it fitted.
func (q *queue) Put(text string) bool {
	text = asTyped.Replace(text)
	q.mu.Lock()
	defer q.mu.Unlock()
	add := []rune(text)
	if len(q.runes)+len(add) > queueMost {
		return false
	}
	q.runes = append(q.runes, add...)
	return true
}

// PutBack puts text that was taken in front of what waits, unless all of it has
// been thrown away meanwhile.
func (q *queue) PutBack(text []rune) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.cleared {
		q.runes = slices.Concat(text, q.runes)
	}
}

// DropRest throws away what is left of a text that was put at the front, of which
// a part has been taken. What else waits stays.
func (q *queue) DropRest(text string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	whole := []rune(asTyped.Replace(text))
	for ; len(whole) > 0; whole = whole[1:] {
		if len(whole) <= len(q.runes) && slices.Equal(whole, q.runes[:len(whole)]) {
			q.runes = q.runes[len(whole):]
			return
		}
	}
}

// Erase takes back the last character.
func (q *queue) Erase() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.runes) == 0 {
		return false
	}
	q.runes = q.runes[:len(q.runes)-1]
	return true
}

// EraseWord takes back the last word and the spaces after it.
func (q *queue) EraseWord() {
	q.mu.Lock()
	defer q.mu.Unlock()
	end := len(q.runes)
	for end > 0 && unicode.IsSpace(q.runes[end-1]) {
		end--
	}
	for end > 0 && !unicode.IsSpace(q.runes[end-1]) {
		end--
	}
	q.runes = q.runes[:end]
}

func (q *queue) Clear() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.runes, q.cleared = nil, true
}

// Next takes the first character.
func (q *queue) Next() (rune, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.runes) == 0 {
		return 0, false
	}
	r := q.runes[0]
	q.runes, q.cleared = q.runes[1:], false
	return r, true
}

// Word is how long the word at the front is, of whose characters each has a
// width, and whether its end has been typed.
func (q *queue) Word(width func(rune) int) (length int, whole bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, r := range q.runes {
		if unicode.IsSpace(r) || r == endOfOver {
			return length, true
		}
		length += width(r)
	}
	return length, false
}

// Runes is a copy of what waits.
func (q *queue) Runes() []rune {
	q.mu.Lock()
	defer q.mu.Unlock()
	return slices.Clone(q.runes)
}

func (q *queue) Len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.runes)
}
