// Attack 35: what requests leave behind before anybody has proven who they are is bounded in bytes. Each row of the table
// (src/web/request/anonymous-records.ts) is compared with what the store file of a real server grows by.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, test } from 'node:test'
import { keptParameterLimits } from '../../src/oidc/artifacts/kept-parameters.ts'
import {
  type AnonymousRow,
  anonymousRecords,
  ByteBudget,
  worstCase,
} from '../../src/web/request/anonymous-records.ts'
import { sentAway } from '../support/federated.ts'
import { formBrowser } from '../support/form-browser.ts'
import { type Running, startServer } from '../support/server.ts'
import { onMongo } from '../support/store.ts'
import { encode, makeKeyPair, metadataOf } from '../support/upstreams/saml-forge.ts'

const limit = { timeout: 60_000, skip: onMongo }
const challenge = createHash('sha256').update('v'.repeat(43)).digest('base64url')
const redirect_uri = 'http://127.0.0.1/cb'
const config = `
clients:
  - client_id: app
    token_endpoint_auth_method: none
    redirect_uris: ['${redirect_uri}']
    grant_types: [authorization_code, 'urn:ietf:params:oauth:grant-type:device_code']
identity_providers: ${JSON.stringify([
  { kind: 'saml', name: 'acme', metadata: metadataOf([makeKeyPair()]), sign_in: { title: 'Acme' } },
])}
mail: {host: 127.0.0.1, port: 1, security: none, from: id@acme.example}
`

let server: Running
before(async () => {
  server = await startServer({ config })
})
after(() => server.stop())

const authorization = (more: Readonly<Record<string, string>> = {}): URLSearchParams =>
  new URLSearchParams({
    client_id: 'app',
    response_type: 'code',
    redirect_uri,
    scope: 'openid',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...more,
  })

const send = (path: string, form?: URLSearchParams): Promise<Response> =>
  fetch(`${server.url}${path}`, {
    redirect: 'manual',
    ...(form === undefined ? {} : { method: 'POST', body: form }),
  })

/** Bytes of the store's file that hold something, after everything in its log was moved there. */
function storedBytes(): number {
  const database = new DatabaseSync(join(server.dir, 'data', 'chancery.db'))
  try {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    const value = (name: string): number =>
      Number(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0])
    return (value('page_count') - value('freelist_count')) * value('page_size')
  } finally {
    database.close()
  }
}

const long = (characters: number): string => 'x'.repeat(characters)

interface Measured {
  readonly times: number
  /** Sends one, and answers the bytes that were sent and may be stored. */
  readonly once: () => Promise<number>
}

const sentBy = async (path: string, form: URLSearchParams | undefined, status: number): Promise<number> => {
  const answer = await send(path, form)
  assert.equal(answer.status, status, await answer.text())
  return form === undefined ? (path.split('?')[1] ?? '').length : form.toString().length
}

const measured: Readonly<Record<Exclude<AnonymousRow, 'registration'>, readonly Measured[]>> = {
  interaction: [
    { times: 40, once: () => sentBy(`/authorize?${authorization()}`, undefined, 303) },
    {
      times: 40,
      once: () =>
        sentBy(`/authorize?${authorization({ state: long(4000), nonce: long(1000) })}`, undefined, 303),
    },
  ],
  form: [
    {
      times: 5,
      async once() {
        const { to } = await sentAway(server, 'acme')
        const RelayState = to.searchParams.get('RelayState') ?? ''
        const form = new URLSearchParams({ RelayState, SAMLResponse: encode(long(90_000)) })
        return sentBy('/federation/acme/callback', form, 303)
      },
    },
  ],
  session: [
    { times: 40, once: () => sentBy('/device', undefined, 200) },
    { times: 40, once: () => sentBy(`/logout?client_id=app&state=${long(4000)}`, undefined, 200) },
  ],
  device_code: [
    {
      times: 40,
      once: () => sentBy('/device/auth', new URLSearchParams({ client_id: 'app', scope: 'openid' }), 200),
    },
  ],
  pushed_request: [
    { times: 40, once: () => sentBy('/par', authorization(), 201) },
    { times: 40, once: () => sentBy('/par', authorization({ state: long(4000), nonce: long(1000) }), 201) },
  ],
  mail_request: [
    {
      times: 10,
      async once() {
        const browser = formBrowser(server.url)
        const page = await browser.open('/sign-in/forgot')
        const username = `${long(240)}@acme.example`
        assert.equal((await browser.send(page, { username })).status, 200)
        return username.length + 100
      },
    },
  ],
  refusal: [
    {
      times: 20,
      async once() {
        const form = new URLSearchParams({
          Action: 'AssumeRoleWithWebIdentity',
          Version: '2011-06-15',
          RoleArn: `arn:aws:iam::123456789012:role/${'"'.repeat(500)}`,
          RoleSessionName: '"'.repeat(60),
          WebIdentityToken: long(15_000),
        })
        await sentBy('/', form, 400)
        return 0
      },
    },
    {
      times: 30,
      async once() {
        await sentBy(
          '/token',
          new URLSearchParams({
            client_id: 'app',
            grant_type: 'authorization_code',
            code: long(2000),
            redirect_uri: `${redirect_uri}?${'"'.repeat(1900)}`,
            code_verifier: long(100),
          }),
          400,
        )
        return 0
      },
    },
  ],
}

