// SSH public keys, signing certificates and service-specific credentials, through the AWS SDK.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { before, test } from 'node:test'
import * as sdk from '@aws-sdk/client-iam'
import { openBasicAuthentication } from '../../src/iam/user-credential/basic-authentication.ts'
import { Secret } from '../../src/secure/secret.ts'
import { writeSshPublicKey } from '../../src/secure/ssh-public-key.ts'
import { accountId, allow } from '../iam/fixture.ts'
import { selfSigned } from '../support/certificate.ts'
import { open, refused } from './open-iam.ts'

const user = { UserName: 'ada' }
const rsa = (modulusLength = 2048) => generateKeyPairSync('rsa', { modulusLength }).publicKey
let publicKey: ReturnType<typeof rsa>
let ssh: string
before(() => {
  publicKey = rsa()
  ssh = `${writeSshPublicKey(publicKey, 'SSH')} ada@laptop`
})

test('an SSH public key is uploaded, read in both encodings, listed, made inactive and deleted', async (t) => {
  const { client } = await open(t)
  await client.send(new sdk.CreateUserCommand(user))
  const made = await client.send(new sdk.UploadSSHPublicKeyCommand({ ...user, SSHPublicKeyBody: ssh }))
  const key = { ...user, SSHPublicKeyId: made.SSHPublicKey?.SSHPublicKeyId }
  assert.match(key.SSHPublicKeyId ?? '', /^APKA[A-Z2-7]{17}$/)
  assert.match(made.SSHPublicKey?.Fingerprint ?? '', /^([0-9a-f]{2}:){15}[0-9a-f]{2}$/)
  assert.equal(made.SSHPublicKey?.SSHPublicKeyBody, ssh)

  const asPem = await client.send(new sdk.GetSSHPublicKeyCommand({ ...key, Encoding: 'PEM' }))
  assert.equal(asPem.SSHPublicKey?.SSHPublicKeyBody, publicKey.export({ type: 'spki', format: 'pem' }))
  const asSsh = await client.send(new sdk.GetSSHPublicKeyCommand({ ...key, Encoding: 'SSH' }))
  assert.equal(asSsh.SSHPublicKey?.SSHPublicKeyBody, ssh.replace(' ada@laptop', ''))

  await client.send(new sdk.UpdateSSHPublicKeyCommand({ ...key, Status: 'Inactive' }))
  const { SSHPublicKeys: listed } = await client.send(new sdk.ListSSHPublicKeysCommand(user))
  assert.deepEqual(
    listed?.map(({ UserName, Status }) => [UserName, Status]),
    [['ada', 'Inactive']],
  )
  await refused(client.send(new sdk.DeleteUserCommand(user)), 'DeleteConflictException', 409)
  await client.send(new sdk.DeleteSSHPublicKeyCommand(key))
  await client.send(new sdk.DeleteUserCommand(user))
})

test('SSH public keys are refused with the errors of AWS', async (t) => {
  const { client } = await open(t)
  await client.send(new sdk.CreateUserCommand(user))
  const upload = (SSHPublicKeyBody: string) =>
    client.send(new sdk.UploadSSHPublicKeyCommand({ ...user, SSHPublicKeyBody }))
  const first = await upload(ssh)
  const ed25519 = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDQ1y8QJYd1m5Zs5zv8r3b0g0Yc3m0n1WQk5m8n3cW1q'
  for (const [body, name] of [
    [String(publicKey.export({ type: 'spki', format: 'pem' })), 'DuplicateSSHPublicKeyException'],
    [ed25519, 'InvalidPublicKeyException'],
    ['ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ==', 'InvalidPublicKeyException'],
    [writeSshPublicKey(rsa(1024), 'SSH'), 'InvalidPublicKeyException'],
    ['-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', 'InvalidPublicKeyException'],
    ['hello', 'UnrecognizedPublicKeyEncodingException'],
  ] as const)
    await refused(upload(body), name, 400)
  const id = first.SSHPublicKey?.SSHPublicKeyId
  await client.send(new sdk.CreateUserCommand({ UserName: 'bob' }))
  await refused(
    client.send(new sdk.DeleteSSHPublicKeyCommand({ UserName: 'bob', SSHPublicKeyId: id })),
    'NoSuchEntityException',
    404,
    `The Public Key with id ${id} cannot be found.`,
  )
  await refused(
    client.send(new sdk.UpdateSSHPublicKeyCommand({ ...user, SSHPublicKeyId: id, Status: 'Expired' })),
    'InvalidInputException',
    400,
  )
})

