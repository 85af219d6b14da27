package bench

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Save writes the whole report into a folder, which it makes if need be:
// report.md with the figures as SVG files beside it, results.csv and
// results.json.
func (r *Report) Save(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("folder of the report: %w", err)
	}
	files := map[string]func(io.Writer) error{
		"report.md":    r.WriteMarkdown,
		"results.csv":  r.WriteCSV,
		"results.json": r.WriteJSON,
	}
	for _, f := range r.Figures() {
		files[f.File] = f.Chart.WriteSVG
	}
	for name, write := range files {
		if err := save(filepath.Join(dir, name), write); err != nil {
			return fmt.Errorf("report: %w", err)
		}
	}
	return nil
}

func save(path string, write func(io.Writer) error) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return write(f)
}
