// Command authenticator verifies an ID token as the Kubernetes API server does, with its packages, and prints the user.
//
//	authenticator <file of --authentication-config> <PEM file of the issuer's certificate authority>
//
// The token is read from standard input.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apiserver/pkg/apis/apiserver"
	"k8s.io/apiserver/pkg/apis/apiserver/install"
	"k8s.io/apiserver/pkg/apis/apiserver/validation"
	"k8s.io/apiserver/pkg/authentication/cel"
	"k8s.io/apiserver/plugin/pkg/authenticator/token/oidc"
)

type authority []byte

func (pem authority) CurrentCABundleContent() []byte { return pem }

func configuration(file string) (*apiserver.AuthenticationConfiguration, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	scheme := runtime.NewScheme()
	install.Install(scheme)
	codecs := serializer.NewCodecFactory(scheme, serializer.EnableStrict)
	decoded, err := runtime.Decode(codecs.UniversalDecoder(), data)
	if err != nil {
		return nil, err
	}
	config, ok := decoded.(*apiserver.AuthenticationConfiguration)
	if !ok {
		return nil, fmt.Errorf("expected AuthenticationConfiguration, got %T", decoded)
	}
	faults := validation.ValidateAuthenticationConfiguration(cel.NewDefaultCompiler(), config, nil)
	return config, faults.ToAggregate()
}

func main() {
	log.SetFlags(0)
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	config, err := configuration(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	pem, err := os.ReadFile(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	token, err := io.ReadAll(os.Stdin)
	if err != nil {
		log.Fatal(err)
	}
	authenticator, err := oidc.New(ctx, oidc.Options{
		JWTAuthenticator:     config.JWT[0],
		CAContentProvider:    authority(pem),
		SupportedSigningAlgs: oidc.AllValidSigningAlgorithms(),
	})
	if err != nil {
		log.Fatal(err)
	}
	// The discovery document and the keys are fetched in the background.
	for authenticator.HealthCheck() != nil {
		select {
		case <-ctx.Done():
			log.Fatal(authenticator.HealthCheck())
		case <-time.After(100 * time.Millisecond):
		}
	}
	response, ok, err := authenticator.AuthenticateToken(ctx, strings.TrimSpace(string(token)))
	if err != nil || !ok {
		log.Fatalf("refused: %v", err)
	}
	user := map[string]any{"name": response.User.GetName(), "groups": response.User.GetGroups()}
	if err := json.NewEncoder(os.Stdout).Encode(user); err != nil {
		log.Fatal(err)
	}
}
