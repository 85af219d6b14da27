// Package rtty_test holds the layout of the repository to what CONTRIBUTING.md
// says of it.
package rtty_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// layout is the floor of every room, a folder at the root of the repository.
func layout(t *testing.T) map[string]int {
	t.Helper()
	text, err := os.ReadFile("CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	floors := map[string]int{}
	for _, row := range regexp.MustCompile("(?m)^\\| (\\d) \\| `(\\w+)/`").FindAllStringSubmatch(string(text), -1) {
		floors[row[2]], _ = strconv.Atoi(row[1])
	}
	if len(floors) == 0 {
		t.Fatal("CONTRIBUTING.md has no table of floors")
	}
	return floors
}

// room is the folder at the root that a package of this module lies in.
func room(importPath string) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(importPath, "rtty/"), "/")
	return name
}

// sources calls each with the imports of every Go file that is built, whatever it
// is built for.
func sources(t *testing.T, each func(file string, syntax *ast.File)) {
	t.Helper()
	files := token.NewFileSet()
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "testdata" || name != "." && strings.HasPrefix(entry.Name(), ".")):
			return fs.SkipDir
		case path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		syntax, err := parser.ParseFile(files, name, nil, parser.ImportsOnly)
		if err == nil {
			each(name, syntax)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestImportsPointDown(t *testing.T) {
	floors := layout(t)
	seen := map[string]bool{}
	sources(t, func(file string, syntax *ast.File) {
		from := room(file)
		seen[from] = true
		if _, ok := floors[from]; !ok {
			t.Errorf("%s: the room %s is not in the table of CONTRIBUTING.md", file, from)
		}
		if syntax.Name.Name == "main" { // a program stands above all, wherever it is kept
			return
		}
		for _, spec := range syntax.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			if !strings.HasPrefix(imported, "rtty/") || room(imported) == from {
				continue
			}
			if to := room(imported); floors[to] >= floors[from] {
				t.Errorf("%s: %s on floor %d imports %s on floor %d", file, from, floors[from], imported, floors[to])
			}
		}
	})
	for name := range floors {
		if !seen[name] {
			t.Errorf("CONTRIBUTING.md has a room %s that is empty", name)
		}
	}
}
