// Identity providers in the console, on the real server and without JavaScript: made with a check, changed, disabled, enabled and
// deleted, with a provider that people sign in with.

import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, test } from 'node:test'
import { CreateOpenIDConnectProviderCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { allFields, providerKinds } from '../../src/console/providers/kinds.ts'
import { type Fragment, htmlText, inLanguage } from '../../views/html.ts'
import { callAdmin, iamOf } from '../admin/call.ts'
import { comeThrough, isSignedIn, openUpstreams, providerEntry, type Upstream } from '../support/federated.ts'
import {
  csrfOf,
  decoded,
  type FormBrowser,
  formBrowser,
  headingOf,
  type Seen,
  textOf,
} from '../support/form-browser.ts'
import { freePort } from '../support/free-port.ts'
import { consoleTranslators } from '../support/languages/console-translators.ts'
import { atSecondFactor, authenticator, type Enrolled, enrol, recentSignIn } from '../support/person.ts'
import { accountId, type Running, startServer } from '../support/server.ts'
import { makeKeyPair, metadataOf } from '../support/upstreams/saml-forge.ts'

const timeout = 120_000
const newPath = '/console/providers/new'
let corp: Upstream
let social: Upstream
let server: Running
let enrolled: Enrolled
let me: () => Promise<FormBrowser>

before(
  async () => {
    const port = await freePort()
    ;({ corp, social } = await openUpstreams(port))
    server = await startServer({
      config: JSON.stringify({
        identity_providers: [providerEntry(corp, 'corp', { domains: ['corp.example'] })],
      }),
      env: { CHANCERY_PORT: String(port), CHANCERY_OUTBOUND_ALLOW: `${corp.host},${social.host}` },
    })
    enrolled = await enrol(server)
    me = recentSignIn(server, enrolled)
  },
  { timeout: 180_000 },
)
after(async () => {
  await server?.stop()
  corp?.close()
  social?.close()
})

const english = consoleTranslators.en
const wordsOf = (part: Fragment): string => htmlText(inLanguage(part, english))
const valueIn = ({ text }: Seen, name: string): string | undefined =>
  new RegExp(`name="${name.replaceAll('.', '\\.')}"[^>]* value="([^"]*)"`).exec(text)?.[1]
const problemsIn = ({ text }: Seen): readonly string[] =>
  [...text.matchAll(/<p class="field-problem" id="field-([\w-]+)-problem">/g)].map(([, name = '']) => name)
const openArn = (path: string, arn: string): string =>
  `/console/providers/${path}?arn=${encodeURIComponent(arn)}`
const namesOf = async (): Promise<readonly string[]> =>
  (await callAdmin(server.url, { path: '/identity-providers' })).body.items.map(
    ({ name }: { name: string }) => name,
  )
const arnOf = async (name: string): Promise<string> =>
  (await callAdmin(server.url, { path: `/identity-providers/${name}` })).body.arn

const typed = (secret: string, more: Readonly<Record<string, string>> = {}) => ({
  name: 'social',
  'sign_in.title': 'Social',
  url: social.issuer,
  'sign_in.client_id': social.client.id,
  'sign_in.client_secret': secret,
  'sign_in.create_users': 'true',
  'sign_in.second_factor.ask': 'enrolled',
  ...more,
})

test('the first page has every kind, and each has a form with only what it needs', { timeout }, async () => {
  const browser = await me()
  const page = await browser.open(newPath)
  for (const kind of providerKinds) {
    const { id, title } = kind
    assert.ok(page.text.includes(`href="${newPath}?kind=${id}"><span class="strong">${wordsOf(title)}<`), id)
    const form = await browser.open(`${newPath}?kind=${id}`)
    assert.equal(headingOf(form), `New provider: ${wordsOf(title)}`)
    const shown = [...form.text.matchAll(/id="field-[\w-]+" name="([\w.]+)"/g)].map(([, name]) => name)
    assert.deepEqual(
      shown,
      allFields(kind).map(({ name }) => name),
      id,
    )
    assert.match(form.text, /<details class="more"><summary>Further settings<\/summary>/, 'it is folded')
    assert.match(textOf(form), /Show as command npx chancery identity-providers create --kind/)
  }
  for (const nothing of ['', 'constructor', '__proto__', '"><script>'])
    assert.equal(
      headingOf(await browser.open(`${newPath}?kind=${encodeURIComponent(nothing)}`)),
      'New provider',
    )
})

test('a form says what to give to the other side before anything is saved', { timeout }, async () => {
  const browser = await me()
  assert.match(
    textOf(await browser.open(`${newPath}?kind=okta`)),
    new RegExp(`Redirect URI ${server.url.replace('127.0.0.1', 'localhost')}/federation/okta/callback`),
  )
  assert.match(
    textOf(await browser.open(`${newPath}?kind=saml`)),
    /Metadata, and entity ID http\S+\/federation\/NAME\/metadata/,
  )
  assert.doesNotMatch(textOf(await browser.open(`${newPath}?kind=ldap`)), /Register at the provider/)
})

test('every fault is at its field at once, what was typed is kept, and secrets are not shown', {
  timeout,
}, async () => {
  const browser = await me()
  const secret = 'secret-of-the-form'
  const form = await browser.open(`${newPath}?kind=openid`)
  const wrong = {
    ...typed(secret),
    name: 'a b',
    url: 'javascript:alert(1)',
    'sign_in.title': '',
    'sign_in.domains': 'nonsense',
    'sign_in.mapping': 'no json',
  }
  const page = await browser.send(form, wrong, newPath)
  assert.equal(page.status, 422)
  assert.deepEqual([...problemsIn(page)].sort(), [
    'name',
    'sign_in-domains',
    'sign_in-mapping',
    'sign_in-title',
    'url',
  ])
  assert.equal(valueIn(page, 'name'), 'a b')
  assert.equal(valueIn(page, 'sign_in.client_id'), social.client.id)
  assert.ok(!page.text.includes(secret))
  assert.deepEqual(await namesOf(), ['corp'])
})

test('a provider is checked first, made, and people sign in with it', { timeout }, async () => {
  const browser = await me()
  const form = await browser.open(`${newPath}?kind=openid`)
  const failing = await browser.send(form, typed('a wrong secret'), newPath)
  assert.equal(failing.status, 200)
  assert.match(failing.text, /<li class="decides"><div class="step"><span>client authentication/)
  assert.match(textOf(failing), /Create anyway/)
  assert.ok(!failing.text.includes('a wrong secret'))
  const checked = await browser.send(form, { ...typed(social.client.secret), do: 'check' }, newPath)
  assert.doesNotMatch(checked.text, /<li class="decides">/)
  assert.deepEqual(await namesOf(), ['corp'], 'a check makes nothing')

  const made = await browser.submit(failing, { ...typed(social.client.secret), do: 'save' }, newPath)
  assert.match(textOf(made), /The provider was created/)
  assert.match(textOf(made), /Redirect URI http:\/\/localhost:\d+\/federation\/social\/callback/)
  assert.ok(!made.text.includes(social.client.secret))
  const who = social.person('ada', { preferred_username: 'ada' })
  const came = await comeThrough(server, social, 'social', who)
  assert.ok(await isSignedIn(came.browser))
  const again = await browser.send(form, typed(social.client.secret, { do: 'save' }), newPath)
  assert.deepEqual([again.status, problemsIn(again)], [422, ['url']], 'it is there already')
})

test('its settings are changed: empty secrets stay, a mapping is replaced, an older page is refused', {
  timeout,
}, async () => {
  const browser = await me()
  const arn = await arnOf('social')
  const page = await browser.open(openArn('edit', arn))
  assert.equal(valueIn(page, 'sign_in.title'), 'Social')
  assert.doesNotMatch(page.text, /name="url"/)
  const fields = {
    ...typed(''),
    'sign_in.title': 'Club',
    'sign_in.mapping': '{"name":"nick","tags":{"team":"t"}}',
  }
  const wrong = await browser.send(page, { ...fields, 'sign_in.mapping': '{' }, '/providers/edit')
  assert.deepEqual([wrong.status, problemsIn(wrong)], [422, ['sign_in-mapping']])
  const checked = await browser.send(page, { ...fields, do: 'check' }, '/providers/edit')
  assert.match(textOf(checked), /Does it answer\?/)
  assert.doesNotMatch(checked.text, /<li class="decides">/, 'the secret that is kept is checked')
  const saved = await browser.submit(page, fields, '/providers/edit')
  assert.match(textOf(saved), /The provider was saved/)
  const next = await browser.open(openArn('edit', arn))
  await browser.submit(
    next,
    { ...fields, 'sign_in.mapping': '{"name":"preferred_username"}' },
    '/providers/edit',
  )
  const { body } = await callAdmin(server.url, { path: '/identity-providers/social' })
  assert.deepEqual(body.settings.sign_in.mapping, { name: 'preferred_username' })
  assert.deepEqual([body.title, body.secrets], ['Club', ['sign_in.client_secret']])
  const stale = await browser.send(page, fields, '/providers/edit')
  assert.equal(stale.status, 422)
  assert.match(textOf(stale), /Somebody changed it since this form was opened/)
})

test('it is disabled, enabled and deleted after a question that says what ends', { timeout }, async () => {
  const browser = await me()
  const who = social.person('grace', { preferred_username: 'grace' })
  const { browser: theirs } = await comeThrough(server, social, 'social', who)
  const arn = await arnOf('social')
  const path = (act: string) => `/console/providers/${encodeURIComponent(arn)}/${act}`
  const question = await browser.open(path('disable'))
  assert.match(textOf(question), /What ends \d+ browser sessions|What ends One browser session/)
  assert.match(textOf(question), /Access of applications: all that applications got from sign-ins with it/)
  assert.doesNotMatch(textOf(question), /Access keys/)
  assert.ok(await isSignedIn(theirs))
  assert.match(textOf(await browser.submit(question, {}, '/disable')), /The provider is disabled/)
  assert.equal(await isSignedIn(theirs), false)
  assert.match(
    textOf(await browser.submit(await browser.open(path('enable')), {}, '/enable')),
    /The provider is enabled/,
  )
  assert.ok(await isSignedIn((await comeThrough(server, social, 'social', who)).browser))
  const gone = await browser.submit(await browser.open(path('delete')), {}, '/delete')
  assert.match(textOf(gone), /The provider was deleted/)
  assert.deepEqual(await namesOf(), ['corp'])
})

test('a provider of the file is shown with where to change it, and is not changed here', {
  timeout,
}, async () => {
  const browser = await me()
  const arn = await arnOf('corp')
  const page = await browser.open(openArn('one', arn))
  assert.match(
    textOf(page),
    /comes from the configuration file, and is changed there, under identity_providers/,
  )
  assert.doesNotMatch(page.text, /\/disable"|\/delete"|providers\/edit/)
  assert.ok(!page.text.includes(corp.client.secret))
  const edit = await browser.open(openArn('edit', arn))
  assert.doesNotMatch(edit.text, /name="sign_in.title"/)
  const refused = await browser.submit(
    await browser.open(`/console/providers/${encodeURIComponent(arn)}/disable`),
    {},
    '/disable',
  )
  assert.equal(refused.status, 422)
  assert.match(textOf(refused), /configuration file: change it there/)
})

test('saml by its metadata, and a directory of this machine, which is refused at its field', {
  timeout,
}, async () => {
  const browser = await me()
  const saml = await browser.open(`${newPath}?kind=saml`)
  const metadata = metadataOf([makeKeyPair()]).replace(
    '</md:EntityDescriptor>',
    `<!--${'<'.repeat(100_000)}--></md:EntityDescriptor>`,
  )
  const usual = { 'sign_in.second_factor.ask': 'everyone', do: 'save' }
  const made = await browser.submit(
    saml,
    { ...usual, name: 'acme', 'sign_in.title': 'Acme', metadata },
    newPath,
  )
  assert.match(textOf(made), /The provider was created/)
  const arn = await arnOf('acme')
  const edited = await browser.submit(
    await browser.open(openArn('edit', arn)),
    { ...usual, do: '', 'sign_in.title': 'ACME' },
    '/providers/edit',
  )
  assert.match(textOf(edited), /The provider was saved/, 'metadata that is left empty stays')
  const ldap = await browser.open(`${newPath}?kind=ldap`)
  const refused = await browser.send(
    ldap,
    { ...usual, name: 'dir', 'sign_in.title': 'D', urls: 'ldap://127.0.0.1', base_dn: 'dc=a' },
    newPath,
  )
  assert.deepEqual([refused.status, problemsIn(refused)], [422, ['urls']])
  assert.equal(
    (await callAdmin(server.url, { method: 'DELETE', path: '/identity-providers/acme' })).status,
    200,
  )
})

test('a provider that AWS’s API made for workloads gets sign-in settings by the form', {
  timeout,
}, async () => {
  const iam = iamOf(server)
  const made = await iam
    .send(new CreateOpenIDConnectProviderCommand({ Url: 'https://ci.example', ClientIDList: ['job'] }))
    .finally(() => iam.destroy())
  const arn = made.OpenIDConnectProviderArn ?? ''
  const browser = await me()
  const page = await browser.open(openArn('edit', arn))
  const { url: _, ...fields } = typed('a secret')
  const saved = await browser.submit(page, { ...fields, name: 'ci' }, '/providers/edit')
  assert.match(textOf(saved), /The provider was saved/)
  const { body } = await callAdmin(server.url, { path: '/identity-providers/ci' })
  assert.deepEqual([body.arn, body.settings.client_ids, body.signIn], [arn, ['job'], true])
  assert.equal(
    (await callAdmin(server.url, { method: 'DELETE', path: '/identity-providers/ci' })).status,
    200,
  )
})

test('a restriction to a Workspace domain is checked, not only asked for', { timeout }, async () => {
  const browser = await me()
  const form = await browser.open(`${newPath}?kind=google`)
  const fields = {
    name: 'google',
    'sign_in.title': 'Google',
    'sign_in.client_id': 'c',
    'sign_in.client_secret': 's',
    'sign_in.parameters.hd': 'corp.example',
    'sign_in.second_factor.ask': 'everyone',
    do: 'save',
  }
  assert.match(textOf(await browser.submit(form, fields, newPath)), /The provider was created/)
  const { body } = await callAdmin(server.url, { path: '/identity-providers/google' })
  assert.deepEqual(body.settings.sign_in.require, [{ path: 'hd', match: 'corp.example' }])
  assert.deepEqual(body.settings.sign_in.parameters, { hd: 'corp.example' })
  assert.equal(body.issuer, 'https://accounts.google.com')
  assert.equal(
    (await callAdmin(server.url, { method: 'DELETE', path: '/identity-providers/google' })).status,
    200,
  )
})

/** What a browser would send of the form: its inputs, choices and switches that are on. */
const filled = ({ text }: Seen): Record<string, string> => {
  const form = /<form class="stack"[\s\S]*?<\/form>/.exec(text)?.[0] ?? ''
  return Object.fromEntries(
    [
      ...[...form.matchAll(/<input type="text"[^>]* name="([^"]*)"[^>]* value="([^"]*)"/g)],
      ...[...form.matchAll(/<input type="checkbox"[^>]* name="([^"]*)" value="(true)" checked/g)],
      ...[...form.matchAll(/<textarea[^>]* name="([^"]*)"[^>]*>\n?([\s\S]*?)<\/textarea>/g)].map(
        ([all, name, value = '']) => [all, name, value.replaceAll('\n', '\r\n')] as const,
      ),
      ...[...form.matchAll(/<select[^>]* name="([^"]*)"[\s\S]*?<option value="([^"]*)" selected/g)],
    ].map(([, name = '', value = '']) => [name, decoded(value)]),
  )
}
const isUnfolded = ({ text }: Seen): boolean => /<details class="more" open>/.test(text)
const settingsOf = async (name: string) => {
  const { body } = await callAdmin(server.url, { path: `/identity-providers/${name}` })
  return { ...body.settings, secrets: body.secrets }
}
/** Whether a page has a line of a private key. */
const shows = ({ text }: Seen, key: string): boolean =>
  key.split('\n').some((line) => line.length > 40 && text.includes(line))
