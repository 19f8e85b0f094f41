package register_test

import (
	"context"

	"github.com/openstanding/standing/register"
)

// openAgain opens the town's store once more, for reading, with a cold engine.
func openAgain(w *town) (*register.Register, error) {
	cfg := w.config
	cfg.Clerk = nil
	return register.Open(context.Background(), cfg)
}
