// IAM through the real SDK, over the real codec and signatures, on a real store: what tools see.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as sdk from '@aws-sdk/client-iam'
import { encoded } from '../../src/aws/iam/shapes.ts'
import { iamActions } from '../../src/aws/iam.ts'
import { serviceModel } from '../../src/aws/model.ts'
import { Secret } from '../../src/secure/secret.ts'
import { codeOf } from '../../src/secure/totp.ts'
import { accountId, allow, openIamFixture, text, trusting } from '../iam/fixture.ts'
import { makeKeyPair, metadataOf } from '../support/upstreams/saml-forge.ts'
import { open } from './open-iam.ts'

const document = text(allow('s3:GetObject', 'arn:aws:s3:::b/*'))
const trust = trusting({ AWS: accountId })

test('every action of the table is in the service model', async (t) => {
  const { iam } = await openIamFixture(t)
  const model = serviceModel('iam')
  for (const name of iamActions(iam).keys()) assert.ok(model.actions.has(name), name)
})

test('a user through the SDK', async (t) => {
  const { client } = await open(t)
  const Tags = [{ Key: 'Team', Value: 'a b' }]
  const before = Math.floor(Date.now() / 1000)
  const { User } = await client.send(new sdk.CreateUserCommand({ UserName: 'alice', Path: '/eng/', Tags }))
  assert.equal(User?.Arn, `arn:aws:iam::${accountId}:user/eng/alice`)
  assert.deepEqual(User?.Tags, Tags)
  const created = (User?.CreateDate?.getTime() ?? 0) / 1000
  assert.ok(before <= created && created <= Date.now() / 1000, `${User?.CreateDate}`)
  const listed = await client.send(new sdk.ListUsersCommand({ PathPrefix: '/eng/' }))
  assert.equal(listed.IsTruncated, false)
  assert.equal(listed.Users?.[0]?.Tags, undefined, 'a list shows no tags')
  const root = await client.send(new sdk.GetUserCommand({}))
  assert.equal(root.User?.Arn, `arn:aws:iam::${accountId}:root`)
  await assert.rejects(client.send(new sdk.CreateUserCommand({ UserName: 'ALICE' })), (error) => {
    assert.ok(error instanceof sdk.EntityAlreadyExistsException)
    assert.equal(error.message, 'User with name ALICE already exists.')
    assert.equal(error.$metadata.httpStatusCode, 409)
    return true
  })
  await assert.rejects(client.send(new sdk.GetUserCommand({ UserName: 'bob' })), (error) => {
    assert.ok(error instanceof sdk.NoSuchEntityException)
    assert.equal(error.$metadata.httpStatusCode, 404)
    return true
  })
  await client.send(new sdk.UpdateUserCommand({ UserName: 'alice', NewUserName: 'alice2' }))
  await client.send(new sdk.DeleteUserCommand({ UserName: 'alice2' }))
})

test("pages through the SDK's own paginator", async (t) => {
  const { client } = await open(t)
  for (let n = 0; n < 5; n++) await client.send(new sdk.CreateUserCommand({ UserName: `u${n}` }))
  const names: (string | undefined)[] = []
  for await (const page of sdk.paginateListUsers({ client, pageSize: 2 }, {}))
    names.push(...(page.Users ?? []).map(({ UserName }) => UserName))
  assert.deepEqual(names, ['u0', 'u1', 'u2', 'u3', 'u4'])
})

test('a role: documents are percent-encoded, and the answer of CreateRole has no MaxSessionDuration', async (t) => {
  const { client } = await open(t)
  const input = { RoleName: 'r', AssumeRolePolicyDocument: trust, MaxSessionDuration: 7200 }
  const { Role } = await client.send(new sdk.CreateRoleCommand(input))
  assert.equal(Role?.MaxSessionDuration, undefined)
  assert.equal(Role?.AssumeRolePolicyDocument, encoded(trust))
  assert.equal(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''), trust)
  const got = await client.send(new sdk.GetRoleCommand({ RoleName: 'r' }))
  assert.equal(got.Role?.MaxSessionDuration, 7200)
  assert.deepEqual(got.Role?.RoleLastUsed, {})
  const profiles = await client.send(new sdk.ListInstanceProfilesForRoleCommand({ RoleName: 'r' }))
  assert.deepEqual(profiles.InstanceProfiles, [])
})

