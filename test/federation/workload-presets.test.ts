// A workload token of each preset becomes credentials at the running server, and a wrong one is refused with the reason on
// record alone; `chancery trust try` says the same beforehand.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { trustTemplate } from '../../src/federation/workload/trust-template.ts'
import { signJws } from '../../src/secure/jws.ts'
import { runCommandHere } from '../support/command-line.ts'
import type { Ran } from '../support/outside-tool.ts'
import { awsFault } from '../support/role-server.ts'
import { accountId, type Running, rootKey, startServer } from '../support/server.ts'
import { storeEnv } from '../support/store.ts'
import { entriesOf } from '../support/trail.ts'
import { type KubernetesIssuer, startKubernetesIssuer } from '../support/upstreams/kubernetes-issuer.ts'
import { type PresetCase, presetCases } from '../support/upstreams/preset-cases.ts'

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const key = { ...pair, kid: 'issuer', alg: 'RS256' as const }
const jwks = {
  keys: [{ ...pair.publicKey.export({ format: 'jwk' }), kid: key.kid, alg: key.alg, use: 'sig' }],
}
const region = 'us-east-1'
const credentials = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
const roleName = (n: number) => `preset-${n}`
const templateOf = ({ preset, given }: PresetCase, n: number) =>
  trustTemplate({ preset, accountId, roleName: roleName(n), endpoint: 'https://id.example', given })
const templates = presetCases.map(templateOf)

let server: Running
let cluster: KubernetesIssuer
/** One that can be reached, by discovery. */
let open: KubernetesIssuer
let iam: IAMClient
let sts: STSClient
before(async () => {
  cluster = await startKubernetesIssuer('https://kubernetes.private.example')
  const providers = new Map(templates.map((one) => [one.url, one.provider.split('\n').slice(1).join('\n')]))
  const entries = [...providers.values()].map((entry) => `${entry}\n    jwks: ${JSON.stringify(jwks)}`)
  const own = `  - kind: openid\n    preset: kubernetes\n    url: ${cluster.url}\n    jwks: ${JSON.stringify(cluster.jwks)}`
  open = await startKubernetesIssuer()
  const reached = `  - kind: openid\n    preset: kubernetes\n    url: ${open.url}`
  server = await startServer({
    env: { CHANCERY_OUTBOUND_ALLOW: '127.0.0.1' },
    config: ['identity_providers:', ...entries, own, reached, ''].join('\n'),
  })
  iam = new IAMClient({ endpoint: server.url, region, credentials, maxAttempts: 1 })
  sts = new STSClient({ endpoint: server.url, region, credentials, maxAttempts: 1 })
  for (const [n, { trust }] of templates.entries())
    await iam.send(new CreateRoleCommand({ RoleName: roleName(n), AssumeRolePolicyDocument: trust }))
})
after(async () => {
  iam?.destroy()
  sts?.destroy()
  await server?.stop()
  await Promise.all([cluster?.stop(), open?.stop()])
})

const mint = (n: number, change: object = {}) => {
  const now = Math.floor(Date.now() / 1000)
  const { url: iss, audience: aud } = templates[n] ?? {}
  const usual = { iss, aud, iat: now, nbf: now, exp: now + 300 }
  return signJws('JWT', { ...usual, ...presetCases[n]?.claims, ...change }, key)
}
const become = (role: string, token: string) =>
  sts.send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: `arn:aws:iam::${accountId}:role/${role}`,
      RoleSessionName: 'job',
      WebIdentityToken: token,
    }),
  )

/** Runs the command where the server's own settings and store are. */
async function run(env: Record<string, string>, ...args: string[]): Promise<Ran> {
  const store = await storeEnv(server.dir)
  return runCommandHere(args, {
    directory: server.dir,
    env: { CHANCERY_ACCOUNT_ID: accountId, ...store, ...env },
  })
}
const chancery = (...args: string[]) =>
  run({ CHANCERY_CONFIG: 'config.yaml', CHANCERY_OUTBOUND_ALLOW: '127.0.0.1' }, ...args)
const fileWith = (name: string, text: string): string => {
  writeFileSync(join(server.dir, name), text)
  return name
}

