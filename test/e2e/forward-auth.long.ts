// Sites behind each proxy in a real browser: from its page to sign-in and back, where the sign-in page's own policy (CSP
// `form-action`, which is held against redirects too) must not stop the way to another host.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { authProxies, startAuthProxy } from '../support/auth-proxy.ts'
import { enterCode, launchBrowser } from '../support/browser.ts'
import { freePort } from '../support/free-port.ts'
import { lacking } from '../support/outside-tool.ts'
import { authenticator } from '../support/person.ts'
import { type Running, rootKey, startServer } from '../support/server.ts'
import { until } from '../support/waiting.ts'

async function denySecret(server: Running): Promise<void> {
  const credentials = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
  const iam = new IAMClient({ endpoint: server.url, region: 'us-east-1', credentials })
  const Statement = { Effect: 'Deny', Action: 'web:*', Resource: 'arn:aws:web:::*/secret' }
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
  const UserName = server.admin.name
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'secret', PolicyDocument }))
}

const { browser, skip } = await launchBrowser()
after(() => browser?.close())

test('a browser signs in to a site behind one proxy, is let in behind the others, and signs out from all', {
  skip: skip || lacking('nginx', '-v') || lacking('caddy', 'version') || lacking('envoy', '--version'),
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
  context.setDefaultTimeout(120_000)
  const tab = await context.newPage()
  const complaints: string[] = []
  tab.on('console', (message) => {
    // A refused page itself is an error on the console.
    if (message.type() === 'error' && !message.text().includes('403')) complaints.push(message.text())
  })
  const press = (name: string) => tab.getByRole('button', { name }).click()
  const [first, ...others] = sites
  assert.ok(first && others.length > 0)
  await tab.goto(`http://${first.host}/hello?x=1`)
  await tab.getByLabel('User name').fill(server.admin.name)
  await tab.getByLabel('Password', { exact: true }).fill(server.admin.password)
  await press('Continue')
  const code = authenticator((await tab.locator('#totp-secret').textContent()) ?? '')
  await enterCode(tab, await code())
  await press('I have saved them')
  await tab.waitForURL(`http://${first.host}/hello?x=1`)
  assert.equal(await tab.locator('h1').textContent(), `/hello?x=1 for ${server.admin.name}`)
  // Another page of the site, and the other sites, need no further sign-in.
  for (const { host } of sites) {
    await tab.goto(`http://${host}/again`)
    await tab.waitForURL(`http://${host}/again`)
    assert.equal(await tab.locator('h1').textContent(), `/again for ${server.admin.name}`)
  }
  await denySecret(server)
  for (const { host } of sites) {
    const answer = await tab.goto(`http://${host}/secret`)
    assert.equal(answer?.status(), 403, host)
    assert.equal(await tab.locator('h1').textContent(), `You do not have access to ${host}/secret`)
    // The stylesheet and the font are those of the host; the content policy refuses neither.
    const looks = await tab.evaluate(`document.fonts.ready.then(() => ({
      fonts: [...document.fonts].map(({ status }) => status),
      sheets: [...document.styleSheets].map(({ cssRules }) => cssRules.length > 100),
    }))`)
    assert.deepEqual(looks, { fonts: ['loaded'], sheets: [true] }, host)
    await tab.getByRole('link', { name: 'Use another account' }).click()
    await tab.waitForURL((url) => url.origin === server.url)
    await tab.getByLabel('User name').waitFor()
    // Whoever was signed in stays so until somebody else is.
    await tab.goto(`http://${host}/again`)
    await tab.waitForURL(`http://${host}/again`)
  }
  assert.deepEqual(complaints, [])
  await tab.goto(`http://${first.host}/.chancery/sign-out`)
  assert.equal(new URL(tab.url()).origin, server.url)
  await press('Sign out')
  await tab.waitForURL(`${server.url}/signed-out`)
  // A session is taken as live for half a second without being read again (decision/forward-auth/visitor.ts).
  for (const { host } of sites) {
    await until(`${host} asks for a sign-in`, async () => {
      await tab.goto(`http://${host}/again`)
      return /\/sign-in\//.test(tab.url())
    })
  }
})
