package importer_test

import (
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// printed is a row as its source prints it, typed from the file by hand: the
// name, the first and the last day. The last "open" is an end that the source
// leaves open; "none" a row that restricts nobody here.
type printed struct{ name, from, last string }

var ofEBRD = []printed{
	{"Hebei Construction Group Corporation Limited Binzhou Branch", "2024-07-22", "2027-07-22"},
	{"Hebei Construction Group Corporation Limited Beijing No 8 Branch", "2024-07-22", "2027-07-22"},
	{"Nelson Alexander Nunez Gonzalez", "2022-10-28", "2037-10-27"},
	{"Gezhouba Water (Dingzhou) Co., Ltd.", "2024-07-01", "2025-05-31"},
	{"Xinjiang Communication Construction Transportation Engineering TechnologyCo., Ltd.", "2024-01-30", "2026-05-29"},
	{"Gezhouba (Beijing) Urban Construction Co., Ltd.", "2024-07-01", "2025-05-31"},
	{"Alberto Esteve Aparisi", "2023-01-12", "2026-01-11"},
	{"Mr. Akuboh Victor Uneojo", "2024-03-12", "2026-04-11"},
	{"Fabricio Silveira Alvez", "2021-12-17", "2024-12-16"},
	{"SURTI TIENDAS PRISMA", "2018-01-29", "2025-01-28"},
	{"SERPRO", "2018-01-29", "2025-01-28"},
	{"Tenenge Montagem e Manutenção Industrial Ltda", "2019-08-30", "2024-08-01"},
	{"Edward Ditter Acarapi Colque", "2012-01-20", "open"},
	{"Constructora Extracon", "2011-10-25", "open"},
	// No beginning is printed: the notice took effect then.
	{"Mr. Patrick Alozie Onwuka", "2022-03-11", "open"},
	{"China Zhonghao Nigeria Limited", "2022-04-22", "open"},
	{"PODUVAL, Mohan Krishnan", "2022-05-26", "open"},
	// "Permanent": for screening.
	{"Carlos Estuardo Garcia Bautista", "2016-02-25", "none"},
	{"INPRECO Ingenieria Prefabricados y Construccion", "2016-02-25", "none"},
	// Neither an end nor a beginning is printed: rejected.
	{"LLC Woodmanmebel", "2023-02-10", "none"},
}

var ofIADB = []printed{
	{"Hoang Mai Construction Import and Export Joint Stock Company", "2021-06-16", "2026-11-27"},
	{"Hebei Construction Group Corporation Limited Fengnan Branch", "2024-09-13", "2027-07-22"},
	{"JOYCOT GENERAL CONTRACTORS LIMITED", "2024-03-15", "2024-12-07"},
	{"Corporación Sireco S.A.", "2020-07-28", "2033-07-27"},
	{"Victor Forest et Co/Société d'lngénierie et de Topographie (SIT)", "2019-11-12", "2025-11-11"},
	{"Venus Softwares", "2024-10-16", "2025-12-23"},
	{"Mechanized Civic Project Branch of Weihai Construction Group Co. Ltd.", "2022-02-17", "2024-10-18"},
	{"China CAMC Engineering Co. Ltd.", "2022-03-16", "2026-10-26"},
	{"Weihai Huilife Culture Communication Co., Ltd.", "2022-02-17", "2024-10-18"},
	{"CORSEP", "2018-01-29", "2025-01-28"},
	{"Progressive Constructions Limited", "2013-11-26", "open"},
	{"Proveedora Ferretera", "2010-05-03", "open"},
	{"Pham Hong Ha", "2023-02-15", "2028-03-01"},
	{"Jan Tomislav Topic Feraud", "2024-12-19", "2035-12-18"},
	{"Mr. Victor Neeplo", "2022-10-06", "2025-07-21"},
	{"Mr. Jay Modi", "2017-08-21", "2025-01-20"},
	{"Victor Forest", "2019-11-12", "2026-11-11"},
	{"Liang, Xiaoxiao", "2019-10-07", "open"},
	{"Graciela Beatriz Modesto Merlo", "2009-02-09", "open"},
	// A letter of reprimand restricts nothing.
	{"Lucília dos Santos Mercês (“LUCÍLIA MERCÊS”)", "2023-11-01", "none"},
}

var ofDPL = []printed{
	{"NICKY LEE QUIROZ", "2021-11-30", "2029-09-19"},
	{"LUIS CARLOS QUINTANA-SAENZ", "2022-09-26", "2029-08-12"},
	{"AW-TRONICS LLC", "2019-10-30", "2025-10-28"},
	{"GLOBE COMPUTERS", "1989-03-02", "none"}, // 35 years
	{"NICK STEVENS", "2023-11-07", "2024-05-04"},
	{"SPORTS ZONE (MNC GROUP INTERNATIONAL, INC.)", "2006-09-12", "2026-09-12"},
	{"JONATHAN SANTIAGO", "2023-09-06", "2029-10-25"},
	{"GENE SHILMAN", "2022-12-01", "2028-05-27"},
	{"ALEX CHENG", "2017-03-31", "2026-01-27"},
	{"SKY BLUE BIRD AVIATION", "2023-10-31", "2024-10-30"},
	{"ARNOLDO VIDAURRI", "2022-04-20", "2024-04-29"},
	{"CHEAPSHOP4YOU LLC", "2016-04-11", "2024-07-17"},
	{"POBEDA AIRLINES", "2023-06-15", "2023-12-12"},
	{"STRANDWAY, LLC", "2023-06-08", "2023-12-05"},
	{"ROSSIYA AIRLINES", "2023-11-08", "2024-11-07"},
	{"YARRA ANSTALT A.G.", "1985-07-11", "open"},
	{"PIERRE ANDRE RANDIN", "1986-12-30", "open"},
	{"WYSH DATA SYSTEMS, LTD.", "1984-12-06", "open"},
	{"SAMER SUWWAN", "2006-06-29", "none"}, // 50 years
	{"HAZIM ELASHI", "2003-06-19", "none"}, // 53 years
}

// TestSharedAnswers holds what a check says of a row picked by hand to what the
// source prints, on the first and last day and on both sides of them.
func TestSharedAnswers(t *testing.T) {
	for _, c := range []struct {
		format, file, snapshot, asked string
		list                          standing.ListID
		activity, zone                string
		rows                          []printed
	}{
		{"ebrd", "debarment/ebrd_ineligible_2025-01.csv", "2025-01-31", "2025-02-10", ebrdList, finance, "UTC", ofEBRD},
		{"iadb", "debarment/iadb_sanctioned.csv", "2025-01-02", "2025-01-10", iadbList, finance, "UTC", ofIADB},
		{"bis-dpl", "bis_dpl/bis_dpl_2023-11.txt", "2023-11-30", "2023-12-08", dplList, export, "America/New_York", ofDPL},
	} {
		t.Run(c.format, func(t *testing.T) {
			text := shared(t, c.file)
			if len(c.rows) < 20 {
				t.Fatalf("%d rows picked, want 20", len(c.rows))
			}
			o := newOffice(t, c.snapshot)
			o.must(c.format, c.list, text, c.snapshot)
			o.now = day(c.asked) + 43200
			desk := o.desk()
			for _, row := range c.rows {
				s := sheet{printed: row, list: c.list, from: in(t, c.zone, row.from, 0)}
				switch row.last {
				case "open":
					s.until = standing.Forever
				case "none":
					s.until = s.from
				default:
					s.until = in(t, c.zone, row.last, 1) // the last day counts
				}
				s.want(t, "now", ask(t, desk, row.name, c.activity, 0), o.now)
				for _, at := range []standing.Instant{s.from - 1, s.from, s.until - 1, s.until} {
					if at < standing.Forever-1 {
						s.want(t, "on "+at.String(), ask(t, desk, row.name, c.activity, at), at)
					}
				}
			}
		})
	}
}

// sheet is a printed row as instants.
type sheet struct {
	printed
	list        standing.ListID
	from, until standing.Instant
}

// want holds an answer about an instant to the row.
func (s *sheet) want(t *testing.T, when string, a *api.Answer, at standing.Instant) {
	t.Helper()
	restricts := s.from <= at && at < s.until
	var own []api.Ground
	for _, g := range a.Grounds {
		if g.List == s.list || g.List == "" {
			own = append(own, g)
		}
	}
	if (a.Verdict == api.Restricted) != restricts || (len(own) > 0) != restricts {
		t.Errorf("%s, %s: %s by %d grounds; the source prints %s to %s", s.name, when, a.Verdict, len(own), s.from, s.last)
		return
	}
	until := s.until
	if until == standing.Forever {
		until = 0
	}
	for _, g := range own {
		if g.From != s.from || g.Until != until {
			t.Errorf("%s, %s: from %s until %s; the source prints %s to %s", s.name, when, g.From, g.Until, s.printed.from, s.last)
		}
		if g.Reported == nil {
			t.Errorf("%s, %s: not marked as reported", s.name, when)
		}
	}
}
