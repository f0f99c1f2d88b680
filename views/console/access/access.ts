// Access: the list of policies, and one of them with what it says in words.
import type { FormTarget } from '../../form.ts'
import { hidden, tokenField } from '../../form.ts'
import { type Fragment, type Html, html } from '../../html.ts'
import { nameSegment } from '../frame/name-segment.ts'
import {
  act,
  badge,
  caution,
  choiceField,
  code,
  command,
  done,
  facts,
  filterBar,
  heading,
  type ListView,
  listPage,
  section,
  table,
  tabs,
  when,
} from '../frame/parts.ts'
import { policyPath } from '../frame/policy-path.ts'
import { type NamedView, namedField } from '../frame/suggest.ts'
import { personPath } from '../people/people.ts'
import { type Part, partOf } from '../people/person.ts'
import {
  type FindingView,
  findings,
  type Sentence,
  type TestView,
  testCount,
  testList,
  words,
} from './document-review.ts'
import { type AroundView, aroundSection } from './picture.ts'

export const accessTabs = (current: 'policies' | 'ask' | 'who' | 'requests' | 'explain'): Html =>
  tabs('Access', [
    { href: '/console/access', title: 'Policies', current: current === 'policies' },
    { href: '/console/workloads', title: 'Roles', current: false },
    { href: '/console/access/ask', title: 'Ask', current: current === 'ask' },
    { href: '/console/access/who', title: 'Who can', current: current === 'who' },
    { href: '/console/access/requests', title: 'Requests', current: current === 'requests' },
    { href: '/console/access/explain', title: 'Explain a refusal', current: current === 'explain' },
  ])

export interface PolicyRow {
  readonly name: string
  readonly arn: string
  readonly description: string | undefined
  readonly attachments: number
  readonly boundaries: number
  readonly updatedAt: string
  /** Of the account, and not built in. */
  readonly own: boolean
}

export const policiesPage = (
  p: ListView & {
    readonly policies: readonly PolicyRow[]
    readonly scope: string
  },
): Html =>
  listPage(p, {
    title: 'Access',
    add: { href: '/console/access/new', label: 'New policy' },
    tabs: accessTabs('policies'),
    filter: filterBar(
      '/console/access',
      choiceField({
        name: 'scope',
        label: 'Policies',
        value: p.scope,
        options: [
          ['Local', 'Of this account'],
          ['AWS', 'Built in'],
          ['All', 'All'],
        ],
      }),
    ),
    list: table(
      'Policies',
      [
        {
          title: 'Name',
          cell: (one) =>
            html`<a class="strong" href="${policyPath(one.arn)}">${one.name}</a>${one.description !== undefined && html`<span class="note reason">${one.description}</span>`}`,
        },
        { title: 'Comes from', cell: (one) => (one.own ? 'This account' : 'Built in') },
        { title: 'Attached to', cell: (one) => `${one.attachments}` },
        { title: 'Changed', cell: (one) => when(one.updatedAt) },
      ],
      p.policies,
      'No policy of this account yet.',
    ),
  })

export interface PolicyView {
  readonly name: string
  readonly arn: string
  readonly description: string | undefined
  readonly own: boolean
  /** In force. */
  readonly version: string
  readonly document: string
  readonly versions: readonly {
    readonly id: string
    readonly createdAt: string
    readonly isDefault: boolean
  }[]
}

/** To whom a policy is attached, by name. */
interface Holders {
  readonly users: readonly string[]
  readonly groups: readonly string[]
  readonly roles: readonly string[]
}

const isHeld = ({ users, groups, roles }: Holders): boolean => users.length + groups.length + roles.length > 0

type HolderKind = 'user' | 'group' | 'role'

/** @param detach what stands beside each */
const holders = (all: Holders, detach: (kind: HolderKind, name: string) => Fragment = () => ''): Html => {
  const item = (kind: HolderKind, word: string, href: string, name: string) =>
    html`<li><div class="tree-head"><span>${badge(word)} <a href="${href}">${name}</a></span>${detach(kind, name)}</div></li>`
  return isHeld(all)
    ? html`<ul class="tree">${all.users.map((name) => item('user', 'Person', personPath(name), name))}${all.groups.map((name) => item('group', 'Group', `/console/groups/${nameSegment(name)}`, name))}${all.roles.map((name) => item('role', 'Role', `/console/workloads/${nameSegment(name)}`, name))}</ul>`
    : html`<p class="empty">Nothing: it grants nobody anything.</p>`
}

