// The question before an act that ends something: what ends, by name, and one button.
import { type FormTarget, hidden, tokenField } from '../../form.ts'
import { type Fragment, type Html, html } from '../../html.ts'
import { counted, t, type Words } from '../message.ts'
import { type Crumb, command, heading, problemAlert, textOf } from './parts.ts'

export interface Ends {
  readonly browserSessions: number
  /** Names, or which in words. */
  readonly applications: readonly string[] | Words | string
  /** Undefined where none can end. */
  readonly accessKeys?: readonly string[] | undefined
  readonly roleSessions: Words | string
}

export const confirmPage = (p: {
  readonly title: Words
  readonly lead: Fragment
  readonly crumb: Crumb
  readonly target: FormTarget
  /** What the reader should see before. */
  readonly review?: Fragment
  /** Hidden fields. */
  readonly hidden?: Readonly<Record<string, string>>
  readonly button: Words
  readonly look: 'danger' | 'primary'
  /** Another way to do it: the field `do` has this value. */
  readonly second?: { readonly label: Words; readonly value: string }
  readonly ends: Ends | undefined
  readonly problem: Words | string | undefined
  readonly commands: readonly string[]
}): Html => html`${heading({ title: p.title, crumb: p.crumb, lead: p.lead })}
${problemAlert(p.problem)}
${p.ends && endsList(p.ends)}
${p.review}
<form class="form-acts" method="post" action="${p.target.action}">${tokenField(p.target.token)}${Object.entries(p.hidden ?? {}).map(([name, value]) => hidden(name, value))}<button class="button ${p.look}" type="submit">${p.button}</button>${p.second && html`<button class="button quiet" type="submit" name="do" value="${p.second.value}">${p.second.label}</button>`}<a class="button quiet" href="${p.crumb.href}">${t('Cancel')}</a></form>
${command(p.commands)}`

const endsList = (
  ends: Ends,
): Html => html`<section class="ends" aria-label="${t('What ends')}"><h2>${t('What ends')}</h2><ul class="plain">
<li>${ends.browserSessions === 0 ? t('No browser session') : counted(ends.browserSessions, 'One browser session', '{count} browser sessions')}</li>
<li>${named(ends.applications, t('Access of applications'))}</li>
${ends.accessKeys && html`<li>${named(ends.accessKeys, t('Access keys'))}</li>`}
<li>${named(ends.roleSessions, t('Sessions of roles'))}</li>
</ul></section>`

const named = (names: readonly string[] | Words | string, what: Words): Html =>
  !isList(names)
    ? html`${t('{what}: {value}', { what, value: textOf(names) })}`
    : names.length === 0
      ? html`${t('{what}: none', { what })}`
      : html`${t('{what}: {value}', { what, value: names.map((name, at) => html`${at > 0 && ', '}<code class="break">${name}</code>`) })}`

const isList = (names: readonly string[] | Words | string): names is readonly string[] => Array.isArray(names)
