// The shapes of the records. A field of type Secret is sealed at rest under the master key, bound to kind and id. What may
// not repeat, what is looked up and what expires: kinds.ts.
import type { KeyAlgorithm } from '../secure/new-key.ts'
import type { Secret } from '../secure/secret.ts'
import type { RevocationScope } from '../secure/session-dependencies.ts'
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
  /** The JSON text as it was given. */
  readonly document: string
}

/** What users, groups and roles have in common: policies hang on the principal, so that one record's CAS is enough. */
export interface Bearer extends Owned {
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

export interface Account extends Owned {
  readonly alias: string | undefined
  /** Absent: the default (iam/password/password-policy.ts). */
  readonly passwordPolicy?: PasswordPolicy | undefined
  readonly createdAt: EpochSeconds
}

/** The credential report of an account as it was generated; id is the account's. */
export interface CredentialReport extends Owned {
  /** CSV, compressed by gzip, in base64. */
  readonly content: string
  readonly generatedAt: EpochSeconds
  readonly expiresAt: EpochSeconds
}

export interface LoginProfile {
  /** argon2id PHC string. */
  readonly hash: string
  /** PasswordResetRequired. */
  readonly mustChange: boolean
  readonly createdAt: EpochSeconds
  /** Later than that of the password before, whatever the clock says: it tells this user's passwords apart. */
  readonly changedAt: EpochSeconds
  /** Hashes of the passwords before, the latest first: as many as the account's password policy asks for. */
  readonly previous?: readonly string[] | undefined
}

export interface User extends Bearer {
  /** Unique ids (`AGPA…`) of the groups; membership lives here. */
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
  /** A disabled user signs in nowhere and every refresh, exchange and key of theirs is refused. */
  readonly disabled: boolean
  /** SHA-256 (base64url) of each unspent recovery code. */
  readonly recoveryCodes: readonly string[]
  /** Who they are elsewhere; absent in records made before there were any. */
  readonly identities?: readonly OutsideIdentity[]
}

/** A person at one identity provider, joined to a user. Never by e-mail alone (attacks.md 17). */
export interface OutsideIdentity {
  /** ARN of the provider. */
  readonly provider: string
  readonly issuer: string
  readonly subject: string
  /** Shown to its owner: the address or name it had there. */
  readonly label: string
  /** Unique ids of groups this provider put the user in; at the next sign-in it may take them away again. */
  readonly groups: readonly string[]
  /** The provider made this user: display name and address follow it. */
  readonly owns: boolean
  readonly joinedAt: EpochSeconds
  readonly lastUsed: EpochSeconds
}

export interface Group extends Bearer {}

export interface Role extends Bearer {
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
  /** `v1`, `v2`, … never reused. */
  readonly id: string
  readonly document: string
  readonly createdAt: EpochSeconds
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
}

/** id is the access key id (`AKIA…`, or what the operator named for root). */
export interface AccessKey extends Owned {
  /** Undefined: the account root's. */
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
  readonly path: string
  /** Undefined until enabled for a user. */
  readonly userId: string | undefined
  /** Base32. */
  readonly seed: Secret
  readonly createdAt: EpochSeconds
  readonly enabledAt: EpochSeconds | undefined
  /** The last TOTP time step that was spent; a code of this or an earlier step is refused (attacks.md 20). */
  readonly lastStep: number
  readonly tags: readonly Tag[]
}

/**
 * Whoever tells us of people or workloads from elsewhere. One kind of record, discriminated by `kind`; id is the ARN.
 * What a kind does is a file of federation/ named like it.
 */
export type IdentityProvider = OpenIdProvider | OAuth2Provider | SamlProvider | LdapProvider

interface ProviderBase extends Owned {
  /** Stands in paths, `/federation/<name>/callback`; unique in the account. Undefined: nobody signs in with it. */
  readonly name: string | undefined
  /**
   * Random, made with the record: a provider that was deleted and made again under one ARN is another provider, and
   * nothing that was cached for the first counts for it. Absent in records made before there was one.
   */
  readonly uid?: string | undefined
  /** Made by an entry of the configuration file: when the entry is gone, a start disables it (attacks.md 41). */
  readonly fromFile?: boolean | undefined
  /** Dead at every entrance: sign-in, callbacks in flight, tokens, live sessions of people who came through it. */
  readonly disabled: boolean
  readonly createdAt: EpochSeconds
  readonly tags: readonly Tag[]
  /** How people sign in with it; undefined: workloads and assertions alone. */
  readonly signIn: SignInRules | undefined
  /** What proves us to it: client secret, private JWK or PEM, bind password. */
  readonly secret: Secret | undefined
}

/** What is the same for people of every kind of provider. */
export interface SignInRules {
  /** On its button. */
  readonly title: string
  /** E-mail domains, lower case, this provider speaks for: home realm, and joining by a verified address. */
  readonly domains: readonly string[]
  /** Each must come to some value, or the person does not get in. */
  readonly require: readonly ClaimRule[]
  /** Whether a person nobody here knows becomes a new user. */
  readonly createUsers: boolean
  readonly mapping: ClaimMapping
  /** Values of `amr` and `acr` by which it says that it asked for a second factor. */
  readonly secondFactor: { readonly amr: readonly string[]; readonly acr: readonly string[] }
  /** Whether those it gave one factor must show ours: everyone, or only who has one enrolled here. */
  readonly requireSecondFactor: boolean
  /** Signing out here goes on to sign out there. */
  readonly signOut: boolean
}

/** Outside claims → what we keep of a person (federation/mapping.ts). */
export interface ClaimMapping {
  readonly name: ClaimRule
  readonly displayName: ClaimRule
  readonly email: ClaimRule
  /** Says whether the address was verified; from the same answer as the address itself (attacks.md 17). */
  readonly emailVerified: ClaimRule
  /** Names of groups of ours; those that do not exist are passed over. */
  readonly groups: ClaimRule
  /** Absent in records made before there were any. */
  readonly attributes?: Readonly<Record<AttributeName, ClaimRule>>
  /** Tag key → rule. */
  readonly tags: Readonly<Record<string, ClaimRule>>
}

export interface ClaimRule {
  /** A claim's name, or a path into it with dots; the first that is there counts. Empty: the default alone. */
  readonly path: readonly string[]
  /** Glob with `*` and `?`; values that do not match are passed over. */
  readonly match: string | undefined
  /** Value there → values here; values not named are passed over. */
  readonly map: Readonly<Record<string, readonly string[]>> | undefined
  /** When nothing is left. */
  readonly default: readonly string[]
}

/** An IAM OpenID Connect provider: an outside issuer of tokens. */
export interface OpenIdProvider extends ProviderBase {
  readonly kind: 'openid'
  /** The issuer as it stands in `iss`, https:// included. */
  readonly url: string
  /** Audiences of workload tokens. The client of `client` is for people's sign-in and is not one of them. */
  readonly clientIds: readonly string[]
  readonly thumbprints: readonly string[]
  /** Where the keys come from; `discovery` when neither was given. */
  readonly keys:
    | { readonly from: 'discovery' }
    | { readonly from: 'url'; readonly jwksUri: string }
    | { readonly from: 'upload'; readonly jwks: string }
  /** Each `jti` may be used once. */
  readonly once: boolean
  /** Us as a relying party; there when `signIn` is. */
  readonly client:
    | {
        readonly id: string
        readonly auth: 'client_secret_post' | 'client_secret_basic' | 'private_key_jwt' | 'none'
        readonly scopes: readonly string[]
        /** Signature algorithms its ID tokens may have. */
        readonly algorithms: readonly string[]
        /** Further parameters of the authorization request, such as `hd` or `prompt`. */
        readonly parameters: Readonly<Record<string, string>>
        /** Whether the userinfo endpoint is asked as well, for claims the ID token does not hold. */
        readonly userinfo: boolean
      }
    | undefined
}

/** A provider of plain OAuth 2: no ID token, so the subject is what its API says. */
export interface OAuth2Provider extends ProviderBase {
  readonly kind: 'oauth2'
  /** What its people's subjects are unique within; nothing on the wire says it. */
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
    /** Answers with the person as a JSON object. */
    readonly userinfo: string
    /** Answers with a list of `{email, verified, primary}`, as GitHub's `/user/emails`. */
    readonly emails: string | undefined
  }
  /** Path of the claim that never changes and is never given to anybody else. */
  readonly subject: string
}

