// Sites behind each proxy in a real browser: from its page to sign-in and back, where the sign-in page's own policy (CSP
// `form-action`, which is held against redirects too) must not stop the way to another host.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { authProxies, freePort, startAuthProxy } from '../support/auth-proxy.ts'
import { launchBrowser } from '../support/browser.ts'
import { lacking } from '../support/outside-tool.ts'
import { authenticator } from '../support/person.ts'
import { startServer } from '../support/server.ts'

const { browser, skip } = await launchBrowser()
after(() => browser?.close())

test('a browser signs in to a site behind one proxy, is let in behind the others, and signs out from all', {
  skip: skip || lacking('nginx', '-v') || lacking('caddy', 'version'),
  timeout: 60_000,
}, async (t) => {
  const app = createServer((req, res) => {
    res.setHeader('content-type', 'text/html')
    res.end(`<h1>${req.url} for ${req.headers['x-forwarded-user']}</h1>`)
  })
  t.after(() => {
    app.closeAllConnections()
    app.close()
  })
  const appPort = await new Promise<number>((done) =>
    app.listen(0, '127.0.0.1', () => done((app.address() as AddressInfo).port)),
  )
  // Another site than `localhost` for cookies; browsers take it as loopback.
  const sites = await Promise.all(
    Object.entries(authProxies).map(async ([name, proxy]) => {
      const port = await freePort()
      return { proxy, port, host: `${name.toLowerCase()}.localhost:${port}` }
    }),
  )
  const server = await startServer({
    config: JSON.stringify({ forward_auth: { hosts: sites.map(({ host }) => host) } }),
    env: { CHANCERY_TRUSTED_PROXIES: '127.0.0.1' },
  })
  t.after(() => server.stop())
  const serverPort = Number(new URL(server.url).port)
  for (const { proxy, host, port } of sites)
    t.after(await startAuthProxy(proxy, { host, port, serverPort, appPort }))
  const context = await browser?.newContext()
  assert.ok(context)
  t.after(() => context.close())
  context.setDefaultTimeout(10_000)
  const tab = await context.newPage()
  const press = (name: string) => tab.getByRole('button', { name }).click()
  const [first, ...others] = sites
  assert.ok(first && others.length > 0)
  await tab.goto(`http://${first.host}/hello?x=1`)
  await tab.getByLabel('User name').fill(server.admin.name)
  await tab.getByLabel('Password', { exact: true }).fill(server.admin.password)
  await press('Continue')
  const code = authenticator((await tab.locator('#totp-secret').textContent()) ?? '')
  await tab.getByLabel('Six-digit code').fill(await code())
  await press('Turn on')
  await press('I have saved them')
  await tab.waitForURL(`http://${first.host}/hello?x=1`)
  assert.equal(await tab.locator('h1').textContent(), `/hello?x=1 for ${server.admin.name}`)
  // Another page of the site, and the other sites, need no further sign-in.
  for (const { host } of sites) {
    await tab.goto(`http://${host}/again`)
    await tab.waitForURL(`http://${host}/again`)
    assert.equal(await tab.locator('h1').textContent(), `/again for ${server.admin.name}`)
  }
  await tab.goto(`http://${first.host}/.chancery/sign-out`)
  assert.equal(new URL(tab.url()).origin, server.url)
  await press('Sign out')
  await tab.waitForURL(`${server.url}/signed-out`)
  for (const { host } of sites) {
    await tab.goto(`http://${host}/again`)
    assert.match(tab.url(), /\/sign-in\//)
  }
})
