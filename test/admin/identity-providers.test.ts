// Identity providers that administrators create and change at run time: through the admin API of a real server, with people who sign
// in through a real provider, and a second server on the same store.

import assert from 'node:assert/strict'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { runCommandHere } from '../support/command-line.ts'
import {
  comeThrough,
  isSignedIn,
  openUpstreams,
  providerEntry,
  sentAway,
  type Upstream,
} from '../support/federated.ts'
import { formBrowser } from '../support/form-browser.ts'
import { freePort } from '../support/free-port.ts'
import { accountId, type Running, startServer } from '../support/server.ts'
import { makeKeyPair, metadataOf } from '../support/upstreams/saml-forge.ts'
import { found, until } from '../support/waiting.ts'
import { type Answer, callAdmin } from './call.ts'

const dir = mkdtempSync(join(tmpdir(), 'chancery-providers-'))
let port: number
let corp: Upstream
let social: Upstream
let server: Running
let second: Running
/** Serves the metadata of a SAML provider. */
let published: Server

const metadataUrl = (): string => {
  const address = published.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/metadata`
}

const fileWith = (revision: number, ...entries: readonly object[]): string =>
  JSON.stringify({
    revision,
    identity_providers: [providerEntry(corp, 'corp', { domains: ['corp.example'] }), ...entries],
  })
const envOf = (): Record<string, string> => ({
  CHANCERY_PORT: String(port),
  CHANCERY_OUTBOUND_ALLOW: `${corp.host},${social.host},${new URL(metadataUrl()).host}`,
  SECRET_OF_SERVER: 'text of the environment',
})

before(
  async () => {
    port = await freePort()
    const metadata = metadataOf([makeKeyPair()])
    published = createServer((_, response) => response.end(metadata))
    await new Promise<void>((done) => published.listen(0, '127.0.0.1', done))
    ;({ corp, social } = await openUpstreams(port))
    server = await startServer({ dir, config: fileWith(1), env: envOf() })
    second = await startServer({ dir, config: fileWith(1), env: { ...envOf(), CHANCERY_PORT: '0' } })
  },
  { timeout: 180_000 },
)
after(async () => {
  await second?.stop()
  await server?.stop()
  published?.close()
  corp?.close()
  social?.close()
  rmSync(dir, { recursive: true, force: true })
})

const call = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
): Promise<Answer> =>
  callAdmin(server.url, {
    method,
    path: `/identity-providers${path}`,
    ...(body !== undefined && { body }),
    ...(headers && { headers }),
  })
const fieldsOf = ({ body }: Answer): readonly string[] =>
  (body?.errors ?? []).map(({ field }: { field: string }) => field)
const entryOfSocial = (signIn: object = {}) => providerEntry(social, 'social', signIn)
const signInPage = async ({ url }: Running): Promise<string> => (await formBrowser(url).open('/sign-in')).text
const metadataStatus = async ({ url }: Running, name: string): Promise<number> =>
  (await fetch(`${url}/federation/${name}/metadata`)).status

test('a provider made at run time signs people in at once, and its life ends their sessions', {
  timeout: 180_000,
}, async () => {
  const made = await call('POST', '', entryOfSocial())
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const { arn, source, state, secrets, addresses, settings } = made.body
  assert.deepEqual([source, state, secrets], ['stored', 'enabled', ['sign_in.client_secret']])
  assert.equal(addresses.callback, `http://localhost:${port}/federation/social/callback`)
  assert.equal(settings.sign_in.client_id, social.client.id)
  assert.ok(!JSON.stringify(made.body).includes(social.client.secret))

  const who = social.person('ada', { preferred_username: 'ada' })
  const { browser } = await comeThrough(server, social, 'social', who)
  assert.ok(await isSignedIn(browser))
  await until('the second server offers it', async () => (await signInPage(second)).includes('social'))

  const changed = await call('PATCH', '/SOCIAL', { sign_in: { title: 'Social club' } })
  assert.equal(changed.status, 200, JSON.stringify(changed.body))
  assert.deepEqual(changed.body.secrets, ['sign_in.client_secret'])
  const again = await comeThrough(server, social, 'social', who)
  assert.ok(await isSignedIn(again.browser), 'its secret is kept')
  await until('the second server has the new title', async () =>
    (await signInPage(second)).includes('Social club'),
  )

  const preview = await call('POST', '/social/disable', { dryRun: true })
  assert.equal(preview.body.ends.browserSessions, 2)
  assert.ok(await isSignedIn(browser), 'a dry run ends nothing')
  assert.equal((await call('POST', '/social/disable', {})).status, 200)
  assert.equal(await isSignedIn(browser), false)
  assert.equal(await isSignedIn(again.browser), false)
  await until(
    'the second server offers it no more',
    async () => !(await signInPage(second)).includes('Social club'),
  )
  assert.equal((await call('GET', `/${encodeURIComponent(arn)}`)).body.state, 'disabled')

  assert.equal((await call('POST', '/social/enable')).status, 200)
  const back = await comeThrough(server, social, 'social', who)
  assert.ok(await isSignedIn(back.browser))
  const gone = await call('DELETE', '/social')
  assert.deepEqual([gone.status, gone.body.dryRun], [200, false])
  assert.equal(await isSignedIn(back.browser), false)
  assert.equal((await call('GET', '/social')).status, 404)
})