const create = async (kind: string, fields: Readonly<Record<string, string>>): Promise<Seen> => {
  const browser = await me()
  const form = await browser.open(`${newPath}?kind=${kind}`)
  return browser.submit(form, { ...filled(form), do: 'save', ...fields }, newPath)
}
/** Saves the form of a provider as it is, but for these fields. */
const change = async (name: string, fields: Readonly<Record<string, string>> = {}): Promise<Seen> => {
  const browser = await me()
  const form = await browser.open(openArn('edit', await arnOf(name)))
  return browser.submit(form, { ...filled(form), ...fields }, '/providers/edit')
}
const remove = async (name: string): Promise<void> => {
  const { status } = await callAdmin(server.url, { method: 'DELETE', path: `/identity-providers/${name}` })
  assert.equal(status, 200)
}

test('openid: scopes, algorithms, rules and a private key, which no page shows', { timeout }, async () => {
  const browser = await me()
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const jwk = JSON.stringify(privateKey.export({ format: 'jwk' }))
  const fields = {
    ...typed(''),
    name: 'keyed',
    url: 'https://keyed.example',
    'sign_in.scopes': 'openid, groups',
    'sign_in.algorithms': 'RS512',
    'sign_in.second_factor.amr': 'mfa',
    'sign_in.require': '[{"path": "groups", "match": "staff"}]',
  }
  const wrong = await create('openid', {
    ...fields,
    'sign_in.algorithms': 'HS256',
    'sign_in.private_key': jwk,
  })
  assert.deepEqual([wrong.status, problemsIn(wrong)], [422, ['sign_in-algorithms']])
  assert.ok(isUnfolded(wrong) && !wrong.text.includes(JSON.parse(jwk).d))
  const both = await create('openid', {
    ...fields,
    'sign_in.client_secret': 'a secret',
    'sign_in.private_key': pem,
  })
  assert.deepEqual([both.status, problemsIn(both)], [422, ['sign_in-client_secret']])
  assert.ok(isUnfolded(both) && !shows(both, pem))
  const made = await create('openid', { ...fields, 'sign_in.private_key': pem })
  assert.match(textOf(made), /Scopes openid groups .* Private key Set\. It is not shown\./)
  assert.ok(!shows(made, pem))
  const settings = await settingsOf('keyed')
  assert.deepEqual(settings.secrets, ['sign_in.private_key'])
  assert.deepEqual(settings.sign_in.scopes, ['openid', 'groups'])
  assert.deepEqual(settings.sign_in.algorithms, ['RS512'])
  assert.deepEqual(settings.sign_in.second_factor, { ask: 'enrolled', amr: ['mfa'] })
  assert.deepEqual(settings.sign_in.require, [{ path: 'groups', match: 'staff' }])
  const edit = await browser.open(openArn('edit', await arnOf('keyed')))
  assert.ok(isUnfolded(edit) && !shows(edit, pem))
  assert.match(textOf(await change('keyed')), /The provider was saved/)
  assert.deepEqual(await settingsOf('keyed'), settings, 'what is not changed stays')
  await change('keyed', {
    'sign_in.scopes': '',
    'sign_in.require': '',
    'sign_in.client_secret': 'new',
    'sign_in.userinfo': 'true',
  })
  const { sign_in: next, secrets } = await settingsOf('keyed')
  assert.deepEqual([next.scopes, next.require, next.userinfo], [undefined, undefined, true])
  assert.deepEqual(secrets, ['sign_in.client_secret'])
  const form = await browser.open(openArn('edit', await arnOf('keyed')))
  const { 'sign_in.userinfo': _, ...off } = filled(form)
  await browser.submit(form, off, '/providers/edit')
  assert.equal((await settingsOf('keyed')).sign_in.userinfo, undefined)
  await remove('keyed')
})

