// attacks.md 37: a check that one way in makes and another does not. Users who are protected by their tags or permissions boundary are
// protected from the admin API, SCIM and the console as from IAM's own operations: each asks with the same condition keys.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  CreatePolicyCommand,
  CreateUserCommand,
  type IAMClient,
  PutUserPermissionsBoundaryCommand,
  TagUserCommand,
} from '@aws-sdk/client-iam'
import type { Credentials } from '../../src/secure/sigv4/sign.ts'
import { callAdmin, iamOf, userWith } from '../admin/call.ts'
import { accountId, type Running, startServer } from '../support/server.ts'

let server: Running
let iam: IAMClient
/** May do everything of the admin API, but nothing to those with the tag or without the boundary. */
let byExceptions: Credentials
/** May do it to those with the tag `team` alone. */
let byTag: Credentials
const boundary = `arn:aws:iam::${accountId}:policy/limit`
const password = 'plum-orbit-9-lantern'

const all = { Effect: 'Allow', Action: 'chancery:*', Resource: '*' }
before(
  async () => {
    server = await startServer()
    iam = iamOf(server)
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: { ...all, Action: 's3:*' } })
    await iam.send(new CreatePolicyCommand({ PolicyName: 'limit', PolicyDocument }))
    for (const [UserName, tag] of [
      ['boss', { Key: 'protected', Value: 'true' }],
      ['ada', { Key: 'team', Value: 'a' }],
      ['free', { Key: 'team', Value: 'b' }],
    ] as const) {
      await iam.send(new CreateUserCommand({ UserName }))
      await iam.send(new TagUserCommand({ UserName, Tags: [tag] }))
      if (UserName !== 'free')
        await iam.send(new PutUserPermissionsBoundaryCommand({ UserName, PermissionsBoundary: boundary }))
    }
    // Whom the mail server concerns.
    const email = { email: 'boss@corp.example' }
    await callAdmin(server.url, { method: 'PATCH', path: '/people/boss', body: email })
    byExceptions = await userWith(iam, 'by-exceptions', [
      { ...all, Condition: { StringNotEquals: { 'aws:ResourceTag/protected': 'true' } } },
      {
        ...all,
        Effect: 'Deny',
        Action: ['chancery:SetPersonPassword', 'chancery:UpdatePerson'],
        Condition: { StringNotEquals: { 'iam:PermissionsBoundary': boundary } },
      },
    ])
    byTag = await userWith(iam, 'by-tag', [
      { ...all, Condition: { StringEquals: { 'aws:ResourceTag/team': 'a' } } },
    ])
  },
  { timeout: 120_000 },
)
after(async () => {
  iam?.destroy()
  await server?.stop()
})

const ways: readonly (readonly [method: string, path: (person: string) => string, body?: object])[] = [
  ['POST', (person) => `/people/${person}/password`, { password }],
  ['PATCH', (person) => `/people/${person}`, { displayName: 'Other' }],
  ['PATCH', (person) => `/people/${person}`, { path: '/moved/' }],
  ['PATCH', (person) => `/people/${person}`, { path: '/' }],
  ['POST', (person) => `/people/${person}/sign-in-link`, {}],
  ['POST', (person) => `/people/${person}/reset-factors`, {}],
  ['POST', (person) => `/people/${person}/disable`, {}],
  ['POST', (person) => `/people/${person}/enable`],
]
const statusOf = async (credentials: Credentials, method: string, path: string, body?: object) =>
  (await callAdmin(server.url, { method, path, credentials, ...(body && { body }) })).status

for (const [method, path, body] of ways)
  test(`37: ${method} ${path('…')} ${JSON.stringify(body ?? {})} is asked for with the tags and boundary of the user`, async () => {
    const { body: before } = await callAdmin(server.url, { path: '/people/boss' })
    assert.equal(await statusOf(byExceptions, method, path('boss'), body), 403)
    assert.equal(await statusOf(byTag, method, path('boss'), body), 403)
    assert.equal(await statusOf(byTag, method, path('free'), body), 403)
    assert.deepEqual((await callAdmin(server.url, { path: '/people/boss' })).body, before)
    assert.equal(
      await statusOf(byExceptions, method, path('ada'), body),
      method === 'POST' && path('').endsWith('link') ? 201 : 200,
    )
    assert.ok((await statusOf(byTag, method, path('ada'), body)) < 300)
  })

test('37: one who lacks the boundary is changed by nobody who may change those with it alone', async () => {
  assert.equal(await statusOf(byExceptions, 'POST', '/people/free/password', { password }), 403)
  assert.equal(await statusOf(byExceptions, 'GET', '/people/free'), 200)
})

test('37: nor by SCIM, nor by settings that concern everybody', async () => {
  const { body: boss } = await callAdmin(server.url, { path: '/people/boss' })
  const made = await callAdmin(server.url, {
    method: 'POST',
    path: '/scim-tokens',
    body: { user: 'by-exceptions' },
  })
  const replaced = await fetch(`${server.url}/scim/v2/Users/${boss.id}`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${made.body.token}`,
      'content-type': 'application/scim+json',
    },
    body: JSON.stringify({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'active', value: false }],
    }),
  })
  assert.equal(replaced.status, 403, await replaced.text())
  const host = { host: 'smtp.evil.example', from: 'id@evil.example' }
  const mail = await callAdmin(server.url, {
    method: 'PATCH',
    path: '/mail-server',
    body: host,
    credentials: byExceptions,
  })
  assert.equal(mail.status, 403)
  assert.match(mail.body.detail, /user\/boss/)
})
