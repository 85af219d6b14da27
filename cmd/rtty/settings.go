package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// A setting is a flag that may also be set outside the command line, because it
// describes the station or its habits and not one run. The flag wins over the
// environment, the environment over the default.
const (
	settingKey = "rtty_setting" // annotation of flags that are settings
	fromKey    = "rtty_from"    // annotation that names where a value came from
)

// asSetting makes the flag a setting.
func asSetting(flag *pflag.Flag) {
	if flag.Annotations == nil {
		flag.Annotations = make(map[string][]string)
	}
	flag.Annotations[settingKey] = nil
}

// A settingSource tells the value of a setting and how a message should call
// the place it stands in.
type settingSource func(setting string) (value, place string, ok bool)

func environment(setting string) (value, place string, ok bool) {
	name := "RTTY_" + strings.ToUpper(strings.ReplaceAll(setting, "-", "_"))
	value, ok = os.LookupEnv(name)
	return value, name, ok && value != ""
}

// fillSettings gives the settings that the command line leaves open their
// values, from the first source that has one.
func fillSettings(cmd *cobra.Command, sources ...settingSource) error {
	var failed error
	cmd.Flags().VisitAll(func(flag *pflag.Flag) {
		if _, ok := flag.Annotations[settingKey]; !ok || flag.Changed {
			return
		}
		for _, source := range sources {
			value, place, ok := source(flag.Name)
			if !ok {
				continue
			}
			if err := cmd.Flags().Set(flag.Name, value); err != nil && failed == nil {
				failed = fmt.Errorf("%s: %w", place, err)
			}
			flag.Annotations[fromKey] = []string{place}
			return
		}
	})
	return failed
}

// onCommandLine tells whether the user typed the flag in this command.
func onCommandLine(flags *pflag.FlagSet, name string) bool {
	flag := flags.Lookup(name)
	return flag != nil && flag.Changed && flag.Annotations[fromKey] == nil
}
