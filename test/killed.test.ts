// Design §8: acknowledged means durable. The whole server is killed under load and started again on the same directory.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { call, element, makeWorker } from './support/aws-call.ts'
import { type Running, rootKey, startServer } from './support/server.ts'
import { until } from './support/waiting.ts'

const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
const wikiSecret = 'a-secret-of-the-wiki-that-is-long-enough'
const config = `
clients:
  - client_id: wiki
    client_secret: ${wikiSecret}
    redirect_uris: []
    response_types: []
    grant_types: [client_credentials]
`

/** Creates users until the server is gone; what was answered with 200 is acknowledged. */
async function createUntilGone(server: Running, lane: number, acknowledged: string[]): Promise<void> {
  for (let i = 0; ; i++) {
    const name = `u-${lane}-${i}`
    const said = await call(server.url, root, 'iam', 'CreateUser', { UserName: name }).catch(() => undefined)
    if (said?.status !== 200) return
    acknowledged.push(name)
  }
}

async function everyUser(server: Running): Promise<Set<string>> {
  const names = new Set<string>()
  let marker: string | undefined
  do {
    const { text } = await call(server.url, root, 'iam', 'ListUsers', {
      MaxItems: '1000',
      ...(marker !== undefined && { Marker: marker }),
    })
    for (const [, name] of text.matchAll(/<UserName>([^<]+)/g)) if (name) names.add(name)
    marker = element(text, 'Marker')
  } while (marker !== undefined)
  return names
}

const asWiki = (server: Running, path: string, body: Record<string, string>) =>
  fetch(`${server.url}${path}`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: 'wiki', client_secret: wikiSecret, ...body }),
  }).then(async (answer) => (await answer.json()) as Record<string, unknown>)

test('a server that is killed under load has everything it acknowledged, and what it issued still verifies', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-killed-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const first = await startServer({ dir, config })
  const worker = await makeWorker(first.url, root, 'worker')
  const session = await worker.assume('before')
  const { access_token } = await asWiki(first, '/token', { grant_type: 'client_credentials' })

  const acknowledged: string[] = []
  const load = Promise.all([1, 2, 3, 4].map((lane) => createUntilGone(first, lane, acknowledged)))
  await until('a hundred are acknowledged', () => acknowledged.length >= 100, { probes: 20_000, every: 5 })
  await first.kill()
  await load

  const { port } = new URL(first.url)
  const again = await startServer({ dir, config, env: { CHANCERY_PORT: port } })
  t.after(() => again.stop())
  const names = await everyUser(again)
  assert.deepEqual(
    acknowledged.filter((name) => !names.has(name)),
    [],
  )
  const who = await call(again.url, session.credentials, 'sts', 'GetCallerIdentity')
  assert.equal(element(who.text, 'Arn'), session.arn, who.text)
  const seen = await asWiki(again, '/introspect', { token: String(access_token) })
  assert.equal(seen['active'], true)
  assert.equal((await worker.assume('after')).arn.endsWith('/after'), true)
})