/** Steps of the check on a page, with whether each passes. */
const authenticated = (page: Seen): string | undefined =>
  /client authentication (Passes|Fails)/.exec(textOf(page))?.[1]

test('a secret that was typed is kept in the form, sealed: for this session and the same servers alone', {
  timeout,
}, async () => {
  const browser = await me()
  const form = await browser.open(`${newPath}?kind=openid`)
  const { secret } = social.client
  const untitled = { 'sign_in.title': '' }
  const refused = await browser.send(form, typed(secret, untitled), newPath)
  assert.deepEqual([refused.status, problemsIn(refused)], [422, ['sign_in-title']])
  assert.ok(!refused.text.includes(secret))
  assert.match(textOf(refused), /Client secret optional What you typed is kept\./)
  const checked = await browser.send(refused, typed('', { do: 'check' }), newPath)
  assert.equal(authenticated(checked), 'Passes')
  assert.equal(authenticated(await browser.send(form, typed('', { do: 'check' }), newPath)), 'Fails')

  const again = async (sent: Readonly<Record<string, string>>, by = browser, page = checked) => {
    const answer = await by.send(page, typed('', { do: 'save', ...sent }), newPath)
    assert.deepEqual([answer.status, problemsIn(answer)], [422, ['sign_in-client_secret']])
    assert.match(textOf(answer), /Client secret must be typed again/)
  }
  const sealed = valueIn(checked, 'typed-secrets') ?? ''
  assert.match(sealed, /^sign_in\.client_secret \d+\.[\w-]{60,}$/)
  await again({ url: `https://${social.host}` })
  for (const forged of [sealed.slice(0, -1), 'sign_in.client_secret', 'sign_in.client_secret 1.AAAA'])
    await again({ 'typed-secrets': forged })
  await again({ 'typed-secrets': `bind_password,${sealed}` })
  const stage = await atSecondFactor(server)
  await stage.browser.submit(stage.page, { code: await enrolled.code() })
  const other = await stage.browser.open(`${newPath}?kind=openid`)
  await again({ 'typed-secrets': sealed }, stage.browser, other)
  assert.deepEqual(await namesOf(), ['corp'])

  const made = await browser.submit(checked, typed('', { do: 'save' }), newPath)
  assert.match(textOf(made), /The provider was created/)
  const edit = await browser.open(openArn('edit', await arnOf('social')))
  const changed = await browser.send(edit, typed('another', { do: 'check' }), '/providers/edit')
  assert.equal(authenticated(changed), 'Fails')
  const next = await browser.send(changed, typed('', { do: 'check' }), '/providers/edit')
  assert.equal(authenticated(next), 'Fails', 'what was typed counts, not what there is')
  assert.equal(
    authenticated(await browser.send(edit, typed('', { do: 'check' }), '/providers/edit')),
    'Passes',
  )
  await remove('social')
})

