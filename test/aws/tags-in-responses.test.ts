// Which responses have the member Tags when there are none: as AWS, Get has an empty list, what creates leaves it out.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as sdk from '@aws-sdk/client-iam'
import { accountId } from '../iam/fixture.ts'
import { selfSigned } from '../support/certificate.ts'
import { policy } from '../support/role-server.ts'
import { makeKeyPair, metadataOf } from '../support/upstreams/saml-forge.ts'
import { open } from './open-iam.ts'

interface Row {
  readonly thing: string
  readonly create: (client: sdk.IAMClient) => Promise<unknown>
  readonly get: (client: sdk.IAMClient) => Promise<unknown>
}

const arn = (kind: string, name: string) => `arn:aws:iam::${accountId}:${kind}/${name}`
const PolicyName = 'plain'
const PolicyArn = arn('policy', PolicyName)
const InstanceProfileName = 'plain'
const OpenIDConnectProviderArn = arn('oidc-provider', 'issuer.example')
const SAMLProviderArn = arn('saml-provider', 'plain')
const ServerCertificateName = 'plain'

const withList: readonly Row[] = [
  {
    thing: 'a policy',
    create: async (client) => {
      const PolicyDocument = policy({ Effect: 'Allow', Action: '*', Resource: '*' })
      return (await client.send(new sdk.CreatePolicyCommand({ PolicyName, PolicyDocument }))).Policy
    },
    get: async (client) => (await client.send(new sdk.GetPolicyCommand({ PolicyArn }))).Policy,
  },
  {
    thing: 'an instance profile',
    create: async (client) =>
      (await client.send(new sdk.CreateInstanceProfileCommand({ InstanceProfileName }))).InstanceProfile,
    get: async (client) =>
      (await client.send(new sdk.GetInstanceProfileCommand({ InstanceProfileName }))).InstanceProfile,
  },
  {
    thing: 'an OpenID Connect provider',
    create: (client) =>
      client.send(new sdk.CreateOpenIDConnectProviderCommand({ Url: 'https://issuer.example' })),
    get: (client) => client.send(new sdk.GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn })),
  },
  {
    thing: 'a SAML provider',
    create: (client) => {
      const SAMLMetadataDocument = metadataOf([makeKeyPair()])
      return client.send(new sdk.CreateSAMLProviderCommand({ Name: 'plain', SAMLMetadataDocument }))
    },
    get: (client) => client.send(new sdk.GetSAMLProviderCommand({ SAMLProviderArn })),
  },
  {
    thing: 'a server certificate',
    create: (client) => {
      const { certificate: CertificateBody, privateKey: PrivateKey } = selfSigned('plain')
      const input = { ServerCertificateName, CertificateBody, PrivateKey }
      return client.send(new sdk.UploadServerCertificateCommand(input))
    },
    get: async (client) =>
      (await client.send(new sdk.GetServerCertificateCommand({ ServerCertificateName }))).ServerCertificate,
  },
]

const withoutMember: readonly Row[] = [
  {
    thing: 'a user',
    create: async (client) => (await client.send(new sdk.CreateUserCommand({ UserName: 'ada' }))).User,
    get: async (client) => (await client.send(new sdk.GetUserCommand({ UserName: 'ada' }))).User,
  },
  {
    thing: 'a role',
    create: async (client) => {
      const AssumeRolePolicyDocument = policy({
        Effect: 'Allow',
        Principal: { AWS: accountId },
        Action: 'sts:AssumeRole',
      })
      const input = { RoleName: 'plain', AssumeRolePolicyDocument }
      return (await client.send(new sdk.CreateRoleCommand(input))).Role
    },
    get: async (client) => (await client.send(new sdk.GetRoleCommand({ RoleName: 'plain' }))).Role,
  },
]

const tagsOf = (response: unknown): unknown => (response as { readonly Tags?: unknown }).Tags

for (const { thing, create, get } of withList)
  test(`${thing} without tags: none when it is created, an empty list when it is read`, async (t) => {
    const { client } = await open(t)
    assert.equal(tagsOf(await create(client)), undefined)
    assert.deepEqual(tagsOf(await get(client)), [])
  })

for (const { thing, create, get } of withoutMember)
  test(`${thing} without tags has no list of them`, async (t) => {
    const { client } = await open(t)
    assert.equal(tagsOf(await create(client)), undefined)
    assert.equal(tagsOf(await get(client)), undefined)
  })

test('a SAML provider says its id and how assertions are encrypted, also without a key', async (t) => {
  const { client } = await open(t)
  const read = () => client.send(new sdk.GetSAMLProviderCommand({ SAMLProviderArn }))
  const SAMLMetadataDocument = metadataOf([makeKeyPair()])
  const create = () => client.send(new sdk.CreateSAMLProviderCommand({ Name: 'plain', SAMLMetadataDocument }))
  await create()
  const first = await read()
  assert.deepEqual([first.AssertionEncryptionMode, first.PrivateKeyList], ['Allowed', []])
  assert.match(first.SAMLProviderUUID ?? '', /^[A-Z0-9]{22,64}$/)
  await client.send(
    new sdk.UpdateSAMLProviderCommand({ SAMLProviderArn, SAMLMetadataDocument: metadataOf([makeKeyPair()]) }),
  )
  assert.equal((await read()).SAMLProviderUUID, first.SAMLProviderUUID)
  await client.send(new sdk.DeleteSAMLProviderCommand({ SAMLProviderArn }))
  await create()
  assert.notEqual((await read()).SAMLProviderUUID, first.SAMLProviderUUID)
})
