package builtin_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/rulebook/builtin"
)

// TestShippedTextsSpeak: every text of every shipped rulebook, wherever it
// stands, is there in English and in Chinese.
func TestShippedTextsSpeak(t *testing.T) {
	for _, name := range builtin.Names() {
		c, err := builtin.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		texts(reflect.ValueOf(c.Rulebook), name, func(path string, text rulebook.Text) {
			n++
			for _, lang := range []string{"en", "zh"} {
				if strings.TrimSpace(text[lang]) == "" {
					t.Errorf("%s: no %s: %v", path, lang, text)
				}
			}
		})
		if n < 10 {
			t.Errorf("%s: only %d texts were found", name, n)
		}
	}
}

// texts visits every text in a value. An empty one stands for none.
func texts(v reflect.Value, path string, visit func(path string, text rulebook.Text)) {
	if text, ok := v.Interface().(rulebook.Text); ok {
		if len(text) > 0 {
			visit(path, text)
		}
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			texts(v.Elem(), path, visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				texts(v.Field(i), path+"."+f.Name, visit)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			texts(v.Index(i), fmt.Sprintf("%s[%d]", path, i), visit)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			texts(v.MapIndex(k), fmt.Sprintf("%s[%v]", path, k), visit)
		}
	}
}
