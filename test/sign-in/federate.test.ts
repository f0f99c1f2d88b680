// The routes of federated sign-in with malformed input, and with providers that respond incorrectly or not at all. Runs
// against a running server and real upstream providers.
import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, test } from 'node:test'
import {
  answerFor,
  type Federated,
  isSignedIn,
  joinedNow,
  loggedUnder,
  referenceOf,
  sentAway,
  startFederated,
} from '../support/federated.ts'
import { csrfOf, type FormBrowser, headingOf, type Seen } from '../support/form-browser.ts'
import { until } from '../support/waiting.ts'

let at: Federated
before(async () => {
  at = await startFederated()
})
after(() => at?.stop())

interface Sent {
  readonly status: number
  readonly text: string
  /** Megabytes sent. */
  readonly sent: number
}

/** Sends the request with node:http, because fetch normalizes paths and methods. */
function send(
  method: string,
  path: string,
  options: {
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: string | Buffer
    readonly megabytes?: number
  } = {},
): Promise<Sent> {
  return new Promise((done, fail) => {
    let sent = 0
    const url = new URL(at.server.url)
    const outgoing = request(
      {
        host: url.hostname,
        port: url.port,
        method,
        path,
        agent: false,
        headers: { accept: 'text/html', ...options.headers },
      },
      (incoming) => {
        let text = ''
        incoming.on('data', (chunk: Buffer) => {
          text += chunk.toString()
        })
        incoming.on('end', () => {
          done({ status: incoming.statusCode ?? 0, text, sent })
          outgoing.destroy()
        })
      },
    )
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      // The server closed the connection during the upload: refused, without a response that reached the client.
      if (error.code === 'EPIPE' || error.code === 'ECONNRESET') done({ status: 0, text: '', sent })
      else fail(error)
    })
    if (options.megabytes === undefined) return void outgoing.end(options.body)
    const chunk = Buffer.alloc(1024 * 1024, 'a=b&')
    const more = () => {
      while (sent < (options.megabytes ?? 0)) {
        sent += 1
        if (!outgoing.write(chunk)) return void outgoing.once('drain', more)
      }
      outgoing.end()
    }
    more()
  })
}

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const callback = '/federation/corp/callback'

const names = [
  'nobody',
  '__proto__',
  'constructor',
  'toString',
  'CORP%00',
  '%00',
  '..',
  '%2e%2e',
  '..%2f..%2faccount',
  '%E4%BD%A0',
  '$where',
  '{"$gt":""}',
  "' or 1=1 --",
  'c*',
  'n'.repeat(5000),
].map((name) => encodeURI(decodeURIComponent(name)).replaceAll('?', '%3F'))

test('an unknown provider is not found, whatever its name', async () => {
  for (const name of [...names, '%FF', '%', '%zz'])
    for (const [method, path] of [
      ['GET', `/federation/${name}/callback?state=x`],
      ['POST', `/federation/${name}/callback`],
      ['GET', `/federation/${name}/metadata`],
    ] as const) {
      const { status, text } = await send(method, path, {
        headers: form,
        body: method === 'POST' ? 'a=b' : '',
      })
      assert.ok([400, 404].includes(status), `${method} ${path.slice(0, 60)}: ${status}`)
      assert.ok(!text.includes('at Object.'), text)
    }
  const { browser, path } = await sentAway(at.server, 'corp')
  for (const name of names) {
    const page = await browser.get(`${path}/to/${name}`)
    assert.ok([303, 400, 404].includes(page.status), `${name.slice(0, 60)}: ${page.status}`)
    assert.ok(page.location === undefined || new URL(page.location).origin === at.server.url, page.location)
  }
})

