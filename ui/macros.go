package ui

import (
	"fmt"
	"strings"

	"rtty/station"
)

// bankName is a bank as contesters call it.
func bankName(b station.MacroBank) string {
	if b == station.Pounce {
		return "S&P"
	}
	return "Run"
}

// macroRows is how many lines twelve macros take at a width.
func macroRows(width int) int {
	if width >= 132 {
		return 1
	}
	return 2
}

// drawMacros shows the bank's macros on their keys.
func drawMacros(a area, macros []station.MacroLabel, bank station.MacroBank, l *look) {
	a.fill(' ', l.bar)
	for _, m := range macros {
		if m.Bank != bank {
			continue
		}
		r := macroRect(a.rect, m.Index)
		cell := a.part(rect{r.x - a.x, r.y - a.y, r.w, 1})
		x := cell.put(0, 0, fmt.Sprintf("F%d", m.Index+1), style{fg: l.key.fg, bg: l.bar.bg, attr: l.key.attr})
		cell.put(x+1, 0, clip(strings.TrimSpace(m.Label), cell.w-x-2), l.bar)
	}
}

// macroRect is where a macro stands in the bar.
func macroRect(bar rect, index int) rect {
	rows := max(bar.h, 1)
	columns := 12 / rows
	w := max(bar.w/columns, 1)
	return rect{bar.x + 1 + index%columns*w, bar.y + index/columns, w, 1}
}

// macroAt is the macro at a place of the screen.
func macroAt(bar rect, x, y int) (index int, ok bool) {
	for i := range 12 {
		if bar.has(x, y) && macroRect(bar, i).has(x, y) {
			return i, true
		}
	}
	return 0, false
}
