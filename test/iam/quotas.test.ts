// Quotas per account on the running server: each create operation passes its quota, also when two requests meet at the limit.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as sdk from '@aws-sdk/client-iam'
import { adjustableQuotas } from '../../src/iam/quotas.ts'
import { callAdmin, iamOf } from '../admin/call.ts'
import { selfSigned } from '../support/certificate.ts'
import { accountId, type Running, startServer } from '../support/server.ts'
import { makeKeyPair, metadataOf } from '../support/upstreams/saml-forge.ts'

const limit = { timeout: 60_000 }
let server: Running
let iam: sdk.IAMClient
before(async () => {
  server = await startServer()
  iam = iamOf(server)
  metadata = metadataOf([makeKeyPair()])
  await iam.send(new sdk.CreateUserCommand({ UserName: 'ada' }))
  await iam.send(new sdk.CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument: trust }))
  for (const n of [0, 1, 2]) await iam.send(new sdk.CreateGroupCommand({ GroupName: `member${n}` }))
})
after(async () => {
  iam?.destroy()
  await server?.stop()
})

const arnOf = (rest: string) => `arn:aws:iam::${accountId}:${rest}`
const allow = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'docs:Get', Resource: '*' }],
})
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' }],
})
const managed = [1, 2, 3, 4].map(
  (n) =>
    `arn:aws:iam::aws:policy/${['ReadOnlyAccess', 'PowerUserAccess', 'SecurityAudit', 'IAMFullAccess'][n - 1]}`,
)

interface Row {
  readonly quota: keyof typeof adjustableQuotas
  /** Member of the settings operation. */
  readonly member: string
  /** Entry of GetAccountSummary, and the entry that counts. */
  readonly entry?: sdk.SummaryKeyType
  readonly counted?: sdk.SummaryKeyType
  readonly create: (n: number) => Promise<unknown>
}

let metadata = ''
const pair = () => selfSigned('web.example')
const rows: readonly Row[] = [
  {
    quota: 'UsersPerAccount',
    member: 'usersPerAccount',
    entry: 'UsersQuota',
    counted: 'Users',
    create: (n) => iam.send(new sdk.CreateUserCommand({ UserName: `u${n}` })),
  },
  {
    quota: 'GroupsPerAccount',
    member: 'groupsPerAccount',
    entry: 'GroupsQuota',
    counted: 'Groups',
    create: (n) => iam.send(new sdk.CreateGroupCommand({ GroupName: `g${n}` })),
  },
  {
    quota: 'RolesPerAccount',
    member: 'rolesPerAccount',
    entry: 'RolesQuota',
    counted: 'Roles',
    create: (n) =>
      iam.send(new sdk.CreateRoleCommand({ RoleName: `r${n}`, AssumeRolePolicyDocument: trust })),
  },
  {
    quota: 'PoliciesPerAccount',
    member: 'policiesPerAccount',
    entry: 'PoliciesQuota',
    counted: 'Policies',
    create: (n) => iam.send(new sdk.CreatePolicyCommand({ PolicyName: `p${n}`, PolicyDocument: allow })),
  },
  {
    quota: 'InstanceProfilesPerAccount',
    member: 'instanceProfilesPerAccount',
    entry: 'InstanceProfilesQuota',
    counted: 'InstanceProfiles',
    create: (n) => iam.send(new sdk.CreateInstanceProfileCommand({ InstanceProfileName: `i${n}` })),
  },
  {
    quota: 'ServerCertificatesPerAccount',
    member: 'serverCertificatesPerAccount',
    entry: 'ServerCertificatesQuota',
    counted: 'ServerCertificates',
    create: (n) => {
      const { certificate, privateKey } = pair()
      return iam.send(
        new sdk.UploadServerCertificateCommand({
          ServerCertificateName: `c${n}`,
          CertificateBody: certificate,
          PrivateKey: privateKey,
        }),
      )
    },
  },
  {
    quota: 'OpenIdConnectProvidersPerAccount',
    member: 'openIdConnectProvidersPerAccount',
    create: (n) =>
      iam.send(
        new sdk.CreateOpenIDConnectProviderCommand({ Url: `https://i${n}.example`, ClientIDList: ['a'] }),
      ),
  },
  {
    quota: 'SAMLProvidersPerAccount',
    member: 'samlProvidersPerAccount',
    create: (n) =>
      iam.send(new sdk.CreateSAMLProviderCommand({ Name: `s${n}`, SAMLMetadataDocument: metadata })),
  },
  {
    quota: 'GroupsPerUser',
    member: 'groupsPerUser',
    entry: 'GroupsPerUserQuota',
    create: (n) => iam.send(new sdk.AddUserToGroupCommand({ GroupName: `member${n}`, UserName: 'ada' })),
  },
  {
    quota: 'PoliciesPerUser',
    member: 'policiesPerUser',
    entry: 'AttachedPoliciesPerUserQuota',
    create: (n) => iam.send(new sdk.AttachUserPolicyCommand({ UserName: 'ada', PolicyArn: managed[n] })),
  },
  {
    quota: 'PoliciesPerGroup',
    member: 'policiesPerGroup',
    entry: 'AttachedPoliciesPerGroupQuota',
    create: (n) =>
      iam.send(new sdk.AttachGroupPolicyCommand({ GroupName: 'member0', PolicyArn: managed[n] })),
  },
  {
    quota: 'PoliciesPerRole',
    member: 'policiesPerRole',
    entry: 'AttachedPoliciesPerRoleQuota',
    create: (n) => iam.send(new sdk.AttachRolePolicyCommand({ RoleName: 'worker', PolicyArn: managed[n] })),
  },
]

