package toolchain

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// package.json says which Pulumi the project runs on; this module must build that one.
func TestGoModPinsThePulumiOfPackageJSON(t *testing.T) {
	content, err := os.ReadFile("../package.json")
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Dependencies map[string]string `json:"dependencies"`
	}
	if err := json.Unmarshal(content, &manifest); err != nil {
		t.Fatal(err)
	}
	want := "v" + manifest.Dependencies["pulumi"]

	file, err := os.Open("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	pinned := map[string]string{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if fields := strings.Fields(lines.Text()); len(fields) >= 2 {
			pinned[fields[0]] = fields[1]
		}
	}
	for _, module := range []string{"github.com/pulumi/pulumi/pkg/v3", "github.com/pulumi/pulumi/sdk/v3"} {
		if pinned[module] != want {
			t.Errorf("go.mod has %s %s, package.json has pulumi %s: `go get %s@%s`", module, pinned[module], want, module, want)
		}
	}
}
