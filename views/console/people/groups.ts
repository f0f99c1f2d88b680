// Groups of people: the list, and one group with its members and policies.
import { type FormTarget, tokenField } from '../../form.ts'
import { type Html, html } from '../../html.ts'
import { type AttachForm, holderPolicies } from '../access/holder-policies.ts'
import { type AroundView, aroundSection } from '../access/picture.ts'
import { nameSegment } from '../frame/name-segment.ts'
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
  stateBadge,
  table,
  textOf,
  when,
} from '../frame/parts.ts'
import { type NamedView, namedField } from '../frame/suggest.ts'
import { t, type Words } from '../message.ts'
import { groupPath, type PersonRow, peopleTabs, personPath, takeOut } from './people.ts'

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
    title: t('Groups'),
    add: { href: '/console/groups/new', label: t('New group') },
    tabs: peopleTabs('groups'),
    filter: filterBar(
      '/console/groups',
      searchField({ name: 'search', label: t('Begins with'), value: p.search, hint: t('Name of a group') }),
    ),
    list: table(
      t('Groups'),
      [
        {
          title: t('Name'),
          cell: (one) =>
            html`<a class="strong" href="${groupPath(one.name)}">${one.displayName ?? one.name}</a>`,
        },
        { title: t('Policies'), cell: (one) => one.policies.map(lastPart).join(', ') || '–' },
        { title: t('Created'), cell: (one) => when(one.createdAt) },
      ],
      p.groups,
      p.search === '' ? t('No groups yet.') : t('No group has such a name.'),
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
  readonly done: Words | undefined
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
    crumb: { href: '/console/groups', title: t('Groups') },
    acts: act({ href: `${base}/delete`, label: t('Delete'), denied: p.deniedDelete, look: 'danger' }),
  })}
${done(p.done)}
${facts([
  [t('ARN'), code(p.group.arn)],
  [t('Created'), when(p.group.createdAt)],
])}
${section(t('Policies'), holderPolicies({ policies: { value: policiesOf(p.group) }, form: p.attach, empty: t('None: its members get no permissions from it.') }))}
${aroundSection(p.access)}
${section(
  t('Members'),
  html`${
    p.deniedAdd === undefined
      ? html`<form class="filter" method="post" action="${p.target.action}">${tokenField(p.target.token)}${namedField({ id: 'person', name: 'person', label: t('Add a person'), ...p.person })}<button class="button quiet small" type="submit">${t('Add')}</button></form>`
      : html`<p class="note">${textOf(p.deniedAdd)}</p>`
  }
${table(
  t('Members'),
  [
    {
      title: t('Name'),
      cell: (one) =>
        html`<a class="strong" href="${personPath(one.name)}">${one.displayName ?? one.name}</a>`,
    },
    { title: t('E-mail'), cell: (one) => one.email ?? '–' },
    { title: t('State'), cell: (one) => stateBadge('person', one.state) },
    {
      title: takeOut(),
      cell: (one) =>
        act({
          href: `${personPath(one.name)}/groups/${nameSegment(p.group.name)}/leave`,
          label: takeOut(one.name),
          denied: p.deniedRemove,
        }),
    },
  ],
  p.members,
  t('Nobody is in this group.'),
)}
${listFoot(p.links)}`,
)}
${command(p.commands)}`
}
