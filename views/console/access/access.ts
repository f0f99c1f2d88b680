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
import { known, t, type Words } from '../message.ts'
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
  tabs(t('Access'), [
    { href: '/console/access', title: t('Policies'), current: current === 'policies' },
    { href: '/console/workloads', title: t('Roles'), current: false },
    { href: '/console/access/ask', title: t('Ask'), current: current === 'ask' },
    { href: '/console/access/who', title: t('Who can'), current: current === 'who' },
    { href: '/console/access/requests', title: t('Requests'), current: current === 'requests' },
    { href: '/console/access/explain', title: t('Explain a refusal'), current: current === 'explain' },
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
    title: t('Access'),
    add: { href: '/console/access/new', label: t('New policy') },
    tabs: accessTabs('policies'),
    filter: filterBar(
      '/console/access',
      choiceField({
        name: 'scope',
        label: t('Policies'),
        value: p.scope,
        options: [
          ['Local', t('Of this account')],
          ['AWS', t('Built in')],
          ['All', t('All policies')],
        ],
      }),
    ),
    list: table(
      t('Policies'),
      [
        {
          title: t('Name'),
          cell: (one) =>
            html`<a class="strong" href="${policyPath(one.arn)}">${one.name}</a>${one.description !== undefined && html`<span class="note reason">${descriptionOf(one)}</span>`}`,
        },
        { title: t('Comes from'), cell: (one) => t(one.own ? 'This account' : 'Built in') },
        { title: t('Attached to'), cell: (one) => one.attachments },
        { title: t('Changed'), cell: (one) => when(one.updatedAt) },
      ],
      p.policies,
      t('No policy of this account yet.'),
    ),
  })

/** Those of built-in policies are translated where they are known. */
const descriptionOf = ({
  description = '',
  own,
}: {
  readonly description: string | undefined
  readonly own: boolean
}): Words => (own ? html`${description}` : known(description))

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
  const item = (kind: HolderKind, word: Words, href: string, name: string) =>
    html`<li><div class="tree-head"><span>${badge(word)} <a href="${href}">${name}</a></span>${detach(kind, name)}</div></li>`
  return isHeld(all)
    ? html`<ul class="tree">${all.users.map((name) => item('user', t('Person'), personPath(name), name))}${all.groups.map((name) => item('group', t('Group'), `/console/groups/${nameSegment(name)}`, name))}${all.roles.map((name) => item('role', t('Role'), `/console/workloads/${nameSegment(name)}`, name))}</ul>`
    : html`<p class="empty">${t('Nothing: it grants nobody anything.')}</p>`
}

/** Who gains and who loses when a policy is deleted. */
export const holdersReview = (entities: Part<Holders>): Html =>
  section(
    t('Who gains, who loses'),
    partOf(entities, (all) =>
      isHeld(all)
        ? html`${caution(t('It is attached, and is not deleted before it is detached from them; each detaching shows what they lose.'))}${holders(all)}`
        : html`<p class="empty">${t('Nobody: it is attached to nothing.')}</p>`,
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
  readonly done: Words | undefined
  readonly commands: readonly string[]
}): Html => {
  const query = `?arn=${encodeURIComponent(p.policy.arn)}`
  return html`${heading({
    title: p.policy.name,
    crumb: { href: '/console/access', title: t('Policies') },
    ...(p.policy.description !== undefined && { lead: descriptionOf(p.policy) }),
    acts:
      p.policy.own &&
      html`${act({ href: `/console/access/edit${query}`, label: t('Edit'), denied: p.denied.edit, look: 'primary' })}${act({ href: `/console/access/delete${query}`, label: t('Delete'), denied: p.denied.remove, look: 'danger' })}`,
  })}
${done(p.done)}
<div class="columns even"><div>
${section(t('In words'), words(p.sentences))}
${section(t('Warnings'), findings(p.findings))}
${p.tests.length > 0 && section(t('Tests'), html`${p.tests.some(({ state }) => state === 'fails') && html`<p class="alert" role="alert"><span class="sign" aria-hidden="true">!</span><span>${t('Tests fail: what is in force was not saved here, or its tests were changed since.')}</span></p>`}${testList(p.tests)}`, testCount(p.tests))}
${section(t('Attached to'), html`${partOf(p.entities, (all) => holders(all, detachLink(p)))}${attachForm(p)}`)}
</div><div>
${section(t('Document'), html`<pre class="source" tabindex="0"><code>${p.policy.document}</code></pre>`)}
${facts([
  [t('ARN'), code(p.policy.arn)],
  [
    t('Versions'),
    html`<ul class="plain">${p.policy.versions.map((one) => html`<li>${one.id} · ${when(one.createdAt)} ${one.isDefault && badge(t('In force'), 'good')}</li>`)}</ul>`,
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
      label: html`<span aria-hidden="true">${t('Detach')}</span><span class="visually-hidden">${t('Detach from {name}', { name })}</span>`,
      denied: undefined,
    })

const attachForm = ({ policy, attach: { target, kind, name, denied } }: Attaching): Html | false =>
  denied === undefined &&
  html`<form class="filter" method="post" action="${target.action}">${tokenField(target.token)}${hidden('arn', policy.arn)}${hidden('do', 'attach')}${choiceField(
    {
      name: 'kind',
      label: t('Attach to a'),
      value: kind,
      options: [
        ['user', t('Person')],
        ['group', t('Group')],
        ['role', t('Role')],
      ],
    },
  )}${namedField({ id: 'attach-name', name: 'name', label: t('Name'), ...name })}<button class="button quiet small" type="submit">${t('Attach')}</button></form>`
