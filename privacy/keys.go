package privacy

import (
	"errors"
	"fmt"
	"io"
	"sync"
)

// A Slot is the place of one party's key in the key store, counted from 1;
// 0 is no slot. A slot is given to one party for ever and never again.
type Slot uint64

// MaxAllocate is the largest number of keys that one Allocate may ask for.
const MaxAllocate = 1 << 20

// ErrNoSlot: the slot is 0 or was never handed out by this key store, which is
// then not the one that the register was written with, or an old copy of it.
var ErrNoSlot = errors.New("privacy: no such key slot")

// Keys is the party key store. It lives outside the register's database, so
// that erasing a key reaches every copy of what the key sealed. Every method
// may be called from several goroutines.
type Keys interface {
	// Allocate hands out n fresh random keys in consecutive slots and returns
	// the first. The keys are durable when it returns. No slot is ever handed
	// out twice, whatever crash comes between; after a crash some slots may
	// have been skipped. 1 <= n <= MaxAllocate.
	Allocate(n int) (first Slot, err error)
	// Get returns the key: ErrErased after Erase, ErrNoSlot for a slot that
	// was never handed out, ErrTampered for one that is damaged.
	Get(s Slot) (key [32]byte, err error)
	// Erase overwrites the keys for good; durable when it returns nil. Erasing
	// again is no error; one unknown slot (ErrNoSlot) and nothing is erased.
	Erase(s ...Slot) error
	// Close releases the store; every later call is an error.
	Close() error
}

// MemoryKeys is a [Keys] for tests and throw-away registers; nothing is durable.
type MemoryKeys struct {
	rand io.Reader

	mu     sync.Mutex
	keys   [][32]byte // by slot-1; zero = erased
	closed bool
}

// NewMemoryKeys returns an empty store that draws its keys from rand.
func NewMemoryKeys(rand io.Reader) *MemoryKeys { return &MemoryKeys{rand: rand} }

var errKeysClosed = errors.New("privacy: the key store is closed")

// Allocate implements [Keys].
func (m *MemoryKeys) Allocate(n int) (Slot, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return 0, errKeysClosed
	}
	if n < 1 || n > MaxAllocate {
		return 0, fmt.Errorf("privacy: allocate %d keys: between 1 and %d at a time", n, MaxAllocate)
	}
	fresh := make([][32]byte, n)
	for i := range fresh {
		if _, err := io.ReadFull(m.rand, fresh[i][:]); err != nil {
			return 0, fmt.Errorf("privacy: allocate keys: %w", err)
		}
		if fresh[i] == ([32]byte{}) {
			return 0, errors.New("privacy: allocate keys: the source of randomness yields zeros; mend it")
		}
	}
	first := Slot(len(m.keys) + 1)
	m.keys = append(m.keys, fresh...)
	return first, nil
}

// Get implements [Keys].
func (m *MemoryKeys) Get(s Slot) ([32]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.known(s); err != nil {
		return [32]byte{}, err
	}
	if m.keys[s-1] == ([32]byte{}) {
		return [32]byte{}, ErrErased
	}
	return m.keys[s-1], nil
}

// Erase implements [Keys].
func (m *MemoryKeys) Erase(slots ...Slot) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range slots {
		if err := m.known(s); err != nil {
			return err
		}
	}
	for _, s := range slots {
		m.keys[s-1] = [32]byte{}
	}
	return nil
}

// Close implements [Keys].
func (m *MemoryKeys) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closed = true
	return nil
}

func (m *MemoryKeys) known(s Slot) error {
	if m.closed {
		return errKeysClosed
	}
	if s == 0 || s > Slot(len(m.keys)) {
		return fmt.Errorf("%w: %d of %d", ErrNoSlot, s, len(m.keys))
	}
	return nil
}
