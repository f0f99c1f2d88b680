// The types of all records. A field of type Secret is encrypted at rest under the master key, bound to kind and record id.
// kinds.ts declares unique fields, lookups and expiry.
import type { KeyAlgorithm } from '../secure/key/new-key.ts'
import type { Secret } from '../secure/secret.ts'
import type { RevocationScope } from '../secure/session/session-dependencies.ts'
import type { AttributeName, PersonAttributes } from './person.ts'

/** Whole seconds since 1970-01-01T00:00:00Z. */
export type EpochSeconds = number

/** `accountId` of records that belong to the whole server: keys, settings. */
export const serverAccount = '000000000000'

export interface Owned {
  readonly id: string
  /** Twelve digits. */
  readonly accountId: string
}

export interface Tag {
  readonly key: string
  readonly value: string
}

export interface InlinePolicy {
  readonly name: string
  /** The JSON document, unchanged. */
  readonly document: string
}

/** Common to users, groups and roles. Inline and attached policies are part of the principal's record, so a change is one CAS. */
export interface IamEntity extends Owned {
  readonly name: string
  /** `/` or `/…/`. */
  readonly path: string
  readonly createdAt: EpochSeconds
  readonly inline: readonly InlinePolicy[]
  /** ARNs of managed policies. */
  readonly attached: readonly string[]
}

/** What passwords of an account must be (IAM API: PasswordPolicy). */
export interface PasswordPolicy {
  /** Characters, 6…128. */
  readonly minimumLength: number
  readonly requireSymbols: boolean
  readonly requireNumbers: boolean
  readonly requireUppercase: boolean
  readonly requireLowercase: boolean
  /** Users may call ChangePassword for themselves without a policy that says so. */
  readonly allowUsersToChange: boolean
  /** Days, 1…1095, after which a password must be replaced at the next sign-in. */
  readonly maxAge: number | undefined
  /** How many of a user's latest passwords, the current one included, may not be chosen again; 1…24. */
  readonly reusePrevention: number | undefined
  /** An expired password is replaced by an administrator only. */
  readonly hardExpiry: boolean | undefined
}

/** How people of an account sign in, beside its password policy (iam/password/sign-in-settings.ts). */
export interface SignInSettings {
  /** `optional`: only members of `secondFactorGroups`, and who has set one up, need a second factor. */
  readonly secondFactor: 'required' | 'optional'
  /** Unique ids of groups. */
  readonly secondFactorGroups: readonly string[]
  /** Seconds without use after which a browser session ends. */
  readonly sessionIdle: number
  /** Seconds after the sign-in when a browser session ends; undefined: as long as it is used. */
  readonly sessionLifetime: number | undefined
  /** Passwords that are easily guessed are refused. */
  readonly refuseGuessable: boolean
  /** `device-bound`: only passkeys that stay on one device, such as security keys. Absent: `allowed`. */
  readonly passkeys?: 'allowed' | 'device-bound' | 'refused' | undefined
  /** Who may create an account by themselves, with a confirmed e-mail address. Absent: `off`. */
  readonly selfRegistration?: 'off' | 'domains' | 'anyone' | undefined
  /** For `domains`: those of the addresses, lower case. */
  readonly selfRegistrationDomains?: readonly string[] | undefined
  /** Unique id of the group that they join. */
  readonly selfRegistrationGroup?: string | undefined
  /** Days, 1…90, for which people may trust a browser after a second factor (iam/mfa/trusted-browsers.ts). Absent: 0, not at all. */
  readonly trustedDeviceDays?: number | undefined
  /** Members of `secondFactorGroups` may sign in from a trusted browser without their second factor. Absent: true. */
  readonly trustedDevicesForGroups?: boolean | undefined
  /** Browsers that were trusted earlier do not count, since `trustedDeviceDays` was lowered. */
  readonly trustedDevicesSince?: EpochSeconds | undefined
}

export interface Account extends Owned {
  /** Absent: the default (iam/password/sign-in-settings.ts). */
  readonly signIn?: SignInSettings | undefined
  readonly alias: string | undefined
  /** `GlobalEndpointTokenVersion` of GetAccountSummary; absent: 2. Session tokens are the same in both. */
  readonly tokenVersion?: 1 | 2 | undefined
  /** What people call it; absent for the first account. */
  readonly name?: string | undefined
  /** Absent while it is open. */
  readonly closedAt?: EpochSeconds | undefined
  /** The most that anybody in the account may do; absent: nothing is limited. */
  readonly guardrails?: readonly InlinePolicy[] | undefined
  /** Absent: the default (iam/password/password-policy.ts). */
  readonly passwordPolicy?: PasswordPolicy | undefined
  /** By name of the quota; what is absent has its default (iam/quotas.ts). */
  readonly quotas?: Readonly<Record<string, number>> | undefined
  /** Whether the account's users and roles may request tokens for other services (GetWebIdentityToken). */
  readonly outboundFederation?: boolean | undefined
  readonly createdAt: EpochSeconds
}