test('a provider that loses its sign-in settings ends what began with it, and goes on for workloads', {
  timeout: 120_000,
}, async () => {
  assert.equal((await call('POST', '', { ...entryOfSocial(), client_ids: ['job'] })).status, 201)
  const who = social.person('linus', { preferred_username: 'linus' })
  const { browser } = await comeThrough(server, social, 'social', who)
  assert.ok(await isSignedIn(browser))
  const changed = await call('PATCH', '/social', { sign_in: null })
  assert.deepEqual([changed.status, changed.body.signIn, changed.body.secrets], [200, false, []])
  assert.equal(await isSignedIn(browser), false)
  assert.deepEqual([changed.body.state, changed.body.settings.client_ids], ['enabled', ['job']])
  assert.equal((await call('DELETE', '/social')).status, 200)
})

test('a change of the keys of a provider says what goes on, and how that is ended', {
  timeout: 120_000,
}, async () => {
  const jwks = () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    return { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'ES256' }] }
  }
  const entry = { kind: 'openid', url: 'https://ci.example', client_ids: ['ci'], jwks: jwks() }
  const { arn } = (await call('POST', '', entry)).body
  const path = `/${encodeURIComponent(arn)}`
  const noticeOf = async (change: object) => {
    const { status, body } = await call('PATCH', path, change)
    assert.equal(status, 200, JSON.stringify(body))
    return body.notice
  }
  assert.match(
    await noticeOf({ jwks: jwks() }),
    /goes on: `chancery identity-providers end-sessions` ends it/,
  )
  assert.equal(await noticeOf({ once: true }), undefined)
  const ended = await call('POST', `${path}/end-sessions`, {})
  assert.deepEqual([ended.status, ended.body.dryRun], [200, false])
  assert.equal((await call('GET', path)).body.state, 'enabled')
  assert.equal((await call('POST', `${path}/disable`, {})).status, 200)
  assert.equal(await noticeOf({ jwks: jwks() }), undefined, 'what was disabled has ended')
  assert.equal((await call('DELETE', path)).status, 200)
})

