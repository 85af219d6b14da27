//go:build !unix

package ui

// refuseSuspension has nothing to do where programs can't be stopped.
func refuseSuspension() (resume func()) { return func() {} }
