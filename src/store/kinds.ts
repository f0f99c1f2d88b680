// The rules of each kind of record: unique fields, lookups, expiry, sealed fields, and whether caches watch it. Engines derive
// their tables and indexes from it.
import type {
  AccessKey,
  Account,
  Artifact,
  AuditEntry,
  Bearer,
  ConfigurationRecord,
  Counter,
  CredentialReport,
  Delivery,
  EpochSeconds,
  Group,
  IdentityLink,
  IdentityProvider,
  InstanceProfile,
  Key,
  Kind,
  MfaDevice,
  Owned,
  Policy,
  PostedResponse,
  Records,
  Revocation,
  Role,
  SessionPolicy,
  Setting,
  Spent,
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
  /** Counted by the revision number, so that caches of other processes learn of a change. */
  readonly watched: boolean
}

/** Seconds for which a spent id is remembered after the token itself has expired. */
export const spentLonger = 900

const inAccount = (r: Owned) => r.accountId
/** Names are unique per account whatever their case (IAM quotas page, "IAM name requirements"). */
const nameInAccount = (r: Owned & { readonly name: string }) => `${r.accountId}/${r.name.toLowerCase()}`
const byPath = (r: { readonly path: string; readonly name: string }) => r.path + r.name.toLowerCase()
const attachedInAccount = (r: Bearer) => r.attached.map((arn) => `${r.accountId} ${arn}`)
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
  credentialReport: rule<CredentialReport>({ expires: (r) => r.expiresAt }),
  user: rule<User>({
    unique: { name: nameInAccount },
    lookups: {
      account: { of: inAccount, sort: byPath, counted: true },
      group: { of: (r) => r.groups, sort: byPath, many: true },
      attached: { of: attachedInAccount, sort: byPath, many: true, counted: true },
      boundary: { of: (r) => r.boundary && `${r.accountId} ${r.boundary}`, sort: byPath, counted: true },
      email: { of: (r) => r.email && `${r.accountId}/${r.email.toLowerCase()}` },
      identity: {
        of: (r) =>
          (r.identities ?? []).map(({ provider, issuer, subject }) =>
            JSON.stringify([provider, issuer, subject]),
          ),
        many: true,
      },
    },
    watched: true,
  }),
  group: rule<Group>({
    unique: { name: nameInAccount },
    lookups: {
      account: { of: inAccount, sort: byPath, counted: true },
      attached: { of: attachedInAccount, sort: byPath, many: true, counted: true },
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
    sealed: ['secret'],
    watched: true,
  }),
  joining: rule<IdentityLink>({ lookups: { user: { of: (r) => r.userId } } }),
  arrival: rule<PostedResponse>({ sealed: ['form'], expires: (r) => r.expiresAt }),
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
  auditEntry: rule<AuditEntry>({
    lookups: {
      account: { of: inAccount },
      opening: { of: (r) => (r.seq === 0 ? 'all' : undefined) },
      chain: { of: (r) => r.chain, sort: (r) => String(r.seq).padStart(16, '0') },
    },
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
  configuration: rule<ConfigurationRecord>({ watched: true }),
  setting: rule<Setting>({}),
} as const satisfies { [K in Kind]: KindRule<Records[K]> }

/** The rule of a kind, for code that is generic over kinds. */
export const ruleOf = <K extends Kind>(kind: K): KindRule<Records[K]> =>
  kinds[kind] as unknown as KindRule<Records[K]>

export type LookupName<K extends Kind> = keyof (typeof kinds)[K]['lookups'] & string