const bad: readonly (readonly [
  what: string,
  method: string,
  path: string,
  options: Parameters<typeof send>[2],
  statuses: readonly number[],
])[] = [
  ['no query', 'GET', callback, {}, [400]],
  ['a parameter twice', 'GET', `${callback}?state=a&state=b`, {}, [400]],
  ['another parameter twice', 'GET', `${callback}?code=a&code=b&state=x`, {}, [400]],
  ['invalid UTF-8', 'GET', `${callback}?state=%FF%FE`, {}, [400]],
  ['a broken escape', 'GET', `${callback}?state=%`, {}, [400]],
  ['a NUL', 'GET', `${callback}?state=a%00b`, {}, [400]],
  [
    '501 parameters',
    'GET',
    `${callback}?${Array.from({ length: 501 }, (_, n) => `p${n}`).join('&')}`,
    {},
    [400],
  ],
  ['members of prototypes', 'GET', `${callback}?__proto__[state]=a&constructor=b&state=x`, {}, [400]],
  ['a state as an array', 'GET', `${callback}?state[]=a`, {}, [400]],
  ['a query of 14 KB', 'GET', `${callback}?state=${'s'.repeat(14_000)}`, {}, [400]],
  ['a header too large', 'GET', `${callback}?state=${'s'.repeat(64_000)}`, {}, [431]],
  ['a form where none is awaited', 'POST', callback, { headers: form, body: 'state=a&code=b' }, [400]],
  [
    'JSON',
    'POST',
    callback,
    { headers: { 'content-type': 'application/json' }, body: '{"state":"a"}' },
    [400],
  ],
  ['no type', 'POST', callback, { body: 'state=a' }, [400]],
  ['another method', 'PUT', callback, { headers: form, body: 'state=a' }, [405]],
  ['another method on the metadata', 'POST', '/federation/corp/metadata', { headers: form }, [405]],
  ['metadata of a provider without', 'GET', '/federation/corp/metadata', {}, [404]],
  ['a path below', 'GET', `${callback}/more?state=x`, {}, [404]],
  ['somebody’s sign-in', 'GET', '/sign-in/AAAAAAAAAAAAAAAAAAAAAA/callback?state=x&code=y', {}, [404]],
  ['somebody’s sign-in with a form', 'GET', '/sign-in/AAAAAAAAAAAAAAAAAAAAAA/callback?form=x', {}, [404]],
  ['a departure in nobody’s name', 'GET', '/sign-in/AAAAAAAAAAAAAAAAAAAAAA/to/corp', {}, [404]],
  [
    'a connection without a token',
    'POST',
    '/sign-in/AAAAAAAAAAAAAAAAAAAAAA/connect',
    { headers: form, body: 'a=b' },
    [403],
  ],
  ['a sign-in called __proto__', 'GET', '/sign-in/__proto__/callback?state=x', {}, [404]],
  ['a sign-in called by bytes', 'GET', '/sign-in/%FF/callback?state=x', {}, [400, 404]],
]
for (const [what, method, path, options, statuses] of bad)
  test(`${method} with ${what} is refused and changes nothing`, async () => {
    const before = await joinedNow(at.server)
    const { status, text } = await send(method, path, options)
    assert.ok(statuses.includes(status), `${status} ${text.slice(0, 300)}`)
    assert.deepEqual(await joinedNow(at.server), before)
  })

test('28: a body of 100 MB is refused without being read to its end', async () => {
  for (const path of [callback, '/sign-in/AAAAAAAAAAAAAAAAAAAAAA/connect']) {
    const { status, sent } = await send('POST', path, { headers: form, megabytes: 100 })
    assert.ok([0, 400, 413].includes(status), `${path}: ${status}`)
    assert.ok(sent < 50, `${path}: ${sent} MB were taken`)
  }
  assert.equal((await send('GET', '/healthz')).status, 200)
})

