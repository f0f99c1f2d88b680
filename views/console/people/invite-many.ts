// What became of each of several people who were invited at once.
import { type Html, html } from '../../html.ts'
import { badge, command, heading, table } from '../frame/parts.ts'
import { personPath } from './people.ts'

export const inviteManyPath = '/console/people/invite/many'

/** Below the form that invites one person. */
export const manyLink = html`<p><a href="${inviteManyPath}">Invite several people at once</a></p>`

export interface InvitedRow {
  readonly name: string
  readonly status: 'created' | 'unchanged' | 'failed'
  readonly invited?: boolean | undefined
  readonly errors?: readonly { readonly field: string; readonly message: string }[] | undefined
}

const states = {
  created: { title: 'Created', tone: 'good' },
  unchanged: { title: 'There already', tone: 'neutral' },
  failed: { title: 'Not created', tone: 'bad' },
} as const

export const invitedManyPage = (p: {
  readonly results: readonly InvitedRow[]
  readonly created: number
  readonly unchanged: number
  readonly failed: number
  readonly commands: readonly string[]
}): Html => html`${heading({
  title: 'Invited',
  crumb: { href: '/console/people', title: 'People' },
  lead: `${p.created} created, ${p.unchanged} there already, ${p.failed} not created.`,
})}
${table(
  'Invited people',
  [
    {
      title: 'Name',
      cell: (row) =>
        row.status === 'failed'
          ? html`<span class="strong break">${row.name}</span>`
          : html`<a class="strong break" href="${personPath(row.name)}">${row.name}</a>`,
    },
    { title: 'Result', cell: ({ status }) => badge(states[status].title, states[status].tone) },
    {
      title: 'Next',
      cell: (row) => {
        if (row.status === 'failed')
          return (row.errors ?? []).map(({ field, message }) => `${field} ${message}.`.trim()).join(' ')
        if (row.invited) return 'A link is sent by mail'
        return html`<a href="${personPath(row.name)}/link">Make a one-time link</a>`
      },
    },
  ],
  p.results,
  'Nobody.',
)}
${command(p.commands)}`
