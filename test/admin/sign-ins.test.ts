// Browser sessions, second factors, groups and revocations in the admin API, over HTTP.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { atSecondFactor, type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'
import { callAdmin } from './call.ts'

const timeout = 60_000
let server: Running
let me: Enrolled
before(
  async () => {
    server = await startServer()
    me = await enrol(server)
  },
  { timeout },
)
after(() => server.stop())

const get = (path: string) => callAdmin(server.url, { path })
const post = (path: string, body: object) => callAdmin(server.url, { method: 'POST', path, body })
const remove = (path: string) => callAdmin(server.url, { method: 'DELETE', path })
const signedIn = async (): Promise<boolean> => (await me.browser.get('/account')).status === 200

/** By a recovery code: a code of an authenticator is good once in its 30 seconds. */
async function signInAgain(): Promise<void> {
  const { browser, page } = await atSecondFactor(server)
  const recovery = await browser.open(`${new URL(page.url).pathname}?with=recovery`)
  const [code = '', ...recoveryCodes] = me.recoveryCodes
  await browser.submit(recovery, { code })
  me = { ...me, browser, recoveryCodes }
  assert.ok(await signedIn())
}

test('one browser session: shown with browser and address, ended after a dry run', { timeout }, async () => {
  const { body } = await get('/people/admin/sessions')
  assert.equal(body.items.length, 1)
  const [session] = body.items
  assert.equal(session.address, '127.0.0.1')
  assert.ok(session.browser.length > 0)
  assert.ok(session.methods.includes('pwd'))
  assert.ok(Date.parse(session.lastUsed) >= Date.parse(session.since))
  const path = `/people/admin/sessions/${session.id}`
  const dry = await remove(`${path}?dryRun=true`)
  assert.deepEqual([dry.body.dryRun, dry.body.ends.browserSessions], [true, 1])
  assert.ok(await signedIn())
  assert.equal((await remove(path)).status, 200)
  assert.ok(!(await signedIn()))
  assert.equal((await remove(path)).status, 404)
})

test('a person is signed out everywhere', { timeout }, async () => {
  await signInAgain()
  const dry = await post('/people/admin/sign-out', { dryRun: true })
  assert.deepEqual([dry.body.dryRun, dry.body.ends.browserSessions], [true, 1])
  assert.ok(await signedIn())
  const done = await post('/people/admin/sign-out', {})
  assert.deepEqual(done.body.ends, dry.body.ends)
  assert.ok(!(await signedIn()))
  assert.deepEqual((await get('/people/admin/sessions')).body.items, [])
})

test('a disabled person is signed out and cannot sign in until enabled', { timeout }, async () => {
  await signInAgain()
  assert.equal((await post('/people/admin/disable', {})).body.ends.browserSessions, 1)
  assert.ok(!(await signedIn()))
  const { page } = await atSecondFactor(server)
  assert.equal(page.status, 401)
  await post('/people/admin/enable', {})
  const again = await atSecondFactor(server)
  assert.equal(again.page.status, 200)
})

test('factors are shown and reset: sign-ins by them end, and a new one is set up', { timeout }, async () => {
  await signInAgain()
  const { body } = await get('/people/admin/factors')
  assert.deepEqual([body.factors.length, body.recoveryCodes], [1, me.recoveryCodes.length])
  assert.deepEqual([body.factors[0].kind, body.factors[0].name], ['totp', 'My phone'])
  const dry = await post('/people/admin/reset-factors', { dryRun: true })
  assert.deepEqual([dry.body.dryRun, dry.body.ends.browserSessions], [true, 1])
  assert.equal((await post('/people/admin/reset-factors', {})).status, 200)
  assert.ok(!(await signedIn()))
  assert.deepEqual((await get('/people/admin/factors')).body, { factors: [], recoveryCodes: 0 })
  const { page } = await atSecondFactor(server)
  assert.match(page.text, /secret=[A-Z2-7]+/)
  assert.equal((await post('/people/admin/reset-factors', { serialNumber: 'arn:x' })).status, 404)
})

