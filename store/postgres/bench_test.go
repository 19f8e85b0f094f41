package postgres_test

import (
	"testing"

	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/storetest"
)

func BenchmarkCommit(b *testing.B) { storetest.BenchmarkCommit(b, fresh) }

func BenchmarkLoad(b *testing.B) { storetest.BenchmarkLoad(b, fresh) }

func BenchmarkLooks(b *testing.B) { storetest.BenchmarkLooks(b, fresh) }

func fresh(b *testing.B) store.Store {
	s, _ := create(b)
	return s
}
