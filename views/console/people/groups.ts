// Groups of people: the list, and one group with its members and policies.
import { type FormTarget, tokenField } from '../../form.ts'
import { type Html, html } from '../../html.ts'
import { type AttachForm, holderPolicies } from '../access/holder-policies.ts'
import { type AroundView, aroundSection } from '../access/picture.ts'
import {
  act,
  code,
  command,
  done,
  facts,
  filterBar,
  heading,
  type ListLinks,
  type ListView,
  listFoot,
  listPage,
  searchField,
  section,
  table,
  when,
} from '../frame/parts.ts'
import { type NamedView, namedField } from '../frame/suggest.ts'
import { groupPath, type PersonRow, peopleTabs, personPath, stateBadge } from './people.ts'

export interface GroupRow {
  readonly name: string
  readonly displayName?: string | undefined
  readonly arn: string
  readonly policies: readonly string[]
  readonly createdAt: string
}

export const groupsPage = (
  p: ListView & {
    readonly groups: readonly GroupRow[]
    readonly search: string
  },
): Html =>
  listPage(p, {
    title: 'Groups',
    add: { href: '/console/groups/new', label: 'New group' },
    tabs: peopleTabs('groups'),
    filter: filterBar(
      '/console/groups',
      searchField({ name: 'search', label: 'Begins with', value: p.search, hint: 'Name of a group' }),
    ),
    list: table(
      'Groups',
      [
        {
          title: 'Name',
          cell: (one) =>
            html`<a class="strong" href="${groupPath(one.name)}">${one.displayName ?? one.name}</a>`,
        },
        { title: 'Policies', cell: (one) => one.policies.map(lastPart).join(', ') || '–' },
        { title: 'Created', cell: (one) => when(one.createdAt) },
      ],
      p.groups,
      p.search === '' ? 'No groups yet.' : 'No group has such a name.',
    ),
  })

const lastPart = (arn: string): string => (arn.startsWith('arn:') ? arn.slice(arn.lastIndexOf('/') + 1) : arn)

const policiesOf = ({ policies }: GroupRow) => {
  const attached = policies.filter((one) => one.startsWith('arn:'))
  return {
    attached: attached.map((arn) => ({ arn, name: lastPart(arn) })),
    inline: policies.filter((one) => !attached.includes(one)),
  }
}

export const groupPage = (p: {
  readonly group: GroupRow
  readonly members: readonly PersonRow[]
  readonly links: ListLinks
  readonly access: AroundView
  readonly done: string | undefined
  /** The group's policies. */
  readonly attach: AttachForm
  /** Of the form that adds a member. */
  readonly target: FormTarget
  readonly person: NamedView
  readonly deniedAdd: string | undefined
  readonly deniedRemove: string | undefined
  readonly deniedDelete: string | undefined
  readonly commands: readonly string[]
}): Html => {
  const base = groupPath(p.group.name)
  return html`${heading({
    title: p.group.displayName ?? p.group.name,
    crumb: { href: '/console/groups', title: 'Groups' },
    acts: act({ href: `${base}/delete`, label: 'Delete', denied: p.deniedDelete, look: 'danger' }),
  })}
${done(p.done)}
${facts([
  ['ARN', code(p.group.arn)],
  ['Created', when(p.group.createdAt)],
])}
${section('Policies', holderPolicies({ policies: { value: policiesOf(p.group) }, form: p.attach, empty: 'None: its members get no permissions from it.' }))}
${aroundSection(p.access)}
${section(
  'Members',
  html`${
    p.deniedAdd === undefined
      ? html`<form class="filter" method="post" action="${p.target.action}">${tokenField(p.target.token)}${namedField({ id: 'person', name: 'person', label: 'Add a person', ...p.person })}<button class="button quiet small" type="submit">Add</button></form>`
      : html`<p class="note">${p.deniedAdd}</p>`
  }
${table(
  'Members',
  [
    {
      title: 'Name',
      cell: (one) =>
        html`<a class="strong" href="${personPath(one.name)}">${one.displayName ?? one.name}</a>`,
    },
    { title: 'E-mail', cell: (one) => one.email ?? '–' },
    { title: 'State', cell: (one) => stateBadge(one.state) },
    {
      title: 'Remove',
      cell: (one) =>
        act({
          href: `${personPath(one.name)}/groups/${encodeURIComponent(p.group.name)}/leave`,
          label: html`Remove<span class="visually-hidden"> ${one.name}</span>`,
          denied: p.deniedRemove,
        }),
    },
  ],
  p.members,
  'Nobody is in this group.',
)}
${listFoot(p.links)}`,
)}
${command(p.commands)}`
}
