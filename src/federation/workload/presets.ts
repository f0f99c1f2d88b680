// Issuers of workload tokens, one row each: URL, default audience, the form of its subjects, and the conditions that a trust
// policy must have so that only the intended workload matches. Only templates and help texts; no token is verified here.
import { Problem } from '../../problem.ts'

/** The options of a template, already validated. */
export type PresetOptions = Readonly<Record<string, string | undefined>>

/** `{operator: {claim: value}}`; the issuer's prefix is added by trust-template.ts. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string>>>>

export interface Preset {
  readonly title: string
  /** The form of its issuer. */
  readonly issuer: string
  readonly fits: (url: string) => boolean
  /** The issuer: a fixed one, or built from the options. */
  readonly url: (given: PresetOptions) => string | undefined
  /** Default audience of the tokens; undefined when the operator must choose it. */
  readonly audience: (url: string) => string | undefined
  /** The `azp` of its tokens, where they have one; then it is the provider's client id instead of the audience. */
  readonly authorizedParty?: (given: PresetOptions) => string | undefined
  /** The form of its subjects. */
  readonly subject: string
  /** The conditions that a trust policy needs to match only one workload. */
  readonly pins: readonly string[]
  /** Options of the template: description, and whether it is optional. */
  readonly options: Readonly<Record<string, { readonly is: string; readonly optional?: boolean }>>
  readonly conditions: (given: PresetOptions) => Conditions
  /** Further notes for the operator, one line each. */
  readonly notes: readonly string[]
}