test('encoding is that of RFC 3986', () => {
  assert.equal(encoded(`{"a":"*'()!~ ü"}`), '%7B%22a%22%3A%22%2A%27%28%29%21~%20%C3%BC%22%7D')
})

for (const kind of ['User', 'Group', 'Role'] as const)
  test(`policies on a ${kind.toLowerCase()} through the SDK`, async (t) => {
    const { client } = await open(t)
    const who = { [`${kind}Name`]: 'x' } as { UserName: string; GroupName: string; RoleName: string }
    const create = {
      User: new sdk.CreateUserCommand(who),
      Group: new sdk.CreateGroupCommand(who),
      Role: new sdk.CreateRoleCommand({ ...who, AssumeRolePolicyDocument: trust }),
    }[kind]
    await client.send(create as sdk.CreateUserCommand)
    const command = <Name extends string>(name: Name, input: object) => {
      const Command = (sdk as unknown as Record<string, new (input: object) => sdk.GetUserPolicyCommand>)[
        `${name}Command`
      ]
      assert.ok(Command, name)
      return client.send(new Command({ ...who, ...input })) as Promise<unknown>
    }
    const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
    const answer = async (name: string, input: object = {}) => {
      const { $metadata, ...rest } = (await command(name, input)) as Record<string, unknown>
      return rest
    }
    await command(`Put${kind}Policy`, { PolicyName: 'p', PolicyDocument: document })
    assert.deepEqual(await answer(`Get${kind}Policy`, { PolicyName: 'p' }), {
      ...who,
      PolicyName: 'p',
      PolicyDocument: encoded(document),
    })
    assert.deepEqual(await answer(`List${kind}Policies`), { PolicyNames: ['p'], IsTruncated: false })
    await command(`Attach${kind}Policy`, { PolicyArn })
    assert.deepEqual(await answer(`ListAttached${kind}Policies`), {
      AttachedPolicies: [{ PolicyName: 'ReadOnlyAccess', PolicyArn }],
      IsTruncated: false,
    })
    await command(`Detach${kind}Policy`, { PolicyArn })
    await command(`Delete${kind}Policy`, { PolicyName: 'p' })
  })

test('a managed policy and its versions through the SDK', async (t) => {
  const { client } = await open(t)
  const input = { PolicyName: 'p', PolicyDocument: document, Description: 'reads' }
  const { Policy } = await client.send(new sdk.CreatePolicyCommand(input))
  const PolicyArn = Policy?.Arn ?? ''
  assert.equal(Policy?.AttachmentCount, 0)
  const got = await client.send(new sdk.GetPolicyCommand({ PolicyArn }))
  assert.equal(got.Policy?.Description, 'reads')
  await client.send(
    new sdk.CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: trustless, SetAsDefault: true }),
  )
  const version = await client.send(new sdk.GetPolicyVersionCommand({ PolicyArn, VersionId: 'v2' }))
  assert.deepEqual(
    [version.PolicyVersion?.Document, version.PolicyVersion?.IsDefaultVersion],
    [encoded(trustless), true],
  )
  const { Policies } = await client.send(new sdk.ListPoliciesCommand({ Scope: 'Local' }))
  assert.deepEqual(
    Policies?.map(({ Arn, DefaultVersionId }) => [Arn, DefaultVersionId]),
    [[PolicyArn, 'v2']],
  )
  await assert.rejects(
    client.send(new sdk.CreatePolicyCommand({ PolicyName: 'q', PolicyDocument: '{"a":1}' })),
    {
      name: 'MalformedPolicyDocumentException',
    },
  )
})
const trustless = text(allow('sqs:*'))