for (const [n, { title, wrong, reason }] of presetCases.entries()) {
  test(`${title}: its token becomes credentials, a wrong one is refused with the reason on record`, async () => {
    const { Credentials } = await become(roleName(n), await mint(n))
    assert.match(Credentials?.AccessKeyId ?? '', /^ASIA/)
    const failed = become(roleName(n), await mint(n, wrong))
    await assert.rejects(failed, (error: Error) => {
      assert.match(
        error.message,
        /^Not authorized to perform sts:AssumeRoleWithWebIdentity\. .* authorization id: [\da-f]{32}$/,
      )
      return awsFault('AccessDenied')(error)
    })
    const [refusal] = (await entriesOf(server)).filter(
      (one) => one.outcome === 'denied' && one.resource?.endsWith(`role/${roleName(n)}`),
    )
    assert.match(refusal?.reason ?? '', reason)
    const other = 'somebody-else'
    const hasAzp = presetCases[n]?.claims['azp'] !== undefined
    await assert.rejects(
      become(roleName(n), await mint(n, { aud: other, ...(hasAzp && { azp: other }) })),
      awsFault('InvalidIdentityTokenException'),
    )
    // Where `azp` is the client id, the audience is the trust policy's to ask for, as `oaud`.
    if (hasAzp)
      await assert.rejects(become(roleName(n), await mint(n, { aud: other })), awsFault('AccessDenied'))
  })
}

test('a projected token of a private cluster, known by its uploaded keys, becomes credentials', async () => {
  const { trust } = trustTemplate({
    preset: 'kubernetes',
    accountId,
    roleName: 'cluster',
    endpoint: server.url,
    given: { url: cluster.url, namespace: 'web', 'service-account': 'api' },
  })
  await iam.send(new CreateRoleCommand({ RoleName: 'cluster', AssumeRolePolicyDocument: trust }))
  const api = { namespace: 'web', name: 'api' }
  await become('cluster', await cluster.project(api, 'chancery'))
  for (const token of [
    cluster.project({ ...api, namespace: 'other' }, 'chancery'),
    cluster.project({ ...api, name: 'default' }, 'chancery'),
    cluster.project(api, 'chancery', { sub: 'system:serviceaccount:web:api', 'kubernetes.io': undefined }),
  ])
    await assert.rejects(become('cluster', await token), awsFault('AccessDenied'))
  await assert.rejects(
    become('cluster', await cluster.project(api, 'https://kubernetes.default.svc')),
    awsFault('InvalidIdentityTokenException'),
  )
  assert.deepEqual(cluster.asked, [])
})

test('a reachable cluster is asked once for discovery and keys; when it is gone, what was learned serves', async () => {
  const { trust } = trustTemplate({
    preset: 'kubernetes',
    accountId,
    roleName: 'reached',
    endpoint: server.url,
    given: { url: open.url, namespace: 'web', 'service-account': 'api' },
  })
  await iam.send(new CreateRoleCommand({ RoleName: 'reached', AssumeRolePolicyDocument: trust }))
  const token = () => open.project({ namespace: 'web', name: 'api' }, 'chancery')
  await Promise.all([1, 2, 3, 4].map(async () => become('reached', await token())))
  assert.deepEqual(open.asked, ['/.well-known/openid-configuration', '/openid/v1/jwks'])
  const kept = fileWith('kept.jwt', await token())
  assert.equal((await chancery('trust', 'try', '--role', 'reached', '--token', kept)).code, 0)
  await open.stop()
  await become('reached', await token())
  const away = await chancery('trust', 'try', '--role', 'reached', '--token', kept)
  assert.equal(away.code, 2)
  assert.match(away.out, /^UNKNOWN\n[\s\S]* \? {3}signature +the keys cannot be fetched: /)
  const forbidden = await run(
    { CHANCERY_CONFIG: 'config.yaml' },
    'trust',
    'try',
    '--role',
    'reached',
    '--token',
    kept,
  )
  assert.equal(forbidden.code, 2)
  assert.match(forbidden.out, /not in CHANCERY_OUTBOUND_ALLOW/)
})

