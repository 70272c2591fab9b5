package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"
)

const pluginScript = "node_modules/@pulumi/pulumi/cmd/run-plugin/index.js"

func pluginRequest(t *testing.T, dir string, options map[string]any) *pulumirpc.RunPluginRequest {
	t.Helper()
	return &pulumirpc.RunPluginRequest{
		Kind: "resource",
		Pwd:  dir,
		Args: []string{engineAddress},
		Env:  []string{"PATH=" + os.Getenv("PATH"), "GREETING=hello"},
		Info: programInfo(t, dir, options),
	}
}

// pluginOutput is all that a plugin's stream says until its end.
type pluginOutput struct {
	stdout, stderr string
	exitCode       int32
}

func readPlugin(stream pulumirpc.LanguageRuntime_RunPluginClient) (pluginOutput, error) {
	output := pluginOutput{exitCode: -1}
	for {
		message, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return output, nil
		} else if err != nil {
			return output, err
		}
		switch part := message.GetOutput().(type) {
		case *pulumirpc.RunPluginResponse_Stdout:
			output.stdout += string(part.Stdout)
		case *pulumirpc.RunPluginResponse_Stderr:
			output.stderr += string(part.Stderr)
		case *pulumirpc.RunPluginResponse_Exitcode:
			output.exitCode = part.Exitcode
		}
	}
}

func runPlugin(t *testing.T, request *pulumirpc.RunPluginRequest) (pluginOutput, error) {
	t.Helper()
	stream, err := startHost(t, engineAddress).RunPlugin(deadline(t), request)
	check(t, err)
	return readPlugin(stream)
}

func TestRunPluginRunsAProvider(t *testing.T) {
	t.Parallel()
	dir := project(t, map[string]string{
		pluginScript:         reportScript + `console.log("4321"); console.error("ready"); process.exitCode = 3;`,
		"elsewhere/file.txt": "",
	})
	elsewhere := filepath.Join(dir, "elsewhere")
	request := pluginRequest(t, dir, map[string]any{"nodeargs": "--no-warnings"})
	request.Pwd = elsewhere

	output, err := runPlugin(t, request)
	check(t, err)
	if want := (pluginOutput{stdout: "4321\n", stderr: "ready\n", exitCode: 3}); output != want {
		t.Errorf("got %+v, want %+v", output, want)
	}
	script := filepath.Join(dir, pluginScript)
	got := readReport(t, script)
	if want := []string{script, dir, engineAddress}; !reflect.DeepEqual(got.Argv, want) {
		t.Errorf("got arguments %q, want %q", got.Argv, want)
	}
	if want := []string{"--no-warnings"}; !reflect.DeepEqual(got.ExecArgv, want) {
		t.Errorf("got arguments of Node.js %q, want %q", got.ExecArgv, want)
	}
	if got.Cwd != elsewhere {
		t.Errorf("it ran in %s, not in %s", got.Cwd, elsewhere)
	}
	if got.Env["GREETING"] != "hello" || got.Env["HOME"] != "" {
		t.Errorf("its environment is not what the engine wants it to be: %v", got.Env)
	}
}

func TestRunPluginRunsAStandaloneProvider(t *testing.T) {
	t.Parallel()
	dir := project(t, map[string]string{
		"package.json":    `{"main": "provider.cjs"}`,
		"provider.cjs":    reportScript,
		"node_modules/.x": "",
	})
	output, err := runPlugin(t, pluginRequest(t, dir, map[string]any{"standalone": true}))
	check(t, err)
	if output.exitCode != 0 {
		t.Fatalf("it failed: %+v", output)
	}
	got := readReport(t, filepath.Join(dir, "provider.cjs"))
	if want := []string{dir, engineAddress}; !reflect.DeepEqual(got.Argv, want) {
		t.Errorf("got arguments %q, want %q", got.Argv, want)
	}
}

// What a plugin writes to both of its outputs at once reaches the engine whole.
func TestRunPluginKeepsLargeOutputs(t *testing.T) {
	t.Parallel()
	dir := project(t, map[string]string{pluginScript: `
		for (let line = 0; line < 2000; line++) {
			process.stdout.write("o".repeat(99) + "\n");
			process.stderr.write("e".repeat(99) + "\n");
		}`})
	output, err := runPlugin(t, pluginRequest(t, dir, nil))
	check(t, err)
	if want := strings.Repeat(strings.Repeat("o", 99)+"\n", 2000); output.stdout != want {
		t.Errorf("stdout has %d bytes, want %d", len(output.stdout), len(want))
	}
	if want := strings.Repeat(strings.Repeat("e", 99)+"\n", 2000); output.stderr != want {
		t.Errorf("stderr has %d bytes, want %d", len(output.stderr), len(want))
	}
}

func TestRunPluginRefuses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		kind    string
		options map[string]any
		code    codes.Code
		says    string
	}{
		"a provider without the SDK": {
			kind: "resource", code: codes.FailedPrecondition, says: "the npm package @pulumi/pulumi is not installed for ",
		},
		"a policy pack without the SDK": {
			kind: "analyzer", code: codes.FailedPrecondition, says: "the npm package @pulumi/pulumi is not installed for ",
		},
		"a wrong option": {
			kind: "resource", options: map[string]any{"nodeargs": false}, code: codes.InvalidArgument,
			says: `runtime option "nodeargs" must be a string, but is false`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := project(t, nil)
			if test.options == nil {
				skipWhenAbove(t, dir, "node_modules/@pulumi/pulumi/package.json")
			}
			request := pluginRequest(t, dir, test.options)
			request.Kind = test.kind
			_, err := runPlugin(t, request)
			if status.Code(err) != test.code {
				t.Fatalf("got %v, want %v", err, test.code)
			}
			mustContain(t, status.Convert(err).Message(), test.says)
		})
	}
}

// A provider may be in the middle of a creation when the user cancels: the engine tells it, and ends it when it is done.
func TestOnlyTheEndOfItsCallStopsAPlugin(t *testing.T) {
	t.Parallel()
	dir := project(t, map[string]string{pluginScript: stubbornScript + `
		require("net").createServer((client) => client.end("alive")).listen(0, "127.0.0.1", function () {
			if (!process.env.IS_CHILD) console.log(this.address().port);
		});`})
	running, ended := holders(t, dir, 2)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	host := startHost(t, engineAddress)
	stream, err := host.RunPlugin(ctx, pluginRequest(t, dir, nil))
	check(t, err)
	running()
	first, err := stream.Recv()
	check(t, err)

	_, err = host.Cancel(deadline(t), &emptypb.Empty{})
	check(t, err)
	if said := say(t, strings.TrimSpace(string(first.GetStdout()))); said != "alive" {
		t.Errorf("after Cancel the plugin said %q", said)
	}
	stop()
	if _, err := readPlugin(stream); status.Code(err) != codes.Canceled {
		t.Errorf("got %v, want cancelled", err)
	}
	ended()
}
