// Every operation that this server answers, called with parameters, and its errors. What is created is deleted, so that the calls can
// be made again on the same server.
import { generateKeyPairSync } from 'node:crypto'
import { Secret } from '../../../src/secure/secret.ts'
import { writeSshPublicKey } from '../../../src/secure/ssh-public-key.ts'
import { codeOf, totpPeriod } from '../../../src/secure/totp.ts'
import { selfSigned } from '../../support/certificate.ts'
import { audience } from '../../support/role-server.ts'
import { accountId } from '../../support/server.ts'
import type { CiIssuer } from '../../support/upstreams/issuer.ts'
import {
  assertionXml,
  encode,
  makeKeyPair,
  metadataOf,
  responseXml,
  sign,
} from '../../support/upstreams/saml-forge.ts'
import type { Answer, Caller, Input } from './transport.ts'

/** Makes one call as root, or as another caller; again until the answer is ready. */
export type Call = (
  action: string,
  input?: Input,
  caller?: Caller,
  isReady?: (answer: Answer) => boolean,
) => Promise<Answer>

const arn = (rest: string) => `arn:aws:iam::${accountId}:${rest}`
const document = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements })
const reading = document({ Effect: 'Allow', Action: 'docs:Get*', Resource: '*' })
const writing = document({ Effect: 'Allow', Action: ['docs:Get*', 'docs:Put*'], Resource: '*' })
const trusting = (Principal: object, Action: string | readonly string[], more: object = {}) =>
  document({ Effect: 'Allow', Principal, Action, ...more })
const Tags = [
  { Key: 'Team', Value: 'blue' },
  { Key: 'Env', Value: '' },
]
const ghost = { UserName: 'ghost' }
const adminPolicy = 'arn:aws:iam::aws:policy/AdministratorAccess'
const boundary = { PermissionsBoundary: adminPolicy }
const ada = { UserName: 'ada' }
const readers = { GroupName: 'readers' }
const builder = { RoleName: 'builder' }

/** Keys and certificates that are made once. */
export const materials = () => ({
  ssh: `${writeSshPublicKey(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey, 'SSH')} ada@laptop`,
  web: selfSigned('web.example'),
  signing: selfSigned('signing.example'),
  idp: makeKeyPair(),
})
type Materials = ReturnType<typeof materials>

export interface World extends Materials {
  readonly url: string
  readonly ci: CiIssuer
  /** The ARN of the role that tokens of `ci` may assume. */
  readonly deploy: string
}

const credentialsIn = (answer: Answer): Caller => ({
  accessKeyId: answer.value('AccessKeyId'),
  secretAccessKey: answer.value('SecretAccessKey'),
  sessionToken: answer.value('SessionToken') || undefined,
})

export async function everyCall(call: Call, world: World): Promise<void> {
  await users(call)
  await groups(call)
  await roles(call)
  await managedPolicies(call)
  await profiles(call)
  await accessKeys(call)
  await passwords(call)
  await mfaDevices(call)
  await userCredentials(call, world)
  await serverCertificates(call, world)
  await openIdProviders(call)
  await samlProviders(call, world)
  await account(call)
  await simulations(call)
  await serviceAccess(call)
  await sessions(call, world)
}

async function users(call: Call): Promise<void> {
  await call('CreateUser', { ...ada, Path: '/eng/', Tags, ...boundary })
  await call('CreateUser', { UserName: 'ADA' })
  await call('CreateUser', { UserName: 'bad name', Path: 'eng' })
  await call('CreateUser', { UserName: 'eve', PermissionsBoundary: 'arn:not:a:policy:at-all' })
  await call('CreateUser', { UserName: 'eve', Tags: [Tags[0], { Key: 'team', Value: 'x' }] })
  await call('GetUser', ada)
  await call('GetUser')
  await call('GetUser', ghost)
  await call('CreateUser', { UserName: 'bob', Path: '/eng/' })
  await call('ListUsers', { PathPrefix: '/eng/' })
  await call('ListUsers', { PathPrefix: '/eng/', MaxItems: 1 })
  await call('ListUsers', { Marker: 'not-a-marker' })
  await call('DeleteUser', { UserName: 'bob' })
  await call('UpdateUser', { ...ada, NewUserName: 'ada.l', NewPath: '/ops/' })
  await call('UpdateUser', { ...ghost, NewPath: '/ops/' })
  await call('UpdateUser', { UserName: 'ada.l', NewUserName: 'ada', NewPath: '/eng/' })
  await call('TagUser', { ...ada, Tags: [{ Key: 'Cost', Value: '7' }] })
  await call('TagUser', { ...ghost, Tags })
  await call('TagUser', { ...ada, Tags: Array.from({ length: 49 }, (_, n) => ({ Key: `k${n}`, Value: '' })) })
  await call('ListUserTags', ada)
  await call('ListUserTags', ghost)
  await call('UntagUser', { ...ada, TagKeys: ['cost'] })
  await call('UntagUser', { ...ghost, TagKeys: ['cost'] })
  await call('PutUserPermissionsBoundary', { ...ada, ...boundary })
  await call('PutUserPermissionsBoundary', { ...ghost, ...boundary })
  await call('PutUserPermissionsBoundary', { ...ada, PermissionsBoundary: arn('policy/ghost') })
  await call('DeleteUserPermissionsBoundary', ada)
  await call('DeleteUserPermissionsBoundary', ada)
  await call('PutUserPolicy', { ...ada, PolicyName: 'own', PolicyDocument: reading })
  await call('PutUserPolicy', { ...ghost, PolicyName: 'own', PolicyDocument: reading })
  await call('PutUserPolicy', { ...ada, PolicyName: 'bad', PolicyDocument: '{' })
  await call('GetUserPolicy', { ...ada, PolicyName: 'OWN' })
  await call('GetUserPolicy', { ...ada, PolicyName: 'none' })
  await call('ListUserPolicies', ada)
  await call('ListUserPolicies', ghost)
  await call('DeleteUser', ada)
  await call('DeleteUserPolicy', { ...ada, PolicyName: 'own' })
  await call('DeleteUserPolicy', { ...ada, PolicyName: 'own' })
  await call('AttachUserPolicy', { ...ada, PolicyArn: adminPolicy })
  await call('AttachUserPolicy', { ...ada, PolicyArn: arn('policy/ghost') })
  await call('AttachUserPolicy', { ...ada, PolicyArn: 'arn:not:a:policy:at-all' })
  await call('ListAttachedUserPolicies', ada)
  await call('ListAttachedUserPolicies', ghost)
  await call('DetachUserPolicy', { ...ada, PolicyArn: adminPolicy })
  await call('DetachUserPolicy', { ...ada, PolicyArn: adminPolicy })
}

