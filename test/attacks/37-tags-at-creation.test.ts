// attacks.md 37: a check that one way in makes and another does not. Tags decide in policies (aws:PrincipalTag, aws:ResourceTag), so giving
// them takes a permission of its own, also to whoever creates what has them: as at AWS, the Tag action besides the Create action.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as sdk from '@aws-sdk/client-iam'
import type { Credentials } from '../../src/secure/sigv4/sign.ts'
import { iamOf, userWith } from '../admin/call.ts'
import { accountId, type Running, startServer } from '../support/server.ts'

let server: Running
let root: sdk.IAMClient
before(
  async () => {
    server = await startServer()
    root = iamOf(server)
  },
  { timeout: 120_000 },
)
after(async () => {
  root?.destroy()
  await server?.stop()
})

const clientOf = ({ accessKeyId, secretAccessKey }: Credentials) =>
  new sdk.IAMClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  })

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' },
})
const PolicyDocument = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
})
const Url = 'https://issuer.example'
type Tags = sdk.Tag[] | undefined

/** What creates one, what gives it tags, the request, and what shows that there is one. */
const creations: readonly (readonly [
  create: string,
  tag: string,
  request: (client: sdk.IAMClient, Tags: Tags) => Promise<unknown>,
  count: () => Promise<number | undefined>,
])[] = [
  [
    'CreateUser',
    'TagUser',
    (client, Tags) => client.send(new sdk.CreateUserCommand({ UserName: 'made', Tags })),
    async () => (await root.send(new sdk.ListUsersCommand({ PathPrefix: '/' }))).Users?.length,
  ],
  [
    'CreateRole',
    'TagRole',
    (client, Tags) =>
      client.send(new sdk.CreateRoleCommand({ RoleName: 'made', AssumeRolePolicyDocument: trust, Tags })),
    async () => (await root.send(new sdk.ListRolesCommand({}))).Roles?.length,
  ],
  [
    'CreatePolicy',
    'TagPolicy',
    (client, Tags) => client.send(new sdk.CreatePolicyCommand({ PolicyName: 'made', PolicyDocument, Tags })),
    async () => (await root.send(new sdk.ListPoliciesCommand({ Scope: 'Local' }))).Policies?.length,
  ],
  [
    'CreateInstanceProfile',
    'TagInstanceProfile',
    (client, Tags) =>
      client.send(new sdk.CreateInstanceProfileCommand({ InstanceProfileName: 'made', Tags })),
    async () => (await root.send(new sdk.ListInstanceProfilesCommand({}))).InstanceProfiles?.length,
  ],
  [
    'CreateVirtualMFADevice',
    'TagMFADevice',
    (client, Tags) =>
      client.send(new sdk.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'made', Tags })),
    async () => (await root.send(new sdk.ListVirtualMFADevicesCommand({}))).VirtualMFADevices?.length,
  ],
  [
    'CreateOpenIDConnectProvider',
    'TagOpenIDConnectProvider',
    (client, Tags) =>
      client.send(new sdk.CreateOpenIDConnectProviderCommand({ Url, ClientIDList: ['c'], Tags })),
    async () =>
      (await root.send(new sdk.ListOpenIDConnectProvidersCommand({}))).OpenIDConnectProviderList?.length,
  ],
]

for (const [create, tag, request, count] of creations) {
  test(`37: ${create} with tags needs iam:${tag} as well, with their keys and values`, async () => {
    const as = async (name: string, ...statements: object[]) => {
      const credentials = await userWith(root, `${create}-${name}`, [
        { Effect: 'Allow', Action: `iam:${create}`, Resource: '*' },
        ...statements,
      ])
      return clientOf(credentials)
    }
    const only = await as('only')
    const some = await as('some', {
      Effect: 'Allow',
      Action: `iam:${tag}`,
      Resource: '*',
      Condition: { StringEquals: { 'aws:RequestTag/team': 'a' } },
    })
    try {
      const before = await count()
      const denied = { name: 'AccessDenied', message: new RegExp(`perform: iam:${tag} on resource`) }
      await assert.rejects(request(only, [{ Key: 'team', Value: 'a' }]), denied)
      await assert.rejects(request(some, [{ Key: 'team', Value: 'b' }]), denied)
      assert.equal(await count(), before)
      await request(some, [{ Key: 'team', Value: 'a' }])
      assert.equal(await count(), (before ?? 0) + 1)
    } finally {
      only.destroy()
      some.destroy()
    }
  })
}

test('37: without tags the permission to create is enough', async () => {
  const credentials = await userWith(root, 'untagged', [
    { Effect: 'Allow', Action: 'iam:CreateUser', Resource: '*' },
  ])
  const client = clientOf(credentials)
  await client.send(new sdk.CreateUserCommand({ UserName: 'plain' }))
  await client.send(new sdk.CreateUserCommand({ UserName: 'empty', Tags: [] }))
  client.destroy()
})
