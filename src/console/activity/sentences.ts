// What an audit action did, in words. Each message is an infinitive; `{name}` in it stands for a member of the entry.
//
// An action that does to a thing what is done to others, such as `CreateGroup`, is made from `verbs` and `nouns`; any other has a line in
// `sentences`. A new message is translated in views/languages/console/activity, as an infinitive too; its German verb belongs to
// grammar.ts. test/console/activity-sentences.test.ts finds actions without words.

import type { ConsoleMessage } from '../../../views/languages/console/message.ts'

/** An infinitive, with the thing that `{thing}` in it stands for. */
export interface Phrase {
  readonly message: ConsoleMessage
  readonly thing?: ConsoleMessage
  /** Members of the entry, by their path, that `{name}` may stand for; the first that the entry has. `resource` is its resource. */
  readonly membersOf: (name: string) => readonly string[]
}

/** Of kinds of things: what one is called, and the members that name it. */
const nouns: ReadonlyMap<string, readonly [thing: ConsoleMessage, ...members: readonly string[]]> = new Map(
  Object.entries({
    User: ['the person {name}', 'userName', 'name'],
    Person: ['the person {name}', 'resource'],
    Group: ['the group {name}', 'groupName', 'resource', 'name'],
    Role: ['the role {name}', 'roleName', 'name'],
    InstanceProfile: ['the instance profile {name}', 'profileName', 'name'],
    Policy: ['the policy {name}', 'policyName', 'policyArn'],
    AccessKey: ['the access key {name}', 'accessKeyId'],
    OpenIDConnectProvider: ['the OpenID Connect provider {name}', 'url', 'arn'],
    SAMLProvider: ['the SAML provider {name}', 'name', 'arn'],
    ServerCertificate: ['the server certificate {name}', 'certificateName', 'name'],
    SigningCertificate: ['the signing certificate {name}', 'certificateId', 'userName'],
    SSHPublicKey: ['the SSH key {name}', 'sshPublicKeyId', 'userName'],
    ServiceSpecificCredential: ['the service credential {name}', 'credentialId', 'serviceName'],
    VirtualMFADevice: ['the authenticator {name}', 'name', 'serialNumber'],
    MFADevice: ['the authenticator {name}', 'serialNumber', 'userName'],
    AccountAlias: ['the account alias {name}', 'alias'],
    ServiceLinkedRole: ['the role of the service {name}', 'serviceName', 'roleName'],
    Client: ['the app {name}', 'client_name', 'after.name', 'client', 'resource'],
    IdentityProvider: ['the identity provider {name}', 'after.name', 'name', 'resource', 'provider'],
    Account: ['the account {name}', 'account', 'name', 'resource'],
    ScimToken: ['the SCIM token {name}', 'description', 'token', 'resource'],
    AuditView: ['the activity view {name}', 'view'],
    AuditEntry: ['the audit entry {name}', 'entry'],
    AccessRequest: ['the access request {name}', 'request'],
    AccountGuardrail: ['the guardrail {name}', 'guardrail'],
  } as const),
)

const verbs: ReadonlyMap<string, ConsoleMessage> = new Map(
  Object.entries({
    Create: 'create {thing}',
    Get: 'read {thing}',
    Update: 'change {thing}',
    Delete: 'delete {thing}',
    Upload: 'upload {thing}',
    Enable: 'enable {thing}',
    Disable: 'disable {thing}',
    Reset: 'reset {thing}',
    Close: 'close {thing}',
    Reopen: 'reopen {thing}',
    Save: 'save {thing}',
    Put: 'save {thing}',
    Tag: 'tag {thing}',
    Untag: 'remove tags from {thing}',
  } as const),
)

const lists: ReadonlyMap<string, ConsoleMessage> = new Map(
  Object.entries({
    Accounts: 'list accounts',
    AuditViews: 'list activity views',
    Clients: 'list apps',
    Groups: 'list groups',
    InstanceProfiles: 'list instance profiles',
    OpenIDConnectProviders: 'list OpenID Connect providers',
    People: 'list people',
    Policies: 'list policies',
    Roles: 'list roles',
    SAMLProviders: 'list SAML providers',
    SSHPublicKeys: 'list SSH keys',
    ScimTokens: 'list SCIM tokens',
    ServerCertificates: 'list server certificates',
    ServiceSpecificCredentials: 'list service credentials',
    SigningCertificates: 'list signing certificates',
    Users: 'list people',
    VirtualMFADevices: 'list authenticators',
  } as const),
)

