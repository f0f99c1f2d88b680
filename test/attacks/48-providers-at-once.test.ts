// Attack 48: many requests at once for what only one provider may have, through two processes on one store: of a name and of a domain
// there is one at most, and no quota is exceeded. A domain that several have leads to whichever is found first, and none of them
// could be changed any more.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Answer, callAdmin } from '../admin/call.ts'
import { type Running, startServer } from '../support/server.ts'

const timeout = 180_000
const dir = mkdtempSync(join(tmpdir(), 'chancery-at-once-'))
let servers: readonly Running[] = []
before(
  async () => {
    servers = [await startServer({ dir }), await startServer({ dir, env: { CHANCERY_PORT: '0' } })]
  },
  { timeout },
)
after(async () => {
  for (const server of servers.toReversed()) await server.stop()
  rmSync(dir, { recursive: true, force: true })
})

/** The request of each number, by turns at both processes. */
const atOnce = (count: number, request: (at: number) => { method: string; path: string; body?: object }) =>
  Promise.all(
    Array.from({ length: count }, (_, at): Promise<Answer> => {
      const { url } = servers[at % servers.length] ?? assert.fail()
      const { method, path, body } = request(at)
      return callAdmin(url, { method, path: `/identity-providers${path}`, ...(body && { body }) })
    }),
  )

const entry = (name: string, signIn: object = {}, url = `https://${name}.example`) => ({
  kind: 'openid',
  name,
  url,
  sign_in: { title: name, client_id: 'c', ...signIn },
})

/** Names of the enabled providers that have the domain. */
async function holders(domain: string): Promise<readonly string[]> {
  const found: string[] = []
  const { body } = await callAdmin(servers[0]?.url ?? '', { path: '/identity-providers?limit=100' })
  for (const { name, state } of body.items) {
    const [{ body: one }] = (await atOnce(1, () => ({ method: 'GET', path: `/${name}` }))) as [Answer]
    if (state === 'enabled' && one.settings.sign_in?.domains?.includes(domain)) found.push(name)
  }
  return found
}
const done = (answers: readonly Answer[]): number => answers.filter(({ status }) => status < 300).length
const conflicts = (answers: readonly Answer[]): boolean =>
  answers.every(({ status }) => status < 300 || status === 409)

test('48: one name', { timeout }, async () => {
  const answers = await atOnce(8, (at) => ({
    method: 'POST',
    path: '',
    body: entry('same', {}, `https://n${at}.example`),
  }))
  assert.ok(conflicts(answers))
  assert.equal(done(answers), 1)
})

test('48: one domain, of new providers', { timeout }, async () => {
  const domain = 'new.example'
  const answers = await atOnce(10, (at) => ({
    method: 'POST',
    path: '',
    body: entry(`new${at}`, { domains: [domain] }),
  }))
  assert.ok(conflicts(answers), JSON.stringify(answers.map(({ body }) => body)))
  assert.ok(done(answers) <= 1)
  assert.equal((await holders(domain)).length, done(answers))
})

test('48: one domain, of providers that are changed, and that are enabled', { timeout }, async () => {
  for (let at = 0; at < 6; at++) {
    const [made] = await atOnce(1, () => ({ method: 'POST', path: '', body: entry(`old${at}`) }))
    assert.equal(made?.status, 201)
  }
  const domain = 'changed.example'
  const changed = await atOnce(6, (at) => ({
    method: 'PATCH',
    path: `/old${at}`,
    body: { sign_in: { domains: [domain] } },
  }))
  assert.ok(conflicts(changed))
  assert.ok(done(changed) <= 1)
  assert.equal((await holders(domain)).length, done(changed))
  // Those that lost can be changed again, and have their former settings.
  const after = await atOnce(6, (at) => ({
    method: 'PATCH',
    path: `/old${at}`,
    body: { sign_in: { title: 'T' } },
  }))
  assert.equal(done(after), 6)

  const later = 'enabled.example'
  for (let at = 0; at < 6; at++) {
    const body = { ...entry(`off${at}`, { domains: [later] }), disabled: true }
    const [made] = await atOnce(1, () => ({ method: 'POST', path: '', body }))
    assert.equal(made?.status, 201)
  }
  const enabled = await atOnce(6, (at) => ({ method: 'POST', path: `/off${at}/enable` }))
  assert.ok(conflicts(enabled))
  assert.ok(done(enabled) <= 1)
  assert.equal((await holders(later)).length, done(enabled))
})

test('48: changes of one provider at once: each is made whole, or refused', { timeout }, async () => {
  const [made] = await atOnce(1, () => ({ method: 'POST', path: '', body: entry('one') }))
  assert.equal(made?.status, 201)
  const titles = (at: number) => ({ sign_in: { title: `t${at}`, domains: [`t${at}.example`] } })
  const answers = await atOnce(8, (at) => ({ method: 'PATCH', path: '/one', body: titles(at) }))
  assert.ok(conflicts(answers))
  assert.ok(done(answers) >= 1)
  const [found] = await atOnce(1, () => ({ method: 'GET', path: '/one' }))
  const { title, domains } = (found ?? assert.fail()).body.settings.sign_in
  assert.deepEqual(domains, [`${title}.example`])
})

const kinds = {
  oauth2: { kind: 'oauth2', preset: 'github', sign_in: { title: 'G', client_id: 'c' } },
  ldap: { kind: 'ldap', urls: ['ldaps://d.example'], base_dn: 'dc=a', sign_in: { title: 'D' } },
}

for (const [kind, body] of Object.entries(kinds))
  test(`48: no more ${kind} providers than an account may have`, { timeout }, async () => {
    const make = (name: string) => ({ method: 'POST', path: '', body: { ...body, name } })
    const removed = async (name: string) => {
      const [answer] = await atOnce(1, () => ({ method: 'DELETE', path: `/${name}` }))
      assert.equal(answer?.status, 200)
    }
    const [first] = servers
    const full = await Promise.all(
      Array.from({ length: 110 }, (_, at) =>
        callAdmin(first?.url ?? '', { ...make(`${kind}${at}`), path: '/identity-providers' }),
      ),
    )
    assert.equal(done(full), 100)
    // Of requests to both processes, for the one that there is room for, none may win.
    const names = full.flatMap(({ status, body }) => (status < 300 ? [String(body.name)] : []))
    for (const [round, name] of names.slice(0, 5).entries()) {
      await removed(name)
      const made = await atOnce(2, (at) => make(`${kind}-${round}-${at}`))
      assert.ok(done(made) <= 1, `${done(made)} in round ${round}`)
      if (done(made) === 0) assert.equal(done(await atOnce(1, () => make(`${kind}-${round}-again`))), 1)
    }
  })
