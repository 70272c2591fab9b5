package main

import (
	"context"
	"fmt"
	"net"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

const policyScript = "node_modules/@pulumi/pulumi/cmd/run-policy-pack/index.js"

// policyPack is the gRPC server of a policy pack, without the pack.
type policyPack struct {
	pulumirpc.UnimplementedAnalyzerServer
}

func (policyPack) GetAnalyzerInfo(context.Context, *emptypb.Empty) (*pulumirpc.AnalyzerInfo, error) {
	return &pulumirpc.AnalyzerInfo{Name: "rules"}, nil
}

// servePolicyPack returns the port of a policyPack.
func servePolicyPack(t *testing.T) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	server := grpc.NewServer()
	pulumirpc.RegisterAnalyzerServer(server, policyPack{})
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(server.Stop)
	return listener.Addr().(*net.TCPAddr).Port
}

// startPolicyPack runs a policy pack that serves at a given port, and returns its folder and a client of what stands
// in front of it.
func startPolicyPack(t *testing.T, script string) (string, pulumirpc.AnalyzerClient, pulumirpc.LanguageRuntime_RunPluginClient) {
	t.Helper()
	dir := project(t, map[string]string{policyScript: reportScript + script})
	request := pluginRequest(t, dir, nil)
	request.Kind = "analyzer"
	request.Pwd = filepath.Dir(dir)
	ctx, stop := context.WithCancel(context.Background())
	t.Cleanup(stop)
	stream, err := startHost(t, engineAddress).RunPlugin(ctx, request)
	check(t, err)
	first, err := stream.Recv()
	check(t, err)
	port, err := strconv.Atoi(strings.TrimSpace(string(first.GetStdout())))
	check(t, err)
	return dir, pulumirpc.NewAnalyzerClient(connect(t, port)), stream
}

func TestRunPluginTellsAPolicyPackItsStack(t *testing.T) {
	t.Parallel()
	port := servePolicyPack(t)
	dir, pack, _ := startPolicyPack(t, fmt.Sprintf(`console.log("%d"); setInterval(() => {}, 60_000);`, port))
	_, err := pack.Handshake(deadline(t), &pulumirpc.AnalyzerHandshakeRequest{EngineAddress: engineAddress})
	check(t, err)
	_, err = pack.ConfigureStack(deadline(t), &pulumirpc.AnalyzerStackConfigureRequest{
		Organization:     "acme",
		Project:          "calls",
		Stack:            "prod",
		DryRun:           true,
		Config:           map[string]string{"calls:token": "[secret]"},
		ConfigSecretKeys: []string{"calls:token"},
	})
	check(t, err)
	info, err := pack.GetAnalyzerInfo(deadline(t), &emptypb.Empty{})
	check(t, err)
	if info.GetName() != "rules" {
		t.Errorf("the calls of the engine don't reach the policy pack: %v", info)
	}

	script := filepath.Join(dir, policyScript)
	got := readReport(t, script)
	if want := []string{script, engineAddress, dir}; !reflect.DeepEqual(got.Argv, want) {
		t.Errorf("got arguments %q, want %q", got.Argv, want)
	}
	if got.Cwd != dir {
		t.Errorf("it ran in %s, not in %s", got.Cwd, dir)
	}
	for name, want := range map[string]string{
		"PULUMI_NODEJS_ORGANIZATION": "acme",
		"PULUMI_NODEJS_PROJECT":      "calls",
		"PULUMI_NODEJS_STACK":        "prod",
		"PULUMI_NODEJS_DRY_RUN":      "true",
		"PULUMI_CONFIG":              `{"calls:token":"[secret]"}`,
		"PULUMI_CONFIG_SECRET_KEYS":  `["calls:token"]`,
		"GREETING":                   "hello",
	} {
		if got.Env[name] != want {
			t.Errorf("%s is %q, want %q", name, got.Env[name], want)
		}
	}
}

// `pulumi policy publish` asks about the pack alone.
func TestRunPluginStartsAPolicyPackWithoutAStack(t *testing.T) {
	t.Parallel()
	port := servePolicyPack(t)
	dir, pack, _ := startPolicyPack(t, fmt.Sprintf(`console.log("%d"); setInterval(() => {}, 60_000);`, port))
	_, err := pack.GetAnalyzerInfo(deadline(t), &emptypb.Empty{})
	check(t, err)
	env := readReport(t, filepath.Join(dir, policyScript)).Env
	if stack, ok := env["PULUMI_NODEJS_STACK"]; ok {
		t.Errorf("it was told about the stack %q", stack)
	}
}

func TestRunPluginTellsThatAPolicyPackFailedToStart(t *testing.T) {
	t.Parallel()
	_, pack, stream := startPolicyPack(t, `console.error("no rules"); process.exit(1);`)
	_, err := pack.GetAnalyzerInfo(deadline(t), &emptypb.Empty{})
	if err == nil {
		t.Error("a policy pack that did not start answered")
	}
	output, err := readPlugin(stream)
	if err == nil {
		t.Fatal("a policy pack that did not start ended well")
	}
	mustContain(t, err.Error(), "the plugin ended unexpectedly: could not read policy pack port")
	mustContain(t, output.stderr, "no rules")
}

// Nobody attaches to the proxy in front of a pack that could not be started: whoever asks it must not wait for that.
func TestRunPluginTellsThatAPolicyPackCouldNotStart(t *testing.T) {
	t.Parallel()
	_, pack, stream := startPolicyPack(t, "")
	_, err := pack.ConfigureStack(deadline(t), &pulumirpc.AnalyzerStackConfigureRequest{Config: tooLargeConfig(t)})
	check(t, err)
	if _, err = pack.GetAnalyzerInfo(deadline(t), &emptypb.Empty{}); err == nil {
		t.Error("a policy pack that could not start answered")
	}
	output, err := readPlugin(stream)
	if err == nil {
		t.Fatal("a policy pack that could not start ended well")
	}
	mustContain(t, err.Error(), "could not start Node.js: the configuration of the stack is too large")
	mustContain(t, output.stderr, "could not start Node.js")
}