test('ldap: groups are looked up while one of their fields has a value', { timeout }, async () => {
  const fields = {
    name: 'dir',
    'sign_in.title': 'Directory',
    urls: 'ldaps://ldap.corp.example',
    base_dn: 'dc=corp,dc=example',
  }
  const wrong = await create('ldap', { ...fields, 'groups.filter': '(member=x)', 'groups.depth': '99' })
  assert.deepEqual([wrong.status, problemsIn(wrong)], [422, ['groups-filter', 'groups-depth']])
  assert.match(
    textOf(wrong),
    /Group filter must hold \{dn\} \. .* Levels of groups in groups must be at most 20\./,
  )
  await create('ldap', { ...fields, 'groups.base_dn': 'ou=groups,dc=corp,dc=example', 'groups.depth': '2' })
  assert.deepEqual((await settingsOf('dir')).groups, { base_dn: 'ou=groups,dc=corp,dc=example', depth: 2 })
  await change('dir', { 'groups.base_dn': '', 'groups.name': 'dn' })
  assert.deepEqual((await settingsOf('dir')).groups, { name: 'dn', depth: 2 })
  await change('dir', { 'groups.base_dn': '', 'groups.name': '', 'groups.depth': '' })
  assert.equal((await settingsOf('dir')).groups, undefined)
  const patch = { method: 'PATCH', path: '/identity-providers/dir', body: { groups: {} } }
  assert.equal((await callAdmin(server.url, patch)).status, 200)
  await change('dir', { 'sign_in.title': 'Staff' })
  const { groups, sign_in } = await settingsOf('dir')
  assert.deepEqual([groups, sign_in.title], [{}, 'Staff'], 'groups with all defaults stay')
  await remove('dir')
})

