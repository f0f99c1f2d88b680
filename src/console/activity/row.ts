// An audit entry as one line of a list: a sentence with who, what and how it ended.
import type { z } from 'zod'
import type { ActivityRow } from '../../../views/console/activity/activity.ts'
import { asIs, type LocalizedText, message } from '../../../views/console/text.ts'
import { fillText, type Translate } from '../../../views/html.ts'
import type { auditEntry } from '../../admin/audit/schemas.ts'
import { grammars } from './grammar.ts'
import { reasonOf } from './reason.ts'
import { type Phrase, phraseOf } from './sentences.ts'

type Entry = z.output<typeof auditEntry>

/** Names of apps by client id; without those that are gone, have no name, or that the reader may not see. */
export type AppNames = ReadonlyMap<string, string>

const noApps: AppNames = new Map()

/** The client id of `client/abc`, as callers and resources have it, or of the ARN of an app. */
export const clientIdOf = (text: string): string | undefined =>
  /^(?:arn:aws:oidc::\d{12}:)?client\/([^*]+)$/.exec(text)?.[1]

/** `user/ada` of an ARN, or the text itself. */
const shortName = (arn: string): string => (arn.startsWith('arn:') ? arn.split(':').slice(5).join(':') : arn)

/** Callers that are no principal of an account, by what entries say. */
const withoutName: ReadonlyMap<string, LocalizedText> = new Map([
  ['unknown', message('Somebody unknown')],
  ['anonymous', message('Somebody unknown')],
  ['an unverified token', message('A token that was not verified')],
  ['server', message('The server')],
  ['command line', message('The command line')],
])

/** Who did it, as people call them. */
export function whoOf(who: string, apps: AppNames = noApps): LocalizedText {
  const [, kind = '', name = ''] = /^([a-z-]+)\/(.+)$/.exec(shortName(who)) ?? []
  if (shortName(who) === 'root' && who.startsWith('arn:')) return message('The account root')
  const nobody = withoutName.get(who)
  if (nobody !== undefined) return nobody
  const [first = '', second = ''] = name.split('/')
  if (kind === 'user') return asIs(name.split('/').at(-1) ?? name)
  if (kind === 'assumed-role')
    return message('{session} as the role {role}', { session: second, role: first })
  if (kind === 'client') return message('The app {app}', { app: apps.get(name) ?? name })
  return asIs(shortName(who))
}

/** Of an ARN of a person, group, role, policy or the like the name, of an app what it is called, and of other text the text. */
function nameIn(text: string, apps: AppNames): string {
  const client = clientIdOf(text)
  if (client !== undefined) return apps.get(client) ?? client
  const short = shortName(text)
  return text.startsWith('arn:') ? short.slice(short.lastIndexOf('/') + 1) || short : short
}

/** A member of an entry by its path, where that is a text or a list of texts. */
function valueIn({ resource, details }: Entry, path: string, apps: AppNames): string | undefined {
  if (path === 'resource')
    return resource === undefined || /[/:]\*$/.test(resource) ? undefined : nameIn(resource, apps)
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
  if (typeof found !== 'string') return undefined
  return (path === 'client' ? apps.get(found) : undefined) ?? nameIn(found, apps)
}

/** Whether the request only asked what would end: nothing was changed. */
export const isDryRun = ({ details }: Pick<Entry, 'details'>): boolean =>
  typeof details === 'object' && details !== null && 'dryRun' in details && details.dryRun === true

/** What was done, or tried. */
export function wordsOf(entry: Entry, apps: AppNames = noApps): LocalizedText {
  const phrase = phraseOf(entry.action)
  return (translate) => {
    if (phrase === undefined)
      return inTense(entry, message('call {action}', { action: entry.action })(translate), translate)
    const words = inTense(entry, infinitiveOf(phrase, translate), translate)
    return withNames(words, translate, (name) => nameOf(entry, phrase, name, apps))
  }
}

/** The infinitive, in which `{name}` stands for names. */
export function infinitiveOf(phrase: Phrase, { language, textOf }: Translate): string {
  const text = textOf(phrase.message)
  if (phrase.thing === undefined) return text
  return grammars[language].contract(fillText(text, { thing: textOf(phrase.thing) }))
}

function inTense(entry: Entry, infinitive: string, translate: Translate): string {
  if (isDryRun(entry)) return message('asked what would end: {act}', { act: infinitive })(translate)
  const { done, tried } = grammars[translate.language]
  return entry.outcome === 'done' ? done(infinitive) : tried(infinitive)
}

const nameOf = (entry: Entry, { membersOf }: Phrase, name: string, apps: AppNames): string | undefined =>
  membersOf(name)
    .map((path) => valueIn(entry, path, apps))
    .find((one) => one !== undefined && one !== '')

/** Characters of a name. */
const longestName = 128

/** A sentence with the names of an entry, in backticks; those that it does not have are left out. */
function withNames(words: string, translate: Translate, named: (name: string) => string | undefined): string {
  const blank = translate.language === 'ja' ? '' : ' '
  return words
    .replace(/( ?)\{(\w+)\}( ?)/g, (_, before: string, name: string, after: string) => {
      const value = named(name)
      if (value !== undefined)
        return `${before}\`${value.replaceAll('`', "'").slice(0, longestName)}\`${after}`
      if (name === 'owner') return `${before}${message('themselves')(translate)}${after && blank}`
      return before && after && blank
    })
    .trim()
}

export const activityRow = (entry: Entry, apps: AppNames = noApps): ActivityRow => ({
  id: entry.id,
  time: entry.time,
  who: whoOf(entry.who, apps),
  whoArn: entry.who,
  action: entry.action,
  words: wordsOf(entry, apps),
  outcome: entry.outcome,
  resource: entry.resource,
  reason: entry.outcome === 'done' ? undefined : reasonOf(entry),
  sourceIp: entry.sourceIp,
  userAgent: entry.userAgent,
})