test('a signing certificate is uploaded, listed, made inactive and deleted; a user has at most two', async (t) => {
  const { client } = await open(t)
  await client.send(new sdk.CreateUserCommand(user))
  const certificates = ['a', 'b', 'c'].map(selfSigned)
  const upload = (CertificateBody = '') =>
    client.send(new sdk.UploadSigningCertificateCommand({ ...user, CertificateBody }))
  const made = await upload(certificates[0]?.certificate)
  const certificate = { ...user, CertificateId: made.Certificate?.CertificateId }
  await refused(upload(certificates[0]?.certificate), 'DuplicateCertificateException', 409)
  await refused(upload('no certificate'), 'MalformedCertificateException', 400)
  await upload(certificates[1]?.certificate)
  await refused(
    upload(certificates[2]?.certificate),
    'LimitExceededException',
    409,
    'Cannot exceed quota for CertificatesPerUser: 2',
  )
  await client.send(new sdk.UpdateSigningCertificateCommand({ ...certificate, Status: 'Inactive' }))
  const { Certificates: listed = [] } = await client.send(new sdk.ListSigningCertificatesCommand(user))
  assert.deepEqual(listed.map(({ Status }) => Status).sort(), ['Active', 'Inactive'])
  await client.send(new sdk.DeleteSigningCertificateCommand(certificate))
  await refused(
    client.send(new sdk.DeleteSigningCertificateCommand(certificate)),
    'NoSuchEntityException',
    404,
    `The Certificate with id ${certificate.CertificateId} cannot be found.`,
  )
})