test('`trust try` says beforehand what would happen, against a saved role and against a file', async () => {
  const [good, wrong] = [
    fileWith('good.jwt', `${await mint(0)}\n`),
    fileWith('wrong.jwt', await mint(0, presetCases[0]?.wrong)),
  ]
  const fine = await chancery('trust', 'try', '--role', roleName(0), '--token', good)
  assert.deepEqual([fine.code, fine.err], [0, ''])
  assert.match(fine.out, /^WOULD MATCH\n/)
  const not = await chancery('trust', 'try', '--role', roleName(0), '--token', wrong)
  assert.equal(not.code, 1)
  assert.match(
    not.out,
    /^WOULD NOT MATCH\n[\s\S]* no {2}trust .*:sub` with `repo:acme\/docs:ref:refs\/heads\/main`/,
  )
  const policy = fileWith(
    'trust.json',
    templates[0]?.trust.replace('refs/heads/main', 'refs/heads/next') ?? '',
  )
  const unsaved = await chancery(
    'trust',
    'try',
    '--role',
    'new',
    '--token',
    good,
    '--policy',
    policy,
    '--json',
  )
  assert.equal(unsaved.code, 1)
  const { failed } = JSON.parse(unsaved.out) as { failed: { key: string; wanted: string[]; seen: string }[] }
  assert.deepEqual(
    failed.map(({ key, wanted, seen }) => [key.split(':')[1], wanted, seen]),
    [['sub', ['repo:acme/docs:ref:refs/heads/next'], 'repo:acme/docs:ref:refs/heads/main']],
  )
})

const tries: readonly (readonly [title: string, change: object, code: number, said: RegExp])[] = [
  [
    'of nobody we know',
    { iss: 'https://ci.unknown.example' },
    1,
    /no {2}issuer +account 123456789012 has no provider/,
  ],
  ['for somebody else', { aud: 'else' }, 1, /no {2}audience .*it is "else"; the provider accepts `chancery`/],
  ['that ended', { iat: 1, nbf: 1, exp: 2 }, 1, /no {2}times +Token expired/],
  ['without exp', { exp: undefined }, 1, /no {2}times +Missing a required claim: exp/],
  ['without sub', { sub: undefined }, 1, /no {2}claims +Missing a required claim: sub/],
]
for (const [title, change, code, saying] of tries) {
  test(`\`trust try\` with a token ${title} names the step`, async () => {
    const token = fileWith('tried.jwt', await mint(0, change))
    const tried = await chancery('trust', 'try', '--role', roleName(0), '--token', token)
    assert.equal(tried.code, code)
    assert.match(tried.out, saying)
  })
}

test('a question that cannot be asked ends with 2', async () => {
  const token = fileWith('tried.jwt', await mint(0))
  for (const args of [
    ['try', '--role', 'nobody', '--token', token],
    ['try', '--role', 'arn:aws:iam::1:user/x', '--token', token],
    ['try', '--role', roleName(0), '--token', 'gone.jwt'],
    ['try', '--role', roleName(0), '--token', token, '--policy', fileWith('bad.json', '{"Statement":7}')],
    ['try', '--token', token],
    ['template', 'github-actions', '--owner', 'acme', '--repository', '*', '--branch', 'main'],
    ['else'],
  ]) {
    const { code, out, err } = await chancery('trust', ...args)
    assert.deepEqual([code, out], [2, ''], args.join(' '))
    assert.match(err, /^(chancery: |chancery trust|error: )/)
  }
})

test('`trust template` prints a provider entry, a trust policy and the calls; `trust presets` lists all', async () => {
  const asked = ['--owner', 'acme', '--repository', 'docs', '--branch', 'main', '--role', 'deploy']
  const { code, out } = await chancery('trust', 'template', 'github-actions', ...asked)
  assert.equal(code, 0)
  assert.match(out, /preset: github-actions\n {4}url: "https:\/\/token\.actions/)
  assert.match(out, /aws iam create-role .* --role-name 'deploy'/)
  const list = await chancery('trust', 'presets')
  for (const { preset } of presetCases) assert.match(list.out, new RegExp(`^${preset}: `, 'm'))
})
