// What a person can reach, as a picture with the answer to a question, and who can reach something.

import type {
  AnswerView,
  Picture,
  PictureEdge,
  PictureNode,
  QuestionView,
  WayView,
} from '../../../views/console/access/picture.ts'
import { policyPath } from '../../../views/console/frame/policy-path.ts'
import { t, type Words } from '../../../views/console/message.ts'
import { groupPath, personPath } from '../../../views/console/people/people.ts'
import {
  asIs,
  knownText,
  type LocalizedText,
  message,
  plain,
  shortened,
} from '../../../views/console/text.ts'
import { rolePath } from '../../../views/console/workloads/workloads.ts'
import { html } from '../../../views/html.ts'
import type { ConsoleMessage } from '../../../views/languages/console/message.ts'
import type { AccessEdge, AccessNode, AccessWay } from '../../iam/access/drawing.ts'
import type { OutsideKind } from '../../iam/access/facts.ts'
import type { PersonAccess, QuestionInput } from '../../iam/access/read-access.ts'
import type { AroundAccess } from '../../iam/access/read-around.ts'
import { formatDecision } from '../../policy/engine/decide.ts'
import { isProblem } from '../../problem.ts'
import { viewOfExplanation } from '../frame/decision.ts'
import { pathWith } from '../frame/list.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import { sentence } from '../frame/sentence.ts'
import { typedEntries } from './context-lines.ts'
import { type FoldedNode, fold, openKey } from './picture-fold.ts'

/** The question in the address, as it was typed. */
export function typedQuestion({ query }: ConsoleRequest): QuestionView {
  const value = (name: string): string => (query.get(name) ?? '').trim()
  return { action: value('action'), resource: value('resource'), context: value('context') }
}

/** @throws Problem('validation') for condition keys that are none */
export const questionInput = ({ action, resource, context }: QuestionView): QuestionInput => ({
  action,
  resource,
  context: typedEntries(context),
})

/** What is wrong with a question, as a sentence. @throws what is no fault of the question */
export function questionProblem(error: unknown): string {
  if (!isProblem(error, 'validation', 'invalid_input')) throw error
  return sentence(error.message)
}

/** Unfolded parts in the address: `open` has a line for each. */
const mostOpen = 12
export const openIn = ({ query }: ConsoleRequest): readonly string[] =>
  (query.get('open') ?? '').split('\n').slice(0, mostOpen)

export interface AccessView {
  readonly picture: Picture
  readonly answer: AnswerView | undefined
  /** In words; undefined: everything was looked at. */
  readonly incomplete: Words | undefined
  readonly disabled: boolean
}

/** @throws Problem('denied') */
export async function readAccess(
  request: ConsoleRequest,
  person: { readonly name: string; readonly id: string },
  question: QuestionView | undefined,
): Promise<AccessView> {
  const open = openIn(request)
  const start = `person:${person.id}`
  const rolesOpen = open.includes(openKey(start, 'roles'))
  const access = await request.ports.iam.getPersonAccess(request.call, {
    userName: person.name,
    roles: rolesOpen ? 60 : 6,
    ...(question && { question: questionInput(question) }),
  })
  const path = `${personPath(person.name)}/access`
  return {
    picture: pictureView(access, new Set(open), (key) =>
      pathWith(path, { ...question, open: [...open, key].filter((one) => one !== '').join('\n') }),
    ),
    answer: question && {
      ...answerView(access, html`${person.name}`, question),
      needsFactor: access.needsFactor,
    },
    incomplete: incompleteOf(access),
    disabled: access.disabled,
  }
}

/** What a picture does not have; undefined: everything was looked at. */
export const incompleteOf = ({ roles }: Pick<PersonAccess, 'roles'>): Words | undefined =>
  roles.more
    ? t('The account has more than 1,000 roles; of the first 1,000 {count} are in reach.', {
        count: roles.found,
      })
    : undefined

/** @param unfold the address at which a part is unfolded */
export function pictureView(
  {
    picture,
    roles,
    furtherWho,
  }: Pick<PersonAccess, 'picture' | 'roles'> & Partial<Pick<AroundAccess, 'furtherWho'>>,
  open: ReadonlySet<string>,
  unfold: (key: string) => string,
  labels?: Picture['labels'],
): Picture {
  const drawn = picture.nodes.filter(({ kind, id }) => kind === 'role' && id !== picture.nodes[0]?.id).length
  const further = Math.max(0, roles.found - drawn)
  const { nodes, edges } = fold(picture, open, further, labels === undefined ? 0 : furtherWho)
  const [start] = nodes
  const who = new Set(edges.flatMap(({ from, to }) => (to === start?.id ? from : [])))
  return {
    ...(labels && { labels }),
    nodes: nodes.map((node) => ({
      id: node.id,
      // Principals who can reach it are in the leftmost column, whatever their kind.
      column: who.has(node.id) ? 0 : columnOf(node),
      ...(node.kind === 'more' ? moreView(node, unfold) : nodeView(node)),
    })),
    edges: edges.map(
      (edge): PictureEdge =>
        edge.kind === 'more'
          ? { from: edge.from, to: edge.to, look: 'plain' }
          : {
              from: edge.from,
              to: edge.to,
              look: looks[edge.kind],
              condition: edge.condition,
              state: stateOf(edge),
            },
    ),
  }
}