const ownBad: readonly (readonly [what: string, rest: string, statuses: readonly number[]])[] = [
  ['a parameter twice', 'callback?state=a&state=b', [400]],
  ['a NUL', 'callback?state=%00', [400]],
  ['invalid UTF-8', 'callback?state=%C3%28', [400]],
  ['a form nobody posted', 'callback?form=AAAA', [400]],
  ['a form and a state', 'callback?form=AAAA&state=x', [400]],
]
for (const [what, rest, statuses] of ownBad)
  test(`a callback within the user’s own sign-in with ${what} is one page with a reference`, async () => {
    const { browser, path } = await sentAway(at.server, 'corp')
    const page = await browser.open(`${path}/${rest}`)
    assert.ok(statuses.includes(page.status), `${page.status} ${headingOf(page)}`)
    assert.notEqual(referenceOf(page), '')
    assert.equal(await isSignedIn(browser), false)
    assert.equal(headingOf(await browser.open(path)), 'Sign in')
  })

test('connecting an identity that was not requested is refused, even with a valid CSRF token', async () => {
  const { browser, path } = await sentAway(at.server, 'corp')
  const page = await browser.open(path)
  const csrf = csrfOf(page)
  assert.equal((await browser.post(`${path}/connect`, {})).status, 403)
  assert.equal(
    (await browser.post(`${path}/connect`, { csrf }, { Origin: 'https://evil.example' })).status,
    403,
  )
  assert.equal((await browser.post(`${path}/connect`, { csrf })).status, 404)
})

const attempt = async (browser?: FormBrowser): Promise<Seen> => {
  const who = at.corp.person(`c-${Math.random()}`)
  const away = await sentAway(at.server, 'corp', browser)
  const back = await answerFor(at.corp, away, who)
  return away.browser.open(back.href)
}

/** Somebody who comes back from a provider: the address there is to open next. */
async function returning(provider: 'corp' | 'social', who: ReturnType<typeof at.corp.person>) {
  const away = await sentAway(at.server, provider)
  return { browser: away.browser, href: (await answerFor(at[provider], away, who)).href }
}

const failures = [
  ['/token', 'garbage'],
  ['/token', 'fails'],
  ['/token', 'huge'],
] as const
for (const [path, how] of failures)
  test(`a provider whose ${path} ${how}: one page with a reference, and no user is created`, async (t) => {
    t.after(() => {
      at.corp.quirks.broken = undefined
    })
    const before = await joinedNow(at.server)
    at.corp.quirks.broken = new Map([[path, how]])
    const page = await attempt()
    assert.equal(page.status, 502, headingOf(page))
    assert.match(await loggedUnder(at.server, referenceOf(page)), /refused/)
    assert.deepEqual(await joinedNow(at.server), before)
    at.corp.quirks.broken = undefined
    const well = await attempt()
    assert.equal(well.status, 200, headingOf(well))
  })

test('while one provider hangs, other providers and local passwords keep working', async () => {
  // Up to the last request of each before any of them hangs: what hangs ends by a timer of the server, however slow the machine.
  const toCorp = await Promise.all(
    Array.from({ length: 20 }, (_, n) => returning('corp', at.corp.person(`c-hang-${n}`))),
  )
  const who = at.social.person('s-meanwhile', { preferred_username: 'meanwhile' })
  const toSocial = await returning('social', who)
  const { name, password } = at.server.admin
  const { browser, path } = await sentAway(at.server, 'social')
  const form = await browser.open(path)
  at.corp.quirks.broken = new Map([['/token', 'hangs']])
  const asked = at.corp.requests.length
  const isToken = (request: string) => request === 'POST /token'
  const ended: string[] = []
  const hanging = Promise.all(
    toCorp.map(async (back) => {
      const page = await back.browser.open(back.href)
      assert.equal(page.status, 502)
      ended.push('hanging')
    }),
  )
  // The others of the twenty wait for these.
  await until(
    'as many hang as may ask one host',
    () => at.corp.requests.slice(asked).filter(isToken).length >= 8,
  )
  await toSocial.browser.open(toSocial.href)
  ended.push('other provider')
  const next = await browser.submit(form, { username: name, password })
  ended.push('password')
  assert.ok(await isSignedIn(toSocial.browser))
  assert.equal(headingOf(next), 'Set up your authenticator')
  await hanging
  at.corp.quirks.broken = undefined
  assert.deepEqual(ended.slice(0, 2), ['other provider', 'password'])
})
