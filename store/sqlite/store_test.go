package sqlite_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/sqlite"
	"github.com/openstanding/standing/store/storetest"
)

func create(t testing.TB) (*sqlite.Store, string) {
	t.Helper()
	dir, err := os.MkdirTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "register.db")
	s, err := sqlite.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, path
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) store.Store {
		s, _ := create(t)
		return s
	})
}

func TestReopen(t *testing.T) {
	storetest.Reopen(t, func(t *testing.T) func() store.Store {
		path := filepath.Join(t.TempDir(), "register.db")
		return func() store.Store {
			s, err := sqlite.Open(path)
			if _, absent := os.Stat(path); errors.Is(absent, fs.ErrNotExist) {
				s, err = sqlite.Create(path)
			}
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
	})
}
