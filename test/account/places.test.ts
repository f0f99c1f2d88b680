// The place of the address of sessions: on the person's own page in their language, and on their page of the console.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { writeMmdb } from '../support/data/mmdb-writer.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

const limit = { timeout: 90_000 }
const hostile = '"><script>alert(1)</script>'
const dir = mkdtempSync(join(tmpdir(), 'chancery-places-'))
const database = join(dir, 'city.mmdb')
let server: Running
let me: Enrolled

before(async () => {
  const city = { names: { en: hostile, ja: 'ベルリン' } }
  const country = { iso_code: 'DE', names: { en: 'Germany', de: 'Deutschland' } }
  writeFileSync(database, writeMmdb({ networks: { '127.0.0.0/8': { city, country } } }))
  server = await startServer({ config: JSON.stringify({ places: { database } }) })
  me = await enrol(server)
}, limit)
after(async () => {
  await server?.stop()
  rmSync(dir, { recursive: true, force: true })
})

async function pageIn(language: string, path: string): Promise<string> {
  const cookie = [...me.browser.cookies].map(([key, { value }]) => `${key.split(' ')[0]}=${value}`).join('; ')
  const answer = await fetch(`${server.url}${path}`, {
    headers: { Cookie: cookie, 'Accept-Language': language },
  })
  assert.equal(answer.status, 200)
  return answer.text()
}

const shown = '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;'

test('the account page has the place beside the address, in the language of the page', limit, async () => {
  for (const [language, place] of [
    ['en', `${shown}, Germany`],
    ['de', `${shown}, Deutschland`],
    ['fr', `${shown}, Allemagne`],
    ['es', `${shown}, Alemania`],
    ['ja', 'ドイツ ベルリン'],
  ] as const)
    assert.ok((await pageIn(language, '/account')).includes(` · 127.0.0.1 (${place})`), language)
})

test('the console has it with the sessions of a person', limit, async () => {
  for (const [language, place] of [
    ['en', `${shown}, Germany`],
    ['de', `${shown}, Deutschland`],
    ['ja', 'ドイツ ベルリン'],
  ] as const) {
    const page = await pageIn(language, '/console/people/admin/sign-in')
    assert.ok(page.includes(`127.0.0.1<span class="note reason">${place}</span>`), language)
  }
})
