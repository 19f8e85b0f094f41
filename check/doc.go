// Package check answers "may this party do this here now?". It is pure over
// snapshots: a [Law] (the constitution with its compiled rulebooks), effect
// spans, and an instant. The same decision serves the hot path, which finds
// spans in package index, and questions about the past, which fold one party's
// cases.
//
//	engine := check.NewEngine(hasher)
//	engine.Load(rows, law, sources)         // from the store's effect rows
//	decision := engine.Check(id, activity, region, now)
//
// There are four verdicts and no default: clear only where every list that
// covers the activity is complete for the scheme asked by, and none has an
// effect.
package check