test('saml: key pairs are added and removed, and the keys of those that stay are not asked for', {
  timeout,
}, async () => {
  const [first, second, signing] = [makeKeyPair(), makeKeyPair(), makeKeyPair()]
  const metadata = metadataOf([makeKeyPair()])
  const fields = { name: 'acme', 'sign_in.title': 'Acme', metadata }
  const names = { certificates: 'encryption.keys', keys: 'encryption.keys.private_key' }
  const wrong = await create('saml', {
    ...fields,
    [names.certificates]: first.certificate,
    [names.keys]: second.key,
  })
  assert.deepEqual([wrong.status, problemsIn(wrong)], [422, ['encryption-keys']])
  assert.match(textOf(wrong), /certificate does not belong to private_key/)
  assert.ok(isUnfolded(wrong) && !shows(wrong, second.key))
  const none = await create('saml', { ...fields, 'encryption.required': 'true' })
  assert.deepEqual(problemsIn(none), ['encryption-keys'])
  await create('saml', {
    ...fields,
    'encryption.required': 'true',
    [names.certificates]: first.certificate,
    [names.keys]: first.key,
  })
  const pairs = async (): Promise<readonly string[]> =>
    ((await settingsOf('acme')).encryption?.keys ?? []).map(({ certificate }: { certificate: string }) =>
      certificate.trim(),
    )
  assert.deepEqual(await pairs(), [first.certificate.trim()])
  const browser = await me()
  const edit = await browser.open(openArn('edit', await arnOf('acme')))
  assert.ok(isUnfolded(edit) && !shows(edit, first.key))
  assert.match(textOf(await change('acme', { 'sign_in.want': 'both' })), /The provider was saved/)
  const { certificates } = names
  await change('acme', {
    [certificates]: `${second.certificate}\n${first.certificate}`.replaceAll('\n', '\r\n'),
    [names.keys]: second.key,
  })
  assert.deepEqual(await pairs(), [second.certificate.trim(), first.certificate.trim()])
  assert.deepEqual((await settingsOf('acme')).encryption.required, true)
  await change('acme', { [certificates]: second.certificate })
  assert.deepEqual(await pairs(), [second.certificate.trim()])
  const left = await change('acme', { [certificates]: `${second.certificate}${first.certificate}` })
  assert.deepEqual([left.status, problemsIn(left)], [422, ['encryption-keys']], 'its key is gone')
  const { 'encryption.required': _, ...without } = filled(
    await browser.open(openArn('edit', await arnOf('acme'))),
  )
  const form = await browser.open(openArn('edit', await arnOf('acme')))
  await browser.submit(form, { ...without, [certificates]: '' }, '/providers/edit')
  assert.deepEqual((await settingsOf('acme')).encryption, undefined)
  await change('acme', { 'sign_in.certificate': signing.certificate, 'sign_in.private_key': signing.key })
  assert.deepEqual((await settingsOf('acme')).secrets, ['sign_in.private_key'])
  await change('acme', { 'sign_in.certificate': '' })
  const { secrets, sign_in } = await settingsOf('acme')
  assert.deepEqual([secrets, sign_in.certificate, sign_in.want], [[], undefined, 'both'])
  await remove('acme')
})

