package server

import (
	"hash/maphash"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/openstanding/standing"
)

// Rate is a quota of requests in a window of time, all at once or spread. The
// zero Rate has no bound.
type Rate struct {
	Requests int
	Window   time.Duration
}

func (r Rate) off() bool { return r.Requests <= 0 || r.Window <= 0 }

// Rates bound what one client may ask, so that one cannot take what is
// everybody's. Searches cost two requests, exports and batches ten. Health
// answers are outside.
type Rates struct {
	Address Rate // of one IPv4 address, or of one IPv6 network of 64 bits
	Key     Rate // of one API key that is known

	// Proxies are the networks of the reverse proxies in front; Header is where
	// they put whom they ask for, X-Forwarded-For unless given. Of an address that
	// is no proxy's the header says nothing. Without this, everybody behind a
	// proxy is one client.
	Proxies []netip.Prefix
	Header  string
}

// slots is how many clients are remembered at a time, in sets of waySize. Where
// more are active, the least active of a set is forgotten, and has its whole
// quota again.
const (
	setCount = 1 << 13
	waySize  = 4
	stripes  = 64
)

// limiter counts by the generic cell rate algorithm (ITU-T I.371): of a client
// it keeps one instant, that at which its quota will be whole again. It is safe
// for concurrent use and of fixed size.
type limiter struct {
	name   string
	policy []string // value of the header RateLimit-Policy
	cell   int64    // nanoseconds in which one request comes back
	window int64    // nanoseconds
	seed   maphash.Seed
	locks  [stripes]sync.Mutex
	sets   []way
}

// way is a set of clients that share a place.
type way [waySize]struct {
	tag  uint64
	full int64 // when the quota is whole, in nanoseconds
}

func newLimiter(name string, r Rate) *limiter {
	if r.off() {
		return nil
	}
	return &limiter{name: name, cell: int64(r.Window) / int64(r.Requests), window: int64(r.Window), seed: maphash.MakeSeed(), sets: make([]way, setCount),
		policy: []string{`"` + name + `";q=` + strconv.Itoa(r.Requests) + ";w=" + strconv.FormatInt(max(int64(r.Window/time.Second), 1), 10)}}
}

// take takes cost requests from a client's quota. It returns what is left, how
// long until all is back, and, where there was not enough, how long until there
// will be.
func (l *limiter) take(client string, cost int, now time.Time) (left int, whole, wait time.Duration) {
	tag := maphash.String(l.seed, client)
	at := tag % setCount
	lock := &l.locks[at%stripes]
	lock.Lock()
	defer lock.Unlock()
	set, n := &l.sets[at], now.UnixNano()
	mine := 0
	for i := range set {
		if set[i].tag == tag {
			mine = i
			break
		}
		if set[i].full < set[mine].full {
			mine = i
		}
	}
	c := &set[mine]
	if c.tag != tag {
		c.tag, c.full = tag, 0
	}
	full := max(c.full, n) + int64(cost)*l.cell
	if over := full - n - l.window; over > 0 && cost > 0 {
		return int((n + l.window - max(c.full, n)) / l.cell), time.Duration(max(c.full, n) - n), time.Duration(over)
	}
	c.full = full
	return int((n + l.window - full) / l.cell), time.Duration(full - n), 0
}

// rated holds a handler to the quota of whoever asks, and says in each answer
// what is left (draft-ietf-httpapi-ratelimit-headers).
func (s *server) rated(cost int, next http.Handler) http.Handler {
	if s.byAddress == nil && s.byKey == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l, client := s.client(r)
		if l == nil {
			next.ServeHTTP(w, r)
			return
		}
		left, whole, wait := l.take(client, costOf(cost, r), s.now())
		h := w.Header()
		h["Ratelimit-Policy"] = l.policy
		h["Ratelimit"] = []string{`"` + l.name + `";r=` + strconv.Itoa(left) + ";t=" + seconds(whole)}
		if wait == 0 {
			next.ServeHTTP(w, r)
			return
		}
		h.Set("Retry-After", seconds(wait))
		p := httpProblem(http.StatusTooManyRequests, "this client has asked for more than its quota", "ask again after the time in Retry-After; the headers RateLimit-Policy and RateLimit say how much may be asked")
		p.Type = quotaExceeded
		s.write(w, r, p.Problem)
	})
}

// quotaExceeded is the problem type of the same draft.
const quotaExceeded = "https://iana.org/assignments/http-problem-types#quota-exceeded"

// costOf is what a request costs: an export is many pages.
func costOf(cost int, r *http.Request) int {
	for _, how := range []string{r.URL.RawQuery, r.Header.Get("Accept")} {
		if strings.Contains(how, "csv") || strings.Contains(how, "format=jsonl") || strings.Contains(how, "x-ndjson") {
			return max(cost, exportCost)
		}
	}
	return max(cost, 1)
}

const exportCost = 10

func seconds(d time.Duration) string {
	return strconv.FormatInt(int64((d+time.Second-1)/time.Second), 10)
}

// client says who asks, by which limiter. A key that is not known counts for
// nothing: who invents keys has no further quota.
func (s *server) client(r *http.Request) (*limiter, string) {
	if header := r.Header["Authorization"]; len(header) == 1 {
		if scheme, key, _ := strings.Cut(header[0], " "); strings.EqualFold(scheme, "Bearer") {
			if p, ok := s.relying.find(strings.TrimSpace(key)); ok {
				return s.byKey, p.ID
			}
		}
	}
	return s.byAddress, s.rates.address(r)
}

// address is the network that a request comes from, as the bytes by which a
// client is told.
func (o *Rates) address(r *http.Request) string {
	port, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr // not of a network: a socket, a test
	}
	a := port.Addr().Unmap().WithZone("")
	if o.proxy(a) {
		name := o.Header
		if name == "" {
			name = "X-Forwarded-For"
		}
		a = o.forwarded(r.Header.Values(name), a)
	}
	if a.Is4() {
		b := a.As4()
		return string(b[:])
	}
	b := a.As16()
	return string(b[:8])
}

func (o *Rates) proxy(a netip.Addr) bool {
	for _, p := range o.Proxies {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// forwarded walks what the proxies wrote from the nearest to the farthest and
// stops at the first that is no proxy: whatever stands before it, a client may
// have made up.
func (o *Rates) forwarded(values []string, near netip.Addr) netip.Addr {
	for i := len(values) - 1; i >= 0; i-- {
		parts := strings.Split(values[i], ",")
		for k := len(parts) - 1; k >= 0; k-- {
			a, ok := hop(strings.TrimSpace(parts[k]))
			if !ok {
				return near
			}
			if near = a; !o.proxy(a) {
				return a
			}
		}
	}
	return near
}

func hop(s string) (netip.Addr, bool) {
	if p, err := netip.ParseAddrPort(s); err == nil {
		return p.Addr().Unmap().WithZone(""), true
	}
	a, err := netip.ParseAddr(strings.Trim(s, "[]"))
	return a.Unmap().WithZone(""), err == nil
}

// Check reports what of the rates cannot be meant. Errors are Invalid.
func (o *Rates) Check() error {
	for _, r := range []Rate{o.Address, o.Key} {
		if !r.off() && (r.Requests < exportCost || int64(r.Window)/int64(r.Requests) == 0) {
			return standing.Errorf(standing.Invalid, "a rate of %d requests in %v: at least %d, and not more than one a nanosecond", r.Requests, r.Window, exportCost)
		}
	}
	if o.Header != "" && len(o.Proxies) == 0 {
		return standing.Errorf(standing.Invalid, "the header %.40q is believed from proxies alone: name their networks", o.Header)
	}
	return nil
}
