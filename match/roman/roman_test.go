package roman_test

import (
	"testing"
	"unicode/utf8"

	"github.com/openstanding/standing/match/fold"
	"github.com/openstanding/standing/match/roman"
)

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"":                  "",
		"Société Générale":  "societe generale",
		"Владимир Щербаков": "vladimir shcherbakov",
		"Газпром нефть":     "gazprom neft",
		"Київ Ґалаґан":      "kiiv galagan",
		"Ђорђе Љубичић":     "djordje ljubichic",
		"Παπαδόπουλος Ευάγγελος": "papadopoulos evangelos",
		"Μπάμπης Ευθύμιος Αυγή":  "bampis efthymios avgi",
		"محمد":           "mhmd",
		"شركة الاتصالات": "shrkh al atsalat",
		"يوسف وليد":      "yusf wlid",
		"כהן דוד":        "khn dod",
		"삼성전자 주식회사":      "samseongjeonjajusikhoesa",
		"김민수":            "gimminsu",
		"한국 은행":          "hangugeunhaeng",
		"トヨタ キャッシュ ソフトバンク": "toyotakyasshusofutobanku",
		"ジャパン ちょう":         "japanchou",
		"บริษัท":           "brisath",
		"ABC 公司 ИКС":       "abc 公司 iks",
		"三菱UFJ":            "三菱 ufj",
	} {
		if got := roman.Text(fold.Text(in)); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// TestSkeleton holds spellings that lists print for the same name together, and
// some that are not the same apart.
func TestSkeleton(t *testing.T) {
	of := func(s string) string { return roman.Skeleton(roman.Text(fold.Text(s))) }
	for _, same := range [][]string{
		{"Mohammed", "Muhammad", "Mohamed", "محمد"},
		{"Владимир", "Vladimir", "Wladimir"},
		{"Щербаков", "Shcherbakov", "Scherbakow"},
		{"Чайковский", "Tchaikovsky", "Chaikovskii"},
		{"Хрущёв", "Khrushchev"},
		{"Yusuf", "يوسف", "Yousef"},
		{"Qasim", "Kassem", "قاسم"},
		{"Abdullah", "Abdulla", "عبدالله"},
		{"Папандреу", "Papandreou", "Παπανδρέου"},
		{"Σαμαράς", "Samaras"},
		{"Зеленский", "Zelensky", "Zelenskyy"},
	} {
		for _, s := range same[1:] {
			if of(s) != of(same[0]) {
				t.Errorf("%s has %q, %s has %q", same[0], of(same[0]), s, of(s))
			}
		}
	}
	for _, other := range [][2]string{{"Ivanov", "Petrov"}, {"Beijing", "Nanjing"}, {"Hassan", "Hussein Ali"}, {"Li", "Ni"}} {
		if of(other[0]) == of(other[1]) {
			t.Errorf("%s and %s have the same skeleton %q", other[0], other[1], of(other[0]))
		}
	}
}

func TestKoreanSurname(t *testing.T) {
	if got := roman.KoreanSurname("박"); len(got) < 2 || got[0] != "park" || got[1] != "bak" {
		t.Errorf("박: %v", got)
	}
	if got := roman.KoreanSurname("park"); got != nil {
		t.Errorf("park: %v", got)
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"Щ", "ου", "ειυ", "الله ال", "ッ", "きゃ", "각아", "וו", "ー", "กำ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := roman.Text(fold.Text(s))
		if !utf8.ValidString(got) || len(got) > 8*len(s)+8 {
			t.Errorf("%q became %q", s, got)
		}
		roman.Skeleton(got)
	})
}
