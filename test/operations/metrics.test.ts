// `/metrics`, the access log and the version, on a server with two workers; the metrics are read by Prometheus' own parser.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { lacking } from '../support/outside-tool.ts'
import { type Running, startServer } from '../support/server.ts'
import { found } from '../support/waiting.ts'

const root = resolve(import.meta.dirname, '../..')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const token = 'a-token-of-the-test'

let server: Running
let metricsUrl = ''
before(
  async () => {
    server = await startServer({
      env: {
        CHANCERY_METRICS_PORT: '0',
        CHANCERY_METRICS_TOKEN: token,
        CHANCERY_LOG_LEVEL: 'info',
        CHANCERY_WORKERS: '2',
      },
    })
    metricsUrl = /metrics are at (\S+)/.exec(server.output())?.[1] ?? ''
  },
  { timeout: 60_000 },
)
after(() => server.stop())

const authorization = { authorization: `Bearer ${token}` }
const metrics = async (): Promise<string> => (await fetch(metricsUrl, { headers: authorization })).text()
/** The value of one sample; 0 when it is not there. */
const sample = (text: string, name: string): number =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.slice(name.length + 1) ?? 0,
  )

const requests = [
  { method: 'GET', path: '/healthz', sample: 'surface="web",route="/healthz",method="GET",status="200"' },
  {
    method: 'GET',
    path: '/not-here?code=very-secret',
    sample: 'surface="web",route="unmatched",method="GET",status="404"',
  },
  {
    method: 'POST',
    path: '/?Action=Nothing',
    sample: 'surface="aws",route="unmatched",method="POST",status="400"',
  },
  {
    method: 'POST',
    path: '/?Action=GetCallerIdentity&Version=2011-06-15',
    sample: 'surface="aws",route="sts:GetCallerIdentity",method="POST",status="403"',
  },
  {
    method: 'GET',
    path: '/authorize?client_id=nobody&code=very-secret',
    sample: 'surface="oidc",route="/authorize",method="GET",status="400"',
  },
] as const

test('requests to every worker are counted by route template, with the reason of a refusal', {
  timeout: 60_000,
}, async () => {
  const before = await metrics()
  for (let times = 0; times < 4; times++)
    for (const { method, path } of requests)
      await (await fetch(server.url + path, { method, headers: { connection: 'close' } })).text()
  const found = await metrics()
  for (const { sample: labels } of requests) {
    const name = `chancery_http_requests_total{${labels}}`
    assert.equal(sample(found, name) - sample(before, name), 4, name)
  }
  for (const [surface, reason] of [
    ['web', 'not_found'],
    ['aws', 'InvalidAction'],
    ['oidc', 'invalid_client'],
  ])
    assert.ok(sample(found, `chancery_refusals_total{surface="${surface}",reason="${reason}"}`) >= 4, reason)
  assert.match(found, new RegExp(`chancery_build_info\\{version="${version}",node="`))
  assert.ok(sample(found, 'chancery_signing_key_active_timestamp_seconds{use="token",alg="ES256"}') > 1.7e9)
  assert.ok(!found.includes('very-secret'))
})

test("Prometheus' parser accepts the metrics without a complaint", {
  timeout: 60_000,
  skip: lacking('promtool', '--version'),
}, async () => {
  const complaints = execFileSync('promtool', ['check', 'metrics'], {
    input: await metrics(),
    encoding: 'utf8',
  })
  assert.equal(complaints, '')
})

test('every metric of the dashboard exists', { timeout: 60_000 }, async () => {
  const dashboard = readFileSync(join(root, 'docs/deploy/grafana-dashboard.json'), 'utf8')
  const used = new Set(
    [...dashboard.matchAll(/\b(?:chancery|nodejs|process)_[a-z0-9_]+(?=[{\\,])/g)].map(([name]) => name),
  )
  assert.ok(used.size > 15)
  const exposed = await metrics()
  for (const name of used)
    assert.match(exposed, new RegExp(`^# TYPE ${name.replace(/_(bucket|sum|count)$/, '')} `, 'm'), name)
})

test('the metrics are refused without the token, and are not at the public origin', {
  timeout: 60_000,
}, async () => {
  assert.equal((await fetch(metricsUrl)).status, 401)
  assert.equal((await fetch(metricsUrl, { headers: { authorization: 'Bearer other' } })).status, 401)
  assert.equal((await fetch(metricsUrl, { method: 'POST', headers: authorization })).status, 405)
  assert.equal((await fetch(new URL('/other', metricsUrl), { headers: authorization })).status, 404)
  assert.equal((await fetch(`${server.url}/metrics`, { headers: authorization })).status, 404)
})

test('the access log has a line for each request, with its reference and without what it carries', {
  timeout: 60_000,
}, async () => {
  const response = await fetch(`${server.url}/also-not-here?code=very-secret`, {
    headers: { authorization: 'Bearer very-secret', cookie: 'a=very-secret' },
  })
  await response.text()
  const id = response.headers.get('x-request-id')
  const line = await found('the line of the log', () =>
    server
      .output()
      .split('\n')
      .find((one) => one.includes(`"requestId":"${id}"`) && one.includes('"ms":')),
  )
  const { level, time, ms, ...rest } = JSON.parse(line)
  assert.equal(level, 30)
  assert.ok(time > 0 && ms >= 0)
  assert.deepEqual(rest, {
    version,
    requestId: id,
    surface: 'web',
    method: 'GET',
    route: 'unmatched',
    status: 404,
    address: '127.0.0.1',
    reason: 'not_found',
    message: 'there is nothing at this address',
    msg: 'request refused',
  })
  assert.ok(!server.output().includes('very-secret'))
})

test('health and `--version` show the version of the package', { timeout: 60_000 }, async () => {
  assert.deepEqual(await (await fetch(`${server.url}/healthz`)).json(), { status: 'ok', version })
  const printed = execFileSync(process.execPath, [join(root, 'src/bin.js'), '--version'], {
    encoding: 'utf8',
  })
  assert.equal(printed.trim(), version)
})
