package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// findNode returns the Node.js that runs the code in a folder: the one that the npm package `node` put into the
// node_modules of the folder or of a folder above it, else the one on PATH.
func findNode(dir string) (string, error) {
	name := "node"
	if runtime.GOOS == "windows" {
		name = "node.cmd"
	}
	if found, ok := searchUp(dir, filepath.Join("node_modules", ".bin", name)); ok {
		return found, nil
	}
	found, err := exec.LookPath("node")
	if err != nil {
		return "", errors.New("Node.js was not found: there is no `node` on PATH, and no node_modules/.bin/node in " +
			dir + " or above it. Install Node.js, or add the npm package `node` to the project")
	}
	return found, nil
}

// searchUp looks for a file in a folder and in the folders above it.
func searchUp(dir, file string) (string, bool) {
	for {
		candidate := filepath.Join(dir, file)
		if _, err := os.Stat(candidate); err == nil {
			return candidate, true
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", false
		}
		dir = parent
	}
}

// compileCacheEnv makes Node.js keep compiled code between runs, which halves the time to load @pulumi/pulumi.
// It is set beside the packages it is about, unless the user has decided about NODE_COMPILE_CACHE.
func compileCacheEnv(dir string) []string {
	for _, decided := range []string{"NODE_COMPILE_CACHE", "NODE_DISABLE_COMPILE_CACHE"} {
		if os.Getenv(decided) != "" {
			return nil
		}
	}
	modules, ok := searchUp(dir, "node_modules")
	if !ok {
		return nil
	}
	return []string{"NODE_COMPILE_CACHE=" + filepath.Join(modules, ".cache", "node-compile")}
}

// locateScript returns a script of an installed package, such as "cmd/run" of "@pulumi/pulumi".
func locateScript(ctx context.Context, node, dir, pkg, script string) (string, error) {
	name := filepath.Join("node_modules", filepath.FromSlash(pkg), filepath.FromSlash(script), "index.js")
	if found, ok := searchUp(dir, name); ok {
		return found, nil
	}
	// Not in a node_modules folder: NODE_PATH or a loader that the user has set may still know it.
	resolve := exec.CommandContext(ctx, node, "-p", fmt.Sprintf("require.resolve(%q)", pkg+"/"+script))
	resolve.Dir = dir
	output, err := resolve.Output()
	if err != nil {
		return "", fmt.Errorf("the npm package %s is not installed for %s. "+
			"Install the dependencies of the project there: `npm ci`, or `pulumi install`", pkg, dir)
	}
	return strings.TrimSpace(string(output)), nil
}
