// attacks.md 19, of passwords that a directory checks: guesses at once, from many addresses and in many spellings, are few.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { csrfOf, formBrowser } from '../support/form-browser.ts'
import { type Running, startServer } from '../support/server.ts'
import { type LdapUpstream, noLdap, startLdap } from '../support/upstreams/ldap-upstream.ts'

const skip = noLdap
let directory: LdapUpstream
let server: Running
before(async () => {
  if (skip) return
  directory = await startLdap()
  server = await startServer({
    config: JSON.stringify({ identity_providers: [directory.settings] }),
    env: { CHANCERY_OUTBOUND_ALLOW: 'localhost', CHANCERY_TRUSTED_PROXIES: '127.0.0.1,::1' },
  })
})
after(async () => {
  await server?.stop()
  await directory?.stop()
})

const guesses = 60
/** Far below the guesses: what is let through before the pauses begin. */
const fewEnough = 10
const spellings = ['alice', 'ALICE', ' alice ', 'ａｌｉｃｅ', 'al\u00adice', 'a\u200blice', 'alicé']

test('19: sixty guesses at once at a directory’s password, in many spellings, are few tries', {
  skip,
}, async () => {
  const statuses = await Promise.all(
    Array.from({ length: guesses }, async (_, n) => {
      const browser = formBrowser(server.url)
      const start = await browser.get('/sign-in')
      const { pathname } = new URL(start.location ?? '')
      const page = await browser.open(`${pathname}?with=at-staff`)
      const csrf = csrfOf(page)
      const username = spellings[n % spellings.length] ?? ''
      const fields = { csrf, factor: 'at-staff', username, password: `wrong ${n}` }
      const from = { 'X-Forwarded-For': `198.51.100.${n}` }
      return (await browser.post(`${pathname}/password`, fields, from)).status
    }),
  )
  // 502: the directory did not answer in the time that a sign-in has, which it may not on a busy machine.
  const tried = statuses.filter((status) => status === 401 || status === 502).length
  assert.ok(tried >= 1 && tried <= fewEnough, `${statuses}`)
  assert.equal(tried + statuses.filter((status) => status === 429).length, guesses, `${statuses}`)
})
