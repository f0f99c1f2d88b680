// The console's kinds of app and docs/apps.md agree: the same sections, the same clients, and the same lines with the values replaced.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type AppKind,
  type AppValues,
  baseOf,
  clientOf,
  fitsKind,
  isPlain,
  valuesOf,
} from '../../src/console/apps/kinds/kind.ts'
import { guessKind, kindGroups, kindNamed } from '../../src/console/apps/kinds/kinds.ts'
import { type ClientEntry, rows, sectionOf, sections, textOf } from '../clients/apps/page.ts'

const kinds: readonly AppKind[] = kindGroups.flatMap(([, all]) => all)

/** The secret for sessions that a section has as an example. */
const sessions = /another-secret-that-\w+-the-session|0123456789abcdef0123456789abcdef/
const valuesInDocs = ({ title, callback }: AppKind, entry: ClientEntry) => ({
  issuer: 'https://id.example.com',
  clientId: entry.client_id,
  secret: entry.client_secret ?? 'a client without a secret has none in its lines',
  callback,
  session: sessions.exec(textOf(title))?.[0] ?? 'no lines of this section have a secret for sessions',
})

test('every section of docs/apps.md is a kind of the console, and every kind a section', () => {
  assert.deepEqual(kinds.map(({ title }) => title).sort(), sections.map(({ title }) => title).sort())
  assert.equal(new Set(kinds.map(({ id }) => id)).size, kinds.length)
})

for (const kind of kinds) {
  const [entry, second] = sectionOf(kind.title).clients
  assert.ok(entry)

  test(`${kind.title}: the lines of the page are those of the docs, with the values replaced`, () => {
    const { blocks, text } = sectionOf(kind.title)
    const values = valuesOf(kind, valuesInDocs(kind, entry))
    assert.deepEqual(
      kind.files(values),
      blocks.map(({ language, text: lines }) => ({ language, text: lines })),
    )
    const fields = [...text.matchAll(/^\| ([A-Z][^|]*?) \| `?([^|`]+?)`? \|$/gm)].map(([, name, value]) => [
      name,
      value,
    ])
    assert.deepEqual(kind.fields?.(values) ?? [], fields)
    assert.ok(blocks.length + fields.length > 0)
  })

  test(`${kind.title}: the client that the console makes is the entry of the docs`, () => {
    const made = {
      client_id: kind.clientId,
      ...(!kind.signsNobodyIn && { redirect_uris: kind.fixed ?? [kind.callback] }),
      ...clientOf(kind, kind.callback),
    }
    const { client_secret, ...rest } = entry
    assert.deepEqual(made, {
      ...rest,
      ...(client_secret === undefined && { token_endpoint_auth_method: 'none' }),
    })
    const companion = kind.companion && {
      client_id: `${kind.clientId}${kind.companion.suffix}`,
      redirect_uris: kind.companion.redirect_uris,
    }
    assert.deepEqual(companion, second)
    assert.equal(
      rows.find(({ clientId }) => clientId === kind.clientId)?.secret === 'none',
      kind.isPublic === true,
    )
  })

  test(`${kind.title}: every value that is given is in the lines, and none of the examples remains`, () => {
    const values: AppValues = valuesOf(kind, {
      issuer: 'https://sso.corp.test',
      clientId: 'my-client',
      secret: 'my-client-secret',
      callback: kind.callback.replace('example.com', 'corp.test').replace('com.example', 'test.corp'),
      session: 'my-session-secret-0123456789abcd',
    })
    const lines = JSON.stringify([kind.files(values), kind.fields?.(values)])
    assert.ok(lines.includes('my-client'))
    if (kind.id !== 'mcp') {
      assert.ok(lines.includes('https://sso.corp.test'))
      assert.doesNotMatch(lines, /example/)
    }
    const secretIsElsewhere = kind.isPublic || kind.id === 'argo-cd'
    assert.equal(lines.includes('my-client-secret'), !secretIsElsewhere)
  })
}

const grafana = kindNamed('grafana')
const nextcloud = kindNamed('nextcloud')
assert.ok(grafana && nextcloud)

test('the address of an app is its callback without what the product adds, also below a path', () => {
  for (const [kind, callback, base, fits] of [
    [grafana, 'https://g.corp.test/login/generic_oauth', 'https://g.corp.test', true],
    [grafana, 'https://corp.test/grafana/login/generic_oauth', 'https://corp.test/grafana', true],
    [grafana, 'https://g.corp.test/other', 'https://g.corp.test', false],
    [nextcloud, 'https://c.corp.test/index.php/apps/user_oidc/code', 'https://c.corp.test/index.php', true],
  ] as const) {
    assert.equal(baseOf(kind, callback), base)
    assert.equal(fitsKind(kind, callback), fits)
  }
})

test('a kind is guessed from a callback that is its own, and from no other', () => {
  for (const [uri, id] of [
    ['https://g.corp.test/login/generic_oauth', 'grafana'],
    ['https://x.corp.test/signin-oidc', 'aspnet-core'],
    ['http://localhost:18000', 'kubernetes'],
    ['https://wiki.corp.test/callback', undefined],
    ['https://wiki.corp.test/', undefined],
  ] as const)
    assert.equal(guessKind([uri])?.id, id, uri)
  assert.equal(guessKind([]), undefined)
  assert.equal(guessKind([], ['client_credentials'])?.id, 'machine')
  assert.equal(guessKind([], ['urn:ietf:params:oauth:grant-type:device_code']), undefined)
  assert.equal(guessKind(['https://wiki.corp.test/callback'], ['client_credentials']), undefined)
})

test('24: a value that a shell or a file would read otherwise is not put into lines', () => {
  for (const value of [
    'https://a.test/$(id)',
    'https://a.test/`id`',
    `https://a.test/'x`,
    'https://a.test/"x',
    'https://a.test/;x',
    'https://a.test/&x',
    'https://a.test/\nx',
    'https://a.test/x y',
    'https://a.test/{x}',
    'https://a.test/<x>',
    'https://a.test/\\x',
    'https://a.test/#x',
    '',
  ])
    assert.equal(isPlain(value), false, value)
  for (const { callback, clientId, signsNobodyIn } of kinds)
    assert.ok((signsNobodyIn || isPlain(callback)) && isPlain(clientId))
})

for (const id of ['express', 'passport', 'go'])
  test(`${id}: a program on this machine listens where its callback points`, () => {
    const kind = kindNamed(id)
    assert.ok(kind)
    const linesFor = (callback: string) => {
      const given = { issuer: 'https://id.example.com', clientId: 'a', secret: 'b', session: 'c', callback }
      return kind
        .files(valuesOf(kind, given))
        .map(({ text }) => text)
        .join('\n')
    }
    assert.match(linesFor('http://localhost:8081/callback'), /listen\(8081\)|127\.0\.0\.1:8081"/)
    // Elsewhere a proxy stands in front, and its port says nothing about the program's.
    assert.match(linesFor('https://wiki.example.com:8443/callback'), /listen\(4000\)|127\.0\.0\.1:4000"/)
  })
