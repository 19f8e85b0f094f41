package archtest

// The ceilings of size, in lines. Generated files are exempt.
const (
	maxFile     = 600
	maxFunction = 100
)

func sourceRules() []Rule {
	return []Rule{
		{"one writer", "only the clerk commits to a store: one place for due process", commits},
		{"no init", "wiring is visible in one file", inits},
		{"no mutable globals", "state that anyone can change has no owner; what must be stands in globals.txt with its reason", globals},
		{"package comment", "it says how to use the package", packageComments},
		{"doc comment", "every exported name says what it promises", docComments},
		{"short files", "a file is read in one sitting", longFiles},
		{"short functions", "a function does one thing", longFunctions},
		{"loud skips", "a test that is skipped says why", silentSkips},
		{"no sleep in tests", "a test that sleeps is slow or wrong; wait for the event, or use testing/synctest", sleeps},
	}
}

func moduleRules() []Rule {
	return []Rule{
		{"no replace", "what is built here is what everyone else builds", replaces},
		{"reviewed dependencies", "each one is somebody we trust: dependencies.txt says for what", dependencies},
	}
}
