package main

import (
	"context"
	"sync/atomic"

	"github.com/pulumi/pulumi/sdk/v3/go/common/version"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"
)

// languageHost serves pulumirpc.LanguageRuntime for the runtime "nodejs".
type languageHost struct {
	pulumirpc.UnimplementedLanguageRuntimeServer
	engineAddress atomic.Value // string; empty until Handshake when the engine did not start the host
	tracing       string
	// life ends with the host: plugins are stopped then.
	life context.Context
	// work ends with the host, or when the engine cancels: programs and package managers are stopped then.
	// Plugins are not: the engine cancels those itself, and a provider must be able to finish what it is creating.
	work   context.Context
	cancel context.CancelFunc
}

func newLanguageHost(life context.Context, engineAddress, tracing string) *languageHost {
	work, cancel := context.WithCancel(life)
	host := &languageHost{tracing: tracing, life: life, work: work, cancel: cancel}
	host.engineAddress.Store(engineAddress)
	return host
}

// Handshake tells the host where the engine is, when the engine did not start it.
func (host *languageHost) Handshake(
	_ context.Context, request *pulumirpc.LanguageHandshakeRequest,
) (*pulumirpc.LanguageHandshakeResponse, error) {
	host.engineAddress.Store(request.GetEngineAddress())
	return &pulumirpc.LanguageHandshakeResponse{}, nil
}

// engine is the address of the engine, which programs need.
func (host *languageHost) engine() (string, error) {
	address, _ := host.engineAddress.Load().(string)
	if address == "" {
		return "", status.Error(codes.FailedPrecondition,
			"the language host does not know the engine: start it with the engine's address, or call Handshake first")
	}
	return address, nil
}

// GetPluginInfo answers with the version of Pulumi that the host was built for.
func (host *languageHost) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: version.Version}, nil
}

// RuntimeOptionsPrompts has nothing to ask: npm is used unless the project or its lock file says otherwise.
func (host *languageHost) RuntimeOptionsPrompts(
	context.Context, *pulumirpc.RuntimeOptionsRequest,
) (*pulumirpc.RuntimeOptionsResponse, error) {
	return &pulumirpc.RuntimeOptionsResponse{}, nil
}

// Template has nothing to fill in: `pulumi new` has written a complete Node.js project.
func (host *languageHost) Template(
	context.Context, *pulumirpc.TemplateRequest,
) (*pulumirpc.TemplateResponse, error) {
	return &pulumirpc.TemplateResponse{}, nil
}

// Cancel stops running programs and package managers; their calls return errors.
func (host *languageHost) Cancel(context.Context, *emptypb.Empty) (*emptypb.Empty, error) {
	host.cancel()
	return &emptypb.Empty{}, nil
}

// both returns a context that ends when either of two does.
func both(call, other context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(call)
	stop := context.AfterFunc(other, cancel)
	return ctx, func() {
		stop()
		cancel()
	}
}
