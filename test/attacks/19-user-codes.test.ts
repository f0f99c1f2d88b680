// attacks.md 19, "over another channel": the code of somebody's device is guessed, at once, from one address, by someone
// who shows a code of their own in between.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { freeGuesses } from '../../src/oidc/session/user-codes.ts'
import { Browser, post } from '../oidc/browser.ts'
import { open, type Running } from '../oidc/open.ts'

let at: Running
let ahead = 0
before(async () => {
  at = await open({ clock: () => Date.now() + ahead })
})
after(() => at.close())

const xsrfIn = (html: string) => /<i>(\w+)<\/i>/.exec(html)?.[1] ?? ''
const deviceCode = async () =>
  (await post(`${at.issuer}/device/auth`, { scope: 'openid', client_id: 'cli' })).body

test('19: sixty wrong device codes at once are few tries; a code of one’s own resets nothing; it ends by itself', async () => {
  // A wrong code makes a new form, so each guess comes from a browser of its own.
  const typist = async () => {
    const browser = new Browser(at.issuer)
    const xsrf = xsrfIn((await browser.go('/device')).body)
    return (user_code: string) => browser.submit('/device', { xsrf, user_code })
  }
  const type = await typist()
  const own = String((await deviceCode())['user_code'])
  for (let i = 0; i < freeGuesses * 2; i++)
    assert.equal((await type(own)).status, 200, 'right codes cost nothing')
  const letters = 'BCDFGHJKLMNPQRSTVWXZ'
  const typists = await Promise.all(Array.from({ length: 60 }, typist))
  const answers = await Promise.all(
    typists.map((guess, i) => guess(`BBBB-BB${letters[Math.floor(i / 20)]}${letters[i % 20]}`)),
  )
  const looked = answers.filter(({ body }) => body.includes('unknown_code')).length
  assert.equal(looked, freeGuesses)
  const refused = answers.filter(({ status }) => status === 429)
  assert.equal(refused.length, 60 - freeGuesses)
  assert.ok(Number(refused[0]?.headers.get('retry-after')) > 0)
  assert.equal((await type(own)).status, 429, 'nor is a right one looked up')
  ahead += 601_000
  const again = await typist()
  assert.equal((await again(String((await deviceCode())['user_code']))).status, 200)
})
