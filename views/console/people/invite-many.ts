// What became of each of several people who were invited at once.
import { type Html, html } from '../../html.ts'
import { badge, command, heading, table } from '../frame/parts.ts'
import { sentences, t, type Words } from '../message.ts'
import { personPath } from './people.ts'

export const inviteManyPath = '/console/people/invite/many'

/** Below the form that invites one person. */
export const manyLink = html`<p><a href="${inviteManyPath}">${t('Invite several people at once')}</a></p>`

export interface InvitedRow {
  readonly name: string
  readonly status: 'created' | 'unchanged' | 'failed'
  readonly invited?: boolean | undefined
  /** What is wrong with it. */
  readonly errors: readonly Words[]
}

const states = {
  created: { title: t('Newly created'), tone: 'good' },
  unchanged: { title: t('There already'), tone: 'neutral' },
  failed: { title: t('Not created'), tone: 'bad' },
} as const

export const invitedManyPage = (p: {
  readonly results: readonly InvitedRow[]
  readonly created: number
  readonly unchanged: number
  readonly failed: number
  readonly commands: readonly string[]
}): Html => html`${heading({
  title: t('Invited'),
  crumb: { href: '/console/people', title: t('People') },
  lead: t('{created} created, {unchanged} there already, {failed} not created.', {
    created: p.created,
    unchanged: p.unchanged,
    failed: p.failed,
  }),
})}
${table(
  t('Invited people'),
  [
    {
      title: t('Name'),
      cell: (row) =>
        row.status === 'failed'
          ? html`<span class="strong break">${row.name}</span>`
          : html`<a class="strong break" href="${personPath(row.name)}">${row.name}</a>`,
    },
    { title: t('Result'), cell: ({ status }) => badge(states[status].title, states[status].tone) },
    {
      title: t('Next'),
      cell: (row) => {
        if (row.status === 'failed') return sentences(row.errors)
        if (row.invited) return t('A link is sent by mail')
        return html`<a href="${personPath(row.name)}/link">${t('Make a one-time link')}</a>`
      },
    },
  ],
  p.results,
  t('Nobody.'),
)}
${command(p.commands)}`
