package register

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/tile"
)

func sortBy[T any, K cmp.Ordered](s []T, key func(T) K) {
	slices.SortFunc(s, func(a, b T) int { return cmp.Compare(key(a), key(b)) })
}

// Checkpoint is the last signed note.
func (r *Register) Checkpoint(ctx context.Context) ([]byte, error) {
	b, err := r.cfg.Store.Checkpoint(ctx)
	if err == nil && b == nil {
		err = standing.Errorf(standing.NotFound, "nothing is recorded yet, so there is no checkpoint")
	}
	return b, err
}

// Tile is the resource at a tlog-tiles path. Entry bundles are made from the
// acts, not stored twice.
func (r *Register) Tile(ctx context.Context, path string) ([]byte, error) {
	level, index, width, err := tile.ParsePath(path)
	if err != nil {
		return nil, standing.Errorf(standing.NotFound, "%v", err)
	}
	size, err := r.cfg.Store.Size(ctx)
	if err != nil {
		return nil, err
	}
	missing := standing.Errorf(standing.NotFound, "no %.80s in a log of %d acts", strings.TrimPrefix(path, "/"), size)
	if level == tile.Entries {
		from := index * tile.Width
		if to := from + uint64(width); to <= size {
			return r.bundle(ctx, from, to)
		}
		return nil, missing
	}
	b, err := r.cfg.Store.Tile(ctx, uint8(level), index)
	if err != nil || len(b) < width*32 {
		return nil, missing
	}
	return b[:width*32], nil
}

func (r *Register) bundle(ctx context.Context, from, to uint64) ([]byte, error) {
	var out []byte
	err := r.cfg.Store.Leaves(ctx, from, to, func(_ uint64, leaf []byte) error {
		var err error
		out, err = tile.AppendEntry(out, leaf)
		return err
	})
	return out, err
}