/** An IAM SAML provider; its name is in its ARN. */
export interface SamlProvider extends ProviderBase {
  readonly kind: 'saml'
  readonly name: string
  /** SAMLMetadataDocument as it was given: entity id, endpoints and pinned certificates are read from it. */
  readonly metadata: string
  readonly entityId: string
  readonly validUntil: EpochSeconds | undefined
  /** Who somebody is for ever: a persistent NameID, a NameID that is an e-mail address, or an attribute's only value. */
  readonly subject:
    | { readonly from: 'persistent' | 'email' }
    | { readonly from: 'attribute'; readonly name: string }
  /** What it must sign; whatever else is signed must hold as well. */
  readonly want: 'assertion' | 'response' | 'both' | 'either'
  /** PEM, of the key in `secret`, with which our requests are signed; both or neither. */
  readonly certificate: string | undefined
}

/** A directory that people's passwords are checked against. */
export interface LdapProvider extends ProviderBase {
  readonly kind: 'ldap'
  readonly name: string
  /** What its people's subjects are unique within. */
  readonly issuer: string
  /** `ldaps://host[:port]` or, with `startTls`, `ldap://host[:port]`; tried in order. */
  readonly urls: readonly string[]
  readonly startTls: boolean
  /** PEM certificate authorities; undefined: the system's. */
  readonly ca: string | undefined
  /** Whom we search as; `secret` is the password. */
  readonly bindDn: string | undefined
  readonly baseDn: string
  /** `{username}` stands for the escaped name. */
  readonly userFilter: string
  /** Attribute that never changes: `entryUUID`, `objectGUID`. */
  readonly subject: string
  /** Attributes read beside those. */
  readonly attributes: readonly string[]
  /** Groups become the claim `groups`: the values of `name` of entries whose `member` holds the person or one of their groups. */
  readonly groups:
    | {
        readonly baseDn: string
        /** `{dn}` stands for the escaped DN of the member. */
        readonly filter: string
        readonly name: string
        /** Groups within groups, followed to this depth. */
        readonly depth: number
      }
    | undefined
}