test('an access key through the SDK', async (t) => {
  const { client } = await open(t)
  const who = { UserName: 'u' }
  await client.send(new sdk.CreateUserCommand(who))
  const { AccessKey } = await client.send(new sdk.CreateAccessKeyCommand(who))
  assert.equal(AccessKey?.SecretAccessKey?.length, 40)
  await client.send(new sdk.CreateAccessKeyCommand(who))
  await assert.rejects(client.send(new sdk.CreateAccessKeyCommand(who)), (error) => {
    assert.ok(error instanceof sdk.LimitExceededException)
    assert.equal(error.$metadata.httpStatusCode, 409)
    return true
  })
  const AccessKeyId = AccessKey?.AccessKeyId ?? ''
  const used = await client.send(new sdk.GetAccessKeyLastUsedCommand({ AccessKeyId }))
  assert.deepEqual([used.UserName, used.AccessKeyLastUsed], ['u', { ServiceName: 'N/A', Region: 'N/A' }])
})

test('a virtual MFA device through the SDK: its seed makes codes that enable it', async (t) => {
  const { client, fixture } = await open(t)
  await client.send(new sdk.CreateUserCommand({ UserName: 'u' }))
  const { VirtualMFADevice: made } = await client.send(
    new sdk.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'phone' }),
  )
  const png = Buffer.from(made?.QRCodePNG ?? [])
  assert.equal(png.subarray(1, 4).toString(), 'PNG')
  const seed = new Secret(Buffer.from(made?.Base32StringSeed ?? []).toString())
  const step = Math.floor(fixture.clock.now / 30)
  const input = {
    UserName: 'u',
    SerialNumber: made?.SerialNumber,
    AuthenticationCode1: codeOf(seed, step),
    AuthenticationCode2: codeOf(seed, step + 1),
  }
  await assert.rejects(
    client.send(new sdk.EnableMFADeviceCommand({ ...input, AuthenticationCode2: '000000' })),
    {
      name: 'InvalidAuthenticationCodeException',
      message: 'Authentication code for device is not valid.',
    },
  )
  await client.send(new sdk.EnableMFADeviceCommand(input))
  await assert.rejects(client.send(new sdk.EnableMFADeviceCommand(input)), {
    name: 'EntityAlreadyExistsException',
    message: 'MFA Device for user u already exists.',
  })
  const { MFADevices } = await client.send(new sdk.ListMFADevicesCommand({ UserName: 'u' }))
  assert.equal(MFADevices?.[0]?.SerialNumber, made?.SerialNumber)
  const { VirtualMFADevices } = await client.send(new sdk.ListVirtualMFADevicesCommand({}))
  assert.equal(VirtualMFADevices?.[0]?.User?.UserName, 'u')
})

test('login profile, provider, account through the SDK', async (t) => {
  const { client } = await open(t)
  await client.send(new sdk.CreateUserCommand({ UserName: 'u' }))
  const profile = { UserName: 'u', Password: 'correct horse battery', PasswordResetRequired: true }
  const { LoginProfile } = await client.send(new sdk.CreateLoginProfileCommand(profile))
  assert.equal(LoginProfile?.PasswordResetRequired, true)
  await assert.rejects(client.send(new sdk.UpdateLoginProfileCommand({ UserName: 'u', Password: 'short' })), {
    name: 'PasswordPolicyViolationException',
    message: 'Password should have a minimum length of 8',
  })
  const Url = 'https://issuer.example/ci'
  const provider = { Url, ClientIDList: ['a'], ThumbprintList: ['a'.repeat(40)] }
  const { OpenIDConnectProviderArn } = await client.send(new sdk.CreateOpenIDConnectProviderCommand(provider))
  const got = await client.send(new sdk.GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }))
  assert.deepEqual([got.Url, got.ClientIDList], ['issuer.example/ci', ['a']])
  await client.send(new sdk.CreateAccountAliasCommand({ AccountAlias: 'my-alias' }))
  await assert.rejects(client.send(new sdk.CreateAccountAliasCommand({ AccountAlias: '210987654321' })), {
    message: /must not be 12 digits/,
  })
  assert.deepEqual((await client.send(new sdk.ListAccountAliasesCommand({}))).AccountAliases, ['my-alias'])
  const { SummaryMap } = await client.send(new sdk.GetAccountSummaryCommand({}))
  assert.deepEqual([SummaryMap?.['Users'], SummaryMap?.['AccessKeysPerUserQuota']], [1, 2])
})

