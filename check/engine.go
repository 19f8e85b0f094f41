package check

import (
	"maps"
	"strings"
	"sync/atomic"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/check/index"
	"github.com/openstanding/standing/ident"
	"github.com/openstanding/standing/region"
	"github.com/openstanding/standing/store"
)

// Engine answers about now, from memory. It is safe for concurrent use; Apply
// is called by one goroutine.
type Engine struct {
	hasher  *index.Hasher
	dict    *dictionary
	index   *index.Index
	law     atomic.Pointer[Law]
	sources atomic.Pointer[Sources]
	size    atomic.Uint64
}

// Loader gathers effect rows into an engine.
type Loader struct {
	e   *Engine
	b   index.Builder
	now standing.Instant
}

// NewLoader starts an engine that will answer about now and later: what ended
// before now is left out.
func NewLoader(hasher *index.Hasher, law *Law, sources Sources, now standing.Instant) *Loader {
	e := &Engine{hasher: hasher, dict: newDictionary()}
	e.law.Store(law)
	e.sources.Store(&sources)
	return &Loader{e: e, now: now}
}

// Add takes one row.
func (l *Loader) Add(row *store.EffectRow) error {
	for _, entry := range l.e.entries(row, l.now) {
		l.b.Add(entry.Key, entry.Interval)
	}
	return nil
}

// Done builds the engine, current as of a size of the log.
func (l *Loader) Done(size uint64) *Engine {
	l.e.index = l.b.Build(index.AsOf{})
	l.e.size.Store(size)
	return l.e
}

func (e *Engine) entries(row *store.EffectRow, now standing.Instant) []index.Entry {
	var out []index.Entry
	for _, f := range row.Effects {
		if f.Until <= now {
			continue
		}
		v := index.Interval{Rule: e.dict.rule(RuleOf(row, f.WhileShown)), Except: e.dict.set(f.Exempted), From: int64(f.From), Until: int64(f.Until),
			Listing: index.ID(row.Listing), Subject: index.ID(row.Ruling)}
		for _, k := range row.Keys {
			out = append(out, index.Entry{Key: index.Key(k), Interval: v})
		}
	}
	return out
}

// Apply takes in what a batch changed: rows replace those of their listings.
func (e *Engine) Apply(size uint64, rows []store.EffectRow, law *Law, sources Sources, now standing.Instant) {
	if law != nil {
		e.law.Store(law)
	}
	if len(sources) > 0 {
		next := maps.Clone(*e.sources.Load())
		maps.Copy(next, sources)
		e.sources.Store(&next)
	}
	changes := make([]index.Change, 0, len(rows))
	for i := range rows {
		changes = append(changes, index.Change{Listing: index.ID(rows[i].Listing), Set: e.entries(&rows[i], now)})
	}
	e.index.Apply(index.AsOf{}, changes)
	e.size.Store(size)
}

// Size is the number of acts that answers take into account.
func (e *Engine) Size() uint64 { return e.size.Load() }

// Law is what is in force now.
func (e *Engine) Law() *Law { return e.law.Load() }

// Sources says how fresh the imported lists are.
func (e *Engine) Sources() Sources { return *e.sources.Load() }

// Len and Bytes are the number of intervals in memory and what they take.
func (e *Engine) Len() int { return e.index.Len() }

// Bytes is the memory of the index.
func (e *Engine) Bytes() int { return e.index.Bytes() }

// Check answers about an identifier at an instant not before the engine was
// loaded. The common answer, clear, allocates nothing.
func (e *Engine) Check(id ident.Identifier, activity string, where region.ID, at standing.Instant) (Decision, error) {
	cover, err := e.law.Load().Cover(activity, where)
	if err != nil {
		return Decision{}, err
	}
	return e.CheckCover(cover, id, at)
}

// CheckCover is Check for whoever asks many questions about one activity in one
// region and keeps the cover.
func (e *Engine) CheckCover(cover *Cover, id ident.Identifier, at standing.Instant) (Decision, error) {
	return e.CheckInto(cover, id, at, nil)
}

// CheckInto is CheckCover with room for hits, so that a restricted answer need
// not allocate either. The decision's hits lie in that room until its next use.
func (e *Engine) CheckInto(cover *Cover, id ident.Identifier, at standing.Instant, room []Hit) (Decision, error) {
	if law := e.law.Load(); cover.law != law {
		var err error
		if cover, err = law.Cover(cover.Activity, cover.Region); err != nil {
			return Decision{}, err
		}
	}
	var key index.Key
	e.hasher.Key(&key, string(id.Scheme), id.Value)
	return e.decide(cover, string(id.Scheme), key, at, room), nil
}

// CheckText answers about a look-up text ("name:...") as made by package
// privacy.
func (e *Engine) CheckText(text, activity string, where region.ID, at standing.Instant) (Decision, error) {
	cover, err := e.law.Load().Cover(activity, where)
	if err != nil {
		return Decision{}, err
	}
	scheme, _, _ := strings.Cut(text, ":")
	return e.decide(cover, NameScheme(scheme), e.Key(text), at, nil), nil
}

// NameScheme is the scheme of completeness for a look-up text's scheme: names
// are one scheme, however they are indexed.
func NameScheme(scheme string) string {
	if scheme == "protected-name" || strings.HasPrefix(scheme, "name+") {
		return "name"
	}
	return scheme
}

// Key is the look-up key of a text.
func (e *Engine) Key(text string) index.Key {
	scheme, value, _ := strings.Cut(text, ":")
	var key index.Key
	e.hasher.Key(&key, scheme, value)
	return key
}

func (e *Engine) decide(cover *Cover, scheme string, key index.Key, at standing.Instant, hits []Hit) Decision {
	fresh := e.sources.Load()
	var room [2]index.Interval
	found := e.index.Find(key, room[:0])
	if len(found) == 0 {
		return cover.absent(scheme, at, fresh)
	}
	hits = hits[:0]
	for i := range found {
		hits = append(hits, e.hit(&found[i]))
	}
	return cover.Decide(scheme, hits, at, *fresh)
}

// Hits are all spans on a key now and later, whatever they restrict.
func (e *Engine) Hits(key index.Key) []Hit {
	var out []Hit
	for _, v := range e.index.Find(key, nil) {
		out = append(out, e.hit(&v))
	}
	return out
}

func (e *Engine) hit(v *index.Interval) Hit {
	return Hit{Interval: standing.Interval{From: standing.Instant(v.From), Until: standing.Instant(v.Until)}, Rule: (*e.dict.rules.Load())[v.Rule],
		Listing: standing.CaseID(v.Listing), Ruling: standing.CaseID(v.Subject), Exempted: (*e.dict.sets.Load())[v.Except]}
}
