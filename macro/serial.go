package macro

// A Serial gives the contacts of a contest their numbers.
//
// A number belongs to a station from the moment it was sent to it: the next
// station gets the next one, whether the first contact is logged or not, for
// somebody may have it in his log. Sent again to the same station, and asked
// again after logging, it is the same number. A contest's log may have gaps; it
// must not have a number twice.
//
// It can be kept across restarts as JSON. Its zero value starts at 1; it is not
// safe for concurrent use.
type Serial struct {
	Last    int            `json:"last"`              // the highest number sent
	Pending map[string]int `json:"pending,omitempty"` // sent and not logged, by call
	Done    map[string]int `json:"done,omitempty"`    // the last one logged, by call

	// Latest is the station that was logged last, as long as no other has got
	// a number: until then it may ask for its own again.
	Latest string `json:"latest,omitempty"`
}

// Next is the number that would be sent to a station. Nothing is changed: a
// message that was stopped before the number went out has used none up.
func (s *Serial) Next(call string) int {
	if n, ok := s.Pending[call]; ok {
		return n
	}
	if call == s.Latest && call != "" {
		return s.Done[call]
	}
	return s.Last + 1
}

// Sent notes that a number went on the air to a station, which has it from now
// on.
func (s *Serial) Sent(call string, number int) {
	if call == s.Latest && number == s.Done[call] {
		return
	}
	if s.Pending == nil {
		s.Pending = map[string]int{}
	}
	s.Pending[call] = number
	s.Last = max(s.Last, number)
	s.Latest = ""
}

// Logged notes that the contact with a station is in the log. A number sent to
// it later, on another band, is a new one once another station has had its own,
// or after [Serial.Again].
func (s *Serial) Logged(call string) {
	n, ok := s.Pending[call]
	if !ok {
		return
	}
	delete(s.Pending, call)
	if s.Done == nil {
		s.Done = map[string]int{}
	}
	s.Done[call] = n
	s.Latest = call
}

// Again begins a second contact with the station that was logged last: its next
// number is a new one.
func (s *Serial) Again() { s.Latest = "" }

// Repeat is the number that a station got last, for when it asks long after.
func (s *Serial) Repeat(call string) (number int, ok bool) {
	if n, ok := s.Pending[call]; ok {
		return n, true
	}
	n, ok := s.Done[call]
	return n, ok
}
