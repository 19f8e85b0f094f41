// Package e2e tests the built command from outside, by scripts that a clerk can
// read: scripts/*.txtar, one for each promise of the mission. scripts/README.md
// lists the commands a script may use beside those of testscript.
//
// Every script runs once for each store, with $STORE set to the flag that names
// it, unless its first line is "# only: sqlite" or "# only: postgres".
//
//	go test ./e2e -run 'Scripts/sqlite/listing'
package e2e

import (
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/openstanding/standing/internal/procgroup"
	"github.com/openstanding/standing/internal/testenv"
)

// buildLimit is for a first build of everything.
const buildLimit = 10 * time.Minute

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){fakeProgram: fakeMain})
}

func TestScripts(t *testing.T) {
	if _, err := os.Stat("../cmd/standing"); os.IsNotExist(err) {
		t.Skip("there is no ../cmd/standing to test yet: not one promise of the mission is tested here")
	}
	scripts, err := filepath.Glob("scripts/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	if len(scripts) == 0 {
		t.Skip("there is no script in e2e/scripts yet: not one promise of the mission is tested here")
	}
	followSources(t)
	bin := build(t)
	for _, flavour := range flavours {
		t.Run(flavour.name, func(t *testing.T) {
			testscript.Run(t, flavour.params(t, scripts, "standing", bin))
		})
	}
}

// flavour is a store that the scripts run on.
type flavour struct {
	name  string
	store func(*testscript.Env) (flag string, err error)
}

var flavours = []flavour{{"sqlite", sqlite}, {"postgres", postgres}}

func sqlite(env *testscript.Env) (string, error) {
	return "--data=" + filepath.Join(env.WorkDir, "data"), nil
}

func postgres(env *testscript.Env) (string, error) {
	url, drop, err := testenv.NewDatabase(context.Background())
	if err != nil {
		return "", err
	}
	env.Defer(func() {
		if err := drop(); err != nil {
			env.T().Log(err)
		}
	})
	return "--store=" + url, nil
}

// params returns how to run those of the scripts that are meant for a flavour.
// The program is found by its name in the folder bin, or else on the PATH.
func (fl flavour) params(t *testing.T, scripts []string, program, bin string) testscript.Params {
	t.Helper()
	var mine []string
	for _, script := range scripts {
		only, err := onlyFor(script)
		if err != nil {
			t.Fatal(err)
		}
		if only == "" || only == fl.name {
			mine = append(mine, script)
		}
	}
	if len(mine) == 0 {
		t.Skipf("every script says that it is not for %s", fl.name)
	}
	return testscript.Params{
		Files:              mine,
		RequireUniqueNames: true,
		Cmds:               commands(program),
		Condition:          func(cond string) (bool, error) { return fl.condition(cond) },
		Setup: func(env *testscript.Env) error {
			store, err := fl.store(env)
			if err != nil {
				return err
			}
			if bin != "" {
				env.Setenv("PATH", bin+string(filepath.ListSeparator)+env.Getenv("PATH"))
			}
			env.Setenv("STORE", store)
			env.Values[serversKey{}] = &servers{byName: map[string]*server{}, program: program}
			return nil
		},
	}
}

// condition knows [sqlite] and [postgres].
func (fl flavour) condition(cond string) (bool, error) {
	for _, f := range flavours {
		if f.name == cond {
			return fl.name == cond, nil
		}
	}
	return false, &fs.PathError{Op: "condition", Path: cond, Err: fs.ErrInvalid}
}

// onlyFor returns the flavour named by a first line "# only: sqlite"; "" if the
// script is for all.
func onlyFor(script string) (string, error) {
	text, err := os.ReadFile(script)
	if err != nil {
		return "", err
	}
	first, _, _ := strings.Cut(string(text), "\n")
	only, _ := strings.CutPrefix(first, "# only:")
	if only == first {
		return "", nil
	}
	only = strings.TrimSpace(only)
	for _, f := range flavours {
		if f.name == only {
			return only, nil
		}
	}
	return "", &fs.PathError{Op: "only: " + only, Path: script, Err: fs.ErrInvalid}
}

// build builds the command as it is tested, with the race detector if this test
// has it, because then everything is compiled already.
func build(t *testing.T) (folder string) {
	t.Helper()
	folder = t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), buildLimit)
	defer cancel()
	args := []string{"build", "-o", filepath.Join(folder, "standing")}
	if raceEnabled {
		args = append(args, "-race")
	}
	cmd := procgroup.Command(ctx, "go", append(args, "../cmd/standing")...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build ./cmd/standing: %v\n%s", err, out)
	}
	return folder
}

// followSources looks into every folder of the module, so that the go command,
// which cannot see that this test builds the module, does not take a cached
// result for a new one.
func followSources(t *testing.T) {
	t.Helper()
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && strings.HasPrefix(d.Name(), ".") && name != ".." {
			return filepath.SkipDir
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// run runs a program of a script to its end and returns its exit code.
func run(ts *testscript.TestScript, program string, args []string) int {
	err := ts.Exec(program, args...)
	if err == nil {
		return 0
	}
	exit, ok := err.(*exec.ExitError)
	if !ok || exit.ExitCode() < 0 {
		ts.Fatalf("%s: %v", program, err)
	}
	return exit.ExitCode()
}
