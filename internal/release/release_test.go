package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"strings"
	"testing"
	"time"
)

var sample = []file{{"standing", 0o755, []byte("binary")}, {"docs/tutorial.md", 0o644, []byte("text")}}

func TestPack(t *testing.T) {
	made := time.Date(2026, 11, 23, 1, 2, 4, 0, time.UTC)
	for name, pack := range map[string]func(string, []file, time.Time) ([]byte, error){"tar": tarball, "zip": zipped} {
		one, err := pack("standing_1", sample, made)
		if err != nil {
			t.Fatal(err)
		}
		if two, _ := pack("standing_1", sample, made); !bytes.Equal(one, two) {
			t.Errorf("%s: the same files give other bytes", name)
		}
		if other, _ := pack("standing_1", sample, made.Add(time.Hour)); bytes.Equal(one, other) {
			t.Errorf("%s: the time is not in it", name)
		}
	}
	b, _ := tarball("standing_1", sample, made)
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	archive := tar.NewReader(z)
	for _, want := range sample {
		h, err := archive.Next()
		if err != nil || h.Name != "standing_1/"+want.name || h.FileInfo().Mode() != want.mode {
			t.Fatalf("%v, %v, want %s", h, err, want.name)
		}
		if data, _ := io.ReadAll(archive); !bytes.Equal(data, want.data) {
			t.Errorf("%s holds %q", h.Name, data)
		}
	}
	b, _ = zipped("standing_1", sample, made)
	files, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil || len(files.File) != 2 || files.File[0].Name != "standing_1/standing" || files.File[0].Mode() != 0o755 {
		t.Errorf("zip: %v, %v", files, err)
	}
}

// TestBill describes this test itself, which has most of the dependencies.
func TestBill(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	r := release{version: "1.2.3", made: time.Unix(1_800_000_000, 0).UTC()}
	one, err := r.bill(self, platform{"linux", "amd64"})
	if err != nil {
		t.Fatal(err)
	}
	if two, _ := r.bill(self, platform{"linux", "amd64"}); !bytes.Equal(one, two) {
		t.Error("the same binary has another bill")
	}
	var bom struct {
		BOMFormat, SpecVersion, SerialNumber string
		Components                           []struct {
			Name, Version, PURL string
			Hashes              []struct{ Alg, Content string }
		}
	}
	if err := json.Unmarshal(one, &bom); err != nil || bom.BOMFormat != "CycloneDX" || bom.SpecVersion != "1.6" || len(bom.SerialNumber) != len("urn:uuid:")+36 {
		t.Fatalf("%+v, %v", bom, err)
	}
	found := map[string]bool{}
	for _, c := range bom.Components {
		found[c.Name] = c.Version != "" && strings.HasPrefix(c.PURL, "pkg:golang/") && (c.Name == "std" || len(c.Hashes) == 1 && len(c.Hashes[0].Content) == 64)
	}
	for _, name := range []string{"std", "github.com/CycloneDX/cyclonedx-go"} {
		if !found[name] {
			t.Errorf("%s is not in the bill, or not with version and digest: %s", name, one)
		}
	}
}

func TestEveryPlatformIsNamedOnce(t *testing.T) {
	seen := map[platform]bool{}
	for _, p := range platforms {
		if seen[p] {
			t.Errorf("%s twice", p)
		}
		seen[p] = true
	}
	if len(seen) != 6 {
		t.Errorf("%d platforms", len(seen))
	}
}
