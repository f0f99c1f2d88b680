// Home: the ticks of the first day, what needs somebody, and the latest refusals.
import { type Html, html } from '../../html.ts'
import { type ActivityRow, activityTable } from '../activity/activity.ts'
import { marked } from '../frame/ladder.ts'
import { heading, section } from '../frame/parts.ts'
import { type BandView, band } from './band.ts'

export interface Tick {
  readonly title: string
  readonly text: string
  /** Where it is done; undefined: not in the console. */
  readonly href?: string
  readonly label?: string
  /** Undefined: the reader may not know. */
  readonly done: boolean | undefined
}

export interface Need {
  readonly title: string
  readonly text: string
  /** Where it is mended. */
  readonly href: string
  /** Another link. */
  readonly more?: { readonly href: string; readonly title: string }
}

export const homePage = (p: {
  readonly name: string
  readonly arn: string
  readonly ticks: readonly Tick[]
  readonly needs: readonly Need[]
  /** Sentences about what may need somebody besides. */
  readonly more: readonly string[]
  /** How many people, the first by name, were looked at; undefined: all. */
  readonly onlyFirst: number | undefined
  /** Undefined: the reader may not know. */
  readonly band: BandView | undefined
  /** Undefined: the reader may not know. */
  readonly refusals: readonly ActivityRow[] | undefined
}): Html => {
  const open = p.ticks.filter(({ done }) => done === false)
  const known = p.ticks.filter(({ done }) => done !== undefined)
  return html`${heading({ title: `Hello, ${p.name}`, lead: html`<code class="break">${p.arn}</code>` })}
${open.length > 0 && section('First steps', html`<ul class="ticks">${known.map(tick)}</ul>`, `${known.length - open.length} of ${known.length} done`)}
${(p.needs.length > 0 || p.onlyFirst !== undefined) && section('Needs you', needsList(p))}
${p.band && section('The last 24 hours', band(p.band), 'Sign-ins, exchanges and what was refused, hour by hour.')}
${
  p.refusals &&
  section(
    'Refused in the last 24 hours',
    html`${activityTable(p.refusals, 'Nothing was refused.')}<p><a href="/console/activity?outcome=not-done">Everything denied, refused or failed</a></p>`,
  )
}`
}

/** Home of somebody who may see no section. */
export const noRightsPage = (p: { readonly name: string; readonly arn: string }): Html =>
  html`${heading({ title: 'No rights in the console', lead: html`You are signed in as ${p.name}: <code class="break">${p.arn}</code>` })}
<p>No policy lets you see people, apps, access or activity. Ask an administrator for the rights that you need.</p>
<p><a class="button primary" href="/account">Your account</a></p>`

const needsList = (p: {
  readonly needs: readonly Need[]
  readonly more: readonly string[]
  readonly onlyFirst: number | undefined
}): Html =>
  html`${
    p.needs.length === 0
      ? html`<p class="empty">Nothing was found.</p>`
      : html`<ul class="findings">${p.needs.map(({ title, text, href, more }) => html`<li><a class="strong" href="${href}">${title}</a><span class="note reason">${marked(text)}${more && html` <a href="${more.href}">${more.title}</a>`}</span></li>`)}</ul>`
  }${p.more.length > 0 && html`<p class="note">${p.more.join(' ')}</p>`}${p.onlyFirst !== undefined && html`<p class="note">Of the people, only the first ${p.onlyFirst} by name were looked at for second factors and unused access keys. <a href="/console/people">People</a> lists everybody with what they sign in with, and <code>aws iam generate-credential-report</code> everybody’s keys with their last use.</p>`}`

const tick = (p: Tick): Html =>
  html`<li${p.done === true && html` class="is-done"`}><span class="tick" aria-hidden="true">${p.done === true && '✓'}</span><div class="tick-text"><p class="row-title">${p.title}${p.done === true && html`<span class="visually-hidden">, done</span>`}</p>${p.done !== true && html`<p class="note">${p.text}</p>`}</div>${p.done !== true && p.href !== undefined && html`<a class="button primary small" href="${p.href}" aria-label="${p.label}: ${p.title}">${p.label}</a>`}</li>`