test('a service-specific credential shows its password once and is accepted by its service alone', async (t) => {
  const { client, fixture } = await open(t)
  await client.send(new sdk.CreateUserCommand(user))
  const create = (more: object = {}) =>
    client.send(
      new sdk.CreateServiceSpecificCredentialCommand({ ...user, ServiceName: 'decision.chancery', ...more }),
    )
  const { ServiceSpecificCredential: made } = await create()
  assert.equal(made?.ServiceUserName, `ada-at-${accountId}`)
  assert.match(made?.ServiceSpecificCredentialId ?? '', /^ACCA[A-Z2-7]{17}$/)
  const password = made?.ServicePassword ?? ''
  const id = { ServiceSpecificCredentialId: made?.ServiceSpecificCredentialId }
  const basic = openBasicAuthentication({ store: fixture.store, now: () => fixture.clock.now })
  const accepted = async (
    given: string,
    { service = 'decision.chancery', name = made?.ServiceUserName ?? '' } = {},
  ): Promise<boolean> =>
    basic(service, name, new Secret(given)).then(
      (caller) => caller.userName === 'ada',
      () => false,
    )
  assert.equal(await accepted(password), true)
  assert.equal(await accepted('wrong'), false)
  assert.equal(await accepted(password, { service: 'codecommit.amazonaws.com' }), false)
  assert.equal(await accepted(password, { name: 'nobody-at-111122223333' }), false)

  const { ServiceSpecificCredential: second } = await create({ CredentialAgeDays: 1 })
  assert.equal(second?.ServiceUserName, `ada+1-at-${accountId}`)
  await refused(
    create(),
    'LimitExceededException',
    409,
    'Cannot exceed quota for ContextSpecificCredentialsPerUserPerContext: 2',
  )
  const { ServiceSpecificCredential: apiKey } = await create({ ServiceName: 'Bedrock.amazonaws.com' })
  assert.deepEqual(Object.keys(apiKey ?? {}).sort(), [
    'CreateDate',
    'ServiceCredentialAlias',
    'ServiceCredentialSecret',
    'ServiceName',
    'ServiceSpecificCredentialId',
    'Status',
    'UserName',
  ])
  await client.send(
    new sdk.DeleteServiceSpecificCredentialCommand({
      ...user,
      ServiceSpecificCredentialId: apiKey?.ServiceSpecificCredentialId,
    }),
  )
  for (const work of [
    create({ ServiceName: 'unknown.example' }),
    client.send(new sdk.ListServiceSpecificCredentialsCommand({ ...user, ServiceName: 'unknown.example' })),
    client.send(
      new sdk.ListServiceSpecificCredentialsCommand({ AllUsers: true, ServiceName: 'unknown.example' }),
    ),
  ])
    await assert.rejects(work, {
      name: 'NoSuchEntityException',
      message: /^No such service unknown\.example is supported for Service Specific Credentials/,
    })
  await refused(
    create({ ServiceName: 'a b' }),
    'ValidationError',
    400,
    'ServiceName must match [a-zA-Z0-9.-]*',
  )
  const { ServiceSpecificCredentials: found } = await client.send(
    new sdk.ListServiceSpecificCredentialsCommand({ ...user, ServiceName: 'Decision.CHANCERY' }),
  )
  assert.equal(found?.length, 2, 'case does not matter')
  await assert.rejects(client.send(new sdk.DeleteUserCommand(user)), {
    name: 'DeleteConflictException',
    message: /^Cannot delete entity, must remove referenced objects first\./,
  })
  const expiring = { name: second?.ServiceUserName ?? '' }
  assert.equal(await accepted(second?.ServicePassword ?? '', expiring), true)
  // A minute more: the request was made by the clock of the endpoint, which went on since the fixture's began.
  fixture.clock.now += 86_400 + 60
  assert.equal(await accepted(second?.ServicePassword ?? '', expiring), false, 'a day later it has expired')

  const reset = await client.send(new sdk.ResetServiceSpecificCredentialCommand({ ...user, ...id }))
  assert.equal(await accepted(password), false, 'the password before the reset')
  assert.equal(await accepted(reset.ServiceSpecificCredential?.ServicePassword ?? ''), true)
  await client.send(new sdk.UpdateServiceSpecificCredentialCommand({ ...user, ...id, Status: 'Inactive' }))
  assert.equal(await accepted(reset.ServiceSpecificCredential?.ServicePassword ?? ''), false)

  const listed = await client.send(new sdk.ListServiceSpecificCredentialsCommand({ AllUsers: true }))
  assert.deepEqual(
    listed.ServiceSpecificCredentials?.map((one) => [
      one.UserName,
      one.Status,
      'ServicePassword' in one,
    ]).sort(),
    [
      ['ada', 'Active', false],
      ['ada', 'Inactive', false],
    ],
  )
  const of = await client.send(
    new sdk.ListServiceSpecificCredentialsCommand({ ...user, ServiceName: 'codecommit.amazonaws.com' }),
  )
  assert.deepEqual(of.ServiceSpecificCredentials, [])
  await client.send(new sdk.DeleteServiceSpecificCredentialCommand({ ...user, ...id }))
  await refused(
    client.send(new sdk.ResetServiceSpecificCredentialCommand({ ...user, ...id })),
    'NoSuchEntityException',
    404,
  )
})

test('a user manages the own credentials when a policy allows it, and nobody else does', async (t) => {
  const { fixture } = await open(t)
  const ada = await fixture.userWho('ada', allow(['iam:UploadSSHPublicKey', 'iam:ListSSHPublicKeys']))
  await fixture.iam.uploadSSHPublicKey(ada, { body: ssh })
  const { keys } = await fixture.iam.listSSHPublicKeys(ada, {})
  assert.equal(keys.items.length, 1)
  const id = keys.items[0]?.id ?? ''
  await assert.rejects(fixture.iam.deleteSSHPublicKey(ada, { sshPublicKeyId: id }), { code: 'denied' })
  await assert.rejects(
    fixture.iam.deleteSSHPublicKey(fixture.otherRoot, { userName: 'ada', sshPublicKeyId: id }),
    { code: 'not_found' },
    'the root of another account',
  )
})
