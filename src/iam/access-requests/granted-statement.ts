// An approved access request is a statement of the role's trust policy, which the policy engine evaluates and explains like any
// other: it names one user by unique id, and a condition on the time ends it. Its Sid says which request it comes from.
//
// {"Sid": "AccessRequestAREQ…", "Effect": "Allow", "Principal": {"AWS": "AIDA…"}, "Action": "sts:AssumeRole",
//  "Condition": {"DateLessThan": {"aws:CurrentTime": "2026-01-31T12:00:00Z"}}}
import { z } from 'zod'
import type { EpochSeconds } from '../../store/records.ts'

export interface Grant {
  /** Of the access request, `AREQ…`. */
  readonly id: string
  /** Unique id of the user. */
  readonly userId: string
  readonly until: EpochSeconds
}

const sidPrefix = 'AccessRequest'

const statementOf = ({ id, userId, until }: Grant) => ({
  Sid: `${sidPrefix}${id}`,
  Effect: 'Allow',
  Principal: { AWS: userId },
  Action: 'sts:AssumeRole',
  Condition: { DateLessThan: { 'aws:CurrentTime': isoOf(until) } },
})

const isoOf = (seconds: EpochSeconds): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')

const grantId = /^AREQ[A-Z2-7]{17}$/

/** Whether a value has the form of the id of a grant, which no `jti` of a session has. */
export const isGrantId = (value: string): boolean => grantId.test(value)

const written = z.strictObject({
  Sid: z.templateLiteral([sidPrefix, z.string().regex(grantId)]),
  Effect: z.literal('Allow'),
  Principal: z.strictObject({ AWS: z.string().regex(/^AIDA[A-Z2-7]{12,124}$/) }),
  Action: z.literal('sts:AssumeRole'),
  Condition: z.strictObject({
    DateLessThan: z.strictObject({ 'aws:CurrentTime': z.iso.datetime() }),
  }),
})

/** Undefined for a statement that is not exactly as `statementOf` writes it, which is then the administrator's own. */
function grantOf(statement: unknown): Grant | undefined {
  const { data } = written.safeParse(statement)
  if (data === undefined) return undefined
  const until = Date.parse(data.Condition.DateLessThan['aws:CurrentTime']) / 1000
  return { id: data.Sid.slice(sidPrefix.length), userId: data.Principal.AWS, until }
}

interface TrustDocument {
  readonly document: Readonly<Record<string, unknown>>
  readonly statements: readonly unknown[]
}

function readTrust(trust: string): TrustDocument {
  const document = JSON.parse(trust) as Readonly<Record<string, unknown>>
  const { Statement: all } = document
  return { document, statements: Array.isArray(all) ? all : [all] }
}

const writeTrust = (trust: string, { document, statements }: TrustDocument): string =>
  JSON.stringify({ ...document, Statement: statements }, null, trust.includes('\n') ? 2 : undefined)

/** @param trust a valid trust policy as it is stored @returns the grants in it, over or not */
export function grantsIn(trust: string): readonly Grant[] {
  // Most roles have none, and the text of every role that somebody assumes is looked at.
  if (!trust.includes(sidPrefix)) return []
  return readTrust(trust).statements.flatMap((statement) => grantOf(statement) ?? [])
}

/**
 * The trust policy with the grant, and without those that were over at `now`. The statement comes last, so that decisions name it
 * only where no other statement allows the same.
 */
export function withGrant(trust: string, grant: Grant, now: EpochSeconds): string {
  const { document, statements } = readTrust(trust)
  const kept = statements.filter((statement) => {
    const other = grantOf(statement)
    return other === undefined || (other.id !== grant.id && other.until > now)
  })
  return writeTrust(trust, { document, statements: [...kept, statementOf(grant)] })
}

/**
 * The trust policy without some grants, the same text when it has none of them. Where nothing else is left, the first of them stays
 * with its end in the past, since a policy has at least one statement.
 */
export function withoutGrants(trust: string, isRemoved: (grant: Grant) => boolean): string {
  const removed = grantsIn(trust).filter(isRemoved)
  const [first] = removed
  if (first === undefined) return trust
  const ids = new Set(removed.map(({ id }) => id))
  const { document, statements } = readTrust(trust)
  const kept = statements.filter((statement) => !ids.has(grantOf(statement)?.id ?? ''))
  const left = kept.length > 0 ? kept : [statementOf({ ...first, until: 0 })]
  return writeTrust(trust, { document, statements: left })
}

/** A trust policy that lets one user become the role without an end: to ask the engine whether a grant would be enough. */
export const trustOfGrantTo = (userId: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { AWS: userId }, Action: 'sts:AssumeRole' },
  })
