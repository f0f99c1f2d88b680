// attacks.md 19: brute force of password or second factor by parallel requests, by changing address, by other spellings
// of the name. One counter per factor, atomic, on the canonical user; no otherBrowser locks a victim out for good.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { csrfOf, formBrowser, headingOf } from '../support/form-browser.ts'
import { atPassword, atSecondFactor, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

let server: Running
const servers: Running[] = []
const fresh = async (env: Readonly<Record<string, string>> = {}): Promise<Running> => {
  const started = await startServer({ env })
  servers.push(started)
  return started
}

before(async () => {
  server = await fresh({ CHANCERY_TRUSTED_PROXIES: '127.0.0.1,::1' })
})
after(() => Promise.all(servers.map((one) => one.stop())))

const guesses = 60
/** Far below the guesses: what is let through before the pauses begin. */
const fewEnough = 10

async function statuses(
  send: (i: number) => Promise<{ readonly status: number }>,
): Promise<Map<number, number>> {
  const answers = await Promise.all(Array.from({ length: guesses }, (_, i) => send(i)))
  const counted = new Map<number, number>()
  for (const { status } of answers) counted.set(status, (counted.get(status) ?? 0) + 1)
  return counted
}

test('19: sixty wrong passwords at once, each from another address and in another spelling, are few tries', async () => {
  const spellings = ['admin', 'ADMIN', 'Admin', ' admin ', 'ａｄｍｉｎ']
  const counted = await statuses(async (i) => {
    const { browser, page } = await atPassword(server)
    const token = csrfOf(page)
    const fields = { csrf: token, username: spellings[i % spellings.length] ?? '', password: `wrong ${i}` }
    const action = new URL('password', `${page.url}/`).href
    return browser.post(action, fields, { 'X-Forwarded-For': `198.51.100.${i}` })
  })
  assert.ok((counted.get(401) ?? 0) <= fewEnough, JSON.stringify([...counted]))
  assert.equal((counted.get(401) ?? 0) + (counted.get(429) ?? 0), guesses)
})

test('19: during a pause the correct password is refused too, and the response has Retry-After', async () => {
  const own = await fresh()
  const { browser, page } = await atPassword(own)
  const tryIt = (password: string) => browser.send(page, { username: 'admin', password })
  // Until the pause is long enough to be still on at the next line, however slow the machine.
  let paused = 0
  for (let i = 0; i < 40 && paused < 3; i++) {
    const answer = await tryIt(`wrong ${i}`)
    paused = answer.status === 429 ? Number(answer.headers.get('retry-after')) : 0
    if (paused > 0 && paused < 3) await new Promise((done) => setTimeout(done, paused * 1000))
  }
  const answer = await tryIt(own.admin.password)
  assert.equal(answer.status, 429)
  assert.match(headingOf(answer), /Too many attempts/)
  // Never for good: five minutes is the longest.
  assert.ok(
    Number(answer.headers.get('retry-after')) >= 1 && Number(answer.headers.get('retry-after')) <= 300,
  )
})

test('19: names that do not exist are slowed in the same way', async () => {
  const counted = await statuses(async (i) => {
    const { browser, page } = await atPassword(server)
    return browser.send(page, { username: 'nobody-here', password: `wrong ${i}` })
  })
  assert.ok((counted.get(401) ?? 0) <= fewEnough, JSON.stringify([...counted]))
  assert.equal((counted.get(401) ?? 0) + (counted.get(429) ?? 0), guesses)
})

test('19: sixty wrong codes at once, from everywhere, are few tries; the owner is not slowed', async () => {
  const own = await fresh({ CHANCERY_TRUSTED_PROXIES: '127.0.0.1,::1' })
  await enrol(own)
  const visits = await Promise.all(Array.from({ length: 4 }, () => atSecondFactor(own)))
  const counted = await statuses(async (i) => {
    const visit = visits[i % visits.length]
    assert.ok(visit)
    const action = new URL('code', `${visit.page.url}/`).href
    const csrf = csrfOf(visit.page)
    const fields = { csrf, code: String(i).padStart(6, '0') }
    return visit.browser.post(action, fields, { 'X-Forwarded-For': `198.51.100.${i}` })
  })
  assert.ok((counted.get(401) ?? 0) <= fewEnough, JSON.stringify([...counted]))
  assert.equal(counted.get(303), undefined, 'nobody was let in')
  assert.equal(headingOf((await atSecondFactor(own)).page), 'Enter your code')
})

test('19: sixty recovery codes at once are few tries', async () => {
  const own = await fresh()
  await enrol(own)
  const { browser, page } = await atSecondFactor(own)
  const recovery = await browser.open(`${new URL(page.url).pathname}?with=recovery`)
  const counted = await statuses((i) => browser.send(recovery, { code: `AAAA-BBBB-CCCC-${i}` }))
  assert.ok((counted.get(401) ?? 0) <= fewEnough, JSON.stringify([...counted]))
  assert.equal(counted.get(303), undefined, 'nobody was let in')
})

test('19: guesses from other addresses do not delay the owner, who signed in from this address before', async () => {
  const own = await fresh({ CHANCERY_TRUSTED_PROXIES: '127.0.0.1,::1' })
  const { code } = await enrol(own)
  const otherBrowser = formBrowser(own.url)
  const page = await otherBrowser.open('/sign-in')
  const token = csrfOf(page)
  const action = new URL('password', `${page.url}/`).href
  for (let i = 0; i < 12; i++) {
    const fields = { csrf: token, username: 'admin', password: `wrong ${i}` }
    await otherBrowser.post(action, fields, { 'X-Forwarded-For': '203.0.113.77' })
  }
  const owner = await atSecondFactor(own)
  assert.equal(headingOf(owner.page), 'Enter your code')
  assert.equal(headingOf(await owner.browser.submit(owner.page, { code: await code() })), 'admin')
})