test('groups: made, filled, renamed, listed and deleted with their memberships', { timeout }, async () => {
  for (const name of ['writers', 'readers', 'Wardens'])
    assert.equal((await post('/groups', { name })).status, 201)
  assert.equal((await post('/groups', { name: 'WRITERS' })).status, 409)
  const names = (body: { items: { name: string }[] }) => body.items.map(({ name }) => name)
  assert.deepEqual(names((await get('/groups?search=w')).body), ['Wardens', 'writers'])
  const put = (path: string) => callAdmin(server.url, { method: 'PUT', path })
  assert.equal((await put('/groups/writers/members/admin')).status, 204)
  assert.equal((await put('/groups/writers/members/nobody')).status, 404)
  assert.deepEqual(names((await get('/groups/writers/members')).body), ['admin'])
  assert.deepEqual(names((await get('/people?group=writers')).body), ['admin'])
  const renamed = await callAdmin(server.url, {
    method: 'PATCH',
    path: '/groups/writers',
    body: { name: 'authors' },
  })
  assert.equal(renamed.body.name, 'authors')
  assert.ok((await get('/people/admin')).body.groups.includes('authors'))
  const dry = await remove('/groups/authors?dryRun=true')
  assert.deepEqual([dry.body.dryRun, dry.body.members], [true, 1])
  assert.equal((await remove('/groups/readers/members/admin')).status, 204)
  assert.equal((await remove('/groups/authors')).status, 200)
  assert.equal((await get('/groups/authors')).status, 404)
  assert.ok(!(await get('/people/admin')).body.groups.includes('authors'))
})

test('a revocation of what is not in the account says so, for another account as for nobody', {
  timeout,
}, async () => {
  const { id } = (await get('/people/admin')).body
  const made = await post('/accounts', { name: 'Elsewhere' })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const warningOf = async (scope: string, value: string, dryRun = true) => {
    const { status, body } = await post('/revocations', { scope, value, dryRun })
    assert.equal(status, 200, JSON.stringify(body))
    return body.ends.warning as string | undefined
  }
  const arn = (name: string) => `arn:aws:iam::${server.accountId}:mfa/${name}`
  for (const [scope, value] of [
    ['role', 'AROAAAAAAAAAAAAAAAAA'],
    ['user', 'AIDAAAAAAAAAAAAAAAAA'],
    ['sign-in', 'AIDAAAAAAAAAAAAAAAAA'],
    ['password', 'AIDAAAAAAAAAAAAAAAAA'],
    ['consent', 'AIDAAAAAAAAAAAAAAAAA/app'],
    ['access-key', 'AKIAAAAAAAAAAAAAAAAA'],
    ['provider', `arn:aws:iam::${server.accountId}:oidc-provider/none.example`],
    ['factor', arn('none')],
    ['factor', arn(`${id}/passkey-none`)],
  ] as const)
    assert.match((await warningOf(scope, value)) ?? '', /^nothing in this account is the/, scope)
  assert.match((await warningOf('role', 'AROAAAAAAAAAAAAAAAAA', false)) ?? '', /AROAAAAAAAAAAAAAAAAA/)
  for (const [scope, value] of [
    ['user', id],
    ['consent', `${id}/app`],
    ['factor', arn(`${id}/recovery-codes`)],
    ['source-identity', 'anybody'],
    ['session', 'x'.repeat(20)],
  ] as const)
    assert.equal(await warningOf(scope, value), undefined, scope)
})

test('sessions are revoked by what they depend on, listed and lifted', { timeout }, async () => {
  const value = 'deploy-2026'
  const request = { scope: 'source-identity', value }
  const dry = await post('/revocations', { ...request, dryRun: true })
  assert.equal(dry.status, 200)
  assert.match(dry.body.ends.sessions, /source-identity deploy-2026/)
  const listed = async () =>
    (await get('/revocations')).body.items.filter((one: { value: string }) => one.value === value)
  assert.deepEqual(await listed(), [])
  const done = await post('/revocations', request)
  assert.equal((await listed())[0].before, done.body.before)
  const lifted = await remove(`/revocations?scope=source-identity&value=${value}`)
  assert.equal(lifted.body.lifted, done.body.before)
  assert.deepEqual(await listed(), [])
  assert.equal((await remove(`/revocations?scope=source-identity&value=${value}`)).status, 404)
  const wrong = await post('/revocations', { scope: 'role', value: 'deploy' })
  assert.deepEqual([wrong.status, wrong.body.errors[0].field], [400, 'value'])
})
