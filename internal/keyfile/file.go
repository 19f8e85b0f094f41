package keyfile

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"

	"github.com/openstanding/standing/privacy"
)

const (
	slotSize = 64
	// block is the number of keys written ahead with one fsync.
	block = 4096
	// maxSlots keeps every offset far from overflow.
	maxSlots = 1 << 40
)

var (
	erased = make([]byte, slotSize)
	lost   = bytes.Repeat([]byte{0xFF}, slotSize)
)

// Options say which register's key file it is and what opens it.
type Options struct {
	Origin string    // the register's log origin; guards against the wrong file
	Master [32]byte  // from [Secrets]
	Rand   io.Reader // source of keys; nil means crypto/rand
}

// File is a [privacy.Keys] in one file, held by one process at a time.
type File struct {
	path   string
	file   *os.File
	lock   func() error // releases the lock
	reader bool         // see OpenRead
	rand   io.Reader
	id     [16]byte
	box    privacy.Box
	given  atomic.Uint64 // slots that may have been handed out

	grow   sync.Mutex // held by whoever changes the file; guards:
	end    uint64     // slots written ahead up to here; given <= end
	whole  uint64     // slots up to here are really in the file; beyond, lost
	broken error      // a failed write or fsync: what is on disk is unknown

	mu sync.RWMutex // orders reading a slot, overwriting one, and closing
}

var _ privacy.Keys = (*File)(nil)

// Create makes a new, empty key file and opens it. It is an explicit act, apart
// from Open, so that a mistyped path cannot quietly found a second key store.
// An existing file is fs.ErrExist.
func Create(path string, o Options) (*File, error) {
	h := identity{origin: o.Origin}
	if _, err := io.ReadFull(o.random(), h.id[:]); err != nil {
		return nil, fmt.Errorf("keyfile: create %s: %w", path, err)
	}
	header, err := h.encode(o.Master)
	if err != nil {
		return nil, err
	}
	if err := writeNew(path, header); err != nil {
		return nil, fmt.Errorf("keyfile: create %s: %w", path, err)
	}
	return Open(path, o)
}

// Open opens a key file. Errors: fs.ErrNotExist, [ErrInUse], [ErrMaster], and
// a file of another register or with a damaged header. A file whose end is torn
// or lost opens; only the slots concerned are damaged.
func Open(path string, o Options) (*File, error) {
	if o.Master == ([32]byte{}) {
		return nil, fmt.Errorf("keyfile: open %s: %w: it is all zero", path, ErrMaster)
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, fmt.Errorf("keyfile: %w", err)
	}
	f := &File{path: path, file: file, rand: o.random()}
	if f.lock, err = lockFile(file); err != nil {
		file.Close()
		return nil, fmt.Errorf("keyfile: %s: %w: stop the other one first: %w", path, ErrInUse, err)
	}
	if err := f.load(o); err != nil {
		f.lock()
		file.Close()
		return nil, err
	}
	return f, nil
}

// OpenRead opens a key file for Get alone, beside a process that holds it:
// looking a party up does not need the register to stop. Slots that are handed
// out later are read as they are in the file then.
func OpenRead(path string, o Options) (*File, error) {
	if o.Master == ([32]byte{}) {
		return nil, fmt.Errorf("keyfile: open %s: %w: it is all zero", path, ErrMaster)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("keyfile: %w", err)
	}
	f := &File{path: path, file: file, rand: o.random(), lock: func() error { return nil }, reader: true}
	if err := f.load(o); err != nil {
		file.Close()
		return nil, err
	}
	f.broken = fmt.Errorf("keyfile: %s is open for reading only", path)
	return f, nil
}

