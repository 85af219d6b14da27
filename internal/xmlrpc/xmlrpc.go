// Package xmlrpc calls methods over XML-RPC (http://xmlrpc.com/spec.md), as much of
// it as fldigi and flrig speak.
package xmlrpc

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

const answerSize = 4 << 20 // bytes; a long over is a few thousand

// A Client calls the methods of one server.
type Client struct {
	url  string
	http http.Client
}

// NewClient is a client of the server at address, host:port. Each call may take as
// long as patience.
func NewClient(address string, patience time.Duration) *Client {
	return &Client{url: "http://" + address + "/RPC2", http: http.Client{Timeout: patience}}
}

// Call calls a method with parameters of type string, int, float64 or bool, and
// returns its answer. What the server refuses is a *[Fault].
func (c *Client) Call(ctx context.Context, method string, params ...any) (Value, error) {
	answer, err := c.post(ctx, callOf(method, params))
	if err != nil {
		return Value{}, fmt.Errorf("%s: %w", method, err)
	}
	value, err := Parse(answer)
	if err != nil {
		return Value{}, fmt.Errorf("%s: %w", method, err)
	}
	return value, nil
}

// Text is Call where the answer is one text or number.
func (c *Client) Text(ctx context.Context, method string, params ...any) (string, error) {
	value, err := c.Call(ctx, method, params...)
	return value.Text, err
}

// Close lets go of connections that wait for another call.
func (c *Client) Close() { c.http.CloseIdleConnections() }

func (c *Client) post(ctx context.Context, body []byte) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "text/xml")
	response, err := c.http.Do(request)
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
		case float64:
			fmt.Fprintf(&b, "<double>%s</double>", strconv.FormatFloat(v, 'f', -1, 64)) // the specification allows no exponent
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
