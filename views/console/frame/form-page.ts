// A page with one form.
import { type Fragment, type Html, html } from '../../html.ts'
import type { Words } from '../message.ts'
import { type FormView, formOf } from './fields.ts'
import { type Crumb, command, heading } from './parts.ts'

export const formPage = (p: {
  readonly crumb: Crumb
  readonly title: Words
  readonly lead?: Fragment
  readonly form: FormView
  /** Below the form. */
  readonly after?: Fragment
  readonly commands: readonly string[]
}): Html => html`${heading({ title: p.title, crumb: p.crumb, ...(p.lead !== undefined && { lead: p.lead }) })}
<div class="form-column">${formOf(p.form)}</div>
${p.after}
${p.commands.length > 0 && command(p.commands)}`
