// What an audit action did, in words. Each is an infinitive with the members of the entry that name its object: `{a|b}` is the first
// that the entry has, `{a=text}` the text when it has none. `{resource}` is the resource of the entry.

/** Of kinds of things: the word, and the members that name one. */
const nouns: ReadonlyMap<string, readonly [word: string, named: string]> = new Map(
  Object.entries({
    User: ['person', 'userName|name'],
    Person: ['person', 'resource'],
    Group: ['group', 'groupName|resource|name'],
    Role: ['role', 'roleName|name'],
    InstanceProfile: ['instance profile', 'profileName|name'],
    Policy: ['policy', 'policyName|policyArn'],
    AccessKey: ['access key', 'accessKeyId'],
    OpenIDConnectProvider: ['OpenID Connect provider', 'url|arn'],
    SAMLProvider: ['SAML provider', 'name|arn'],
    ServerCertificate: ['server certificate', 'certificateName|name'],
    SigningCertificate: ['signing certificate', 'certificateId|userName'],
    SSHPublicKey: ['SSH key', 'sshPublicKeyId|userName'],
    ServiceSpecificCredential: ['service credential', 'credentialId|serviceName'],
    VirtualMFADevice: ['authenticator', 'name|serialNumber'],
    MFADevice: ['authenticator', 'serialNumber|userName'],
    AccountAlias: ['account alias', 'alias'],
    ServiceLinkedRole: ['role of the service', 'serviceName|roleName'],
    Client: ['app', 'client_name|after.name|client|resource'],
    IdentityProvider: ['identity provider', 'after.name|name|resource|provider'],
    Account: ['account', 'account|name|resource'],
    ScimToken: ['SCIM token', 'description|token|resource'],
    AuditView: ['activity view', 'view'],
    AuditEntry: ['audit entry', 'entry'],
    AccessRequest: ['access request', 'request'],
    AccountGuardrail: ['guardrail', 'guardrail'],
    TrustedBrowser: ['trusted browser', 'browser'],
  }),
)

const verbs: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Create: 'create',
    Get: 'read',
    Update: 'change',
    Delete: 'delete',
    Upload: 'upload',
    Enable: 'enable',
    Disable: 'disable',
    Reset: 'reset',
    Close: 'close',
    Reopen: 'reopen',
    Save: 'save',
    Put: 'save',
    Tag: 'tag',
    Untag: 'remove tags from',
  }),
)

/** Of users, groups and roles alike. */
const ofEachHolder = (['User', 'Group', 'Role'] as const).flatMap((kind) => {
  const [word = '', named = ''] = nouns.get(kind) ?? []
  const holder = `the ${word} {${named}}`
  return Object.entries({
    [`Attach${kind}Policy`]: `attach the policy {policyArn} to ${holder}`,
    [`Detach${kind}Policy`]: `detach the policy {policyArn} from ${holder}`,
    [`Put${kind}Policy`]: `save the inline policy {policyName} of ${holder}`,
    [`Delete${kind}Policy`]: `delete the inline policy {policyName} of ${holder}`,
    [`Get${kind}Policy`]: `read the inline policy {policyName} of ${holder}`,
    [`List${kind}Policies`]: `list the inline policies of ${holder}`,
    [`ListAttached${kind}Policies`]: `list the policies of ${holder}`,
    [`Put${kind}PermissionsBoundary`]: `set the permissions boundary {boundary|permissionsBoundary} of ${holder}`,
    [`Delete${kind}PermissionsBoundary`]: `remove the permissions boundary of ${holder}`,
  }).map(([name, words]) => [`iam:${name}`, words] as const)
})