// load reads the header and finds out which slots may have been handed out.
func (f *File) load(o Options) error {
	header := make([]byte, headerSize)
	n, err := f.file.ReadAt(header, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("keyfile: read %s: %w", f.path, err)
	}
	h, err := decodeHeader(header[:n], o.Master, o.Origin)
	if err != nil {
		return fmt.Errorf("keyfile: %s: %w", f.path, err)
	}
	info, err := f.file.Stat()
	if err != nil {
		return fmt.Errorf("keyfile: %w", err)
	}
	f.id = h.id
	if f.box, err = h.box(o.Master); err != nil {
		return err
	}
	length := uint64(max(info.Size()-headerSize, 0))
	f.whole = length / slotSize
	f.end = max((length+slotSize-1)/slotSize, decodeMark(header[markAt:]))
	if f.end > maxSlots {
		return fmt.Errorf("keyfile: %s claims %d slots, at most %d can be; restore it from its back-up", f.path, f.end, uint64(maxSlots))
	}
	f.given.Store(f.end)
	return nil
}

// Skip declares every slot up to s handed out. Call it after Open with the
// highest slot that the register mentions: should the key file be an older copy
// than the register, its lost slots are then damaged, not given to others.
func (f *File) Skip(s privacy.Slot) error {
	f.grow.Lock()
	defer f.grow.Unlock()
	if uint64(s) > maxSlots {
		return fmt.Errorf("keyfile: %s: skip to slot %d: at most %d can be", f.path, s, uint64(maxSlots))
	}
	if uint64(s) > f.given.Load() {
		f.given.Store(uint64(s))
		f.end = max(f.end, uint64(s))
	}
	return nil
}

// Given is the highest slot that may have been handed out.
func (f *File) Given() privacy.Slot { return privacy.Slot(f.given.Load()) }

// Allocate implements [privacy.Keys]. One fsync serves 4,096 keys.
func (f *File) Allocate(n int) (privacy.Slot, error) {
	f.grow.Lock()
	defer f.grow.Unlock()
	if n < 1 || n > privacy.MaxAllocate {
		return 0, fmt.Errorf("keyfile: allocate %d keys: between 1 and %d at a time", n, privacy.MaxAllocate)
	}
	if f.broken != nil {
		return 0, fmt.Errorf("keyfile: %s: an earlier write failed; reopen the register: %w", f.path, f.broken)
	}
	given := f.given.Load()
	if want := given + uint64(n); want > f.end {
		if err := f.writeAhead(max(want, f.end+block)); err != nil {
			f.broken = err
			return 0, err
		}
	}
	f.given.Store(given + uint64(n))
	return privacy.Slot(given + 1), nil
}

// writeAhead writes fresh keys up to slot upTo and makes them durable.
func (f *File) writeAhead(upTo uint64) error {
	if upTo > maxSlots {
		return fmt.Errorf("keyfile: %s is full: %d slots", f.path, f.end)
	}
	if err := f.fillLost(f.end); err != nil {
		return err
	}
	random := bufio.NewReaderSize(f.rand, 1<<16)
	buf := make([]byte, 0, block*slotSize)
	for from := f.end; from < upTo; from += block {
		buf = buf[:0]
		for s := from + 1; s <= min(from+block, upTo); s++ {
			sealed, err := f.freshKey(s, random)
			if err != nil {
				return fmt.Errorf("keyfile: %s: make key %d: %w", f.path, s, err)
			}
			buf = append(append(buf, sealed...), erased[:slotSize-len(sealed)]...)
		}
		if _, err := f.file.WriteAt(buf, offset(from+1)); err != nil {
			return fmt.Errorf("keyfile: %w", err)
		}
	}
	if _, err := f.file.WriteAt(encodeMark(upTo), markAt); err != nil {
		return fmt.Errorf("keyfile: %w", err)
	}
	if err := f.file.Sync(); err != nil {
		return fmt.Errorf("keyfile: %w", err)
	}
	f.end, f.whole = upTo, upTo
	return nil
}

// freshKey draws a key and seals it for its slot.
func (f *File) freshKey(s uint64, random io.Reader) ([]byte, error) {
	var key [32]byte
	if _, err := io.ReadFull(random, key[:]); err != nil {
		return nil, err
	}
	if key == ([32]byte{}) {
		return nil, errors.New("the source of randomness yields zeros; mend it")
	}
	return f.box.Seal(f.aad(s), key[:], random)
}

