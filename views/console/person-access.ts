// One person: what they may do, as a list, and what they did.
import { type FormTarget, tokenField } from '../form.ts'
import { type Html, html } from '../html.ts'
import { type ActivityRow, activityTable } from './activity.ts'
import { nameSegment } from './name-segment.ts'
import { act, caution, command, done, type ListLinks, listFoot, section } from './parts.ts'
import { personPath } from './people.ts'
import { type Part, type PersonView, partOf, personHead } from './person.ts'
import {
  type AnswerView,
  accessAnswer,
  accessPictureView,
  accessQuestions,
  type Picture,
  type QuestionView,
} from './picture.ts'

interface Attached {
  readonly name: string
  readonly arn: string
}

export const policyPath = (arn: string): string => `/console/access/policy?arn=${encodeURIComponent(arn)}`

const policyList = (attached: readonly Attached[], inline: readonly string[]): Html =>
  attached.length + inline.length === 0
    ? html`<p class="empty">No policies.</p>`
    : html`<ul class="plain">${attached.map(({ name, arn }) => html`<li><a href="${policyPath(arn)}">${name}</a></li>`)}${inline.map((name) => html`<li>${name} <span class="note">inline</span></li>`)}</ul>`

export interface PolicyLists {
  readonly attached: Part<readonly Attached[]>
  readonly inline: Part<readonly string[]>
  readonly groups: readonly {
    readonly name: string
    readonly policies: Part<{ readonly attached: readonly Attached[]; readonly inline: readonly string[] }>
  }[]
}

export const personAccessPage = (p: {
  readonly person: PersonView
  readonly done: string | undefined
  readonly question: QuestionView
  /** What is wrong with the question. */
  readonly problem: string | undefined
  readonly picture: Part<{
    readonly picture: Picture
    readonly answer: AnswerView | undefined
    readonly incomplete: string | undefined
    readonly disabled: boolean
  }>
  /** In place of the picture, for whoever may not see it. */
  readonly lists: PolicyLists | undefined
  /** Of the form that adds them to a group. */
  readonly target: FormTarget
  readonly denied: string | undefined
  readonly links: ListLinks
  readonly commands: readonly string[]
}): Html => html`${personHead(p.person, '/access')}
${done(p.done)}
${accessQuestions({ here: `${personPath(p.person.name)}/access`, values: p.question, problem: p.problem, ask: 'Can they do this?' })}
${partOf(
  p.picture,
  ({ picture, answer, incomplete, disabled }) =>
    html`${disabled && caution('They are disabled: nothing of this is possible before they are enabled.')}${answer && accessAnswer(answer)}${section('What they can reach', html`${accessPictureView(picture)}${listFoot(p.links)}`, incomplete)}`,
)}
${
  p.lists &&
  section(
    'Policies of their own',
    partOf(p.lists.attached, (attached) =>
      policyList(attached, p.lists !== undefined && 'value' in p.lists.inline ? p.lists.inline.value : []),
    ),
  )
}
${section('Groups', groupList(p))}
${command(p.commands)}`

const groupList = (p: Parameters<typeof personAccessPage>[0]): Html => {
  const policies = new Map(p.lists?.groups.map((group) => [group.name, group.policies]))
  return html`${p.person.groups.length === 0 && html`<p class="empty">In no group.</p>`}<ul class="tree">${p.person.groups.map(
    (group) => {
      const has = policies.get(group)
      return html`<li><div class="tree-head"><a class="strong" href="/console/groups/${nameSegment(group)}">${group}</a>${act({ href: `${personPath(p.person.name)}/groups/${encodeURIComponent(group)}/leave`, label: 'Remove', denied: p.denied })}</div>${has && partOf(has, ({ attached, inline }) => policyList(attached, inline))}</li>`
    },
  )}</ul>
${p.denied === undefined && html`<form class="filter" method="post" action="${p.target.action}">${tokenField(p.target.token)}<div class="field"><label for="join">Add to a group</label><input type="text" id="join" name="group" maxlength="128" required autocomplete="off" autocapitalize="none" spellcheck="false"></div><button class="button quiet small" type="submit">Add</button></form>`}`
}

export const personActivityPage = (p: {
  readonly person: PersonView
  readonly rows: Part<readonly ActivityRow[]>
  readonly links: ListLinks
  readonly commands: readonly string[]
}): Html => html`${personHead(p.person, '/activity')}
${partOf(p.rows, (rows) => html`${activityTable(rows, 'Nothing yet.')}${listFoot(p.links)}`)}
${command(p.commands)}`
