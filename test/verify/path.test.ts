// attacks.md 32: the path that was decided is the path that is served, whatever is sent, in every framework.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { createVerifier, type Verifier } from '../../src/verify/index.ts'
import { readPath } from '../../src/verify/request-path.ts'
import { caseCount } from '../support/long-form.ts'
import { bundleOf, roleId, SmallChancery, serviceKey } from '../support/small-chancery.ts'
import { fileServers, filesFolder, readHandbook, sendRaw } from './file-servers.ts'

const issuer = new SmallChancery()
const root = filesFolder()
let verifier: Verifier
let headers: readonly string[]
before(async () => {
  await issuer.start()
  issuer.roles.set(roleId, bundleOf('handbook', readHandbook))
  verifier = createVerifier({ issuer: issuer.issuer, service: 'docs', credentials: serviceKey, feed: 30 })
  headers = [`Authorization: Bearer ${(await issuer.bearer()).token}`]
})
after(async () => {
  verifier.close()
  rmSync(root, { recursive: true })
  await issuer.stop()
})

/** Targets without the mount point, the status, and the file that is served with 200. */
const cases: readonly (readonly [target: string, status: number, served?: string])[] = [
  ['/handbook/guide.txt', 200, '/handbook/guide.txt'],
  ['/handbook/guide.txt?x=/../y', 200, '/handbook/guide.txt'],
  ['/handbook/%67uide%2Etxt', 400],
  ['/handbook/%67uide.txt', 200, '/handbook/guide.txt'],
  ['/handbook/a%20b.txt', 200, '/handbook/a b.txt'],
  ['/handbook/f%C3%BCr.txt', 200, '/handbook/für.txt'],
  ['/handbook/100%25.txt', 200, '/handbook/100%.txt'],
  // A literal percent sign: the file's name is `%2e%2e`.
  ['/handbook/%252e%252e', 200, '/handbook/%2e%2e'],
  ['/handbook/%252e%252e/private/payroll.txt', 404],
  ['/handbook/secret.txt', 403],
  ['/handbook/%73ecret.txt', 403],
  ['/handbook/%73ecret/plan.txt', 403],
  ['/private/payroll.txt', 403],
  ['/handbook/../private/payroll.txt', 400],
  ['/handbook/..;/private/payroll.txt', 400],
  ['/handbook/.;x=1/guide.txt', 400],
  ['/handbook/..;a;b', 400],
  ['/handbook/%2e%2e/private/payroll.txt', 400],
  ['/handbook/%2E./private/payroll.txt', 400],
  ['/handbook/..%2fprivate%2fpayroll.txt', 400],
  ['/handbook/..%5Cprivate%5Cpayroll.txt', 400],
  ['/handbook/..\\private\\payroll.txt', 400],
  ['/handbook/./guide.txt', 400],
  ['/handbook//guide.txt', 400],
  ['/handbook/.', 400],
  ['/handbook/..', 400],
  ['/handbook/guide%00.txt', 400],
  ['/handbook/guide%0a.txt', 400],
  ['/handbook/%c0%ae%c0%ae/private/payroll.txt', 400],
  ['/handbook/%ff', 400],
  ['/handbook/%', 400],
  ['/handbook/%zz', 400],
  ['/handbook/f\u00fcr.txt', 400],
  ['/handbook/guide.txt#/../secret', 400],
]

for (const [name, { prefix, create }] of Object.entries(fileServers)) {
  const started = async (t: { after(fn: () => unknown): void }): Promise<number> => {
    const server = await create(verifier, root)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.after(() => {
      server.closeAllConnections()
      server.close()
    })
    return (server.address() as AddressInfo).port
  }

  test(`32: ${name}: each path is refused, or served as it was decided`, { timeout: 60_000 }, async (t) => {
    const port = await started(t)
    for (const [target, status, served] of cases) {
      const answer = await sendRaw(port, prefix + target, headers)
      assert.equal(answer.status, status, `${target}: ${answer.body}`)
      if (served !== undefined) assert.deepEqual([answer.decided, answer.body], [served, served], target)
    }
  })

  test(`32: ${name}: no absolute-form, no second slash at the start, one host`, {
    timeout: 60_000,
  }, async (t) => {
    const port = await started(t)
    const path = `${prefix}/handbook/guide.txt`
    for (const target of [
      `http://127.0.0.1:${port}${path}`,
      `http://other.example${path}`,
      `HTTPS://other.example${path}`,
      `/${path}`,
      `//secret`,
    ]) {
      const { status } = await sendRaw(port, target, headers)
      // A router that finds no mount point in such a target answers 404 by itself.
      assert.ok(status === 400 || (prefix !== '' && status === 404), `${target}: ${status}`)
    }
    const twice = await sendRaw(port, path, [...headers, 'Host: other.example'])
    assert.equal(twice.status, 400)
  })

  test(`32: ${name}: whatever is sent, a file that is served is the one decided on`, {
    timeout: 120_000,
  }, async (t) => {
    const port = await started(t)
    await fc.assert(
      fc.asyncProperty(target, async (text) => {
        const { status, decided, body } = await sendRaw(port, prefix + text, headers)
        if (status !== 200) return assert.ok([301, 400, 403, 404].includes(status), `${text}: ${status}`)
        assert.equal(body, decided, text)
        assert.match(body, /^\/handbook\/(?!secret)/)
      }),
      { numRuns: caseCount({ short: 60, long: 300 }) },
    )
  })
}

const piece = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('/', '/', '/handbook/', 'guide.txt', 'secret.txt', 'secret', 'private'),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '..',
      '.',
      '%2e',
      '%2E',
      '%2f',
      '%5c',
      '\\',
      '%252e',
      '%252f',
      '%00',
      '%73ecret.txt',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('payroll.txt', 'a%20b.txt', '100%25.txt', 'f%c3%bcr.txt', '%67uide.txt'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('?', '#', '%', '%ff', ';x', 'http://', '*', '\u00fc', '|', '"', '{'),
  },
)
const target = fc
  .tuple(
    fc.constantFrom('/', '/handbook/', '/handbook/', '', 'http://other.example/'),
    fc.array(piece, { minLength: 1, maxLength: 5 }),
  )
  .map(([start, pieces]) => start + pieces.join(''))
  // An empty request target is no HTTP at all.
  .filter((text) => text !== '')

test('32: a decoded path has no segment that a file system or a router would resolve', () => {
  const anything = fc.oneof(
    target,
    fc.string().map((text) => `/${text}`),
    fc.webUrl(),
  )
  fc.assert(
    fc.property(anything, (path) => {
      let decoded: string
      try {
        decoded = readPath({ path, query: '' }, { objectKeys: false })
      } catch {
        return
      }
      assert.equal(decoded, decodeURIComponent(path))
      assert.equal(
        decodeURIComponent(new URL(path.replaceAll('?', '%3F'), 'http://service.example').pathname),
        decoded,
      )
      assert.doesNotMatch(decoded, /\/\/|\\|\/\.{1,2}(\/|$)|\p{Cc}/u)
    }),
    { numRuns: caseCount({ short: 500, long: 2000 }) },
  )
})
