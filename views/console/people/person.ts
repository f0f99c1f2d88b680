// One person: the head of their pages, and the profile. person-sign-in.ts has how they sign in.
import { type Html, html } from '../../html.ts'
import { monogram } from '../../marks.ts'
import { type FormView, formOf } from '../frame/fields.ts'
import { code, command, done, facts, stateBadge, tabs, textOf, when } from '../frame/parts.ts'
import { t, type Words } from '../message.ts'
import { groupPath, type PersonRow, personPath } from './people.ts'

export interface PersonView extends PersonRow {
  readonly id: string
  readonly arn: string
  readonly emailVerified: boolean
  readonly createdAt: string
  readonly identities: readonly {
    readonly provider: string
    readonly label: string
    readonly lastUsed: string
  }[]
}

/** What a part of a page shows, or why the reader may not see it. */
export type Part<T> = { readonly value: T } | { readonly denied: string }

export const partOf = <T>(part: Part<T>, show: (value: T) => Html): Html =>
  'value' in part ? show(part.value) : html`<p class="empty">${textOf(part.denied)}</p>`

const pages = [
  ['', t('Profile')],
  ['/sign-in', t('Sign-in')],
  ['/access', t('Access')],
  ['/activity', t('Activity')],
] as const

export const personHead = (person: PersonView, current: string): Html => {
  const base = personPath(person.name)
  const title = person.displayName ?? person.name
  return html`<p class="crumb"><a href="/console/people">${t('People')}</a></p>
<div class="me">${monogram(title)}<div><h1>${title}</h1><p class="sub">${person.name}${person.email !== undefined && html` · ${person.email}`} ${stateBadge('person', person.state)}</p></div></div>
${tabs(
  t('Pages of this person'),
  pages.map(([path, name]) => ({ href: `${base}${path}`, title: name, current: path === current })),
)}`
}

export const personProfilePage = (p: {
  readonly person: PersonView
  readonly done: Words | undefined
  readonly denied: string | undefined
  readonly form: FormView
  readonly commands: readonly string[]
}): Html => html`${personHead(p.person, '')}
${done(p.done)}
<div class="columns"><div class="form-column">${p.denied === undefined ? formOf(p.form) : html`<p class="empty">${textOf(p.denied)}</p>`}</div>
<aside>${facts([
  [t('ARN'), code(p.person.arn)],
  [t('Unique id'), code(p.person.id)],
  [t('Created'), when(p.person.createdAt)],
  [
    t('E-mail address'),
    p.person.email === undefined ? '–' : p.person.emailVerified ? t('Verified') : t('Not verified'),
  ],
  [
    t('Groups'),
    p.person.groups.length === 0
      ? t('None')
      : html`${p.person.groups.map((name, at) => html`${at > 0 && ', '}<a href="${groupPath(name)}">${name}</a>`)}`,
  ],
])}</aside></div>
${command(p.commands)}`
