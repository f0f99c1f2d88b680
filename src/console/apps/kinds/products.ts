// Products that people install: each sends a callback of its own.
// The lines are those of docs/apps.md, which test/console/app-kinds.test.ts holds equal.
import type { AppKind } from './kind.ts'

export const products: readonly AppKind[] = [
  {
    id: 'grafana',
    title: 'Grafana',
    clientId: 'grafana',
    callback: 'https://grafana.example.com/login/generic_oauth',
    opens: true,
    files: (v) => [
      {
        language: 'ini',
        text: `# grafana.ini
[server]
root_url = ${v.base}

[auth.generic_oauth]
enabled = true
name = Chancery
client_id = ${v.clientId}
client_secret = ${v.secret}
scopes = openid profile email groups
auth_url = ${v.issuer}/authorize
token_url = ${v.issuer}/token
api_url = ${v.issuer}/userinfo
use_pkce = true
use_refresh_token = true
login_attribute_path = preferred_username
name_attribute_path = name
groups_attribute_path = groups
role_attribute_path = contains(groups[*], 'grafana-admins') && 'Admin' || 'Viewer'
`,
      },
    ],
  },
  {
    id: 'argo-cd',
    title: 'Argo CD',
    clientId: 'argocd',
    callback: 'https://argocd.example.com/auth/callback',
    opens: true,
    companion: { suffix: '-cli', redirect_uris: ['http://localhost:8085/auth/callback'] },
    files: (v) => [
      {
        language: 'yaml',
        text: `# argocd-cm; the secret is in argocd-secret
oidc.config: |
  name: Chancery
  issuer: ${v.issuer}
  clientID: ${v.clientId}
  clientSecret: $oidc.chancery.clientSecret
  cliClientID: ${v.clientId}-cli
  requestedScopes: [openid, profile, email, groups]
`,
      },
      {
        language: 'yaml',
        text: `# argocd-rbac-cm
policy.csv: g, argocd-admins, role:admin
scopes: '[groups]'
`,
      },
    ],
  },
  {
    id: 'gitlab',
    title: 'GitLab',
    clientId: 'gitlab',
    callback: 'https://gitlab.example.com/users/auth/openid_connect/callback',
    opens: true,
    files: (v) => [
      {
        language: 'ruby',
        text: `# gitlab.rb
gitlab_rails['omniauth_allow_single_sign_on'] = ['openid_connect']
gitlab_rails['omniauth_providers'] = [
  {
    name: "openid_connect",
    label: "Chancery",
    args: {
      name: "openid_connect",
      scope: ["openid", "profile", "email"],
      response_type: "code",
      issuer: "${v.issuer}",
      discovery: true,
      client_auth_method: "query",
      uid_field: "sub",
      send_scope_to_token_endpoint: "false",
      pkce: true,
      client_options: {
        identifier: "${v.clientId}",
        secret: "${v.secret}",
        redirect_uri: "${v.callback}"
      }
    }
  }
]
`,
      },
    ],
  },
  {
    id: 'nextcloud',
    title: 'Nextcloud',
    clientId: 'nextcloud',
    callback: 'https://cloud.example.com/apps/user_oidc/code',
    opens: true,
    signedOut: ['/'],
    files: (v) => [
      {
        language: 'sh',
        text: `occ user_oidc:provider chancery \\
  --clientid=${v.clientId} --clientsecret=${v.secret} \\
  --discoveryuri=${v.issuer}/.well-known/openid-configuration \\
  --scope="openid profile email groups" --mapping-display-name=name --mapping-email=email \\
  --mapping-groups=groups --group-provisioning=1
occ config:system:set user_oidc use_pkce --type=boolean --value=true
`,
      },
    ],
  },
  {
    id: 'kubernetes',
    title: 'Kubernetes',
    clientId: 'kubernetes',
    callback: 'http://localhost:8000',
    isPublic: true,
    fixed: ['http://localhost:8000', 'http://localhost:18000'],
    files: (v) => [
      {
        language: 'yaml',
        text: `# the file of --authentication-config of the API server
apiVersion: apiserver.config.k8s.io/v1
kind: AuthenticationConfiguration
jwt:
  - issuer:
      url: ${v.issuer}
      audiences: [${v.clientId}]
    claimMappings:
      username: { claim: preferred_username, prefix: 'chancery:' }
      groups: { claim: groups, prefix: 'chancery:' }
`,
      },
      {
        language: 'sh',
        text: `kubectl config set-credentials chancery --exec-api-version=client.authentication.k8s.io/v1 \\
  --exec-interactive-mode=Never --exec-command=kubectl --exec-arg=oidc-login --exec-arg=get-token \\
  --exec-arg=--oidc-issuer-url=${v.issuer} --exec-arg=--oidc-client-id=${v.clientId} \\
  --exec-arg=--oidc-extra-scope=profile --exec-arg=--oidc-extra-scope=groups
`,
      },
    ],
  },
  {
    id: 'oauth2-proxy',
    title: 'oauth2-proxy',
    clientId: 'oauth2-proxy',
    callback: 'https://wiki.example.com/oauth2/callback',
    opens: true,
    files: (v) => [
      {
        language: 'toml',
        text: `# oauth2-proxy.cfg
provider = "oidc"
oidc_issuer_url = "${v.issuer}"
client_id = "${v.clientId}"
client_secret = "${v.secret}"
redirect_url = "${v.callback}"
scope = "openid profile email groups"
code_challenge_method = "S256"
email_domains = ["*"]
upstreams = ["http://127.0.0.1:8080"]
http_address = "127.0.0.1:4180"
cookie_secret = "${v.session}"
`,
      },
    ],
  },
  {
    id: 'vaultwarden',
    title: 'Vaultwarden',
    clientId: 'vaultwarden',
    callback: 'https://vault.example.com/identity/connect/oidc-signin',
    opens: true,
    files: (v) => [
      {
        language: 'sh',
        text: `# environment
SSO_ENABLED=true
SSO_AUTHORITY=${v.issuer}
SSO_CLIENT_ID=${v.clientId}
SSO_CLIENT_SECRET=${v.secret}
SSO_SCOPES="email profile"
SSO_PKCE=true
`,
      },
    ],
  },
  {
    id: 'home-assistant',
    title: 'Home Assistant',
    clientId: 'home-assistant',
    callback: 'https://home.example.com/auth/oidc/callback',
    isPublic: true,
    opens: true,
    files: (v) => [
      {
        language: 'yaml',
        text: `# configuration.yaml
auth_oidc:
  client_id: ${v.clientId}
  discovery_url: ${v.issuer}/.well-known/openid-configuration
  display_name: Chancery
  roles:
    admin: home-admins
`,
      },
    ],
  },
  {
    id: 'proxmox',
    title: 'Proxmox VE',
    clientId: 'proxmox',
    callback: 'https://pve.example.com:8006',
    opens: true,
    files: (v) => [
      {
        language: 'sh',
        text: `pveum realm add chancery --type openid --issuer-url ${v.issuer} \\
  --client-id=${v.clientId} --client-key=${v.secret} \\
  --scopes "openid profile email groups" --username-claim preferred_username --autocreate 1 \\
  --groups-claim groups --groups-autocreate 1
`,
      },
    ],
  },
  {
    id: 'synology',
    title: 'Synology DSM',
    clientId: 'synology',
    callback: 'https://dsm.example.com',
    opens: true,
    files: () => [],
    fields: (v) => [
      ['Profile', 'OIDC'],
      ['Account type', 'Domain/LDAP/local'],
      ['Well-known URL', `${v.issuer}/.well-known/openid-configuration`],
      ['Application ID', v.clientId],
      ['Application secret', v.secret],
      ['Redirect URI', v.callback],
      ['Authorization scope', 'openid profile email'],
      ['Username claim', 'preferred_username'],
    ],
  },
]
