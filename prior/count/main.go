// Count makes the tables of package prior, from texts that anyone can get and
// from texts that it writes itself, and measures what they are worth.
//
//	go run ./prior/count -text DIR     count, and write prior/tables
//	go run ./prior/count -measure      bits per code of the built-in tables
//
// DIR holds the texts that docs/prior.md names.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	text := flag.String("text", "", "`directory` of the source texts")
	out := flag.String("out", "prior/tables", "`directory` for the tables")
	measure := flag.Bool("measure", false, "print bits per code on held-out text, count nothing")
	flag.Parse()
	if err := run(*text, *out, *measure); err != nil {
		fmt.Fprintln(os.Stderr, "count:", err)
		os.Exit(1)
	}
}

func run(text, out string, measure bool) error {
	if measure {
		return report(os.Stdout)
	}
	if text == "" {
		return errors.New("say where the texts are: -text DIR")
	}
	for _, e := range experts {
		counts, err := e.count(text)
		if err != nil {
			return fmt.Errorf("counting %s: %w", e.name, err)
		}
		data := counts.Table(worth).Append(nil)
		if err := os.WriteFile(filepath.Join(out, e.name+".ngram"), data, 0o644); err != nil {
			return err
		}
		fmt.Printf("%-10s %7d bytes\n", e.name, len(data))
	}
	return nil
}