async function groups(call: Call): Promise<void> {
  await call('CreateGroup', { ...readers, Path: '/eng/' })
  await call('CreateGroup', { GroupName: 'Readers' })
  await call('ListGroups', { PathPrefix: '/eng/' })
  await call('AddUserToGroup', { ...readers, ...ada })
  await call('AddUserToGroup', { ...readers, ...ghost })
  await call('AddUserToGroup', { GroupName: 'ghosts', ...ada })
  await call('GetGroup', readers)
  await call('GetGroup', { GroupName: 'ghosts' })
  await call('ListGroupsForUser', ada)
  await call('ListGroupsForUser', ghost)
  await call('DeleteGroup', readers)
  await call('UpdateGroup', { ...readers, NewGroupName: 'writers', NewPath: '/ops/' })
  await call('UpdateGroup', { ...readers, NewPath: '/ops/' })
  await call('UpdateGroup', { GroupName: 'writers', NewGroupName: 'readers', NewPath: '/eng/' })
  await call('PutGroupPolicy', { ...readers, PolicyName: 'own', PolicyDocument: reading })
  await call('PutGroupPolicy', { GroupName: 'ghosts', PolicyName: 'own', PolicyDocument: reading })
  await call('GetGroupPolicy', { ...readers, PolicyName: 'own' })
  await call('GetGroupPolicy', { ...readers, PolicyName: 'none' })
  await call('ListGroupPolicies', readers)
  await call('ListGroupPolicies', { GroupName: 'ghosts' })
  await call('DeleteGroupPolicy', { ...readers, PolicyName: 'own' })
  await call('DeleteGroupPolicy', { ...readers, PolicyName: 'own' })
  await call('AttachGroupPolicy', { ...readers, PolicyArn: adminPolicy })
  await call('AttachGroupPolicy', { ...readers, PolicyArn: arn('policy/ghost') })
  await call('ListAttachedGroupPolicies', readers)
  await call('ListAttachedGroupPolicies', { GroupName: 'ghosts' })
  await call('DetachGroupPolicy', { ...readers, PolicyArn: adminPolicy })
  await call('DetachGroupPolicy', { ...readers, PolicyArn: adminPolicy })
  await call('RemoveUserFromGroup', { ...readers, ...ada })
  await call('RemoveUserFromGroup', { ...readers, ...ghost })
  await call('DeleteGroup', readers)
  await call('DeleteGroup', readers)
}

