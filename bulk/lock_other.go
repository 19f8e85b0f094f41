//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package bulk

// lock does nothing, for want of a lock that ends with the process: two at once
// leave one issue whole and one error.
func lock(string) (release func(), err error) { return func() {}, nil }