/** A logo, with nothing in it but the picture (iam/brand/logo.ts). */
export interface BrandImage {
  readonly type: 'image/png' | 'image/jpeg' | 'image/webp'
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** The file, in base64. */
  readonly content: string
  /** Of the file, in hex. */
  readonly sha256: string
}

/** How the pages and mails of an account look; what is absent looks as Chancery does. */
export interface BrandMembers {
  /** Of the organization. */
  readonly name?: string | undefined
  /** `#rrggbb` */
  readonly accent?: string | undefined
  /** Of pages for browsers that prefer none of the languages there are, and of mail to people who have none; absent: English. */
  readonly language?: string | undefined
  readonly logo?: BrandImage | undefined
  /** In dark colours; absent: `logo`. */
  readonly darkLogo?: BrandImage | undefined
}

/** id is the account's. */
export interface Brand extends Owned, BrandMembers {}

/** What an administrator looks at before saving it; id is theirs. */
export interface BrandDraft extends Owned, BrandMembers {
  readonly expiresAt: EpochSeconds
}

/** The credential report of an account as it was generated; id is the account's. */
export interface CredentialReport extends Owned {
  /** CSV, compressed by gzip, in base64. */
  readonly content: string
  readonly generatedAt: EpochSeconds
  readonly expiresAt: EpochSeconds
}

/** When a user or role last attempted each action; id is their unique id. At most 500 actions, the latest. */
export interface ServiceAccess extends Owned {
  readonly actions: readonly AccessedAction[]
  readonly expiresAt: EpochSeconds
}

export interface AccessedAction {
  /** `<service>:<Action>` as it was requested. */
  readonly action: string
  readonly at: EpochSeconds
  readonly region?: string | undefined
}

/** A report of GenerateServiceLastAccessedDetails; id is its JobId. */
export interface ServiceAccessReport extends Owned {
  /** Unique id of the user or role who generated it, or the account for its root. */
  readonly requestedBy: string
  readonly granularity: 'SERVICE_LEVEL' | 'ACTION_LEVEL'
  readonly createdAt: EpochSeconds
  /** Absent while it is being generated. */
  readonly completedAt?: EpochSeconds | undefined
  /** JSON, compressed by gzip, in base64; absent while it is being generated, and when that failed. */
  readonly content?: string | undefined
  readonly expiresAt: EpochSeconds
}

export interface LoginProfile {
  /** argon2id PHC string; or one of another program (secure/password/password-hash.ts) until the first sign-in. */
  readonly hash: string
  /** PasswordResetRequired. */
  readonly mustChange: boolean
  readonly createdAt: EpochSeconds
  /** Epoch seconds. Always later than that of the previous password, so that it identifies the password. */
  readonly changedAt: EpochSeconds
  /** Hashes of the passwords before, the latest first: as many as the account's password policy asks for. */
  readonly previous?: readonly string[] | undefined
}

export interface User extends IamEntity {
  /** Unique ids (`AGPA…`) of the user's groups; group membership is stored only here. */
  readonly groups: readonly string[]
  readonly tags: readonly Tag[]
  /** ARN of the permissions boundary. */
  readonly boundary: string | undefined
  readonly login: LoginProfile | undefined
  readonly passwordLastUsed: EpochSeconds | undefined
  readonly email: string | undefined
  readonly emailVerified: boolean
  readonly displayName: string | undefined
  /** Absent in records made before there were any. */
  readonly attributes?: PersonAttributes
  /** A disabled user cannot sign in, and every refresh, exchange and access key of theirs is refused. */
  readonly disabled: boolean
  /** SHA-256 (base64url) of each unused recovery code. */
  readonly recoveryCodes: readonly string[]
  /** Who they are elsewhere; absent in records made before there were any. */
  readonly identities?: readonly LinkedIdentity[]
  /** Absent in records made before there were any. */
  readonly externalIds?: readonly ExternalId[] | undefined
  /** See modification-times.ts; absent until the first change. */
  readonly modifiedAt?: EpochSeconds | undefined
}

/** The id that a provisioning client has for a user or group (RFC 7643 §3.1), unique per owner. */
export interface ExternalId {
  /** Unique id of the user or role that set it, or the account for its root. */
  readonly owner: string
  readonly id: string
}

