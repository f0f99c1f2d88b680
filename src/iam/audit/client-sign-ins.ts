// Whether people sign in to a client, and what was refused instead, from the audit trail: it is durable and every process sees it.
// Anybody may send an authorization request in the name of a client, so each address has a limited number of entries of refused
// ones (web/request/anonymous-records.ts), and what they contain is no more than what somebody sent.
import type { AuditRecord } from '../../audit/event.ts'
import { readTrail } from '../../audit/read.ts'
import { type EpochSeconds, serverAccount } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'

export interface RefusedSignIn {
  /** Of its audit entry. */
  readonly id: string
  readonly at: EpochSeconds
  readonly sourceIp: string
  /** OAuth error, with details. */
  readonly reason: string
  /** The redirect URI that was sent, when it is not one of the client's. */
  readonly redirectUri: string | undefined
}

export interface ClientSignIns {
  /** When somebody last got a token by signing in; undefined: nobody among the latest entries did. */
  readonly last: EpochSeconds | undefined
  /** The latest refusals after that and of one day, one of each kind, at most three, the newest first. */
  readonly refused: readonly RefusedSignIn[]
}

export type ReadClientSignIns = (clientId: string, now: EpochSeconds) => Promise<ClientSignIns>

/** Entries that are read of each kind. */
const latest = 200
const daySeconds = 86_400
const mostRefused = 3

/** Grants that follow from the sign-in of a person. */
const personGrants: ReadonlySet<unknown> = new Set([
  'authorization_code',
  'refresh_token',
  'urn:ietf:params:oauth:grant-type:device_code',
])

const refusable: ReadonlySet<string> = new Set(['oidc:Authorize', 'oidc:IssueToken'])

/** @param accountId the account that clients belong to: sign-ins of its people are found */
export function openClientSignIns(store: Pick<Store, 'find'>, accountId: string): ReadClientSignIns {
  return async (clientId, now) => {
    const resource = `client/${clientId}`
    const issued = { accountId, resource, action: 'oidc:IssueToken', outcome: 'done', limit: latest } as const
    const { records: tokens } = await readTrail(store, issued)
    const last = tokens.find(({ details }) => personGrants.has(details?.['grantType']))?.at
    const from = Math.max(now - daySeconds, last ?? 0)
    const pages = await Promise.all(
      [serverAccount, accountId].map((account) =>
        readTrail(store, { accountId: account, resource, from, limit: latest }),
      ),
    )
    const refused = pages
      .flatMap(({ records }) => records)
      .filter(({ action, outcome }) => refusable.has(action) && outcome === 'refused')
      .map(refusedSignIn)
      .toSorted((one, other) => other.at - one.at)
    return { last, refused: firstOfEach(refused).slice(0, mostRefused) }
  }
}

/** What was refused by an entry of the audit trail. */
export const refusedSignIn = ({
  id,
  at,
  sourceIp,
  reason = '',
  details,
}: Pick<AuditRecord, 'id' | 'at' | 'sourceIp' | 'reason' | 'details'>): RefusedSignIn => ({
  id,
  at,
  sourceIp,
  reason,
  redirectUri: redirectUriOf(details),
})

/** The redirect URI in the details of an entry. */
export function redirectUriOf(details: unknown): string | undefined {
  if (typeof details !== 'object' || details === null || !('redirectUri' in details)) return undefined
  return typeof details.redirectUri === 'string' ? details.redirectUri : undefined
}

function firstOfEach(refused: readonly RefusedSignIn[]): readonly RefusedSignIn[] {
  const kinds = new Set<string>()
  return refused.filter(({ reason, redirectUri }) => {
    const kind = redirectUri ?? reason
    if (kinds.has(kind)) return false
    kinds.add(kind)
    return true
  })
}
