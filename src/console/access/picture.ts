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
import { groupPath, personPath } from '../../../views/console/people/people.ts'
import { rolePath } from '../../../views/console/workloads/workloads.ts'
import type { OutsideKind } from '../../iam/access/facts.ts'
import type { AccessEdge, AccessNode, AccessWay } from '../../iam/access/picture.ts'
import type { PersonAccess, QuestionInput } from '../../iam/access/read-access.ts'
import type { AroundAccess } from '../../iam/access/read-around.ts'
import { formatDecision } from '../../policy/engine/decide.ts'
import { isProblem } from '../../problem.ts'
import { ladderOfExplanation } from '../frame/ladder.ts'
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
  readonly incomplete: string | undefined
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
    answer: question && { ...answerView(access, person.name, question), needsFactor: access.needsFactor },
    incomplete: access.roles.more
      ? `The account has more than 1,000 roles; of the first 1,000 ${access.roles.found} are in reach.`
      : undefined,
    disabled: access.disabled,
  }
}

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
      // Whatever they are, those who lead to it stand on its left.
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

export function stateOf({ kind, lit, cut, blocked, unmet }: AccessEdge): PictureEdge['state'] {
  if (lit) return 'lit'
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
const shortened = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text)
const plain = (text: string): string => text.replaceAll('`', '').slice(0, longest)
const lastName = (name: string): string =>
  name.startsWith('arn:') ? name.slice(name.lastIndexOf('/') + 1) : name
const named = (kind: string, name: string, href: string): NodeText => ({
  look: 'bearer',
  kind,
  title: name,
  lines: [kind],
  text: name,
  href,
})

export function nodeView(node: AccessNode): NodeText {
  switch (node.kind) {
    case 'person':
      return named('Person', node.name, personPath(node.name))
    case 'group':
      return named('Group', node.name, groupPath(node.name))
    case 'role':
      return named('Role', node.name, rolePath(node.name))
    case 'policy':
    case 'boundary':
      return policyView(node)
    case 'outside':
      return outsideView(node)
    case 'guardrails':
      return {
        look: 'limit',
        kind: 'Limit',
        title: 'Guardrails',
        lines: ['Of the account'],
        text: 'Guardrails of the account',
      }
    case 'statement': {
      const kind = node.effect === 'Allow' ? 'Allows' : 'Denies'
      const condition = /, (?:only )?(if .*)\.$/.exec(node.sentence)?.[1]
      return {
        look: node.effect === 'Allow' ? 'allow' : 'deny',
        kind,
        title: `${kind} ${plain(node.actions)}`,
        lines: [plain(`on ${node.resources}`), ...(condition === undefined ? [] : [plain(condition)])],
        text: shortened(node.sentence.replace(/^(?:Allows|Denies) /, '')),
      }
    }
    case 'free':
      return {
        look: 'allow',
        kind: 'Allows',
        title: 'Needs no permission',
        lines: ['Nobody is denied it'],
        text: 'it without a permission: nobody is denied it.',
      }
    case 'hidden':
      return {
        look: 'hidden',
        kind: 'Hidden',
        title: hiddenTitles[node.what],
        lines: [node.permission],
        text: `${hiddenTitles[node.what]}: you lack \`${node.permission}\``,
      }
  }
}

const outsideKinds = {
  account: 'Account',
  provider: 'Provider',
  service: 'Service',
  anyone: 'Anyone',
  session: 'Session',
  principal: 'Elsewhere',
} as const satisfies Record<OutsideKind, string>

function outsideView({ what, name }: Extract<AccessNode, { readonly kind: 'outside' }>): NodeText {
  const kind = outsideKinds[what]
  const account = /\d{12}/.exec(name)?.[0] ?? ''
  const about = {
    account: 'Whom a policy of theirs lets',
    anyone: 'Whoever there is',
    provider: 'Its tokens',
    service: 'A service',
    session: 'A session of a role',
    principal: 'Deleted, or of another account',
  }[what]
  const title = what === 'account' ? account : what === 'anyone' ? 'Everybody' : lastName(name)
  const text = what === 'account' ? `\`${account}\`: whom a policy of theirs lets` : `\`${name}\``
  return {
    look: 'bearer',
    kind,
    title,
    lines: [kind === 'Anyone' ? about : `${kind}: ${about.toLowerCase()}`],
    text,
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
  const what = kind === 'boundary' ? 'Permissions boundary' : managed ? 'Policy' : 'Inline policy'
  return {
    look: kind === 'boundary' ? 'limit' : 'policy',
    kind: kind === 'boundary' ? 'Limit' : 'Policy',
    title: lastName(name),
    lines: [what],
    text:
      kind === 'boundary'
        ? `${lastName(name)}, a permissions boundary`
        : managed
          ? lastName(name)
          : `${name}, inline`,
    href: managed ? policyPath(name) : undefined,
  }
}

const familyNames = {
  who: '',
  groups: 'groups',
  roles: 'roles',
  policies: 'policies',
  limits: 'limits',
  statements: 'statements',
} as const

function moreView({ family, count, open }: FoldedNode, unfold: (key: string) => string): NodeText {
  if (family === 'who') {
    const title = count === undefined ? 'More' : `${count} more`
    const href = open === undefined ? undefined : unfold(open)
    const lines = [href === undefined ? 'Too many to draw' : 'Unfold']
    return { look: 'more', kind: 'More', title, lines, text: title, href }
  }
  const name = count === 1 ? familyNames[family].replace(/ies$/, 'y').replace(/s$/, '') : familyNames[family]
  const title = `${count} more ${name}`
  return {
    look: 'more',
    kind: 'More',
    title,
    lines: [open === undefined ? 'Too many to draw' : 'Unfold'],
    text: open === undefined ? `${title}, too many to draw` : title,
    href: open === undefined ? undefined : unfold(open),
  }
}

/** @param ownTitle the title of the way without a role */
export function answerView(
  { picture, disabled = false }: Pick<PersonAccess, 'picture'> & { readonly disabled?: boolean },
  who: string,
  question: QuestionView,
  ownTitle = 'As themselves',
): AnswerView {
  const allowed = picture.ways.some((way) => way.allowed) && !disabled
  // As themselves always; roles first that lead there, then those that come closest.
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

function wayView({ role, allowed, steps }: AccessWay, ownTitle: string): WayView {
  const decisive = steps.find(({ explanation }) => explanation.effect === 'deny') ?? steps.at(-1)
  const becoming = role !== undefined && !allowed && decisive === steps[0]
  return {
    title: role === undefined ? ownTitle : `As the role ${role.name}`,
    allowed,
    why: `${becoming ? 'becoming it is ' : ''}${decisive === undefined ? '' : formatDecision(decisive.explanation)}`,
    ladders: steps.map((step) => ladderOfExplanation(step.request, step.explanation)),
  }
}

/** A question in an address. */
export const questionPath = (path: string, question: QuestionView): string => pathWith(path, { ...question })
