// A policy in words, for a person who is asked to consent to it. Only what can be said completely is described: a condition or
// a `NotAction` that the words left out would make them untrue, so such a policy is refused instead. in-words.ts is for readers
// who know IAM: it says everything, in the document's own names.
import { Problem } from '../problem.ts'
import { checkDocument } from './document.ts'
import { nameFault } from './readable-name.ts'
import type { DocumentKind, Statement, Written } from './syntax.ts'

/** Words, and names to be shown as they are written. */
export type Sentence = readonly (string | { readonly name: string })[]

export interface Description {
  /** What it allows; each sentence begins with a verb. */
  readonly allows: readonly Sentence[]
  /** What it forbids whatever it allows. */
  readonly denies: readonly Sentence[]
}

/** What a person reads before they answer. */
const most = { sentences: 20, actions: 20, resources: 10 } as const

/**
 * Describes a policy.
 * @throws Problem('malformed_policy') when it cannot be read, cannot be said in words, or is too long to be read
 */
export function describePolicy(text: string, kind: DocumentKind): Description {
  const { statements } = checkDocument(text, kind)
  const allows: Sentence[] = []
  const denies: Sentence[] = []
  for (const statement of statements) {
    const sentences = sentencesOf(statement)
    ;(statement.effect === 'Allow' ? allows : denies).push(...sentences)
  }
  if (allows.length + denies.length > most.sentences)
    throw unsayable(`more than ${most.sentences} permissions`)
  return { allows, denies }
}

const unsayable = (what: string): Problem =>
  new Problem('malformed_policy', `the policy cannot be shown to a person in words: ${what}`)

/** One sentence for each action. */
function sentencesOf({ effect, actions, resources, conditions, index }: Statement): readonly Sentence[] {
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
  // "It will not be able to do everything" would be said of something that it may do in part.
  const all = effect === 'Allow' ? 'everything' : 'anything'
  return actions.map((action): Sentence => {
    const places = resources.map((resource) => placeOf(resource, serviceOf(action)))
    return [
      ...deedOf(action, all),
      ' ',
      ...places.flatMap((place, at) => (at === 0 ? place : [' or ', ...place])),
    ]
  })
}

/** Undefined when the action is not of one service. */
function serviceOf({ text }: Written): string | undefined {
  const [service = ''] = text.split(':')
  return /[*?]/.test(service) ? undefined : service.toLowerCase()
}

/** Verbs that action names begin with, and how a person would say them. */
const verbs: ReadonlyMap<string, string> = new Map([
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
])

/** `docs:GetDocument` is "Read documents", with the name of the action. */
function deedOf({ text }: Written, all: 'everything' | 'anything'): Sentence {
  const [service = '', name = ''] = text.split(':')
  if (text === '*' || (service === '*' && name === '*')) return [`Do ${all}, in every service`]
  if (/[*?]/.test(service)) return [`Do ${all} that is called `, { name: text }]
  if (name === '*') return [`Do ${all} in `, { name: service }]
  const [verb, rest] = verbOf(name)
  if (verb === undefined || /[*?]/.test(rest.replace(/\*$/, '')))
    return /[*?]/.test(name)
      ? [`Do ${all} that is called `, { name: text }]
      : [capital(words(name)), ' (', { name: text }, ')']
  if (rest === '*') return [capital(verb), ' anything in ', { name: service }, ' (', { name: text }, ')']
  if (rest.endsWith('*')) return [capital(verb), ` ${all} that is called `, { name: text }]
  return [capital(verb), ' ', plural(words(rest)), ' (', { name: text }, ')']
}

function verbOf(name: string): readonly [verb: string | undefined, rest: string] {
  for (const [prefix, verb] of verbs)
    if (name.startsWith(prefix) && /^[A-Z*]/.test(name.slice(prefix.length)))
      return [verb, name.slice(prefix.length)]
  return [undefined, name]
}

const words = (name: string): string =>
  name.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ').toLowerCase()

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function plural(text: string): string {
  if (/s$/.test(text)) return text
  return /[^aeiou]y$/.test(text) ? `${text.slice(0, -1)}ies` : `${text}s`
}

/** Where: `arn:aws:docs:::handbook/*` is "under handbook/" for an action of `docs`; a resource of another service is said in full. */
function placeOf({ text }: Written, actionService: string | undefined): Sentence {
  if (text.includes('${')) throw unsayable(`the variable in \`${text.slice(0, 100)}\``)
  if (text === '*') return ['anywhere']
  const [arn, , service = '', region, account, ...rest] = text.split(':')
  const path = rest.join(':')
  const plain = arn === 'arn' && !/[*?]/.test(service) && !region && !account && path !== ''
  if (plain && path === '*') return ['anywhere in ', { name: service }]
  const name = plain && service.toLowerCase() === actionService ? path : text
  if (!/[*?]/.test(name)) return ['at ', { name }]
  if (/^[^*?]+\/\*$/.test(name)) return ['under ', { name: name.slice(0, -1) }]
  if (/^[^*?]+\*$/.test(name)) return ['at names that begin with ', { name: name.slice(0, -1) }]
  return ['at names of the form ', { name }]
}
