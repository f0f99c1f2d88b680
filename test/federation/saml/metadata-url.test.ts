// Metadata that is fetched from a URL: selection, signatures, hostile documents, roll-over, and URLs that do not answer. All over real
// HTTP and a real store.
import assert from 'node:assert/strict'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { guardedFetch } from '../../../src/federation/outbound/guarded-fetch.ts'
import { MetadataRefresh } from '../../../src/federation/saml/metadata-refresh.ts'
import { samlRecord, samlSettings } from '../../../src/federation/saml/settings.ts'
import { samlUpstream } from '../../../src/federation/saml/sign-in.ts'
import { applyConfiguredProviders } from '../../../src/iam/provider/configured-providers.ts'
import type { SamlProvider } from '../../../src/store/records.ts'
import { accountId, openIamFixture } from '../../iam/fixture.ts'
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
} from '../../support/upstreams/saml-forge.ts'
import { until } from '../../support/waiting.ts'

const callback = 'https://chancery.example/federation/acme/callback'
const old = makeKeyPair()
const next = makeKeyPair()
const attacker = makeKeyPair()
const federation = makeKeyPair()

/** A server at whose `/metadata` a test sets what it answers. */
async function metadataServer(t: TestContext) {
  let answer: (response: ServerResponse) => void = (response) => response.writeHead(503).end()
  let requests = 0
  const server = createServer((_, response) => {
    requests++
    answer(response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `http://${host}/metadata?app=1`,
    allow: new Set([host]),
    serve: (xml: string) => {
      answer = (response) => response.end(xml)
    },
    fail: () => {
      answer = (response) => response.writeHead(500).end()
    },
    hang: () => {
      answer = () => undefined
    },
    requests: () => requests,
  }
}

type Server = Awaited<ReturnType<typeof metadataServer>>

const configured = ({ url }: Pick<Server, 'url'>, certificate?: string) =>
  samlRecord(
    samlSettings.parse({
      kind: 'saml',
      name: 'acme',
      metadata_url: url,
      entity_id: entityId,
      ...(certificate === undefined ? {} : { metadata_certificate: certificate }),
      sign_in: { title: 'Acme' },
    }),
    { accountId, now: 0 },
  )

async function opened(t: TestContext, certificate?: string) {
  const server = await metadataServer(t)
  const { store, clock } = await openIamFixture(t)
  const now = () => clock.now
  const fetch = guardedFetch({ allow: server.allow, timeoutMs: 700 })
  const failures: string[] = []
  const apply = (provider: SamlProvider) =>
    applyConfiguredProviders(store, accountId, [provider], async () => undefined)
  const provider = configured(server, certificate)
  await apply(provider)
  const refresh = new MetadataRefresh({
    store,
    accountId,
    fetch,
    now,
    onFailure: (_, reason) => failures.push(reason),
    onChange: () => undefined,
  })
  t.after(() => refresh.stop())
  const upstream = samlUpstream({
    now,
    fetch,
    allow: server.allow,
    requestMetadataRefresh: (id) => refresh.requestRefresh(id),
  })
  const stored = async (): Promise<SamlProvider> => {
    const found = await store.get('identityProvider', provider.id)
    return found?.kind === 'saml' ? found : assert.fail('no provider')
  }
  const begin = async () =>
    upstream.beginSignIn(await stored(), {
      callback,
      state: 's',
      loginHint: undefined,
      strong: false,
      fresh: false,
    })
  const complete = async ({ memory }: { readonly memory: string }, by: KeyPair) => {
    const { id } = JSON.parse(memory) as { readonly id: string }
    const audience = callback.replace('callback', 'metadata')
    const said = { at: now(), recipient: callback, audience, request: id }
    const response = encode(sign(responseXml(said, assertionXml(said)), by))
    return upstream.completeSignIn(await stored(), {
      parameters: new Map([['SAMLResponse', response]]),
      callback,
      memory,
    })
  }
  /** Serves a document and fetches it; the reason when it was not accepted. */
  const refreshed = async (xml?: string) => {
    if (xml !== undefined) server.serve(xml)
    clock.now += 3601
    failures.length = 0
    await refresh.refreshDue()
    return failures[0]
  }
  return { server, clock, apply, refresh, refreshed, stored, begin, complete, failures, upstream, store }
}

test('metadata is fetched, kept in the record, and stays there after a restart', async (t) => {
  const { apply, refreshed, stored, server, begin, upstream } = await opened(t)
  await assert.rejects(begin(), { code: 'idp_communication_error' })
  assert.match(upstream.metadata?.(await stored(), callback) ?? '', /AssertionConsumerService/)
  assert.deepEqual(
    upstream.risks(await stored(), 0).map(({ what }) => what),
    ['its metadata was not fetched yet: nobody can sign in with it until then'],
  )
  assert.equal(await refreshed(metadataOf([old])), undefined)
  assert.match((await begin()).to, /^https:\/\/idp\.example\/sso\?/)
  await apply(configured(server))
  assert.match((await begin()).to, /^https:\/\/idp\.example\/sso\?/)
  const other = configured({ url: `${server.url}2` })
  await apply(other)
  assert.equal((await stored()).metadata, '')
})

test('a URL that hangs or fails holds no sign-in: the former metadata stays in use', async (t) => {
  const { server, refreshed, begin, complete, refresh, clock } = await opened(t)
  await refreshed(metadataOf([old]))
  server.hang()
  clock.now += 3601
  let ended = false
  const hanging = refresh.refreshDue().then(() => {
    ended = true
  })
  const person = await complete(await begin(), old)
  assert.equal(person.subject, 'alice')
  assert.equal(ended, false, 'the sign-in did not wait for the fetch')
  await hanging
  server.fail()
  assert.match((await refreshed()) ?? '', /HTTP 500/)
  assert.equal((await complete(await begin(), old)).subject, 'alice')
})

test('stopping does not wait for a URL that hangs, and reports no failure', async (t) => {
  const { server, refresh, failures, stored } = await opened(t)
  server.hang()
  const running = refresh.refreshDue()
  await until('it was asked', () => server.requests() > 0)
  await refresh.stop()
  await running
  assert.deepEqual(failures, [])
  assert.equal((await stored()).metadata, '')
})

test('certificate roll-over in the middle of a sign-in', async (t) => {
  const { refreshed, begin, complete } = await opened(t)
  await refreshed(metadataOf([old]))
  const started = [await begin(), await begin()]
  await refreshed(metadataOf([old, next]))
  for (const [at, by] of [old, next].entries())
    assert.equal((await complete(started[at] ?? assert.fail(), by)).subject, 'alice')
  await refreshed(metadataOf([next]))
  await assert.rejects(complete(await begin(), old), { code: 'invalid_identity_token' })
  assert.equal((await complete(await begin(), next)).subject, 'alice')
})

test('an unknown key makes the metadata be fetched for the next attempt, at a limited rate', async (t) => {
  const { server, refreshed, begin, complete, refresh } = await opened(t)
  await refreshed(metadataOf([old]))
  server.serve(metadataOf([old, next]))
  await assert.rejects(complete(await begin(), next), { code: 'invalid_identity_token' })
  await refresh.refreshDue()
  assert.equal((await complete(await begin(), next)).subject, 'alice')
  const before = server.requests()
  for (let n = 0; n < 5; n++) await assert.rejects(complete(await begin(), attacker))
  await refresh.refreshDue()
  assert.equal(server.requests(), before)
})

test('`validUntil` ends the use of metadata, also that of an element above', async (t) => {
  const { refreshed, stored, begin, complete, clock } = await opened(t)
  const until = clock.now + 20_000
  const wrapped = `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" validUntil="${stamp(until)}">${metadataOf([old], ` validUntil="${stamp(until + 9000)}"`)}</md:EntitiesDescriptor>`
  assert.equal(await refreshed(wrapped), undefined)
  assert.equal((await stored()).validUntil, until)
  const started = await begin()
  clock.now = until
  await assert.rejects(complete(started, old), { code: 'invalid_identity_token' })
  assert.match((await refreshed()) ?? '', /expired/)
})

const aggregate = (...entities: readonly string[]) =>
  `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" ID="_f1">${entities.join('')}</md:EntitiesDescriptor>`
const evil = metadataOf([attacker])
const elsewhere = evil.replace(entityId, 'https://other.example')

test('hostile and unusable metadata changes nothing, and the reason is known', async (t) => {
  const { refreshed, stored, begin, complete } = await opened(t)
  const nested = `${'<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">'.repeat(60)}${evil}${'</md:EntitiesDescriptor>'.repeat(60)}`
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['of another provider', elsewhere, /no EntityDescriptor of `https:\/\/idp\.example\/metadata`/],
    ['the entity id twice', aggregate(metadataOf([old]), evil), /several EntityDescriptors/],
    ['an entity hidden in an extension', `<a xmlns="urn:x">${evil}</a>`, /no EntityDescriptor/],
    ['a DTD with entities', `<!DOCTYPE a [<!ENTITY b "c">]>${evil}`, /DTD/],
    ['an entity reference', evil.replace('sso', '&xxe;'), /entities are not allowed/],
    ['CDATA', evil.replace('</md:IDPSSODescriptor>', '<![CDATA[x]]></md:IDPSSODescriptor>'), /CDATA/],
    ['too deep', nested, /deeper/],
    ['too many elements', aggregate('<md:EntityDescriptor/>'.repeat(30_000)), /more than 20000 elements/],
    ['too many bytes', evil + ' '.repeat(1_100_000), /failed/],
    ['HTML', '<!doctype html><p>Sign in</p>', /DTD|well-formed/],
    ['nothing', '', /./],
    ['a script as endpoint', evil.replace('https://idp.example/sso', 'javascript:x'), /not a URL/],
    ['no certificates', metadataOf([]), /no signing certificate/],
    ['expired', metadataOf([old], ` validUntil="${stamp(1000)}"`), /expired/],
  ]
  assert.equal(await refreshed(metadataOf([old])), undefined)
  const { metadata } = await stored()
  for (const [title, xml, reason] of cases)
    await t.test(title, async () => {
      assert.match((await refreshed(xml)) ?? assert.fail('accepted'), reason)
      assert.equal((await stored()).metadata, metadata)
    })
  assert.equal((await complete(await begin(), old)).subject, 'alice')
})

test('of a federation, only the configured provider is taken; comments do not matter', async (t) => {
  const { refreshed, stored, begin, complete } = await opened(t)
  const many = aggregate(elsewhere, '<!-- a -->', aggregate(metadataOf([old])))
  assert.equal(await refreshed(many.replaceAll('ID="_f1"', '')), undefined)
  assert.doesNotMatch((await stored()).metadata, /other\.example/)
  assert.equal((await complete(await begin(), old)).subject, 'alice')
  await assert.rejects(complete(await begin(), attacker), { code: 'invalid_identity_token' })
})

/** The signature is placed first, as the schema of metadata has it. */
const signedMetadata = (xml: string, by: KeyPair, name: string) => {
  const withId = name === 'EntityDescriptor' ? xml.replace('entityID=', 'ID="_e1" entityID=') : xml
  const marker = '<Issuer xmlns=""/>'
  const marked = withId.replace(new RegExp(`(<md:${name}[^>]*>)`), `$1${marker}`)
  return sign(marked, by, name)
}

test('with a pinned certificate, only signed metadata is used', async (t) => {
  const both = federation.certificate + next.certificate
  const { refreshed, stored, upstream } = await opened(t, both)
  const entity = signedMetadata(metadataOf([old]), federation, 'EntityDescriptor')
  const whole = signedMetadata(aggregate(elsewhere, metadataOf([old])), federation, 'EntitiesDescriptor')
  const cases: readonly (readonly [string, string, RegExp | undefined])[] = [
    ['the provider, signed', entity, undefined],
    ['the federation, signed', whole, undefined],
    ['the signed provider in an unsigned federation', aggregate(elsewhere, entity), undefined],
    ['by the second certificate', signedMetadata(metadataOf([old]), next, 'EntityDescriptor'), undefined],
    ['not signed', metadataOf([old]), /not signed/],
    ['by somebody else', signedMetadata(metadataOf([old]), attacker, 'EntityDescriptor'), /does not verify/],
    ['changed afterwards', entity.replace('/sso', '/evil'), /does not verify/],
    [
      'another provider is signed',
      aggregate(signedMetadata(elsewhere, federation, 'EntityDescriptor'), evil),
      /not signed/,
    ],
    [
      'the signed one inside an unsigned one',
      evil.replace('<md:IDPSSODescriptor', `${entity}<md:IDPSSODescriptor`),
      /not signed/,
    ],
    ['a signed one and an unsigned one', aggregate(evil, entity), /several/],
  ]
  for (const [title, xml, reason] of cases)
    await t.test(title, async () => {
      const failure = await refreshed(xml)
      if (reason) assert.match(failure ?? assert.fail('accepted'), reason)
      else assert.equal(failure, undefined)
      const { metadata } = await stored()
      assert.doesNotMatch(metadata, /evil|other\.example/)
    })
  await refreshed(entity)
  const steps = await Array.fromAsync(upstream.check(await stored()))
  assert.deepEqual(steps[0], { step: 'fetch the metadata', ok: true, said: 'its signature is valid' })
  assert.ok(steps.every(({ ok }) => ok))
})

test('settings that cannot work are refused', () => {
  const of = (given: object) =>
    samlSettings.safeParse({ kind: 'saml', name: 'acme', sign_in: { title: 'Acme' }, ...given }).success
  const url = { metadata_url: 'https://idp.example/metadata?x=1', entity_id: entityId }
  assert.ok(of(url))
  assert.ok(of({ ...url, metadata_certificate: federation.certificate }))
  const bad: readonly object[] = [
    { metadata_url: url.metadata_url },
    { metadata: metadataOf([old]), entity_id: entityId },
    { ...url, metadata: metadataOf([old]) },
    { ...url, metadata_certificate: 'x' },
    { ...url, metadata_url: 'file:///etc/passwd' },
    { ...url, metadata_url: 'https://user@idp.example/' },
    { metadata: metadataOf([old]), metadata_certificate: federation.certificate },
  ]
  for (const given of bad) assert.ok(!of(given), JSON.stringify(Object.keys(given)))
})
