import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { CheckStep, ProviderDependencies, SignInOptions } from '../../../src/federation/kind.ts'
import { oauth2Record, oauth2Settings } from '../../../src/federation/oauth2/settings.ts'
import { oauth2Upstream } from '../../../src/federation/oauth2/sign-in.ts'
import { guardedFetch } from '../../../src/federation/outbound/guarded-fetch.ts'
import { Problem } from '../../../src/problem.ts'
import type { OAuth2Provider } from '../../../src/store/records.ts'
import {
  type GitHubQuirks,
  type GitHubUpstream,
  startGitHubUpstream,
} from '../../support/upstreams/github-upstream.ts'
import { signInThere } from '../../support/upstreams/openid-upstream.ts'

const callback = 'https://chancery.example/federation/hub/callback'
const options: SignInOptions = {
  callback,
  state: 'state-of-ours',
  loginHint: undefined,
  strong: false,
  fresh: false,
}
const allow = new Set(['127.0.0.1'])
const seconds = () => Math.floor(Date.now() / 1000)
const owner = { accountId: '123456789012', now: 0 }
const user = '/api/v3/user'
const emails = '/api/v3/user/emails'
const token = '/login/oauth/access_token'

let up: GitHubUpstream
before(async () => {
  up = await startGitHubUpstream({ redirectUris: [callback] })
})
after(() => up.close())
beforeEach(() => {
  for (const name of Object.keys(up.quirks)) delete up.quirks[name as keyof GitHubQuirks]
})

interface More {
  readonly signIn?: object
  readonly top?: object
}

function providerOf({
  signIn = {},
  top = { preset: 'github', base_url: up.origin },
}: More = {}): OAuth2Provider {
  const settings = oauth2Settings.parse({
    kind: 'oauth2',
    name: 'hub',
    sign_in: { title: 'Hub', client_id: up.client.id, client_secret: up.client.secret, ...signIn },
    ...top,
  })
  return oauth2Record(settings, owner)
}

function stage(more: More = {}, parts: Partial<ProviderDependencies> = {}) {
  const provider = providerOf(more)
  const kind = oauth2Upstream({ fetch: guardedFetch({ allow }), now: seconds, allow, ...parts })
  return {
    kind,
    provider,
    async away(there: Partial<SignInOptions> = {}, fields: Readonly<Record<string, string>> = {}) {
      const { to, memory } = await kind.beginSignIn(provider, { ...options, ...there })
      const back = await signInThere(up, to, fields)
      return { to: new URL(to), returned: { parameters: new Map(back.searchParams), callback, memory } }
    },
    async signIn() {
      return kind.completeSignIn(provider, (await this.away()).returned)
    },
  }
}

const problem = (code: Problem['code'], detail?: RegExp) => (error: unknown) => {
  assert.ok(error instanceof Problem, String(error instanceof Error ? error.stack : error))
  assert.equal(error.code, code, `${error.message}: ${error.detail}`)
  if (detail) assert.match(`${error.message}: ${error.detail}`, detail)
  return true
}

test('a person of GitHub arrives by number, with the address they proved and not the one of their profile', async () => {
  const here = stage()
  const { to, returned } = await here.away()
  assert.equal(to.searchParams.get('code_challenge_method'), 'S256')
  assert.equal(to.searchParams.get('scope'), 'read:user user:email')
  assert.equal(to.searchParams.get('state'), options.state)
  assert.ok(returned.memory.length <= 1500)
  const person = await here.kind.completeSignIn(here.provider, returned)
  assert.equal(person.issuer, up.origin)
  assert.equal(person.subject, '583231')
  assert.equal(person.claims['login'], 'octocat')
  assert.equal(person.claims['email'], 'octocat@corp.example')
  assert.equal(person.claims['email_verified'], true)
  assert.equal(person.leave, undefined)
})

test('an iss in the answer, which GitHub has begun to send, is neither needed nor in the way', async () => {
  const here = stage()
  const { returned } = await here.away()
  returned.parameters.set('iss', 'https://github.com/login/oauth')
  assert.equal((await here.kind.completeSignIn(here.provider, returned)).subject, '583231')
})

test('reads a token response that is form-encoded', async () => {
  up.quirks.answers = 'form'
  assert.equal((await stage().signIn()).subject, '583231')
})

test('takes client_secret_basic', async () => {
  assert.equal((await stage({ signIn: { client_auth: 'client_secret_basic' } }).signIn()).subject, '583231')
})

