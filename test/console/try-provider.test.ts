// The trial on the page of an identity provider, without JavaScript: what it shows, what it keeps and never shows again, and who may.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CreateGroupCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { callAdmin, iamOf } from '../admin/call.ts'
import { type Federated, joinedNow, startFederated } from '../support/federated.ts'
import {
  decoded,
  type FormBrowser,
  formBrowser,
  inlineCode,
  type Seen,
  readableText as textOf,
} from '../support/form-browser.ts'
import { authenticator, enrol, recentSignIn } from '../support/person.ts'
import { accountId } from '../support/server.ts'

const timeout = 120_000
const tryPath = '/console/providers/try#try'
let up: Federated
let me: () => Promise<FormBrowser>

before(
  async () => {
    up = await startFederated({
      corp: { mapping: { groups: 'groups', tags: { team: 'team' } } },
      others: [
        {
          kind: 'ldap',
          name: 'staff',
          urls: ['ldaps://ldap.corp.example'],
          base_dn: 'dc=corp,dc=example',
          sign_in: { title: 'Staff' },
        },
        { kind: 'openid', url: 'https://ci.example', client_ids: ['sts'] },
      ],
    })
    me = recentSignIn(up.server, await enrol(up.server))
    const iam = iamOf(up.server)
    await iam.send(new CreateGroupCommand({ GroupName: 'engineers' }))
    iam.destroy()
    const body = { name: 'bert', email: 'bert@corp.example', emailVerified: true }
    assert.equal((await callAdmin(up.server.url, { method: 'POST', path: '/people', body })).status, 201)
  },
  { timeout: 180_000 },
)
after(() => up?.stop())

const headlineOf = ({ text }: Seen): string | undefined =>
  /<div role="status"><h3>([\s\S]*?)<\/h3>/.exec(text)?.[1]?.replace(/<[^>]*>/g, '')
const claimsIn = ({ text }: Seen): string =>
  decoded(/name="claims"[^>]*>\n([\s\S]*?)<\/textarea>/.exec(text)?.[1] ?? '')
const problemsIn = ({ text }: Seen): readonly string[] =>
  [...text.matchAll(/<p class="field-problem" id="field-([\w-]+)-problem">/g)].map(([, name = '']) => name)
const pageOf = (arn: string): string => `/console/providers/one?arn=${encodeURIComponent(arn)}`
const arnOf = async (name: string): Promise<string> =>
  (await callAdmin(up.server.url, { path: `/identity-providers/${name}` })).body.arn
const tokenOf = (claims: Readonly<Record<string, unknown>>): string => {
  const now = Math.floor(Date.now() / 1000)
  const { issuer: iss, client } = up.corp
  return up.corp.sign({ iss, aud: client.id, iat: now - 10, exp: now + 600, ...claims })
}

test('a token is checked, what it comes to is shown, and the token is not shown again', {
  timeout,
}, async () => {
  const browser = await me()
  const before = await joinedNow(up.server)
  const page = await browser.open(pageOf(up.arnOf(up.corp)))
  assert.match(page.text, /<h2>Try it<\/h2>/)
  assert.equal(headlineOf(page), undefined)
  const claims = {
    sub: 's',
    preferred_username: 'rob',
    email: 'bert@corp.example',
    email_verified: true,
    groups: ['engineers', 'lost'],
    team: 'blue',
  }
  const token = tokenOf(claims)
  const tried = await browser.send(page, { token }, tryPath)
  assert.equal(tried.status, 200)
  assert.equal(
    headlineOf(tried),
    'Would join bert: bert@corp.example is verified, and its domain is one of this provider’s.',
  )
  assert.match(
    textOf(tried),
    /Token Valid Signature, issuer, audience and times\. Subject s Name rob Display name – E-mail bert@corp\.example, verified Groups engineers, lost \(no such group here\) Tags team=blue Second factor Asked for here of those who have one\./,
  )
  for (const part of [token.slice(0, 60), token.slice(-60)]) assert.ok(!tried.text.includes(part))
  assert.doesNotMatch(tried.text, inlineCode)
  assert.deepEqual(await joinedNow(up.server), before, 'nothing is saved')
})

test('each outcome has its headline', { timeout }, async () => {
  const browser = await me()
  const page = await browser.open(pageOf(up.arnOf(up.corp)))
  for (const [claims, headline] of [
    [{ sub: 'n', preferred_username: 'nora' }, 'Would create nora: no user has this identity.'],
    [
      { sub: 'n', email: 'bert@corp.example' },
      'Would be refused: bert has bert@corp.example already, and the provider does not mark it as verified; they can connect this identity once signed in.',
    ],
    [{ email: 'x@corp.example' }, 'Would be refused: the claims have no subject.'],
  ] as const)
    assert.equal(headlineOf(await browser.send(page, { claims: JSON.stringify(claims) }, tryPath)), headline)
  const expired = await browser.send(page, { token: tokenOf({ sub: 's', exp: 1 }) }, tryPath)
  assert.match(headlineOf(expired) ?? '', /^Would be refused: Token expired/)
  assert.match(textOf(expired), /Token Refused Token expired/)
})

