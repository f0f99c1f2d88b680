import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { clientsSchema } from '../../../src/oidc/clients/settings.ts'
import { isActive } from '../../attacks/oidc-stage.ts'
import { Browser, basic, codeFor, post } from '../browser.ts'
import { alice, clients, open, type Running } from '../open.ts'

let at: Running
before(async () => {
  const redirect_uris = ['https://phone.example/cb', 'http://127.0.0.1/cb']
  at = await open({
    clients: [
      ...clients,
      ...clientsSchema.parse([
        { client_id: 'public', redirect_uris },
        { client_id: 'native', application_type: 'native', redirect_uris },
      ]),
    ],
  })
})
after(() => at.close())

const third = { client_id: 'third', redirect_uri: 'https://third.example/cb' }
/** Questions a fresh browser was asked on its way to a code: one is the sign-in. */
async function questions(params: Readonly<Record<string, string>>): Promise<number> {
  const browser = new Browser(at.issuer)
  await codeFor(browser, params)
  return browser.visited.filter((path) => path.startsWith('/sign-in/')).length
}

test('consent is not asked again after a sign-out, in another browser, or in concurrent requests', async () => {
  const browser = new Browser(at.issuer)
  await codeFor(browser, { ...third, scope: 'openid email' })
  await browser.go('/leave')
  assert.equal(await questions({ ...third, scope: 'openid email' }), 1)
  assert.equal(await questions({ ...third, scope: 'openid' }), 1, 'less than was agreed')
  assert.equal(await questions({ ...third, scope: 'openid groups' }), 2, 'more than was agreed')
  assert.equal(await questions({ ...third, scope: 'openid email groups' }), 1, 'both were agreed')
})

test('prompt=consent asks again', async () => {
  assert.equal(await questions({ ...third, prompt: 'consent' }), 2)
})

test('a sign-out ends the tokens of that session, and of no other', async () => {
  const tokens = async (browser: Browser) => {
    const { code, verifier } = await codeFor(browser, third)
    const { body } = await post(
      `${at.issuer}/token`,
      { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: third.redirect_uri },
      basic('third', 'third-secret-third'),
    )
    return String(body['access_token'])
  }
  const [one, other] = [new Browser(at.issuer), new Browser(at.issuer)]
  const [first, second] = [await tokens(one), await tokens(other)]
  await one.go('/leave')
  assert.equal(await isActive(at, first), false)
  assert.equal(await isActive(at, second), true)
})

test('withdrawing consent ends every token of every session, and the application must ask again', async () => {
  const browser = new Browser(at.issuer)
  await codeFor(browser, third)
  const listed = (await at.oidc.sessions.grants(alice.id)).filter(({ clientId }) => clientId === 'third')
  assert.equal(listed.length, 1, 'one application, however many sessions')
  assert.ok(await at.oidc.sessions.withdraw(alice.id, 'third'))
  assert.equal(await at.oidc.sessions.withdraw(alice.id, 'third'), false)
  await assert.rejects(codeFor(browser, { ...third, prompt: 'none' }), /consent_required/)
  assert.equal(await questions(third), 2)
})

const asked: readonly (readonly [string, Readonly<Record<string, string>>, number])[] = [
  ['a public client on https', { client_id: 'public', redirect_uri: 'https://phone.example/cb' }, 1],
  ['a public client on loopback', { client_id: 'public', redirect_uri: 'http://127.0.0.1/cb' }, 2],
  ['a native client', { client_id: 'native', redirect_uri: 'https://phone.example/cb' }, 2],
]
for (const [who, params, again] of asked) {
  test(`${who} asks ${again === 1 ? 'once' : 'in every session'}`, async () => {
    await codeFor(new Browser(at.issuer), params)
    assert.equal(await questions(params), again)
  })
}

test('events are emitted for consents, withdrawals and sign-outs', () => {
  const told = new Set(at.events.map(({ what }) => what))
  for (const what of ['consented', 'withdrawn', 'signed_out', 'authorized', 'token_issued'] as const)
    assert.ok(told.has(what), what)
})