const lists: readonly (readonly [title: string, list: unknown, email: string | undefined])[] = [
  ['primary and verified', [{ email: 'a@x.example', primary: true, verified: true }], 'a@x.example'],
  ['primary and not verified', [{ email: 'a@x.example', primary: true, verified: false }], undefined],
  ['verified as a text', [{ email: 'a@x.example', primary: true, verified: 'true' }], undefined],
  ['verified and not primary', [{ email: 'a@x.example', primary: false, verified: true }], undefined],
  ['not there', [], undefined],
  ['no text', [{ email: ['a@x.example'], primary: true, verified: true }], undefined],
  ['beside nonsense', [null, 7, 'x', { email: 'a@x.example', primary: true, verified: true }], 'a@x.example'],
]
for (const [title, list, email] of lists) {
  test(`an address that is ${title} is ${email === undefined ? 'not taken, nor the profile’s instead' : 'taken'}`, async () => {
    up.quirks.instead = new Map([
      [user, [200, JSON.stringify({ id: 7, email: 'victim@corp.example', email_verified: true })]],
      [emails, [200, JSON.stringify(list)]],
    ])
    const { claims } = await stage().signIn()
    assert.equal(claims['email'], email)
    assert.equal(claims['email_verified'], email === undefined ? undefined : true)
  })
}

const subjects: readonly (readonly [title: string, body: string])[] = [
  ['no id', '{"login":"octocat"}'],
  ['an empty id', '{"id":""}'],
  ['null', '{"id":null}'],
  ['a list', '{"id":[7]}'],
  ['an object', '{"id":{"id":7}}'],
  ['a fraction', '{"id":7.5}'],
  ['a number past what a double holds', '{"id":9007199254740993}'],
  ['true', '{"id":true}'],
  ['a text too long', JSON.stringify({ id: 'x'.repeat(256) })],
]
for (const [title, body] of subjects) {
  test(`userinfo with ${title} as subject is refused`, async () => {
    up.quirks.instead = new Map([[user, [200, body]]])
    await assert.rejects(stage().signIn(), problem('invalid_identity_token', /no subject/))
  })
}

const faults: readonly (readonly [
  title: string,
  path: string,
  status: number,
  body: string,
  Problem['code'],
])[] = [
  ['userinfo with two ids', user, 200, '{"id":1,"id":2}', 'idp_communication_error'],
  ['userinfo that is a list', user, 200, '[{"id":1}]', 'idp_communication_error'],
  ['userinfo that is a page', user, 200, '<html>', 'idp_communication_error'],
  ['userinfo that refuses', user, 401, '{"id":1}', 'idp_communication_error'],
  ['userinfo that fails', user, 500, '{"id":1}', 'idp_communication_error'],
  ['a list of addresses that is none', emails, 200, '{}', 'idp_communication_error'],
  ['a list of addresses that is refused', emails, 404, '[]', 'idp_communication_error'],
  ['no token', token, 200, '{}', 'idp_communication_error'],
  [
    'a token of another type',
    token,
    200,
    '{"access_token":"x","token_type":"mac"}',
    'idp_communication_error',
  ],
  ['a token with a line break', token, 200, '{"access_token":"x\\r\\nx: y"}', 'idp_communication_error'],
  ['a token that is a list', token, 200, '{"access_token":["x"]}', 'idp_communication_error'],
  [
    'a token beside an error',
    token,
    200,
    '{"access_token":"x","error":"bad_verification_code"}',
    'invalid_identity_token',
  ],
  ['a refused code', token, 400, '{"error":"invalid_grant"}', 'invalid_identity_token'],
  ['a page for a token', token, 200, '<html>', 'idp_communication_error'],
]
for (const [title, path, status, body, code] of faults) {
  test(`${title} ends the sign-in`, async () => {
    up.quirks.instead = new Map([[path, [status, body]]])
    await assert.rejects(stage().signIn(), problem(code))
  })
}

for (const path of [token, user, emails]) {
  test(`a provider that hangs at ${path} fails in time`, async () => {
    up.quirks.hangs = path
    await assert.rejects(
      stage({}, { fetch: guardedFetch({ allow, timeoutMs: 200 }) }).signIn(),
      problem('idp_communication_error'),
    )
  })
}

test('a wrong client secret, which GitHub reports with 200, is an error of the configuration', async () => {
  await assert.rejects(
    stage({ signIn: { client_secret: 'wrong' } }).signIn(),
    problem('idp_communication_error', /incorrect_client_credentials/),
  )
})

const badAnswers: readonly (readonly [string, (p: Map<string, string>) => unknown, Problem['code']])[] = [
  ['without a code', (p) => p.delete('code'), 'invalid_identity_token'],
  ['with an empty code', (p) => p.set('code', ''), 'invalid_identity_token'],
  ['with a code too long', (p) => p.set('code', 'x'.repeat(2049)), 'invalid_identity_token'],
  ['with another code', (p) => p.set('code', 'x'), 'invalid_identity_token'],
  ['with an error', (p) => p.set('error', 'access_denied'), 'denied'],
]
for (const [title, change, code] of badAnswers) {
  test(`an answer ${title} is refused`, async () => {
    const here = stage()
    const { returned } = await here.away()
    change(returned.parameters)
    await assert.rejects(here.kind.completeSignIn(here.provider, returned), problem(code))
  })
}

test('a user who denies the request at the provider is denied', async () => {
  const here = stage()
  const { returned } = await here.away({}, { refuse: '1' })
  await assert.rejects(here.kind.completeSignIn(here.provider, returned), problem('denied', /access_denied/))
})