/** Of users, groups and roles alike: the name of the action without the kind, and where it is in it. */
const ofEachHolder: readonly (readonly [before: string, after: string, message: ConsoleMessage])[] = [
  ['Attach', 'Policy', 'attach the policy {policyArn} to {thing}'],
  ['Detach', 'Policy', 'detach the policy {policyArn} from {thing}'],
  ['Put', 'Policy', 'save the inline policy {policyName} of {thing}'],
  ['Delete', 'Policy', 'delete the inline policy {policyName} of {thing}'],
  ['Get', 'Policy', 'read the inline policy {policyName} of {thing}'],
  ['List', 'Policies', 'list the inline policies of {thing}'],
  ['ListAttached', 'Policies', 'list the policies of {thing}'],
  ['Put', 'PermissionsBoundary', 'set the permissions boundary {boundary} of {thing}'],
  ['Delete', 'PermissionsBoundary', 'remove the permissions boundary of {thing}'],
]

/** Members that a name stands for, where that is not the member of the same name. */
const members: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    administrator: ['resource', 'name', 'userName'],
    asked: ['action', 'resource'],
    audience: ['audience', 'resource'],
    boundary: ['boundary', 'permissionsBoundary'],
    client: ['resource', 'client'],
    group: ['resource', 'group'],
    invited: ['resource', 'name'],
    newProvider: ['name', 'resource'],
    owner: ['userName'],
    policy: ['resource', 'policy'],
    provider: ['resource', 'provider'],
    recipient: ['to', 'recipient', 'resource'],
    role: ['resource', 'role', 'roleName', 'roleArn'],
    service: ['service', 'resource'],
    target: ['resource', 'audience', 'scope'],
  }),
)

