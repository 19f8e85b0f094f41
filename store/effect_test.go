package store_test

import (
	"bytes"
	"encoding/hex"
	"math"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
)

func full() store.EffectRow {
	return store.EffectRow{
		Listing: standing.CaseID{0: 1, 15: 2}, Ruling: standing.CaseID{0: 3, 15: 4}, Addressee: 5, Party: standing.Person,
		List: "cn-courts/judgment-defaulters", Region: "CN/37", Ground: "evades", Severity: 6, Rulebook: standing.Digest{0: 7, 31: 8}, Source: "cn-court",
		Effects: []standing.Effect{
			{Interval: standing.Interval{From: -1, Until: 64}},
			{Interval: standing.Interval{From: 64, Until: standing.Forever}, WhileShown: true, Exempted: []string{"a.b", "c"}},
		},
		Keys: []store.Key{{0: 9, 15: 10}, {0: 11}},
	}
}

// TestEffectBytes pins the encoding for ever: stores hold rows of it.
func TestEffectBytes(t *testing.T) {
	row := full()
	for name, test := range map[string]struct {
		row  store.EffectRow
		want string
	}{
		"zero": {store.EffectRow{}, "01" + strings.Repeat("00", 64) + "000000" + "00000000" + "00" + "00"},
		"full": {row, "01" + // version
			"01000000000000000000000000000002" + // listing
			"03000000000000000000000000000004" + // ruling
			"0700000000000000000000000000000000000000000000000000000000000008" + // rulebook
			"050306" + // addressee, party, severity
			"1d" + hex.EncodeToString([]byte("cn-courts/judgment-defaulters")) +
			"05434e2f3337" + // region
			"06657661646573" + // ground
			"08636e2d636f757274" + // source
			"02" + // effects
			"00" + "01" + "8001" + // from -1 to 64
			"07" + "8001" + "02" + "03612e62" + "0163" + // from 64 for ever, while shown, but a.b and c
			"02" + // keys
			"0900000000000000000000000000000a" +
			"0b000000000000000000000000000000"},
	} {
		if got := hex.EncodeToString(store.AppendEffect(nil, &test.row)); got != test.want {
			t.Errorf("%s: bytes\n%s, want\n%s", name, got, test.want)
		}
		b, err := hex.DecodeString(test.want)
		if err != nil {
			t.Fatal(err)
		}
		var got store.EffectRow
		if err := new(store.EffectDecoder).Decode(b, &got); err != nil || !reflect.DeepEqual(got, test.row) {
			t.Errorf("%s: decoded %+v, %v, want %+v", name, got, err, test.row)
		}
	}
}

func TestEffectRefuses(t *testing.T) {
	row := full()
	whole := store.AppendEffect(nil, &row)
	var decoder store.EffectDecoder
	for n := range whole {
		if err := decoder.Decode(whole[:n], &row); standing.KindOf(err) != standing.Invalid || err == nil {
			t.Fatalf("a row cut to %d of %d bytes: %v", n, len(whole), err)
		}
	}
	row = store.EffectRow{}
	zero := store.AppendEffect(nil, &row)
	tail := func(s string) []byte {
		b, err := hex.DecodeString(s)
		if err != nil {
			t.Fatal(err)
		}
		return append(bytes.Clone(zero[:len(zero)-2]), b...) // in place of no effects, no keys
	}
	for name, b := range map[string][]byte{
		"a byte too many":        append(bytes.Clone(zero), 0),
		"version 0":              append([]byte{0}, zero[1:]...),
		"an unknown flag":        tail("0108000000"),
		"a number not shortest":  tail("800000"),
		"nothing exempted":       tail("010400000000"),
		"a written for ever":     tail("010000feffffffffffffffff0100"),
		"a billion effects":      tail("8094ebdc0300"),
		"a number over 64 bits":  tail("ffffffffffffffffffff0100"),
		"more keys than bytes":   tail("0002"),
		"an effect without data": tail("0100"),
	} {
		if err := decoder.Decode(b, &row); standing.KindOf(err) != standing.Invalid || err == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	zero[0] = 2
	if err := decoder.Decode(zero, &row); standing.KindOf(err) != standing.Unsupported {
		t.Errorf("version 2: %v", err)
	}
}

func TestEffectRoundTrip(t *testing.T) {
	var decoder store.EffectDecoder // one for all: what it remembers must not leak from row to row
	instants := rapid.Int64Range(math.MinInt64, math.MaxInt64)
	spans := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) standing.Effect {
		return standing.Effect{Interval: standing.Interval{From: standing.Instant(instants.Draw(t, "from")), Until: standing.Instant(instants.Draw(t, "until"))},
			WhileShown: rapid.Bool().Draw(t, "shown"), Exempted: rapid.SliceOfN(rapid.String(), 0, 3).Draw(t, "exempted")}
	}), 0, 4)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringN(0, 300, -1)
		row := store.EffectRow{Addressee: rapid.Uint8().Draw(t, "addressee"), Party: standing.PartyKind(rapid.Uint8().Draw(t, "party")),
			Severity: rapid.Uint8().Draw(t, "severity"), List: standing.ListID(text.Draw(t, "list")), Region: text.Draw(t, "region"),
			Ground: text.Draw(t, "ground"), Source: text.Draw(t, "source"), Effects: spans.Draw(t, "effects")}
		for _, id := range [][]byte{row.Listing[:], row.Ruling[:], row.Rulebook[:]} {
			copy(id, rapid.SliceOfN(rapid.Byte(), len(id), len(id)).Draw(t, "id"))
		}
		for range rapid.IntRange(0, 3).Draw(t, "keys") {
			row.Keys = append(row.Keys, store.Key(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "key")))
		}
		b := store.AppendEffect([]byte("prefix"), &row)
		var got store.EffectRow
		if err := decoder.Decode(b[6:], &got); err != nil || !bytes.Equal(store.AppendEffect(nil, &got), b[6:]) {
			t.Fatalf("%+v became %+v, %v", row, got, err)
		}
		clear(b)
		if len(row.Keys) > 0 && got.Keys[0] != row.Keys[0] || got.Region != row.Region {
			t.Fatal("the row keeps a hold on the bytes")
		}
	})
}

func FuzzEffect(f *testing.F) {
	row := full()
	f.Add(store.AppendEffect(nil, &row))
	f.Add(store.AppendEffect(nil, &store.EffectRow{}))
	f.Fuzz(func(t *testing.T, b []byte) {
		var row store.EffectRow
		if err := new(store.EffectDecoder).Decode(b, &row); err != nil {
			return
		}
		if again := store.AppendEffect(nil, &row); !bytes.Equal(again, b) {
			t.Errorf("%x decodes and is encoded as %x", b, again)
		}
	})
}

func BenchmarkEffect(b *testing.B) {
	row := full()
	encoded := store.AppendEffect(nil, &row)
	b.Run("decode", func(b *testing.B) {
		b.ReportAllocs()
		var decoder store.EffectDecoder
		for b.Loop() {
			if err := decoder.Decode(encoded, &row); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	})
	b.Run("encode", func(b *testing.B) {
		for b.Loop() {
			encoded = store.AppendEffect(encoded[:0], &row)
		}
	})
}
