// Command pulumi-language-nodejs runs Node.js programs, providers and policy packs for the Pulumi engine.
//
// The engine starts it, reads the port of its gRPC server from stdout, and calls the LanguageRuntime service.
// It stands in for Pulumi's own language host, which comes with Pulumi's downloads and not as a Go module.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/cmdutil"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/logging"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

// How often the host asks whether the engine still lives.
var engineCheckInterval = 5 * time.Second

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "pulumi-language-nodejs:", err)
		os.Exit(1)
	}
}

func run() error {
	tracing := flag.String("tracing", "", "where to send traces: a Zipkin-compatible URL, tcp://host:port or file:path")
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: pulumi-language-nodejs [--tracing URL] [ENGINE_ADDRESS]")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() > 1 {
		flag.Usage()
		return fmt.Errorf("expected at most the address of the Pulumi engine, got %d arguments; "+
			"the pulumi command starts this program by itself", flag.NArg())
	}
	engineAddress := flag.Arg(0) // empty: the engine attaches by PULUMI_DEBUG_LANGUAGES, and tells its address then

	logging.InitLogging(false, 0, false)
	cmdutil.InitTracing("pulumi-language-nodejs", "pulumi-language-nodejs", *tracing)
	defer cmdutil.CloseTracing()

	// Everything the host started ends with it: on a signal, or when the engine is gone.
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if engineAddress != "" {
		if err := rpcutil.Healthcheck(ctx, engineAddress, engineCheckInterval, stop); err != nil {
			return fmt.Errorf("could not watch the engine at %s: %w", engineAddress, err)
		}
	}

	cancelServer := make(chan bool)
	context.AfterFunc(ctx, func() { close(cancelServer) })
	server, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{
		Cancel:  cancelServer,
		Options: rpcutil.TracingServerInterceptorOptions(nil),
		Init: func(server *grpc.Server) error {
			pulumirpc.RegisterLanguageRuntimeServer(server, newLanguageHost(ctx, engineAddress, *tracing))
			return nil
		},
	})
	if err != nil {
		return fmt.Errorf("could not start the gRPC server: %w", err)
	}
	fmt.Println(server.Port)
	return <-server.Done
}
