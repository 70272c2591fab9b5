package main

import (
	"path/filepath"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

func TestAbout(t *testing.T) {
	t.Parallel()
	dir := project(t, map[string]string{
		"package.json":            "{}",
		"node_modules/.bin/node!": "#!/bin/sh\necho v99.1.2\n",
	})
	about, err := startHost(t, engineAddress).About(deadline(t),
		&pulumirpc.AboutRequest{Info: programInfo(t, dir, map[string]any{"packagemanager": "npm"})})
	check(t, err)
	if want := filepath.Join(dir, "node_modules", ".bin", "node"); about.GetExecutable() != want {
		t.Errorf("got executable %s, want %s", about.GetExecutable(), want)
	}
	if about.GetVersion() != "v99.1.2" {
		t.Errorf("got version %s", about.GetVersion())
	}
	if metadata := about.GetMetadata(); metadata["packagemanager"] != "npm" || metadata["packagemanagerVersion"] == "" {
		t.Errorf("got package manager %v", metadata)
	}
}

func TestAboutRefusesAWrongOption(t *testing.T) {
	t.Parallel()
	_, err := startHost(t, engineAddress).About(deadline(t),
		&pulumirpc.AboutRequest{Info: programInfo(t, project(t, nil), map[string]any{"tsconfig": 1})})
	if status.Code(err) != codes.InvalidArgument {
		t.Errorf("got %v", err)
	}
}
