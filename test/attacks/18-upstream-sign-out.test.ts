// attacks.md 17 and 18, of signing out at an identity provider: a SAML LogoutRequest or an OpenID logout token ends the
// browser sessions and the tokens of exactly whom it names, is answered truly, and no forged, old or used one ends anything.
import assert from 'node:assert/strict'
import { createVerify } from 'node:crypto'
import { after, before, test } from 'node:test'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { redirectUrl } from '../../src/federation/saml/redirect-binding.ts'
import {
  beside,
  comeThrough,
  type Federated,
  isSignedIn,
  sentAway,
  startFederated,
} from '../support/federated.ts'
import type { FormBrowser } from '../support/form-browser.ts'
import { entriesOf } from '../support/trail.ts'
import {
  assertionXml,
  encode,
  entityId,
  type KeyPair,
  makeKeyPair,
  metadataOf,
  responseXml,
  sign,
  stamp,
} from '../support/upstreams/saml-forge.ts'

const idp = makeKeyPair()
const ours = makeKeyPair()
const other = makeKeyPair()
let at: Federated

const acme = {
  kind: 'saml',
  name: 'acme',
  metadata: metadataOf([idp]),
  sign_in: {
    title: 'Acme',
    private_key: ours.key,
    certificate: ours.certificate,
    second_factor: { ask: 'enrolled' },
  },
}

before(async () => {
  at = await startFederated({ others: [acme] })
})
after(() => at?.stop())

const now = (): number => Math.floor(Date.now() / 1000)
const origin = (): string => at.server.url
const slo = (): string => `${origin()}/federation/acme/logout`
let made = 0

interface Person {
  readonly browser: FormBrowser
  readonly name: string
  readonly session: string
}

/** Somebody new who signs in through the SAML provider, in one session of theirs there. */
async function signedIn(name = `person-${made}`, session = `_s${made++}`): Promise<Person> {
  const { browser, to } = await sentAway(at.server, 'acme')
  const request = inflateRawSync(Buffer.from(to.searchParams.get('SAMLRequest') ?? '', 'base64')).toString()
  const said = {
    at: now(),
    recipient: `${origin()}/federation/acme/callback`,
    audience: `${origin()}/federation/acme/metadata`,
    request: / ID="([^"]+)"/.exec(request)?.[1],
    assertionId: `_a${made++}`,
    attributes: `<saml:Attribute Name="uid"><saml:AttributeValue>${name}</saml:AttributeValue></saml:Attribute>`,
  }
  const xml = responseXml(said, assertionXml(said))
    .replace('>alice</saml:NameID>', `>${name}</saml:NameID>`)
    .replace('SessionIndex="_s1"', `SessionIndex="${session}"`)
  const fields = {
    SAMLResponse: encode(sign(xml, idp)),
    RelayState: to.searchParams.get('RelayState') ?? '',
  }
  const back = await browser.post('/federation/acme/callback', fields)
  await browser.open(back.location ?? '')
  assert.ok(await isSignedIn(browser), `${name} is signed in`)
  return { browser, name, session }
}

interface Asked {
  readonly name: string
  readonly sessions?: readonly string[]
  readonly id?: string
  readonly issuer?: string
  readonly destination?: string
  readonly issued?: number
  readonly ends?: number
}

const requestXml = ({ name, sessions = [], id = `_l${made++}`, ...more }: Asked): string =>
  `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id}" Version="2.0" IssueInstant="${stamp(more.issued ?? now())}" Destination="${more.destination ?? slo()}"${more.ends === undefined ? '' : ` NotOnOrAfter="${stamp(more.ends)}"`}><saml:Issuer>${more.issuer ?? entityId}</saml:Issuer><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">${name}</saml:NameID>${sessions.map((one) => `<samlp:SessionIndex>${one}</samlp:SessionIndex>`).join('')}</samlp:LogoutRequest>`

const byRedirect = (xml: string, { key }: KeyPair = idp): string =>
  redirectUrl({ to: slo(), name: 'SAMLRequest', xml, relayState: 'state of the idp', key })

/** Who carries it is no matter: it is another browser here. */
async function send(url: string): Promise<Response> {
  return fetch(url, { redirect: 'manual' })
}

function answerIn(response: Response): { readonly xml: string; readonly relayState: string | null } {
  assert.equal(response.status, 303)
  const url = new URL(response.headers.get('location') ?? '')
  assert.equal(url.origin + url.pathname, 'https://idp.example/slo')
  const signed = url.search.slice(1).replace(/&Signature=.*/, '')
  const verifier = createVerify('sha256').update(signed)
  assert.ok(verifier.verify(ours.certificate, url.searchParams.get('Signature') ?? '', 'base64'))
  const xml = inflateRawSync(Buffer.from(url.searchParams.get('SAMLResponse') ?? '', 'base64')).toString()
  return { xml, relayState: url.searchParams.get('RelayState') }
}

