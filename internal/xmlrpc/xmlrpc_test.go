package xmlrpc

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func answer(value string) string {
	return "<?xml version=\"1.0\"?>\r\n<methodResponse><params><param>\r\n\t<value>" + value + "</value>\r\n</param></params></methodResponse>\r\n"
}

const fault = `<?xml version="1.0"?><methodResponse><fault><value><struct>` +
	`<member><name>faultCode</name><value><i4>-1</i4></value></member>` +
	`<member><name>faultString</name><value>main.dance: unknown method name</value></member>` +
	`</struct></value></fault></methodResponse>`

func TestAnswers(t *testing.T) {
	for given, want := range map[string]string{
		answer("4.1.23"):                             "4.1.23", // strings have no element of their own
		answer("<string>RTTY</string>"):              "RTTY",
		answer("<i4>2210</i4>"):                      "2210",
		answer("<boolean>1</boolean>"):               "1",
		answer("<double>14085000.000000</double>"):   "14085000.000000",
		answer("<base64>Q1EgQ1EK\nREU=\n</base64>"):  "CQ CQ\nDE",
		answer("<base64></base64>"):                  "",
		answer(""):                                   "",
		answer("a &amp; b"):                          "a & b",
		"<methodResponse><params/></methodResponse>": "",
	} {
		if got, err := Parse([]byte(given)); err != nil || got.Text != want || got.Items != nil {
			t.Errorf("%s: got %+v, %v; want %q", given, got, err, want)
		}
	}
}

const modes = "<array><data><value>LSB</value><value><array><data><value><i4>7</i4></value></data></array></value></data></array>"

func TestLists(t *testing.T) {
	for given, want := range map[string]Value{
		answer("<array><data></data></array>"): {Items: []Value{}},
		answer(modes):                          {Items: []Value{{Text: "LSB"}, {Items: []Value{{Text: "7"}}}}},
	} {
		got, err := Parse([]byte(given))
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", given, err, diff)
		}
	}
}

func TestAnswersThatAreErrors(t *testing.T) {
	for given, want := range map[string]string{
		fault: "unknown method name",
		"<methodResponse><fault><value><struct><member><name>x</name></member></struct></value></fault></methodResponse>": "refused",
		"":                     "not XML-RPC",
		"<html>go away</html>": "not XML-RPC",
		answer("<array><data><value><base64>*</base64></value></data></array>"): "base64",
		answer("<base64>*</base64>"):          "base64",
		strings.Repeat("<methodResponse>", 9): "not XML-RPC",
	} {
		if got, err := Parse([]byte(given)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %+v, %v; want an error with %q", given, got, err, want)
		}
	}
}

func TestCallsGoOverHTTP(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		switch {
		case strings.Contains(string(body), "main.dance"):
			fmt.Fprint(w, fault)
		case strings.Contains(string(body), "main.teapot"):
			w.WriteHeader(http.StatusTeapot)
		default:
			params := string(body[strings.Index(string(body), "<params>"):])
			fmt.Fprint(w, answer(strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(params)))
		}
	}))
	defer server.Close()
	control := NewClient(server.Listener.Addr().String(), 10*time.Second)
	got, err := control.Text(t.Context(), "text.add", "a<b", 7, true, false, 14085000.5)
	want := "<params><param><value><string>a&lt;b</string></value></param><param><value><i4>7</i4></value></param>" +
		"<param><value><boolean>1</boolean></value></param><param><value><boolean>0</boolean></value></param>" +
		"<param><value><double>14085000.5</double></value></param></params></methodCall>"
	if err != nil || got != want {
		t.Errorf("sent %q, %v; want %q", got, err, want)
	}
	for _, method := range []string{"main.dance", "main.teapot"} {
		if _, err := control.Call(t.Context(), method); err == nil || !strings.Contains(err.Error(), method) {
			t.Errorf("%s: got %v", method, err)
		}
	}
	server.Close()
	if _, err := control.Call(t.Context(), "fldigi.version"); err == nil {
		t.Error("nobody answered, and that was no error")
	}
}

func FuzzParseAnswer(f *testing.F) {
	for _, seed := range []string{answer("4.1.23"), answer(modes), answer("<base64>Q1E=</base64>"), answer("<i4>1</i4>"), fault, "<methodResponse>"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if v, err := Parse(data); err != nil && (v.Text != "" || v.Items != nil) {
			t.Errorf("value %+v beside the error %v", v, err)
		}
	})
}
