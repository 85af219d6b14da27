package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"rtty/config"
)

func newConfig() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Show, check and change the configuration",
		Long: `Show every setting that is in force and where it comes from: the environment, a
line of the configuration file, or the default.

docs/config.md explains all settings; so does the file that 'rtty config edit'
begins with.`,
		Example: `  rtty config
  rtty config edit
  rtty config set station.callsign W1AW`,
		Args: cobra.NoArgs,
		RunE: checked(func(cmd *cobra.Command, _ []string) error { return showConfig(cmd) }),
	}
	cmd.AddCommand(newConfigPath(), newConfigEdit(), newConfigCheck(), newConfigSet())
	return cmd
}

func newConfigPath() *cobra.Command {
	return &cobra.Command{
		Use:     "path",
		Short:   "Show where the configuration file is",
		Example: "  rtty config path",
		Args:    cobra.NoArgs,
		RunE: checked(func(cmd *cobra.Command, _ []string) error {
			path, err := config.Path()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(cmd.OutOrStdout(), path)
			return err
		}),
	}
}

func newConfigEdit() *cobra.Command {
	return &cobra.Command{
		Use:   "edit",
		Short: "Open the configuration file in an editor and check it",
		Long: `Open the configuration file in $VISUAL or $EDITOR. The first time it has every
setting with an explanation, commented out at its default.

What is edited is a copy. It takes the place of the file when there is no
mistake in it; else it is kept beside it, and can be edited again.`,
		Example: "  rtty config edit",
		Args:    cobra.NoArgs,
		RunE:    checked(func(cmd *cobra.Command, _ []string) error { return editConfig(cmd) }),
	}
}

func newConfigCheck() *cobra.Command {
	return &cobra.Command{
		Use:     "check [FILE]",
		Short:   "Tell what is wrong in the configuration file",
		Example: "  rtty config check",
		Args:    cobra.MaximumNArgs(1),
		RunE: checked(func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				if _, err := os.Stat(args[0]); err != nil {
					return fileFault(args[0], err)
				}
				return checkConfig(cmd, args[0])
			}
			path, err := config.Path()
			if err != nil {
				return err
			}
			return checkConfig(cmd, path)
		}),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{"toml"}, cobra.ShellCompDirectiveFilterFileExt
		},
	}
}

func newConfigSet() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "set KEY VALUE",
		Short: "Change one setting in the configuration file",
		Long: `Change one setting in the configuration file and nothing else in it: comments and
order stay. Texts need no quotes here; lists are written as in the file.`,
		Example: `  rtty config set station.callsign W1AW
  rtty config set transmit.enabled true
  rtty config set macros.run '["CQ,CQ DE {MYCALL} K", "Name,NAME {MYNAME}"]'`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return misuse("config set wants a setting and its value, as in 'rtty config set station.callsign W1AW'; 'rtty config' lists the settings")
			}
			return nil
		},
		RunE: checked(func(cmd *cobra.Command, args []string) error { return setConfig(cmd, args[0], args[1]) }),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			return completeSetting(args), cobra.ShellCompDirectiveNoFileComp
		},
	}
	cmd.Flags().SetInterspersed(false) // -20 is a value
	return cmd
}

// completeSetting offers the keys, then what the key's value can be.
func completeSetting(args []string) []string {
	if len(args) > 1 {
		return nil
	}
	var words []string
	for _, k := range config.Keys() {
		switch {
		case len(args) == 0:
			words = append(words, k.Name+"\t"+k.Doc)
		case k.Name == args[0] && k.Kind == config.YesNo:
			return []string{"true", "false"}
		case k.Name == args[0]:
			return k.Choices
		}
	}
	return words
}

// showConfig prints the settings as statements that the file could have, and
// behind them as comments where they come from.
func showConfig(cmd *cobra.Command) error {
	path, err := config.Path()
	if err != nil {
		return err
	}
	file, faults := config.Load(path)
	if file == nil {
		return faults
	}
	w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
	for _, k := range config.Keys() {
		value, source := inForce(file, k)
		fmt.Fprintf(w, "%s = %s\t# %s\n", k.Name, config.Format(value), source)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return faults
}

// inForce is the value of a key and where it comes from.
func inForce(file *config.File, k config.Key) (value any, source string) {
	setting, ok := settingOf[k.Name]
	if !ok {
		return file.Get(k.Name), file.Source(k.Name)
	}
	text, variable, ok := environment(setting)
	if !ok {
		return file.Get(k.Name), file.Source(k.Name)
	}
	if value, err := k.Parse(text); err == nil {
		return value, variable
	}
	return text, variable // what is wrong with it the command tells that uses it
}

// settingOf is the flag, and by it the variable of the environment, that sets
// the same as a key of the configuration.
var settingOf = map[string]string{
	"receive.preset":    "preset",
	"receive.sideband":  "sideband",
	"receive.mark":      "mark",
	"receive.squelch":   "squelch",
	"receive.prior":     "prior",
	"receive.afc":       "afc",
	"receive.usos":      "usos",
	"transmit.waveform": "waveform",
	"transmit.level":    "level",
	"transmit.diddle":   "diddle",
	"transmit.preamble": "preamble",
	"rig.kind":          "rig",
	"rig.port":          "rig-port",
	"rig.address":       "rig-address",
	"rig.baud":          "rig-baud",
	"rig.model":         "rig-model",
	"rig.civ":           "rig-civ",
	"rig.invert":        "rig-invert",
	"rig.pin":           "rig-pin",
	"rig.source":        "rig-source",
	"rig.ptt":           "rig-ptt",
	"rig.ptt_port":      "rig-ptt-port",
	"rig.ptt_invert":    "rig-ptt-invert",
	"rig.ptt_pin":       "rig-ptt-pin",
}

func checkConfig(cmd *cobra.Command, path string) error {
	if _, err := config.Load(path); err != nil {
		return err
	}
	finding := "no mistakes"
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		finding = "there is no such file, so that every setting has its default"
	}
	_, err := fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\n", path, finding)
	return err
}

func setConfig(cmd *cobra.Command, key, text string) error {
	k, err := config.KeyNamed(key)
	if err != nil {
		return misuse("%w", err)
	}
	value, err := k.Parse(text)
	if err != nil {
		return misuse("%w", err)
	}
	path, err := config.Path()
	if err != nil {
		return err
	}
	file, faults := config.Load(path)
	if file == nil {
		return faults
	}
	if err := file.Set(key, value); err != nil {
		return err
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s = %s (%s)\n", key, config.Format(value), file.Source(key))
	return err
}