const setQuota = async (member: string, value: number | null) => {
  const { status, body } = await callAdmin(server.url, {
    method: 'PATCH',
    path: '/quotas',
    body: { [member]: value },
  })
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const summary = async () => (await iam.send(new sdk.GetAccountSummaryCommand({}))).SummaryMap ?? {}

for (const { quota, member, entry, counted, create } of rows)
  test(`of three requests that meet at the limit of ${quota}, one succeeds`, limit, async () => {
    const before = await summary()
    assert.equal(entry === undefined ? undefined : before[entry], entry && adjustableQuotas[quota].default)
    const room = (counted === undefined ? 0 : (before[counted] ?? 0)) + 1
    assert.equal((await setQuota(member, room))[member], room)
    if (entry !== undefined) assert.equal((await summary())[entry], room)
    const results = await Promise.allSettled([0, 1, 2].map(create))
    const refused = results.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    assert.equal(refused.length, 2)
    for (const error of refused) {
      assert.ok(error instanceof sdk.LimitExceededException, String(error))
      assert.equal(error.$metadata.httpStatusCode, 409)
      assert.equal(error.message, `Cannot exceed quota for ${quota}: ${room}`)
    }
    if (counted !== undefined) assert.equal((await summary())[counted], room)
    assert.equal((await setQuota(member, null))[member], adjustableQuotas[quota].default)
  })

test('the length of a trust policy can be set, too', limit, async () => {
  const Statement = Array.from({ length: 30 }, (_, n) => ({
    Sid: `S${n}`,
    Effect: 'Allow',
    Principal: { AWS: arnOf('user/ada') },
    Action: 'sts:AssumeRole',
  }))
  const long = JSON.stringify({ Version: '2012-10-17', Statement })
  const create = () =>
    iam.send(new sdk.CreateRoleCommand({ RoleName: 'long', AssumeRolePolicyDocument: long }))
  await assert.rejects(create(), { name: 'LimitExceededException', message: /ACLSizePerRole: 2048$/ })
  await setQuota('trustPolicySize', 8192)
  await create()
})

test('every quota that can be set is in the answer, and no other value is accepted', limit, async () => {
  const { body } = await callAdmin(server.url, { path: '/quotas' })
  assert.equal(Object.keys(body).length, Object.keys(adjustableQuotas).length)
  for (const value of [-1, 1.5, 10_000_001, 'many'])
    assert.equal(
      (await callAdmin(server.url, { method: 'PATCH', path: '/quotas', body: { usersPerAccount: value } }))
        .status,
      400,
      String(value),
    )
})
