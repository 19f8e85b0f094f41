package clerk

// SetCacheBound makes the cache of cases small, before anything is submitted.
func (c *Clerk) SetCacheBound(n int) { c.cases.bound = n }

// Waiting is the number of submissions in the queue.
func (c *Clerk) Waiting() int { return len(c.queue) }