/**
 * Whose an outside identity is: id is the hash of (provider, issuer, subject), so that of two who come with one
 * identity at once one record is made. The user of `userId` holds the identity itself (User.identities).
 */
export interface Joining extends Owned {
  readonly userId: string
  /** Random; another one at every claim, so that of two who take over what was left behind one does. */
  readonly claim: string
  readonly createdAt: EpochSeconds
}

/** What a provider posted to our callback, until the browser fetches it to its sign-in; id is the hash of a token. */
export interface Arrival extends Owned {
  /** The form's fields, as JSON. */
  readonly form: Secret
  readonly expiresAt: EpochSeconds
}

/** Which provider a browser session came through, and what signing out there takes. id is the session's uid. */
export interface UpstreamSession extends Owned {
  readonly userId: string
  /** ARN. */
  readonly provider: string
  /** Whatever the provider's kind needs to end the session there. */
  readonly leave: Secret | undefined
  /** By what the provider names the sign-in when it ends it; absent where it cannot. */
  readonly signOutNames?: { readonly subject: string; readonly session?: string | undefined } | undefined
  readonly expiresAt: EpochSeconds
}

/** A key of the key ring (secure/key-ring.ts); id is its `kid`. accountId is `serverAccount`. */
export interface Key extends Owned {
  readonly use: KeyUse
  readonly alg: KeyAlgorithm
  /** 1, 2, … within use and algorithm; the highest that is active signs. */
  readonly generation: number
  /** A private JWK (EC, RSA) or `{kty:'oct'}`, as JSON. */
  readonly jwk: Secret
  readonly createdAt: EpochSeconds
  /** From when it signs; until then it is only published. */
  readonly activeAt: EpochSeconds
  /** When its successor took over; undefined while it signs or is next. */
  readonly retiredAt: EpochSeconds | undefined
  /** After this nothing it made is live: it leaves. */
  readonly expiresAt: EpochSeconds | undefined
}
export type KeyUse = 'token' | 'session-secret' | 'ticket' | 'cookie' | 'audit'

/** What oidc-provider keeps: id is `<model>:<hash of its id>`, so that a stolen store file holds no bearer secret. */
export interface Artifact extends Owned {
  readonly model: string
  readonly payload: Secret
  readonly grantId: string | undefined
  readonly uid: string | undefined
  readonly userCode: string | undefined
  /** User id the artifact speaks for. */
  readonly subject: string | undefined
  readonly clientId: string | undefined
  readonly consumedAt: EpochSeconds | undefined
  readonly expiresAt: EpochSeconds | undefined
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

/** Something that may happen once: a spent `jti`, a used ticket. */
export interface Spent extends Owned {
  readonly expiresAt: EpochSeconds
}

/** Whatever depends on the named thing since before `before` has ended. id is `<account> <scope>:<value>`. */
export interface Revocation extends Owned {
  readonly scope: RevocationScope
  /** What the scope's form says (secure/session-dependencies.ts): a unique id, ARN or client id. */
  readonly value: string
  /** 0 after a lift. */
  readonly before: EpochSeconds
  /** When it was last changed. */
  readonly at: EpochSeconds
  /** When the longest session it can concern has ended. */
  readonly expiresAt: EpochSeconds
  /** Revocations up to this instant were taken back. */
  readonly lifted?: EpochSeconds
}

/** The session policies of one call, too long to travel in a token: id is `<account> <SHA-256 of document>`. */
export interface SessionPolicy extends Owned {
  /** JSON array of policy texts. */
  readonly document: string
  /** When the longest session that names it has ended. */
  readonly expiresAt: EpochSeconds
}

/** A client that is still to be told of a sign-out (oidc/session/logout-outbox.ts); id is the `sid` of the session at this client. */
export interface Delivery extends Owned {
  readonly clientId: string
  readonly userId: string
  readonly tries: number
  /** Nobody tries before: a pause, or the time that the one who is trying has. */
  readonly nextAt: EpochSeconds
  /** When it is given up. */
  readonly expiresAt: EpochSeconds
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

/** Small server state: first-run marker, first account. accountId is `serverAccount`. */
export interface Setting extends Owned {
  readonly value: string
}

export interface Records {
  account: Account
  credentialReport: CredentialReport
  user: User
  group: Group
  role: Role
  instanceProfile: InstanceProfile
  policy: Policy
  accessKey: AccessKey
  mfaDevice: MfaDevice
  identityProvider: IdentityProvider
  joining: Joining
  arrival: Arrival
  upstreamSession: UpstreamSession
  key: Key
  artifact: Artifact
  auditEntry: AuditEntry
  counter: Counter
  spent: Spent
  revocation: Revocation
  sessionPolicy: SessionPolicy
  delivery: Delivery
  configuration: ConfigurationRecord
  setting: Setting
}

export type Kind = keyof Records
