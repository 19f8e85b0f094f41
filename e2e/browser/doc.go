// Package browser looks at every page of a register with Chromium, with and
// without JavaScript, in both languages and both themes: nothing is broken,
// nothing is asked of anybody else, and whoever cannot see or point finds their
// way (axe-core, WCAG 2.2 AA).
//
//	STANDING_LOOKS=DIR go test ./e2e/browser    # and pictures of every page
package browser
