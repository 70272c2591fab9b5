package main

import (
	"os"
	"path/filepath"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	codegenrpc "github.com/pulumi/pulumi/sdk/v3/proto/go/codegen"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// What `pulumi import` hands over, and prints.
const (
	queueProgram = `resource "support" "acme:index:Queue" {
  size = 7
}
`
	queueTypeScript = `import * as pulumi from "@pulumi/pulumi";
import * as acme from "@acme/call-queue";

const support = new acme.Queue("support", {size: 7});
`
)

func readFile(t *testing.T, path ...string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(path...))
	check(t, err)
	return string(content)
}

func mustFail(t *testing.T, diagnostics []*codegenrpc.Diagnostic, says string) {
	t.Helper()
	for _, diagnostic := range diagnostics {
		if diagnostic.GetSeverity() == codegenrpc.DiagnosticSeverity_DIAG_ERROR {
			mustContain(t, diagnostic.GetSummary()+" "+diagnostic.GetDetail(), says)
			return
		}
	}
	t.Errorf("no error among %v", diagnostics)
}

func TestGenerateProgram(t *testing.T) {
	t.Parallel()
	response, err := startHost(t, engineAddress).GenerateProgram(deadline(t), &pulumirpc.GenerateProgramRequest{
		Source:       map[string]string{"main.pp": queueProgram},
		LoaderTarget: serveSchemas(t, map[string]string{"acme": queueSchema}),
	})
	check(t, err)
	if len(response.GetDiagnostics()) != 0 {
		t.Errorf("got %v", response.GetDiagnostics())
	}
	if got := string(response.GetSource()["index.ts"]); got != queueTypeScript {
		t.Errorf("got\n%s\nwant\n%s", got, queueTypeScript)
	}
}

func TestGenerateProgramTellsWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ source, says string }{
		"syntax":              {`resource "support" {`, "Unclosed configuration block"},
		"an unknown resource": {`resource "support" "acme:index:Cue" {}`, "acme:index:Cue"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			response, err := startHost(t, engineAddress).GenerateProgram(deadline(t), &pulumirpc.GenerateProgramRequest{
				Source:       map[string]string{"main.pp": test.source},
				LoaderTarget: serveSchemas(t, map[string]string{"acme": queueSchema}),
				Strict:       true,
			})
			check(t, err)
			mustFail(t, response.GetDiagnostics(), test.says)
			if len(response.GetSource()) != 0 {
				t.Errorf("it generated %v", response.GetSource())
			}
		})
	}
}

func TestGenerateProject(t *testing.T) {
	t.Parallel()
	source, target := project(t, map[string]string{"main.pp": queueProgram}), t.TempDir()
	response, err := startHost(t, engineAddress).GenerateProject(deadline(t), &pulumirpc.GenerateProjectRequest{
		SourceDirectory: source,
		TargetDirectory: target,
		Project:         `{"name": "calls", "runtime": "nodejs"}`,
		LoaderTarget:    serveSchemas(t, map[string]string{"acme": queueSchema}),
	})
	check(t, err)
	if len(response.GetDiagnostics()) != 0 {
		t.Errorf("got %v", response.GetDiagnostics())
	}
	if got := readFile(t, target, "index.ts"); got != queueTypeScript {
		t.Errorf("got\n%s\nwant\n%s", got, queueTypeScript)
	}
	mustContain(t, readFile(t, target, "Pulumi.yaml"), "name: calls", "runtime: nodejs")
	mustContain(t, readFile(t, target, "package.json"), `"@acme/call-queue": "1.2.3"`)
}

func TestGeneratePackage(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	response, err := startHost(t, engineAddress).GeneratePackage(deadline(t), &pulumirpc.GeneratePackageRequest{
		Directory:    dir,
		Schema:       queueSchema,
		ExtraFiles:   map[string][]byte{"notes/README.md": []byte("Mind the queue.")},
		LoaderTarget: serveSchemas(t, nil),
		Local:        true,
	})
	check(t, err)
	if len(response.GetDiagnostics()) != 0 {
		t.Errorf("got %v", response.GetDiagnostics())
	}
	mustContain(t, readFile(t, dir, "package.json"), `"name": "@acme/call-queue"`, `"version": "1.2.3"`, `"main": "bin/index.js"`)
	mustContain(t, readFile(t, dir, "queue.ts"), "A queue of calls.", "How many calls may wait.", "size: pulumi.Input<number>;")
	if got := readFile(t, dir, "notes", "README.md"); got != "Mind the queue." {
		t.Errorf("got %q", got)
	}
}

func TestGeneratePackageTellsWhatIsWrong(t *testing.T) {
	t.Parallel()
	host := startHost(t, engineAddress)
	loader := serveSchemas(t, nil)
	generate := func(schema, loader string) (*pulumirpc.GeneratePackageResponse, string, error) {
		dir := t.TempDir()
		response, err := host.GeneratePackage(deadline(t),
			&pulumirpc.GeneratePackageRequest{Directory: dir, Schema: schema, LoaderTarget: loader})
		return response, dir, err
	}
	if _, _, err := generate("{", loader); status.Code(err) != codes.InvalidArgument {
		t.Errorf("a schema that is no JSON: got %v", err)
	}
	if _, _, err := generate(queueSchema, ""); status.Code(err) != codes.InvalidArgument {
		t.Errorf("no loader: got %v", err)
	}
	response, dir, err := generate(`{"name": "acme", "resources": {"acme:index:Queue":
		{"properties": {"size": {"type": "colour"}}}}}`, loader)
	check(t, err)
	mustFail(t, response.GetDiagnostics(), "#/resources/acme:index:Queue")
	if exists(dir, "package.json") {
		t.Error("it wrote an SDK of a wrong schema")
	}
}