/** An identity at an identity provider that is linked to a user. Never linked by e-mail alone (attacks.md 17). */
export interface LinkedIdentity {
  /** ARN of the provider. */
  readonly provider: string
  readonly issuer: string
  readonly subject: string
  /** Shown to its owner: the address or name at the provider. */
  readonly label: string
  /** Unique ids of groups that this provider assigned; the next sign-in may remove them. */
  readonly groups: readonly string[]
  /** The user was created for this identity: display name and address are updated from the provider. */
  readonly owns: boolean
  readonly joinedAt: EpochSeconds
  readonly lastUsed: EpochSeconds
}

export interface Group extends IamEntity {
  /** Any text, where the name allows few characters. */
  readonly displayName?: string | undefined
  readonly externalIds?: readonly ExternalId[] | undefined
  /** See modification-times.ts; absent until the first change. */
  readonly modifiedAt?: EpochSeconds | undefined
}

export interface Role extends IamEntity {
  readonly description: string | undefined
  /** AssumeRolePolicyDocument; user and role ARNs in it are stored as unique ids. */
  readonly trust: string
  /** 3600…43200 s. */
  readonly maxSessionDuration: number
  readonly tags: readonly Tag[]
  readonly boundary: string | undefined
  readonly lastUsed: EpochSeconds | undefined
}

/** An instance profile hands one role to a machine; id is its `AIPA…`. */
export interface InstanceProfile extends Owned {
  readonly name: string
  readonly path: string
  readonly createdAt: EpochSeconds
  /** Unique id of its role. */
  readonly roleId: string | undefined
  readonly tags: readonly Tag[]
}

export interface PolicyVersion {
  /** `v1`, `v2`, …; never reused. */
  readonly id: string
  readonly document: string
  readonly createdAt: EpochSeconds
}

/** A question to a policy, with the answer that it must give (policy/engine/policy-tests.ts). */
export interface KeptPolicyTest {
  readonly principal?: string | undefined
  readonly action: string
  readonly resource: string
  readonly context?: Readonly<Record<string, string | readonly string[]>> | undefined
  readonly expect: 'allow' | 'deny'
}

/** A customer managed policy; id is its `ANPA…`. */
export interface Policy extends Owned {
  readonly name: string
  readonly path: string
  readonly arn: string
  readonly description: string | undefined
  readonly createdAt: EpochSeconds
  readonly updatedAt: EpochSeconds
  /** At most five. */
  readonly versions: readonly PolicyVersion[]
  readonly defaultVersion: string
  readonly nextVersion: number
  readonly tags: readonly Tag[]
  /**
   * Part of the record, so that one compare-and-swap changes document and tests, and they end with the policy. At most 100, and
   * 32,768 bytes; absent: none.
   */
  readonly tests?: readonly KeptPolicyTest[] | undefined
}

/** id is the access key id (`AKIA…`, or what the operator named for root). */
export interface AccessKey extends Owned {
  /** Undefined for a key of the account root. */
  readonly userId: string | undefined
  readonly secret: Secret
  readonly status: 'Active' | 'Inactive'
  readonly createdAt: EpochSeconds
  readonly lastUsed:
    | { readonly at: EpochSeconds; readonly service: string; readonly region: string }
    | undefined
}

/** A virtual MFA device; id is its serial number (an ARN). */
export interface MfaDevice extends Owned {
  readonly name: string
  /** Chosen by its owner at the enrolment; undefined for a device that was made with IAM's API. */
  readonly label?: string
  readonly path: string
  /** Undefined until enabled for a user. */
  readonly userId: string | undefined
  /** Base32. */
  readonly seed: Secret
  readonly createdAt: EpochSeconds
  readonly enabledAt: EpochSeconds | undefined
  /** The last used TOTP time step; a code of this or an earlier step is refused (attacks.md 20). */
  readonly lastStep: number
  /** Time steps by which the device's clock is ahead, when it differed much at the enrolment or the last synchronisation. */
  readonly clockOffset?: number
  readonly tags: readonly Tag[]
}

/** A passkey (WebAuthn credential) of a user; id is the SHA-256 of its credential id, base64url. */
export interface Passkey extends Owned {
  readonly userId: string
  /** Base64url of at most 1,023 bytes. */
  readonly credentialId: string
  /** COSE public key, base64url. */
  readonly publicKey: string
  /** Signature counter of the last use; stays 0 for authenticators that have none. */
  readonly counter: number
  /** How browsers reach the authenticator (WebAuthn section 5.8.4). */
  readonly transports: readonly string[]
  /** Chosen by its owner. */
  readonly name: string
  /** Its provider may copy it to other devices of its owner. */
  readonly synced: boolean
  readonly createdAt: EpochSeconds
  readonly lastUsedAt: EpochSeconds | undefined
  /** When its counter went back, which means that it was copied; it is refused from then on. */
  readonly copiedAt: EpochSeconds | undefined
}

