// Home: the ticks of the first day, what needs somebody, and the latest refusals.
import { type Html, html } from '../../html.ts'
import { type ActivityRow, activityTable } from '../activity/activity.ts'
import { code, heading, section, textOf } from '../frame/parts.ts'
import { sentences, t, type Words } from '../message.ts'
import { type LastDayView, lastDay } from './last-day.ts'

export interface Tick {
  readonly title: Words
  readonly text: Words
  /** Where it is done, and what the button says. */
  readonly href: string
  readonly label: Words
  /** Undefined: the reader may not know. */
  readonly done: boolean | undefined
}

export interface Need {
  readonly title: Words
  readonly text: Words
  /** Where it is mended. */
  readonly href: string
  /** Another link. */
  readonly more?: { readonly href: string; readonly title: Words }
}

export const homePage = (p: {
  readonly name: string
  readonly arn: string
  readonly ticks: readonly Tick[]
  readonly needs: readonly Need[]
  /** Sentences about what may need somebody besides. */
  readonly more: readonly Words[]
  /** How many people, the first by name, were looked at; undefined: all. */
  readonly onlyFirst: number | undefined
  /** Undefined: the reader may not know. */
  readonly lastDay: LastDayView | undefined
  /** Undefined: the reader may not know. */
  readonly refusals: readonly ActivityRow[] | undefined
}): Html => {
  const open = p.ticks.filter(({ done }) => done === false)
  const known = p.ticks.filter(({ done }) => done !== undefined)
  return html`${heading({ title: t('Hello, {name}', { name: p.name }), lead: code(p.arn) })}
${open.length > 0 && section(t('First steps'), html`<ul class="ticks">${known.map(tick)}</ul>`, t('{count} of {all} done', { count: known.length - open.length, all: known.length }))}
${(p.needs.length > 0 || p.onlyFirst !== undefined) && section(t('Needs you'), needsList(p))}
${p.lastDay && section(t('The last 24 hours'), lastDay(p.lastDay), t('Sign-ins, exchanges and what was refused, hour by hour.'))}
${
  p.refusals &&
  section(
    t('Refused in the last 24 hours'),
    html`${activityTable(p.refusals, t('Nothing was refused.'))}<p><a href="/console/activity?outcome=not-done">${t('Everything denied, refused or failed')}</a></p>`,
  )
}`
}

/** Home of somebody who may see no section. */
export const noRightsPage = (p: { readonly name: string; readonly arn: string }): Html =>
  html`${heading({ title: t('No rights in the console'), lead: t('You are signed in as {name}: {arn}', { name: p.name, arn: code(p.arn) }) })}
<p>${t('No policy lets you see people, apps, access or activity. Ask an administrator for the rights that you need.')}</p>
<p><a class="button primary" href="/account">${t('Your account')}</a></p>`

const needsList = (p: {
  readonly needs: readonly Need[]
  readonly more: readonly Words[]
  readonly onlyFirst: number | undefined
}): Html =>
  html`${
    p.needs.length === 0
      ? html`<p class="empty">${t('Nothing was found.')}</p>`
      : html`<ul class="findings">${p.needs.map(({ title, text, href, more }) => html`<li><a class="strong" href="${href}">${title}</a><span class="note reason">${textOf(text)}${more && html` <a href="${more.href}">${more.title}</a>`}</span></li>`)}</ul>`
  }${p.more.length > 0 && html`<p class="note">${sentences(p.more)}</p>`}${p.onlyFirst !== undefined && html`<p class="note">${t('Of the people, only the first {count} by name were looked at for second factors and unused access keys. {people} lists everybody with what they sign in with, and `aws iam generate-credential-report` everybody’s keys with their last use.', { count: p.onlyFirst, people: html`<a href="/console/people">${t('People')}</a>` })}</p>`}`

const tick = (p: Tick): Html =>
  html`<li${p.done === true && html` class="is-done"`}><span class="tick" aria-hidden="true">${p.done === true && '✓'}</span><div class="tick-text"><p class="row-title">${p.title}${p.done === true && html`<span class="visually-hidden">${t(', done')}</span>`}</p>${p.done !== true && html`<p class="note">${p.text}</p>`}</div>${p.done !== true && html`<a class="button primary small" href="${p.href}" aria-label="${t('{what}: {value}', { what: p.label, value: p.title })}">${p.label}</a>`}</li>`
