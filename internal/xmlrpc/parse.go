package xmlrpc

import (
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"strings"
)

// A Value is what a method answers: a text, or a list of values.
type Value struct {
	Text  string // numbers as they were written, booleans as 0 or 1, binary data decoded
	Items []Value
}

// A Fault is a call that the server refused.
type Fault struct {
	Text string // in the server's words
}

func (f *Fault) Error() string {
	if f.Text == "" {
		return "refused"
	}
	return "refused: " + f.Text
}

// A value holds text as it is, which means a string, or one element that tells
// its type.
type value struct {
	Bare    string `xml:",chardata"`
	Element struct {
		XMLName xml.Name
		Text    string  `xml:",chardata"`
		Items   []value `xml:"data>value"`
	} `xml:",any"`
}

// Parse reads the first value of an answer; a refusal is a *[Fault].
func Parse(answer []byte) (Value, error) {
	var response struct {
		XMLName xml.Name `xml:"methodResponse"`
		Values  []value  `xml:"params>param>value"`
		Fault   []struct {
			Name  string `xml:"name"`
			Value value  `xml:"value"`
		} `xml:"fault>value>struct>member"`
	}
	if err := xml.Unmarshal(answer, &response); err != nil {
		return Value{}, fmt.Errorf("answer is not XML-RPC: %w", err)
	}
	fault := &Fault{}
	for _, member := range response.Fault {
		if member.Name == "faultString" {
			v, _ := member.Value.plain()
			fault.Text = v.Text
		}
	}
	if len(response.Fault) > 0 {
		return Value{}, fault
	}
	if len(response.Values) == 0 {
		return Value{}, nil
	}
	return response.Values[0].plain()
}

func (v value) plain() (Value, error) {
	switch v.Element.XMLName.Local {
	case "":
		return Value{Text: v.Bare}, nil
	case "array":
		return list(v.Element.Items)
	case "base64":
		packed := strings.Join(strings.Fields(v.Element.Text), "")
		data, err := base64.StdEncoding.DecodeString(packed)
		if err != nil {
			return Value{}, fmt.Errorf("answer is not base64: %w", err)
		}
		return Value{Text: string(data)}, nil
	}
	return Value{Text: v.Element.Text}, nil
}

func list(items []value) (Value, error) {
	l := Value{Items: make([]Value, len(items))}
	for i, item := range items {
		var err error
		if l.Items[i], err = item.plain(); err != nil {
			return Value{}, err
		}
	}
	return l, nil
}
