package trade_test

import (
	"strings"
	"testing"

	"github.com/openstanding/standing/match/fold"
	"github.com/openstanding/standing/match/trade"
)

func TestSplit(t *testing.T) {
	for row, want := range map[string]string{
		"威海奥华钢结构":    "威海P 奥华 钢结构T",
		"河北建设集团":     "河北P 建设T 集团T",
		"威海建设集团建业施工": "威海P 建设T 集团T 建业 施工T",
		"江西明正变电设备":   "江西P 明正 变电T 设备T",
		"北京第一建筑":     "北京P 第一N 建筑T",
		"珠海市勤天建设工程":  "珠海P 勤天 建设T 工程T",
		"内蒙古沅山能源":    "内蒙古P 沅山 能源T",
		"":           "",
		"威海第十二建筑":    "威海P 第十二N 建筑T",
	} {
		var got []string
		for _, p := range trade.Split(fold.Text(row)) {
			got = append(got, p.Text+map[trade.Kind]string{trade.Trade: "T", trade.Place: "P", trade.Number: "N"}[p.Kind])
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("%s: got %s, want %s", row, g, want)
		}
	}
}

func TestValue(t *testing.T) {
	for s, want := range map[string]int{"第一": 1, "第十": 10, "第十二": 12, "第二十一": 21, "第8": 8, "第": 0, "建": 0} {
		if got := trade.Value(s); got != want {
			t.Errorf("%s: got %d, want %d", s, got, want)
		}
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("威海建设集团建业施工第一")
	f.Add("第第一二三\xff市")
	f.Fuzz(func(t *testing.T, s string) {
		s = fold.Text(s)
		for _, p := range trade.Split(s) {
			if p.Text == "" || !strings.Contains(s, p.Text) {
				t.Errorf("%q has the piece %q", s, p.Text)
			}
		}
		trade.Value(s)
	})
}