test('a saml provider made at run time is served by the second server', { timeout: 120_000 }, async () => {
  const metadata = metadataOf([makeKeyPair()])
  const long = metadata.replace(
    '</md:EntityDescriptor>',
    `<!--${'x'.repeat(300_000)}--></md:EntityDescriptor>`,
  )
  const made = await call('POST', '', {
    kind: 'saml',
    name: 'acme',
    metadata: long,
    sign_in: { title: 'Acme' },
  })
  assert.equal(made.status, 201, JSON.stringify(made.body).slice(0, 500))
  await until('the second server has it', async () => (await metadataStatus(second, 'acme')) === 200)
  const entry = await found('its audit entry', async () =>
    (
      await callAdmin(server.url, { path: '/audit?action=chancery%3ACreateIdentityProvider&limit=200' })
    ).body.items.find(({ resource }: { resource: string }) => resource.endsWith('saml-provider/acme')),
  )
  assert.ok(JSON.stringify(entry).length < 10_000, 'long metadata is recorded by its hash')
  assert.match(entry.details.after.settings.metadata, /^sha256 [0-9a-f]{64}, \d+ characters$/)
  assert.equal((await call('DELETE', '/acme')).status, 200)
})

test('metadata by URL is fetched when the provider is made, not at the first sign-in', {
  timeout: 120_000,
}, async () => {
  const settings = { metadata_url: metadataUrl(), entity_id: 'https://idp.example/metadata' }
  const body = { kind: 'saml', name: 'by-url', ...settings, sign_in: { title: 'U' } }
  const checked = await callAdmin(server.url, { method: 'POST', path: '/identity-provider-checks', body })
  assert.equal(checked.body.ok, true, JSON.stringify(checked.body))
  const made = await call('POST', '', body)
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const sentTo = async () => (await sentAway(server, 'by-url').catch(() => undefined))?.to.origin
  await until('people are sent there', async () => (await sentTo()) === 'https://idp.example')
  const changed = await call('PATCH', '/by-url', { sign_in: { title: 'By URL' } })
  assert.equal(changed.status, 200)
  assert.equal(await sentTo(), 'https://idp.example', 'what was fetched stays')
  assert.equal((await call('DELETE', '/by-url')).status, 200)
})

test('changes with a stale ETag are refused, and change nothing', { timeout: 120_000 }, async () => {
  const made = await call('POST', '', entryOfSocial())
  const etag = made.headers.get('etag') ?? ''
  assert.equal(
    (await call('PATCH', '/social', { sign_in: { title: 'A' } }, { 'if-match': etag })).status,
    200,
  )
  for (const [method, path, body] of [
    ['PATCH', '/social', { sign_in: { title: 'B' } }],
    ['POST', '/social/disable', {}],
    ['POST', '/social/enable', undefined],
    ['DELETE', '/social', undefined],
  ] as const)
    assert.equal((await call(method, path, body, { 'if-match': etag })).status, 412, `${method} ${path}`)
  const now = await call('GET', '/social')
  assert.deepEqual([now.body.title, now.body.state], ['A', 'enabled'])
  const secretOnly = await call('PATCH', '/social', { sign_in: { client_secret: 'another secret' } })
  assert.notEqual(secretOnly.headers.get('etag'), now.headers.get('etag'), 'a new secret is a new version')
  assert.equal((await call('DELETE', '/social')).status, 200)
})

const acme = { kind: 'saml', name: 'acme', metadata: metadataOf([makeKeyPair()]), sign_in: { title: 'A' } }
const oidc = { kind: 'openid', name: 'x', url: 'https://x.example', sign_in: { title: 'X', client_id: 'c' } }
const oauth = {
  kind: 'oauth2',
  name: 'o',
  authorization_endpoint: 'https://o.example/a',
  token_endpoint: 'https://o.example/t',
  userinfo_endpoint: 'https://o.example/u',
  issuer: 'https://o.example',
  subject: 'id',
  sign_in: { title: 'O', client_id: 'c', client_secret: 'kept secret' },
}
const ldap = {
  kind: 'ldap',
  name: 'd',
  urls: ['ldaps://d.example'],
  base_dn: 'dc=a',
  sign_in: { title: 'D' },
}

const privateJwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
const refused: readonly (readonly [
  what: string,
  body: unknown,
  status: number,
  fields: readonly string[],
])[] = [
  ['an unknown kind', { ...oidc, kind: 'kerberos' }, 400, ['kind']],
  ['unknown members', { ...oidc, colour: 'red' }, 400, ['colour']],
  [
    'unknown members inside',
    { ...oidc, sign_in: { ...oidc.sign_in, colour: 1, mapping: { shoe: 'x' } } },
    400,
    ['sign_in.mapping.shoe', 'sign_in.colour'],
  ],
  [
    'several faults',
    { ...oidc, name: 'a b', url: 'ftp://x', sign_in: { client_id: '' } },
    400,
    ['name', 'url', 'sign_in.title', 'sign_in.client_id'],
  ],
  ['a script as issuer', { ...oidc, url: 'javascript:alert(1)' }, 400, ['url']],
  [
    'a script as endpoint',
    { ...oauth, authorization_endpoint: 'javascript:alert(1)' },
    400,
    ['authorization_endpoint'],
  ],
  ['a loopback issuer', { ...oidc, url: 'http://127.0.0.1:1' }, 400, ['url']],
  [
    'the metadata service',
    { ...oauth, token_endpoint: 'https://169.254.169.254/t' },
    400,
    ['token_endpoint'],
  ],
  ['localhost', { ...oidc, jwks_uri: 'https://a.localhost/keys' }, 400, ['jwks_uri']],
  ['plain http', { ...oidc, url: 'http://x.example' }, 400, ['url']],
  [
    'a directory on this machine',
    { ...ldap, urls: ['ldaps://d.example', 'ldap://127.0.0.1'] },
    400,
    ['urls.1'],
  ],
  [
    'a file of metadata',
    { ...acme, metadata: undefined, metadata_file: '/etc/passwd' },
    400,
    ['metadata_file'],
  ],
  ['a file of authorities', { ...ldap, ca_file: '/etc/passwd' }, 400, ['ca_file']],
  ['an issuer that looks like keys of AWS', { ...oidc, url: 'https://aws' }, 400, ['url']],
  ['a private key as a public one', { ...oidc, jwks: { keys: [privateJwk] } }, 400, ['jwks']],
  ['keys of which none is usable', { ...oidc, jwks: { keys: [{ kty: 'EC' }] } }, 400, ['jwks']],
  ['metadata that is none', { ...acme, metadata: '<a/>' }, 400, ['metadata']],
  ['a password without a name', { ...ldap, bind_password: 'x' }, 400, ['bind_dn']],
  ['a name of the file in another case', { ...oidc, name: 'CORP' }, 409, ['name']],
  [
    'a domain of another provider',
    { ...oidc, sign_in: { ...oidc.sign_in, domains: ['corp.example'] } },
    409,
    ['sign_in.domains'],
  ],
]
for (const [what, body, status, fields] of refused)
  test(`${what} is refused at its field, and nothing is made`, async () => {
    const before = (await call('GET', '')).body.items.length
    const answer = await call('POST', '', body)
    assert.equal(answer.status, status, JSON.stringify(answer.body))
    assert.deepEqual([...fieldsOf(answer)].sort(), [...fields].sort(), JSON.stringify(answer.body))
    assert.ok(!JSON.stringify(answer.body).includes('root:'))
    assert.equal((await call('GET', '')).body.items.length, before)
  })

test('what is wrong with an issuer is said', async () => {
  for (const [url, message] of [
    ['nonsense', 'must be an https URL without query, fragment or user'],
    ['https://x.example/?tenant=a', 'must be an https URL without query, fragment or user'],
    [
      'spiffe://ACME.example',
      'must have a trust domain after `spiffe://`: small letters, digits and `. _ -`',
    ],
    [undefined, 'is required'],
    [7, 'must be a string'],
  ] as const) {
    const { body } = await call('POST', '', { ...oidc, url })
    assert.deepEqual(body.errors, [{ field: 'url', message }])
  }
})

test('an issuer that is there is a conflict at its field, and texts of the environment stay text', async () => {
  assert.deepEqual(fieldsOf(await call('POST', '', { ...oidc, url: corp.issuer })), ['url'])
  const title = '${env:SECRET_OF_SERVER}'
  const made = await call('POST', '', { ...oidc, sign_in: { ...oidc.sign_in, title } })
  assert.equal(made.body.title, title)
  assert.equal((await call('DELETE', '/x')).status, 200)
})

