package clerk

// Queued is how many statements wait to be judged, 1,024 at most.
func (c *Clerk) Queued() int { return len(c.queue) }
