package main

import (
	"fmt"

	"github.com/google/shlex"
	"github.com/pulumi/pulumi/sdk/v3/nodejs/npm"
	"google.golang.org/protobuf/types/known/structpb"
)

// options are the `runtime.options` of Pulumi.yaml, PulumiPlugin.yaml or PulumiPolicy.yaml.
type options struct {
	// Whether @pulumi/pulumi compiles TypeScript with ts-node; without it Node.js strips the types itself. Default true.
	typescript bool
	// The TypeScript configuration to use, relative to the program. Default: tsconfig.json.
	tsconfigPath string
	// Arguments for Node.js itself, before the program.
	nodeArgs []string
	// npm, yarn, pnpm or bun. Default: found by the lock file.
	packageManager npm.PackageManagerType
	// Whether a plugin serves the provider protocol by itself, so that Node.js alone runs its entry. Without it
	// @pulumi/pulumi/cmd/run-plugin does, which loads a TypeScript compiler on every start. Default false.
	// Pulumi's own language host does not know this option, and runs such a plugin all the same.
	standalone bool
}

func parseOptions(from *structpb.Struct) (options, error) {
	parsed := options{typescript: true, packageManager: npm.AutoPackageManager}
	for name, value := range from.AsMap() {
		var err error
		switch name {
		case "typescript":
			parsed.typescript, err = boolOption(name, value)
		case "standalone":
			parsed.standalone, err = boolOption(name, value)
		case "tsconfig":
			parsed.tsconfigPath, err = stringOption(name, value)
		case "nodeargs":
			parsed.nodeArgs, err = argumentsOption(name, value)
		case "packagemanager":
			parsed.packageManager, err = packageManagerOption(name, value)
		}
		if err != nil {
			return options{}, err
		}
	}
	return parsed, nil
}

func boolOption(name string, value any) (bool, error) {
	on, ok := value.(bool)
	if !ok {
		return false, fmt.Errorf("runtime option %q must be true or false, but is %v", name, value)
	}
	return on, nil
}

func stringOption(name string, value any) (string, error) {
	text, ok := value.(string)
	if !ok {
		return "", fmt.Errorf("runtime option %q must be a string, but is %v", name, value)
	}
	return text, nil
}

func argumentsOption(name string, value any) ([]string, error) {
	text, err := stringOption(name, value)
	if err != nil {
		return nil, err
	}
	args, err := shlex.Split(text)
	if err != nil {
		return nil, fmt.Errorf("runtime option %q can't be split into arguments (%w): %s", name, err, text)
	}
	return args, nil
}

func packageManagerOption(name string, value any) (npm.PackageManagerType, error) {
	text, err := stringOption(name, value)
	if err != nil {
		return "", err
	}
	switch manager := npm.PackageManagerType(text); manager {
	case npm.AutoPackageManager, npm.NpmPackageManager, npm.YarnPackageManager,
		npm.PnpmPackageManager, npm.BunPackageManager:
		return manager, nil
	default:
		return "", fmt.Errorf("runtime option %q must be auto, npm, yarn, pnpm or bun, but is %q", name, text)
	}
}