test('providers of the file are listed with their settings, and refused for change with where to change them', async () => {
  const { body } = await call('GET', '/corp')
  assert.deepEqual([body.source, body.settings.sign_in.domains], ['file', ['corp.example']])
  assert.ok(!JSON.stringify(body).includes(corp.client.secret))
  for (const [method, path, sent] of [
    ['PATCH', '/corp', { sign_in: { title: 'x' } }],
    ['POST', '/corp/disable', {}],
    ['POST', '/corp/enable', undefined],
    ['DELETE', '/corp', undefined],
  ] as const) {
    const answer = await call(method, path, sent)
    assert.deepEqual([answer.status, answer.body.code], [400, 'unmodifiable'], `${method} ${path}`)
    assert.match(
      answer.body.detail,
      /in the configuration file: change it there, under `identity_providers:`/,
    )
  }
})

test('of requests at the same time one makes a name, and one of two changes is told of the other', async () => {
  const made = await Promise.all(
    [oidc, { ...oidc, url: 'https://y.example' }, { ...oidc, name: 'X', url: 'https://z.example' }].map(
      (body) => call('POST', '', body),
    ),
  )
  assert.deepEqual(made.map(({ status }) => status).sort(), [201, 409, 409])
  const changed = await Promise.all(
    ['A', 'B', 'C'].map((title) => call('PATCH', '/x', { sign_in: { title } })),
  )
  const titles = changed.filter(({ status }) => status === 200).map(({ body }) => body.title)
  assert.ok(titles.length >= 1)
  assert.ok(changed.every(({ status }) => status === 200 || status === 409))
  assert.ok(titles.includes((await call('GET', '/x')).body.title))
  assert.equal((await call('DELETE', '/x')).status, 200)
})

test('what is part of the ARN stays, and a secret is not sent to another server', async () => {
  assert.equal((await call('POST', '', oauth)).status, 201)
  for (const [change, field] of [
    [{ name: 'other' }, 'name'],
    [{ disabled: true }, 'disabled'],
    [{ token_endpoint: 'https://evil.example/t' }, 'sign_in.client_secret'],
    [{ sign_in: null }, 'sign_in'],
  ] as const) {
    const answer = await call('PATCH', '/o', change)
    assert.deepEqual([answer.status, fieldsOf(answer)], [400, [field]], JSON.stringify(answer.body))
  }
  const moved = { token_endpoint: 'https://new.example/t', sign_in: { client_secret: 'a new one' } }
  assert.equal((await call('PATCH', '/o', moved)).status, 200)
  const without = await call('PATCH', '/o', { sign_in: { client_secret: null } })
  assert.deepEqual(without.body.secrets, [])
  assert.equal((await call('DELETE', '/o')).status, 200)
})

test('a check says what a provider answers, also before it is saved', { timeout: 120_000 }, async () => {
  const good = await callAdmin(server.url, {
    method: 'POST',
    path: '/identity-provider-checks',
    body: entryOfSocial(),
  })
  assert.deepEqual([good.status, good.body.ok], [200, true], JSON.stringify(good.body))
  assert.ok(good.body.steps.length > 1)
  assert.equal((await call('POST', '', entryOfSocial())).status, 201)
  assert.equal((await call('POST', '/social/check')).body.ok, true)
  const wrong = await call('POST', '/social/check-change', { sign_in: { client_secret: 'wrong' } })
  assert.deepEqual([wrong.status, wrong.body.ok], [200, false], JSON.stringify(wrong.body))
  assert.equal((await call('POST', '/social/check')).body.ok, true, 'nothing was saved')
  assert.equal((await call('DELETE', '/social')).status, 200)
})

