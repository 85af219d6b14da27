package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// replaceFile reads a file, changes its text, and puts the result in its place
// in one step: whatever happens, there is the old file or the new one, whole.
// A symbolic link stays one, and the file keeps its permissions. When somebody
// else has written it in the meantime, the change is made to that.
func replaceFile(path string, change func(old string) (string, error)) (string, error) {
	target, err := resolve(path)
	if err != nil {
		return "", err
	}
	const attempts = 5
	for range attempts {
		old, err := read(target)
		if err != nil {
			return "", err
		}
		text, err := change(old)
		if err != nil || text == old {
			return text, err
		}
		temp, err := writeBeside(target, text)
		if err != nil {
			return "", err
		}
		if now, err := read(target); err != nil || now != old {
			os.Remove(temp)
			continue
		}
		if err := os.Rename(temp, target); err != nil {
			os.Remove(temp)
			return "", fmt.Errorf("writing the configuration: %w", err)
		}
		syncDir(filepath.Dir(target))
		return text, nil
	}
	return "", fmt.Errorf("writing the configuration: %s is being changed by another program", path)
}

// resolve follows symbolic links, also to a file that does not exist yet.
func resolve(path string) (string, error) {
	for range 40 {
		info, err := os.Lstat(path)
		if errors.Is(err, fs.ErrNotExist) || err == nil && info.Mode()&fs.ModeSymlink == 0 {
			return path, nil
		}
		if err != nil {
			return "", fmt.Errorf("writing the configuration: %w", err)
		}
		link, err := os.Readlink(path)
		if err != nil {
			return "", fmt.Errorf("writing the configuration: %w", err)
		}
		if !filepath.IsAbs(link) {
			link = filepath.Join(filepath.Dir(path), link)
		}
		path = link
	}
	return "", fmt.Errorf("writing the configuration: %s leads through too many symbolic links", path)
}

// writeBeside writes a temporary file next to target, with its permissions, and
// has it on the disk when it returns.
func writeBeside(target, text string) (name string, err error) {
	dir := filepath.Dir(target)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("writing the configuration: %w", err)
	}
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(target); err == nil {
		mode = info.Mode().Perm()
	}
	temp, err := os.CreateTemp(dir, ".config-*.toml")
	if err != nil {
		return "", fmt.Errorf("writing the configuration: %w", err)
	}
	defer func() {
		if closed := temp.Close(); err == nil {
			err = closed
		}
		if err != nil {
			os.Remove(temp.Name())
			err = fmt.Errorf("writing the configuration: %w", err)
		}
	}()
	if _, err := temp.WriteString(text); err != nil {
		return "", err
	}
	if err := temp.Chmod(mode); err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return "", err
	}
	return temp.Name(), temp.Sync()
}

// syncDir makes a rename survive a power cut. Not every system can.
func syncDir(dir string) {
	d, err := os.Open(dir)
	if err != nil {
		return
	}
	d.Sync()
	d.Close()
}
