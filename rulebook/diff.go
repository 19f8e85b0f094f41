package rulebook

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Change is one difference between two versions, for people.
type Change struct {
	Path string `json:"path"`          // "lists[abnormal].grounds[no-report].term"
	Old  string `json:"old,omitempty"` // "" when it is new
	New  string `json:"new,omitempty"` // "" when it is gone
}

// String is "path: old -> new".
func (c Change) String() string {
	show := func(s, otherwise string) string {
		if s == "" {
			return otherwise
		}
		return s
	}
	return fmt.Sprintf("%s: %s -> %s", c.Path, show(c.Old, "(not there)"), show(c.New, "(gone)"))
}

// Diff is what changed from one version to another, sorted by path. Whatever
// has an id, an event or a scheme is compared with what had the same before, so
// that a change of order alone is none; the order of exits of one event, which
// decides between them, is part of their names.
func Diff(old, new *Compiled) []Change {
	var out []Change
	diff(reflect.ValueOf(old.Rulebook), reflect.ValueOf(new.Rulebook), "", &out)
	slices.SortFunc(out, func(a, b Change) int { return cmp.Compare(a.Path, b.Path) })
	return out
}

func diff(a, b reflect.Value, path string, out *[]Change) {
	if s, isText := a.Interface().(fmt.Stringer); isText {
		leaf(path, stringOf(s, a), stringOf(b.Interface().(fmt.Stringer), b), out)
		return
	}
	switch a.Kind() {
	case reflect.Struct:
		for i := range a.NumField() {
			key, _, _ := strings.Cut(a.Type().Field(i).Tag.Get("yaml"), ",")
			diff(a.Field(i), b.Field(i), strings.TrimPrefix(path+"."+key, "."), out)
		}
	case reflect.Pointer:
		switch {
		case a.IsNil() && b.IsNil():
		case a.IsNil() || b.IsNil():
			leaf(path, brief(a), brief(b), out)
		default:
			diff(a.Elem(), b.Elem(), path, out)
		}
	case reflect.Slice:
		if a.Type().Elem().Kind() == reflect.Struct {
			diffItems(a, b, path, out)
			return
		}
		leaf(path, words(a), words(b), out)
	case reflect.Map:
		for _, lang := range languages(a, b) {
			leaf(path+"."+lang, text(a, lang), text(b, lang), out)
		}
	default:
		leaf(path, fmt.Sprint(a.Interface()), fmt.Sprint(b.Interface()), out)
	}
}

func leaf(path, old, new string, out *[]Change) {
	if old != new {
		*out = append(*out, Change{path, old, new})
	}
}

// stringOf prints a term; one that is not given prints as nothing.
func stringOf(s fmt.Stringer, v reflect.Value) string {
	if v.IsZero() {
		return ""
	}
	return s.String()
}

// diffItems compares items of the same name, and notes those that are in one
// alone.
func diffItems(a, b reflect.Value, path string, out *[]Change) {
	before, after := items(a), items(b)
	for name, item := range before {
		at := path + "[" + name + "]"
		if other, ok := after[name]; ok {
			diff(item, other, at, out)
		} else {
			leaf(at, brief(item), "", out)
		}
	}
	for name, item := range after {
		if _, ok := before[name]; !ok {
			leaf(path+"["+name+"]", "", brief(item), out)
		}
	}
}

// items names the items of a slice by what identifies them; a second one of the
// same name has its number behind it.
func items(v reflect.Value) map[string]reflect.Value {
	out := map[string]reflect.Value{}
	for i := range v.Len() {
		name := itoa(i)
		for _, field := range []string{"ID", "Event", "Scheme", "List"} {
			if f := v.Index(i).FieldByName(field); f.IsValid() {
				name = f.String()
				break
			}
		}
		base := name
		for n := 2; out[name].IsValid(); n++ {
			name = base + "/" + itoa(n)
		}
		out[name] = v.Index(i)
	}
	return out
}

// brief is an item's English title, or that it is there.
func brief(v reflect.Value) string {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return ""
		}
		v = v.Elem()
	}
	if f := v.FieldByName("Title"); f.IsValid() {
		if s := text(f, "en"); s != "" {
			return s
		}
	}
	return "(there)"
}

func words(v reflect.Value) string {
	out := make([]string, v.Len())
	for i := range out {
		out[i] = v.Index(i).String()
	}
	return strings.Join(out, ", ")
}

func languages(a, b reflect.Value) []string {
	var out []string
	for _, key := range append(a.MapKeys(), b.MapKeys()...) {
		out = append(out, key.String())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func text(v reflect.Value, lang string) string {
	if s := v.MapIndex(reflect.ValueOf(lang)); s.IsValid() {
		return s.String()
	}
	return ""
}