test('claims stay in their field, and are text', { timeout }, async () => {
  const browser = await me()
  const page = await browser.open(pageOf(await arnOf('staff')))
  assert.doesNotMatch(page.text, /name="token"/, 'a directory gives no tokens')
  const claims = '{"entryUUID": ["u"], "uid": "</textarea><script>alert(1)</script>"}'
  const tried = await browser.send(page, { claims }, tryPath)
  assert.equal(tried.status, 200)
  assert.match(headlineOf(tried) ?? '', /^Would create textarea-script-alert-1-script:/)
  assert.match(tried.text, /&lt;\/textarea&gt;&lt;script&gt;/)
  assert.doesNotMatch(tried.text, inlineCode)
  assert.equal(claimsIn(tried).replaceAll('&lt;', '<').replaceAll('&gt;', '>'), claims)
})

test('what is wrong is at its field, with the claims that were typed', { timeout }, async () => {
  const browser = await me()
  const page = await browser.open(pageOf(up.arnOf(up.corp)))
  const token = tokenOf({ sub: 's' })
  for (const [fields, faults] of [
    [{}, ['token']],
    [{ token: 'opaque-token-of-the-form' }, ['token']],
    [{ token: up.corp.sign({ iss: up.corp.issuer }, {}, 'none') }, ['token']],
    [{ claims: 'no json' }, ['claims']],
    [{ claims: '["a"]' }, ['claims']],
    [{ token, claims: '{"sub":"s"}' }, ['claims']],
  ] as const) {
    const again = await browser.send(page, fields, tryPath)
    assert.deepEqual([again.status, problemsIn(again)], [422, faults], JSON.stringify(fields))
    if ('token' in fields) assert.ok(!again.text.includes(fields.token))
    assert.equal(claimsIn(again), 'claims' in fields ? fields.claims : '')
    assert.equal(headlineOf(again), undefined)
  }
})

test('a provider of workloads has no trial, and none is made from another site', { timeout }, async () => {
  const browser = await me()
  const workloads = await browser.open(pageOf(`arn:aws:iam::${accountId}:oidc-provider/ci.example`))
  assert.equal(workloads.status, 200)
  assert.doesNotMatch(workloads.text, /Try it/)
  const page = await browser.open(pageOf(up.arnOf(up.corp)))
  const forged = await browser.send(page, { claims: '{"sub":"s"}' }, tryPath, {
    Origin: 'https://evil.example',
    'Sec-Fetch-Site': 'cross-site',
  })
  assert.equal(forged.status, 403)
})

test('who may not list people sees the trial greyed, with the statement, and gets no answer', {
  timeout,
}, async () => {
  const invited = await callAdmin(up.server.url, {
    method: 'POST',
    path: '/invitations',
    body: { name: 'helper' },
  })
  const iam = iamOf(up.server)
  const Statement = [
    { Effect: 'Allow', Action: ['chancery:*', 'iam:ListOpenIDConnectProviders'], Resource: '*' },
    { Sid: 'NoPeople', Effect: 'Deny', Action: 'chancery:ListPeople', Resource: '*' },
  ]
  try {
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
    await iam.send(new PutUserPolicyCommand({ UserName: 'helper', PolicyName: 'own', PolicyDocument }))
  } finally {
    iam.destroy()
  }
  const helper = formBrowser(up.server.url)
  const password = 'staple battery wonder'
  const link = await helper.open(invited.body.url)
  const chosen = await helper.submit(link, { password, again: password }, '/sign-in/link')
  const seed = /secret=([A-Z2-7]+)/.exec(chosen.text)?.[1] ?? ''
  await helper.submit(await helper.send(chosen, { code: await authenticator(seed)() }), {})
  const page = await helper.open(pageOf(up.arnOf(up.corp)))
  assert.match(
    textOf(page),
    /Try , no permission You may not do chancery:ListPeople: denied by statement `?\s*NoPeople/,
  )
  assert.doesNotMatch(page.text, /name="claims"/)
  const body = { sub: 's', email: 'bert@corp.example', email_verified: true }
  const sent = await helper.post('/console/providers/try', {
    ...Object.fromEntries([['csrf', /name="csrf" value="([^"]*)"/.exec(page.text)?.[1] ?? '']]),
    arn: up.arnOf(up.corp),
    claims: JSON.stringify(body),
  })
  assert.equal(headlineOf(sent), undefined)
  assert.doesNotMatch(textOf(sent), /Would (?:join|be refused)/)
  assert.ok([403, 422].includes(sent.status), String(sent.status))
})
