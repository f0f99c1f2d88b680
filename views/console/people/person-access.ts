// One person: what they may do, as a list, and what they did.
import { type FormTarget, tokenField } from '../../form.ts'
import { type Html, html } from '../../html.ts'
import {
  type AttachedPolicy,
  type AttachForm,
  holderPolicies,
  type OwnPolicies,
} from '../access/holder-policies.ts'
import {
  type AnswerView,
  accessAnswer,
  accessPictureView,
  accessQuestions,
  type Picture,
  type QuestionView,
} from '../access/picture.ts'
import { type ActivityRow, activityTable } from '../activity/activity.ts'
import { nameSegment } from '../frame/name-segment.ts'
import { act, caution, command, done, type ListLinks, listFoot, section } from '../frame/parts.ts'
import { policyPath } from '../frame/policy-path.ts'
import { type NamedView, namedField } from '../frame/suggest.ts'
import { t, type Words } from '../message.ts'
import { personPath, takeOut } from './people.ts'
import { type Part, type PersonView, partOf, personHead } from './person.ts'

const policyList = (attached: readonly AttachedPolicy[], inline: readonly string[]): Html =>
  attached.length + inline.length === 0
    ? html`<p class="empty">${t('No policies.')}</p>`
    : html`<ul class="plain">${attached.map(({ name, arn }) => html`<li><a href="${policyPath(arn)}">${name}</a></li>`)}${inline.map((name) => html`<li>${name} <span class="note">${t('inline')}</span></li>`)}</ul>`

export const personAccessPage = (p: {
  readonly person: PersonView
  readonly done: Words | undefined
  readonly question: QuestionView
  /** What is wrong with the question. */
  readonly problem: string | undefined
  readonly picture: Part<{
    readonly picture: Picture
    readonly answer: AnswerView | undefined
    readonly incomplete: Words | undefined
    readonly disabled: boolean
  }>
  /** Their own policies. */
  readonly policies: Part<OwnPolicies>
  readonly attach: AttachForm
  /** In place of the picture, for whoever may not see it: the policies of their groups. */
  readonly groupPolicies: ReadonlyMap<string, Part<OwnPolicies>> | undefined
  /** The form that adds them to a group. */
  readonly join: {
    readonly target: FormTarget
    readonly denied: string | undefined
    readonly group: NamedView
  }
  readonly links: ListLinks
  readonly commands: readonly string[]
}): Html => html`${personHead(p.person, '/access')}
${done(p.done)}
${accessQuestions({ here: `${personPath(p.person.name)}/access`, values: p.question, problem: p.problem, ask: t('Can they do this?') })}
${partOf(
  p.picture,
  ({ picture, answer, incomplete, disabled }) =>
    html`${disabled && caution(t('They are disabled: nothing of this is possible before they are enabled.'))}${answer && accessAnswer(answer)}${section(t('What they can reach'), html`${accessPictureView(picture)}${listFoot(p.links)}`, incomplete)}`,
)}
${section(t('Policies of their own'), holderPolicies({ policies: p.policies, form: p.attach, empty: t('None: what they may do comes from their groups and roles.') }))}
${section(t('Groups'), groupList(p))}
${command(p.commands)}`

const groupList = ({ person, groupPolicies, join }: Parameters<typeof personAccessPage>[0]): Html =>
  html`${person.groups.length === 0 && html`<p class="empty">${t('In no group.')}</p>`}<ul class="tree">${person.groups.map(
    (group) => {
      const has = groupPolicies?.get(group)
      return html`<li><div class="tree-head"><a class="strong" href="/console/groups/${nameSegment(group)}">${group}</a>${act({ href: `${personPath(person.name)}/groups/${nameSegment(group)}/leave`, label: takeOut(group), denied: join.denied })}</div>${has && partOf(has, ({ attached, inline }) => policyList(attached, inline))}</li>`
    },
  )}</ul>
${join.denied === undefined && html`<form class="filter" method="post" action="${join.target.action}">${tokenField(join.target.token)}${namedField({ id: 'join', name: 'group', label: t('Add to a group'), ...join.group })}<button class="button quiet small" type="submit">${t('Add')}</button></form>`}`

export const personActivityPage = (p: {
  readonly person: PersonView
  readonly rows: Part<readonly ActivityRow[]>
  readonly links: ListLinks
  readonly commands: readonly string[]
}): Html => html`${personHead(p.person, '/activity')}
${partOf(p.rows, (rows) => html`${activityTable(rows, t('Nothing yet.'))}${listFoot(p.links)}`)}
${command(p.commands)}`