/** A browser in which a user needs no second factor at sign-in until it expires; id is random and not secret. */
export interface TrustedBrowser extends Owned {
  readonly userId: string
  /** SHA-256 (base64url) of the token in its cookie, which changes at each use. */
  readonly hash: string
  /** Of the token before, for a request that was under way at the same time. */
  readonly previousHash: string | undefined
  /** The MFA device or passkey with which it was trusted; sign-ins from the browser depend on it. */
  readonly factor: string
  /** Digest of the user's password and second factors when it was trusted: any other ends it. */
  readonly credentials: string
  /** `User-Agent` and address when it was trusted. */
  readonly browser: string | undefined
  readonly address: string | undefined
  readonly createdAt: EpochSeconds
  readonly lastUsedAt: EpochSeconds | undefined
  readonly expiresAt: EpochSeconds
}

/** What every credential of a user has that is kept beside access keys. */
interface UserCredential extends Owned {
  readonly userId: string
  readonly status: 'Active' | 'Inactive'
  readonly createdAt: EpochSeconds
}

/** An SSH public key of a user; id is its `APKA…`. */
export interface SshPublicKey extends UserCredential {
  /** As it was uploaded: `ssh-rsa …` or PEM. */
  readonly body: string
  /** MD5 of the key in its SSH encoding, in hexadecimal with colons. */
  readonly fingerprint: string
}

/** An X.509 certificate of a user; id has 32 characters. */
export interface SigningCertificate extends UserCredential {
  /** PEM. */
  readonly body: string
  /** SHA-256, in hexadecimal. */
  readonly fingerprint: string
}

/** A generated user name and password of a user for one service; id is its `ACCA…`. */
export interface ServiceSpecificCredential extends UserCredential {
  /** The service that accepts it, such as `decision.chancery`. */
  readonly service: string
  /** `<user name>-at-<account>`, with `+1`, `+2`, … after the user name when that is taken. */
  readonly serviceUserName: string
  /** SHA-256 (base64url) of the password, which has 240 random bits. */
  readonly passwordHash: string
  readonly expiresAt: EpochSeconds | undefined
  readonly lastUsed: EpochSeconds | undefined
}

/** A certificate for servers, with its key; id is its `ASCA…`. */
export interface ServerCertificate extends Owned {
  readonly name: string
  readonly path: string
  readonly createdAt: EpochSeconds
  /** End of its validity. */
  readonly notAfter: EpochSeconds
  /** PEM. */
  readonly body: string
  /** PEM certificates of its issuers. */
  readonly chain: string | undefined
  /** PEM. No operation returns it. */
  readonly privateKey: Secret
  readonly tags: readonly Tag[]
}

/**
 * An identity provider of users or workloads; id is the ARN. `kind` discriminates; federation/ has a folder for each kind.
 */
export type IdentityProvider = OpenIdProvider | OAuth2Provider | SamlProvider | LdapProvider

interface ProviderBase extends Owned {
  /** Part of paths, `/federation/<name>/callback`; unique in the account. Undefined when users do not sign in with it. */
  readonly name: string | undefined
  /**
   * Random, set at creation: a provider deleted and created again with the same ARN is another provider, and nothing cached for
   * the first is used for it. Absent in records of earlier versions.
   */
  readonly uid?: string | undefined
  /** Created by an entry of the configuration file: when the entry is removed, the next start disables it (attacks.md 41). */
  readonly fromFile?: boolean | undefined
  /** How often it was changed at run time; distinguishes versions that differ in a secret alone. */
  readonly changes?: number | undefined
  /** Disabled for sign-in, callbacks in flight, tokens, and existing sessions of its users. */
  readonly disabled: boolean
  readonly createdAt: EpochSeconds
  readonly tags: readonly Tag[]
  /** Rules for users' sign-in; undefined when only workloads and assertions use it. */
  readonly signIn: SignInRules | undefined
  /** Our credential for the provider: client secret, private JWK or PEM, or bind password. */
  readonly secret: Secret | undefined
  /** SAML: our private keys for encrypted assertions, PEM, newest first. */
  readonly decryptionKeys?: Secret | undefined
}

