package main

import (
	"path/filepath"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/version"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/emptypb"
)

func TestHandshakeTellsTheEngine(t *testing.T) {
	t.Parallel()
	host := startHost(t, "")
	_, err := host.Handshake(deadline(t), &pulumirpc.LanguageHandshakeRequest{EngineAddress: "127.0.0.1:9"})
	check(t, err)
	dir := project(t, map[string]string{runScript: reportScript})
	_, err = host.Run(deadline(t), runRequest(t, dir, nil))
	check(t, err)
	argv := readReport(t, filepath.Join(dir, runScript)).Argv
	if argv[3] != "--engine" || argv[4] != "127.0.0.1:9" {
		t.Errorf("the program was told of another engine: %q", argv)
	}
}

func TestGetPluginInfo(t *testing.T) {
	t.Parallel()
	info, err := startHost(t, engineAddress).GetPluginInfo(deadline(t), &emptypb.Empty{})
	check(t, err)
	if info.GetVersion() != version.Version {
		t.Errorf("got version %q, want %q", info.GetVersion(), version.Version)
	}
}

// A project that `pulumi new` made needs no questions, and no more files.
func TestNewProjectsAreComplete(t *testing.T) {
	t.Parallel()
	host := startHost(t, engineAddress)
	dir := project(t, nil)
	prompts, err := host.RuntimeOptionsPrompts(deadline(t), &pulumirpc.RuntimeOptionsRequest{Info: programInfo(t, dir, nil)})
	check(t, err)
	if len(prompts.GetPrompts()) != 0 {
		t.Errorf("it asks %v", prompts)
	}
	_, err = host.Template(deadline(t), &pulumirpc.TemplateRequest{Info: programInfo(t, dir, nil)})
	check(t, err)
	if files, _ := filepath.Glob(filepath.Join(dir, "*")); len(files) != 0 {
		t.Errorf("it wrote %q", files)
	}
}
