package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

func TestGetRequiredPackages(t *testing.T) {
	t.Parallel()
	root := project(t, map[string]string{
		"app/index.js": "",
		"app/node_modules/@pulumi/acme-cloud/package.json": `{"name": "@pulumi/acme-cloud", "version": "7.1.0", "pulumi": {"resource": true}}`,
		"app/node_modules/@pulumi/pulumi/package.json":     `{"name": "@pulumi/pulumi", "version": "3.259.0"}`,
		"app/node_modules/plain/package.json":              `{"name": "plain", "version": "1.0.0"}`,
		"app/node_modules/broken/package.json":             `{`,
		"app/node_modules/odd/package.json":                `{"name": "odd", "version": "1.0.0", "pulumi": "yes"}`,
		"app/node_modules/@acme/queue/package.json": `{"name": "@acme/queue", "version": "2.0.0",
			"pulumi": {"resource": true, "name": "queue", "version": "v2.1.0", "server": "https://example.com"}}`,
		"app/node_modules/@acme/nameless/package.json": `{"name": "@acme/nameless", "version": "1.0.0", "pulumi": {"resource": true}}`,
		"app/node_modules/@pulumi/old/package.json":    `{"name": "@pulumi/old", "pulumi": {"resource": true}}`,
		"app/node_modules/plain/node_modules/@pulumi/acme-cloud/package.json": `{"name": "@pulumi/acme-cloud",
			"version": "6.0.0", "pulumi": {"resource": true}}`,
		"app/node_modules/@pulumi/acme-random/package.json": `{"name": "@pulumi/acme-random", "version": "4.0.0", "pulumi": {
			"resource": true, "name": "acme-bridge", "version": "1.0.0",
			"parameterization": {"name": "acme-random", "version": "4.0.0", "value": "eA=="}}}`,
		"app/node_modules/again/node_modules/@pulumi/acme-cloud/package.json": `{"name": "@pulumi/acme-cloud",
			"version": "6.0.0", "pulumi": {"resource": true}}`,
		"node_modules/@pulumi/acme-above/package.json": `{"name": "@pulumi/acme-above", "version": "1.0.0", "pulumi": {"resource": true}}`,
		"sdks/local/package.json": `{"name": "@pulumi/acme-local", "version": "0.1.0", "pulumi": {"resource": true,
			"name": "acme-local", "version": "0.1.0"}}`,
		"sdks/local/node_modules/@pulumi/hidden/package.json": `{"name": "@pulumi/hidden", "version": "1.0.0", "pulumi": {"resource": true}}`,
	})
	check(t, os.Symlink(filepath.Join(root, "sdks", "local"), filepath.Join(root, "app", "node_modules", "@pulumi", "acme-local")))

	got := requiredPackages(t, filepath.Join(root, "app"))
	slices.Sort(got)
	want := []string{
		"resource acme-bridge v1.0.0 as acme-random 4.0.0 x",
		"resource acme-cloud v6.0.0",
		"resource acme-cloud v7.1.0",
		"resource acme-local v0.1.0",
		"resource queue v2.1.0 of https://example.com",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

// A plugin without packages of its own needs no providers, though the project around it does: its SDK, for one.
func TestGetRequiredPackagesOfAPluginInAProject(t *testing.T) {
	t.Parallel()
	root := project(t, map[string]string{
		"node_modules/@pulumi/acme/package.json": `{"name": "@pulumi/acme", "version": "1.0.0", "pulumi": {"resource": true}}`,
		"provider/PulumiPlugin.yaml":             "runtime: nodejs\n",
	})
	if got := requiredPackages(t, filepath.Join(root, "provider")); got != nil {
		t.Errorf("got %q", got)
	}
}

func requiredPackages(t *testing.T, dir string) []string {
	t.Helper()
	response, err := startHost(t, engineAddress).GetRequiredPackages(deadline(t),
		&pulumirpc.GetRequiredPackagesRequest{Info: programInfo(t, dir, nil)})
	check(t, err)
	var packages []string
	for _, found := range response.GetPackages() {
		text := fmt.Sprintf("%s %s %s", found.GetKind(), found.GetName(), found.GetVersion())
		if found.GetServer() != "" {
			text += " of " + found.GetServer()
		}
		if from := found.GetParameterization(); from != nil {
			text += fmt.Sprintf(" as %s %s %s", from.GetName(), from.GetVersion(), from.GetValue())
		}
		packages = append(packages, text)
	}
	return packages
}