test('a code is bound to its departure, and one code has one id to spend where the provider does not spend it', async () => {
  const here = stage()
  const one = await here.away()
  const other = await here.away()
  await assert.rejects(
    here.kind.completeSignIn(here.provider, { ...one.returned, memory: other.returned.memory }),
    problem('invalid_identity_token'),
  )
  up.quirks.reusable = true
  const first = await here.kind.completeSignIn(here.provider, other.returned)
  const second = await here.kind.completeSignIn(here.provider, other.returned)
  assert.equal(first.spend?.id, second.spend?.id)
  assert.ok((first.spend?.until ?? 0) > seconds())
})

test("a sign-in that began before the provider's endpoints changed is refused", async () => {
  const here = stage()
  const { returned } = await here.away()
  const endpoints = { ...here.provider.endpoints, token: 'https://evil.example/token' }
  await assert.rejects(
    here.kind.completeSignIn({ ...here.provider, endpoints }, returned),
    problem('invalid_identity_token', /changed/),
  )
})

const explicit = () => ({
  authorization_endpoint: `${up.origin}/login/oauth/authorize`,
  token_endpoint: `${up.origin}${token}`,
  userinfo_endpoint: `${up.origin}${user}`,
  issuer: up.origin,
  subject: 'account.uuid',
})

test('any other provider is one by its endpoints, with its subject at a path', async () => {
  up.quirks.instead = new Map([
    [user, [200, JSON.stringify({ account: { uuid: 'u-1' }, email: 'a@x.example', email_verified: false })]],
  ])
  const person = await stage({ top: explicit() }).signIn()
  assert.equal(person.subject, 'u-1')
  assert.equal(person.claims['email_verified'], false)
})

test('browsers are not sent to plain http, nor to a script', async () => {
  for (const authorization of ['http://idp.example/authorize', 'javascript:alert(1)', 'no url']) {
    const { kind, provider } = stage()
    const elsewhere = { ...provider, endpoints: { ...provider.endpoints, authorization } }
    await assert.rejects(kind.beginSignIn(elsewhere, options), problem('idp_communication_error'))
  }
})

test('the preset fills in github.com', () => {
  const provider = providerOf({ top: { preset: 'github' } })
  assert.equal(provider.id, 'arn:aws:iam::123456789012:oauth2-provider/hub')
  assert.equal(provider.issuer, 'https://github.com')
  assert.equal(provider.subject, 'id')
  assert.deepEqual(provider.endpoints, {
    authorization: 'https://github.com/login/oauth/authorize',
    token: 'https://github.com/login/oauth/access_token',
    userinfo: 'https://api.github.com/user',
    emails: 'https://api.github.com/user/emails',
  })
  assert.deepEqual(provider.signIn?.mapping.name.path, ['login'])
})

const badSettings: readonly (readonly [title: string, top: () => object, signIn: object, where: string])[] = [
  ['no endpoints', () => ({}), {}, 'authorization_endpoint'],
  ['no subject', () => ({ ...explicit(), subject: undefined }), {}, 'subject'],
  ['no issuer', () => ({ ...explicit(), issuer: undefined }), {}, 'issuer'],
  ['a preset and a subject', () => ({ preset: 'github', subject: 'login' }), {}, 'subject'],
  ['a base without a preset', () => ({ ...explicit(), base_url: 'https://x.example' }), {}, 'base_url'],
  ['an unknown preset', () => ({ preset: 'sourceforge' }), {}, 'preset'],
  ['a parameter that is ours', () => ({ preset: 'github' }), { parameters: { state: 'x' } }, 'parameters'],
  ['a scope with a space', () => ({ preset: 'github' }), { scopes: ['a b'] }, 'scopes'],
]
for (const [title, top, signIn, where] of badSettings) {
  test(`settings with ${title} are refused with their position`, () => {
    const given = {
      kind: 'oauth2',
      name: 'hub',
      ...top(),
      sign_in: { title: 'x', client_id: 'x', ...signIn },
    }
    const read = oauth2Settings.safeParse(given)
    assert.ok(!read.success && read.error.issues.some(({ path }) => path.includes(where)))
  })
}

const steps = async (all: AsyncIterable<CheckStep>) => {
  const found: CheckStep[] = []
  for await (const step of all) found.push(step)
  return found
}

test('the check goes through every step, and ends at the first that fails', async () => {
  const sound = stage()
  const found = await steps(sound.kind.check(sound.provider))
  assert.deepEqual(
    found.map(({ ok }) => ok),
    [true, true, true, true],
    JSON.stringify(found),
  )
  assert.match(found[1]?.said ?? '', /bad_verification_code/)
  const wrong = stage({ signIn: { client_secret: 'wrong' } })
  const last = (await steps(wrong.kind.check(wrong.provider))).at(-1)
  assert.deepEqual([last?.step, last?.ok], ['client authentication at the token endpoint', false])
  up.quirks.instead = new Map([[user, [200, '{"id":1}']]])
  assert.match((await steps(sound.kind.check(sound.provider))).at(-1)?.said ?? '', /without a token/)
})