const sentences: ReadonlyMap<string, ConsoleMessage> = new Map(
  Object.entries({
    'iam:AddUserToGroup': 'add {userName} to the group {groupName}',
    'iam:RemoveUserFromGroup': 'remove {userName} from the group {groupName}',
    'iam:ListGroupsForUser': 'list the groups of {userName}',
    'iam:UpdateAssumeRolePolicy': 'change the trust policy of the role {roleName}',
    'iam:UpdateRoleDescription': 'change the description of the role {roleName}',
    'iam:DoubtTrustPolicy': 'save a trust policy with warnings: {role}',
    'iam:AddRoleToInstanceProfile': 'put the role {roleName} into the instance profile {profileName}',
    'iam:RemoveRoleFromInstanceProfile': 'take the role {roleName} out of the instance profile {profileName}',
    'iam:ListInstanceProfilesForRole': 'list the instance profiles of the role {roleName}',
    'iam:CreatePolicyVersion': 'save a new version of the policy {policyArn}',
    'iam:DeletePolicyVersion': 'delete the version {versionId} of the policy {policyArn}',
    'iam:GetPolicyVersion': 'read the version {versionId} of the policy {policyArn}',
    'iam:ListPolicyVersions': 'list the versions of the policy {policyArn}',
    'iam:SetDefaultPolicyVersion': 'put the version {versionId} of the policy {policyArn} in force',
    'iam:ListEntitiesForPolicy': 'list what the policy {policyArn} is attached to',
    'iam:ListPoliciesGrantingServiceAccess': 'list the policies that give {arn} access to services',
    'iam:CreateAccessKey': 'create an access key of {owner}',
    'iam:DeleteAccessKey': 'delete the access key {accessKeyId} of {owner}',
    'iam:UpdateAccessKey': 'set the access key {accessKeyId} of {owner} to {status}',
    'iam:ListAccessKeys': 'list the access keys of {owner}',
    'iam:GetAccessKeyLastUsed': 'read when the access key {accessKeyId} was last used',
    'iam:CreateLoginProfile': 'give {userName} a password',
    'iam:UpdateLoginProfile': 'change the password of {userName}',
    'iam:DeleteLoginProfile': 'take the password from {userName}',
    'iam:GetLoginProfile': 'read whether {owner} has a password',
    'iam:ChangePassword': 'change their own password',
    'iam:UpdateAccountPasswordPolicy': 'change the password rules',
    'iam:DeleteAccountPasswordPolicy': 'reset the password rules',
    'iam:GetAccountPasswordPolicy': 'read the password rules',
    'iam:EnableMFADevice': 'enable the authenticator {serialNumber} of {owner}',
    'iam:DeactivateMFADevice': 'take the authenticator {serialNumber} from {owner}',
    'iam:ResyncMFADevice': 'resynchronize the authenticator {serialNumber} of {owner}',
    'iam:ListMFADevices': 'list the authenticators of {owner}',
    'iam:AddClientIDToOpenIDConnectProvider': 'add the audience {clientId} to the provider {arn}',
    'iam:RemoveClientIDFromOpenIDConnectProvider': 'remove the audience {clientId} from the provider {arn}',
    'iam:UpdateOpenIDConnectProviderThumbprint': 'change the thumbprints of the provider {arn}',
    'iam:RemoveIdentityProvider': 'remove the identity provider {resource}',
    'iam:EnableOutboundWebIdentityFederation': 'enable identity tokens for outside services',
    'iam:DisableOutboundWebIdentityFederation': 'disable identity tokens for outside services',
    'iam:GetOutboundWebIdentityFederationInfo': 'read the settings of identity tokens for outside services',
    'iam:SetSecurityTokenServicePreferences': 'change the version of session tokens',
    'iam:GenerateCredentialReport': 'start a report of all credentials',
    'iam:GetCredentialReport': 'read the report of all credentials',
    'iam:GenerateServiceLastAccessedDetails': 'start a report of the services that {arn} used',
    'iam:GetServiceLastAccessedDetails': 'read the report {jobId} of used services',
    'iam:GetServiceLastAccessedDetailsWithEntities': 'read who used {namespace}, from the report {jobId}',
    'iam:GetServiceLinkedRoleDeletionStatus': 'read how far a deletion is: {taskId}',
    'iam:GetAccountAuthorizationDetails': 'read all people, groups, roles and policies',
    'iam:GetAccountSummary': 'read how much the account has',
    'iam:ListAccountAliases': 'list the aliases of the account',
    'iam:GetContextKeysForCustomPolicy': 'list the condition keys of a policy',
    'iam:GetContextKeysForPrincipalPolicy': 'list the condition keys of the policies of {arn}',
    'iam:SimulateCustomPolicy': 'ask what a policy would allow',
    'iam:SimulatePrincipalPolicy': 'ask what {arn} may do',
    'iam:GetRequestAuthorizationDetails': 'read why a request was decided',
    'iam:GetPersonAccess': 'look at what {userName} can reach',
    'iam:GetGroupAccess': 'look at what the group {groupName} reaches',
    'iam:GetRoleAccess': 'look at what the role {roleName} reaches',
    'iam:GetPolicyAccess': 'look at who has the policy {policyArn}',
    'iam:ListPeopleWithAccess': 'ask who can do {action} on {resource}',
    'iam:GetAttachmentChange': 'compare what {name} may do with and without the policy {policyArn}',
    'iam:GetMembershipChange': 'compare what {userName} may do in and out of the group {groupName}',
    'chancery:InvitePerson': 'invite {invited}',
    'chancery:ImportPeople': 'import people',
    'chancery:EnablePerson': 'enable {resource}',
    'chancery:DisablePerson': 'disable {resource}',
    'chancery:SetPersonPassword': 'set the password of {resource}',
    'chancery:SignOutPerson': 'sign {resource} out everywhere',
    'chancery:EndPersonSession': 'end a session of {resource}',
    'chancery:ListPersonSessions': 'list the sessions of {resource}',
    'chancery:GetPersonFactors': 'read the second factors of {resource}',
    'chancery:ResetPersonFactors': 'reset the second factors of {resource}',
    'chancery:ListPersonAccessKeys': 'list the access keys of {resource}',
    'chancery:CreateSignInLink': 'make a one-time link for {resource}',
    'chancery:ListTrustedBrowsers': 'list the trusted browsers of {resource}',
    'chancery:RemoveTrustedBrowser': 'end the trust in a browser of {resource}',
    'chancery:RemoveTrustedBrowsers': 'end the trust in all browsers of {resource}',
    'chancery:AddGroupMember': 'add {person} to the group {group}',
    'chancery:RemoveGroupMember': 'remove {person} from the group {group}',
    'chancery:ListGroupMembers': 'list the members of the group {group}',
    'chancery:CreateClientSecret': 'make a new secret of the app {client}',
    'chancery:DeleteClientSecret': 'delete a secret of the app {client}',
    'chancery:ListIdentityProviders': 'list identity providers',
    'chancery:EndIdentityProviderSessions': 'end what began with the identity provider {provider}',
    'chancery:CheckIdentityProvider': 'check the identity provider {provider}',
    'chancery:CheckIdentityProviderChange': 'check a change of the identity provider {provider}',
    'chancery:CheckNewIdentityProvider': 'check the settings of a new identity provider {newProvider}',
    'chancery:TryIdentityProvider': 'try a token or claims with the identity provider {provider}',
    'chancery:ApproveAccessRequest': 'approve an access request for the role {resource}',
    'chancery:RefuseAccessRequest': 'refuse an access request for the role {resource}',
    'chancery:EndAccess': 'end an approved access to the role {resource}',
    'chancery:ListAccessRequests': 'list access requests',
    'chancery:RevokeSessions': 'revoke sessions of {resource}',
    'chancery:LiftRevocation': 'lift the revocation of {resource}',
    'chancery:ListRevocations': 'list revocations',
    'chancery:UpdatePolicyTests': 'change the tests of the policy {policy}',
    'chancery:GetPolicyTests': 'read the tests of the policy {policy}',
    'chancery:GetSettings': 'read the settings',
    'chancery:UpdateSettings': 'change the settings',
    'chancery:GetBrand': 'read the brand',
    'chancery:UpdateBrand': 'change the brand',
    'chancery:GetQuotas': 'read the quotas',
    'chancery:UpdateQuotas': 'change the quotas',
    'chancery:GetMailServer': 'read the mail server',
    'chancery:UpdateMailServer': 'change the mail server',
    'chancery:DeleteMailServer': 'remove the mail server',
    'chancery:TestMailServer': 'send a test message',
    'chancery:ListKeys': 'list the keys of the server',
    'chancery:RotateKeys': 'rotate the keys of the server for {use}',
    'chancery:RotateMasterKey': 'rotate the master key',
    'chancery:ResetAdministrator': 'reset the sign-in of {administrator}',
    'chancery:GetFindings': 'read what is found about the account',
    'chancery:GetAuditSummary': 'read the summary of activity',
    'chancery:GetAuditTrail': 'read the state of the audit trail',
    'chancery:ListAuditEntries': 'read activity',
    'chancery:GetRequestExplanation': 'ask why the request {reference} was decided',
    'signin:SignIn': 'sign in',
    'signin:CheckPassword': 'enter the password',
    'signin:CheckTotp': 'enter a code of the authenticator',
    'signin:CheckRecoveryCode': 'enter a recovery code',
    'signin:CheckPasskey': 'use a passkey',
    'signin:EnrolTotp': 'set up an authenticator',
    'signin:NewRecoveryCodes': 'get new recovery codes',
    'signin:ReplacePassword': 'replace the password',
    'signin:ChoosePassword': 'choose a password with a one-time link',
    'signin:RequestPasswordReset': 'ask for a new password',
    'signin:Register': 'register',
    'signin:FederatedSignIn': 'sign in with the identity provider {resource}',
    'signin:JoinIdentity': 'link an identity of the provider {resource}',
    'signin:DisconnectIdentity': 'unlink an identity of the provider {resource}',
    'signin:CreateUser': 'get an account at the first sign-in with the provider {resource}',
    'signin:TakeAddress': 'take over the e-mail address that the provider {resource} says',
    'signin:UpstreamSignOut': 'be signed out by the identity provider {resource}',
    'signin:TrustBrowser': 'trust a browser',
    'signin:UseTrustedBrowser': 'use a trusted browser in the place of a second factor',
    'signin:OpenHost': 'open {resource}',
    'account:ChangePassword': 'change their own password',
    'account:AddPasskey': 'add a passkey',
    'account:RenamePasskey': 'rename a passkey',
    'account:RemovePasskey': 'remove a passkey',
    'account:RenameTotp': 'rename their authenticator',
    'account:RemoveTotp': 'remove their authenticator',
    'account:RemoveTrustedBrowser': 'end the trust in a browser of their own',
    'account:RequestAddressChange': 'ask to change the e-mail address to {email}',
    'account:ChangeAddress': 'change the e-mail address to {email}',
    'account:VerifyAddress': 'confirm the e-mail address {email}',
    'sts:AssumeRole': 'become the role {role}',
    'sts:AssumeRoleWithWebIdentity': 'become the role {role} with an outside token',
    'sts:AssumeRoleWithSAML': 'become the role {role} with a SAML assertion',
    'sts:AssumeRoleWithLDAPIdentity': 'become the role {role} with a password of the directory',
    'sts:ExchangeToken': 'exchange a token for {target}',
    'sts:GetSessionToken': 'get credentials of their own for a session',
    'sts:GetScopedCredentials': 'get credentials for a part of their own rights',
    'sts:GetFederationToken': 'get credentials for the federated user {name}',
    'sts:GetWebIdentityToken': 'get an identity token for {audience}',
    'sts:GetCallerIdentity': 'ask who they are',
    'sts:GetAccessKeyInfo': 'ask which account the access key {accessKeyId} belongs to',
    'sts:DecodeAuthorizationMessage': 'decode why a request was refused',
    'sts:RevokeSessions': 'revoke sessions of {role}',
    'sts:LiftRevocation': 'lift the revocation of {role}',
    'oidc:Authorize': 'ask for a sign-in to the app {client}',
    'oidc:SignIn': 'sign in to the app {client}',
    'oidc:Consent': 'consent to the access of the app {client}',
    'oidc:WithdrawConsent': 'withdraw the consent to the app {client}',
    'oidc:IssueToken': 'get a token for the app {client}',
    'oidc:AuthenticateClient': 'prove to be the app {client}',
    'oidc:RegisterClient': 'register the app {client}',
    'oidc:SignOut': 'sign out',
    'oidc:RefreshTokenReused': 'use a refresh token of the app {client} a second time',
    'oidc:TellOfSignOut': 'tell the app {client} of a sign-out',
    'decision:Evaluate': 'ask for a decision about {asked}',
    'decision:Filter': 'ask for a filter of {asked}',
    'decision:Search': 'search who or what is allowed',
    'decision:GetPolicies': 'read policies for a service',
    'decision:GetRevocations': 'read revocations for a service',
    'decision:GetSigningKey': 'get a key to verify requests to {service}',
    'mail:Deliver': 'deliver a message to {recipient}',
    'audit:Open': 'open a chain of the audit trail',
    'audit:Checkpoint': 'confirm the audit trail',
  } as const),
)

