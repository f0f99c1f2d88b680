// Against SimpleSAMLphp: from our request over its login page to a person, and out again.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { samlRecord, samlSettings } from '../../src/federation/saml/settings.ts'
import { samlUpstream } from '../../src/federation/saml/sign-in.ts'
import { formBrowser } from '../support/form-browser.ts'
import { makeKeyPair } from '../support/upstreams/saml-forge.ts'
import { noSamlUpstream, type SamlUpstream, startSamlUpstream } from '../support/upstreams/saml-upstream.ts'

const origin = 'http://localhost:3000'
const callback = `${origin}/federation/acme/callback`
const spEntityId = `${origin}/federation/acme/metadata`
const skip = noSamlUpstream

let idp: SamlUpstream
const ours = skip ? { key: '', certificate: '' } : makeKeyPair()
before(async () => {
  if (!skip)
    idp = await startSamlUpstream({
      spEntityId,
      acs: callback,
      spCertificate: ours.certificate,
      signedOut: `${origin}/signed-out`,
    })
})
after(() => idp?.stop())

const upstream = samlUpstream({
  now: () => Math.floor(Date.now() / 1000),
  allow: new Set(),
  fetch: () => assert.fail('no network'),
} as never)

const provider = (signIn: object = {}) =>
  samlRecord(
    samlSettings.parse({
      kind: 'saml',
      name: 'acme',
      metadata: idp.metadata,
      sign_in: {
        title: 'Acme',
        private_key: ours.key,
        certificate: ours.certificate,
        sign_out: true,
        ...signIn,
      },
    }),
    { accountId: '123456789012', now: 0 },
  )

const hidden = (html: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1]?.replaceAll('&#43;', '+') ?? ''

/** Walks from our redirect to the form that comes back to us. */
async function walk(fresh = false) {
  const options = { callback, state: 'state-of-the-test', loginHint: undefined, strong: false, fresh }
  const { to, memory } = await upstream.beginSignIn(provider(), options)
  const browser = formBrowser(idp.url)
  const page = await browser.open(new URL(to).pathname + new URL(to).search)
  assert.equal(page.status, 200, page.text.slice(0, 3000))
  const { username, password } = idp.people.alice
  const back = await browser.submit(page, { username, password })
  const parameters = new Map(
    ['SAMLResponse', 'RelayState'].map((name) => [name, hidden(back.text, name)] as const),
  )
  return { browser, memory, parameters }
}

test('a person signs in with SimpleSAMLphp, and out again', { skip }, async () => {
  const { browser, memory, parameters } = await walk(true)
  assert.equal(parameters.get('RelayState'), 'state-of-the-test')
  const person = await upstream.completeSignIn(provider(), { parameters, callback, memory })
  assert.equal(person.issuer, `${idp.url}/saml2/idp/metadata.php`)
  assert.deepEqual(person.claims['mail'], [idp.people.alice.mail])
  assert.deepEqual(person.claims['groups'], ['staff'])
  const out = await upstream.signOutUrl?.(provider(), person.leave ?? '', `${origin}/signed-out`)
  const url = new URL(out ?? '')
  let seen = await browser.get(url.pathname + url.search)
  for (let hops = 0; seen.location?.startsWith(idp.url) && hops < 5; hops++) {
    const next = new URL(seen.location)
    seen = await browser.get(next.pathname + next.search)
  }
  assert.ok(seen.location?.startsWith(`${origin}/signed-out?`), seen.text.slice(0, 3000))
})

test('18: the subject is the same the next time; the same response belongs to no other request', {
  skip,
}, async () => {
  const [first, second] = [await walk(), await walk()]
  const [one, two] = await Promise.all(
    [first, second].map(({ parameters, memory }) =>
      upstream.completeSignIn(provider(), { parameters, callback, memory }),
    ),
  )
  assert.equal(one?.subject, two?.subject)
  assert.notEqual(one?.spend?.id, two?.spend?.id)
  await assert.rejects(
    upstream.completeSignIn(provider(), { parameters: first.parameters, callback, memory: second.memory }),
    { code: 'invalid_identity_token' },
  )
})

test('its response is signed as well as its assertion, so `both` is met', { skip }, async () => {
  const { memory, parameters } = await walk()
  const both = provider({ want: 'both', subject: { attribute: 'uid' } })
  assert.equal((await upstream.completeSignIn(both, { parameters, callback, memory })).subject, 'alice')
})
