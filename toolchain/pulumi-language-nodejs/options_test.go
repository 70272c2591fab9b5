package main

import (
	"reflect"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"
)

func TestParseOptions(t *testing.T) {
	t.Parallel()
	defaults := options{typescript: true, packageManager: "auto"}
	with := func(change func(*options)) options {
		changed := defaults
		change(&changed)
		return changed
	}
	for name, test := range map[string]struct {
		given map[string]any
		want  options
		fails string
	}{
		"none":        {want: defaults},
		"unknown":     {given: map[string]any{"future": 1}, want: defaults},
		"no compiler": {given: map[string]any{"typescript": false}, want: with(func(o *options) { o.typescript = false })},
		"standalone":  {given: map[string]any{"standalone": true}, want: with(func(o *options) { o.standalone = true })},
		"tsconfig":    {given: map[string]any{"tsconfig": "a.json"}, want: with(func(o *options) { o.tsconfigPath = "a.json" })},
		"manager":     {given: map[string]any{"packagemanager": "pnpm"}, want: with(func(o *options) { o.packageManager = "pnpm" })},
		"arguments": {
			given: map[string]any{"nodeargs": `--max-old-space-size=64 --title "a b"`},
			want:  with(func(o *options) { o.nodeArgs = []string{"--max-old-space-size=64", "--title", "a b"} }),
		},
		"typescript no boolean": {
			given: map[string]any{"typescript": "yes"},
			fails: `runtime option "typescript" must be true or false, but is yes`,
		},
		"standalone no boolean": {
			given: map[string]any{"standalone": 1},
			fails: `runtime option "standalone" must be true or false, but is 1`,
		},
		"tsconfig no string": {
			given: map[string]any{"tsconfig": true},
			fails: `runtime option "tsconfig" must be a string, but is true`,
		},
		"arguments no string": {
			given: map[string]any{"nodeargs": 3},
			fails: `runtime option "nodeargs" must be a string, but is 3`,
		},
		"open quote": {
			given: map[string]any{"nodeargs": `--title "a`},
			fails: `runtime option "nodeargs" can't be split into arguments (EOF found when expecting closing quote): --title "a`,
		},
		"unknown manager": {
			given: map[string]any{"packagemanager": "cnpm"},
			fails: `runtime option "packagemanager" must be auto, npm, yarn, pnpm or bun, but is "cnpm"`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			given, err := structpb.NewStruct(test.given)
			check(t, err)
			got, err := parseOptions(given)
			if test.fails != "" {
				if err == nil || err.Error() != test.fails {
					t.Fatalf("got error %v, want %s", err, test.fails)
				}
				return
			}
			check(t, err)
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}
