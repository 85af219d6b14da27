package station

import (
	"fmt"
	"strings"
	"sync"

	"rtty/macro"
)

// Messages are the prepared messages and the serial numbers in them.
type Messages struct {
	Set      macro.Set
	Exchange string
	Serial   macro.Serial
	// Keep is told of serial numbers that have been given away, to keep them
	// across restarts; it may be nil.
	Keep func(macro.Serial)
}

// messages fills in macros, and gives a serial number away when it has been on
// the air.
type messages struct {
	mu sync.Mutex
	Messages
	waiting map[int]string // numbers queued to be sent, and the station each is for
}

// expand fills in a macro for the state of things.
func (m *messages) expand(bank MacroBank, index int, snap *Snapshot) (macro.Result, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	row := m.Set.Run
	if bank == Pounce {
		row = m.Set.Pounce
	}
	if index < 0 || index >= len(row) || row[index].Text == "" {
		return macro.Result{}, &WishError{"send the macro", fmt.Sprintf("there is none on key F%d", index+1)}
	}
	their := snap.Their
	result, err := macro.Expand(row[index], macro.Context{
		MyCall: snap.Operator.Call, MyName: snap.Operator.Name, MyLocator: snap.Operator.Locator,
		Call: their.Call, Name: their.Name, RST: their.RSTSent,
		Exchange: m.Exchange, Serial: m.Serial.Next(their.Call), Now: snap.At,
	})
	if err == nil && result.Serial > 0 {
		if m.waiting == nil {
			m.waiting = map[int]string{}
		}
		m.waiting[result.Serial] = their.Call
	}
	return result, err
}

// wasSent gives away the numbers that stand in the text of an over. One that is
// still in what is left may be sent with the next.
func (m *messages) wasSent(text, left string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	given := false
	for number, call := range m.waiting {
		switch digits := fmt.Sprintf("%03d", number); {
		case strings.Contains(text, digits):
			m.Serial.Sent(call, number)
			given = true
		case strings.Contains(left, digits):
			continue
		}
		delete(m.waiting, number)
	}
	if given && m.Keep != nil {
		m.Keep(m.Serial)
	}
}

// SetMacros puts other macros, and another exchange, in the place of those there
// are. Serial numbers go on.
func (s *Station) SetMacros(set macro.Set, exchange string) {
	s.messages.mu.Lock()
	s.messages.Set, s.messages.Exchange = set, exchange
	s.messages.mu.Unlock()
	s.board.set(func(*Snapshot) {}) // whoever shows them looks
}

// Macros lists the macros that there are.
func (s *Station) Macros() []MacroLabel {
	s.messages.mu.Lock()
	defer s.messages.mu.Unlock()
	var labels []MacroLabel
	for bank, row := range []macro.Bank{Run: s.messages.Set.Run, Pounce: s.messages.Set.Pounce} {
		for i, m := range row {
			if m.Text != "" {
				labels = append(labels, MacroLabel{Bank: MacroBank(bank), Index: i, Label: m.Label})
			}
		}
	}
	return labels
}

// Macro sends a prepared message. One that says neither to stay on the air nor to
// go back to receive is a part of the over that runs, if one is held, and else all
// of its own.
func (s *Station) Macro(bank MacroBank, index int) error {
	if err := s.permitted(); err != nil {
		return err
	}
	result, err := s.messages.expand(bank, index, s.Snapshot())
	if err != nil {
		return err
	}
	for _, a := range result.Actions {
		s.board.notice(fmt.Sprintf("the macro's {%s} is not carried out here", a))
	}
	if result.Text == "" && !result.HoldTX {
		if result.EndTX {
			return s.ReceiveWhenSent()
		}
		return nil
	}
	if !s.queue.Put(result.Text) {
		return &WishError{"send the macro", "too much waits to be sent"}
	}
	return s.begin(order{source: MacroKey, hold: result.HoldTX, end: result.EndTX, prepared: result.Text})
}
