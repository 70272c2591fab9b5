package main

import (
	"encoding/json"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

func linkRequest(t *testing.T, dir, loader string, packages ...*pulumirpc.LinkRequest_LinkDependency) *pulumirpc.LinkRequest {
	t.Helper()
	return &pulumirpc.LinkRequest{Info: programInfo(t, dir, nil), LoaderTarget: loader, Packages: packages}
}

func linked(name, version, path string) *pulumirpc.LinkRequest_LinkDependency {
	return &pulumirpc.LinkRequest_LinkDependency{
		Package: &pulumirpc.PackageDependency{Name: name, Version: version}, Path: path,
	}
}

func TestLink(t *testing.T) {
	t.Parallel()
	dir := npmProject(t, map[string]string{"package.json": `{"name": "calls", "dependencies": {"used": "1.0.0"}}`})
	loader := serveSchemas(t, map[string]string{
		"acme":  queueSchema,
		"plain": `{"name": "plain", "version": "0.1.0"}`,
		"owned": `{"name": "owned", "version": "0.1.0", "namespace": "acme"}`,
	})
	parameterized := linked("plain", "v0.1.0", "sdks/plain")
	parameterized.Package.Parameterization = &pulumirpc.PackageParameterization{Name: "plain"}
	response, err := startHost(t, engineAddress).Link(deadline(t), linkRequest(t, dir, loader,
		linked("acme", "1.2.3", "sdks/acme"), parameterized, linked("owned", "", "sdks/owned")))
	check(t, err)
	want := `You can import the SDK in your TypeScript code with:

  import * as callQueue from "@acme/call-queue";
  import * as plain from "@pulumi/plain";
  import * as owned from "@acme/owned";
`
	if got := response.GetImportInstructions(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	var manifest struct {
		Dependencies map[string]string `json:"dependencies"`
	}
	check(t, json.Unmarshal([]byte(readFile(t, dir, "package.json")), &manifest))
	for name, want := range map[string]string{
		"used": "1.0.0", "@acme/call-queue": "file:sdks/acme", "@pulumi/plain": "file:sdks/plain", "@acme/owned": "file:sdks/owned",
	} {
		if got := manifest.Dependencies[name]; got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestLinkTellsWhatIsWrong(t *testing.T) {
	t.Parallel()
	loader := serveSchemas(t, map[string]string{"acme": queueSchema})
	for name, test := range map[string]struct {
		dependency *pulumirpc.LinkRequest_LinkDependency
		code       codes.Code
		says       string
	}{
		"a wrong version":    {linked("acme", "new", "sdks/acme"), codes.InvalidArgument, "the version of package acme is not semantic"},
		"an unknown package": {linked("other", "1.0.0", "sdks/other"), codes.NotFound, "no package other"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const manifest = `{"name": "calls"}`
			dir := npmProject(t, map[string]string{"package.json": manifest})
			_, err := startHost(t, engineAddress).Link(deadline(t), linkRequest(t, dir, loader, test.dependency))
			if status.Code(err) != test.code {
				t.Fatalf("got %v, want %v", err, test.code)
			}
			mustContain(t, err.Error(), test.says)
			if got := readFile(t, dir, "package.json"); got != manifest {
				t.Errorf("package.json became %s", got)
			}
		})
	}
}

func TestImportName(t *testing.T) {
	t.Parallel()
	for npmName, want := range map[string]string{
		"@pulumi/twilio":    "twilio",
		"@acme/call-queue":  "callQueue",
		"plain":             "plain",
		"@acme/3cx":         "_3cx",
		"@acme/--odd.name_": "oddName",
	} {
		if got := importName(npmName); got != want {
			t.Errorf("%s: got %s, want %s", npmName, got, want)
		}
	}
}
