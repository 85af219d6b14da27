// Package score compares what a decoder printed with what was sent.
//
// The measure is the character error rate, CER: the least number of characters
// that must be replaced, inserted or removed to turn the one text into the
// other (the Levenshtein distance), divided by the number of characters sent.
// A teleprinter loses and invents characters as readily as it garbles them, so
// comparing place by place would call everything after the first lost
// character wrong; the alignment does not. The CER can exceed 1 when a decoder
// prints more garbage than there was text.
//
// Before they are compared both texts are folded by Fold, since nobody on the
// air cares about case or about how often the carriage returned.
//
// The same alignment scores five-unit codes. One lost FIGS makes several
// wrong characters (a number comes out as letters), so the error rate of the
// printed text is higher than that of the codes; looking at both tells
// reception from shift trouble.
package score