export function stateOf({ kind, onWay, cut, blocked, unmet }: AccessEdge): PictureEdge['state'] {
  if (onWay) return 'on-way'
  if (cut) return 'cut'
  // A Deny that does not apply has no part in the answer.
  if (unmet && kind !== 'deny') return 'unmet'
  return blocked ? 'blocked' : undefined
}

const looks = {
  member: 'plain',
  trust: 'plain',
  holds: 'plain',
  limits: 'limit',
  allow: 'allow',
  deny: 'deny',
} as const

const familyColumns = { who: 0, groups: 1, roles: 2, policies: 3, limits: 3, statements: 4 } as const

const hiddenColumns = { who: 0, roles: 2, policies: 3, document: 4 } as const

function columnOf(node: AccessNode | FoldedNode): PictureNode['column'] {
  switch (node.kind) {
    case 'person':
    case 'outside':
      return 0
    case 'group':
      return 1
    case 'role':
      return 2
    case 'hidden':
      return hiddenColumns[node.what]
    case 'more':
      return familyColumns[node.family]
    case 'statement':
    case 'free':
      return 4
    default:
      return 3
  }
}

type NodeText = Omit<PictureNode, 'id' | 'column'>

/** The most letters of a statement in a picture; its policy's page has all of it. */
const longest = 240
const drawnText = (text: string): LocalizedText => shortened(plain(knownText(text)), longest)
const lastName = (name: string): string =>
  name.startsWith('arn:') ? name.slice(name.lastIndexOf('/') + 1) : name
const named = (kind: LocalizedText, name: string, href: string): NodeText => ({
  look: 'bearer',
  kind,
  title: asIs(name),
  lines: [kind],
  text: asIs(name),
  href,
})

export function nodeView(node: AccessNode): NodeText {
  switch (node.kind) {
    case 'person':
      return named(message('Person'), node.name, personPath(node.name))
    case 'group':
      return named(message('Group'), node.name, groupPath(node.name))
    case 'role':
      return named(message('Role'), node.name, rolePath(node.name))
    case 'policy':
    case 'boundary':
      return policyView(node)
    case 'outside':
      return outsideView(node)
    case 'guardrails':
      return {
        look: 'limit',
        kind: message('Limit'),
        title: message('Guardrails'),
        lines: [message('Of the account')],
        text: message('Guardrails of the account'),
      }
    case 'statement':
      return statementView(node)
    case 'free':
      return {
        look: 'allow',
        kind: message('Allows'),
        title: message('Needs no permission'),
        lines: [message('Nobody is denied it')],
        text: message('it without a permission: nobody is denied it.'),
      }
    case 'hidden': {
      const title = message(hiddenTitles[node.what])
      return {
        look: 'hidden',
        kind: message('Hidden'),
        title,
        lines: [asIs(node.permission)],
        text: message('{part}: you lack `{permission}`', { part: title, permission: node.permission }),
      }
    }
  }
}

function statementView(node: Extract<AccessNode, { readonly kind: 'statement' }>): NodeText {
  const allows = node.effect === 'Allow'
  const condition = /, (?:only )?if (.*)\.$/.exec(node.sentence)?.[1]
  const parts = { actions: knownText(node.actions), resources: knownText(node.resources) }
  const text =
    condition === undefined
      ? message('{actions} on {resources}.', parts)
      : message(
          allows
            ? '{actions} on {resources}, only if {condition}.'
            : '{actions} on {resources}, if {condition}.',
          { ...parts, condition: knownText(condition) },
        )
  return {
    look: allows ? 'allow' : 'deny',
    kind: message(allows ? 'Allows' : 'Denies'),
    title: message(allows ? 'Allows {actions}' : 'Denies {actions}', { actions: drawnText(node.actions) }),
    lines: [
      message('on {resources}', { resources: drawnText(node.resources) }),
      ...(condition === undefined ? [] : [message('if {condition}', { condition: drawnText(condition) })]),
    ],
    text: shortened(text, longest),
  }
}

const outsideKinds = {
  account: 'Account',
  provider: 'Provider',
  service: 'Service',
  anyone: 'Anyone',
  session: 'Session',
  principal: 'Elsewhere',
} as const satisfies Record<OutsideKind, ConsoleMessage>

