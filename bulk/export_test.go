package bulk

import (
	"context"

	"github.com/openstanding/standing/api"
)

// Disk and DiskFile are what tests put between publishing and the system.
type (
	Disk     = disk
	DiskFile = file
)

// SystemDisk is the disk that publishing uses.
func SystemDisk() Disk { return osDisk{} }

// On puts the files on a disk.
func (o Options) On(d Disk) Options {
	o.disk = d
	return o
}

// Quote writes a string as canonical JSON.
func Quote(s string) string { return string(quote(nil, s)) }

// Member finds a text in a line.
func Member(row []byte, name string) (string, bool) { return member(row, name) }

// WriteOnce writes a statistic.
func WriteOnce(dir, name string, content []byte) error {
	return writeOnce(osDisk{}, dir, name, content)
}

// Columns writes the parties of a register as Parquet and nothing else.
func Columns(ctx context.Context, dir string, exports api.Exports, o Options) (File, error) {
	p := &publisher{Options: o}
	s, err := newPartyColumns(osDisk{}, dir, "parties.parquet")
	if err != nil {
		return File{}, err
	}
	_, err = distribute(ctx, []func(*batch) error{s.take}, func(yield func(*batch) error) (uint64, error) { return p.read(ctx, exports, PartyNoun, yield) })
	if err != nil {
		return File{}, err
	}
	return s.finish()
}
