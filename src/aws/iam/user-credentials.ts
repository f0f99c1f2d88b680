// Actions on SSH public keys, signing certificates and service-specific credentials.
import type * as sdk from '@aws-sdk/client-iam'
import type { Iam } from '../../iam/iam.ts'
import { apiKeyServices } from '../../iam/user-credential/service-specific-credentials.ts'
import { action } from '../action.ts'
import { dateOf, pageIn, pageOut } from './shapes.ts'

type SshKey = Awaited<ReturnType<Iam['uploadSSHPublicKey']>>
type Certificate = Awaited<ReturnType<Iam['uploadSigningCertificate']>>
type Credential = Awaited<ReturnType<Iam['createServiceSpecificCredential']>>

const sshKeyInList = ({ key, userName }: SshKey) => ({
  UserName: userName,
  SSHPublicKeyId: key.id,
  Status: key.status,
  UploadDate: dateOf(key.createdAt),
})
const sshKeyOut = (of: SshKey) => ({
  ...sshKeyInList(of),
  Fingerprint: of.key.fingerprint,
  SSHPublicKeyBody: of.key.body,
})

const certificateOut = ({ certificate, userName }: Certificate) => ({
  UserName: userName,
  CertificateId: certificate.id,
  CertificateBody: certificate.body,
  Status: certificate.status,
  UploadDate: dateOf(certificate.createdAt),
})

const credentialInList = ({ credential, userName }: Omit<Credential, 'password'>) => ({
  UserName: userName,
  Status: credential.status,
  [apiKeyServices.has(credential.service) ? 'ServiceCredentialAlias' : 'ServiceUserName']:
    credential.serviceUserName,
  CreateDate: dateOf(credential.createdAt),
  ExpirationDate: credential.expiresAt === undefined ? undefined : dateOf(credential.expiresAt),
  ServiceSpecificCredentialId: credential.id,
  ServiceName: credential.service,
})
const credentialOut = (of: Credential) => ({
  ...credentialInList(of),
  [apiKeyServices.has(of.credential.service) ? 'ServiceCredentialSecret' : 'ServicePassword']:
    of.password.reveal(),
})

const sshKeyActions = (iam: Iam) => [
  action<sdk.UploadSSHPublicKeyCommandInput>('UploadSSHPublicKey', async (input, call) => {
    const made = await iam.uploadSSHPublicKey(call, {
      userName: input.UserName,
      body: input.SSHPublicKeyBody,
    })
    return { SSHPublicKey: sshKeyOut(made) }
  }),
  action<sdk.GetSSHPublicKeyCommandInput>('GetSSHPublicKey', async (input, call) => {
    const { UserName: userName, SSHPublicKeyId: sshPublicKeyId, Encoding: encoding } = input
    return {
      SSHPublicKey: sshKeyOut(await iam.getSSHPublicKey(call, { userName, sshPublicKeyId, encoding })),
    }
  }),
  action<sdk.ListSSHPublicKeysCommandInput>('ListSSHPublicKeys', async (input, call) => {
    const request = { ...pageIn(input), userName: input.UserName }
    const { keys, userName } = await iam.listSSHPublicKeys(call, request)
    return { SSHPublicKeys: keys.items.map((key) => sshKeyInList({ key, userName })), ...pageOut(keys) }
  }),
  action<sdk.UpdateSSHPublicKeyCommandInput>('UpdateSSHPublicKey', async (input, call) => {
    const { UserName: userName, SSHPublicKeyId: sshPublicKeyId, Status: status } = input
    await iam.updateSSHPublicKey(call, { userName, sshPublicKeyId, status })
    return {}
  }),
  action<sdk.DeleteSSHPublicKeyCommandInput>('DeleteSSHPublicKey', async (input, call) => {
    await iam.deleteSSHPublicKey(call, { userName: input.UserName, sshPublicKeyId: input.SSHPublicKeyId })
    return {}
  }),
]

const certificateActions = (iam: Iam) => [
  action<sdk.UploadSigningCertificateCommandInput>('UploadSigningCertificate', async (input, call) => {
    const { UserName: userName, CertificateBody: body } = input
    return { Certificate: certificateOut(await iam.uploadSigningCertificate(call, { userName, body })) }
  }),
  action<sdk.ListSigningCertificatesCommandInput>('ListSigningCertificates', async (input, call) => {
    const request = { ...pageIn(input), userName: input.UserName }
    const { certificates, userName } = await iam.listSigningCertificates(call, request)
    return {
      Certificates: certificates.items.map((certificate) => certificateOut({ certificate, userName })),
      ...pageOut(certificates),
    }
  }),
  action<sdk.UpdateSigningCertificateCommandInput>('UpdateSigningCertificate', async (input, call) => {
    const { UserName: userName, CertificateId: certificateId, Status: status } = input
    await iam.updateSigningCertificate(call, { userName, certificateId, status })
    return {}
  }),
  action<sdk.DeleteSigningCertificateCommandInput>('DeleteSigningCertificate', async (input, call) => {
    await iam.deleteSigningCertificate(call, { userName: input.UserName, certificateId: input.CertificateId })
    return {}
  }),
]

const serviceCredentialActions = (iam: Iam) => [
  action<sdk.CreateServiceSpecificCredentialCommandInput>(
    'CreateServiceSpecificCredential',
    async (input, call) => ({
      ServiceSpecificCredential: credentialOut(
        await iam.createServiceSpecificCredential(call, {
          userName: input.UserName,
          serviceName: input.ServiceName,
          ageDays: input.CredentialAgeDays,
        }),
      ),
    }),
  ),
  action<sdk.ListServiceSpecificCredentialsCommandInput>(
    'ListServiceSpecificCredentials',
    async (input, call) => {
      const found = await iam.listServiceSpecificCredentials(call, {
        ...pageIn(input),
        userName: input.UserName,
        serviceName: input.ServiceName,
        allUsers: input.AllUsers,
      })
      return { ServiceSpecificCredentials: found.items.map(credentialInList), ...pageOut(found) }
    },
  ),
  action<sdk.ResetServiceSpecificCredentialCommandInput>(
    'ResetServiceSpecificCredential',
    async ({ UserName: userName, ServiceSpecificCredentialId: credentialId }, call) => ({
      ServiceSpecificCredential: credentialOut(
        await iam.resetServiceSpecificCredential(call, { userName, credentialId }),
      ),
    }),
  ),
  action<sdk.UpdateServiceSpecificCredentialCommandInput>(
    'UpdateServiceSpecificCredential',
    async ({ UserName: userName, ServiceSpecificCredentialId: credentialId, Status: status }, call) => {
      await iam.updateServiceSpecificCredential(call, { userName, credentialId, status })
      return {}
    },
  ),
  action<sdk.DeleteServiceSpecificCredentialCommandInput>(
    'DeleteServiceSpecificCredential',
    async ({ UserName: userName, ServiceSpecificCredentialId: credentialId }, call) => {
      await iam.deleteServiceSpecificCredential(call, { userName, credentialId })
      return {}
    },
  ),
]

export const userCredentialActions = (iam: Iam) => [
  ...sshKeyActions(iam),
  ...certificateActions(iam),
  ...serviceCredentialActions(iam),
]
