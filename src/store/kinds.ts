// The rules of each kind of record: unique fields, lookups, expiry, sealed fields, and whether caches watch it. Engines derive
// their tables and indexes from it.
import { auditValuesOf } from './audit-lookups.ts'
import type {
  AccessKey,
  AccessRequest,
  Account,
  Artifact,
  AuditEntry,
  Brand,
  BrandDraft,
  ConfigurationRecord,
  Counter,
  CredentialReport,
  Delivery,
  EpochSeconds,
  ExternalId,
  Group,
  IamEntity,
  IdentityLink,
  IdentityProvider,
  InstanceProfile,
  Key,
  Kind,
  MailServerRecord,
  ManagedClient,
  MfaDevice,
  OneTimeLink,
  Owned,
  Passkey,
  Policy,
  PostedResponse,
  QueuedMail,
  Records,
  Revocation,
  Role,
  ScimToken,
  ServerCertificate,
  ServiceAccess,
  ServiceAccessReport,
  ServiceSpecificCredential,
  SessionPolicy,
  Setting,
  SigningCertificate,
  Spent,
  SshPublicKey,
  TrustedBrowser,
  UpstreamSession,
  User,
} from './records.ts'

interface LookupRule<R> {
  /** The value or values under which a record is found. */
  readonly of: (record: R) => string | undefined | readonly string[]
  /** Sort key within one value; ties are ordered by id. Default: by id only. */
  readonly sort?: (record: R) => string
  /** `of` returns a list, and the record is found under each of its values. */
  readonly many?: true
  /** `Store.count` may ask for it: engines keep the number at hand. Not for kinds that expire: what expired would count. */
  readonly counted?: true
}

export interface KindRule<R> {
  /** Unique fields by name. Undefined values do not conflict. Values are unique in the whole store, so they include the account. */
  readonly unique: Readonly<Record<string, (record: R) => string | undefined>>
  readonly lookups: Readonly<Record<string, LookupRule<R>>>
  /** Names of the fields of type Secret, which may be absent. */
  readonly sealed: readonly (keyof R & string)[]
  readonly expires?: (record: R) => EpochSeconds | undefined
  /** A long text without control characters, such as JSON, which an engine may store beside the JSON of the record. */
  readonly verbatim?: keyof R & string
  /** Counted by the revision number, so that caches of other processes learn of a change. */
  readonly watched: boolean
}

/** Seconds for which a spent id is remembered after the token itself has expired. */
export const spentLonger = 900

const inAccount = (r: Owned) => r.accountId
/** Names are unique per account whatever their case (IAM quotas page, "IAM name requirements"). */
const nameInAccount = (r: Owned & { readonly name: string }) => `${r.accountId}/${r.name.toLowerCase()}`
const byPath = (r: { readonly path: string; readonly name: string }) => r.path + r.name.toLowerCase()
const byCreation = (r: { readonly createdAt: EpochSeconds }) => String(r.createdAt).padStart(12, '0')
const attachedInAccount = (r: IamEntity) => r.attached.map((arn) => `${r.accountId} ${arn}`)
const externalInAccount = (r: Owned & { readonly externalIds?: readonly ExternalId[] | undefined }) =>
  (r.externalIds ?? []).map(({ owner, id }) => `${r.accountId} ${owner} ${id}`)
const rule = <R>(given: Partial<KindRule<R>>): KindRule<R> => ({
  unique: {},
  lookups: {},
  sealed: [],
  watched: false,
  ...given,
})

