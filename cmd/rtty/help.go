package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const groupKey = "rtty_group" // annotation of flags that stand under a heading of their own

// flagGroup is an empty set of flags that help texts list under heading.
func flagGroup(heading string) *pflag.FlagSet {
	group := pflag.NewFlagSet(heading, pflag.ContinueOnError)
	group.SortFlags = false
	return group
}

// addGroup gives the command the flags of the group, under the group's name.
func addGroup(cmd *cobra.Command, group *pflag.FlagSet) {
	group.VisitAll(func(flag *pflag.Flag) {
		if err := group.SetAnnotation(flag.Name, groupKey, []string{group.Name()}); err != nil {
			panic(err)
		}
	})
	cmd.Flags().SortFlags = false
	cmd.Flags().AddFlagSet(group)
}

// groups parts the command's flags by heading, in the order they were added.
func groups(cmd *cobra.Command) []*pflag.FlagSet {
	var parts []*pflag.FlagSet
	find := func(heading string) *pflag.FlagSet {
		for _, part := range parts {
			if part.Name() == heading {
				return part
			}
		}
		parts = append(parts, flagGroup(heading))
		return parts[len(parts)-1]
	}
	cmd.LocalFlags().VisitAll(func(flag *pflag.Flag) {
		heading := "Other"
		if under := flag.Annotations[groupKey]; under != nil {
			heading = under[0]
		}
		if !flag.Hidden {
			find(heading).AddFlag(flag)
		}
	})
	return parts
}

// printHelp is what --help shows: what the command does, an example that works
// as it stands, the flags by subject.
func printHelp(cmd *cobra.Command, _ []string) {
	w := cmd.OutOrStdout()
	about := cmd.Long
	if about == "" {
		about = cmd.Short
	}
	fmt.Fprintf(w, "%s\n\nUsage:\n", strings.TrimSpace(about))
	if cmd.Runnable() {
		fmt.Fprintf(w, "  %s\n", cmd.UseLine())
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(w, "  %s COMMAND\n", cmd.CommandPath())
	}
	if cmd.HasExample() {
		fmt.Fprintf(w, "\nExamples:\n%s\n", strings.TrimRight(cmd.Example, "\n"))
	}
	printCommands(w, cmd)
	for _, group := range groups(cmd) {
		fmt.Fprintf(w, "\n%s:\n%s", group.Name(), group.FlagUsages())
	}
}

func printCommands(w io.Writer, cmd *cobra.Command) {
	if !cmd.HasAvailableSubCommands() {
		return
	}
	fmt.Fprint(w, "\nCommands:\n")
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			fmt.Fprintf(w, "  %-11s %s\n", sub.Name(), sub.Short)
		}
	}
}

// completeWords offers words for the value of a flag, each with a description
// after a tab if it needs one.
func completeWords(cmd *cobra.Command, flag string, words []string) {
	complete := func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return words, cobra.ShellCompDirectiveNoFileComp
	}
	if err := cmd.RegisterFlagCompletionFunc(flag, complete); err != nil {
		panic(err)
	}
}

// recordingTypes are what the names of files end in that rtty can read.
var recordingTypes = []string{"wav", "flac", "raw", "pcm"}

// completeRecordings offers those files.
func completeRecordings(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return recordingTypes, cobra.ShellCompDirectiveFilterFileExt
}
