// The picture of access: an SVG drawing, and a nested list of the same nodes. Keyboards and screen readers use the list; the drawing
// is hidden from them. Whether an edge allows, cuts or is conditional is shown by signs and words too, never by colour alone.
import { hidden } from '../../form.ts'
import { type Html, html, type Translate } from '../../html.ts'
import { type DecisionView, decisionPart, withPolicyLinks } from '../frame/decision.ts'
import { badge, code, type ListLinks, listFoot, section } from '../frame/parts.ts'
import { remote, suggestAttributes, suggestList } from '../frame/suggest.ts'
import { known, sentences, t, type Words } from '../message.ts'
import { type Part, partOf } from '../people/person.ts'
import { inMarkup, knownText, type LocalizedText, message, plain } from '../text.ts'
import { type Box, type Column, type Line, layoutOf, widths } from './picture-layout.ts'

export interface PictureNode {
  readonly id: string
  readonly column: Column
  readonly look: 'bearer' | 'policy' | 'limit' | 'allow' | 'deny' | 'hidden' | 'more'
  /** What it is: `Role`, `Allows`. */
  readonly kind: LocalizedText
  readonly title: LocalizedText
  /** Further lines of the drawing; the list has `text` instead. */
  readonly lines: readonly LocalizedText[]
  /** All of it. */
  readonly text: LocalizedText
  readonly href?: string | undefined
}

export interface PictureEdge {
  readonly from: string
  readonly to: string
  readonly look: 'plain' | 'limit' | 'allow' | 'deny'
  /** What must hold, in words; names in backticks. */
  readonly condition?: string | undefined
  /** Undefined without a question, and for what has no part in the answer. */
  readonly state?: 'on-way' | 'cut' | 'blocked' | 'unmet' | undefined
}

export interface Picture {
  /** For a picture that is not of a person: who leads to it, and what follows. */
  readonly labels?: { readonly who: Words; readonly nobody: Words; readonly reaches: Words } | undefined
  /** What it is of first, then in the order of the drawing. */
  readonly nodes: readonly PictureNode[]
  readonly edges: readonly PictureEdge[]
}

export interface WayView {
  /** `As themselves`, `As the role deploy`. */
  readonly title: Words
  readonly allowed: boolean
  /** The role cannot be become, so that its policies do not matter. */
  readonly becoming: boolean
  /** Why: a text of the policy engine with names in backticks. */
  readonly why: string
  readonly decisions: readonly DecisionView[]
}

export interface AnswerView {
  readonly allowed: boolean
  /** It is allowed only in a session that began with a second factor. */
  readonly needsFactor?: boolean
  /** `ada` */
  readonly who: Words
  readonly action: string
  readonly resource: string
  readonly ways: readonly WayView[]
}

export interface QuestionView {
  readonly action: string
  readonly resource: string
  readonly context: string
}

const examples: QuestionView = {
  action: 'docs:PutDocument',
  resource: 'arn:aws:docs:::documents/drafts/1',
  context: 'aws:MultiFactorAuthPresent=true',
}

/** The two questions about an action and a resource. @param here the page that answers the first */
export const accessQuestions = (p: {
  readonly here: string | undefined
  readonly values: QuestionView
  readonly problem: string | undefined
  readonly ask: Words
  /** Further fields of the address. */
  readonly hidden?: Readonly<Record<string, string>>
}): Html => html`<form class="asking questions" method="get" action="${p.here ?? '/console/access/who'}">${Object.entries(p.hidden ?? {}).map(([name, value]) => hidden(name, value))}
<div class="field"><label for="q-action">${t('Action')}</label><input type="text" id="q-action" name="action" value="${p.values.action}" placeholder="${examples.action}" maxlength="256" required autocomplete="off" autocapitalize="none" spellcheck="false"${suggestAttributes('q-action', remote('action'))}>${suggestList('q-action', remote('action'))}</div>
<div class="field"><label for="q-resource">${t('Resource')}</label><input type="text" id="q-resource" name="resource" value="${p.values.resource}" placeholder="${examples.resource}" maxlength="2048" autocomplete="off" autocapitalize="none" spellcheck="false"${suggestAttributes('q-resource', remote('resource'))}>${suggestList('q-resource', remote('resource'))}</div>
<details class="more"${p.values.context !== '' && html` open`}><summary>${t('Condition keys')}</summary><div class="field"><label for="q-context" class="visually-hidden">${t('Condition keys')}</label><textarea id="q-context" name="context" rows="2" placeholder="${examples.context}" maxlength="4096" spellcheck="false" aria-describedby="q-context-note">
${p.values.context}</textarea><p class="note" id="q-context-note">${t('What the request has, one key=value on each line.')}</p></div></details>
${p.problem !== undefined && html`<p class="alert" role="alert"><span class="sign" aria-hidden="true">!</span><span>${known(p.problem)}</span></p>`}
<div class="form-acts"><button class="button primary small" type="submit">${p.ask}</button>${p.here !== undefined && html`<button class="button quiet small" type="submit" formaction="/console/access/who">${t('Who can do this?')}</button>`}</div>
</form>`

