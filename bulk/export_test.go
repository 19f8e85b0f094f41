package bulk

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
