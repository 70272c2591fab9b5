package main

import (
	"bufio"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

// With this variable set, the test binary is the language host.
const beHost = "TEST_BE_LANGUAGE_HOST"

func TestMain(m *testing.M) {
	if os.Getenv(beHost) != "" {
		engineCheckInterval = 50 * time.Millisecond
		main()
		return
	}
	// What decides about Node.js and npm where the tests run is not for the fixtures.
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		switch {
		case strings.HasPrefix(strings.ToLower(name), "npm_"), strings.HasPrefix(name, "NODE_"), name == "PULUMI_PREFER_YARN":
			_ = os.Unsetenv(name)
		}
	}
	_ = os.Setenv("npm_config_userconfig", os.DevNull)
	os.Exit(m.Run())
}

// startProcess runs the language host as a process, until the test ends, and returns it with its port.
func startProcess(t *testing.T, args ...string) (*exec.Cmd, int) {
	t.Helper()
	self, err := os.Executable()
	check(t, err)
	process := exec.Command(self, args...)
	process.Env = append(os.Environ(), beHost+"=1")
	process.Stderr = os.Stderr
	stdout, err := process.StdoutPipe()
	check(t, err)
	check(t, process.Start())
	t.Cleanup(func() { _ = process.Process.Kill() })
	line, err := bufio.NewReader(stdout).ReadString('\n')
	check(t, err)
	port, err := strconv.Atoi(strings.TrimSpace(line))
	check(t, err)
	return process, port
}

func TestTheHostEndsWithTheEngine(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	engine := grpc.NewServer()
	go func() { _ = engine.Serve(listener) }()
	t.Cleanup(engine.Stop)

	process, port := startProcess(t, "--tracing", "", "-v=1", listener.Addr().String())
	host := pulumirpc.NewLanguageRuntimeClient(connect(t, port))
	dir := project(t, map[string]string{runScript: stubbornScript})
	running, ended := holders(t, dir, 2)
	failed := make(chan error)
	go func() {
		_, err := host.Run(deadline(t), runRequest(t, dir, nil))
		failed <- err
	}()
	running()

	engine.Stop()
	if err := <-failed; err == nil {
		t.Error("a program ended well though the engine is gone")
	}
	ended()
	if err := process.Wait(); err != nil {
		t.Errorf("the host ended with %v", err)
	}
}

func TestTheHostServesAnEngineThatAttaches(t *testing.T) {
	t.Parallel()
	process, port := startProcess(t)
	host := pulumirpc.NewLanguageRuntimeClient(connect(t, port))
	_, err := host.GetPluginInfo(deadline(t), &emptypb.Empty{})
	check(t, err)
	check(t, process.Process.Signal(os.Interrupt))
	if err := process.Wait(); err != nil {
		t.Errorf("the host ended with %v", err)
	}
}

func TestTheHostRefusesTwoAddresses(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	check(t, err)
	process := exec.Command(self, "127.0.0.1:1", "127.0.0.1:2")
	process.Env = append(os.Environ(), beHost+"=1")
	output, err := process.CombinedOutput()
	if err == nil || process.ProcessState.ExitCode() != 1 {
		t.Errorf("got %v, want exit code 1", err)
	}
	mustContain(t, string(output), "expected at most the address of the Pulumi engine, got 2 arguments",
		"the pulumi command starts this program by itself")
}
