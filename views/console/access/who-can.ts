// Who can do something, with the ways by which they can.
import { type Html, html } from '../../html.ts'
import { withPolicyLinks } from '../frame/decision.ts'
import { command, heading, type ListLinks, listFoot, section, table } from '../frame/parts.ts'
import { t, type Words } from '../message.ts'
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
  /** What the list does not have. */
  readonly notes: readonly Words[]
  readonly links: ListLinks
  readonly commands: readonly string[]
}): Html => html`${heading({ title: t('Access') })}
${accessTabs('who')}
<p class="sub">${t('The people who can do something, as themselves or as a role that they may become. Disabled people cannot.')}</p>
${accessQuestions({ here: undefined, values: p.question, problem: p.problem, ask: t('Who can do this?') })}
${p.people && section(t('People'), html`${people(p.people)}${p.notes.map((note) => html`<p class="note">${note}</p>`)}${listFoot(p.links)}`)}
${p.commands.length > 0 && command(p.commands)}`

const people = (found: readonly PersonWhoCan[]): Html =>
  table(
    t('People who can'),
    [
      {
        title: t('Person'),
        cell: (one) =>
          html`<a class="strong" href="${one.href}">${one.displayName ?? one.name}</a>${one.displayName !== undefined && html`<span class="note reason">${one.name}</span>`}`,
      },
      {
        title: t('How'),
        cell: (one) =>
          html`<ul class="plain">${one.ways.map(({ role, why }) => html`<li>${t('{what}: {value}', { what: html`<span class="strong">${role === undefined ? t('As themselves') : t('As the role {role}', { role })}</span>`, value: withPolicyLinks(why) })}</li>`)}</ul>`,
      },
    ],
    found,
    t('Nobody.'),
  )