test('a provider that AWS’s API made is given sign-in settings, and goes on serving roles', async () => {
  const { CreateOpenIDConnectProviderCommand, GetOpenIDConnectProviderCommand, IAMClient } = await import(
    '@aws-sdk/client-iam'
  )
  const { rootKey } = server
  const credentials = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
  const iam = new IAMClient({ endpoint: server.url, region: 'us-east-1', credentials, maxAttempts: 1 })
  try {
    const made = await iam.send(
      new CreateOpenIDConnectProviderCommand({
        Url: oidc.url,
        ClientIDList: ['workload'],
        ThumbprintList: ['0'.repeat(40)],
      }),
    )
    const arn = made.OpenIDConnectProviderArn ?? ''
    const { name, sign_in } = oidc
    const changed = await call('PATCH', `/${encodeURIComponent(arn)}`, { name, sign_in })
    assert.equal(changed.status, 200, JSON.stringify(changed.body))
    assert.deepEqual(changed.body.settings.client_ids, ['workload'])
    assert.match(await signInPage(server), /to\/x"/)
    const seen = await iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }))
    assert.deepEqual([seen.ClientIDList, seen.ThumbprintList], [['workload'], ['0'.repeat(40)]])
    assert.equal((await call('DELETE', '/x')).status, 200)
  } finally {
    iam.destroy()
  }
})

test('every change is on record with what was before and after, and without secrets', async () => {
  const secret = 'a-secret-that-nobody-may-read'
  const entry = { ...oidc, sign_in: { ...oidc.sign_in, client_secret: secret } }
  assert.equal((await call('POST', '', entry)).status, 201)
  assert.equal(
    (await call('PATCH', '/x', { sign_in: { title: 'Y', client_secret: `${secret}-2` } })).status,
    200,
  )
  assert.equal((await call('POST', '', { ...entry, url: 'javascript:x' })).status, 400)
  assert.equal((await call('DELETE', '/x')).status, 200)
  const { body } = await callAdmin(server.url, { path: '/audit?limit=200' })
  assert.ok(!JSON.stringify(body).includes(secret))
  const of = (name: string) =>
    body.items.find(
      ({ action, resource, outcome }: Record<string, string>) =>
        action === `chancery:${name}` && outcome === 'done' && resource?.endsWith('oidc-provider/x.example'),
    )
  assert.equal(of('CreateIdentityProvider').details.after.title, 'X')
  const { before: was, after: is } = of('UpdateIdentityProvider').details
  assert.deepEqual([was.title, is.title], ['X', 'Y'])
  assert.equal(of('DeleteIdentityProvider').details.before.title, 'Y')
})

test('settings that would fill an audit entry hide nothing else of them', async () => {
  const map = Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`role-${at}`, ['no-such-group']]))
  const mapping = { groups: { path: 'roles', map }, email_verified: { default: 'true' } }
  const made = await call('POST', '', { ...oidc, sign_in: { ...oidc.sign_in, mapping } })
  assert.equal(made.status, 201)
  assert.equal((await call('PATCH', '/x', { sign_in: { second_factor: { ask: 'enrolled' } } })).status, 200)
  assert.equal((await call('DELETE', '/x')).status, 200)
  const { body } = await callAdmin(server.url, {
    path: '/audit?action=chancery%3AUpdateIdentityProvider&limit=1',
  })
  const { before: was, after: is } = body.items[0].details
  assert.match(was.settings['sign_in.mapping.groups'], /^sha256 [0-9a-f]{64}, \d+ characters$/)
  assert.equal(was.settings['sign_in.mapping.email_verified'], '{"default":["true"]}')
  assert.deepEqual(
    [was, is].map(({ settings }) => settings['sign_in.second_factor']),
    [undefined, '{"ask":"enrolled"}'],
  )
})

