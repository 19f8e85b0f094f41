package crash

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"time"
)

// Rounds starts a program and kills it, again and again, each time on what the
// last one left.
type Rounds struct {
	Program string        // a name from the map given to [Main]
	Args    []string      // its arguments, the same in every round
	N       int           // how many rounds; 0 means 10
	Seed    uint64        // of the random moments; the same seed gives the same counts and delays
	MaxAcks int           // a kill comes after 0 to MaxAcks acknowledgements; 0 means 50
	Spread  time.Duration // and up to this much later; 0 means 3 ms
	Limit   time.Duration // for one round; 0 means 30 s
}

// Run plays the rounds and calls check after each death with what was
// acknowledged in that round. It stops at the first error, which names the round
// and the seed.
func (r Rounds) Run(ctx context.Context, check func(round int, acked []int64) error) error {
	n, maxAcks, spread, limit := cmp.Or(r.N, 10), cmp.Or(r.MaxAcks, 50), cmp.Or(r.Spread, 3*time.Millisecond), cmp.Or(r.Limit, 30*time.Second)
	random := rand.New(rand.NewPCG(r.Seed, 0))
	for round := range n {
		count, delay := random.IntN(maxAcks+1), time.Duration(random.Int64N(int64(spread)))
		acked, err := r.once(ctx, limit, count, delay)
		if err == nil {
			err = check(round, acked)
		}
		if err != nil {
			return fmt.Errorf("crash: round %d of %d, seed %d, killed %s after %d acknowledgements: %w", round, n, r.Seed, delay, count, err)
		}
	}
	return nil
}

func (r Rounds) once(ctx context.Context, limit time.Duration, count int, delay time.Duration) ([]int64, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	p, err := Start(ctx, r.Program, r.Args...)
	if err != nil {
		return nil, err
	}
	return p.KillAfter(ctx, count, delay)
}