/** Sign-in rules common to all kinds of provider. */
export interface SignInRules {
  /** On its button. */
  readonly title: string
  /** E-mail domains, lower case, for which the provider is authoritative: provider discovery, and linking by verified address. */
  readonly domains: readonly string[]
  /** Every rule must give a value, otherwise the sign-in is refused. */
  readonly require: readonly ClaimRule[]
  /** Whether a sign-in with an unknown identity creates a user. */
  readonly createUsers: boolean
  readonly mapping: ClaimMapping
  /** Values of `amr` and `acr` by which the provider reports a second factor. */
  readonly secondFactor: { readonly amr: readonly string[]; readonly acr: readonly string[] }
  /** Whether users with a single factor at the provider need a second one here: everyone, or only those who enrolled one. */
  readonly requireSecondFactor: boolean
  /** Whether sign-out continues at the provider. */
  readonly signOut: boolean
}

/** Maps claims to the attributes of a user (federation/mapping.ts). */
export interface ClaimMapping {
  readonly name: ClaimRule
  readonly displayName: ClaimRule
  readonly email: ClaimRule
  /** Whether the address is verified; from the same response as the address (attacks.md 17). */
  readonly emailVerified: ClaimRule
  /** Names of local groups; names without a group are ignored. */
  readonly groups: ClaimRule
  /** Absent in records made before there were any. */
  readonly attributes?: Readonly<Record<AttributeName, ClaimRule>>
  /** Tag key → rule. */
  readonly tags: Readonly<Record<string, ClaimRule>>
}

export interface ClaimRule {
  /** Claim names or dotted paths; the first with a value is used. Empty for the default only. */
  readonly path: readonly string[]
  /** Glob with `*` and `?`; other values are ignored. */
  readonly match: string | undefined
  /** Maps provider values to local values; values without an entry are ignored. */
  readonly map: Readonly<Record<string, readonly string[]>> | undefined
  /** Used when no value remains. */
  readonly default: readonly string[]
}

/** An IAM OpenID Connect provider: an external token issuer. */
export interface OpenIdProvider extends ProviderBase {
  readonly kind: 'openid'
  /** The issuer exactly as in `iss`, including `https://`. */
  readonly url: string
  /** Audiences of workload tokens. The client id in `client`, for users' sign-in, is not one of them. */
  readonly clientIds: readonly string[]
  readonly thumbprints: readonly string[]
  /** Where the keys come from; `discovery` when neither was given. */
  readonly keys:
    | { readonly from: 'discovery' }
    | { readonly from: 'url'; readonly jwksUri: string }
    | { readonly from: 'upload'; readonly jwks: string }
  /** The keys are the bundle of a SPIFFE trust domain. */
  readonly bundleFormat?: 'spiffe' | undefined
  /** Each `jti` may be used once. */
  readonly once: boolean
  /** This server as a relying party; set when `signIn` is. */
  readonly client:
    | {
        readonly id: string
        readonly auth: 'client_secret_post' | 'client_secret_basic' | 'private_key_jwt' | 'none'
        readonly scopes: readonly string[]
        /** Allowed signature algorithms of ID tokens. */
        readonly algorithms: readonly string[]
        /** Additional parameters of the authorization request, such as `hd` or `prompt`. */
        readonly parameters: Readonly<Record<string, string>>
        /** Whether the userinfo endpoint is used too, for claims that the ID token lacks. */
        readonly userinfo: boolean
      }
    | undefined
}

/** A plain OAuth 2 provider: without ID tokens, the subject comes from its API. */
export interface OAuth2Provider extends ProviderBase {
  readonly kind: 'oauth2'
  /** The namespace of its subjects; it is configured, not part of the protocol. */
  readonly issuer: string
  readonly client: {
    readonly id: string
    readonly auth: 'client_secret_post' | 'client_secret_basic' | 'none'
    readonly scopes: readonly string[]
    readonly parameters: Readonly<Record<string, string>>
  }
  readonly endpoints: {
    readonly authorization: string
    readonly token: string
    /** Returns the user as a JSON object. */
    readonly userinfo: string
    /** Returns a list of `{email, verified, primary}`, as GitHub's `/user/emails`. */
    readonly emails: string | undefined
  }
  /** Path of a claim that never changes and is never reassigned. */
  readonly subject: string
}

/** An IAM SAML provider; its name is in its ARN. */
export interface SamlProvider extends ProviderBase {
  readonly kind: 'saml'
  readonly name: string
  /** SAMLMetadataDocument, unchanged: entity id, endpoints and pinned certificates are read from it. Empty until it was first fetched. */
  readonly metadata: string
  /** Where `metadata` is fetched from. `certificates`, PEM: one of them must have signed it; without any, https alone protects it. */
  readonly metadataSource?: { readonly url: string; readonly certificates: readonly string[] } | undefined
  readonly entityId: string
  readonly validUntil: EpochSeconds | undefined
  /** The permanent subject: a persistent NameID, a NameID that is an e-mail address, or an attribute's only value. */
  readonly subject:
    | { readonly from: 'persistent' | 'email' }
    | { readonly from: 'attribute'; readonly name: string }
  /** What must be signed; further signatures must be valid too. */
  readonly want: 'assertion' | 'response' | 'both' | 'either'
  /** PEM, of the key in `secret`, with which our requests are signed; both or neither. */
  readonly certificate: string | undefined
  readonly encryption?: AssertionEncryption | undefined
}