export const accessAnswer = (p: AnswerView): Html => html`<div class="decision">
<p class="verdict ${p.allowed ? 'good' : 'bad'}">${verdict(p)}</p>
<ul class="findings">${p.ways.map(
  (way) =>
    html`<li>${badge(t(way.allowed ? 'Allowed' : 'Denied'), way.allowed ? 'good' : 'bad')} ${t('{what}: {value}', { what: html`<span class="strong">${way.title}</span>`, value: whyOf(way) })}<details class="more"><summary>${t('Each layer')}</summary>${way.decisions.map(decisionPart)}</details></li>`,
)}</ul></div>`

const verdict = ({ allowed, needsFactor, who, action, resource }: AnswerView): Words =>
  t(
    !allowed
      ? '{verdict}: {who} cannot do {action} on {resource}'
      : needsFactor
        ? '{verdict}: {who} can do {action} on {resource}, once signed in with a second factor'
        : '{verdict}: {who} can do {action} on {resource}',
    {
      verdict: html`<strong>${t(allowed ? 'Yes' : 'No')}</strong>`,
      who,
      action: code(action),
      resource: code(resource),
    },
  )

const whyOf = ({ becoming, why }: WayView): Words =>
  becoming ? t('becoming it is {decision}', { decision: withPolicyLinks(why) }) : withPolicyLinks(why)

export const accessPictureView = (picture: Picture): Html => {
  if (picture.edges.length === 0) return html`<p class="empty">${t('No groups, roles or policies.')}</p>`
  const asked = picture.edges.some(({ state }) => state !== undefined)
  return html`<div class="picture"><div class="picture-list">${listOf(picture)}</div>
<figure><div class="picture-frame" tabindex="0" role="region" aria-label="${t('Drawing of the access; the list says the same in words')}"><div class="picture-size">${(translate) => drawing(picture, asked, translate)}</div></div><figcaption class="note">${legend(asked)} <span class="picture-hint">${t('It is wider than the screen: scroll it sideways.')}</span></figcaption></figure></div>`
}

const legend = (asked: boolean): Words =>
  sentences([
    t('An arrow allows, a cross denies, a dashed line depends on a condition.'),
    ...(asked
      ? [
          t(
            'Thick lines and ✓ are the way to what was asked, ✕ is what cuts it, ? is a condition that does not hold.',
          ),
        ]
      : []),
  ])

/* The list */

function listOf({ nodes, edges, labels }: Picture): Html {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const from = new Map<string, PictureEdge[]>()
  for (const edge of edges) from.set(edge.from, [...(from.get(edge.from) ?? []), edge])
  const listed = new Set<string>()
  const below = (id: string): Html | false => {
    const lines = from.get(id) ?? []
    return lines.length > 0 && html`<ul>${lines.map((edge) => item(edge))}</ul>`
  }
  const item = (edge: PictureEdge): Html => {
    const node = byId.get(edge.to)
    if (node === undefined) return html``
    const again = listed.has(node.id)
    listed.add(node.id)
    return html`<li class="${node.look}">${nodeText(node)}${edge.condition !== undefined && edge.look === 'plain' && ifPart(edge.condition)}${stateBadge(edge, byId.get(edge.from))}${again ? (from.has(node.id) ? html` <span class="note">${t('as above')}</span>` : false) : below(node.id)}</li>`
  }
  const [start] = nodes
  if (start === undefined) return html``
  if (labels === undefined) return html`<p>${nodeText(start)}</p>${below(start.id)}`
  const leading = edges.filter(({ to }) => to === start.id)
  return html`<p>${nodeText(start)}</p><h3>${labels.who}</h3>${
    leading.length === 0
      ? html`<p class="note">${labels.nobody}</p>`
      : html`<ul>${leading.map((edge) => whoItem(edge, byId.get(edge.from)))}</ul>`
  }<h3>${labels.reaches}</h3>${below(start.id) || html`<p class="note">${t('Nothing.')}</p>`}`
}

