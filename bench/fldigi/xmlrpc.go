package fldigi

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// A remote calls methods over XML-RPC (http://xmlrpc.com/spec.md), as much of it
// as fldigi speaks.
type remote struct {
	url    string
	client http.Client
}

const (
	callPatience = 10 * time.Second
	answerSize   = 4 << 20 // bytes; a long over is a few thousand
)

func newRemote(address string) *remote {
	return &remote{url: "http://" + address + "/RPC2", client: http.Client{Timeout: callPatience}}
}

// Call calls a method with parameters of type string, int or bool, and returns
// its answer as text: numbers as they were written, booleans as 0 or 1, binary
// data decoded.
func (r *remote) Call(ctx context.Context, method string, params ...any) (string, error) {
	answer, err := r.post(ctx, callOf(method, params))
	if err != nil {
		return "", fmt.Errorf("%s: %w", method, err)
	}
	text, err := parseAnswer(answer)
	if err != nil {
		return "", fmt.Errorf("%s: %w", method, err)
	}
	return text, nil
}

func (r *remote) post(ctx context.Context, body []byte) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, r.url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "text/xml")
	response, err := r.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("answered %s", response.Status)
	}
	return io.ReadAll(io.LimitReader(response.Body, answerSize))
}

// callOf writes a call. It panics on parameters of other types.
func callOf(method string, params []any) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header + "<methodCall><methodName>" + method + "</methodName><params>")
	for _, p := range params {
		b.WriteString("<param><value>")
		switch v := p.(type) {
		case string:
			b.WriteString("<string>")
			_ = xml.EscapeText(&b, []byte(v)) // a Buffer takes everything
			b.WriteString("</string>")
		case int:
			fmt.Fprintf(&b, "<i4>%d</i4>", v)
		case bool:
			n := 0
			if v {
				n = 1
			}
			fmt.Fprintf(&b, "<boolean>%d</boolean>", n)
		default:
			panic(fmt.Sprintf("parameter of type %T", p))
		}
		b.WriteString("</value></param>")
	}
	b.WriteString("</params></methodCall>")
	return b.Bytes()
}

// A value holds text as it is, which means a string, or one element that tells
// its type.
type value struct {
	Bare   string `xml:",chardata"`
	Scalar struct {
		XMLName xml.Name
		Text    string `xml:",chardata"`
	} `xml:",any"`
}

// parseAnswer returns the first value of an answer, or the fault as an error.
func parseAnswer(answer []byte) (string, error) {
	var response struct {
		XMLName xml.Name `xml:"methodResponse"`
		Values  []value  `xml:"params>param>value"`
		Fault   []struct {
			Name  string `xml:"name"`
			Value value  `xml:"value"`
		} `xml:"fault>value>struct>member"`
	}
	if err := xml.Unmarshal(answer, &response); err != nil {
		return "", fmt.Errorf("answer is not XML-RPC: %w", err)
	}
	for _, member := range response.Fault {
		if member.Name == "faultString" {
			text, _ := member.Value.text()
			return "", fmt.Errorf("refused: %s", text)
		}
	}
	if len(response.Fault) > 0 {
		return "", fmt.Errorf("refused")
	}
	if len(response.Values) == 0 {
		return "", nil
	}
	return response.Values[0].text()
}

func (v value) text() (string, error) {
	switch v.Scalar.XMLName.Local {
	case "":
		return v.Bare, nil
	case "base64":
		packed := strings.Join(strings.Fields(v.Scalar.Text), "")
		data, err := base64.StdEncoding.DecodeString(packed)
		if err != nil {
			return "", fmt.Errorf("answer is not base64: %w", err)
		}
		return string(data), nil
	}
	return v.Scalar.Text, nil
}
