package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"rtty/config"
)

// editConfig lets the operator edit a copy of the configuration until it has
// no mistake or he has had enough of it.
func editConfig(cmd *cobra.Command) error {
	path, err := config.Path()
	if err != nil {
		return err
	}
	saved, old, err := configText(path)
	if err != nil {
		return err
	}
	editing, err := copyForEditing(path, old)
	if err != nil {
		return err
	}
	for answers := bufio.NewReader(cmd.InOrStdin()); ; {
		text, err := edit(cmd, editing)
		switch {
		case errors.Is(err, exec.ErrNotFound):
			os.Remove(editing)
			return err
		case err != nil:
			return fmt.Errorf("%w; what you have edited is kept in %s", err, editing)
		case text == saved:
			os.Remove(editing)
			fmt.Fprintln(cmd.ErrOrStderr(), "nothing was changed")
			return nil
		}
		faults := configFaults(path, text)
		if faults == nil {
			return putInPlace(cmd, path, saved, text, editing)
		}
		fmt.Fprintln(cmd.ErrOrStderr(), faults)
		if !isTerminal(cmd.InOrStdin()) || !again(cmd, answers) {
			return fmt.Errorf("%s is as it was; what you have edited is kept in %s", path, editing)
		}
	}
}

// configText is what the file has, and what is to be edited: with a file that
// does not exist, one with everything commented out.
func configText(path string) (saved, text string, err error) {
	content, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return "", config.Template(), nil
	}
	return string(content), string(content), err
}

// copyForEditing makes the copy, beside the file, so that it is not lost when
// temporary files are.
func copyForEditing(path, text string) (string, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", err
	}
	f, err := os.CreateTemp(filepath.Dir(path), "config-edited-*.toml")
	if err != nil {
		return "", err
	}
	if _, err := f.WriteString(text); err != nil {
		f.Close()
		return "", err
	}
	return f.Name(), f.Close()
}

// edit runs the editor and returns what it has left.
func edit(cmd *cobra.Command, path string) (string, error) {
	editor, err := editorCommand(path)
	if err != nil {
		return "", err
	}
	editor.Stdin, editor.Stdout, editor.Stderr = cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr()
	if err := editor.Run(); err != nil {
		return "", fmt.Errorf("the editor %s: %w", editor.Path, err)
	}
	text, err := os.ReadFile(path)
	return string(text), err
}

// editorCommand is the operator's editor. The variables may have arguments in
// them, as in "code --wait".
func editorCommand(path string) (*exec.Cmd, error) {
	for _, variable := range []string{"VISUAL", "EDITOR"} {
		if words := strings.Fields(os.Getenv(variable)); len(words) > 0 {
			return exec.Command(words[0], append(words[1:], path)...), nil
		}
	}
	usual := []string{"sensible-editor", "nano", "vi"}
	if runtime.GOOS == "windows" {
		usual = []string{"notepad"}
	}
	for _, name := range usual {
		if program, err := exec.LookPath(name); err == nil {
			return exec.Command(program, path), nil
		}
	}
	return nil, fmt.Errorf("there is no editor: name yours in the environment, as in EDITOR=nano")
}

func configFaults(path, text string) error {
	_, err := config.Parse(path, text)
	return err
}

func putInPlace(cmd *cobra.Command, path, saved, text, editing string) error {
	if err := config.Save(path, saved, text); err != nil {
		return fmt.Errorf("%w; what you have edited is kept in %s", err, editing)
	}
	os.Remove(editing)
	_, err := fmt.Fprintf(cmd.ErrOrStderr(), "%s is saved, it has no mistakes\n", path)
	return err
}

// again asks whether to go on editing.
func again(cmd *cobra.Command, answers *bufio.Reader) bool {
	fmt.Fprint(cmd.ErrOrStderr(), "Edit again? [Y/n] ")
	answer, err := answers.ReadString('\n')
	return err == nil && !strings.HasPrefix(strings.ToLower(strings.TrimSpace(answer)), "n")
}