/** Who gains and who loses when a policy is deleted. */
export const holdersReview = (entities: Part<Holders>): Html =>
  section(
    'Who gains, who loses',
    partOf(entities, (all) =>
      isHeld(all)
        ? html`${caution('It is attached, and is not deleted before it is detached from them; each detaching shows what they lose.')}${holders(all)}`
        : html`<p class="empty">Nobody: it is attached to nothing.</p>`,
    ),
  )

export const policyPage = (p: {
  readonly policy: PolicyView
  readonly sentences: readonly Sentence[]
  readonly findings: readonly FindingView[]
  readonly tests: readonly TestView[]
  readonly entities: Part<Holders>
  readonly access: AroundView
  /** The form that attaches it; its address also asks before it is detached. */
  readonly attach: {
    readonly target: FormTarget
    readonly kind: string
    readonly name: NamedView
    /** Why the reader may attach it to nobody. */
    readonly denied: string | undefined
  }
  readonly denied: { readonly edit: string | undefined; readonly remove: string | undefined }
  readonly done: string | undefined
  readonly commands: readonly string[]
}): Html => {
  const query = `?arn=${encodeURIComponent(p.policy.arn)}`
  return html`${heading({
    title: p.policy.name,
    crumb: { href: '/console/access', title: 'Policies' },
    ...(p.policy.description !== undefined && { lead: p.policy.description }),
    acts:
      p.policy.own &&
      html`${act({ href: `/console/access/edit${query}`, label: 'Edit', denied: p.denied.edit, look: 'primary' })}${act({ href: `/console/access/delete${query}`, label: 'Delete', denied: p.denied.remove, look: 'danger' })}`,
  })}
${done(p.done)}
<div class="columns even"><div>
${section('In words', words(p.sentences))}
${section('Warnings', findings(p.findings))}
${p.tests.length > 0 && section('Tests', html`${p.tests.some(({ state }) => state === 'fails') && html`<p class="alert" role="alert"><span class="sign" aria-hidden="true">!</span><span>Tests fail: what is in force was not saved here, or its tests were changed since.</span></p>`}${testList(p.tests)}`, testCount(p.tests))}
${section('Attached to', html`${partOf(p.entities, (all) => holders(all, detachLink(p)))}${attachForm(p)}`)}
</div><div>
${section('Document', html`<pre class="source" tabindex="0"><code>${p.policy.document}</code></pre>`)}
${facts([
  ['ARN', code(p.policy.arn)],
  [
    'Versions',
    html`<ul class="plain">${p.policy.versions.map((one) => html`<li>${one.id} · ${when(one.createdAt)} ${one.isDefault && badge('In force', 'good')}</li>`)}</ul>`,
  ],
])}
</div></div>
${aroundSection(p.access)}
${command(p.commands)}`
}

type Attaching = Pick<Parameters<typeof policyPage>[0], 'policy' | 'attach'>

const detachLink =
  ({ policy, attach: { target } }: Attaching) =>
  (kind: HolderKind, name: string): Html =>
    act({
      href: `${target.action}?${new URLSearchParams({ arn: policy.arn, kind, name, do: 'detach' })}`,
      label: html`Detach<span class="visually-hidden"> from ${name}</span>`,
      denied: undefined,
    })

const attachForm = ({ policy, attach: { target, kind, name, denied } }: Attaching): Html | false =>
  denied === undefined &&
  html`<form class="filter" method="post" action="${target.action}">${tokenField(target.token)}${hidden('arn', policy.arn)}${hidden('do', 'attach')}${choiceField(
    {
      name: 'kind',
      label: 'Attach to a',
      value: kind,
      options: [
        ['user', 'Person'],
        ['group', 'Group'],
        ['role', 'Role'],
      ],
    },
  )}${namedField({ id: 'attach-name', name: 'name', label: 'Name', ...name })}<button class="button quiet small" type="submit">Attach</button></form>`