export interface AssertionEncryption {
  /** Of `decryptionKeys`, PEM, in the same order; the first is in our metadata. Empty for keys that were added by the IAM API. */
  readonly certificates: readonly string[]
  /** Only encrypted assertions are accepted. */
  readonly required: boolean
  /** Of `decryptionKeys`, in the same order, when they were added by the IAM API. */
  readonly keys?: readonly { readonly id: string; readonly addedAt: EpochSeconds }[] | undefined
}

/** A directory that checks users' passwords. */
export interface LdapProvider extends ProviderBase {
  readonly kind: 'ldap'
  readonly name: string
  /** The namespace of its subjects. */
  readonly issuer: string
  /** `ldaps://host[:port]` or, with `startTls`, `ldap://host[:port]`; tried in order. */
  readonly urls: readonly string[]
  readonly startTls: boolean
  /** PEM certificate authorities; undefined: the system's. */
  readonly ca: string | undefined
  /** DN of the service account that searches; `secret` is its password. */
  readonly bindDn: string | undefined
  readonly baseDn: string
  /** `{username}` is replaced by the escaped user name. */
  readonly userFilter: string
  /** Attribute that never changes: `entryUUID`, `objectGUID`. */
  readonly subject: string
  /** Further attributes to read. */
  readonly attributes: readonly string[]
  /** Groups become the claim `groups`: the values of `name` of entries whose `member` holds the person or one of their groups. */
  readonly groups:
    | {
        readonly baseDn: string
        /** `{dn}` is replaced by the escaped DN of the member. */
        readonly filter: string
        readonly name: string
        /** Nested groups are followed to this depth. */
        readonly depth: number
      }
    | undefined
}

/**
 * Links an identity at a provider to a user. id is the hash of (provider, issuer, subject), so that two concurrent sign-ins with
 * one identity create one link. The identity itself is part of the user's record (User.identities).
 */
export interface IdentityLink extends Owned {
  readonly userId: string
  /** Random; another one at every claim, so that of two who take over what was left behind one does. */
  readonly claim: string
  readonly createdAt: EpochSeconds
}

/** A link with which a person chooses a password (iam/sign-in/one-time-links.ts). id is the SHA-256 of its token. */
export interface OneTimeLink extends Owned {
  /** Empty in a link that creates an account. */
  readonly userId: string
  /**
   * `reset`: the person asked for a new password by mail; `address`: confirms an address; `registration`: creates an account;
   * `new-address`: sets the person's address.
   * Absent: an administrator made it, for a first or a new password.
   */
  readonly purpose?: 'reset' | 'address' | 'registration' | 'new-address' | undefined
  /** The address that it was sent to; absent when an administrator handed it over. */
  readonly email?: string | undefined
  /** For `new-address`: the address of the person when it was sent; with any other the link cannot be used. */
  readonly replaces?: string | undefined
  /** `changedAt` of the password that it may replace; a link to reset a password ends with that. */
  readonly passwordChangedAt?: EpochSeconds | undefined
  /** SHA-256 of the secret of the browser that used it first. */
  readonly browser: string | undefined
  readonly expiresAt: EpochSeconds
}

/** A bearer token for the SCIM endpoints (iam/people/scim-tokens.ts). id is the first part of the token. */
export interface ScimToken extends Owned {
  /** Requests with the token are this user's. */
  readonly userId: string
  readonly description: string | undefined
  /** SHA-256 (base64url) of the token. */
  readonly hash: string
  /** E-mail addresses set with this token count as verified. */
  readonly verifiesEmail: boolean
  readonly createdAt: EpochSeconds
  readonly expiresAt: EpochSeconds | undefined
  /** To the minute. */
  readonly lastUsed: EpochSeconds | undefined
}

/** A person asks to become a role for a time (iam/access-requests/access-requests.ts). */
export interface AccessRequest extends Owned {
  readonly userId: string
  readonly roleId: string
  /** As they were when it was made. */
  readonly userName: string
  readonly roleArn: string
  readonly reason: string
  /** Seconds of access that the person asked for. */
  readonly wished: number
  readonly state: 'open' | 'approved' | 'refused' | 'withdrawn' | 'ended'
  readonly createdAt: EpochSeconds
  /** Undefined while nobody has decided. */
  readonly decision:
    | {
        /** Unique id and ARN of who approved or refused it; the account's for its root. */
        readonly byId: string
        readonly by: string
        readonly at: EpochSeconds
        /** A sentence for the person. */
        readonly answer: string | undefined
      }
    | undefined
  /** End of the access, once it is approved. */
  readonly until: EpochSeconds | undefined
  readonly expiresAt: EpochSeconds
}

