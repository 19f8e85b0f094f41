package archtest

import "strings"

// pure are the packages whose decisions anyone must be able to replay.
var pure = []string{
	".", "./ident/...", "./region/...", "./charter/...", "./rulebook/...", "./match/...",
	"./check/...", "./tile/...", "./privacy/...", "./source/...",
}

// wall forbids imports. It sees through packages of this module: what a package
// reaches by way of another counts as its own import. Tests may import anything.
type wall struct {
	name    string
	from    []string
	never   []string
	except  []string // of never
	apart   []string // of from
	because string
}

var walls = []wall{
	{
		name:    "pure",
		from:    pure,
		never:   []string{"net/...", "os/...", "database/sql/...", "log/...", "syscall/...", "unsafe"},
		except:  []string{"net/url", "net/netip"},
		because: "any decision can be replayed by anyone",
	}, {
		name:    "no effect from grades",
		from:    []string{"./check/...", "./clerk/..."},
		never:   []string{"./score/...", "./programme/...", "./resolve/...", "./desk/..."},
		because: "a grade, a family tie or a draft can never become an effect",
	}, {
		name:    "only proposals",
		from:    []string{"./score/...", "./programme/...", "./inspect/...", "./resolve/..."},
		never:   []string{"./store/...", "./clerk/..."},
		because: "they propose; a person records",
	}, {
		name:    "thin ends",
		from:    []string{"./register/...", "./verify/...", "./server/...", "./portal/...", "./client/...", "./clerk/..."},
		never:   []string{"./store/..."},
		except:  []string{"./store"},
		because: "which database it is, only cmd knows",
	}, {
		name:    "bare index",
		from:    []string{"./check/index/..."},
		never:   []string{"./rulebook/...", "./charter/...", "cel.dev/..."},
		because: "server and client share it, and it knows intervals only",
	}, {
		name:    "small internals",
		from:    []string{"./internal/..."},
		never:   []string{"./..."},
		except:  []string{"./internal/..."},
		apart:   []string{"./internal/keyfile"}, // keeps on disk the keys that privacy defines
		because: "internal has no domain words",
	},
}

// door lets an import into the named packages only, tests apart.
type door struct {
	name    string
	into    []string
	only    []string
	because string
}

var doors = []door{
	{
		name:    "SQLite's door",
		into:    []string{"modernc.org/sqlite/..."},
		only:    []string{"./store/sqlite/...", "./desk/..."},
		because: "a dependency has one door",
	}, {
		name:    "PostgreSQL's door",
		into:    []string{"github.com/jackc/pgx/v5/..."},
		only:    []string{"./store/postgres/...", "./desk/...", "./internal/testenv/..."},
		because: "a dependency has one door",
	}, {
		name:    "SQL's door",
		into:    []string{"database/sql/..."},
		only:    []string{"./store/sqlite/...", "./store/postgres/...", "./desk/..."},
		because: "a dependency has one door",
	}, {
		name:    "CEL's door",
		into:    []string{"cel.dev/..."},
		only:    []string{"./rulebook/..."},
		because: "conditions are what the rulebook compiled, nothing else",
	}, {
		name:    "the doors of the edge",
		into:    []string{"github.com/danielgtaylor/huma/v2/...", "github.com/a-h/templ/..."},
		only:    []string{"./server/...", "./portal/...", "./cmd/..."},
		because: "the core does not know that it is served over HTTP",
	}, {
		name:    "the doors of the command",
		into:    []string{"github.com/alecthomas/kong/...", "github.com/schollz/progressbar/v3/...", "golang.org/x/term/..."},
		only:    []string{"./cmd/..."},
		because: "only the command line talks to a terminal",
	}, {
		name: "testing's door",
		into: []string{
			"testing/...", "pgregory.net/rapid/...", "github.com/google/go-cmp/...",
			"github.com/rogpeppe/go-internal/...", "./store/storetest/...", "./internal/testenv",
		},
		only:    []string{"./store/storetest/...", "./internal/testenv", "./e2e/..."},
		because: "test code in the product is code nobody meant to ship",
	},
}

func wallRules() []Rule {
	rules := []Rule{{"no clock", "time is an argument: any decision can be replayed by anyone", clocks}}
	for _, w := range walls {
		rules = append(rules, Rule{w.name, w.because, w.find})
	}
	return rules
}

func doorRules() []Rule {
	var rules []Rule
	for _, d := range doors {
		rules = append(rules, Rule{d.name, d.because, d.find})
	}
	return rules
}

func (w wall) find(t *Tree) []finding {
	var found []finding
	for _, p := range t.Packages {
		tool := strings.HasPrefix(p.Path, "./internal/") && p.main()
		if !matchesAny(w.from, p.Path) || matchesAny(w.apart, p.Path) || tool {
			continue
		}
		t.reach(p, func(chain []*Package, i imported) {
			if matchesAny(w.never, i.pkg) && !matchesAny(w.except, i.pkg) {
				found = append(found, finding{i.where, through(chain) + "imports " + i.pkg})
			}
		})
	}
	return found
}

func (d door) find(t *Tree) []finding {
	var found []finding
	for _, p := range t.Packages {
		if matchesAny(d.only, p.Path) {
			continue
		}
		for _, f := range p.code() {
			for _, i := range t.imports(f) {
				if matchesAny(d.into, i.pkg) {
					found = append(found, finding{i.where, "imports " + i.pkg + ", which belongs into " + strings.Join(d.only, ", ")})
				}
			}
		}
	}
	return found
}

// reach calls visit for every import of a package and of the packages of this
// module that it reaches, with the packages on the way.
func (t *Tree) reach(p *Package, visit func(chain []*Package, i imported)) {
	seen := map[*Package]bool{}
	var walk func(p *Package, chain []*Package)
	walk = func(p *Package, chain []*Package) {
		if seen[p] {
			return
		}
		seen[p] = true
		chain = append(chain[:len(chain):len(chain)], p)
		for _, f := range p.code() {
			for _, i := range t.imports(f) {
				visit(chain, i)
				if next := t.pkg(i.pkg); next != nil {
					walk(next, chain)
				}
			}
		}
	}
	walk(p, nil)
}

// through says by which packages the first one got here.
func through(chain []*Package) string {
	if len(chain) < 2 {
		return ""
	}
	names := make([]string, len(chain))
	for i, p := range chain {
		names[i] = p.Path
	}
	return strings.Join(names, " imports ") + " "
}
