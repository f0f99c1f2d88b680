// The last day on Home: the last 24 hours of the audit trail, each part with a link to Activity that is filtered so.
import type { z } from 'zod'
import type {
  LastDayHour,
  LastDayKind,
  LastDayPart,
  LastDayTotal,
  LastDayView,
} from '../../../views/console/home/last-day.ts'
import { known, t, type Words } from '../../../views/console/message.ts'
import { html } from '../../../views/html.ts'
import { auditSummary } from '../../admin/audit/operations.ts'
import { pathWith } from '../frame/list.ts'
import { part } from '../frame/part.ts'
import type { ConsoleRequest } from '../frame/request.ts'

type Hour = z.output<typeof auditSummary>['hours'][number]
type Part = Hour['parts'][number]

const hour = 3_600_000
/** From the bottom of a bar to its top. */
const order: readonly LastDayKind[] = ['sign-in', 'exchange', 'refused', 'denied', 'failed']

const kindOf = ({ outcome, action }: Part): LastDayKind =>
  outcome === 'done' ? (action === 'signin:SignIn' ? 'sign-in' : 'exchange') : outcome

/** Of the actions that are counted (audit/summary.ts). */
const titles: ReadonlyMap<string, Words> = new Map([
  ['signin:SignIn', t('People signed in')],
  ['sts:ExchangeToken', t('Tokens exchanged')],
  ['sts:AssumeRole', t('Roles assumed')],
  ['sts:AssumeRoleWithWebIdentity', t('Roles assumed by workloads')],
  ['sts:AssumeRoleWithSAML', t('Roles assumed with SAML')],
])

const titleOf = ({ action, reason = '' }: Part): Words =>
  action === undefined
    ? (reasons.get(reason) ?? known(sentenceOf(reason)))
    : (titles.get(action) ?? html`${action}`)

/** Reasons whose code is no more than their kind. */
const reasons: ReadonlyMap<string, Words> = new Map([
  ['denied', t('Not permitted by a policy')],
  ['validation', t('Invalid input')],
  ['not_found', t('What does not exist')],
  ['conflict', t('In conflict with what exists')],
])

/** `invalid_identity_token` as `Invalid identity token`. */
const sentenceOf = (code: string): string => {
  const words = code.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const until = (from: string): string => new Date(Date.parse(from) + hour).toISOString()

const hrefOf = ({ outcome, action, reason }: Part, from: string, to?: string): string =>
  pathWith('/console/activity', { outcome, action, reason, from, to })

function hourOf({ from, read, more, parts }: Hour): LastDayHour {
  const shown = parts.map(
    (one): LastDayPart => ({
      kind: kindOf(one),
      title: titleOf(one),
      count: one.count,
      href: hrefOf(one, from, until(from)),
    }),
  )
  return {
    from,
    read,
    more,
    href: pathWith('/console/activity', { from, to: until(from) }),
    parts: shown.toSorted((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind)),
  }
}

/** The same parts of all hours together, the most frequent of each kind first. */
function totalsOf(hours: readonly Hour[]): readonly LastDayTotal[] {
  const oldest = hours.at(-1)?.from ?? ''
  const found = new Map<string, LastDayTotal>()
  const unread = hours.some(({ read }) => !read)
  for (const { parts, more } of hours)
    for (const one of parts) {
      const key = [one.outcome, one.action ?? one.reason].join(' ')
      const before = found.get(key)
      found.set(key, {
        kind: kindOf(one),
        title: titleOf(one),
        href: hrefOf(one, oldest),
        count: (before?.count ?? 0) + one.count,
        more: (before?.more ?? unread) || more,
      })
    }
  return [...found.values()].toSorted(
    (one, other) => order.indexOf(one.kind) - order.indexOf(other.kind) || other.count - one.count,
  )
}

/** Undefined when the person may not read the trail. @throws Problem */
export async function lastDayOf(request: ConsoleRequest): Promise<LastDayView | undefined> {
  const found = await part(() => request.perform('GetAuditSummary', auditSummary))
  if (!('value' in found)) return undefined
  const { hours } = found.value
  return { hours: hours.toReversed().map(hourOf), totals: totalsOf(hours) }
}
