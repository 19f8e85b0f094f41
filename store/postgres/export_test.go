package postgres

import "context"

// Show returns a setting of the connections that the store uses.
func (s *Store) Show(ctx context.Context, name string) (value string, err error) {
	err = s.pool.QueryRow(ctx, "SELECT current_setting($1)", name).Scan(&value)
	return value, err
}

// Failure and Unsure are tested with errors that are hard to come by.
var (
	Failure = failure
	Unsure  = unsure
)
