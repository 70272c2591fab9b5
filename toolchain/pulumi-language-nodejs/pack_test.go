package main

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

func packed(t *testing.T, archive string) []string {
	t.Helper()
	file, err := os.Open(archive)
	check(t, err)
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	check(t, err)
	var names []string
	for reader := tar.NewReader(unzipped); ; {
		header, err := reader.Next()
		if errors.Is(err, io.EOF) {
			slices.Sort(names)
			return names
		}
		check(t, err)
		names = append(names, header.Name)
	}
}

func TestPack(t *testing.T) {
	t.Parallel()
	const build = `"scripts": {"build": "mkdir bin && cp index.ts bin/index.js"}`
	for name, test := range map[string]struct {
		manifest string
		want     []string
	}{
		"what an SDK compiles into bin": {
			`{"name": "@acme/queue", "version": "1.2.3", ` + build + `}`,
			[]string{"package/index.js", "package/package.json"},
		},
		"an SDK that points into bin": {
			`{"name": "@acme/queue", "version": "1.2.3", "main": "./bin/index.js", ` + build + `}`,
			[]string{"package/bin/index.js", "package/index.ts", "package/package.json"},
		},
		"an SDK that needs no build": {
			`{"name": "@acme/queue", "version": "1.2.3"}`,
			[]string{"package/index.ts", "package/package.json"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := map[string]string{"package.json": test.manifest, "index.ts": "export const size = 1;"}
			destination := t.TempDir()
			response, err := startHost(t, engineAddress).Pack(deadline(t), &pulumirpc.PackRequest{
				PackageDirectory: npmProject(t, files), DestinationDirectory: destination,
			})
			check(t, err)
			if want := filepath.Join(destination, "acme-queue-1.2.3.tgz"); response.GetArtifactPath() != want {
				t.Fatalf("got %s, want %s", response.GetArtifactPath(), want)
			}
			if got := packed(t, response.GetArtifactPath()); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestPackTellsWhatFailed(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		files map[string]string
		code  codes.Code
		says  string
	}{
		"no package": {nil, codes.FailedPrecondition, "no package.json or package.yaml in "},
		"no build": {
			map[string]string{"package.json": `{"name": "a", "version": "1.0.0", "scripts": {"build": "exit 1"}}`},
			codes.Unknown, "`npm run --if-present build` in ",
		},
		"no version": {map[string]string{"package.json": `{"name": "a"}`}, codes.Unknown, "`npm pack "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := map[string]string{}
			maps.Copy(files, test.files)
			_, err := startHost(t, engineAddress).Pack(deadline(t), &pulumirpc.PackRequest{
				PackageDirectory: npmProject(t, files), DestinationDirectory: t.TempDir(),
			})
			if status.Code(err) != test.code {
				t.Fatalf("got %v, want %v", err, test.code)
			}
			mustContain(t, err.Error(), test.says)
		})
	}
}
