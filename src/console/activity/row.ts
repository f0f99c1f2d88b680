// An audit entry as one line of a list: a sentence with who, what and how it ended.
import type { z } from 'zod'
import type { ActivityRow } from '../../../views/console/activity/activity.ts'
import type { auditEntry } from '../../admin/audit/schemas.ts'
import { layerDescriptions } from '../../policy/engine/format-decision.ts'
import { infinitiveOf, past, withNames } from './sentences.ts'

type Entry = z.output<typeof auditEntry>

/** `user/ada` of an ARN, or the text itself. */
export const shortName = (arn: string): string =>
  arn.startsWith('arn:') ? arn.split(':').slice(5).join(':') : arn

/** Who did it, as people call them. */
export function whoOf(who: string): string {
  const [, kind = '', name = ''] = /^([a-z-]+)\/(.+)$/.exec(shortName(who)) ?? []
  if (shortName(who) === 'root' && who.startsWith('arn:')) return 'The account root'
  if (who === 'unknown' || who === 'anonymous') return 'Somebody unknown'
  const parts = name.split('/')
  if (kind === 'user') return parts.at(-1) ?? name
  if (kind === 'assumed-role') return `${parts[1] ?? ''} as the role ${parts[0] ?? ''}`
  if (kind === 'client') return `The app ${name}`
  return shortName(who)
}

/** Of an ARN of a person, group, role, policy, app or the like the name, and of other text the text. */
function nameIn(text: string): string {
  const short = shortName(text)
  return text.startsWith('arn:') || /^client\//.test(text)
    ? short.slice(short.lastIndexOf('/') + 1) || short
    : short
}

/** A member of an entry by its path, where that is a text or a list of texts. */
function valueIn({ resource, details }: Entry, path: string): string | undefined {
  if (path === 'resource')
    return resource === undefined || /[/:]\*$/.test(resource) ? undefined : nameIn(resource)
  const found = path
    .split('.')
    .reduce<unknown>(
      (inner, member) =>
        typeof inner === 'object' && inner !== null && Object.hasOwn(inner, member)
          ? (inner as Readonly<Record<string, unknown>>)[member]
          : undefined,
      details,
    )
  if (Array.isArray(found)) return found.filter((one) => typeof one === 'string').join(', ')
  return typeof found === 'string' ? nameIn(found) : undefined
}

/** Whether the request only asked what would end: nothing was changed. */
export const isDryRun = ({ details }: Pick<Entry, 'details'>): boolean =>
  typeof details === 'object' && details !== null && 'dryRun' in details && details.dryRun === true

/** What was done, or tried; names in backticks. */
export function wordsOf(entry: Entry): string {
  const known = infinitiveOf(entry.action) ?? `call ${entry.action}`
  const words = withNames(known, (path) => valueIn(entry, path))
  if (isDryRun(entry)) return `asked what would end: ${words}`
  return entry.outcome === 'done' ? past(words) : `tried to ${words}`
}

/** Why it was not done, once: the decision in short, or the message without its code. */
export function reasonOf({ decision, reason }: Entry): string | undefined {
  if (decision === undefined || decision.reason === 'allowed')
    return reason?.replace(/^[a-z_]{3,40}: (?=\S)/, '')
  const layer = new Map<string, string>(Object.entries(layerDescriptions)).get(decision.layer ?? 'root') ?? ''
  if (decision.reason === 'implicit_deny')
    return `${layer.charAt(0).toUpperCase()}${layer.slice(1)} ${decision.layer === 'identity' ? 'do' : 'does'} not allow it.`
  const by = decision.layers.find(({ said }) => said === 'explicit_deny')?.statements[0]
  return by === undefined ? `Denied by ${layer}.` : `Denied by ${by}.`
}

export const activityRow = (entry: Entry): ActivityRow => ({
  id: entry.id,
  time: entry.time,
  who: whoOf(entry.who),
  whoArn: entry.who,
  action: entry.action,
  words: wordsOf(entry),
  outcome: entry.outcome,
  resource: entry.resource,
  reason: entry.outcome === 'done' ? undefined : reasonOf(entry),
  sourceIp: entry.sourceIp,
})
