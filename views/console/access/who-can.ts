// Who can do something, with the ways by which they can.
import { type Html, html } from '../../html.ts'
import { marked, withPolicyLinks } from '../frame/ladder.ts'
import { command, heading, type ListLinks, listFoot, section, table } from '../frame/parts.ts'
import { accessTabs } from './access.ts'
import { accessQuestions, type QuestionView } from './picture.ts'

export interface PersonWhoCan {
  readonly name: string
  readonly displayName: string | undefined
  /** Of the picture of their access, with the question. */
  readonly href: string
  readonly ways: readonly { readonly role: string | undefined; readonly why: string }[]
}

export const whoCanPage = (p: {
  readonly question: QuestionView
  readonly problem: string | undefined
  /** Undefined before anything was asked. */
  readonly people: readonly PersonWhoCan[] | undefined
  /** What the list does not have; names in backticks. */
  readonly notes: readonly string[]
  readonly links: ListLinks
  readonly commands: readonly string[]
}): Html => html`${heading({ title: 'Access' })}
${accessTabs('who')}
<p class="sub">The people who can do something, as themselves or as a role that they may become. Disabled people cannot.</p>
${accessQuestions({ here: undefined, values: p.question, problem: p.problem, ask: 'Who can do this?' })}
${p.people && section('People', html`${people(p.people)}${p.notes.map((note) => html`<p class="note">${marked(note)}</p>`)}${listFoot(p.links)}`)}
${p.commands.length > 0 && command(p.commands)}`

const people = (found: readonly PersonWhoCan[]): Html =>
  table(
    'People who can',
    [
      {
        title: 'Person',
        cell: (one) =>
          html`<a class="strong" href="${one.href}">${one.displayName ?? one.name}</a>${one.displayName !== undefined && html`<span class="note reason">${one.name}</span>`}`,
      },
      {
        title: 'How',
        cell: (one) =>
          html`<ul class="plain">${one.ways.map(({ role, why }) => html`<li><span class="strong">${role === undefined ? 'As themselves' : `As the role ${role}`}</span>: ${withPolicyLinks(why)}</li>`)}</ul>`,
      },
    ],
    found,
    'Nobody.',
  )