test('an entry of the file that comes later wins its name: the start says so and goes on', {
  timeout: 180_000,
}, async () => {
  assert.equal((await call('POST', '', oauth)).status, 201)
  assert.equal((await call('POST', '', entryOfSocial())).status, 201)
  const who = social.person('joan', { preferred_username: 'joan' })
  const { browser } = await comeThrough(server, social, 'social', who)
  await second.stop()
  await server.stop()
  const entries = [{ ...oidc, name: 'O' }, { ...entryOfSocial({ title: 'From the file' }) }]
  server = await startServer({ dir, config: fileWith(2, ...entries), env: envOf() })
  second = await startServer({
    dir,
    config: fileWith(2, ...entries),
    env: { ...envOf(), CHANCERY_PORT: '0' },
  })
  assert.match(server.output(), /an identity provider of this name now: the one made at run time was renamed/)
  assert.match(server.output(), /has this identity provider now: the settings made at run time are replaced/)
  const { body } = await call('GET', '')
  const facts = body.items.map(({ name, kind, source, state }: Record<string, string>) =>
    [name, kind, source, state].join(' '),
  )
  assert.deepEqual(facts.sort(), [
    'O openid file enabled',
    'corp openid file enabled',
    'o-replaced oauth2 stored disabled',
    'social openid file enabled',
  ])
  assert.ok(await isSignedIn(browser), 'the same issuer is the same provider')
  assert.equal((await call('DELETE', '/o-replaced')).status, 200)
  assert.equal(
    (await call('GET', `/${encodeURIComponent(`arn:aws:iam::${accountId}:oauth2-provider/o`)}`)).status,
    404,
  )
})

test('a reload of the file leaves providers made at run time alone, and takes their names', {
  timeout: 180_000,
}, async () => {
  assert.equal((await call('POST', '', { ...acme, name: 'beta' })).status, 201)
  const before = await call('GET', '/beta')
  const entries = [{ ...oidc, name: 'O' }, { ...entryOfSocial({ title: 'From the file' }) }]
  const reload = async (revision: number, ...more: readonly object[]) => {
    writeFileSync(join(dir, 'config.yaml'), fileWith(revision, ...entries, ...more))
    const done = await runCommandHere(['reload'], {
      directory: dir,
      env: { CHANCERY_DATA: join(dir, 'data') },
    })
    assert.equal(done.code, 0, done.err)
  }
  await reload(3)
  assert.deepEqual((await call('GET', '/beta')).body, before.body)
  await reload(4, { ...oauth, name: 'Beta' })
  const { body } = await call('GET', '/beta')
  assert.deepEqual([body.kind, body.source], ['oauth2', 'file'])
  const replaced = await call('GET', '/beta-replaced')
  assert.deepEqual([replaced.body.arn, replaced.body.state], [before.body.arn, 'disabled'])
  assert.equal((await call('DELETE', '/beta-replaced')).status, 200)
})

test('a restart with the file leaves providers made at run time alone', {
  timeout: 180_000,
}, async () => {
  assert.equal((await call('POST', '', acme)).status, 201)
  const before = await call('GET', '/acme')
  await second.stop()
  await server.stop()
  server = await startServer({ dir, config: fileWith(5), env: envOf() })
  second = await startServer({ dir, config: fileWith(5), env: { ...envOf(), CHANCERY_PORT: '0' } })
  const after = await call('GET', '/acme')
  assert.deepEqual(after.body, before.body)
  assert.equal(await metadataStatus(second, 'acme'), 200)
  const former = await call('GET', '/social')
  assert.deepEqual([former.body.source, former.body.state], ['former-file', 'disabled'])
  assert.equal((await call('POST', '/social/enable')).status, 400)
  const own = await call('PATCH', '/social', { sign_in: { title: 'Kept' } })
  assert.deepEqual([own.status, own.body.source, own.body.state], [200, 'stored', 'disabled'])
  assert.equal((await call('POST', '/social/enable')).status, 200)
  const who = social.person('mary', { preferred_username: 'mary' })
  assert.ok(await isSignedIn((await comeThrough(server, social, 'social', who)).browser))
  assert.equal((await call('DELETE', '/social')).status, 200)
  assert.equal((await call('DELETE', '/acme')).status, 200)
})