/** A response posted by a provider to our callback, stored until the browser continues the sign-in. id is the hash of a token. */
export interface PostedResponse extends Owned {
  /** The form's fields, as JSON. */
  readonly form: Secret
  readonly expiresAt: EpochSeconds
}

/** The provider with which a browser session was created, and what sign-out there needs. id is the session's uid. */
export interface UpstreamSession extends Owned {
  readonly userId: string
  /** ARN. */
  readonly provider: string
  /** What the provider's kind needs to end the session at the provider. */
  readonly leave: Secret | undefined
  /** Keys by which the provider may end the session; absent when it cannot. */
  readonly signOutNames?: { readonly subject: string; readonly session?: string | undefined } | undefined
  readonly expiresAt: EpochSeconds
}

/** A key of the key ring (secure/key/key-ring.ts); id is its `kid`. accountId is `serverAccount`. */
export interface Key extends Owned {
  readonly use: KeyUse
  readonly alg: KeyAlgorithm
  /** 1, 2, … within use and algorithm; the highest active generation signs. */
  readonly generation: number
  /** A private JWK (EC, RSA) or `{kty:'oct'}`, as JSON. */
  readonly jwk: Secret
  readonly createdAt: EpochSeconds
  /** When it starts to sign; it is published before that. */
  readonly activeAt: EpochSeconds
  /** When its successor started to sign; undefined for the current and the next key. */
  readonly retiredAt: EpochSeconds | undefined
  /** When everything that it signed has expired, and the key is removed. */
  readonly expiresAt: EpochSeconds | undefined
}
export type KeyUse = 'token' | 'session-secret' | 'ticket' | 'cookie' | 'audit' | 'outbound'

/** What oidc-provider stores. id is `<model>:<hash of its id>`, so that a stolen store file contains no usable token. */
export interface Artifact extends Owned {
  readonly model: string
  readonly payload: Secret
  readonly grantId: string | undefined
  readonly uid: string | undefined
  readonly userCode: string | undefined
  /** User id of the artifact. */
  readonly subject: string | undefined
  readonly clientId: string | undefined
  readonly consumedAt: EpochSeconds | undefined
  readonly expiresAt: EpochSeconds | undefined
}

/**
 * An OpenID Connect client that is managed at run time (oidc/clients/administration.ts), or what an administrator set for a
 * client that registered itself. id is its client_id; accountId is `serverAccount`.
 */
export interface ManagedClient extends Owned {
  readonly source: 'stored' | 'registered'
  /** JSON: a member of `clients:` without client_id and secret; of a registered client, who may use it. */
  readonly entry: string
  readonly disabled: boolean
  /** The secrets, oldest first; at most two. */
  readonly secretFacts: readonly { readonly id: string; readonly createdAt: EpochSeconds }[]
  /** JSON: their values, in the same order. */
  readonly secrets: Secret | undefined
  readonly createdAt: EpochSeconds
}

/** One entry of the audit trail (audit/trail.ts), chained by MAC within its writer's chain. id sorts by time. */
export interface AuditEntry extends Owned {
  readonly chain: string
  readonly seq: number
  readonly at: EpochSeconds
  /** The event as canonical JSON; audit/event.ts owns its shape. */
  readonly event: string
  /** Base64url; covers chain, seq, at, accountId, event and the entry before. */
  readonly mac: string
}

/** An atomic counter (throttles: one per factor and user, one per address). */
export interface Counter extends Owned {
  readonly count: number
  readonly since: EpochSeconds
  readonly expiresAt: EpochSeconds
}

/** An id that may be used once: a spent `jti`, a used ticket. */
export interface Spent extends Owned {
  readonly expiresAt: EpochSeconds
}

/** Revokes everything that depends on `<scope>:<value>` and was issued before `before`. id is `<account> <scope>:<value>`. */
export interface Revocation extends Owned {
  readonly scope: RevocationScope
  /** What the scope's form says (secure/session/session-dependencies.ts): a unique id, ARN or client id. */
  readonly value: string
  /** 0 after a lift. */
  readonly before: EpochSeconds
  /** When it was last changed. */
  readonly at: EpochSeconds
  /** When the longest session that it can concern has ended. */
  readonly expiresAt: EpochSeconds
  /** Revocations up to this instant were taken back. */
  readonly lifted?: EpochSeconds
}

