// `chancery provider` itself: against a directory and an issuer that run, with the configuration file alone, and with a store.
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { call } from '../support/aws-call.ts'
import { runCommandHere } from '../support/command-line.ts'
import type { Ran } from '../support/outside-tool.ts'
import { type Running, rootKey, startServer } from '../support/server.ts'
import { base, type LdapUpstream, noLdap, startLdap } from '../support/upstreams/ldap-upstream.ts'
import { type OpenIdUpstream, startOpenIdUpstream } from '../support/upstreams/openid-upstream.ts'

const skip = noLdap
const dir = mkdtempSync(join(tmpdir(), 'chancery-cli-'))
let directory: LdapUpstream
let issuer: OpenIdUpstream
let config: string

before(async () => {
  if (skip) return
  directory = await startLdap()
  issuer = await startOpenIdUpstream({ redirectUris: ['http://localhost/callback'] })
  config = JSON.stringify({
    identity_providers: [
      { ...directory.settings, sign_in: { title: 'Staff', domains: ['acme.example'] } },
      {
        kind: 'openid',
        name: 'corp',
        url: issuer.issuer,
        client_ids: ['sts'],
        sign_in: { title: 'Corp', client_id: issuer.client.id, client_secret: issuer.client.secret },
      },
    ],
  })
  writeFileSync(join(dir, 'config.yaml'), config)
})
after(async () => {
  rmSync(dir, { recursive: true })
  issuer?.close()
  await directory?.stop()
})

const environment = (home: string) => ({
  CHANCERY_CONFIG: join(home, 'config.yaml'),
  CHANCERY_DATA: join(home, 'data'),
  CHANCERY_KEYS: join(home, 'keys'),
  CHANCERY_OUTBOUND_ALLOW: 'localhost,127.0.0.1',
})
const provider = (
  args: string,
  input = '',
  home = dir,
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> =>
  runCommandHere(['provider', ...args.split(' ')], { env: { ...environment(home), ...env }, input })

const claims = JSON.stringify({
  uid: ['alice'],
  mail: ['alice@acme.example'],
  entryUUID: ['6b0d8c1e-0000-4000-8000-000000000001'],
  groups: ['developers', 'staff'],
})

test('providers of the file are checked before anything is saved or started', { skip }, async () => {
  const [{ code, out }, listed, tried] = await Promise.all([
    provider('check'),
    provider('list'),
    provider('try staff --claims -', claims),
  ])
  assert.match(out, /^staff \(ldap, ldap:\/\/localhost\/dc=acme,dc=example\)$/m)
  assert.match(out, /^ {2}ok {6}TLS with localhost:\d+: TLSv1\.[23], certificate for DNS:localhost/m)
  assert.match(out, new RegExp(`^ {2}ok {6}bind at localhost:\\d+ as cn=reader,${base}$`, 'm'))
  assert.match(out, /^ {2}medium {2}the authority `CN=authority` ends on/m)
  assert.match(out, /^corp \(openid, http:\/\/127\.0\.0\.1:\d+\)$/m)
  assert.match(out, /^ {2}high {4}the issuer uses plain http/m)
  assert.match(out, /^2 of 2 passed; risks: /m)
  assert.equal(code, 1)
  assert.equal(listed.code, 0)
  assert.deepEqual(
    listed.out
      .split('\n')
      .slice(0, 2)
      .map((line) => line.split(/ +/).slice(0, 2)),
    [
      ['staff', 'ldap'],
      ['corp', 'openid'],
    ],
  )
  assert.match(tried.out, /^WOULD CREATE `alice`: if no user has this identity or address/)
  assert.deepEqual(readdirSync(dir), ['config.yaml'])
})

test('the LDAP directory in the documentation passes the check', { skip }, async () => {
  const pages = readFileSync(resolve(import.meta.dirname, '../../docs/identity-providers.md'), 'utf8')
  const [, yaml = ''] = /## LDAP and Active Directory\n+```yaml\n([\s\S]*?)```/.exec(pages) ?? []
  const home = mkdtempSync(join(tmpdir(), 'chancery-cli-'))
  try {
    writeFileSync(join(home, 'ca.pem'), directory.ca)
    const here = yaml
      .replace('ldaps://ldap.acme.example', directory.secureUrl)
      .replace('/etc/chancery/ldap-ca.pem', join(home, 'ca.pem'))
    writeFileSync(join(home, 'config.yaml'), here)
    const { out, err } = await provider('check staff', '', home)
    assert.match(out, /^1 of 1 passed; risks: 1 medium$/m, err)
    assert.match(out, /medium {2}the authority/)
  } finally {
    rmSync(home, { recursive: true })
  }
})

test('the check prints which step failed and what the provider answered', { skip }, async () => {
  const wrong = mkdtempSync(join(tmpdir(), 'chancery-cli-'))
  try {
    const settings = { ...directory.settings, bind_password: 'wrong' }
    writeFileSync(join(wrong, 'config.yaml'), JSON.stringify({ identity_providers: [settings] }))
    const [{ code, out }, { out: inside }] = await Promise.all([
      provider('check staff', '', wrong),
      provider('check staff', '', dir, { CHANCERY_OUTBOUND_ALLOW: '' }),
    ])
    assert.equal(code, 1)
    assert.match(out, /^ {2}FAIL {4}bind at localhost:\d+ as cn=reader.*result code 49/m)
    assert.doesNotMatch(out, /wrong/)
    assert.match(
      inside,
      /^ {2}FAIL {4}resolve localhost:\d+: .*not public, and is not in CHANCERY_OUTBOUND_ALLOW/m,
    )
  } finally {
    rmSync(wrong, { recursive: true })
  }
})

async function iam(server: Running, action: string, params: Readonly<Record<string, string>>): Promise<void> {
  const credentials = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
  const { status, message } = await call(server.url, credentials, 'iam', action, params)
  assert.equal(status, 200, message)
}

test('with a store its users, groups and roles are taken into account', { skip }, async () => {
  const home = mkdtempSync(join(tmpdir(), 'chancery-cli-'))
  const server = await startServer({ dir: home, config, env: environment(home) })
  try {
    const url = `arn:aws:iam::${server.accountId}:oidc-provider/${new URL(issuer.issuer).host}`
    await iam(server, 'CreateGroup', { GroupName: 'developers' })
    await iam(server, 'CreateRole', {
      RoleName: 'deploy',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { Federated: url },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { StringLike: { [`${new URL(issuer.issuer).host}:sub`]: '*' } },
        },
      }),
    })
    await iam(server, 'CreateOpenIDConnectProvider', {
      Url: 'https://ci.example',
      'ClientIDList.member.1': 'sts',
    })
    const [tried, { out }, listed] = await Promise.all([
      provider('try staff --claims -', claims, home),
      provider('check corp', '', home),
      provider('list', '', home),
    ])
    assert.equal(tried.code, 0, tried.err)
    assert.match(tried.out, /^WOULD CREATE `alice`: no user has this identity$/m)
    assert.match(tried.out, /^ {2}groups +developers, staff \(no such group here\)$/m)
    assert.match(out, /^ {2}high {4}role `deploy`: subject `\*` has a wildcard before the owner is complete/m)
    assert.match(listed.out, /^- +openid +https:\/\/ci\.example +roles +on +store$/m)
  } finally {
    await server.stop()
    rmSync(home, { recursive: true, force: true })
  }
})
