package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"
)

const runScript = "node_modules/@pulumi/pulumi/cmd/run/index.js"

func runRequest(t *testing.T, dir string, options map[string]any) *pulumirpc.RunRequest {
	t.Helper()
	return &pulumirpc.RunRequest{
		Info:           programInfo(t, dir, options),
		MonitorAddress: "127.0.0.1:2",
		Organization:   "acme",
		Project:        "calls",
		Stack:          "dev",
		Parallel:       8,
	}
}

func TestRunPassesTheProgram(t *testing.T) {
	t.Parallel()
	dir := project(t, map[string]string{runScript: reportScript})
	script := filepath.Join(dir, runScript)
	request := runRequest(t, dir, map[string]any{"nodeargs": "--no-warnings", "tsconfig": "own.json"})
	request.DryRun = true
	request.Args = []string{"extra"}
	request.Config = map[string]string{"calls:size": "3", "twilio:authToken": "[secret]"}
	request.ConfigSecretKeys = []string{"twilio:authToken"}

	response, err := startHost(t, engineAddress).Run(deadline(t), request)
	check(t, err)
	if response.GetError() != "" || response.GetBail() {
		t.Fatalf("the program failed: %v", response)
	}
	got := readReport(t, script)
	wantArgv := []string{
		script, "--monitor", "127.0.0.1:2", "--engine", engineAddress, "--organization", "acme", "--project", "calls",
		"--stack", "dev", "--root-directory", dir, "--pwd", dir, "--parallel", "8", "--dry-run", ".", "extra",
	}
	if !reflect.DeepEqual(got.Argv, wantArgv) {
		t.Errorf("got arguments %q, want %q", got.Argv, wantArgv)
	}
	if want := []string{"--no-warnings"}; !reflect.DeepEqual(got.ExecArgv, want) {
		t.Errorf("got arguments of Node.js %q, want %q", got.ExecArgv, want)
	}
	if got.Cwd != dir {
		t.Errorf("it ran in %s, not in %s", got.Cwd, dir)
	}
	for name, want := range map[string]string{
		"PULUMI_NODEJS_TYPESCRIPT":    "true",
		"PULUMI_NODEJS_TSCONFIG_PATH": "own.json",
		"PULUMI_CONFIG_SECRET_KEYS":   `["twilio:authToken"]`,
		"PATH":                        os.Getenv("PATH"),
		"NODE_COMPILE_CACHE":          filepath.Join(dir, "node_modules", ".cache", "node-compile"),
	} {
		if got.Env[name] != want {
			t.Errorf("%s is %q, want %q", name, got.Env[name], want)
		}
	}
	var config map[string]string
	check(t, json.Unmarshal([]byte(got.Env["PULUMI_CONFIG"]), &config))
	if want := map[string]string{"calls:config:size": "3", "twilio:config:authToken": "[secret]"}; !reflect.DeepEqual(config, want) {
		t.Errorf("got configuration %v, want %v", config, want)
	}
}

func TestRunWithoutConfiguration(t *testing.T) {
	t.Parallel()
	dir := project(t, map[string]string{runScript: reportScript})
	_, err := startHost(t, engineAddress).Run(deadline(t), runRequest(t, dir, map[string]any{"typescript": false}))
	check(t, err)
	env := readReport(t, filepath.Join(dir, runScript)).Env
	for name, want := range map[string]string{
		"PULUMI_CONFIG": "{}", "PULUMI_CONFIG_SECRET_KEYS": "[]", "PULUMI_NODEJS_TYPESCRIPT": "false",
	} {
		if env[name] != want {
			t.Errorf("%s is %q, want %q", name, env[name], want)
		}
	}
}