/** The session policies of one call, which are too long for a token. id is `<account> <SHA-256 of document>`. */
export interface SessionPolicy extends Owned {
  /** JSON array of policy texts. */
  readonly document: string
  /** When the longest session that names it has ended. */
  readonly expiresAt: EpochSeconds
}

/** A pending back-channel logout notification (oidc/session/logout-outbox.ts). id is the `sid` of the session at the client. */
export interface Delivery extends Owned {
  readonly clientId: string
  readonly userId: string
  readonly tries: number
  /** No attempt is made before this time: the pause after a failure, or the time limit of an attempt in progress. */
  readonly nextAt: EpochSeconds
  /** When delivery is abandoned. */
  readonly expiresAt: EpochSeconds
}

/** A message that waits to be sent, or a request that will lead to messages (mail/outbox.ts). id is random. */
export interface QueuedMail extends Owned {
  readonly queue: 'message' | 'request'
  /** The person that it is about; undefined in a request. */
  readonly userId: string | undefined
  /** Which text (mail/texts.ts), or which request. */
  readonly template: string
  /** JSON: recipient and values of the text, among them one-time links. */
  readonly content: Secret
  /** Attempts that were begun. */
  readonly tries: number
  /** No attempt is made before this time: the pause after a failure, or the time limit of an attempt in progress. */
  readonly nextAt: EpochSeconds
  readonly createdAt: EpochSeconds
  /** When it is abandoned. The outbox removes it then, so that the failure is recorded. */
  readonly expiresAt: EpochSeconds
  /** Absent while no attempt has failed. */
  readonly failure?:
    | {
        /** Of the first attempt that failed, and of the latest. */
        readonly since: EpochSeconds
        readonly at: EpochSeconds
        /** Why the latest one failed, without secrets. */
        readonly reason: string
      }
    | undefined
}

/**
 * The mail server that administrators set at run time (mail/stored-settings.ts), as it was given. There is one, of id `mail-server`;
 * accountId is `serverAccount`. `mail:` of the configuration file counts in its place.
 */
export interface MailServerRecord extends Owned {
  /** Random; another one with every change. */
  readonly revision: string
  readonly host: string
  readonly port?: number | undefined
  readonly security: 'starttls' | 'tls' | 'none'
  readonly user?: string | undefined
  readonly password?: Secret | undefined
  /** `address@host` or `Name <address@host>`. */
  readonly from: string
  readonly replyTo?: string | undefined
  readonly bouncesTo?: string | undefined
  readonly organization?: string | undefined
}

/**
 * The configuration file that counts, for all processes (iam/configuration). There is one, of id `configuration`; accountId is
 * `serverAccount`.
 */
export interface ConfigurationRecord extends Owned {
  /** Of everything in it that makes providers, clients and resources. */
  readonly hash: string
  /** `revision:` of the file. */
  readonly revision?: number | undefined
  /** Client ids. */
  readonly clients: readonly string[]
  /** Resource identifiers. */
  readonly resources: readonly string[]
  /** Files that it and those before it replaced a short while ago. */
  readonly replaced: readonly { readonly hash: string; readonly at: EpochSeconds }[]
}

/** Small state of the server, with `serverAccount`: first-run marker, first account; or of an account: saved views. */
export interface Setting extends Owned {
  readonly value: string
}

export interface Records {
  account: Account
  brand: Brand
  brandDraft: BrandDraft
  credentialReport: CredentialReport
  serviceAccess: ServiceAccess
  serviceAccessReport: ServiceAccessReport
  user: User
  group: Group
  role: Role
  instanceProfile: InstanceProfile
  policy: Policy
  accessKey: AccessKey
  mfaDevice: MfaDevice
  passkey: Passkey
  trustedBrowser: TrustedBrowser
  sshPublicKey: SshPublicKey
  signingCertificate: SigningCertificate
  serviceSpecificCredential: ServiceSpecificCredential
  serverCertificate: ServerCertificate
  identityProvider: IdentityProvider
  joining: IdentityLink
  arrival: PostedResponse
  oneTimeLink: OneTimeLink
  scimToken: ScimToken
  accessRequest: AccessRequest
  upstreamSession: UpstreamSession
  key: Key
  artifact: Artifact
  client: ManagedClient
  auditEntry: AuditEntry
  counter: Counter
  spent: Spent
  revocation: Revocation
  sessionPolicy: SessionPolicy
  delivery: Delivery
  mail: QueuedMail
  mailServer: MailServerRecord
  configuration: ConfigurationRecord
  setting: Setting
}

export type Kind = keyof Records