export const kinds = {
  account: rule<Account>({
    unique: { alias: (r) => r.alias },
    lookups: { all: { of: () => 'all' } },
    watched: true,
  }),
  brand: rule<Brand>({ watched: true }),
  brandDraft: rule<BrandDraft>({ expires: (r) => r.expiresAt }),
  credentialReport: rule<CredentialReport>({ expires: (r) => r.expiresAt }),
  serviceAccess: rule<ServiceAccess>({ expires: (r) => r.expiresAt }),
  serviceAccessReport: rule<ServiceAccessReport>({ expires: (r) => r.expiresAt }),
  user: rule<User>({
    unique: { name: nameInAccount },
    lookups: {
      account: { of: inAccount, sort: byPath, counted: true },
      group: { of: (r) => r.groups, sort: byPath, many: true },
      attached: { of: attachedInAccount, sort: byPath, many: true, counted: true },
      boundary: { of: (r) => r.boundary && `${r.accountId} ${r.boundary}`, sort: byPath, counted: true },
      email: { of: (r) => r.email && `${r.accountId}/${r.email.toLowerCase()}` },
      // For lists of people and their search by prefix.
      named: { of: inAccount, sort: (r) => r.name.toLowerCase() },
      disabled: { of: (r) => (r.disabled ? r.accountId : undefined), sort: (r) => r.name.toLowerCase() },
      addressed: { of: (r) => r.email && r.accountId, sort: (r) => r.email?.toLowerCase() ?? '' },
      titled: { of: (r) => r.displayName && r.accountId, sort: (r) => r.displayName?.toLowerCase() ?? '' },
      identity: {
        of: (r) =>
          (r.identities ?? []).map(({ provider, issuer, subject }) =>
            JSON.stringify([provider, issuer, subject]),
          ),
        many: true,
      },
      external: { of: externalInAccount, many: true },
    },
    watched: true,
  }),
  group: rule<Group>({
    unique: { name: nameInAccount },
    lookups: {
      named: { of: inAccount, sort: (r) => r.name.toLowerCase() },
      account: { of: inAccount, sort: byPath, counted: true },
      attached: { of: attachedInAccount, sort: byPath, many: true, counted: true },
      external: { of: externalInAccount, many: true },
    },
    watched: true,
  }),
  role: rule<Role>({
    unique: { name: nameInAccount },
    lookups: {
      account: { of: inAccount, sort: byPath, counted: true },
      attached: { of: attachedInAccount, sort: byPath, many: true, counted: true },
      boundary: { of: (r) => r.boundary && `${r.accountId} ${r.boundary}`, sort: byPath, counted: true },
    },
    watched: true,
  }),
  instanceProfile: rule<InstanceProfile>({
    unique: { name: nameInAccount },
    lookups: {
      account: { of: inAccount, sort: byPath, counted: true },
      role: { of: (r) => r.roleId, sort: byPath },
    },
  }),
  policy: rule<Policy>({
    unique: { name: nameInAccount, arn: (r) => r.arn },
    lookups: {
      account: { of: inAccount, sort: byPath, counted: true },
      // Under `<account> 1` to `<account> <number of versions>`: the counts of these values add up to all versions.
      versions: {
        of: (r) => r.versions.map((_, at) => `${r.accountId} ${at + 1}`),
        many: true,
        counted: true,
      },
    },
    watched: true,
  }),
  accessKey: rule<AccessKey>({
    lookups: { user: { of: (r) => r.userId }, root: { of: (r) => (r.userId ? undefined : r.accountId) } },
    sealed: ['secret'],
    watched: true,
  }),
  mfaDevice: rule<MfaDevice>({
    // Of path and name together, unlike users and roles.
    unique: { name: (r) => `${r.accountId}${byPath(r)}` },
    lookups: {
      account: { of: inAccount, sort: byPath, counted: true },
      inUse: { of: (r) => (r.userId === undefined ? undefined : r.accountId), counted: true },
      user: { of: (r) => r.userId },
    },
    sealed: ['seed'],
  }),
  passkey: rule<Passkey>({ lookups: { user: { of: (r) => r.userId } } }),
  trustedBrowser: rule<TrustedBrowser>({
    lookups: { user: { of: (r) => r.userId } },
    expires: (r) => r.expiresAt,
  }),
  sshPublicKey: rule<SshPublicKey>({
    unique: { key: (r) => `${r.userId} ${r.fingerprint}` },
    lookups: { user: { of: (r) => r.userId } },
  }),
  signingCertificate: rule<SigningCertificate>({
    unique: { certificate: (r) => `${r.accountId} ${r.fingerprint}` },
    lookups: { user: { of: (r) => r.userId } },
  }),
  serviceSpecificCredential: rule<ServiceSpecificCredential>({
    unique: { serviceUserName: (r) => r.serviceUserName },
    lookups: { user: { of: (r) => r.userId }, account: { of: inAccount } },
  }),
  serverCertificate: rule<ServerCertificate>({
    unique: { name: nameInAccount },
    lookups: { account: { of: inAccount, sort: byPath, counted: true } },
    sealed: ['privateKey'],
  }),
  identityProvider: rule<IdentityProvider>({
    unique: {
      name: (r) => r.name && `${r.accountId}/${r.name.toLowerCase()}`,
      url: (r) => (r.kind === 'openid' ? `${r.accountId} ${r.url}` : undefined),
    },
    lookups: {
      account: { of: inAccount, counted: true },
      kind: { of: (r) => `${r.accountId} ${r.kind}`, counted: true },
      url: { of: (r) => (r.kind === 'openid' ? r.url : undefined) },
      // As the unique name, but never cached, so that disabling takes effect at once.
      name: { of: (r) => r.name && `${r.accountId}/${r.name.toLowerCase()}` },
      signIn: { of: (r) => (r.signIn && !r.disabled ? r.accountId : undefined), sort: (r) => r.name ?? '' },
    },
    sealed: ['secret', 'decryptionKeys'],
    watched: true,
  }),
  joining: rule<IdentityLink>({ lookups: { user: { of: (r) => r.userId } } }),
  arrival: rule<PostedResponse>({ sealed: ['form'], expires: (r) => r.expiresAt }),
  oneTimeLink: rule<OneTimeLink>({
    lookups: { user: { of: (r) => r.userId || undefined } },
    expires: (r) => r.expiresAt,
  }),
  scimToken: rule<ScimToken>({
    lookups: { account: { of: inAccount }, user: { of: (r) => r.userId } },
    expires: (r) => r.expiresAt,
  }),
  accessRequest: rule<AccessRequest>({
    unique: { open: (r) => (r.state === 'open' ? `${r.userId} ${r.roleId}` : undefined) },
    lookups: {
      account: { of: inAccount, sort: byCreation },
      state: { of: (r) => `${r.accountId} ${r.state}`, sort: byCreation },
      user: { of: (r) => r.userId, sort: byCreation },
      openOf: { of: (r) => (r.state === 'open' ? r.userId : undefined) },
      ending: {
        of: (r) => (r.state === 'approved' ? 'all' : undefined),
        sort: (r) => String(r.until ?? 0).padStart(12, '0'),
      },
    },
    expires: (r) => r.expiresAt,
  }),
  upstreamSession: rule<UpstreamSession>({
    lookups: {
      provider: { of: (r) => r.provider },
      signOut: {
        of: ({ signOutNames: names }) =>
          names === undefined ? [] : [names.subject, ...(names.session === undefined ? [] : [names.session])],
        many: true,
      },
    },
    sealed: ['leave'],
    expires: (r) => r.expiresAt,
  }),
  key: rule<Key>({
    // Of processes that create the next generation at the same time, one succeeds.
    unique: { slot: (r) => `${r.use} ${r.alg} ${r.generation}` },
    lookups: { use: { of: (r) => r.use, sort: (r) => String(r.activeAt).padStart(12, '0') } },
    sealed: ['jwk'],
    expires: (r) => r.expiresAt,
    watched: true,
  }),
  artifact: rule<Artifact>({
    unique: { uid: (r) => r.uid && `${r.model} ${r.uid}`, userCode: (r) => r.userCode },
    lookups: {
      grant: { of: (r) => r.grantId },
      subject: { of: (r) => r.subject && `${r.model} ${r.subject}` },
      model: { of: (r) => (r.expiresAt === undefined ? r.model : undefined) },
    },
    sealed: ['payload'],
    expires: (r) => r.expiresAt,
  }),
  client: rule<ManagedClient>({
    lookups: { source: { of: (r) => r.source } },
    sealed: ['secrets'],
    watched: true,
  }),
  auditEntry: rule<AuditEntry>({
    lookups: {
      account: { of: inAccount },
      opening: { of: (r) => (r.seq === 0 ? 'all' : undefined) },
      chain: { of: (r) => r.chain, sort: (r) => String(r.seq).padStart(16, '0') },
      request: { of: (r) => auditValuesOf(r).request },
      session: { of: (r) => auditValuesOf(r).session, many: true },
      sourceIdentity: { of: (r) => auditValuesOf(r).sourceIdentity },
      resource: { of: (r) => auditValuesOf(r).resource },
      who: { of: (r) => auditValuesOf(r).who },
      outcome: { of: (r) => auditValuesOf(r).outcome },
      action: { of: (r) => auditValuesOf(r).action },
    },
    verbatim: 'event',
  }),
  counter: rule<Counter>({ expires: (r) => r.expiresAt }),
  // The clocks of the processes that check and store a spent id may differ, or be adjusted in between.
  spent: rule<Spent>({ expires: (r) => r.expiresAt + spentLonger }),
  revocation: rule<Revocation>({
    lookups: { all: { of: () => 'all', sort: (r) => String(r.at).padStart(12, '0') } },
    expires: (r) => r.expiresAt,
    watched: true,
  }),
  sessionPolicy: rule<SessionPolicy>({ expires: (r) => r.expiresAt }),
  delivery: rule<Delivery>({
    lookups: { next: { of: () => 'all', sort: (r) => String(r.nextAt).padStart(12, '0') } },
    expires: (r) => r.expiresAt,
  }),
  mail: rule<QueuedMail>({
    lookups: {
      next: { of: () => 'all', sort: (r) => String(r.nextAt).padStart(12, '0') },
      queue: { of: (r) => r.queue, sort: (r) => String(r.createdAt).padStart(12, '0'), counted: true },
    },
    sealed: ['content'],
  }),
  // Found by its lookup, which no cache answers, so that a test message uses the settings that were saved a moment ago.
  mailServer: rule<MailServerRecord>({
    lookups: { all: { of: () => 'all' } },
    sealed: ['password'],
    watched: true,
  }),
  configuration: rule<ConfigurationRecord>({ watched: true }),
  setting: rule<Setting>({}),
} as const satisfies { [K in Kind]: KindRule<Records[K]> }

/** The rule of a kind, for code that is generic over kinds. */
export const ruleOf = <K extends Kind>(kind: K): KindRule<Records[K]> =>
  kinds[kind] as unknown as KindRule<Records[K]>

export type LookupName<K extends Kind> = keyof (typeof kinds)[K]['lookups'] & string