const sentences: ReadonlyMap<string, string> = new Map([
  ...ofEachHolder,
  ...Object.entries({
    'iam:AddUserToGroup': 'add {userName} to the group {groupName}',
    'iam:RemoveUserFromGroup': 'remove {userName} from the group {groupName}',
    'iam:ListGroupsForUser': 'list the groups of {userName}',
    'iam:UpdateAssumeRolePolicy': 'change the trust policy of the role {roleName}',
    'iam:UpdateRoleDescription': 'change the description of the role {roleName}',
    'iam:DoubtTrustPolicy': 'save a trust policy with warnings: {resource|role|roleName}',
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
    'iam:CreateAccessKey': 'create an access key of {userName=themselves}',
    'iam:DeleteAccessKey': 'delete the access key {accessKeyId} of {userName=themselves}',
    'iam:UpdateAccessKey': 'set the access key {accessKeyId} of {userName=themselves} to {status}',
    'iam:ListAccessKeys': 'list the access keys of {userName=themselves}',
    'iam:GetAccessKeyLastUsed': 'read when the access key {accessKeyId} was last used',
    'iam:CreateLoginProfile': 'give {userName} a password',
    'iam:UpdateLoginProfile': 'change the password of {userName}',
    'iam:DeleteLoginProfile': 'take the password from {userName}',
    'iam:GetLoginProfile': 'read whether {userName=themselves} has a password',
    'iam:ChangePassword': 'change their own password',
    'iam:UpdateAccountPasswordPolicy': 'change the password rules',
    'iam:DeleteAccountPasswordPolicy': 'reset the password rules',
    'iam:GetAccountPasswordPolicy': 'read the password rules',
    'iam:EnableMFADevice': 'enable the authenticator {serialNumber} of {userName=themselves}',
    'iam:DeactivateMFADevice': 'take the authenticator {serialNumber} from {userName=themselves}',
    'iam:ResyncMFADevice': 'resynchronize the authenticator {serialNumber} of {userName=themselves}',
    'iam:ListMFADevices': 'list the authenticators of {userName=themselves}',
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
    'chancery:InvitePerson': 'invite {resource|name}',
    'chancery:ImportPeople': 'import people',
    'chancery:ListPeople': 'list people',
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
    'chancery:AddGroupMember': 'add {person} to the group {resource|group}',
    'chancery:RemoveGroupMember': 'remove {person} from the group {resource|group}',
    'chancery:ListGroupMembers': 'list the members of the group {resource|group}',
    'chancery:CreateClientSecret': 'make a new secret of the app {resource|client}',
    'chancery:DeleteClientSecret': 'delete a secret of the app {resource|client}',
    'chancery:ListIdentityProviders': 'list identity providers',
    'chancery:CheckIdentityProvider': 'check the identity provider {resource|provider}',
    'chancery:CheckIdentityProviderChange': 'check a change of the identity provider {resource|provider}',
    'chancery:CheckNewIdentityProvider': 'check the settings of a new identity provider {name|resource}',
    'chancery:TryIdentityProvider': 'try a token or claims with the identity provider {resource|provider}',
    'chancery:ApproveAccessRequest': 'approve an access request for the role {resource}',
    'chancery:RefuseAccessRequest': 'refuse an access request for the role {resource}',
    'chancery:EndAccess': 'end an approved access to the role {resource}',
    'chancery:ListAccessRequests': 'list access requests',
    'chancery:RevokeSessions': 'revoke sessions of {resource}',
    'chancery:LiftRevocation': 'lift the revocation of {resource}',
    'chancery:ListRevocations': 'list revocations',
    'chancery:UpdatePolicyTests': 'change the tests of the policy {resource|policy}',
    'chancery:GetPolicyTests': 'read the tests of the policy {resource|policy}',
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
    'chancery:ResetAdministrator': 'reset the sign-in of {resource|name|userName}',
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
    'sts:AssumeRole': 'become the role {resource|roleArn}',
    'sts:AssumeRoleWithWebIdentity': 'become the role {resource|roleArn} with an outside token',
    'sts:AssumeRoleWithSAML': 'become the role {resource|roleArn} with a SAML assertion',
    'sts:AssumeRoleWithLDAPIdentity': 'become the role {resource|roleArn} with a password of the directory',
    'sts:ExchangeToken': 'exchange a token for {resource|audience|scope}',
    'sts:GetSessionToken': 'get credentials of their own for a session',
    'sts:GetScopedCredentials': 'get credentials for a part of their own rights',
    'sts:GetFederationToken': 'get credentials for the federated user {name}',
    'sts:GetWebIdentityToken': 'get an identity token for {audience|resource}',
    'sts:GetCallerIdentity': 'ask who they are',
    'sts:GetAccessKeyInfo': 'ask which account the access key {accessKeyId} belongs to',
    'sts:DecodeAuthorizationMessage': 'decode why a request was refused',
    'sts:RevokeSessions': 'revoke sessions of {resource|roleName}',
    'sts:LiftRevocation': 'lift the revocation of {resource|roleName}',
    'oidc:Authorize': 'ask for a sign-in to the app {resource}',
    'oidc:SignIn': 'sign in to the app {resource}',
    'oidc:Consent': 'consent to the access of the app {resource}',
    'oidc:WithdrawConsent': 'withdraw the consent to the app {resource}',
    'oidc:IssueToken': 'get a token for the app {resource}',
    'oidc:AuthenticateClient': 'prove to be the app {resource}',
    'oidc:RegisterClient': 'register the app {resource}',
    'oidc:SignOut': 'sign out',
    'oidc:RefreshTokenReused': 'use a refresh token of the app {resource} a second time',
    'oidc:TellOfSignOut': 'tell the app {resource} of a sign-out',
    'decision:Evaluate': 'ask for a decision about {action|resource}',
    'decision:Filter': 'ask for a filter of {action|resource}',
    'decision:Search': 'search who or what is allowed',
    'decision:GetPolicies': 'read policies for a service',
    'decision:GetRevocations': 'read revocations for a service',
    'decision:GetSigningKey': 'get a key to verify requests to {service|resource}',
    'mail:Deliver': 'deliver a message to {to|recipient|resource}',
    'audit:Open': 'open a chain of the audit trail',
    'audit:Checkpoint': 'confirm the audit trail',
  }),
])

