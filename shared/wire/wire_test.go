package wire

import (
	"net/url"
	"reflect"
	"strings"
	"testing"

	"tillsight/shared/errcode"
)

type kind string

type everything struct {
	ID    string `path:"id" json:"-"`
	Text  string `query:"q" json:"-"`
	Kind  kind   `query:"kind" json:"-"`
	Page  int    `query:"page" json:"-"`
	At    int64  `query:"at" json:"-"`
	Dry   bool   `query:"dry" json:"-"`
	Named string `json:"named"`
	List  []int  `json:"list"`
}

type sheet struct {
	Dry  bool `query:"dry"`
	File File `body:"text/csv"`
}

// sent is what the server reads of what was asked.
func sent[Q, A any](t *testing.T, e Endpoint[Q, A], question Q) (Q, Request) {
	t.Helper()
	r, err := e.Ask(question)
	if err != nil {
		t.Fatal(err)
	}
	address, err := url.Parse(r.Path)
	if err != nil {
		t.Fatal(err)
	}
	last := address.Path[strings.LastIndexByte(address.Path, '/')+1:]
	got, err := e.Read(func(string) string { return last }, address.Query(), r.Type, r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return got, r
}

func TestQuestionsArrive(t *testing.T) {
	full := everything{ID: "молоко & 1%", Text: "a=b&c", Kind: "x", Page: 3, At: 1 << 60, Dry: true, Named: "n", List: []int{1}}
	for _, q := range []everything{full, {List: []int{}}} {
		if got, r := sent(t, Endpoint[everything, Nothing]{Method: "PUT", Path: "/v1/x/{id}"}, q); !reflect.DeepEqual(got, q) {
			t.Errorf("%+v came as %+v by %s %s", q, got, r.Path, r.Body)
		}
	}
	got, r := sent(t, Endpoint[everything, Nothing]{Method: "GET", Path: "/v1/x/{id}"}, full)
	if want := full; r.Body != nil || r.Type != "" || got.Text != want.Text || got.List != nil {
		t.Errorf("GET: %+v by %+v", got, r)
	}
	if got, r := sent(t, Endpoint[sheet, Nothing]{Method: "POST", Path: "/v1/s"}, sheet{true, File("a;b\n")}); !got.Dry || string(got.File) != "a;b\n" || r.Type != CSV {
		t.Errorf("file: %+v by %+v", got, r)
	}
	if got, _ := sent(t, Endpoint[[]string, Nothing]{Method: "POST", Path: "/v1/l"}, []string{"a"}); len(got) != 1 {
		t.Errorf("list: %v", got)
	}
}

func TestWrongQuestions(t *testing.T) {
	e := Endpoint[everything, Nothing]{Method: "POST", Path: "/v1/x"}
	for _, test := range []struct{ query, typ, body string }{
		{"page=x", JSON, "{}"}, {"page=-1", JSON, "{}"}, {"page=99999999999999999999", JSON, "{}"}, {"dry=yes", JSON, "{}"},
		{"", "text/plain", "{}"}, {"", "", "{}"}, {"", JSON, "{"}, {"", JSON, `{"named":5}`}, {"", JSON, ""},
	} {
		query, err := url.ParseQuery(test.query)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := e.Read(func(string) string { return "" }, query, test.typ, []byte(test.body)); errcode.Of(err) != errcode.Invalid {
			t.Errorf("%+v: %v", test, err)
		}
	}
	// What travels in the address can't be said by the body.
	q, err := e.Read(func(string) string { return "in the path" }, url.Values{}, JSON, []byte(`{"ID":"x","Text":"y","Dry":true}`))
	if err != nil || q.ID != "in the path" || q.Text != "" || q.Dry {
		t.Errorf("%+v, %v", q, err)
	}
}

func TestAnswers(t *testing.T) {
	if _, err := (Endpoint[Nothing, Nothing]{}).Answer(nil); err != nil {
		t.Error(err)
	}
	if file, err := (Endpoint[Nothing, File]{}).Answer([]byte("x")); err != nil || string(file) != "x" {
		t.Errorf("%q, %v", file, err)
	}
	if _, err := (Endpoint[Nothing, []int]{}).Answer([]byte("<html>")); errcode.Of(err) != errcode.BadAnswer {
		t.Error(err)
	}
	if max := (Endpoint[Nothing, Nothing]{Method: "GET", Limit: 5}).Max(); max != 0 {
		t.Errorf("a GET may have %d bytes", max)
	}
}