const whoItem = (edge: PictureEdge, node: PictureNode | undefined): Html =>
  html`${node && html`<li class="${node.look}">${nodeText(node)}${edge.condition !== undefined && ifPart(edge.condition)}</li>`}`

const ifPart = (condition: string): Html =>
  html` <span class="note">${t('if {condition}', { condition: known(condition) })}</span>`

const nodeText = (node: PictureNode): Html => {
  const text = inMarkup(node.text)
  return html`<span class="note">${node.kind}</span> ${node.href === undefined ? text : html`<a href="${node.href}">${text}</a>`}`
}

const stateBadge = ({ look, state }: PictureEdge, parent: PictureNode | undefined): Html | false => {
  if (state === 'on-way') return html` ${badge(t('On the way'), 'good')}`
  if (state === 'cut') return html` ${badge(t('Cuts the way'), 'bad')}`
  // What leads to a statement that grants it needs no word of its own.
  if (state === 'blocked')
    return look === 'allow' && parent?.look !== 'limit' && html` ${badge(t('Would be the way'), 'neutral')}`
  return state === 'unmet' && html` ${badge(t('Condition does not hold'), 'care')}`
}

/* The drawing */

const leastWidth = 980
const headings = [t('Person'), t('Groups'), t('Roles'), t('Policies'), t('What they say')] as const

/** Letters of a title and of a smaller line that fit into a column. */
const roomFor = (column: Column) => ({
  title: Math.floor((widths[column] - 34) / 6.9),
  line: Math.floor((widths[column] - 20) / 6.1),
})

interface Drawn {
  readonly node: PictureNode
  readonly title: readonly string[]
  readonly lines: readonly string[]
}

function drawn(node: PictureNode, translate: Translate): Drawn {
  const room = roomFor(node.column)
  const isStatement = node.look === 'allow' || node.look === 'deny'
  return {
    node,
    // Other titles are names.
    title: wrapped(
      node.title(translate),
      room.title,
      node.column === 4 || node.look === 'more' || node.look === 'hidden' ? 2 : 1,
    ),
    // What a statement is about comes first.
    lines: node.lines.flatMap((line, at) =>
      wrapped(line(translate), room.line, isStatement && at === 0 ? 1 : 2),
    ),
  }
}

function drawing(picture: Picture, asked: boolean, translate: Translate): Html {
  const nodes = picture.nodes.map((node) => drawn(node, translate))
  const layout = layoutOf(
    nodes.map(({ node, title, lines }) => ({
      id: node.id,
      column: node.column,
      lines: title.length + lines.length,
    })),
    picture.edges,
  )
  // Drawings of few columns are no larger than others.
  const width = Math.max(layout.width, leastWidth)
  const states = new Map<string, PictureEdge['state']>()
  const rank = ['on-way', 'cut', 'unmet', 'blocked', undefined]
  for (const { to, state } of picture.edges)
    if (!states.has(to) || rank.indexOf(state) < rank.indexOf(states.get(to))) states.set(to, state)
  const [person] = picture.nodes
  // The person is the start of every way.
  const best = rank.find((state) => picture.edges.some((edge) => edge.state === state))
  if (person !== undefined)
    states.set(person.id, best === 'on-way' ? 'on-way' : best === undefined ? undefined : 'blocked')
  const ordered = picture.edges
    .map((edge, at) => ({ edge, line: layout.lines[at] }))
    .toSorted((a, b) => rank.indexOf(b.edge.state) - rank.indexOf(a.edge.state))
  return html`<svg class="${asked ? 'asked' : 'whole'}" viewBox="0 0 ${width} ${layout.height}" width="${width}" height="${layout.height}" aria-hidden="true" focusable="false">
${[...layout.columns].map(([column, { x }]) => html`<text class="heading" x="${x}" y="14">${column === 0 && picture.labels ? t('Who') : headings[column]}</text>`)}
${ordered.map(({ edge, line }) => line !== undefined && edgeOf(edge, line, translate))}
${nodes.map((one) => {
  const box = layout.boxes.get(one.node.id)
  return box !== undefined && nodeOf(one, box, states.get(one.node.id), translate)
})}
</svg>`
}