async function roles(call: Call): Promise<void> {
  const AssumeRolePolicyDocument = trusting({ AWS: arn('user/eng/ada') }, 'sts:AssumeRole')
  const ghostRole = { RoleName: 'ghost' }
  await call('CreateRole', {
    ...builder,
    AssumeRolePolicyDocument,
    Path: '/eng/',
    Description: 'Builds.',
    MaxSessionDuration: 7200,
    Tags,
    ...boundary,
  })
  await call('CreateRole', { ...builder, AssumeRolePolicyDocument })
  await call('CreateRole', { RoleName: 'bad', AssumeRolePolicyDocument: '{', MaxSessionDuration: 1 })
  await call('CreateRole', {
    RoleName: 'bad',
    AssumeRolePolicyDocument: trusting({ AWS: arn('user/ghost') }, 'sts:AssumeRole'),
  })
  await call('GetRole', builder)
  await call('GetRole', ghostRole)
  await call('ListRoles', { PathPrefix: '/eng/' })
  await call('UpdateRole', { ...builder, Description: 'Builds and tests.' })
  await call('UpdateRole', ghostRole)
  await call('UpdateRoleDescription', { ...builder, Description: 'Builds.' })
  await call('UpdateRoleDescription', { ...ghostRole, Description: 'x' })
  await call('UpdateAssumeRolePolicy', {
    ...builder,
    PolicyDocument: trusting({ AWS: accountId }, 'sts:AssumeRole'),
  })
  await call('UpdateAssumeRolePolicy', { ...ghostRole, PolicyDocument: AssumeRolePolicyDocument })
  await call('UpdateAssumeRolePolicy', {
    ...builder,
    PolicyDocument: trusting({ AWS: '*' }, 'sts:InvalidAction'),
  })
  await call('TagRole', { ...builder, Tags: [{ Key: 'Cost', Value: '7' }] })
  await call('TagRole', { ...ghostRole, Tags })
  await call('ListRoleTags', builder)
  await call('ListRoleTags', ghostRole)
  await call('UntagRole', { ...builder, TagKeys: ['Cost'] })
  await call('UntagRole', { ...ghostRole, TagKeys: ['Cost'] })
  await call('PutRolePermissionsBoundary', { ...builder, ...boundary })
  await call('PutRolePermissionsBoundary', { ...ghostRole, ...boundary })
  await call('DeleteRolePermissionsBoundary', builder)
  await call('DeleteRolePermissionsBoundary', builder)
  await call('PutRolePolicy', { ...builder, PolicyName: 'own', PolicyDocument: reading })
  await call('PutRolePolicy', { ...ghostRole, PolicyName: 'own', PolicyDocument: reading })
  await call('GetRolePolicy', { ...builder, PolicyName: 'own' })
  await call('GetRolePolicy', { ...builder, PolicyName: 'none' })
  await call('ListRolePolicies', builder)
  await call('ListRolePolicies', ghostRole)
  await call('DeleteRole', builder)
  await call('DeleteRolePolicy', { ...builder, PolicyName: 'own' })
  await call('DeleteRolePolicy', { ...builder, PolicyName: 'own' })
  await call('AttachRolePolicy', { ...builder, PolicyArn: adminPolicy })
  await call('AttachRolePolicy', { ...builder, PolicyArn: arn('policy/ghost') })
  await call('ListAttachedRolePolicies', builder)
  await call('ListAttachedRolePolicies', ghostRole)
  await call('DetachRolePolicy', { ...builder, PolicyArn: adminPolicy })
  await call('DetachRolePolicy', { ...builder, PolicyArn: adminPolicy })
  const service = { AWSServiceName: 'ecs.amazonaws.com' }
  const linked = await call('CreateServiceLinkedRole', service)
  await call('CreateServiceLinkedRole', service)
  await call('CreateServiceLinkedRole', { AWSServiceName: 'nothing' })
  await call('DeleteRole', { RoleName: linked.value('RoleName') })
  const deletion = await call('DeleteServiceLinkedRole', { RoleName: linked.value('RoleName') })
  await call('DeleteServiceLinkedRole', ghostRole)
  await call('GetServiceLinkedRoleDeletionStatus', { DeletionTaskId: deletion.value('DeletionTaskId') })
  await call('GetServiceLinkedRoleDeletionStatus', { DeletionTaskId: 'task/none' })
}

async function managedPolicies(call: Call): Promise<void> {
  const PolicyArn = arn('policy/eng/reading')
  const ghostPolicy = { PolicyArn: arn('policy/ghost') }
  await call('CreatePolicy', {
    PolicyName: 'reading',
    PolicyDocument: reading,
    Path: '/eng/',
    Description: 'Reads.',
    Tags,
  })
  await call('CreatePolicy', { PolicyName: 'Reading', PolicyDocument: reading })
  await call('CreatePolicy', {
    PolicyName: 'bad',
    PolicyDocument: document({ Effect: 'Allow', Action: 's3:List:Bucket', Resource: '*' }),
  })
  await call('GetPolicy', { PolicyArn })
  await call('GetPolicy', ghostPolicy)
  await call('ListPolicies', { Scope: 'Local', PathPrefix: '/eng/' })
  await call('ListPolicies', { Scope: 'Nowhere' })
  await call('CreatePolicyVersion', { PolicyArn, PolicyDocument: writing, SetAsDefault: true })
  await call('CreatePolicyVersion', { ...ghostPolicy, PolicyDocument: writing })
  await call('GetPolicyVersion', { PolicyArn, VersionId: 'v2' })
  await call('GetPolicyVersion', { PolicyArn, VersionId: 'v9' })
  await call('ListPolicyVersions', { PolicyArn })
  await call('ListPolicyVersions', ghostPolicy)
  await call('DeletePolicyVersion', { PolicyArn, VersionId: 'v2' })
  await call('SetDefaultPolicyVersion', { PolicyArn, VersionId: 'v1' })
  await call('SetDefaultPolicyVersion', { PolicyArn, VersionId: 'v9' })
  await call('DeletePolicyVersion', { PolicyArn, VersionId: 'v2' })
  await call('DeletePolicyVersion', { PolicyArn, VersionId: 'v2' })
  await call('TagPolicy', { PolicyArn, Tags: [{ Key: 'Cost', Value: '7' }] })
  await call('TagPolicy', { ...ghostPolicy, Tags })
  await call('ListPolicyTags', { PolicyArn })
  await call('ListPolicyTags', ghostPolicy)
  await call('UntagPolicy', { PolicyArn, TagKeys: ['Cost'] })
  await call('UntagPolicy', { ...ghostPolicy, TagKeys: ['Cost'] })
  await call('AttachUserPolicy', { ...ada, PolicyArn })
  await call('PutRolePermissionsBoundary', { ...builder, PermissionsBoundary: PolicyArn })
  await call('ListEntitiesForPolicy', { PolicyArn })
  await call('ListEntitiesForPolicy', ghostPolicy)
  await call('GetAccountAuthorizationDetails', { Filter: ['LocalManagedPolicy'] })
  await call('DeletePolicy', { PolicyArn })
  await call('DetachUserPolicy', { ...ada, PolicyArn })
  await call('DeleteRolePermissionsBoundary', builder)
  await call('DeletePolicy', { PolicyArn })
  await call('DeletePolicy', { PolicyArn })
}