const plural = (word: string): string => (word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`)
const singular = (name: string): string => name.replace(/ies$/, 'y').replace(/s$/, '')

/** Of what is done to every kind of thing: `CreateGroup`, `ListRoles`, `ListRoleTags`. */
function ofKind(name: string): string | undefined {
  const [, verb = '', rest = ''] = /^([A-Z][a-z]+)([A-Z].*)$/.exec(name) ?? []
  if (verb === 'List') {
    const tagged = rest.endsWith('Tags') ? nouns.get(rest.slice(0, -4)) : undefined
    if (tagged !== undefined) return `list the tags of the ${tagged[0]} {${tagged[1]}}`
    const kind = nouns.get(singular(rest))
    return kind && `list ${kind[0] === 'person' ? 'people' : plural(kind[0])}`
  }
  const [does, kind] = [verbs.get(verb), nouns.get(rest)]
  return does && kind && `${does} the ${kind[0]} {${kind[1]}}`
}

/** The infinitive of an action; undefined for one that this server does not know. */
export function infinitiveOf(action: string): string | undefined {
  const [service = '', name = ''] = action.split(':')
  return sentences.get(action) ?? (['iam', 'chancery'].includes(service) ? ofKind(name) : undefined)
}

const irregular: ReadonlyMap<string, string> = new Map(
  Object.entries({
    be: 'was',
    become: 'became',
    choose: 'chose',
    get: 'got',
    give: 'gave',
    make: 'made',
    put: 'put',
    read: 'read',
    reset: 'reset',
    send: 'sent',
    set: 'set',
    take: 'took',
    tell: 'told',
    withdraw: 'withdrew',
  }),
)

/** The infinitive in the past tense. */
export function past(infinitive: string): string {
  const [verb = '', ...rest] = infinitive.split(' ')
  const regular = verb.endsWith('e')
    ? `${verb}d`
    : /[^aeiou]y$/.test(verb)
      ? `${verb.slice(0, -1)}ied`
      : `${/^(?:tag)$/.test(verb) ? `${verb}g` : verb}ed`
  return [irregular.get(verb) ?? regular, ...rest].join(' ')
}

/** Characters of a name. */
const longestName = 128

/** A sentence with the names of this entry, in backticks. @param named a member of the entry, by its path */
export const withNames = (words: string, named: (path: string) => string | undefined): string =>
  words
    .replace(/\{([^}]+)\}/g, (_, asked: string) => {
      const [paths = '', otherwise = ''] = asked.split('=')
      const value = paths
        .split('|')
        .map(named)
        .find((one) => one !== undefined && one !== '')
      return value === undefined ? otherwise : `\`${value.replaceAll('`', "'").slice(0, longestName)}\``
    })
    .replace(/ +/g, ' ')
    .trim()