func TestRunTellsHowTheProgramEnded(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		script string
		want   *pulumirpc.RunResponse
	}{
		"well":          {"", &pulumirpc.RunResponse{}},
		"told the user": {"process.exit(32)", &pulumirpc.RunResponse{Bail: true}},
		"failed":        {"process.exit(7)", &pulumirpc.RunResponse{Error: "Program exited with non-zero exit code: 7"}},
		"was killed":    {`process.kill(process.pid, "SIGKILL")`, &pulumirpc.RunResponse{Error: "Program exited unexpectedly: signal: killed"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := project(t, map[string]string{runScript: test.script})
			got, err := startHost(t, engineAddress).Run(deadline(t), runRequest(t, dir, nil))
			check(t, err)
			if got.GetBail() != test.want.GetBail() || got.GetError() != test.want.GetError() {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestRunTellsThatTheProgramCouldNotStart(t *testing.T) {
	t.Parallel()
	dir := project(t, map[string]string{runScript: ""})
	request := runRequest(t, dir, nil)
	request.Config = tooLargeConfig(t)
	got, err := startHost(t, engineAddress).Run(deadline(t), request)
	check(t, err)
	mustContain(t, got.GetError(), "could not start Node.js: the configuration of the stack is too large")
}

func TestRunDoesNotWaitForWhatAProgramLeavesBehind(t *testing.T) {
	t.Parallel()
	// A process of another group that holds the program's stdout, and ends with its connection to the test.
	dir := project(t, map[string]string{runScript: `
		const holder = 'require("net").connect(process.argv[1], "127.0.0.1").resume().on("close", () => process.exit())';
		require("child_process").spawn(process.execPath, ["-e", holder, require("fs").readFileSync("port", "utf8")],
			{ stdio: "inherit", detached: true }).unref();`})
	running, _ := holders(t, dir, 1)
	response, err := startHost(t, engineAddress).Run(deadline(t), runRequest(t, dir, nil))
	check(t, err)
	running()
	if response.GetError() != "" || response.GetBail() {
		t.Errorf("got %v, want success", response)
	}
}

func TestRunRefuses(t *testing.T) {
	t.Parallel()
	installed := map[string]string{runScript: ""}
	for name, test := range map[string]struct {
		files   map[string]string
		engine  string
		options map[string]any
		config  map[string]string
		code    codes.Code
		says    []string
	}{
		"a missing SDK": {
			engine: engineAddress, code: codes.FailedPrecondition,
			says: []string{"the npm package @pulumi/pulumi is not installed for ", "`npm ci`, or `pulumi install`"},
		},
		"a wrong option": {
			files: installed, engine: engineAddress, options: map[string]any{"typescript": "on"},
			code: codes.InvalidArgument, says: []string{`runtime option "typescript" must be true or false, but is on`},
		},
		"configuration without a namespace": {
			files: installed, engine: engineAddress, config: map[string]string{"size": "3"},
			code: codes.InvalidArgument, says: []string{`configuration key "size" has no namespace`},
		},
		"no engine": {
			files: installed, code: codes.FailedPrecondition, says: []string{"the language host does not know the engine"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := project(t, test.files)
			if test.files == nil {
				skipWhenAbove(t, dir, runScript)
			}
			request := runRequest(t, dir, test.options)
			request.Config = test.config
			_, err := startHost(t, test.engine).Run(deadline(t), request)
			if status.Code(err) != test.code {
				t.Fatalf("got %v, want %v", err, test.code)
			}
			mustContain(t, status.Convert(err).Message(), test.says...)
		})
	}
}

func TestRunFindsPackagesAboveTheProgram(t *testing.T) {
	t.Parallel()
	dir := project(t, map[string]string{runScript: reportScript, "deep/program/index.js": ""})
	_, err := startHost(t, engineAddress).Run(deadline(t), runRequest(t, filepath.Join(dir, "deep", "program"), nil))
	check(t, err)
	if got, want := readReport(t, filepath.Join(dir, runScript)).Cwd, filepath.Join(dir, "deep", "program"); got != want {
		t.Errorf("it ran in %s, not in %s", got, want)
	}
}

func TestCancelInterruptsTheProgram(t *testing.T) {
	t.Parallel()
	dir := project(t, map[string]string{runScript: `
		process.on("SIGINT", () => {
			require("fs").writeFileSync("interrupted", "");
			process.exit(0);
		});
		` + stubbornScript})
	running, ended := holders(t, dir, 2)
	host := startHost(t, engineAddress)
	failed := make(chan error)
	go func() {
		_, err := host.Run(context.Background(), runRequest(t, dir, nil))
		failed <- err
	}()
	running()
	_, err := host.Cancel(deadline(t), &emptypb.Empty{})
	check(t, err)
	if err := <-failed; status.Code(err) != codes.Canceled {
		t.Fatalf("got %v, want cancelled", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "interrupted")); err != nil {
		t.Error("the program was not given the chance to end by itself")
	}
	ended()
}

func TestCancelKillsAProgramThatIgnoresIt(t *testing.T) {
	t.Parallel()
	dir := project(t, map[string]string{runScript: stubbornScript})
	running, ended := holders(t, dir, 2)
	ctx, cancel := context.WithCancel(context.Background())
	failed := make(chan error)
	go func() {
		_, err := startHost(t, engineAddress).Run(ctx, runRequest(t, dir, nil))
		failed <- err
	}()
	running()
	cancel() // the engine has gone away
	if err := <-failed; status.Code(err) != codes.Canceled {
		t.Fatalf("got %v, want cancelled", err)
	}
	ended()
}