async function profiles(call: Call): Promise<void> {
  const web = { InstanceProfileName: 'web' }
  const none = { InstanceProfileName: 'none' }
  await call('CreateInstanceProfile', { ...web, Path: '/eng/', Tags })
  await call('CreateInstanceProfile', web)
  await call('AddRoleToInstanceProfile', { ...web, ...builder })
  await call('AddRoleToInstanceProfile', { ...web, ...builder })
  await call('AddRoleToInstanceProfile', { ...none, ...builder })
  await call('GetInstanceProfile', web)
  await call('GetInstanceProfile', none)
  await call('ListInstanceProfiles', { PathPrefix: '/eng/' })
  await call('ListInstanceProfilesForRole', builder)
  await call('ListInstanceProfilesForRole', { RoleName: 'ghost' })
  await call('TagInstanceProfile', { ...web, Tags: [{ Key: 'Cost', Value: '7' }] })
  await call('TagInstanceProfile', { ...none, Tags })
  await call('ListInstanceProfileTags', web)
  await call('ListInstanceProfileTags', none)
  await call('UntagInstanceProfile', { ...web, TagKeys: ['Cost'] })
  await call('UntagInstanceProfile', { ...none, TagKeys: ['Cost'] })
  await call('DeleteInstanceProfile', web)
  await call('RemoveRoleFromInstanceProfile', { ...web, ...builder })
  await call('RemoveRoleFromInstanceProfile', { ...web, ...builder })
  await call('DeleteInstanceProfile', web)
  await call('DeleteInstanceProfile', web)
  await call('DeleteRole', builder)
  await call('DeleteRole', builder)
}