test('a LogoutRequest by redirect ends the session it names and no other, and is answered', {
  timeout: 60_000,
}, async () => {
  const here = await signedIn()
  const elsewhere = await signedIn(here.name)
  const bystander = await signedIn()
  const id = `_l${made++}`
  const answer = answerIn(
    await send(byRedirect(requestXml({ name: here.name, sessions: [here.session], id }))),
  )
  assert.match(answer.xml, new RegExp(`<samlp:LogoutResponse [^>]*InResponseTo="${id}"`))
  assert.match(answer.xml, /StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/)
  assert.equal(answer.relayState, 'state of the idp')
  assert.deepEqual(
    await Promise.all([here, elsewhere, bystander].map(({ browser }) => isSignedIn(browser))),
    [false, true, true],
  )
  const revoked = await beside(at.server, async (store) =>
    (await store.find('revocation', { by: 'all', value: 'all' }, { limit: 10 })).records.map(
      ({ scope }) => scope,
    ),
  )
  // What was made from the browser session ends by this (STS sessions, signed tokens).
  assert.deepEqual(revoked, ['browser-session'])
  const entry = (await entriesOf(at.server)).findLast(({ action }) => action === 'signin:UpstreamSignOut')
  assert.equal(entry?.outcome, 'done')
})

test('one that names no session ends every session of the subject, by POST as well', {
  timeout: 60_000,
}, async () => {
  const one = await signedIn()
  const two = await signedIn(one.name)
  const bystander = await signedIn()
  const form = new URLSearchParams({
    SAMLRequest: encode(sign(requestXml({ name: one.name }), idp, 'LogoutRequest')),
  })
  const response = await fetch(slo(), { method: 'POST', body: form, redirect: 'manual' })
  assert.match(answerIn(response).xml, /status:Success/)
  assert.deepEqual(await Promise.all([one, two, bystander].map(({ browser }) => isSignedIn(browser))), [
    false,
    false,
    true,
  ])
})

test('what is unsigned, forged, old, for others or used before ends nothing', {
  timeout: 60_000,
}, async (t) => {
  const { browser, name } = await signedIn()
  const xml = (more: Partial<Asked> = {}) => requestXml({ name, ...more })
  const post = (signed: string) => () =>
    fetch(slo(), {
      method: 'POST',
      body: new URLSearchParams({ SAMLRequest: encode(signed) }),
      redirect: 'manual',
    })
  const bare = () => `${slo()}?SAMLRequest=${encodeURIComponent(deflateRawSync(xml()).toString('base64'))}`
  const used = byRedirect(requestXml({ name: 'nobody' }))
  await send(used)
  const cases: readonly (readonly [string, () => Promise<Response>])[] = [
    ['unsigned', () => send(bare())],
    ['signed by another', () => send(byRedirect(xml(), other))],
    [
      'a signature of another query',
      () => send(byRedirect(xml()).replace('RelayState=state', 'RelayState=stat')),
    ],
    ['two messages', () => send(`${byRedirect(xml())}&SAMLRequest=x`)],
    ['issued long ago', () => send(byRedirect(xml({ issued: now() - 400 })))],
    ['issued in the future', () => send(byRedirect(xml({ issued: now() + 120 })))],
    ['ended', () => send(byRedirect(xml({ ends: now() - 61 })))],
    ['of another issuer', () => send(byRedirect(xml({ issuer: 'https://evil.example' })))],
    ['for another address', () => send(byRedirect(xml({ destination: 'https://evil.example/slo' })))],
    ['used before', () => send(used)],
    ['a deflate bomb', () => send(byRedirect(xml() + ' '.repeat(1_000_000)))],
    ['a form that is not signed', post(xml())],
    ['a form signed by another', post(sign(xml(), other, 'LogoutRequest'))],
    [
      'a form with a comment in the NameID',
      post(sign(xml(), idp, 'LogoutRequest').replace(`>${name}<`, `>${name}<!---->x<`)),
    ],
    ['nothing', () => send(slo())],
  ]
  for (const [title, attempt] of cases)
    await t.test(title, async () => {
      const response = await attempt()
      assert.equal(response.status, 400, await response.text())
      assert.equal(response.headers.get('location'), null)
      assert.ok(await isSignedIn(browser))
    })
  assert.match(at.server.output(), /a sign-in at an identity provider was refused/)
})

