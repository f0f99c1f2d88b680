// Server certificates through the AWS SDK.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as sdk from '@aws-sdk/client-iam'
import { accountId } from '../iam/fixture.ts'
import { selfSigned } from '../support/certificate.ts'
import { open, refused } from './open-iam.ts'

test('a server certificate is uploaded, read without its key, listed, renamed, tagged and deleted', async (t) => {
  const { client } = await open(t)
  const { certificate, privateKey } = selfSigned('web.example')
  const other = selfSigned('other.example')
  const name = { ServerCertificateName: 'web' }
  const Tags = [{ Key: 'Team', Value: 'red' }]
  const upload = (more: object = {}) =>
    client.send(
      new sdk.UploadServerCertificateCommand({
        ...name,
        Path: '/eng/',
        CertificateBody: certificate,
        PrivateKey: privateKey,
        CertificateChain: certificate,
        Tags,
        ...more,
      }),
    )
  const made = await upload()
  const arn = `arn:aws:iam::${accountId}:server-certificate/eng/web`
  assert.equal(made.ServerCertificateMetadata?.Arn, arn)
  assert.match(made.ServerCertificateMetadata?.ServerCertificateId ?? '', /^ASCA/)
  assert.ok(Number(made.ServerCertificateMetadata?.Expiration) > Date.now())
  const got = await client.send(new sdk.GetServerCertificateCommand(name))
  assert.equal(got.ServerCertificate?.CertificateBody, certificate)
  assert.equal(got.ServerCertificate?.CertificateChain, certificate)
  assert.deepEqual(got.ServerCertificate?.Tags, Tags)
  assert.ok(!JSON.stringify(got).includes('PRIVATE KEY'))

  await refused(
    upload(),
    'EntityAlreadyExistsException',
    409,
    'The Server Certificate with name web already exists.',
  )
  const second = { ServerCertificateName: 'second' }
  await refused(upload({ ...second, PrivateKey: other.privateKey }), 'KeyPairMismatchException', 400)
  await refused(
    upload({ ...second, CertificateBody: 'no' }),
    'MalformedCertificateException',
    400,
    'Unable to parse certificate. Please ensure the certificate is in PEM format.',
  )
  await refused(upload({ ...second, CertificateChain: 'no' }), 'MalformedCertificateException', 400)

  const renamed = { ServerCertificateName: 'site' }
  await client.send(
    new sdk.UpdateServerCertificateCommand({ ...name, NewServerCertificateName: 'site', NewPath: '/ops/' }),
  )
  const inPath = async (PathPrefix: string) =>
    (await client.send(new sdk.ListServerCertificatesCommand({ PathPrefix }))).ServerCertificateMetadataList
  assert.deepEqual(await inPath('/eng/'), [])
  assert.equal((await inPath('/ops/'))?.[0]?.ServerCertificateName, 'site')
  const { SummaryMap } = await client.send(new sdk.GetAccountSummaryCommand({}))
  assert.equal(SummaryMap?.['ServerCertificates'], 1)

  await client.send(new sdk.TagServerCertificateCommand({ ...renamed, Tags: [{ Key: 'Env', Value: 'x' }] }))
  await client.send(new sdk.UntagServerCertificateCommand({ ...renamed, TagKeys: ['Team'] }))
  const cased = [
    { Key: 'Team', Value: 'one' },
    { Key: 'team', Value: 'two' },
  ]
  await client.send(new sdk.TagServerCertificateCommand({ ...renamed, Tags: cased }))
  await client.send(new sdk.UntagServerCertificateCommand({ ...renamed, TagKeys: ['Team', 'team'] }))
  await refused(
    client.send(new sdk.TagServerCertificateCommand({ ...renamed, Tags: [] })),
    'InvalidInputException',
    400,
    'The provided tag map must not be null/empty.',
  )
  await refused(
    client.send(new sdk.UntagServerCertificateCommand({ ...renamed, TagKeys: [] })),
    'InvalidInputException',
    400,
    'The provided tag keys must not be null/empty.',
  )
  const tags = await client.send(new sdk.ListServerCertificateTagsCommand(renamed))
  assert.deepEqual(tags.Tags, [{ Key: 'Env', Value: 'x' }])
  await client.send(new sdk.DeleteServerCertificateCommand(renamed))
  await refused(
    client.send(new sdk.GetServerCertificateCommand(renamed)),
    'NoSuchEntityException',
    404,
    'The Server Certificate with name site cannot be found.',
  )
})