async function accessKeys(call: Call): Promise<void> {
  const made = await call('CreateAccessKey', ada)
  await call('CreateAccessKey', ghost)
  const key = { ...ada, AccessKeyId: made.value('AccessKeyId') }
  const second = await call('CreateAccessKey', ada)
  await call('CreateAccessKey', ada)
  await call('DeleteAccessKey', { ...ada, AccessKeyId: second.value('AccessKeyId') })
  await call('UpdateAccessKey', { ...key, Status: 'Inactive' })
  await call('UpdateAccessKey', { ...key, Status: 'Expired' })
  await call('UpdateAccessKey', { ...ada, AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', Status: 'Active' })
  await call('ListAccessKeys', ada)
  await call('ListAccessKeys', ghost)
  await call('GetAccessKeyLastUsed', { AccessKeyId: made.value('AccessKeyId') })
  await call('GetAccessKeyLastUsed', { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' })
  await call('GetAccessKeyInfo', { AccessKeyId: made.value('AccessKeyId') })
  await call('GetAccessKeyInfo', { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' })
  await call('DeleteAccessKey', key)
  await call('DeleteAccessKey', key)
}

async function passwords(call: Call): Promise<void> {
  const Password = 'correct horse battery 9!'
  await call('GetAccountPasswordPolicy')
  await call('DeleteAccountPasswordPolicy')
  await call('UpdateAccountPasswordPolicy', {
    MinimumPasswordLength: 12,
    RequireNumbers: true,
    MaxPasswordAge: 90,
    AllowUsersToChangePassword: true,
  })
  await call('UpdateAccountPasswordPolicy', { MinimumPasswordLength: 3 })
  await call('GetAccountPasswordPolicy')
  await call('CreateLoginProfile', { ...ada, Password: 'short' })
  await call('CreateLoginProfile', { ...ada, Password, PasswordResetRequired: false })
  await call('CreateLoginProfile', { ...ada, Password })
  await call('CreateLoginProfile', { ...ghost, Password })
  await call('GetLoginProfile', ada)
  await call('GetLoginProfile', ghost)
  await call('UpdateLoginProfile', { ...ada, Password: `${Password}2` })
  await call('UpdateLoginProfile', { ...ghost, Password })
  await call('PutUserPolicy', {
    ...ada,
    PolicyName: 'own',
    PolicyDocument: document({ Effect: 'Allow', Action: 'iam:ChangePassword', Resource: '*' }),
  })
  const key = await call('CreateAccessKey', ada)
  const asAda = credentialsIn(key)
  await call('ChangePassword', { OldPassword: `${Password}2`, NewPassword: `${Password}3` }, asAda)
  await call('ChangePassword', { OldPassword: 'not this one, surely 1', NewPassword: Password }, asAda)
  await call('ChangePassword', { OldPassword: `${Password}3`, NewPassword: `${Password}3` }, asAda)
  await call('DeleteAccessKey', { ...ada, AccessKeyId: key.value('AccessKeyId') })
  await call('DeleteUserPolicy', { ...ada, PolicyName: 'own' })
  await call('DeleteLoginProfile', ada)
  await call('DeleteLoginProfile', ada)
  await call('DeleteAccountPasswordPolicy')
}

async function mfaDevices(call: Call): Promise<void> {
  const SerialNumber = arn('mfa/phones/ada')
  const made = await call('CreateVirtualMFADevice', { VirtualMFADeviceName: 'ada', Path: '/phones/', Tags })
  await call('CreateVirtualMFADevice', { VirtualMFADeviceName: 'ada', Path: '/phones/' })
  const seed = new Secret(Buffer.from(made.value('Base32StringSeed'), 'base64').toString())
  const now = Math.floor(Date.now() / 1000 / totpPeriod)
  const codes = (step: number) => ({
    AuthenticationCode1: codeOf(seed, now + step),
    AuthenticationCode2: codeOf(seed, now + step + 1),
  })
  const device = { ...ada, SerialNumber }
  await call('ListVirtualMFADevices', { AssignmentStatus: 'Unassigned' })
  await call('EnableMFADevice', { ...device, AuthenticationCode1: '000000', AuthenticationCode2: '000000' })
  await call('EnableMFADevice', { ...device, ...codes(-1) })
  await call('EnableMFADevice', { ...device, ...codes(1) })
  await call('ResyncMFADevice', { ...device, ...codes(1) })
  await call('ResyncMFADevice', { ...ada, SerialNumber: arn('mfa/none'), ...codes(3) })
  await call('ListMFADevices', ada)
  await call('ListMFADevices', ghost)
  await call('GetMFADevice', { SerialNumber, ...ada })
  await call('GetMFADevice', { SerialNumber: arn('mfa/none') })
  await call('TagMFADevice', { SerialNumber, Tags: [{ Key: 'Cost', Value: '7' }] })
  await call('TagMFADevice', { SerialNumber: arn('mfa/none'), Tags })
  await call('ListMFADeviceTags', { SerialNumber })
  await call('ListMFADeviceTags', { SerialNumber: arn('mfa/none') })
  await call('UntagMFADevice', { SerialNumber, TagKeys: ['Cost'] })
  await call('UntagMFADevice', { SerialNumber: arn('mfa/none'), TagKeys: ['Cost'] })
  await call('DeleteVirtualMFADevice', { SerialNumber })
  await call('DeactivateMFADevice', device)
  await call('DeactivateMFADevice', { ...ada, SerialNumber: arn('mfa/none') })
  await call('DeleteVirtualMFADevice', { SerialNumber })
  await call('DeleteVirtualMFADevice', { SerialNumber })
}

async function userCredentials(call: Call, { ssh, signing }: World): Promise<void> {
  const uploaded = await call('UploadSSHPublicKey', { ...ada, SSHPublicKeyBody: ssh })
  await call('UploadSSHPublicKey', { ...ada, SSHPublicKeyBody: ssh })
  await call('UploadSSHPublicKey', { ...ada, SSHPublicKeyBody: 'hello' })
  const SSHPublicKeyId = uploaded.value('SSHPublicKeyId')
  const noKey = { ...ada, SSHPublicKeyId: 'APKAAAAAAAAAAAAAAAAA' }
  await call('GetSSHPublicKey', { ...ada, SSHPublicKeyId, Encoding: 'SSH' })
  await call('GetSSHPublicKey', { ...noKey, Encoding: 'PEM' })
  await call('UpdateSSHPublicKey', { ...ada, SSHPublicKeyId, Status: 'Inactive' })
  await call('UpdateSSHPublicKey', { ...noKey, Status: 'Inactive' })
  await call('ListSSHPublicKeys', ada)
  await call('ListSSHPublicKeys', ghost)
  await call('DeleteSSHPublicKey', { ...ada, SSHPublicKeyId })
  await call('DeleteSSHPublicKey', { ...ada, SSHPublicKeyId })

  const CertificateBody = signing.certificate
  const certificate = await call('UploadSigningCertificate', { ...ada, CertificateBody })
  await call('UploadSigningCertificate', { ...ada, CertificateBody })
  await call('UploadSigningCertificate', { ...ada, CertificateBody: 'no' })
  const CertificateId = certificate.value('CertificateId')
  await call('ListSigningCertificates', ada)
  await call('ListSigningCertificates', ghost)
  await call('UpdateSigningCertificate', { ...ada, CertificateId, Status: 'Inactive' })
  await call('DeleteSigningCertificate', { ...ada, CertificateId })
  await call('DeleteSigningCertificate', { ...ada, CertificateId })
  await call('UpdateSigningCertificate', { ...ada, CertificateId, Status: 'Inactive' })

  const service = { ...ada, ServiceName: 'decision.chancery' }
  const made = await call('CreateServiceSpecificCredential', service)
  await call('CreateServiceSpecificCredential', { ...ada, ServiceName: 'nothing.example' })
  const id = { ...ada, ServiceSpecificCredentialId: made.value('ServiceSpecificCredentialId') }
  await call('ListServiceSpecificCredentials', service)
  await call('ListServiceSpecificCredentials', ghost)
  await call('ResetServiceSpecificCredential', id)
  await call('UpdateServiceSpecificCredential', { ...id, Status: 'Inactive' })
  await call('DeleteServiceSpecificCredential', id)
  await call('DeleteServiceSpecificCredential', id)
  await call('ResetServiceSpecificCredential', id)
  await call('UpdateServiceSpecificCredential', { ...id, Status: 'Inactive' })
}

async function serverCertificates(call: Call, { web }: World): Promise<void> {
  const name = { ServerCertificateName: 'web' }
  const pair = { CertificateBody: web.certificate, PrivateKey: web.privateKey }
  await call('UploadServerCertificate', { ...name, ...pair, Path: '/eng/', Tags })
  await call('UploadServerCertificate', { ...name, ...pair })
  await call('UploadServerCertificate', { ServerCertificateName: 'bad', ...pair, CertificateBody: 'no' })
  await call('GetServerCertificate', name)
  await call('ListServerCertificates', { PathPrefix: '/eng/' })
  await call('TagServerCertificate', { ...name, Tags: [{ Key: 'Cost', Value: '7' }] })
  await call('ListServerCertificateTags', name)
  await call('UntagServerCertificate', { ...name, TagKeys: ['Cost'] })
  await call('UpdateServerCertificate', { ...name, NewPath: '/ops/' })
  await call('DeleteServerCertificate', name)
  await call('DeleteServerCertificate', name)
  await call('GetServerCertificate', name)
  await call('TagServerCertificate', { ...name, Tags })
  await call('ListServerCertificateTags', name)
  await call('UntagServerCertificate', { ...name, TagKeys: ['Cost'] })
  await call('UpdateServerCertificate', { ...name, NewPath: '/ops/' })
}

async function openIdProviders(call: Call): Promise<void> {
  const provider = { OpenIDConnectProviderArn: arn('oidc-provider/issuer.example/tenant') }
  const ThumbprintList = ['0123456789ABCDEF0123456789abcdef01234567']
  const Url = 'https://issuer.example:443/tenant'
  await call('CreateOpenIDConnectProvider', { Url, ClientIDList: ['one'], ThumbprintList, Tags })
  await call('CreateOpenIDConnectProvider', { Url, ThumbprintList })
  await call('CreateOpenIDConnectProvider', { Url: 'not a url' })
  await call('CreateOpenIDConnectProvider', {
    Url: 'https://other.example',
    ThumbprintList: Array.from({ length: 6 }, (_, n) => String(n).repeat(40)),
  })
  await call('GetOpenIDConnectProvider', provider)
  await call('ListOpenIDConnectProviders')
  await call('AddClientIDToOpenIDConnectProvider', { ...provider, ClientID: 'two' })
  await call('RemoveClientIDFromOpenIDConnectProvider', { ...provider, ClientID: 'two' })
  await call('UpdateOpenIDConnectProviderThumbprint', { ...provider, ThumbprintList })
  await call('TagOpenIDConnectProvider', { ...provider, Tags: [{ Key: 'Cost', Value: '7' }] })
  await call('ListOpenIDConnectProviderTags', provider)
  await call('UntagOpenIDConnectProvider', { ...provider, TagKeys: ['Cost'] })
  await call('DeleteOpenIDConnectProvider', provider)
  await call('DeleteOpenIDConnectProvider', provider)
  await call('GetOpenIDConnectProvider', provider)
  await call('AddClientIDToOpenIDConnectProvider', { ...provider, ClientID: 'two' })
  await call('RemoveClientIDFromOpenIDConnectProvider', { ...provider, ClientID: 'two' })
  await call('UpdateOpenIDConnectProviderThumbprint', { ...provider, ThumbprintList })
  await call('TagOpenIDConnectProvider', { ...provider, Tags })
  await call('ListOpenIDConnectProviderTags', provider)
  await call('UntagOpenIDConnectProvider', { ...provider, TagKeys: ['Cost'] })
}

async function samlProviders(call: Call, { idp, url }: World): Promise<void> {
  const provider = { SAMLProviderArn: arn('saml-provider/acme') }
  const SAMLMetadataDocument = metadataOf([idp])
  await call('CreateSAMLProvider', { Name: 'acme', SAMLMetadataDocument, Tags })
  await call('CreateSAMLProvider', { Name: 'acme', SAMLMetadataDocument })
  await call('CreateSAMLProvider', { Name: 'bad', SAMLMetadataDocument: 'x'.repeat(1000) })
  await call('GetSAMLProvider', provider)
  await call('ListSAMLProviders')
  await call('UpdateSAMLProvider', { ...provider, SAMLMetadataDocument })
  await call('TagSAMLProvider', { ...provider, Tags: [{ Key: 'Cost', Value: '7' }] })
  await call('ListSAMLProviderTags', provider)
  await call('UntagSAMLProvider', { ...provider, TagKeys: ['Cost'] })

  const RoleArn = arn('role/staff')
  const trust = trusting({ Federated: provider.SAMLProviderArn }, 'sts:AssumeRoleWithSAML')
  await call('CreateRole', { RoleName: 'staff', AssumeRolePolicyDocument: trust })
  const assume = {
    RoleArn,
    PrincipalArn: provider.SAMLProviderArn,
    SAMLAssertion: assertion(RoleArn, idp, url),
  }
  await call('AssumeRoleWithSAML', assume)
  await call('AssumeRoleWithSAML', assume)
  await call('AssumeRoleWithSAML', { ...assume, SAMLAssertion: 'AAAA' })
  await call('DeleteRole', { RoleName: 'staff' })

  await call('DeleteSAMLProvider', provider)
  await call('DeleteSAMLProvider', provider)
  await call('GetSAMLProvider', provider)
  await call('UpdateSAMLProvider', { ...provider, SAMLMetadataDocument })
  await call('TagSAMLProvider', { ...provider, Tags })
  await call('ListSAMLProviderTags', provider)
  await call('UntagSAMLProvider', { ...provider, TagKeys: ['Cost'] })
}

/** A response of the identity provider for this role, used once. */
function assertion(role: string, idp: Materials['idp'], url: string): string {
  const attribute = (name: string, value: string) =>
    `<saml:Attribute Name="https://aws.amazon.com/SAML/Attributes/${name}"><saml:AttributeValue>${value}</saml:AttributeValue></saml:Attribute>`
  const said = {
    at: Math.floor(Date.now() / 1000),
    recipient: `${url}/saml`,
    audience: 'urn:amazon:webservices',
    request: undefined,
    assertionId: `_${crypto.randomUUID()}`,
    attributes:
      attribute('Role', `${role},${arn('saml-provider/acme')}`) + attribute('RoleSessionName', 'alice'),
  }
  return encode(sign(responseXml(said, assertionXml(said)), idp))
}

async function account(call: Call): Promise<void> {
  await call('CreateAccountAlias', { AccountAlias: 'acme' })
  await call('CreateAccountAlias', { AccountAlias: '-bad-' })
  await call('ListAccountAliases')
  await call('DeleteAccountAlias', { AccountAlias: 'acme' })
  await call('DeleteAccountAlias', { AccountAlias: 'acme' })
  await call('GetAccountSummary')
  await call('SetSecurityTokenServicePreferences', { GlobalEndpointTokenVersion: 'v2Token' })
  await call('SetSecurityTokenServicePreferences', { GlobalEndpointTokenVersion: 'v3Token' })
  await call('GenerateCredentialReport', {}, undefined, has('State', 'COMPLETE'))
  await call('GetCredentialReport')
  await call('GetOutboundWebIdentityFederationInfo')
  await call('DisableOutboundWebIdentityFederation')
  await call('EnableOutboundWebIdentityFederation')
  await call('EnableOutboundWebIdentityFederation')
  await call('GetOutboundWebIdentityFederationInfo')
}

const has =
  (member: string, value: string) =>
  (answer: Answer): boolean =>
    answer.value(member) === value

async function simulations(call: Call): Promise<void> {
  const asked = { ActionNames: ['docs:GetPage', 'docs:PutPage'], ResourceArns: ['arn:aws:docs:::handbook/1'] }
  const conditional = document({
    Effect: 'Allow',
    Action: 'docs:Get*',
    Resource: '*',
    Condition: { StringEquals: { 'docs:Class': 'open' } },
  })
  await call('SimulateCustomPolicy', { PolicyInputList: [conditional], ...asked })
  await call('SimulateCustomPolicy', {
    PolicyInputList: [conditional],
    ...asked,
    ContextEntries: [{ ContextKeyName: 'docs:Class', ContextKeyType: 'string', ContextKeyValues: ['open'] }],
  })
  await call('SimulateCustomPolicy', { PolicyInputList: ['{'], ...asked })
  await call('PutUserPolicy', { ...ada, PolicyName: 'own', PolicyDocument: conditional })
  await call('SimulatePrincipalPolicy', { PolicySourceArn: arn('user/eng/ada'), ...asked })
  await call('SimulatePrincipalPolicy', { PolicySourceArn: arn('user/ghost'), ...asked })
  await call('GetContextKeysForCustomPolicy', { PolicyInputList: [conditional] })
  await call('GetContextKeysForCustomPolicy', { PolicyInputList: ['{'] })
  await call('GetContextKeysForPrincipalPolicy', { PolicySourceArn: arn('user/eng/ada') })
  await call('GetContextKeysForPrincipalPolicy', { PolicySourceArn: arn('user/ghost') })
}

async function serviceAccess(call: Call): Promise<void> {
  const Arn = arn('user/eng/ada')
  const { value } = await call('GenerateServiceLastAccessedDetails', { Arn })
  await call('GenerateServiceLastAccessedDetails', { Arn: arn('user/ghost') })
  const JobId = value('JobId')
  const noJob = '00000000-0000-4000-8000-000000000000'
  await call('GetServiceLastAccessedDetails', { JobId }, undefined, has('JobStatus', 'COMPLETED'))
  await call('GetServiceLastAccessedDetails', { JobId: noJob })
  await call('GetServiceLastAccessedDetailsWithEntities', { JobId, ServiceNamespace: 'docs' })
  await call('GetServiceLastAccessedDetailsWithEntities', { JobId: noJob, ServiceNamespace: 'docs' })
  await call('ListPoliciesGrantingServiceAccess', { Arn, ServiceNamespaces: ['docs', 's3'] })
  await call('ListPoliciesGrantingServiceAccess', { Arn: arn('user/ghost'), ServiceNamespaces: ['docs'] })
  await call('DeleteUserPolicy', { ...ada, PolicyName: 'own' })
}

async function sessions(call: Call, { ci, deploy }: World): Promise<void> {
  const session = { RoleArn: deploy, RoleSessionName: 'job' }
  const WebIdentityToken = await ci.mint({ sub: 'repo:acme/app', aud: audience })
  const expired = await ci.mint({ sub: 'repo:acme/app', aud: audience, iat: 1, nbf: 1, exp: 1000 })
  const web = await call('AssumeRoleWithWebIdentity', { ...session, WebIdentityToken })
  await call('AssumeRoleWithWebIdentity', { ...session, WebIdentityToken: expired })
  await call('AssumeRoleWithWebIdentity', { ...session, WebIdentityToken: 'not.a.token' })
  await call('AssumeRoleWithWebIdentity', { ...session, RoleArn: arn('role/ghost'), WebIdentityToken })
  await call('GetCallerIdentity', {}, credentialsIn(web))
  await call('GetCallerIdentity')
  await call('GetScopedCredentials', { Policy: reading, DurationSeconds: 900 }, credentialsIn(web))
  await call('GetScopedCredentials', { Policy: reading, DurationSeconds: 7200 }, credentialsIn(web))
  await call('GetScopedCredentials', { Policy: reading })

  const own = document({ Effect: 'Allow', Action: ['sts:*', 'docs:*'], Resource: '*' })
  await call('PutUserPolicy', { ...ada, PolicyName: 'own', PolicyDocument: own })
  const key = await call('CreateAccessKey', ada)
  const asAda = credentialsIn(key)
  await call('CreateRole', {
    ...builder,
    AssumeRolePolicyDocument: trusting({ AWS: arn('user/eng/ada') }, ['sts:AssumeRole', 'sts:TagSession']),
  })
  const assume = { RoleArn: arn('role/builder'), RoleSessionName: 'job' }
  await call(
    'AssumeRole',
    { ...assume, Policy: reading, Tags, TransitiveTagKeys: ['Team'], DurationSeconds: 900 },
    asAda,
  )
  await call('AssumeRole', { ...assume, DurationSeconds: 43_200 }, asAda)
  await call('AssumeRole', { ...assume, RoleArn: arn('role/ghost') }, asAda)
  await call('AssumeRole', { ...assume, RoleArn: 'arn:aws:iam::1:role/too-short' }, asAda)
  await call('AssumeRole', { ...assume, Policy: '{' }, asAda)
  await call('AssumeRole', { ...assume, Tags: [Tags[0], { Key: 'team', Value: 'x' }] }, asAda)
  await call('GetSessionToken', { DurationSeconds: 900 }, asAda)
  await call('GetSessionToken', {}, credentialsIn(web))
  await call('GetFederationToken', { Name: 'guest', Policy: reading, Tags }, asAda)
  await call('GetFederationToken', { Name: 'guest' }, credentialsIn(web))
  const token = { Audience: ['https://api.example'], SigningAlgorithm: 'RS256', DurationSeconds: 60 }
  await call('GetWebIdentityToken', token, asAda)
  await call('DisableOutboundWebIdentityFederation')
  await call('GetWebIdentityToken', token, asAda)
  const denied = await call('ListUsers', {}, asAda)
  const EncodedMessage = /authorization id: ([0-9a-f]+)/.exec(denied.value('Message'))?.[1] ?? ''
  await call('DecodeAuthorizationMessage', { EncodedMessage })
  await call('DecodeAuthorizationMessage', { EncodedMessage: '0'.repeat(32) })
  await call('AssumeRoleWithLDAPIdentity', {
    RoleArn: arn('role/builder'),
    LDAPUsername: 'ada',
    LDAPPassword: 'x',
  })
  await call('DeleteRole', builder)
  await call('DeleteAccessKey', { ...ada, AccessKeyId: key.value('AccessKeyId') })
  await call('DeleteUserPolicy', { ...ada, PolicyName: 'own' })
  await call('DeleteUser', ada)
  await call('DeleteUser', ada)
}
