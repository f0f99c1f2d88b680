// The Helm chart, the manifests rendered from it, the compose file and the systemd unit of docs/deploy/.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { StatefulSet } from 'kubernetes-models/apps/v1'
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1'
import { ConfigMap, Service } from 'kubernetes-models/v1'
import { parse, parseAllDocuments } from 'yaml'
import { secretVariables } from '../../src/config/environment-files.ts'
import { variables } from '../../src/config.ts'
import { lacking } from '../support/outside-tool.ts'

const deploy = resolve(import.meta.dirname, '../../docs/deploy')
process.env['PATH'] = `${process.env['PATH']}:${process.env['HOME']}/go/bin`

const models = new Map(
  [StatefulSet, Ingress, ConfigMap, Service].map((Model) => [Model.kind, (given: never) => new Model(given)]),
)
const known = new Set([
  ...variables.map(({ name }) => name),
  ...secretVariables.map((name) => `${name}_FILE`),
])

/** Each manifest agrees with the schema of its kind, and its containers get only settings that exist. */
function check(text: string): readonly string[] {
  const kinds: string[] = []
  for (const document of parseAllDocuments(text)) {
    const manifest = document.toJS()
    const model = models.get(manifest.kind)
    assert.ok(model, `kind ${manifest.kind}`)
    model(manifest as never).validate()
    kinds.push(manifest.kind)
    for (const { env = [] } of manifest.spec?.template?.spec?.containers ?? [])
      for (const { name } of env) assert.ok(known.has(name) || !name.startsWith('CHANCERY_'), name)
  }
  return kinds
}

test('the manifests agree with the schemas of Kubernetes', () => {
  assert.deepEqual(check(readFileSync(join(deploy, 'kubernetes/chancery.yaml'), 'utf8')), [
    'Service',
    'StatefulSet',
  ])
  assert.throws(() => check('{apiVersion: apps/v1, kind: StatefulSet, spec: {replicas: two}}'))
})

const rendered = (...sets: readonly string[]): string =>
  execFileSync(
    'helm',
    ['template', 'chancery', join(deploy, 'helm/chancery'), ...sets.flatMap((set) => ['--set', set])],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  )
const issuer = 'issuer=https://id.example.com'

test('the chart renders to the manifests, and to more with more values', {
  skip: lacking('helm', 'version'),
  timeout: 60_000,
}, () => {
  assert.equal(rendered(issuer), readFileSync(join(deploy, 'kubernetes/chancery.yaml'), 'utf8'))
  const large = rendered(
    issuer,
    'replicas=2',
    'store.secret=store',
    'keys.secret=keys',
    'ingress.enabled=true',
    'ingress.tlsSecret=tls',
    'metrics.enabled=true',
    'trustedProxies=10.0.0.0/8',
    'config.require_pkce=true',
  )
  assert.deepEqual(check(large).toSorted(), ['ConfigMap', 'Ingress', 'Service', 'StatefulSet'])
  assert.throws(() => rendered(), /issuer is the public URL/)
  assert.throws(() => rendered(issuer, 'replicas=2'), /replicas over 1 need/)
})

test('the chart has the version of the package', () => {
  const { version } = JSON.parse(readFileSync(resolve(deploy, '../../package.json'), 'utf8'))
  const chart = parse(readFileSync(join(deploy, 'helm/chancery/Chart.yaml'), 'utf8'))
  assert.deepEqual([chart.version, chart.appVersion], [version, version])
})

test('the compose file runs two hardened servers on a replica set, with settings that exist', () => {
  const { services } = parse(readFileSync(join(deploy, 'compose.yaml'), 'utf8'), { merge: true })
  for (const name of ['chancery1', 'chancery2']) {
    const server = services[name]
    for (const variable of Object.keys(server.environment)) assert.ok(known.has(variable), variable)
    assert.equal(server.read_only, true)
    assert.deepEqual(server.cap_drop, ['ALL'])
    assert.ok(server.volumes.includes('keys:/keys'))
  }
  assert.ok(services.mongodb.command.includes('--replSet'))
})

for (const name of ['chancery.service', 'chancery-agent.service'])
  test(`systemd accepts ${name} and finds it well confined`, {
    skip: lacking('systemd-analyze', '--version'),
    timeout: 60_000,
  }, () => {
    const unit = join(deploy, name)
    execFileSync('systemd-analyze', ['verify', unit], { stdio: 'pipe' })
    const security = execFileSync(
      'systemd-analyze',
      ['security', '--offline=true', '--threshold=25', '--no-pager', unit],
      { encoding: 'utf8' },
    )
    assert.match(security, /Overall exposure level/)
  })
