package main

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/structpb"
)

// How long a test waits for what must happen at once, on a machine that is busy.
const patience = 30 * time.Second

// An address that no test connects to: the scripts of the fixtures only report it.
const engineAddress = "127.0.0.1:1"

// serve runs a gRPC server until the test ends, and returns a connection to it.
func serve(t *testing.T, register func(*grpc.Server)) *grpc.ClientConn {
	t.Helper()
	stop := make(chan bool)
	server, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{
		Cancel: stop,
		Init:   func(server *grpc.Server) error { register(server); return nil },
	})
	check(t, err)
	connection := connect(t, server.Port)
	t.Cleanup(func() { close(stop) })
	return connection
}

func connect(t *testing.T, port int) *grpc.ClientConn {
	t.Helper()
	address := (&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: port}).String()
	connection, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	check(t, err)
	t.Cleanup(func() { _ = connection.Close() })
	return connection
}

// startHost serves a language host, as main does, and returns a client of it.
func startHost(t *testing.T, engine string) pulumirpc.LanguageRuntimeClient {
	t.Helper()
	life, end := context.WithCancel(context.Background())
	t.Cleanup(end)
	host := newLanguageHost(life, engine, "")
	return pulumirpc.NewLanguageRuntimeClient(serve(t, func(server *grpc.Server) {
		pulumirpc.RegisterLanguageRuntimeServer(server, host)
	}))
}

// project writes files into a new folder. A script's name ends in "!": it becomes executable.
func project(t *testing.T, files map[string]string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	check(t, err)
	for name, content := range files {
		mode := os.FileMode(0o644)
		if script, ok := strings.CutSuffix(name, "!"); ok {
			name, mode = script, 0o755
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		check(t, os.MkdirAll(filepath.Dir(path), 0o755))
		check(t, os.WriteFile(path, []byte(content), mode))
	}
	return dir
}

// tooLargeConfig is a configuration that no process can be started with, where the platform limits a string.
func tooLargeConfig(t *testing.T) map[string]string {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("only Linux is known to limit one string of the environment to 128 KiB")
	}
	return map[string]string{"calls:queues": strings.Repeat("x", 128*1024)}
}

// above tells whether Node.js finds a file above the folder of a test as well, where the machine keeps one: what a test
// says about a missing file is not true there.
func above(dir, file string) (string, bool) {
	return searchUp(filepath.Dir(dir), filepath.FromSlash(file))
}

func skipWhenAbove(t *testing.T, dir, file string) {
	t.Helper()
	if found, ok := above(dir, file); ok {
		t.Skipf("%s is there for every temporary folder", found)
	}
}

// report is what the script reportScript says about the process it runs in.
type report struct {
	Argv     []string          `json:"argv"`
	ExecArgv []string          `json:"execArgv"`
	Cwd      string            `json:"cwd"`
	Env      map[string]string `json:"env"`
}

// reportScript writes a report.json beside itself.
const reportScript = `
const { argv, execArgv, env } = process;
require("fs").writeFileSync(
  require("path").join(__dirname, "report.json"),
  JSON.stringify({ argv: argv.slice(1), execArgv, cwd: process.cwd(), env }),
);
`

func readReport(t *testing.T, script string) report {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(filepath.Dir(script), "report.json"))
	check(t, err)
	var read report
	check(t, json.Unmarshal(content, &read))
	return read
}

// stubbornScript runs until it is killed, and so does its child. Both ignore interrupts, and hold a connection to the
// port in the file "port" of the working folder.
const stubbornScript = `
process.on("SIGINT", () => {});
const port = Number(require("fs").readFileSync("port", "utf8"));
require("net").connect(port, "127.0.0.1").on("error", () => {});
if (!process.env.IS_CHILD) {
  require("child_process").spawn(process.execPath, [__filename], {
    env: { ...process.env, IS_CHILD: "yes" }, stdio: "ignore",
  });
}
`

// holders listens for the processes of stubbornScript; the function it returns waits for their end.
func holders(t *testing.T, dir string, count int) (running func(), ended func()) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	_, port, err := net.SplitHostPort(listener.Addr().String())
	check(t, err)
	check(t, os.WriteFile(filepath.Join(dir, "port"), []byte(port), 0o644))
	var connections []net.Conn
	running = func() {
		t.Helper()
		check(t, listener.(*net.TCPListener).SetDeadline(time.Now().Add(patience)))
		for range count {
			connection, err := listener.Accept()
			check(t, err)
			t.Cleanup(func() { _ = connection.Close() })
			connections = append(connections, connection)
		}
	}
	ended = func() {
		t.Helper()
		for _, connection := range connections {
			check(t, connection.SetDeadline(time.Now().Add(patience)))
			_, err := connection.Read(make([]byte, 1))
			if timeout, ok := err.(net.Error); err == nil || ok && timeout.Timeout() {
				t.Fatal("a process is still running")
			}
		}
	}
	return running, ended
}

func programInfo(t *testing.T, dir string, options map[string]any) *pulumirpc.ProgramInfo {
	t.Helper()
	given, err := structpb.NewStruct(options)
	check(t, err)
	return &pulumirpc.ProgramInfo{RootDirectory: dir, ProgramDirectory: dir, EntryPoint: ".", Options: given}
}

func deadline(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	return ctx
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func mustContain(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("does not contain %q:\n%s", part, text)
		}
	}
}

// say returns what a server on a port says to who connects to it.
func say(t *testing.T, port string) string {
	t.Helper()
	connection, err := net.DialTimeout("tcp", net.JoinHostPort("127.0.0.1", port), patience)
	check(t, err)
	defer connection.Close()
	check(t, connection.SetDeadline(time.Now().Add(patience)))
	said, err := io.ReadAll(connection)
	check(t, err)
	return string(said)
}
