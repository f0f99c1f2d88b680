// The keys with which this server signs, on a line of time for each use and algorithm.
import { type FormTarget, tokenField } from '../../form.ts'
import { type Html, html } from '../../html.ts'
import { act, command, done, heading, type ListLinks, listFoot, when } from '../frame/parts.ts'
import { known, t, type Words } from '../message.ts'
import { type KeyRow, keyLegend, keyLine, spanOf, type TimeSpan } from './key-line.ts'
import { settingsTabs } from './settings-tabs.ts'

export interface KeyUseView {
  readonly use: string
  /** Why its keys may not be rotated. */
  readonly denied: string | undefined
}

/** What keys sign, by their use. */
const titles: ReadonlyMap<string, Words> = new Map([
  ['token', t('ID tokens, access tokens and role sessions')],
  ['session-secret', t('Secret access keys of role sessions')],
  ['ticket', t('Sign-ins in progress and cursors of lists')],
  ['cookie', t('Browser sessions')],
  ['audit', t('The audit trail')],
  ['outbound', t('Tokens for other services')],
])

export const keysPage = (p: {
  /** Of each use and algorithm from the oldest to the newest. */
  readonly keys: readonly KeyRow[]
  readonly links: ListLinks
  readonly uses: readonly KeyUseView[]
  /** ISO 8601. */
  readonly now: string
  readonly done: Words | undefined
  readonly commands: readonly string[]
}): Html => {
  const span = spanOf(p.keys, Date.parse(p.now))
  return html`${heading({ title: t('Settings') })}
${settingsTabs('keys')}
${done(p.done)}
<p class="sub">${t('Keys rotate by themselves. The next one is published before it signs, and a former one verifies until the last thing that it signed has ended.')}</p>
${keyLegend()}
${p.uses.map((use) =>
  useSection(
    use,
    p.keys.filter((key) => key.use === use.use),
    span,
  ),
)}
${listFoot(p.links)}
${command(p.commands)}`
}

/** Nothing for a use that has no keys yet. */
const useSection = ({ use, denied }: KeyUseView, keys: readonly KeyRow[], span: TimeSpan): Html | false => {
  const algorithms = [...new Set(keys.map(({ algorithm }) => algorithm))]
  const next = keys.find(({ state }) => state === 'next')
  return (
    keys.length > 0 &&
    html`<section class="part key-use" aria-labelledby="use-${use}"><div class="head"><div class="head-text"><h2 id="use-${use}">${titles.get(use) ?? use}</h2><p class="note">${use}${next && html` · ${t('rotates on {date}', { date: when(next.activeAt) })}`}</p></div><div class="head-acts">${act({ href: `/console/settings/keys/rotate?use=${encodeURIComponent(use)}`, label: html`<span aria-hidden="true">${t('Rotate')}</span><span class="visually-hidden">${t('Rotate the {use} keys', { use })}</span>`, denied })}</div></div>
${algorithms.map(
  (algorithm) =>
    html`<div class="key-lane"><h3>${algorithm}</h3>${keyLine(
      keys.filter((key) => key.algorithm === algorithm),
      span,
    )}</div>`,
)}</section>`
  )
}

export const rotatePage = (p: {
  readonly use: string
  readonly target: FormTarget
  /** What ends when all earlier keys end at once. */
  readonly endsNow: string
  readonly commands: readonly string[]
}): Html => html`${heading({
  title: t('Rotate the {use} keys?', { use: p.use }),
  crumb: { href: '/console/settings/keys', title: t('Keys') },
  lead: t('The next key signs from now on. What earlier keys signed is valid until it expires.'),
})}
<form class="form-acts" method="post" action="${p.target.action}">${tokenField(p.target.token)}<input type="hidden" name="use" value="${p.use}"><button class="button primary" type="submit" name="do" value="rotate">${t('Rotate')}</button><a class="button quiet" href="/console/settings/keys">${t('Cancel')}</a></form>
<section class="ends"><h2>${t('When a key has leaked')}</h2><p>${t('All earlier keys end at once. What ends with them: {what}.', { what: known(p.endsNow) })}</p>
<form class="form-acts" method="post" action="${p.target.action}">${tokenField(p.target.token)}<input type="hidden" name="use" value="${p.use}"><button class="button danger" type="submit" name="do" value="replace">${t('End all earlier keys now')}</button></form></section>
${command(p.commands)}`
