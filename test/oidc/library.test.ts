// The parts of oidc-provider that src/oidc/library/ uses although oidc-provider does not document them. When an upgrade
// changes one, the test that names it fails: read what changed before the number here is changed.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import Provider from 'oidc-provider'
import { replacedMembers, replaceMember } from '../../src/oidc/library/members.ts'
import { addStoredProperties, newInteraction, sessionFromPayload } from '../../src/oidc/library/models.ts'

const fresh = (): Provider => new Provider('http://localhost:3000')

const at = (start: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((owner, part) => Reflect.get(Object(owner), part), start)

/** Every member that library/ replaces, with its number of parameters. */
const members = {
  'Claims.prototype.result': 0,
  'Client.find': 1,
  'Client.prototype.backchannelLogout': 2,
  'Client.prototype.compareClientSecret': 1,
  'Client.prototype.grantTypeAllowed': 1,
  'RefreshToken.prototype.generateTokenId': 0,
  'ReplayDetection.unique': 3,
  'Session.prototype.persist': 0,
  'Session.prototype.save': 1,
}

/** Every module that library/ imports from inside of oidc-provider: what is used of it, with its number of parameters. */
const deepImports: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'oidc-provider/lib/helpers/grants.js': {
    buildTokenResponse: 1,
    checkDpopReplay: 4,
    checkDpopRequired: 3,
    validateDpop: 3,
  },
  'oidc-provider/lib/helpers/weak_cache.js': { default: 1 },
}

test('the table of replaced members is the one tested here', () => {
  assert.deepEqual(replacedMembers, members)
})

for (const [name, parameters] of Object.entries(members))
  test(`oidc-provider has ${name} with ${parameters} parameters`, () => {
    const member = at(fresh(), name)
    assert.ok(typeof member === 'function', `${name} is gone`)
    assert.equal(member.length, parameters, name)
  })

for (const [specifier, exported] of Object.entries(deepImports))
  for (const [name, parameters] of Object.entries(exported))
    test(`${specifier} exports ${name} with ${parameters} parameters`, async () => {
      const found = at(await import(specifier), name)
      assert.ok(typeof found === 'function', `${name} is gone`)
      assert.equal(found.length, parameters, name)
    })

test('library/ imports no other module from inside of oidc-provider', () => {
  const folder = resolve(import.meta.dirname, '../../src/oidc/library')
  const imported = readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(/'(oidc-provider\/[^']+)'/g)])
  assert.deepEqual([...new Set(imported.map(([, specifier]) => specifier))].sort(), Object.keys(deepImports))
})

test('OIDCContext leaves `body` to be defined on its prototype', () => {
  const provider = fresh()
  const req = new IncomingMessage(new Socket())
  const ctx = provider.createContext(req, new ServerResponse(req))
  const context = new provider.OIDCContext(Object.assign(ctx, { params: {} }) as never)
  assert.equal('body' in provider.OIDCContext.prototype, false)
  assert.equal(Object.hasOwn(context, 'body'), false)
})

for (const name of ['Session', 'Grant'] as const)
  test(`${name}.IN_PAYLOAD lists the stored properties, and more can be added`, () => {
    const provider = fresh()
    const before = at(provider, `${name}.IN_PAYLOAD`)
    assert.ok(Array.isArray(before) && before.includes('accountId'))
    addStoredProperties(provider, name, ['more'])
    assert.deepEqual(at(provider, `${name}.IN_PAYLOAD`), [...before, 'more'])
  })

test('Session is created from a payload, and has its old id as `oldId` until it is saved', () => {
  const session = sessionFromPayload(fresh(), { jti: 'first', uid: 'u', accountId: 'alice' })
  assert.deepEqual([session.jti, session.uid, session.accountId], ['first', 'u', 'alice'])
  session.resetIdentifier()
  assert.equal(at(session, 'oldId'), 'first')
  assert.notEqual(session.jti, 'first')
})

test('Interaction is created from a uid and a payload', () => {
  const interaction = newInteraction(fresh(), 'u', {
    returnTo: '/account',
    prompt: { name: 'login', reasons: [], details: {} },
    params: {},
  })
  assert.deepEqual([interaction.uid, interaction.jti, interaction.returnTo], ['u', 'u', '/account'])
})

test('the state of a provider has the scopes that are of no resource', async () => {
  const { default: stateOf } = await import('oidc-provider/lib/helpers/weak_cache.js')
  const { scopes } = stateOf(fresh()).configuration
  assert.deepEqual([...scopes], ['openid', 'offline_access'])
})

test('the state of a provider has its key set: `keystore` and the published `jwks`', async () => {
  const { default: stateOf } = await import('oidc-provider/lib/helpers/weak_cache.js')
  const { keystore, jwks } = stateOf(fresh())
  assert.ok(typeof keystore.clear === 'function' && typeof keystore.add === 'function')
  assert.equal(keystore.add.length, 1)
  assert.ok(Array.isArray(jwks.keys))
})

test('a replacement is called in place of the member, on that provider alone', () => {
  const [ours, other] = [fresh(), fresh()]
  replaceMember(ours, 'RefreshToken.prototype.generateTokenId', () => () => 'chosen')
  const idOf = (provider: Provider): unknown =>
    Reflect.apply(at(provider, 'RefreshToken.prototype.generateTokenId') as () => string, {}, [])
  assert.equal(idOf(ours), 'chosen')
  assert.notEqual(idOf(other), 'chosen')
})

test('a member that is missing or has other parameters stops the start, and is named', () => {
  const gone = fresh()
  Object.defineProperty(gone.Session.prototype, 'persist', { value: undefined })
  assert.throws(
    () => replaceMember(gone, 'Session.prototype.persist', (persist) => persist),
    /Session\.prototype\.persist is missing/,
  )
  const wider = fresh()
  Object.defineProperty(wider.ReplayDetection, 'unique', { value: (_one: unknown) => true })
  assert.throws(
    () => replaceMember(wider, 'ReplayDetection.unique', (unique) => unique),
    /ReplayDetection\.unique has 1 parameters instead of 3/,
  )
})