for (const [row, ways] of Object.entries(measured))
  for (const [at, { times, once }] of ways.entries())
    test(`35: ${row} (${at + 1}): a record is no larger than the table says`, limit, async () => {
      const { bytes, perByteSent } = anonymousRecords[row as AnonymousRow]
      const before = storedBytes()
      let sent = 0
      for (let i = 0; i < times; i++) sent += await once()
      const grown = storedBytes() - before
      // The form's sign-in is a record of its own row.
      const besides = row === 'form' ? times * anonymousRecords.interaction.bytes : 0
      const said = times * bytes + perByteSent * sent + besides
      assert.ok(grown <= said, `${grown} bytes, ${said} in the table`)
      // A request for a message is processed and removed within moments.
      assert.ok(
        grown > 0 || row === 'refusal' || row === 'mail_request',
        'nothing was stored: the test measures nothing',
      )
    })

const tooLong: readonly (readonly [name: string, characters: number])[] = [
  ['state', keptParameterLimits.state + 1],
  ['nonce', keptParameterLimits.nonce + 1],
  ['login_hint', keptParameterLimits.login_hint + 1],
  ['ui_locales', keptParameterLimits.other + 1],
]
for (const [name, characters] of tooLong)
  test(`35: ${name} of ${characters} characters is refused, and nothing is stored`, limit, async () => {
    const before = storedBytes()
    const answer = await send(`/authorize?${authorization({ [name]: long(characters) })}`)
    assert.equal(answer.status, 303)
    const back = new URL(answer.headers.get('location') ?? '')
    assert.equal(back.searchParams.get('error'), 'invalid_request')
    assert.match(back.searchParams.get('error_description') ?? '', /at most/)
    assert.ok(storedBytes() - before < 40_000)
  })

test('35: a pushed request of more than all parameters may have is refused', limit, async () => {
  const before = storedBytes()
  const answer = await send('/par', authorization({ state: long(keptParameterLimits.all) }))
  assert.equal(answer.status, 400)
  assert.match(await answer.text(), /at most/)
  assert.ok(storedBytes() - before < 40_000)
})

test('35: 300 requests with a state of 30 kB leave nothing behind', limit, async () => {
  const before = storedBytes()
  for (let i = 0; i < 300; i++)
    // Too long, and in the end too many bytes of one address.
    assert.match(
      String((await send(`/authorize?${authorization({ state: long(30_000) })}`)).status),
      /^4(13|29)$/,
    )
  assert.ok(storedBytes() - before < 100_000)
})

test('35: no address, and not all together, store more than the table says', () => {
  for (const row of Object.values(anonymousRecords)) {
    let now = 0
    const budget = new ByteBudget(row, () => now)
    const charge = row.bytes + row.perByteSent * 40_000
    const hours = 3
    const stored = { one: 0, all: 0 }
    for (let step = 0; step <= 60 * hours; step++) {
      now = step * 60_000
      for (let address = 0; address < 60; address++)
        while (budget.allows(`192.0.2.${address}`, 40_000)) {
          stored.all += charge
          if (address === 0) stored.one += charge
        }
    }
    assert.ok(stored.one <= row.perAddress.burst + hours * row.perAddress.perHour, row.stores)
    assert.ok(stored.all <= row.all.burst + hours * row.all.perHour, row.stores)
  }
})

test('35: an address that took little is still served when many others took much', () => {
  const budget = new ByteBudget(anonymousRecords.interaction, () => 0)
  for (let address = 0; address < 200; address++)
    while (budget.allows(`2001:db8:0:${address.toString(16)}::1`, 40_000));
  assert.ok(budget.allows('192.0.2.1'))
  assert.ok(!budget.allows('2001:db8:0:1::2'))
})

test('35: docs/limits.md shows the table', () => {
  const MB = (bytes: number): string => (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)
  const text = readFileSync(new URL('../../docs/limits.md', import.meta.url), 'utf8')
  for (const row of Object.values(anonymousRecords)) {
    const { stores, bytes, perByteSent, lifetime, perAddress, all } = row
    const line = [
      stores,
      `${bytes / 1000} kB${perByteSent === 0 ? '' : ` + ${perByteSent} × sent`}`,
      lifetime === undefined ? 'stays' : `${lifetime} s`,
      `${MB(perAddress.burst)} + ${MB(perAddress.perHour)}`,
      `${MB(all.burst)} + ${MB(all.perHour)}`,
      `${MB(worstCase(perAddress, lifetime))}`,
      `${MB(worstCase(all, lifetime))}`,
    ].join(' | ')
    assert.ok(text.includes(`| ${line} |`), `a line must be: | ${line} |`)
  }
  for (const [name, most] of Object.entries(keptParameterLimits))
    assert.ok(text.includes(`| \`${name}\` | ${most} |`), `a line must be: | \`${name}\` | ${most} |`)
})
