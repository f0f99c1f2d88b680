// Web applications on a server, by framework or library.
// The lines are those of docs/apps.md, which test/console/app-kinds.test.ts holds equal.
import type { AppKind } from './kind.ts'

export const frameworks: readonly AppKind[] = [
  {
    id: 'spring',
    title: 'Spring Boot',
    clientId: 'spring',
    callback: 'https://wiki.example.com/login/oauth2/code/chancery',
    opens: true,
    files: (v) => [
      {
        language: 'yaml',
        text: `# application.yaml, with spring-boot-starter-oauth2-client
spring:
  security:
    oauth2:
      client:
        registration:
          chancery:
            client-id: ${v.clientId}
            client-secret: ${v.secret}
            scope: openid, profile, email, groups
        provider:
          chancery:
            issuer-uri: ${v.issuer}
            user-name-attribute: preferred_username
`,
      },
    ],
  },
  {
    id: 'aspnet-core',
    title: 'ASP.NET Core',
    label: '.NET, with ASP.NET Core',
    clientId: 'dotnet',
    callback: 'https://wiki.example.com/signin-oidc',
    opens: true,
    signedOut: ['/signout-callback-oidc'],
    files: (v) => [
      {
        language: 'csharp',
        text: `// Program.cs
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAuthorization();
builder.Services
    .AddAuthentication(options =>
    {
        options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
        options.DefaultChallengeScheme = OpenIdConnectDefaults.AuthenticationScheme;
    })
    .AddCookie()
    .AddOpenIdConnect(options =>
    {
        options.Authority = "${v.issuer}";
        options.ClientId = "${v.clientId}";
        options.ClientSecret = "${v.secret}";
        options.ResponseType = "code";
        options.CallbackPath = "${v.path}";
        options.Scope.Add("email");
        options.Scope.Add("groups");
        options.MapInboundClaims = false;
        options.TokenValidationParameters.NameClaimType = "preferred_username";
        options.TokenValidationParameters.RoleClaimType = "groups";
    });

var app = builder.Build();
app.UseAuthentication();
app.UseAuthorization();
app.MapGet("/", (ClaimsPrincipal user) => user.Identity?.Name).RequireAuthorization();
app.Run();
`,
      },
    ],
  },
  {
    id: 'django',
    title: 'Django',
    clientId: 'django',
    callback: 'https://wiki.example.com/complete/oidc/',
    opens: true,
    files: (v) => [
      {
        language: 'python',
        text: `# settings.py
AUTHENTICATION_BACKENDS = ["social_core.backends.open_id_connect.OpenIdConnectAuth"]
SOCIAL_AUTH_OIDC_OIDC_ENDPOINT = "${v.issuer}"
SOCIAL_AUTH_OIDC_KEY = "${v.clientId}"
SOCIAL_AUTH_OIDC_SECRET = "${v.secret}"
SOCIAL_AUTH_OIDC_USE_PKCE = True
`,
      },
    ],
  },
  {
    id: 'flask',
    title: 'Flask',
    clientId: 'flask',
    callback: 'https://wiki.example.com/callback',
    opens: true,
    files: (v) => [
      {
        language: 'python',
        text: `from authlib.integrations.flask_client import OAuth
from flask import Flask, jsonify, redirect, session

app = Flask(__name__)
app.secret_key = "${v.session}"
oauth = OAuth(app)
oauth.register(
    "chancery",
    server_metadata_url="${v.issuer}/.well-known/openid-configuration",
    client_id="${v.clientId}",
    client_secret="${v.secret}",
    client_kwargs={"scope": "openid profile email groups", "code_challenge_method": "S256"},
)


@app.get("/login")
def login():
    return oauth.chancery.authorize_redirect("${v.callback}")


@app.get("${v.path}")
def callback():
    session["user"] = oauth.chancery.authorize_access_token()["userinfo"]
    return redirect("/")


@app.get("/")
def index():
    return jsonify(session.get("user"))
`,
      },
    ],
  },
  {
    id: 'express',
    title: 'Express',
    clientId: 'express',
    callback: 'https://wiki.example.com/callback',
    opens: true,
    signedOut: [''],
    files: (v) => [
      {
        language: 'js',
        text: `import express from 'express'
import { auth } from 'express-openid-connect'

const app = express()
app.use(
  auth({
    issuerBaseURL: '${v.issuer}',
    baseURL: '${v.base}',
    clientID: '${v.clientId}',
    clientSecret: '${v.secret}',
    secret: '${v.session}',
    idpLogout: true,
    authorizationParams: { response_type: 'code', scope: 'openid profile email groups' },
  }),
)
app.get('/', (request, response) => response.json(request.oidc.user))
app.listen(${v.port})
`,
      },
    ],
  },
  {
    id: 'passport',
    title: 'Passport',
    label: 'Express, with Passport',
    clientId: 'passport',
    callback: 'https://wiki.example.com/callback',
    opens: true,
    files: (v) => [
      {
        language: 'js',
        text: `import express from 'express'
import session from 'express-session'
import passport from 'passport'
import OpenIDConnectStrategy from 'passport-openidconnect'

passport.use(
  new OpenIDConnectStrategy(
    {
      issuer: '${v.issuer}',
      authorizationURL: '${v.issuer}/authorize',
      tokenURL: '${v.issuer}/token',
      userInfoURL: '${v.issuer}/userinfo',
      clientID: '${v.clientId}',
      clientSecret: '${v.secret}',
      callbackURL: '${v.callback}',
      scope: 'profile email',
    },
    (issuer, profile, done) => done(null, profile),
  ),
)
passport.serializeUser((user, done) => done(null, user))
passport.deserializeUser((user, done) => done(null, user))

const app = express()
app.use(session({ secret: '${v.session}', resave: false, saveUninitialized: false }))
app.use(passport.session())
app.get('/login', passport.authenticate('openidconnect'))
app.get('${v.path}', passport.authenticate('openidconnect', { successRedirect: '/' }))
app.get('/', (request, response) => response.json(request.user ?? null))
app.listen(${v.port})
`,
      },
    ],
  },
  {
    id: 'authjs',
    title: 'Auth.js',
    label: 'Next.js and others, with Auth.js',
    clientId: 'authjs',
    callback: 'https://wiki.example.com/api/auth/callback/chancery',
    opens: true,
    files: (v) => [
      {
        language: 'js',
        text: `export const chancery = {
  id: 'chancery',
  name: 'Chancery',
  type: 'oidc',
  issuer: '${v.issuer}',
  clientId: '${v.clientId}',
  clientSecret: '${v.secret}',
}
`,
      },
    ],
  },
  {
    id: 'go',
    title: 'Go',
    clientId: 'go',
    callback: 'https://wiki.example.com/callback',
    opens: true,
    files: (v) => [
      {
        language: 'go',
        text: `package main

import (
	"context"
	"encoding/json"
	"log"
	"net/http"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

func main() {
	provider, err := oidc.NewProvider(context.Background(), "${v.issuer}")
	if err != nil {
		log.Fatal(err)
	}
	config := oauth2.Config{
		ClientID:     "${v.clientId}",
		ClientSecret: "${v.secret}",
		Endpoint:     provider.Endpoint(),
		RedirectURL:  "${v.callback}",
		Scopes:       []string{oidc.ScopeOpenID, "profile", "email", "groups"},
	}
	verifier := provider.Verifier(&oidc.Config{ClientID: config.ClientID})

	http.HandleFunc("/login", func(w http.ResponseWriter, r *http.Request) {
		state, pkce := oauth2.GenerateVerifier(), oauth2.GenerateVerifier()
		for name, value := range map[string]string{"state": state, "pkce": pkce} {
			http.SetCookie(w, &http.Cookie{Name: name, Value: value, Path: "/", HttpOnly: true})
		}
		http.Redirect(w, r, config.AuthCodeURL(state, oauth2.S256ChallengeOption(pkce)), http.StatusFound)
	})
	http.HandleFunc("${v.path}", func(w http.ResponseWriter, r *http.Request) {
		state, err := r.Cookie("state")
		if err != nil || state.Value != r.FormValue("state") {
			http.Error(w, "state does not match", http.StatusBadRequest)
			return
		}
		pkce, err := r.Cookie("pkce")
		if err != nil {
			http.Error(w, "no verifier", http.StatusBadRequest)
			return
		}
		token, err := config.Exchange(r.Context(), r.FormValue("code"), oauth2.VerifierOption(pkce.Value))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		raw, _ := token.Extra("id_token").(string)
		idToken, err := verifier.Verify(r.Context(), raw)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		var claims map[string]any
		if err := idToken.Claims(&claims); err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		json.NewEncoder(w).Encode(claims)
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:${v.port}", nil))
}
`,
      },
    ],
  },
]
