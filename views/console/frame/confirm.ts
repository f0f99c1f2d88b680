// The question before an act that ends something: what ends, by name, and one button.
import { type FormTarget, hidden, tokenField } from '../../form.ts'
import { type Fragment, type Html, html } from '../../html.ts'
import { type Crumb, command, heading, problemAlert } from './parts.ts'

export interface Ends {
  readonly browserSessions: number
  /** Names, or which in words. */
  readonly applications: readonly string[] | string
  /** Undefined where none can end. */
  readonly accessKeys?: readonly string[] | undefined
  readonly roleSessions: string
}

export const confirmPage = (p: {
  readonly title: string
  readonly lead: Fragment
  readonly crumb: Crumb
  readonly target: FormTarget
  /** What the reader should see before. */
  readonly review?: Fragment
  /** Hidden fields. */
  readonly hidden?: Readonly<Record<string, string>>
  readonly button: string
  readonly look: 'danger' | 'primary'
  /** Another way to do it: the field `do` has this value. */
  readonly second?: { readonly label: string; readonly value: string }
  readonly ends: Ends | undefined
  readonly problem: string | undefined
  readonly commands: readonly string[]
}): Html => html`${heading({ title: p.title, crumb: p.crumb, lead: p.lead })}
${problemAlert(p.problem)}
${p.ends && endsList(p.ends)}
${p.review}
<form class="form-acts" method="post" action="${p.target.action}">${tokenField(p.target.token)}${Object.entries(p.hidden ?? {}).map(([name, value]) => hidden(name, value))}<button class="button ${p.look}" type="submit">${p.button}</button>${p.second && html`<button class="button quiet" type="submit" name="do" value="${p.second.value}">${p.second.label}</button>`}<a class="button quiet" href="${p.crumb.href}">Cancel</a></form>
${command(p.commands)}`

const endsList = (
  ends: Ends,
): Html => html`<section class="ends" aria-label="What ends"><h2>What ends</h2><ul class="plain">
<li>${ends.browserSessions === 0 ? 'No browser session' : ends.browserSessions === 1 ? 'One browser session' : `${ends.browserSessions} browser sessions`}</li>
<li>${named(ends.applications, 'Access of applications')}</li>
${ends.accessKeys && html`<li>${named(ends.accessKeys, 'Access keys')}</li>`}
<li>Sessions of roles: ${ends.roleSessions}</li>
</ul></section>`

const named = (names: readonly string[] | string, what: string): Html =>
  typeof names === 'string'
    ? html`${what}: ${names}`
    : names.length === 0
      ? html`${what}: none`
      : html`${what}: ${names.map((name, at) => html`${at > 0 && ', '}<code class="break">${name}</code>`)}`
