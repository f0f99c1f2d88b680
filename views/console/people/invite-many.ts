// Several people invited at once: the form, and what became of each.
import { type FormTarget, tokenField } from '../../form.ts'
import { type Html, html } from '../../html.ts'
import { type FieldView, fieldsOf } from '../frame/fields.ts'
import { fileField } from '../frame/file-field.ts'
import { badge, type Column, command, heading, problemAlert, section, table } from '../frame/parts.ts'
import { counted, sentences, t, type Words } from '../message.ts'
import { personPath } from './people.ts'

export const inviteManyPath = '/console/people/invite/many'

/** Below the form that invites one person. */
export const manyLink = html`<p><a href="${inviteManyPath}">${t('Invite several people at once')}</a></p>`

export interface InvitedRow {
  /** Of the file. */
  readonly line?: number
  readonly name: string
  readonly status: 'created' | 'unchanged' | 'failed'
  readonly invited?: boolean | undefined
  /** What is wrong with it, or may be a mistake. */
  readonly problems: readonly Words[]
}

export const inviteManyPage = (p: {
  readonly target: FormTarget
  /** Before and after the file. */
  readonly above: readonly FieldView[]
  readonly below: readonly FieldView[]
  readonly fileProblem: Words | undefined
  readonly problem: Words | string | undefined
  /** Lines of the file that are wrong, because of which nobody was created. */
  readonly wrong: readonly InvitedRow[]
  readonly commands: readonly string[]
}): Html => html`${heading({
  title: t('Invite several people'),
  crumb: { href: '/console/people', title: t('People') },
  lead: t('People who exist already are never changed.'),
})}
${p.wrong.length > 0 && wrongLines(p.wrong)}
<form class="stack form-column" method="post" action="${p.target.action}" enctype="multipart/form-data" novalidate>${tokenField(p.target.token)}${problemAlert(p.problem)}
${fieldsOf(p.above)}${fileField({
  name: 'file',
  label: t('CSV file'),
  note: t(
    'A line with the names of the columns, such as `name,email,display_name,groups`, and one for each person. At most 1 MB and 1,000 people; a larger file is imported with the command `npx chancery people import people.csv`.',
  ),
  accept: '.csv,text/csv',
  problem: p.fileProblem,
})}${fieldsOf(p.below)}
<div class="form-acts"><button class="button primary" type="submit">${t('Invite')}</button></div>
</form>
${command(p.commands)}`

const wrongLines = (rows: readonly InvitedRow[]): Html =>
  html`${problemAlert(
    counted(
      rows.length,
      'One line of the file is wrong, and nobody was created. Correct it and choose the file again.',
      '{count} lines of the file are wrong, and nobody was created. Correct them and choose the file again.',
    ),
  )}${section(t('Lines that are wrong'), rowsTable(t('Lines that are wrong'), rows, [lineColumn, nameColumn, problemColumn]))}`

const rowsTable = (
  caption: Words,
  rows: readonly InvitedRow[],
  columns: readonly Column<InvitedRow>[],
): Html => table(caption, columns, rows, t('Nobody.'))

const states = {
  created: { title: t('Newly created'), tone: 'good' },
  unchanged: { title: t('There already'), tone: 'neutral' },
  failed: { title: t('Not created'), tone: 'bad' },
} as const

const lineColumn: Column<InvitedRow> = { title: t('Line'), cell: ({ line }) => line }
const nameColumn: Column<InvitedRow> = {
  title: t('Name'),
  cell: (row) =>
    row.status === 'failed'
      ? html`<span class="strong break">${row.name}</span>`
      : html`<a class="strong break" href="${personPath(row.name)}">${row.name}</a>`,
}
const problemColumn: Column<InvitedRow> = {
  title: t('What is wrong'),
  cell: ({ problems }) => sentences(problems),
}
const resultColumn: Column<InvitedRow> = {
  title: t('Result'),
  cell: ({ status }) => badge(states[status].title, states[status].tone),
}
const nextColumn: Column<InvitedRow> = {
  title: t('Next'),
  cell: (row) =>
    row.status === 'failed'
      ? sentences(row.problems)
      : html`${row.invited ? t('A link is sent by mail') : html`<a href="${personPath(row.name)}/link">${t('Make a one-time link')}</a>`}${row.problems.length > 0 && html`<span class="note reason">${sentences(row.problems)}</span>`}`,
}

/** What became of each of several people who were invited at once. */
export const invitedManyPage = (p: {
  readonly rows: readonly InvitedRow[]
  readonly commands: readonly string[]
}): Html => {
  const count = (status: InvitedRow['status']) => p.rows.filter((row) => row.status === status).length
  const hasLines = p.rows.some(({ line }) => line !== undefined)
  return html`${heading({
    title: t('Invited'),
    crumb: { href: '/console/people', title: t('People') },
    lead: t('{created} created, {unchanged} there already, {failed} not created.', {
      created: count('created'),
      unchanged: count('unchanged'),
      failed: count('failed'),
    }),
  })}
${rowsTable(t('Invited people'), p.rows, [...(hasLines ? [lineColumn] : []), nameColumn, resultColumn, nextColumn])}
${command(p.commands)}`
}