const audience = 'chancery'
const ours = (): string => audience
const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const only = (issuer: string) => ({
  issuer,
  fits: (url: string) => url === issuer,
  url: () => issuer,
})
const matching = (issuer: string, pattern: RegExp) => ({
  issuer,
  fits: (url: string) => pattern.test(url),
})
const anyHttpsOrTrustDomain = /^https?:\/\/[^/?#]+(?:\/[^?#]*)?$|^spiffe:\/\/[a-z0-9._-]{1,255}$/
const anyHttps = /^https?:\/\/[^/?#]+(?:\/[^?#]*)?$/

/** The end of a subject, from exactly one of several options. */
function oneOf(given: PresetOptions, names: Readonly<Record<string, (value: string) => string>>): string {
  const chosen = Object.entries(names).filter(([name]) => given[name] !== undefined)
  const [first] = chosen
  if (first === undefined || chosen.length > 1) {
    const list = Object.keys(names).map((name) => `--${name}`)
    throw new Problem('invalid_input', `give exactly one of ${list.join(', ')}`)
  }
  const [name, say] = first
  return say(given[name] ?? '')
}

// https://docs.github.com/en/actions/reference/security/oidc ; immutable subjects, with the ids of owner and repository
// after `@`: the default for repositories made or renamed since July 2026, for others as their owner chose.
const githubActions: Preset = {
  title: 'GitHub Actions',
  ...matching(
    'https://token.actions.githubusercontent.com, with /ENTERPRISE after it where that was chosen, or https://HOST/_services/token of an Enterprise Server',
    /^https:\/\/(?:token\.actions\.githubusercontent\.com(?:\/[A-Za-z0-9-]+)?|[A-Za-z0-9.-]+\/_services\/token)$/,
  ),
  url: ({ url }) => url ?? 'https://token.actions.githubusercontent.com',
  audience: ours,
  subject:
    'repo:OWNER/REPOSITORY:ref:refs/heads/BRANCH, or with ids repo:OWNER@ID/REPOSITORY@ID:environment:NAME',
  pins: ['aud', 'sub (owner, repository, and a branch, tag or environment)'],
  options: {
    owner: { is: 'user or organization' },
    repository: { is: 'its name without the owner' },
    'owner-id': {
      is: 'the owner’s number, in tokens of repositories made or renamed since July 2026: `gh api repos/OWNER/REPOSITORY --jq .owner.id`',
      optional: true,
    },
    'repository-id': {
      is: 'the repository’s number, given together with that of the owner: `gh api repos/OWNER/REPOSITORY --jq .id`',
      optional: true,
    },
    branch: { is: 'jobs on this branch', optional: true },
    tag: { is: 'jobs on this tag', optional: true },
    environment: { is: 'jobs of this deployment environment', optional: true },
    url: { is: 'the issuer of an enterprise or an Enterprise Server', optional: true },
  },
  conditions(given) {
    const { owner = '', repository = '', 'owner-id': ownerId, 'repository-id': repositoryId } = given
    if ((ownerId === undefined) !== (repositoryId === undefined))
      throw new Problem('invalid_input', '--owner-id and --repository-id must be given together')
    const end = oneOf(given, {
      branch: (name) => `ref:refs/heads/${name}`,
      tag: (name) => `ref:refs/tags/${name}`,
      environment: (name) => `environment:${name}`,
    })
    if (ownerId === undefined || repositoryId === undefined)
      return { StringEquals: { sub: `repo:${owner}/${repository}:${end}` } }
    return {
      StringEquals: {
        sub: `repo:${owner}@${ownerId}/${repository}@${repositoryId}:${end}`,
        repository_owner_id: ownerId,
        repository_id: repositoryId,
      },
    }
  },
  notes: [
    'the workflow needs `permissions: id-token: write` and asks for the audience by name',
    'a job with an `environment:` has that in its subject instead of its branch',
    'a repository made or renamed since July 2026 has ids in its subject: give --owner-id and --repository-id',
  ],
}

// https://docs.gitlab.com/ci/secrets/id_token_authentication/ : claims are strings, also `ref_protected`.
const gitlab: Preset = {
  title: 'GitLab CI, GitLab.com and self-managed',
  ...matching('https://gitlab.com, or the URL of your GitLab', anyHttps),
  url: ({ url }) => url ?? 'https://gitlab.com',
  audience: ours,
  subject: 'project_path:GROUP/PROJECT:ref_type:branch:ref:BRANCH',
  pins: ['aud', 'sub', 'project_path', 'ref_protected'],
  options: {
    project: { is: 'GROUP/PROJECT' },
    'project-id': { is: 'its number, which stays when it is renamed', optional: true },
    branch: { is: 'jobs on this protected branch', optional: true },
    tag: { is: 'jobs on this protected tag', optional: true },
    url: { is: 'the URL of your GitLab', optional: true },
  },
  conditions(given) {
    const { project = '', 'project-id': id } = given
    const ref = oneOf(given, {
      branch: (name) => `ref_type:branch:ref:${name}`,
      tag: (name) => `ref_type:tag:ref:${name}`,
    })
    return {
      StringEquals: {
        sub: `project_path:${project}:${ref}`,
        project_path: project,
        ...(id === undefined ? {} : { project_id: id }),
        ref_protected: 'true',
      },
    }
  },
  notes: [
    'the job asks for its token with `id_tokens: {TOKEN: {aud: chancery}}`',
    'the branch or tag must be protected: whoever may push elsewhere gets no credentials',
  ],
}

// https://circleci.com/docs/openid-connect-tokens/ : an issuer per organization; the audience is the organization's id.
const circleci: Preset = {
  title: 'CircleCI',
  ...matching(
    'https://oidc.circleci.com/org/ORGANIZATION_ID',
    new RegExp(`^https://oidc\\.circleci\\.com/org/${uuid}$`),
  ),
  url: ({ 'organization-id': id }) => id && `https://oidc.circleci.com/org/${id}`,
  audience: (url) => url.slice(url.lastIndexOf('/') + 1),
  subject: 'org/ORGANIZATION_ID/project/PROJECT_ID/user/USER_ID',
  pins: ['aud', 'sub (organization and project)', 'oidc.circleci.com/project-id'],
  options: {
    'organization-id': { is: 'Organization Settings > Overview' },
    'project-id': { is: 'Project Settings > Overview' },
    branch: { is: 'jobs on this branch', optional: true },
  },
  conditions: ({ 'organization-id': organization = '', 'project-id': project = '', branch }) => ({
    StringEquals: {
      'oidc.circleci.com/project-id': project,
      ...(branch === undefined ? {} : { 'oidc.circleci.com/vcs-ref': `refs/heads/${branch}` }),
    },
    StringLike: { sub: `org/${organization}/project/${project}/user/*` },
  }),
  notes: ['the job’s token is in CIRCLE_OIDC_TOKEN; the rest of its subject is who started it'],
}

// https://buildkite.com/docs/agent/cli/reference/oidc
const buildkite: Preset = {
  title: 'Buildkite',
  ...only('https://agent.buildkite.com'),
  audience: ours,
  subject: 'organization:ORGANIZATION:pipeline:PIPELINE:ref:refs/heads/BRANCH:commit:COMMIT:step:STEP',
  pins: ['aud', 'sub (organization, pipeline and ref)', 'organization_slug', 'pipeline_slug', 'build_branch'],
  options: {
    organization: { is: 'its slug' },
    pipeline: { is: 'its slug' },
    branch: { is: 'builds of this branch' },
  },
  conditions: ({ organization = '', pipeline = '', branch = '' }) => ({
    StringEquals: { organization_slug: organization, pipeline_slug: pipeline, build_branch: branch },
    StringLike: {
      sub: `organization:${organization}:pipeline:${pipeline}:ref:refs/heads/${branch}:commit:*:step:*`,
    },
  }),
  notes: ['the step asks for its token with `buildkite-agent oidc request-token --audience chancery`'],
}

// https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/ : bound, projected tokens.
const kubernetes: Preset = {
  title: 'Kubernetes service accounts',
  ...matching('the cluster’s --service-account-issuer', anyHttps),
  url: ({ url }) => url,
  audience: ours,
  subject: 'system:serviceaccount:NAMESPACE:NAME',
  pins: ['aud', 'sub', 'kubernetes.io/namespace', 'kubernetes.io/serviceaccount/name'],
  options: {
    url: { is: 'the issuer, `kubectl get --raw /.well-known/openid-configuration`' },
    namespace: { is: 'of the service account' },
    'service-account': { is: 'its name' },
    'service-account-uid': { is: 'its uid, which does not come back when it is made again', optional: true },
  },
  conditions: ({ namespace = '', 'service-account': name = '', 'service-account-uid': uid }) => ({
    StringEquals: {
      sub: `system:serviceaccount:${namespace}:${name}`,
      'kubernetes.io/namespace': namespace,
      'kubernetes.io/serviceaccount/name': name,
      ...(uid === undefined ? {} : { 'kubernetes.io/serviceaccount/uid': uid }),
    },
  }),
  notes: [
    'of a cluster we cannot reach, put what `kubectl get --raw /openid/v1/jwks` says under `jwks:`',
    'the pod mounts a projected `serviceAccountToken` with `audience: chancery`',
  ],
}

// https://cloud.google.com/compute/docs/instances/verifying-instance-identity : `sub` and `azp` are the unique id.
const google: Preset = {
  title: 'Google service accounts and metadata identity tokens',
  ...only('https://accounts.google.com'),
  audience: ours,
  authorizedParty: ({ 'unique-id': id }) => id,
  subject: 'the service account’s unique id, a number',
  pins: ['aud', 'oaud', 'sub', 'email_verified with email'],
  options: {
    'unique-id': { is: '`gcloud iam service-accounts describe … --format "value(uniqueId)"`' },
    email: { is: 'its address as well, NAME@PROJECT.iam.gserviceaccount.com', optional: true },
  },
  conditions: ({ 'unique-id': id = '', email }) => ({
    StringEquals: { sub: id, ...(email === undefined ? {} : { email }) },
    ...(email === undefined ? {} : { Bool: { email_verified: 'true' } }),
  }),
  notes: [
    'this issuer signs for every Google account there is: never trust it without the subject',
    'the unique id is also the `azp` of the token, and so the client id to register; the audience is asked for as `oaud`',
    'the token is `http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/identity?audience=chancery`',
  ],
}

// https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference : v2.0 tokens of an application.
const entra: Preset = {
  title: 'Microsoft Entra managed identities and applications (v2.0 tokens)',
  ...matching(
    'https://login.microsoftonline.com/TENANT_ID/v2.0',
    new RegExp(`^https://login\\.microsoftonline\\.com/${uuid}/v2\\.0$`),
  ),
  url: ({ 'tenant-id': tenant }) => tenant && `https://login.microsoftonline.com/${tenant}/v2.0`,
  audience: () => undefined,
  authorizedParty: ({ 'client-id': client }) => client,
  subject: 'the object id of the managed identity or service principal',
  pins: ['aud', 'oaud', 'sub', 'oid', 'tid'],
  options: {
    'tenant-id': { is: 'directory (tenant) id' },
    'object-id': { is: 'of the managed identity or service principal' },
    audience: { is: 'application (client) id of the app registration that tokens are asked for' },
    'client-id': { is: 'application (client) id of the identity itself, the `azp` of its tokens' },
  },
  conditions: ({ 'tenant-id': tenant = '', 'object-id': object = '' }) => ({
    StringEquals: { sub: object, oid: object, tid: tenant },
  }),
  notes: [
    'the app registration must have `requestedAccessTokenVersion: 2`; v1 tokens are of another issuer, sts.windows.net',
  ],
}

// https://github.com/spiffe/spiffe/blob/main/standards/JWT-SVID.md : without `iss`, the issuer is the trust domain of `sub`
// (spiffe.ts). SPIRE sets `iss` when its server has `jwt_issuer`.
const spiffe: Preset = {
  title: 'SPIFFE JWT-SVID',
  ...matching('`spiffe://` and the trust domain, or what SPIRE’s `jwt_issuer` says', anyHttpsOrTrustDomain),
  url: ({ url }) => url,
  audience: ours,
  subject: 'spiffe://TRUST_DOMAIN/PATH',
  pins: ['aud', 'sub (the whole SPIFFE ID)'],
  options: {
    url: { is: 'the issuer: `spiffe://` and the trust domain, or `jwt_issuer` of the SPIRE server' },
    'trust-domain': { is: 'without spiffe://' },
    path: { is: 'of the workload, such as ns/web/sa/api' },
  },
  conditions: ({ 'trust-domain': domain = '', path = '' }) => ({
    StringEquals: { sub: `spiffe://${domain}/${path.replace(/^\//, '')}` },
  }),
  notes: [
    'tokens without `iss`: the url is `spiffe://TRUST_DOMAIN`, in the configuration file with `jwks_uri:`, the bundle endpoint',
    'tokens with `iss` (`jwt_issuer` in the SPIRE server): keys come from SPIRE’s OIDC discovery provider, or from a bundle with `bundle_format: spiffe`',
  ],
}

export const presets: ReadonlyMap<string, Preset> = new Map([
  ['github-actions', githubActions],
  ['gitlab', gitlab],
  ['circleci', circleci],
  ['buildkite', buildkite],
  ['kubernetes', kubernetes],
  ['google', google],
  ['entra', entra],
  ['spiffe', spiffe],
])

export const presetNames = [
  'github-actions',
  'gitlab',
  'circleci',
  'buildkite',
  'kubernetes',
  'google',
  'entra',
  'spiffe',
] as const

/** @throws Problem('invalid_input') that lists the presets */
export function presetOf(name: string): Preset {
  const preset = presets.get(name)
  if (preset) return preset
  throw new Problem(
    'invalid_input',
    `\`${name.slice(0, 64)}\` is no preset; there are ${[...presets.keys()].join(', ')}`,
  )
}