const membersOf = (name: string): readonly string[] => members.get(name) ?? [name]

function withThing(message: ConsoleMessage | undefined, kind: string): Phrase | undefined {
  const [thing, ...named] = nouns.get(kind) ?? []
  return (
    message && thing && { message, thing, membersOf: (name) => (name === 'name' ? named : membersOf(name)) }
  )
}

/** Of what is done to a user, a group or a role: `AttachRolePolicy`. */
function ofHolder(name: string): Phrase | undefined {
  const [, before = '', kind = '', after = ''] =
    /^([A-Z][A-Za-z]+?)(User|Group|Role)([A-Z].*)$/.exec(name) ?? []
  return withThing(ofEachHolder.find((one) => one[0] === before && one[1] === after)?.[2], kind)
}

/** Of what is done to every kind of thing: `CreateGroup`, `ListRoles`, `ListRoleTags`. */
function ofKind(name: string): Phrase | undefined {
  const [, verb = '', rest = ''] = /^([A-Z][a-z]+)([A-Z].*)$/.exec(name) ?? []
  if (verb !== 'List') return withThing(verbs.get(verb), rest)
  const message = lists.get(rest)
  if (message !== undefined) return { message, membersOf }
  return rest.endsWith('Tags') ? withThing('list the tags of {thing}', rest.slice(0, -4)) : undefined
}

/** What an action does; undefined for one that this server does not know. */
export function phraseOf(action: string): Phrase | undefined {
  const message = sentences.get(action)
  if (message !== undefined) return { message, membersOf }
  const [service = '', name = ''] = action.split(':')
  if (service !== 'iam' && service !== 'chancery') return undefined
  return (service === 'iam' ? ofHolder(name) : undefined) ?? ofKind(name)
}
