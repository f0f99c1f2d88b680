// Attack 2: the link of a language leads back to the page on which it was chosen. A page such as `https://id.example//evil.example/`
// is "Page not found" with these links; its path names another host.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { formBrowser } from '../support/form-browser.ts'
import { type Running, startServer } from '../support/server.ts'

const timeout = 60_000
let server: Running
before(
  async () => {
    server = await startServer()
  },
  { timeout },
)
after(() => server?.stop())

const locationFrom = async (referer: string): Promise<string> => {
  const response = await fetch(`${server.url}/language/de`, {
    redirect: 'manual',
    headers: { referer },
  })
  assert.equal(response.status, 303)
  return response.headers.get('location') ?? ''
}

test('2: choosing a language on a page that is not there does not lead away', { timeout }, async () => {
  const page = await formBrowser(server.url).get(`${server.url}//evil.example/`)
  assert.match(page.text, /href="\/language\/de"/)
  for (const path of [
    '//evil.example/',
    '///evil.example',
    '/\\evil.example',
    '//evil.example/..//other.example',
  ])
    assert.equal(await locationFrom(server.url + path), '/account', path)
  assert.equal(await locationFrom('https://evil.example/account/roles'), '/account')
  assert.equal(await locationFrom(`${server.url}/account/roles?q=a%20b`), '/account/roles?q=a%20b')
})