test('metadata offers single logout only where it can be answered', { timeout: 60_000 }, async () => {
  const metadata = await (await fetch(`${origin()}/federation/acme/metadata`)).text()
  assert.equal(metadata.split(`Location="${slo()}"`).length - 1, 2)
  assert.ok(metadata.includes(`ResponseLocation="${origin()}/signed-out"`))
  assert.equal((await fetch(`${origin()}/federation/corp/logout`, { redirect: 'manual' })).status, 404)
})

const event = 'http://schemas.openid.net/event/backchannel-logout'

/** A logout token of corp; a test changes one thing. `undefined` leaves a claim out. */
const tokenClaims = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  iss: at.corp.issuer,
  aud: at.corp.client.id,
  iat: now(),
  exp: now() + 120,
  jti: `jti-${made++}`,
  events: { [event]: {} },
  ...more,
})

const postToken = (token: string, provider = 'corp'): Promise<Response> =>
  fetch(`${origin()}/federation/${provider}/backchannel-logout`, {
    method: 'POST',
    body: new URLSearchParams({ logout_token: token }),
  })

test('a logout token ends the session it names by `sid`, or every one of `sub`', {
  timeout: 60_000,
}, async () => {
  const who = at.corp.person('leaver', { preferred_username: 'leaver' })
  const bystander = (await comeThrough(at.server, at.corp, 'corp', at.corp.person('stayer'))).browser
  const browsers: FormBrowser[] = []
  for (const sid of ['sid-1', 'sid-2', 'sid-3']) {
    at.corp.quirks.idToken = (claims) => ({ ...claims, sid })
    browsers.push((await comeThrough(at.server, at.corp, 'corp', who)).browser)
  }
  at.corp.quirks.idToken = undefined
  const standing = () => Promise.all([...browsers, bystander].map(isSignedIn))
  assert.deepEqual(await standing(), [true, true, true, true])
  const bySid = await postToken(at.corp.sign(tokenClaims({ sid: 'sid-2' }), { typ: 'logout+jwt' }))
  assert.deepEqual([bySid.status, bySid.headers.get('cache-control')], [200, 'no-store'])
  assert.deepEqual(await standing(), [true, false, true, true])
  assert.equal((await postToken(at.corp.sign(tokenClaims({ sub: 'leaver' })))).status, 200)
  assert.deepEqual(await standing(), [false, false, false, true])
})

test('a logout token that is not one, or not for us, or used before ends nothing', {
  timeout: 60_000,
}, async (t) => {
  const { browser } = await comeThrough(at.server, at.corp, 'corp', at.corp.person('constant'))
  const sub = 'constant'
  const used = at.corp.sign(tokenClaims({ sub: 'nobody' }))
  assert.equal((await postToken(used)).status, 200)
  const changed = (more: Record<string, unknown>, header?: Record<string, unknown>) =>
    at.corp.sign(tokenClaims({ sub, ...more }), header)
  const cases: readonly (readonly [string, string, string?])[] = [
    ['an ID token', changed({ events: undefined, nonce: 'n' })],
    ['with a nonce', changed({ nonce: 'n' })],
    ['of another type', changed({}, { typ: 'at+jwt' })],
    ['of another event', changed({ events: { 'http://schemas.openid.net/event/other': {} } })],
    ['an event that is no object', changed({ events: { [event]: true } })],
    ['of another issuer', changed({ iss: 'https://evil.example' })],
    ['for another client', changed({ aud: 'other' })],
    ['without iat', changed({ iat: undefined })],
    ['without exp', changed({ exp: undefined })],
    ['expired', changed({ iat: now() - 300, exp: now() - 1 })],
    ['issued in the future', changed({ iat: now() + 90, exp: now() + 190 })],
    ['for a day', changed({ exp: now() + 86_400 })],
    ['without jti', changed({ jti: undefined })],
    ['that names nobody', changed({ sub: undefined })],
    ['a sub that is no text', changed({ sub: 7 })],
    ['signed by another', at.corp.sign(tokenClaims({ sub }), {}, 'foreign')],
    ['signed by nobody', at.corp.sign(tokenClaims({ sub }), {}, 'none')],
    ['signed with the client secret', at.corp.sign(tokenClaims({ sub }), {}, 'HS256')],
    ['used before', used],
    ['of one provider at another', changed({}), 'social'],
    ['nothing', ''],
  ]
  for (const [title, token, provider] of cases)
    await t.test(title, async () => {
      const response = await postToken(token, provider)
      assert.equal(response.status, 400)
      const { error } = (await response.json()) as { readonly error: string }
      assert.equal(error, 'invalid_request')
      assert.ok(await isSignedIn(browser))
    })
  assert.equal((await postToken('x', 'acme')).status, 404)
  assert.equal((await postToken('x', 'nowhere')).status, 404)
})
