package bulk

import (
	"fmt"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"github.com/openstanding/standing"
)

// partyColumns and listingColumns are the rows as Parquet holds them: the names
// of the other formats, instants as UTC timestamps, lists as LIST, what is not
// known as null.
type partyColumns struct {
	ID          string   `parquet:"id"`
	Party       string   `parquet:"party"`
	Kind        string   `parquet:"kind,dict"`
	Names       []string `parquet:"names,list"`
	Identifiers []string `parquet:"identifiers,list"`
	Country     string   `parquet:"country,optional,dict"`
	Region      string   `parquet:"region,optional,dict"`
	Address     string   `parquet:"address,optional"`
	Registry    string   `parquet:"registry,optional,dict"`
	Entries     int32    `parquet:"entries"`
	Lists       []string `parquet:"lists,list"`
	Newest      *int64   `parquet:"newest,optional,timestamp(millisecond:utc)"`
}

type listingColumns struct {
	ID         string `parquet:"id"`
	List       string `parquet:"list,dict"`
	Field      string `parquet:"field,optional,dict"`
	Ground     string `parquet:"ground,optional,dict"`
	Party      string `parquet:"party"`
	Name       string `parquet:"name,optional"`
	PartyKind  string `parquet:"partyKind,dict"`
	Region     string `parquet:"region,optional,dict"`
	Authority  string `parquet:"authority,optional,dict"`
	Ruling     string `parquet:"ruling,optional"`
	RulingKind string `parquet:"rulingKind,optional,dict"`
	Docket     string `parquet:"docket,optional"`
	Decided    *int64 `parquet:"decided,optional,timestamp(millisecond:utc)"`
	From       *int64 `parquet:"from,optional,timestamp(millisecond:utc)"`
	Until      *int64 `parquet:"until,optional,timestamp(millisecond:utc)"`
	Review     *int64 `parquet:"review,optional,timestamp(millisecond:utc)"`
	Stayed     bool   `parquet:"stayed"`
	Source     string `parquet:"source,optional,dict"`
	Snapshot   *int64 `parquet:"snapshot,optional,timestamp(millisecond:utc)"`
}

// groupRows bounds a row group, and with it what the writer holds in memory.
const groupRows = 1 << 16

// columnsSink writes Parquet.
type columnsSink[C any] struct {
	*output
	w    *parquet.GenericWriter[C]
	rows []C
	fill func(c *C, b *batch, i int, t *stamps)
	when stamps
}

func newColumns[C any](d disk, root, path string, fill func(*C, *batch, int, *stamps)) (*columnsSink[C], error) {
	o, err := createOutput(d, root, path)
	if err != nil {
		return nil, err
	}
	w := parquet.NewGenericWriter[C](o,
		parquet.Compression(&zstd.Codec{Level: zstd.SpeedDefault, Concurrency: 1}),
		parquet.MaxRowsPerRowGroup(groupRows),
		parquet.PageBufferSize(256<<10),
		parquet.CreatedBy("standing", "1", ""))
	return &columnsSink[C]{output: o, w: w, fill: fill, rows: make([]C, 0, batchRows)}, nil
}

func (s *columnsSink[C]) take(b *batch) error {
	s.rows, s.when = s.rows[:b.rows()], s.when[:0]
	for i := range s.rows {
		s.fill(&s.rows[i], b, i, &s.when)
	}
	_, err := s.w.Write(s.rows)
	return err
}

func (s *columnsSink[C]) finish() (File, error) {
	if err := s.w.Close(); err != nil {
		s.abandon()
		return File{}, fmt.Errorf("%s: %w", s.path, err)
	}
	return s.output.finish()
}

func newPartyColumns(d disk, root, path string) (sink, error) {
	return newColumns(d, root, path, func(c *partyColumns, b *batch, i int, t *stamps) {
		r := &b.parties[i]
		*c = partyColumns{ID: b.ids[i], Party: r.Party, Kind: r.Kind.String(), Names: r.Names, Identifiers: r.Identifiers, Country: r.Country,
			Region: r.Region, Address: r.Address, Registry: string(r.Registry), Entries: int32(r.Entries), Lists: listTexts(r.Lists), Newest: t.millis(r.Newest)}
	})
}

func newListingColumns(d disk, root, path string) (sink, error) {
	return newColumns(d, root, path, func(c *listingColumns, b *batch, i int, t *stamps) {
		r := &b.listings[i]
		*c = listingColumns{ID: r.ID, List: string(r.List), Field: r.Field, Ground: r.Ground, Party: r.Party, Name: r.Name, PartyKind: r.PartyKind.String(),
			Region: r.Region, Authority: string(r.Authority), Ruling: r.Ruling, RulingKind: r.RulingKind, Docket: r.Docket, Decided: t.millis(r.Decided),
			From: t.millis(r.From), Until: t.millis(r.Until), Review: t.millis(r.Review), Stayed: r.Stayed, Source: r.Source, Snapshot: t.millis(r.Snapshot)}
	})
}

// stamps are the instants of a batch as columns point at them; what is not set
// is null.
type stamps []int64

func (s *stamps) millis(at standing.Instant) *int64 {
	if at == 0 {
		return nil
	}
	*s = append(*s, int64(at)*1000)
	return &(*s)[len(*s)-1]
}
