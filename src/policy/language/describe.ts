// Describes a policy as permissions for a person who is asked to consent to it; views/sign-in/permission.ts has the words of each
// language. A policy that cannot be described completely is refused: without a condition or a `NotAction` of it, the description
// would be wrong. in-words.ts is for readers who know IAM: it describes everything, in the document's own names.
import { Problem } from '../../problem.ts'
import { checkDocument } from './document.ts'
import { nameFault } from './readable-name.ts'
import type { DocumentKind, Statement, Written } from './syntax.ts'

/** What a permission lets somebody do. `action` and `called` are as the policy has them; the languages of the pages have the words. */
export type Deed =
  | { readonly kind: 'everything' }
  | { readonly kind: 'everything in'; readonly service: string }
  | { readonly kind: 'everything called'; readonly called: string }
  /** An action whose name begins with no known verb: `words` are its name in lower case. */
  | { readonly kind: 'action'; readonly words: string; readonly action: string }
  /** `things` is the rest of its name, in the plural: `documents`. */
  | { readonly kind: 'verb'; readonly verb: Verb; readonly things: string; readonly action: string }
  | { readonly kind: 'verb in'; readonly verb: Verb; readonly service: string; readonly action: string }
  | { readonly kind: 'verb called'; readonly verb: Verb; readonly called: string }

/** Where. `name` is as the policy has it, without the stars that the kind stands for. */
export type Place =
  | { readonly kind: 'anywhere' }
  | { readonly kind: 'anywhere in'; readonly service: string }
  | { readonly kind: 'at' | 'under' | 'beginning with' | 'of the form'; readonly name: string }

/** One action, at any of some places. */
export interface Permission {
  readonly deed: Deed
  readonly places: readonly Place[]
}

export interface Description {
  readonly allows: readonly Permission[]
  /** What it forbids whatever it allows. */
  readonly denies: readonly Permission[]
}

/** What a person reads before they answer. */
const most = { permissions: 20, actions: 20, resources: 10 } as const

/**
 * Describes a policy.
 * @throws Problem('malformed_policy') when it cannot be read, cannot be said in words, or is too long to be read
 */
export function describePolicy(text: string, kind: DocumentKind): Description {
  const { statements } = checkDocument(text, kind)
  const allows: Permission[] = []
  const denies: Permission[] = []
  for (const statement of statements) {
    const permissions = permissionsOf(statement)
    ;(statement.effect === 'Allow' ? allows : denies).push(...permissions)
  }
  if (allows.length + denies.length > most.permissions)
    throw unsayable(`more than ${most.permissions} permissions`)
  return { allows, denies }
}

const unsayable = (what: string): Problem =>
  new Problem('malformed_policy', `the policy cannot be shown to a person in words: ${what}`)

/** One for each action. */
function permissionsOf({ actions, resources, conditions, index }: Statement): readonly Permission[] {
  const where = `in statement ${index + 1}`
  if (actions === undefined) throw unsayable(`\`NotAction\` ${where}`)
  if (resources === undefined) throw unsayable(`\`NotResource\` ${where}`)
  if (conditions.length > 0) throw unsayable(`\`Condition\` ${where}`)
  if (actions.length > most.actions) throw unsayable(`more than ${most.actions} actions ${where}`)
  if (resources.length > most.resources) throw unsayable(`more than ${most.resources} resources ${where}`)
  for (const { text } of [...actions, ...resources]) {
    const fault = nameFault(text)
    if (fault !== undefined) throw unsayable(`${fault} ${where}`)
  }
  return actions.map((action) => ({
    deed: deedOf(action),
    places: resources.map((resource) => placeOf(resource, serviceOf(action))),
  }))
}

/** Undefined when the action is not of one service. */
function serviceOf({ text }: Written): string | undefined {
  const [service = ''] = text.split(':')
  return /[*?]/.test(service) ? undefined : service.toLowerCase()
}

/** Verbs that action names begin with, and how a person would say them. */
const verbs = [
  ['Get', 'read'],
  ['BatchGet', 'read'],
  ['Read', 'read'],
  ['Head', 'see that there are'],
  ['Describe', 'see'],
  ['View', 'see'],
  ['List', 'list'],
  ['Search', 'search'],
  ['Query', 'search'],
  ['Put', 'write'],
  ['Write', 'write'],
  ['Create', 'create'],
  ['Add', 'add'],
  ['Update', 'change'],
  ['Modify', 'change'],
  ['Edit', 'change'],
  ['Set', 'change'],
  ['Delete', 'delete'],
  ['Remove', 'remove'],
  ['Send', 'send'],
  ['Invoke', 'run'],
  ['Execute', 'run'],
  ['Run', 'run'],
] as const

export type Verb = (typeof verbs)[number][1]

/** `docs:GetDocument` is to read documents. */
function deedOf({ text }: Written): Deed {
  const [service = '', name = ''] = text.split(':')
  if (text === '*' || (service === '*' && name === '*')) return { kind: 'everything' }
  if (/[*?]/.test(service)) return { kind: 'everything called', called: text }
  if (name === '*') return { kind: 'everything in', service }
  const [verb, rest] = verbOf(name)
  if (verb === undefined || /[*?]/.test(rest.replace(/\*$/, '')))
    return /[*?]/.test(name)
      ? { kind: 'everything called', called: text }
      : { kind: 'action', words: words(name), action: text }
  if (rest === '*') return { kind: 'verb in', verb, service, action: text }
  if (rest.endsWith('*')) return { kind: 'verb called', verb, called: text }
  return { kind: 'verb', verb, things: plural(words(rest)), action: text }
}

function verbOf(name: string): readonly [verb: Verb | undefined, rest: string] {
  for (const [prefix, verb] of verbs)
    if (name.startsWith(prefix) && /^[A-Z*]/.test(name.slice(prefix.length)))
      return [verb, name.slice(prefix.length)]
  return [undefined, name]
}

const words = (name: string): string =>
  name.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ').toLowerCase()

function plural(text: string): string {
  if (/s$/.test(text)) return text
  return /[^aeiou]y$/.test(text) ? `${text.slice(0, -1)}ies` : `${text}s`
}

/** `arn:aws:docs:::handbook/*` is under `handbook/` for an action of `docs`; a resource of another service is said in full. */
function placeOf({ text }: Written, actionService: string | undefined): Place {
  if (text.includes('${')) throw unsayable(`the variable in \`${text.slice(0, 100)}\``)
  if (text === '*') return { kind: 'anywhere' }
  const [arn, , service = '', region, account, ...rest] = text.split(':')
  const path = rest.join(':')
  const plain = arn === 'arn' && !/[*?]/.test(service) && !region && !account && path !== ''
  if (plain && path === '*') return { kind: 'anywhere in', service }
  const name = plain && service.toLowerCase() === actionService ? path : text
  if (!/[*?]/.test(name)) return { kind: 'at', name }
  if (/^[^*?]+\/\*$/.test(name)) return { kind: 'under', name: name.slice(0, -1) }
  if (/^[^*?]+\*$/.test(name)) return { kind: 'beginning with', name: name.slice(0, -1) }
  return { kind: 'of the form', name }
}