const outsideLines = {
  account: 'Account: whom a policy of theirs lets',
  provider: 'Provider: its tokens',
  service: 'Service: a service',
  anyone: 'Whoever there is',
  session: 'Session: a session of a role',
  principal: 'Elsewhere: deleted, or of another account',
} as const satisfies Record<OutsideKind, ConsoleMessage>

function outsideView({ what, name }: Extract<AccessNode, { readonly kind: 'outside' }>): NodeText {
  const account = /\d{12}/.exec(name)?.[0] ?? ''
  return {
    look: 'bearer',
    kind: message(outsideKinds[what]),
    title:
      what === 'account' ? asIs(account) : what === 'anyone' ? message('Everybody') : asIs(lastName(name)),
    lines: [message(outsideLines[what])],
    text:
      what === 'account'
        ? message('`{account}`: whom a policy of theirs lets', { account })
        : asIs(`\`${name}\``),
  }
}

const hiddenTitles = {
  who: 'Hidden',
  roles: 'Roles hidden',
  policies: 'Policies hidden',
  document: 'Content hidden',
} as const

function policyView({
  kind,
  name,
}: {
  readonly kind: 'policy' | 'boundary'
  readonly name: string
}): NodeText {
  const managed = name.startsWith('arn:')
  const isLimit = kind === 'boundary'
  return {
    look: isLimit ? 'limit' : 'policy',
    kind: message(isLimit ? 'Limit' : 'Policy'),
    title: asIs(lastName(name)),
    lines: [message(isLimit ? 'Permissions boundary' : managed ? 'Policy' : 'Inline policy')],
    text: isLimit
      ? message('{name}, a permissions boundary', { name: lastName(name) })
      : managed
        ? asIs(lastName(name))
        : message('{name}, inline', { name }),
    href: managed ? policyPath(name) : undefined,
  }
}

const moreTitles = {
  who: ['{count} more', '{count} more'],
  groups: ['1 more group', '{count} more groups'],
  roles: ['1 more role', '{count} more roles'],
  policies: ['1 more policy', '{count} more policies'],
  limits: ['1 more limit', '{count} more limits'],
  statements: ['1 more statement', '{count} more statements'],
} as const satisfies Readonly<Record<FoldedNode['family'], readonly [ConsoleMessage, ConsoleMessage]>>

function moreView({ family, count, open }: FoldedNode, unfold: (key: string) => string): NodeText {
  const [one, several] = moreTitles[family]
  const title = count === undefined ? message('More') : message(count === 1 ? one : several, { count })
  return {
    look: 'more',
    kind: message('More'),
    title,
    lines: [message(open === undefined ? 'Too many to draw' : 'Unfold')],
    text:
      open === undefined && family !== 'who' ? message('{more}, too many to draw', { more: title }) : title,
    href: open === undefined ? undefined : unfold(open),
  }
}

/** @param ownTitle the title of the way without a role */
export function answerView(
  { picture, disabled = false }: Pick<PersonAccess, 'picture'> & { readonly disabled?: boolean },
  who: Words,
  question: QuestionView,
  ownTitle: Words = t('As themselves'),
): AnswerView {
  const allowed = picture.ways.some((way) => way.allowed) && !disabled
  // The person's own policies are always shown; then roles that allow it, then roles that would allow it but cannot be assumed.
  const [own, ...roles] = picture.ways
  const cutLate = ({ steps }: AccessWay): boolean => steps.at(-1)?.explanation.effect === 'allow'
  const shown = [
    ...roles.filter((way) => way.allowed),
    ...roles.filter((way) => !way.allowed && cutLate(way)),
  ]
  return {
    allowed,
    who,
    action: question.action,
    resource: question.resource === '' ? '*' : question.resource,
    ways: [...(own === undefined ? [] : [own]), ...shown.slice(0, 10)]
      .toSorted((a, b) => Number(b.allowed) - Number(a.allowed))
      .map((way) => wayView(way, ownTitle)),
  }
}

function wayView({ role, allowed, steps }: AccessWay, ownTitle: Words): WayView {
  const decisive = steps.find(({ explanation }) => explanation.effect === 'deny') ?? steps.at(-1)
  const becoming = role !== undefined && !allowed && decisive === steps[0]
  return {
    title: role === undefined ? ownTitle : t('As the role {role}', { role: role.name }),
    allowed,
    becoming,
    why: decisive === undefined ? '' : formatDecision(decisive.explanation),
    decisions: steps.map((step) => viewOfExplanation(step.request, step.explanation)),
  }
}

/** A question in an address. */
export const questionPath = (path: string, question: QuestionView): string => pathWith(path, { ...question })
