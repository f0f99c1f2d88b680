// What an administrator should look at: access keys that nobody uses, certificates and tokens that end, people who sign in with a
// password alone, and apps that fail now. Every kind reads a bounded number of records, and says when there may be more.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AuditRecord } from '../../audit/event.ts'
import { readTrail } from '../../audit/read.ts'
import { notDone } from '../../store/audit-lookups.ts'
import { type EpochSeconds, serverAccount, type User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { accountOf } from '../arn.ts'
import type { Call } from '../caller.ts'

export const findingKinds = ['app', 'certificate', 'scim-token', 'second-factor', 'access-key'] as const
export type FindingKind = (typeof findingKinds)[number]

export interface Finding {
  readonly kind: FindingKind
  /** Client id, name of a server certificate, id of a token, or name of a person. */
  readonly name: string
  /** Why the app fails, what the token is for, or the id of the access key. */
  readonly detail: string | undefined
  /** When the app failed last, the end of a certificate or token, or the last use of a key (its creation when it was never used). */
  readonly at: EpochSeconds | undefined
}

export interface FoundFindings {
  /** At most `mostOfKind` of each kind. */
  readonly findings: readonly Finding[]
  /** Kinds of which there may be more. */
  readonly more: readonly FindingKind[]
  /** How many people were looked at, by name; undefined: all of them. */
  readonly onlyFirst: number | undefined
}

export const mostOfKind = 5
/** Seconds. */
const day = 86_400
const unusedAfter = 90 * day
const endsWithin = { certificate: 30 * day, token: 14 * day } as const
/** Whether a server certificate has ended, or ends within 30 days; all in epoch seconds. */
export const certificateEndsSoon = (notAfter: EpochSeconds, now: EpochSeconds): boolean =>
  notAfter < now + endsWithin.certificate

/** People whose keys and factors are looked at, by name. */
const mostPeople = 100
/** People who are looked at in one turn of the event loop. */
const peoplePerTurn = 25
const mostCertificates = 200
const mostTokens = 200
/** Refusals that are looked at for apps that fail. */
const mostRefusals = 200
const keysPerPerson = 10

/** What an app does by itself; that a person refused or may not is no failure of the app. */
const appActions: ReadonlySet<string> = new Set([
  'oidc:IssueToken',
  'oidc:AuthenticateClient',
  'oidc:TellOfSignOut',
])
const clientPrefix = 'client/'

export interface FindingsDependencies {
  readonly store: Pick<Store, 'find'>
  /** Clients and server entries of the trail belong to it. */
  readonly operatorAccount: string
}

export class Findings {
  readonly #deps: FindingsDependencies

  constructor(deps: FindingsDependencies) {
    this.#deps = deps
  }

  /** The caller has been authorized. */
  async of({ caller, circumstances: { now } }: Call): Promise<FoundFindings> {
    const accountId = accountOf(caller)
    const others = await Promise.all([
      this.#apps(accountId, now),
      this.#certificates(accountId, now),
      this.#scimTokens(accountId, now),
    ])
    const { kinds, onlyFirst } = await this.#people(accountId, now)
    const all = [...others, ...kinds]
    return {
      onlyFirst,
      findings: all.flatMap(({ found }) => found.slice(0, mostOfKind)),
      more: all.flatMap(({ kind, found, more }) => (more || found.length > mostOfKind ? [kind] : [])),
    }
  }

  async #people(accountId: string, now: EpochSeconds): Promise<PeopleFindings> {
    const { store } = this.#deps
    const page = await store.find('user', { by: 'named', value: accountId }, { limit: mostPeople })
    const keys: Finding[] = []
    const factors: Finding[] = []
    for (let at = 0; at < page.records.length; at += peoplePerTurn) {
      const people = page.records.slice(at, at + peoplePerTurn).filter(({ disabled }) => !disabled)
      const looked = await Promise.all(people.map((user) => this.#person(user, now)))
      keys.push(...looked.flatMap(({ unused }) => unused))
      factors.push(...looked.flatMap(({ withoutFactor }) => withoutFactor))
      await nextTurn()
    }
    const more = page.next !== undefined
    return {
      onlyFirst: more ? page.records.length : undefined,
      kinds: [
        { kind: 'second-factor', found: factors, more },
        { kind: 'access-key', found: keys, more },
      ],
    }
  }

  async #person(user: User, now: EpochSeconds) {
    const { store } = this.#deps
    const lookup = { by: 'user', value: user.id } as const
    const keys = await store.find('accessKey', lookup, { limit: keysPerPerson })
    const unused = keys.records.flatMap(({ id, status, lastUsed, createdAt }): Finding[] => {
      const at = lastUsed?.at ?? createdAt
      return status === 'Active' && at < now - unusedAfter
        ? [{ kind: 'access-key', name: user.name, detail: id, at }]
        : []
    })
    const hasFactor = user.login === undefined || (await this.#hasSecondFactor(user.id))
    const withoutFactor: Finding[] = hasFactor
      ? []
      : [{ kind: 'second-factor', name: user.name, detail: undefined, at: undefined }]
    return { unused, withoutFactor }
  }

  async #hasSecondFactor(userId: string): Promise<boolean> {
    const { store } = this.#deps
    const lookup = { by: 'user', value: userId } as const
    if ((await store.find('mfaDevice', lookup, { limit: 1 })).records.length > 0) return true
    const passkeys = await store.find('passkey', lookup, { limit: keysPerPerson })
    return passkeys.records.some(({ copiedAt }) => copiedAt === undefined)
  }

  async #certificates(value: string, now: EpochSeconds): Promise<OfKind> {
    const { records, next } = await this.#deps.store.find(
      'serverCertificate',
      { by: 'account', value },
      { limit: mostCertificates },
    )
    const ending = records.filter(({ notAfter }) => certificateEndsSoon(notAfter, now))
    const found = ending.map(
      ({ name, notAfter: at }): Finding => ({ kind: 'certificate', name, detail: undefined, at }),
    )
    return { kind: 'certificate', found: found.toSorted(soonest), more: next !== undefined }
  }

  async #scimTokens(value: string, now: EpochSeconds): Promise<OfKind> {
    const { records, next } = await this.#deps.store.find(
      'scimToken',
      { by: 'account', value },
      { limit: mostTokens },
    )
    const found = records.flatMap(({ id: name, description: detail, expiresAt: at }): Finding[] =>
      at !== undefined && at < now + endsWithin.token ? [{ kind: 'scim-token', name, detail, at }] : [],
    )
    return { kind: 'scim-token', found: found.toSorted(soonest), more: next !== undefined }
  }

  /** Apps whose newest request of some kind in the last day was refused or failed. */
  async #apps(accountId: string, now: EpochSeconds): Promise<OfKind> {
    const { store, operatorAccount } = this.#deps
    if (accountId !== operatorAccount) return { kind: 'app', found: [], more: false }
    // Entries of a client that did not authenticate are of no account.
    const accounts = [accountId, serverAccount]
    const pages = await Promise.all(
      accounts.map((one) =>
        readTrail(store, {
          accountId: one,
          outcome: notDone,
          from: now - day,
          limit: mostRefusals,
          examined: mostRefusals,
        }),
      ),
    )
    const newest = new Map<string, AuditRecord>()
    for (const record of pages.flatMap(({ records }) => records).toSorted(newestFirst)) {
      const { resource = '', action, outcome } = record
      if (!resource.startsWith(clientPrefix) || !appActions.has(action) || outcome === 'denied') continue
      if (!newest.has(resource)) newest.set(resource, record)
    }
    const found: Finding[] = []
    for (const [resource, failure] of newest) {
      if (found.length > mostOfKind) break
      if (await this.#worksAgain(accounts, resource, failure)) continue
      const { reason: detail, at } = failure
      found.push({ kind: 'app', name: resource.slice(clientPrefix.length), detail, at })
    }
    return { kind: 'app', found, more: pages.some(({ next }) => next !== undefined) }
  }

  /** Whether the app did the same since. */
  async #worksAgain(
    accounts: readonly string[],
    resource: string,
    { action, at, id }: AuditRecord,
  ): Promise<boolean> {
    const pages = await Promise.all(
      accounts.map((accountId) =>
        readTrail(this.#deps.store, { accountId, resource, from: at, limit: 20, examined: 20 }),
      ),
    )
    return pages.some(({ records }) =>
      records.some((one) => one.id > id && one.outcome === 'done' && one.action === action),
    )
  }
}

interface OfKind {
  readonly kind: FindingKind
  readonly found: readonly Finding[]
  readonly more: boolean
}

interface PeopleFindings {
  readonly kinds: readonly OfKind[]
  readonly onlyFirst: number | undefined
}

const soonest = (one: Finding, other: Finding): number => (one.at ?? 0) - (other.at ?? 0)
const newestFirst = (one: AuditRecord, other: AuditRecord): number => (one.id < other.id ? 1 : -1)
