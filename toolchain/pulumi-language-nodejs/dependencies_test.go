package main

import (
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// npmProject is a project whose npm stays off the network, and off the user's settings and caches.
func npmProject(t *testing.T, files map[string]string) string {
	t.Helper()
	all := map[string]string{".npmrc": "offline=true\naudit=false\nfund=false\nupdate-notifier=false\ncache=" + t.TempDir() + "\n"}
	maps.Copy(all, files)
	return project(t, all)
}

func install(t *testing.T, request *pulumirpc.InstallDependenciesRequest) (stdout, stderr string, err error) {
	t.Helper()
	stream, err := startHost(t, engineAddress).InstallDependencies(deadline(t), request)
	check(t, err)
	for {
		message, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return stdout, stderr, nil
		} else if err != nil {
			return stdout, stderr, err
		}
		stdout += string(message.GetStdout())
		stderr += string(message.GetStderr())
	}
}

func exists(path ...string) bool {
	_, err := os.Stat(filepath.Join(path...))
	return err == nil
}

var twoPackages = map[string]string{
	"package.json":      `{"dependencies": {"used": "file:used"}, "devDependencies": {"tool": "file:tool"}}`,
	"used/package.json": `{"name": "used", "version": "1.2.3"}`,
	"tool/package.json": `{"name": "tool", "version": "4.5.6"}`,
}

func TestInstallDependencies(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		isPlugin, wantsTool bool
	}{
		"of a program": {isPlugin: false, wantsTool: true},
		"of a plugin":  {isPlugin: true, wantsTool: false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := npmProject(t, twoPackages)
			stdout, stderr, err := install(t, &pulumirpc.InstallDependenciesRequest{
				Info: programInfo(t, dir, nil), IsPlugin: test.isPlugin,
			})
			if err != nil {
				t.Fatalf("%v\n%s", err, stderr)
			}
			mustContain(t, stdout, "added ")
			if !exists(dir, "node_modules", "used", "package.json") {
				t.Error("a dependency is missing")
			}
			if got := exists(dir, "node_modules", "tool", "package.json"); got != test.wantsTool {
				t.Errorf("a development dependency is there: %v", got)
			}
		})
	}
}

// A plugin that has no package.json runs on the packages of the project around it.
func TestInstallDependenciesOfAPluginKeepsThoseOfTheProject(t *testing.T) {
	t.Parallel()
	files := map[string]string{"provider/PulumiPlugin.yaml": "runtime: nodejs\n"}
	maps.Copy(files, twoPackages)
	dir := npmProject(t, files)
	for _, request := range []*pulumirpc.InstallDependenciesRequest{
		{Info: programInfo(t, dir, nil)},
		{Info: programInfo(t, filepath.Join(dir, "provider"), nil), IsPlugin: true},
	} {
		_, stderr, err := install(t, request)
		if err != nil {
			t.Fatalf("%v\n%s", err, stderr)
		}
	}
	if !exists(dir, "node_modules", "tool", "package.json") {
		t.Error("installing the plugin removed what the project needs for development")
	}
}

func TestInstallDependenciesInAWorkspace(t *testing.T) {
	t.Parallel()
	dir := npmProject(t, map[string]string{
		"package.json":      `{"name": "root", "workspaces": ["app", "used"]}`,
		"app/package.json":  `{"name": "app", "version": "1.0.0", "dependencies": {"used": "1.2.3"}}`,
		"used/package.json": `{"name": "used", "version": "1.2.3"}`,
	})
	_, stderr, err := install(t, &pulumirpc.InstallDependenciesRequest{Info: programInfo(t, filepath.Join(dir, "app"), nil)})
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr)
	}
	if !exists(dir, "node_modules", "used", "package.json") || exists(dir, "app", "node_modules") {
		t.Error("the packages are not in the folder of the workspace")
	}
}

func TestInstallDependenciesTellsWhyItFailed(t *testing.T) {
	t.Parallel()
	dir := npmProject(t, map[string]string{"package.json": `{"dependencies": {"used": "file:missing.tgz"}}`})
	_, stderr, err := install(t, &pulumirpc.InstallDependenciesRequest{Info: programInfo(t, dir, nil)})
	if err == nil {
		t.Fatal("it installed a package that is not there")
	}
	mustContain(t, err.Error(), "`npm install` in "+dir+" failed")
	mustContain(t, stderr, "missing.tgz")
}

func TestGetProgramDependencies(t *testing.T) {
	t.Parallel()
	dir := project(t, map[string]string{
		"package.json": `{"dependencies": {"used": "^1.0.0"}}`,
		"package-lock.json": `{
  "lockfileVersion": 3,
  "packages": {
    "": {
      "dependencies": {
        "used": "^1.0.0"
      }
    },
    "node_modules/used": {
      "version": "1.2.3",
      "resolved": "https://registry.npmjs.org/used/-/used-1.2.3.tgz"
    },
    "node_modules/deeper": {
      "version": "0.9.0",
      "resolved": "https://registry.npmjs.org/deeper/-/deeper-0.9.0.tgz"
    }
  }
}`,
	})
	for transitive, want := range map[bool]map[string]string{
		false: {"used": "1.2.3"},
		true:  {"used": "1.2.3", "deeper": "0.9.0"},
	} {
		response, err := startHost(t, engineAddress).GetProgramDependencies(deadline(t),
			&pulumirpc.GetProgramDependenciesRequest{Info: programInfo(t, dir, nil), TransitiveDependencies: transitive})
		check(t, err)
		got := map[string]string{}
		for _, dependency := range response.GetDependencies() {
			got[dependency.GetName()] = dependency.GetVersion()
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("transitive %v: got %v, want %v", transitive, got, want)
		}
	}
}

func TestGetProgramDependenciesNeedsALockFileThatCanBeRead(t *testing.T) {
	t.Parallel()
	dir := project(t, map[string]string{"package.json": "{}", "package-lock.json": "{"})
	_, err := startHost(t, engineAddress).GetProgramDependencies(deadline(t),
		&pulumirpc.GetProgramDependenciesRequest{Info: programInfo(t, dir, nil)})
	if status.Code(err) != codes.FailedPrecondition {
		t.Fatalf("got %v", err)
	}
	mustContain(t, err.Error(), "could not list the packages of "+dir+": could not parse ")
}
