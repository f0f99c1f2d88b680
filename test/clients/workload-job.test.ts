// The lines that the console shows for the workload of a role, run as they are by a shell with the stock aws client: the platform's own
// command is a script that prints a token in the platform's form. GitHub's workflow is that of docs/workloads.md.
import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { parse } from 'yaml'
import { type Job, type JobLines, jobLines } from '../../src/federation/workload/job-lines.ts'
import { lacking, run } from '../support/outside-tool.ts'
import { audience, type RoleServer, startRoleServer } from '../support/role-server.ts'
import { accountId } from '../support/server.ts'

const skip = lacking('aws', '--version') || lacking('jq', '--version')
const roleArn = `arn:aws:iam::${accountId}:role/deploy`
const dir = mkdtempSync(join(tmpdir(), 'chancery-job-'))
const file = join(dir, 'token')
let setup: RoleServer

before(
  async () => {
    if (!skip) setup = await startRoleServer()
  },
  { timeout: 120_000 },
)
after(async () => {
  await setup?.stop()
  rmSync(dir, { recursive: true, force: true })
})

const linesOf = (issuer: string, claims: Readonly<Record<string, string>>): JobLines => {
  const job: Job = { roleArn, audience, endpoint: setup.server.url, claims: new Map(Object.entries(claims)) }
  const lines = jobLines(issuer, job)
  assert.ok(lines)
  return lines
}

/** A command that is called with `needs` among its arguments and prints this. */
function command(name: string, needs: string, prints: string): string {
  const path = join(dir, `bin-${name}`)
  mkdirSync(path, { recursive: true })
  writeFileSync(join(path, 'out'), prints)
  const script = `#!/bin/sh\ncase "$*" in *'${needs}'*) cat '${path}/out' ;; *) echo "unexpected: $*" >&2; exit 1 ;; esac\n`
  writeFileSync(join(path, name), script)
  chmodSync(join(path, name), 0o755)
  return path
}

type Env = Readonly<Record<string, string>>

/** @returns the ARN that the client has become */
async function became(script: readonly string[], env: Env, path = ''): Promise<string> {
  const text = script.join('\n').replaceAll('/tmp/chancery-token', file)
  const given = {
    PATH: `${path}:${process.env['PATH']}`,
    HOME: dir,
    AWS_EC2_METADATA_DISABLED: 'true',
    ...env,
  }
  const { code, out, err } = await run('sh', ['-euc', text], given)
  assert.equal(code, 0, err)
  return (JSON.parse(out) as { Arn: string }).Arn
}

const becomesRole = (arn: string): void =>
  assert.match(arn, new RegExp(`^arn:aws:sts::${accountId}:assumed-role/deploy/`))

const withFile = (env: Env): Env => ({ ...env, AWS_WEB_IDENTITY_TOKEN_FILE: file })

test('a job of GitLab', { skip, timeout: 120_000 }, async () => {
  const { text } = linesOf('gitlab.example', { project_path: 'acme/app' })
  const { deploy } = parse(text) as {
    deploy: { id_tokens: Record<string, { aud: string }>; variables: Env; script: string[] }
  }
  assert.equal(deploy.id_tokens['CHANCERY_TOKEN']?.aud, audience)
  becomesRole(
    await became(deploy.script, { ...withFile(deploy.variables), CHANCERY_TOKEN: await setup.token() }),
  )
})

test('a job of CircleCI', { skip, timeout: 120_000 }, async () => {
  const { text } = linesOf('oidc.circleci.com/org/x', {})
  const { deploy } = parse(text) as { deploy: { environment: Env; steps: { run: string }[] } }
  const script = deploy.steps.map((step) => step.run)
  becomesRole(
    await became(script, { ...withFile(deploy.environment), CIRCLE_OIDC_TOKEN: await setup.token() }),
  )
})

test('a step of Buildkite', { skip, timeout: 120_000 }, async () => {
  const { text } = linesOf('agent.buildkite.com', {})
  const [step] = (parse(text) as { steps: { env: Env; command: string[] }[] }).steps
  assert.ok(step)
  const path = command('buildkite-agent', `oidc request-token --audience ${audience}`, await setup.token())
  // Uploading a pipeline makes `$` of `$$`.
  const script = step.command.map((line) => line.replaceAll('$$', '$'))
  becomesRole(await became(script, withFile(step.env), path))
})

test('a pod', { skip, timeout: 120_000 }, async () => {
  const { text } = linesOf('kubernetes.default.svc', { 'kubernetes.io/serviceaccount/name': 'api' })
  const { spec } = parse(text) as {
    spec: {
      serviceAccountName: string
      containers: { env: { name: string; value: string }[]; volumeMounts: { mountPath: string }[] }[]
      volumes: { projected: { sources: { serviceAccountToken: { audience: string; path: string } }[] } }[]
    }
  }
  assert.equal(spec.serviceAccountName, 'api')
  const token = spec.volumes[0]?.projected.sources[0]?.serviceAccountToken
  assert.equal(token?.audience, audience)
  const env = Object.fromEntries((spec.containers[0]?.env ?? []).map(({ name, value }) => [name, value]))
  const mounted = `${spec.containers[0]?.volumeMounts[0]?.mountPath}/${token?.path}`
  assert.equal(env['AWS_WEB_IDENTITY_TOKEN_FILE'], mounted)
  writeFileSync(file, await setup.token())
  becomesRole(await became(['aws sts get-caller-identity'], withFile(env)))
})

/** What each platform's command prints for a token. */
const shells = [
  ['Google', 'accounts.google.com', {}, 'curl', `identity?audience=${audience}`, (token: string) => token],
  [
    'Entra',
    'login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0',
    {},
    'curl',
    `resource=${audience}`,
    (token: string) => JSON.stringify({ access_token: token, token_type: 'Bearer' }),
  ],
  [
    'SPIRE',
    'acme.example',
    { sub: 'spiffe://acme.example/api' },
    'spire-agent',
    `api fetch jwt -audience ${audience}`,
    (token: string) =>
      `token(spiffe://acme.example/api):\n\t${token}\nbundle(spiffe://acme.example):\n\t{}\n`,
  ],
] as const

for (const [platform, issuer, claims, name, needs, prints] of shells) {
  test(`commands for ${platform}`, { skip, timeout: 120_000 }, async () => {
    const { text, language } = linesOf(issuer, claims)
    assert.equal(language, 'sh')
    const path = command(name, needs, prints(await setup.token()))
    becomesRole(await became([text], {}, path))
  })
}

test('the workflow of GitHub is that of the documentation', { skip, timeout: 60_000 }, () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../docs/workloads.md'), 'utf8')
  const [, documented = ''] = /## GitHub Actions[\s\S]*?```yaml\n([\s\S]*?)```/.exec(page) ?? []
  const lines = jobLines('token.actions.githubusercontent.com', {
    roleArn: 'arn:aws:iam::123456789012:role/deploy',
    audience: 'chancery',
    endpoint: 'https://id.example.com',
    claims: new Map(),
  })
  assert.deepEqual(parse(lines?.text ?? ''), parse(documented))
})