// fillLost marks the slots up to s that were handed out but are no longer in
// the file, so that the hole left by writing behind them does not read as
// erased.
func (f *File) fillLost(s uint64) error {
	for f.whole < s {
		n := min(s-f.whole, block)
		if _, err := f.file.WriteAt(bytes.Repeat(lost, int(n)), offset(f.whole+1)); err != nil {
			return fmt.Errorf("keyfile: %w", err)
		}
		f.whole += n
	}
	return nil
}

// Get implements [privacy.Keys].
func (f *File) Get(s privacy.Slot) ([32]byte, error) {
	if err := f.known(s); err != nil {
		return [32]byte{}, err
	}
	record := make([]byte, slotSize)
	f.mu.RLock()
	_, err := f.file.ReadAt(record, offset(uint64(s)))
	f.mu.RUnlock()
	if errors.Is(err, io.EOF) {
		return [32]byte{}, fmt.Errorf("keyfile: %s has lost key %d; restore it from its back-up: %w", f.path, s, privacy.ErrTampered)
	}
	if err != nil {
		return [32]byte{}, fmt.Errorf("keyfile: %w", err)
	}
	if bytes.Equal(record, erased) {
		return [32]byte{}, privacy.ErrErased
	}
	sealed, pad := record[:32+privacy.Overhead], record[32+privacy.Overhead:]
	key, err := f.box.Open(f.aad(uint64(s)), sealed)
	if err != nil || !bytes.Equal(pad, erased[:len(pad)]) {
		return [32]byte{}, fmt.Errorf("keyfile: %s: key %d is damaged; restore it from its back-up: %w", f.path, s, privacy.ErrTampered)
	}
	return [32]byte(key), nil
}

// Erase implements [privacy.Keys]. If it fails or the process dies in it, some
// of the slots may be erased and one may read as damaged: erase again.
func (f *File) Erase(slots ...privacy.Slot) error {
	f.grow.Lock()
	defer f.grow.Unlock()
	var last uint64
	for _, s := range slots {
		if err := f.known(s); err != nil {
			return err
		}
		last = max(last, uint64(s))
	}
	if err := f.fillLost(last); err != nil {
		return err
	}
	for _, s := range slots {
		f.mu.Lock()
		_, err := f.file.WriteAt(erased, offset(uint64(s)))
		f.mu.Unlock()
		if err != nil {
			return fmt.Errorf("keyfile: %w", err)
		}
	}
	if err := f.file.Sync(); err != nil {
		return fmt.Errorf("keyfile: erase is not durable, do it again: %w", err)
	}
	return nil
}

// Close implements [privacy.Keys]; it gives the unused slots back.
func (f *File) Close() error {
	f.grow.Lock()
	defer f.grow.Unlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	if errors.Is(f.broken, os.ErrClosed) {
		return fmt.Errorf("keyfile: close %s: %w", f.path, f.broken)
	}
	var errs []error
	if given := f.given.Load(); f.broken == nil && f.end > given {
		errs = append(errs, f.file.Truncate(offset(given+1)))
		_, err := f.file.WriteAt(encodeMark(given), markAt)
		errs = append(errs, err, f.file.Sync())
	}
	f.broken = os.ErrClosed
	errs = append(errs, f.lock(), f.file.Close())
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("keyfile: close %s: %w", f.path, err)
	}
	return nil
}

func (f *File) known(s privacy.Slot) error {
	if given := f.given.Load(); s == 0 || uint64(s) > given && !f.reader {
		return fmt.Errorf("keyfile: %s: %w: %d of %d", f.path, privacy.ErrNoSlot, s, given)
	}
	return nil
}

// aad binds a record to its file and slot.
func (f *File) aad(s uint64) []byte {
	return binary.BigEndian.AppendUint64(append(make([]byte, 0, 24), f.id[:]...), s)
}

func (o Options) random() io.Reader {
	if o.Rand == nil {
		return rand.Reader
	}
	return o.Rand
}

func offset(s uint64) int64 { return headerSize + int64(s-1)*slotSize }
