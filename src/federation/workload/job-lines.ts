// The lines with which a workload of each issuer becomes a role by an unchanged AWS SDK: presets.ts says which workloads a role trusts,
// this table what these have to set. Every AWS SDK reads AWS_ROLE_ARN, AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ENDPOINT_URL_STS.
import type { presetNames } from './presets.ts'

export interface Job {
  readonly roleArn: string
  /** Of the token that is asked for. */
  readonly audience: string
  /** URL of this server. */
  readonly endpoint: string
  /** What the trust policy compares, by claim. */
  readonly claims: ReadonlyMap<string, string>
}

export interface JobLines {
  readonly title: string
  readonly language: 'yaml' | 'sh'
  readonly text: string
}

interface Row {
  /** @param issuer without scheme, as trust policies name it */
  readonly is: (issuer: string, claims: ReadonlyMap<string, string>) => boolean
  readonly lines: (job: Job) => JobLines
}

const tokenFile = '/tmp/chancery-token'
const region = 'us-east-1'

const variables = ({ roleArn, endpoint }: Job, file = tokenFile): readonly (readonly [string, string])[] => [
  ['AWS_ENDPOINT_URL_STS', endpoint],
  // SDKs read the one, version 1 of the aws command the other.
  ['AWS_REGION', region],
  ['AWS_DEFAULT_REGION', region],
  ['AWS_ROLE_ARN', roleArn],
  ['AWS_WEB_IDENTITY_TOKEN_FILE', file],
]

/** As members of a YAML mapping. */
const mapped = (job: Job, indent: string): string =>
  variables(job)
    .map(([name, value]) => `${indent}${name}: ${value}`)
    .join('\n')

/** A shell that asks for its token itself. */
const shell = (job: Job, ask: string): string =>
  `${variables(job)
    .map(([name, value]) => `export ${name}='${value}'`)
    .join('\n')}
umask 077
${ask} > "$AWS_WEB_IDENTITY_TOKEN_FILE"
aws sts get-caller-identity
`

const rows: Readonly<Record<(typeof presetNames)[number], Row>> = {
  'github-actions': {
    is: (issuer) => /^token\.actions\.githubusercontent\.com(?:\/|$)|\/_services\/token$/.test(issuer),
    lines: ({ roleArn, audience, endpoint }) => ({
      title: 'Workflow',
      language: 'yaml',
      text: `permissions: { id-token: write, contents: read }
env:
  AWS_ENDPOINT_URL_STS: ${endpoint}
steps:
  - uses: aws-actions/configure-aws-credentials@v4
    with:
      role-to-assume: ${roleArn}
      aws-region: ${region}
      audience: ${audience}
`,
    }),
  },
  gitlab: {
    is: (_, claims) => claims.has('project_path'),
    lines: (job) => ({
      title: 'Job in .gitlab-ci.yml',
      language: 'yaml',
      text: `deploy:
  id_tokens:
    CHANCERY_TOKEN: { aud: ${job.audience} }
  variables:
${mapped(job, '    ')}
  script:
    - umask 077
    - printf %s "$CHANCERY_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE"
    - aws sts get-caller-identity
`,
    }),
  },
  circleci: {
    is: (issuer) => issuer.startsWith('oidc.circleci.com/'),
    lines: (job) => ({
      title: 'Job in .circleci/config.yml',
      language: 'yaml',
      text: `deploy:
  docker: [{ image: IMAGE }]
  environment:
${mapped(job, '    ')}
  steps:
    - run: umask 077; printf %s "$CIRCLE_OIDC_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE"
    - run: aws sts get-caller-identity
`,
    }),
  },
  buildkite: {
    is: (issuer) => issuer === 'agent.buildkite.com',
    lines: (job) => ({
      title: 'Step of the pipeline',
      language: 'yaml',
      text: `steps:
  - label: deploy
    env:
${mapped(job, '      ')}
    command:
      - umask 077; buildkite-agent oidc request-token --audience ${job.audience} > "$$AWS_WEB_IDENTITY_TOKEN_FILE"
      - aws sts get-caller-identity
`,
    }),
  },
  kubernetes: {
    is: (_, claims) => claims.has('kubernetes.io/serviceaccount/name'),
    lines: (job) => ({
      title: 'Pod',
      language: 'yaml',
      text: `spec:
  serviceAccountName: ${job.claims.get('kubernetes.io/serviceaccount/name') || 'NAME'}
  containers:
    - name: app
      image: IMAGE
      env:
${variables(job, '/var/run/secrets/chancery/token')
  .map(([name, value]) => `        - { name: ${name}, value: "${value}" }`)
  .join('\n')}
      volumeMounts:
        - { name: chancery, mountPath: /var/run/secrets/chancery, readOnly: true }
  volumes:
    - name: chancery
      projected:
        sources:
          - serviceAccountToken: { audience: ${job.audience}, expirationSeconds: 3600, path: token }
`,
    }),
  },
  google: {
    is: (issuer) => issuer === 'accounts.google.com',
    lines: (job) => ({
      title: 'Commands on the machine',
      language: 'sh',
      text: shell(
        job,
        `curl -sSf -H 'Metadata-Flavor: Google' 'http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/identity?audience=${job.audience}&format=full'`,
      ),
    }),
  },
  entra: {
    is: (issuer) => /^login\.microsoftonline\.com\/[^/]+\/v2\.0$/.test(issuer),
    lines: (job) => ({
      title: 'Commands on the machine',
      language: 'sh',
      text: shell(
        job,
        `curl -sSf -H 'Metadata: true' 'http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=${job.audience}' | jq -j .access_token`,
      ),
    }),
  },
  spiffe: {
    is: (_, claims) => claims.get('sub')?.startsWith('spiffe://') === true,
    lines: (job) => ({
      title: 'Commands beside the SPIRE agent',
      language: 'sh',
      text: shell(job, `spire-agent api fetch jwt -audience ${job.audience} | sed -n 2p | tr -d '[:space:]'`),
    }),
  },
}

/** For the kind of issuer that the trust policy is about; undefined for any other. */
export function jobLines(issuer: string, job: Job): JobLines | undefined {
  return Object.values(rows)
    .find(({ is }) => is(issuer, job.claims))
    ?.lines(job)
}
