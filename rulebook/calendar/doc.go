// Package calendar counts the days of the law: typed terms ("5 working days",
// "2 years") from an event to the instant at which they end.
//
//	cn, err := calendar.Load("cn")
//	term, err := calendar.ParseTerm("3 working days")
//	end, provisional := cn.Add(served, term, calendar.Options{})
//
// # How a term is counted
//
//   - The day of the event, read in the calendar's zone, is not counted.
//   - A term of days ends when its last day ends. Intervals are half-open, so the
//     result is the first instant of the following day in the zone.
//   - A term of months or years ends with the day of the later month that bears
//     the same number, or with that month's last day where it has no such day:
//     one month after 31 January ends with 28 or 29 February.
//   - With [Options.RollForward], a term whose last day is no working day ends
//     with the next working day. A term of working days always ends on one.
//
// Sources: China, Civil Procedure Law art 85 and Civil Code arts 201-203;
// Germany, BGB §§ 187-188 and 193; England and Wales, CPR 2.8; United States,
// Fed. R. Civ. P. 6(a); Brazil, Lei 9.784/1999 art 66 and Lei 14.133/2021 art
// 183. They differ in which terms roll forward and which are of working days;
// that is for the rulebook to say.
//
// # What is not known yet
//
// A calendar knows the holidays of a span of years, and may mark some of those
// as provisional. A result that rests on any other year is flagged provisional
// and is a best estimate: beyond the span only weekends are skipped. The clerk
// that later recomputes a provisional instant keeps the later of the two, so
// that a holiday announced meanwhile lengthens a term and nothing shortens it.
//
// # Text form
//
// A calendar is a text that [Parse] reads strictly and refuses by line number.
// Blank lines and lines that begin with "#" are skipped; other lines are, in
// this order and with single spaces:
//
//	calendar cn                       name: a-z, 0-9, "-"
//	version 2026.1                    edition of this text
//	title People's Republic of China  one line
//	source State Council notices      any number, also none
//	zone Asia/Shanghai                IANA name
//	weekend saturday sunday           one to six days, Monday first
//	years 2018-2027                   first and last year known
//	provisional 2027                  year or span inside it; any number, also none
//	holiday 2018-01-01 New Year       a day, or a span as 2018-02-15..2018-02-21
//	work 2018-02-11 Spring Festival   a day of the weekend that is worked instead
//
// Days are in ascending order, none twice, inside the years. [Calendar.Text] is
// the canonical form, without comments and with one day per line, and
// [Calendar.Digest] is its SHA-256: a decision that stands on a calendar cites
// the digest.
//
// Zone rules come from the Go time package: the host's zone database if it has
// one, else the one embedded here through time/tzdata.
package calendar
