// Pages about addresses and requests that are not right, outside of any page of ours: in the language of the reader.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { languages } from '../../views/languages/languages.ts'
import { headingOf, type Seen, textOf } from '../support/form-browser.ts'
import { englishWordsIn } from '../support/languages/translated.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

const limit = { timeout: 90_000 }
let server: Running
let me: Enrolled

before(async () => {
  server = await startServer()
  me = await enrol(server)
}, limit)
after(() => server?.stop())

const cases: readonly (readonly [status: number, what: string, ask: () => Promise<Seen>])[] = [
  [404, 'nothing at an address', () => me.browser.get('/nothing')],
  [404, 'no UTF-8 in an address of the console', () => me.browser.get('/console/people/%ff')],
  [404, 'NUL in an address of the console', () => me.browser.get('/console/people/a%00b')],
  [404, 'a deep address of the console', () => me.browser.get('/console/1/2/3/4/5/6/7/8/9')],
  [405, 'a form sent to a page of the console', () => me.browser.post('/console/people', {})],
  [405, 'a form sent to where there is nothing', () => me.browser.post('/console/nothing', {})],
  [405, 'a form sent to a page of the account', () => me.browser.post('/account', {})],
  [400, 'a broken escape', () => me.browser.get('/account/activity?cursor=%zz')],
  [400, 'no UTF-8', () => me.browser.get('/account/activity?cursor=%ff')],
  [400, 'a repeated parameter', () => me.browser.get('/account/activity?cursor=a&cursor=b')],
  [
    413,
    'a form that is too large',
    () => me.browser.post('/account/password', { password: 'x'.repeat(70_000) }),
  ],
  [403, 'a form without its token', () => me.browser.post('/account/password', { password: 'x' })],
]

for (const [status, what, ask] of cases)
  test(`${what} is a page with ${status} in every language`, limit, async () => {
    for (const language of languages) {
      await me.browser.get(`/language/${language}`)
      const page = await ask()
      assert.equal(page.status, status, `${headingOf(page)} ${page.location}`)
      assert.match(page.text, new RegExp(`<html lang="${language}"`))
      if (language === 'en') continue
      const [, main = ''] = /<main\b[^>]*>([\s\S]*)<\/main>/.exec(page.text) ?? []
      const prose = textOf({ text: main.replace(/<code>.*?<\/code>/g, '') })
      assert.deepEqual(englishWordsIn(prose, language), [], prose)
    }
  })

test('programs are told which methods there are', limit, async () => {
  const answer = await fetch(`${server.url}/console/people`, {
    method: 'POST',
    headers: { accept: 'application/json', origin: server.url },
  })
  assert.equal(answer.status, 405)
  assert.match(answer.headers.get('allow') ?? '', /GET/)
  assert.match(JSON.stringify(await answer.json()), /this path accepts GET/)
})