test('nothing is made or ended from another site, nor of an ARN that is not there', { timeout }, async () => {
  const browser = await me()
  const form = await browser.open(`${newPath}?kind=openid`)
  const forged = await browser.send(form, { ...typed('x'), do: 'save' }, newPath, {
    Origin: 'https://evil.example',
    'Sec-Fetch-Site': 'cross-site',
  })
  assert.equal(forged.status, 403)
  const other = `arn:aws:iam::210987654321:oidc-provider/x`
  for (const path of [
    openArn('one', other),
    openArn('edit', other),
    `/console/providers/${encodeURIComponent(other)}/delete`,
    openArn('one', `arn:aws:iam::${accountId}:saml-provider/none`),
  ])
    assert.ok([403, 404].includes((await browser.open(path)).status), path)
  assert.deepEqual(await namesOf(), ['corp'])
})

test('what a person may not do is greyed, with the statement that denies it', { timeout }, async () => {
  const invited = await callAdmin(server.url, {
    method: 'POST',
    path: '/invitations',
    body: { name: 'helper' },
  })
  const iam = iamOf(server)
  const Statement = [
    {
      Effect: 'Allow',
      Action: [
        'chancery:GetIdentityProvider',
        'iam:ListOpenIDConnectProviders',
        'chancery:DisableIdentityProvider',
      ],
      Resource: '*',
    },
    { Sid: 'NoEnds', Effect: 'Deny', Action: 'chancery:D*', Resource: '*' },
  ]
  try {
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
    await iam.send(new PutUserPolicyCommand({ UserName: 'helper', PolicyName: 'own', PolicyDocument }))
  } finally {
    iam.destroy()
  }
  const made = providerEntry(social, 'social')
  assert.equal(
    (await callAdmin(server.url, { method: 'POST', path: '/identity-providers', body: made })).status,
    201,
  )
  const helper = formBrowser(server.url)
  const password = 'staple battery wonder'
  const chosen = await helper.submit(
    await helper.open(invited.body.url),
    { password, again: password },
    '/sign-in/link',
  )
  const seed = /secret=([A-Z2-7]+)/.exec(chosen.text)?.[1] ?? ''
  await helper.submit(await helper.send(chosen, { code: await authenticator(seed)() }), {})
  const list = await helper.open('/console/providers')
  assert.match(textOf(list), /New provider , no permission You may not do chancery:CreateIdentityProvider/)
  const arn = await arnOf('social')
  const page = await helper.open(openArn('one', arn))
  assert.match(textOf(page), /You may not do chancery:DisableIdentityProvider: denied by statement NoEnds/)
  assert.doesNotMatch(page.text, /\/disable"|\/delete"|providers\/edit/)
  const edit = await helper.open(openArn('edit', arn))
  assert.match(textOf(edit), /You may not do chancery:UpdateIdentityProvider/)
  assert.doesNotMatch(edit.text, /name="sign_in.title"/)
  const csrf = csrfOf(page)
  const refused = await helper.post(`/console/providers/${encodeURIComponent(arn)}/delete`, { csrf })
  assert.equal(refused.status, 403)
  assert.ok((await namesOf()).includes('social'))
})