function edgeOf(edge: PictureEdge, { path, x, y, level }: Line, translate: Translate): Html {
  const dashed = edge.condition !== undefined
  const cross = edge.look === 'deny' || edge.state === 'cut'
  const room = Math.floor((level - 16) / 5.6)
  const label =
    edge.look === 'plain' && edge.condition !== undefined && room > 8
      ? plain(message('if {condition}', { condition: knownText(edge.condition) }))(translate)
      : ''
  return html`<g class="edge ${edge.look} ${edge.state ?? 'none'}"><path class="${dashed ? 'line dashed' : 'line'}" d="${path}"/>${
    cross
      ? html`<path class="cross" d="M${x - 14} ${y - 5}l10 10m0-10l-10 10"/>`
      : html`<path class="tip" d="M${x - 7} ${y - 4}L${x} ${y}L${x - 7} ${y + 4}z"/>`
  }${label !== '' && wrapped(label, room, 2).map((line, at) => html`<text class="label" x="${x - level + 4}" y="${at === 0 ? y - 6 : y + 15}"><title>${label}</title>${line}</text>`)}</g>`
}

function nodeOf(
  { node, title, lines }: Drawn,
  { x, y, width, height }: Box,
  state: PictureEdge['state'],
  translate: Translate,
): Html {
  const sign = state === 'on-way' ? '✓' : state === 'cut' ? '✕' : state === 'unmet' ? '?' : ''
  const content = html`<title>${plain(message('{what}: {value}', { what: node.kind, value: node.text }))(translate)}</title><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="9"/>${[
    ...title,
    ...lines,
  ].map(
    (line, at) =>
      html`<text class="${at < title.length ? 'title' : 'line-text'}" x="${x + 10}" y="${Math.round(y + 20 + at * 17)}">${line}</text>`,
  )}${sign !== '' && html`<text class="sign" x="${x + width - 10}" y="${Math.round(y + 20)}">${sign}</text>`}`
  return html`<g class="node ${node.look} ${state ?? 'none'}">${node.href === undefined ? content : html`<a href="${node.href}" tabindex="-1">${content}</a>`}</g>`
}

/** Letters of scripts such as Chinese are about twice as wide as others. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) > 0x2e80 ? 2 : 1), 0)

/** Behind a blank, and between letters of a script that has none. */
const breaks = /(?<= )|(?<=[\u3001-\u9fff\uff1a])(?![\u3001\u3002\u300d\u30fc\uff09\uff1a])/

/** At most so many lines of about so many letters, broken between words; the last is clipped. */
function wrapped(text: string, letters: number, most: number): readonly string[] {
  const lines: string[] = []
  let rest = text
  while (lines.length < most - 1 && widthOf(rest) > letters) {
    let kept = ''
    for (const word of rest.split(breaks)) {
      if (widthOf(kept + word.trimEnd()) > letters) break
      kept += word
    }
    if (kept === '') break
    lines.push(kept.trimEnd())
    rest = rest.slice(kept.length)
  }
  return [...lines, clipped(rest, letters)]
}

/** Of a long ARN the end says most, and more than the `on ` or `対象：` before it; of other text the beginning. */
function clipped(text: string, letters: number): string {
  if (widthOf(text) <= letters) return text
  if (/^(?:\S{1,4} |[^ ]{1,4}\uff1a)arn:/.test(text))
    return clipped(text.slice(text.indexOf('arn:')), letters)
  const end = text.startsWith('arn:')
  const all = [...text]
  let kept = end ? all.toReversed() : all
  let used = 1
  let at = 0
  for (const letter of kept) {
    used += widthOf(letter)
    if (used > letters) break
    at++
  }
  kept = kept.slice(0, at)
  return end ? `…${kept.toReversed().join('')}` : `${kept.join('').trimEnd()}…`
}

/** The picture of a role, a group or a policy with its questions, as a part of a page. */
export interface AroundView {
  readonly here: string
  readonly hidden: Readonly<Record<string, string>>
  readonly question: QuestionView
  readonly problem: string | undefined
  readonly ask: Words
  /** The picture as a file. */
  readonly files: ListLinks
  readonly picture: Part<{
    readonly picture: Picture
    readonly answer: AnswerView | undefined
    readonly incomplete: Words | undefined
  }>
}

export const aroundSection = (p: AroundView): Html =>
  section(
    t('Access'),
    html`${accessQuestions({ here: p.here, hidden: p.hidden, values: p.question, problem: p.problem, ask: p.ask })}${partOf(
      p.picture,
      ({ picture, answer, incomplete }) =>
        html`${answer && accessAnswer(answer)}${incomplete !== undefined && html`<p class="note">${incomplete}</p>`}${accessPictureView(picture)}${listFoot(p.files)}`,
    )}`,
  )