test('everything at once: GetAccountAuthorizationDetails', async (t) => {
  const { client } = await open(t)
  await client.send(new sdk.CreateUserCommand({ UserName: 'u' }))
  await client.send(new sdk.CreateGroupCommand({ GroupName: 'g' }))
  await client.send(new sdk.AddUserToGroupCommand({ GroupName: 'g', UserName: 'u' }))
  await client.send(new sdk.CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: trust }))
  await client.send(
    new sdk.PutRolePolicyCommand({ RoleName: 'r', PolicyName: 'p', PolicyDocument: document }),
  )
  const all = await client.send(new sdk.GetAccountAuthorizationDetailsCommand({}))
  assert.deepEqual(all.UserDetailList?.[0]?.GroupList, ['g'])
  assert.equal(all.RoleDetailList?.[0]?.RolePolicyList?.[0]?.PolicyDocument, encoded(document))
  assert.equal(all.GroupDetailList?.length, 1)
  const some = await client.send(new sdk.GetAccountAuthorizationDetailsCommand({ Filter: ['Group'] }))
  assert.deepEqual([some.UserDetailList, some.GroupDetailList?.length], [[], 1])
})

test('shapes that clients rely on: empty lists, absent members, dates', async (t) => {
  const { client, fixture } = await open(t)
  const created = await client.send(
    new sdk.CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: trust, Description: 'd' }),
  )
  assert.equal(created.Role?.Description, undefined, 'CreateRole never answers the description')
  assert.equal((await client.send(new sdk.GetRoleCommand({ RoleName: 'r' }))).Role?.Description, 'd')
  await client.send(new sdk.CreateUserCommand({ UserName: 'u' }))
  const { Policy } = await client.send(
    new sdk.CreatePolicyCommand({ PolicyName: 'p', PolicyDocument: document }),
  )
  const PolicyArn = Policy?.Arn ?? ''
  assert.deepEqual((await client.send(new sdk.GetPolicyCommand({ PolicyArn }))).Policy?.Tags, [])
  await client.send(new sdk.CreateInstanceProfileCommand({ InstanceProfileName: 'web' }))
  await client.send(new sdk.AddRoleToInstanceProfileCommand({ InstanceProfileName: 'web', RoleName: 'r' }))
  const details = await client.send(new sdk.GetAccountAuthorizationDetailsCommand({}))
  const [user, role] = [details.UserDetailList?.[0], details.RoleDetailList?.[0]]
  assert.deepEqual([user?.Tags, user?.UserPolicyList, role?.Tags], [[], undefined, []])
  assert.deepEqual([role?.RolePolicyList, role?.InstanceProfileList?.[0]?.InstanceProfileName], [[], 'web'])
  await client.send(new sdk.AttachUserPolicyCommand({ UserName: 'u', PolicyArn }))
  const entities = await client.send(
    new sdk.ListEntitiesForPolicyCommand({ PolicyArn, EntityFilter: 'LocalManagedPolicy' }),
  )
  assert.deepEqual([entities.PolicyUsers, entities.PolicyGroups, entities.PolicyRoles], [[], [], []])
  const metadata = metadataOf([makeKeyPair()])
  const saml = await client.send(
    new sdk.CreateSAMLProviderCommand({ Name: 'acme', SAMLMetadataDocument: metadata }),
  )
  const got = await client.send(
    new sdk.GetSAMLProviderCommand({ SAMLProviderArn: saml.SAMLProviderArn ?? '' }),
  )
  const years = ((got.ValidUntil?.getTime() ?? 0) / 1000 - fixture.clock.now) / 31_536_000
  assert.equal(Math.round(years), 100)
})
