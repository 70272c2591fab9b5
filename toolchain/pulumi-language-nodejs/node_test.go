package main

import (
	"context"
	"os/exec"
	"path/filepath"
	"testing"
)

func TestFindNode(t *testing.T) {
	onPath, err := exec.LookPath("node")
	check(t, err)
	const node = "node_modules/.bin/node!"
	for name, test := range map[string]struct {
		files map[string]string
		want  string // relative to the project; empty is the one on PATH
	}{
		"on PATH":         {map[string]string{"a/b/index.js": ""}, ""},
		"of the program":  {map[string]string{"a/b/" + node: "", node: ""}, "a/b/node_modules/.bin/node"},
		"of a parent":     {map[string]string{"a/b/index.js": "", "a/" + node: "", node: ""}, "a/node_modules/.bin/node"},
		"of the root":     {map[string]string{"a/b/node_modules/x/package.json": "{}", node: ""}, "node_modules/.bin/node"},
		"beside, not up":  {map[string]string{"a/b/index.js": "", "c/" + node: ""}, ""},
		"below, not here": {map[string]string{"a/b/c/" + node: ""}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir := project(t, test.files)
			want := onPath
			if test.want != "" {
				want = filepath.Join(dir, test.want)
			} else if found, ok := above(dir, "node_modules/.bin/node"); ok {
				want = found
			}
			got, err := findNode(filepath.Join(dir, "a", "b"))
			check(t, err)
			if got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
	t.Run("nowhere", func(t *testing.T) {
		dir := project(t, nil)
		skipWhenAbove(t, dir, "node_modules/.bin/node")
		t.Setenv("PATH", t.TempDir())
		_, err := findNode(dir)
		if err == nil {
			t.Fatal("found Node.js where there is none")
		}
		mustContain(t, err.Error(), "Node.js was not found", "Install Node.js, or add the npm package `node` to the project")
	})
}

func TestCompileCacheEnv(t *testing.T) {
	dir := project(t, map[string]string{"node_modules/x/package.json": "{}", "a/index.js": ""})
	t.Run("beside the packages", func(t *testing.T) {
		want := "NODE_COMPILE_CACHE=" + filepath.Join(dir, "node_modules", ".cache", "node-compile")
		if got := compileCacheEnv(filepath.Join(dir, "a")); len(got) != 1 || got[0] != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
	for _, name := range []string{"NODE_COMPILE_CACHE", "NODE_DISABLE_COMPILE_CACHE"} {
		t.Run("not against "+name, func(t *testing.T) {
			t.Setenv(name, "1")
			if got := compileCacheEnv(dir); got != nil {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestLocateScript(t *testing.T) {
	dir := project(t, map[string]string{"node_modules/@acme/sdk/cmd/run/index.js": "", "a/b/index.js": ""})
	got, err := locateScript(context.Background(), "node", filepath.Join(dir, "a", "b"), "@acme/sdk", "cmd/run")
	check(t, err)
	if want := filepath.Join(dir, "node_modules", "@acme", "sdk", "cmd", "run", "index.js"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	_, err = locateScript(context.Background(), "node", dir, "@acme/absent", "cmd/run")
	if want := "the npm package @acme/absent is not installed for " + dir +
		". Install the dependencies of the project there: `npm ci`, or `pulumi install`"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestLocateScriptAsksNode(t *testing.T) {
	library := project(t, map[string]string{"@acme/sdk/cmd/run/index.js": ""})
	t.Setenv("NODE_PATH", library)
	node, err := exec.LookPath("node")
	check(t, err)
	got, err := locateScript(context.Background(), node, project(t, nil), "@acme/sdk", "cmd/run")
	check(t, err)
	if want := filepath.Join(library, "@acme", "sdk", "cmd", "run", "index.js"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
