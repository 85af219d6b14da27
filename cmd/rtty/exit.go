package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"rtty/audio"
)

// The exit codes are part of the contract with scripts.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitDamaged     = 3 // what could be read of the input was used
	exitInterrupted = 130
)

// A failure is an error of a command that was understood, and the code that
// the program ends with.
type failure struct {
	code     int
	err      error
	reported bool // it stands on standard error already
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

// misuse is a failure for which the user's words are to blame.
func misuse(format string, args ...any) error {
	return &failure{code: exitUsage, err: fmt.Errorf(format, args...)}
}

// checked turns the error of a command into a failure, so that whatever is
// none must have come from cobra before any command ran.
func checked(do func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if err := do(cmd, args); err != nil {
			return asFailure(err)
		}
		return nil
	}
}

func asFailure(err error) *failure {
	var f *failure
	if errors.As(err, &f) {
		return f
	}
	f = &failure{code: exitFailed, err: err}
	var damage *audio.DamageError
	var format *audio.FormatError
	switch {
	case errors.Is(err, context.Canceled):
		f.code, f.reported = exitInterrupted, true // whoever interrupted knows
	case errors.As(err, &damage):
		f.code = exitDamaged
	case errors.As(err, &format):
		f.code = exitUsage
	}
	return f
}

func exitCode(err error) int {
	var f *failure
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &f):
		return f.code
	}
	return exitUsage
}

func reported(err error) bool {
	var f *failure
	return errors.As(err, &f) && f.reported
}

// explain adds to an error of cobra about the words of the command line where
// to look them up.
func explain(cmd *cobra.Command, err error) string {
	var f *failure
	if errors.As(err, &f) {
		return err.Error()
	}
	return fmt.Sprintf("%s (see '%s --help')", flagFault(err), cmd.CommandPath())
}

// flagFault is err in words: what the library reports of a value of the wrong
// kind names the function that could not read it.
func flagFault(err error) string {
	var number *strconv.NumError
	var value *pflag.InvalidValueError
	if !errors.As(err, &number) || !errors.As(err, &value) {
		return err.Error()
	}
	wanted := map[string]string{
		"bool": "true or false", "int": "a whole number", "uint": "a whole number from 0 on", "uint64": "a whole number from 0 on",
	}[value.GetFlag().Value.Type()]
	if wanted == "" {
		wanted = "a number"
	}
	complaint := "must be " + wanted
	if errors.Is(err, strconv.ErrRange) {
		complaint = "is out of range"
	}
	return strings.Replace(err.Error(), number.Error(), complaint, 1)
}
