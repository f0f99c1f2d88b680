// A reload of the configuration: on `chancery reload` and SIGHUP, by one process and by workers.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { chanceryBin } from '../support/chancery-bin.ts'
import { lastVariantOf } from '../support/long-form.ts'
import { run } from '../support/outside-tool.ts'
import { type Running, startServer } from '../support/server.ts'
import { until } from '../support/waiting.ts'

const clientsYaml = (...ids: readonly string[]) =>
  `clients:\n${ids
    .map(
      (id) =>
        `  - client_id: ${id}\n    client_secret: secret-of-${id}\n    redirect_uris: [https://${id}.example/cb]\n`,
    )
    .join('')}`

async function started(t: TestContext, workers: number): Promise<Running> {
  const server = await startServer({
    config: clientsYaml('wiki'),
    env: { CHANCERY_WORKERS: String(workers) },
  })
  t.after(() => server.stop())
  return server
}

/** The answer to a reload may arrive before what the server printed. */
const isLogged = (server: Running, text: RegExp): Promise<void> =>
  until(`the log has ${text}`, () => text.test(server.output()))

/** 303 to sign-in for a known client, else 400. */
async function statusOf(server: Running, client: string): Promise<number> {
  const query = new URLSearchParams({
    client_id: client,
    response_type: 'code',
    scope: 'openid',
    redirect_uri: `https://${client}.example/cb`,
  })
  const response = await fetch(`${server.url}/authorize?${query}`, {
    redirect: 'manual',
    headers: { connection: 'close' },
  })
  await response.text()
  return response.status
}

const reload = (server: Running) =>
  run(process.execPath, [chanceryBin, 'reload'], { CHANCERY_DATA: join(server.dir, 'data') })

const configure = (server: Running, text: string) => writeFileSync(join(server.dir, 'config.yaml'), text)

for (const workers of lastVariantOf([1, 2]))
  test(`a reload of ${workers} process(es) adds and ends clients while requests are answered`, {
    timeout: 90_000,
  }, async (t) => {
    const server = await started(t, workers)
    assert.equal(await statusOf(server, 'wiki'), 303)
    assert.equal(await statusOf(server, 'blog'), 400)
    configure(server, clientsYaml('blog'))
    let failures = 0
    let busy = true
    const requests = (async () => {
      while (busy) {
        const response = await fetch(`${server.url}/healthz`).catch(() => undefined)
        if (response?.status !== 200) failures += 1
        await response?.text()
        await wait(5)
      }
    })()
    const { code, out } = await reload(server)
    busy = false
    await requests
    assert.equal(code, 0, out)
    assert.match(out, /^the configuration was reloaded/)
    assert.equal(failures, 0)
    for (let times = 0; times < 2 * workers; times++) {
      assert.equal(await statusOf(server, 'blog'), 303)
      assert.equal(await statusOf(server, 'wiki'), 400)
    }
    await isLogged(server, /"level":30,.*"msg":"the configuration was reloaded/)
  })

test('a reload with a faulty file changes nothing and names every fault, in the log too', {
  timeout: 90_000,
}, async (t) => {
  const server = await started(t, 1)
  configure(server, `${clientsYaml('wiki')}    grant_typos: []\nregistrations: {}\nrequire_pkce: 3\n`)
  const { code, err } = await reload(server)
  assert.equal(code, 1)
  for (const part of [
    /the former one stays in use/,
    /`clients\[0\]\.grant_typos`/,
    /`registrations`/,
    /require_pkce/,
  ]) {
    assert.match(err, part)
    await isLogged(server, part)
  }
  assert.equal(await statusOf(server, 'wiki'), 303)
  // SIGHUP does the same; the repaired file counts.
  configure(server, clientsYaml('wiki', 'blog'))
  process.kill(server.process.pid ?? 0, 'SIGHUP')
  await until('the new client is served', async () => (await statusOf(server, 'blog')) === 303)
})

test('where no server runs, `chancery reload` says so', { timeout: 60_000 }, async () => {
  const { code, err } = await run(process.execPath, [chanceryBin, 'reload'], {
    CHANCERY_DATA: '/nonexistent',
  })
  assert.equal(code, 1)
  assert.match(err, /no server runs on `\/nonexistent`/)
})
