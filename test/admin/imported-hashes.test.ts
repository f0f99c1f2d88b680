// People whose password hash another program made: created by the admin API, signed in over HTTP, renewed once.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { foreignHashes } from '../secure/foreign-hashes.ts'
import { atPassword } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'
import { storeBeside } from '../support/store.ts'
import { entriesOf } from '../support/trail.ts'
import { callAdmin } from './call.ts'

const timeout = 120_000
let server: Running
before(
  async () => {
    server = await startServer()
  },
  { timeout },
)
after(() => server.stop())

const create = (body: object) => callAdmin(server.url, { method: 'POST', path: '/people', body })

/** Of the cost that the server has: the sources, or the bundle of them. */
const ourHash = /^\$argon2id\$v=19\$m=(32768,t=2|1024,t=1),p=1\$/

async function storedHash(name: string): Promise<string> {
  const { body } = await callAdmin(server.url, { path: `/people/${name}` })
  return (await (await storeBeside(server)).get('user', body.id))?.login?.hash ?? ''
}

async function signIn(username: string, password: string): Promise<number> {
  const { browser, page } = await atPassword(server)
  return (await browser.submit(page, { username, password })).status
}

const checksOf = async (name: string) =>
  (await entriesOf(server))
    .filter(({ action, who }) => action === 'signin:CheckPassword' && who.endsWith(`user/${name}`))
    .map(({ outcome, details }) => [outcome, details?.['renewedFrom']])

/** One of each form. */
const kinds = [
  ['argon2', 'argon2-cffi default', 'argon2id'],
  ['bcrypt-y', 'passlib bcrypt 2y', 'bcrypt'],
  ['scrypt', 'passlib scrypt', 'scrypt'],
  ['django', 'django PBKDF2', 'pbkdf2'],
  ['passlib', 'passlib pbkdf2_sha256', 'pbkdf2'],
] as const

for (const [name, by, kind] of kinds)
  test(`a person with a hash of ${by} signs in; the hash is renewed at once, and once`, {
    timeout,
  }, async () => {
    const { hash, password } = foreignHashes.find((one) => one.by === by) ?? assert.fail()
    const made = await create({ name, passwordHash: hash })
    assert.deepEqual([made.status, made.body.password], [201, 'set'], JSON.stringify(made.body))
    assert.equal(await storedHash(name), hash)
    assert.equal(await signIn(name, `${password}.`), 401)
    assert.equal(await storedHash(name), hash)
    assert.equal(await signIn(name, password), 200)
    const renewed = await storedHash(name)
    assert.match(renewed, ourHash)
    assert.equal(await signIn(name, password), 200)
    assert.equal(await storedHash(name), renewed)
    assert.deepEqual((await checksOf(name)).reverse(), [
      ['refused', undefined],
      ['done', kind],
      ['done', undefined],
    ])
  })

test('of sign-ins at the same time one renews the hash', { timeout }, async () => {
  const { hash, password } = foreignHashes.find(({ by }) => by === 'bcrypt') ?? assert.fail()
  await create({ name: 'twice', passwordHash: hash })
  const statuses = await Promise.all(Array.from({ length: 4 }, () => signIn('twice', password)))
  assert.ok(
    statuses.every((status) => status === 200 || status === 429),
    String(statuses),
  )
  const checks = await checksOf('twice')
  assert.equal(checks.filter(([, kind]) => kind === 'bcrypt').length, 1)
  assert.match(await storedHash('twice'), ourHash)
})

test('a disabled person, an unknown one and a wrong password get one answer', { timeout }, async () => {
  const { hash, password } = foreignHashes.find(({ by }) => by === 'bcrypt') ?? assert.fail()
  await create({ name: 'gone', passwordHash: hash, state: 'disabled' })
  const seen = async (username: string, typed: string) => {
    const { browser, page } = await atPassword(server)
    const { status, text } = await browser.submit(page, { username, password: typed })
    return [status, text.replaceAll(username, '').replaceAll(/value="[^"]*"/g, '')]
  }
  const [disabled, unknown, wrong] = [
    await seen('gone', password),
    await seen('nobody-here', password),
    await seen('argon2', 'wrong'),
  ]
  assert.equal(disabled[0], 401)
  assert.deepEqual([unknown[0], wrong[0]], [401, 401])
  assert.equal(await storedHash('gone'), hash)
})

const refused: readonly (readonly [object, string, RegExp])[] = [
  [{ passwordHash: 'secret in the clear' }, 'passwordHash', /accepted form/],
  [{ passwordHash: '' }, 'passwordHash', /must not be empty/],
  [{ passwordHash: `$2b$31$${'a'.repeat(53)}` }, 'passwordHash', /cost of 31; at most 13/],
  [{ passwordHash: 'x'.repeat(600) }, 'passwordHash', /at most 512/],
  [{ passwordHash: 7 }, 'passwordHash', /must be a string/],
  [{ passwordHash: ['$2b$'] }, 'passwordHash', /must be a string/],
  [
    { passwordHash: `$2b$10$${'a'.repeat(53)}`, password: 'a long enough password 1!A' },
    'passwordHash',
    /must be left out when there is a password/,
  ],
]

for (const [body, field, message] of refused)
  test(`refused with its field: ${JSON.stringify(body).slice(0, 60)}`, { timeout }, async () => {
    const answer = await create({ name: 'refused', ...body })
    assert.equal(answer.status, 400, JSON.stringify(answer.body))
    const fault = answer.body.errors.find((one: { field: string }) => one.field === field)
    assert.match(fault?.message ?? '', message)
    assert.equal((await callAdmin(server.url, { path: '/people/refused' })).status, 404)
  })

test('an invitation takes no hash, and no hash is in the audit trail or in an answer', {
  timeout,
}, async () => {
  const { hash } = foreignHashes.find(({ by }) => by === 'bcrypt') ?? assert.fail()
  const invited = await callAdmin(server.url, {
    method: 'POST',
    path: '/invitations',
    body: { name: 'invited', passwordHash: hash },
  })
  assert.equal(invited.status, 400)
  const made = await create({ name: 'unseen', passwordHash: hash })
  assert.ok(!JSON.stringify(made.body).includes(hash))
  const trail = JSON.stringify(
    (await entriesOf(server)).filter(({ action }) => action.endsWith(':CreatePerson')),
  )
  assert.ok(trail.includes('unseen') && trail.includes('"passwordHash":"[secret]"'))
  for (const one of foreignHashes) assert.ok(!trail.includes(one.hash))
})
