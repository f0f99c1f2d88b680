// Settings of the account.
import { type FormTarget, hidden, tokenField } from '../../form.ts'
import { type Html, html } from '../../html.ts'
import { type FieldView, fieldsOf } from '../frame/fields.ts'
import { command, done, heading, problemAlert, section, textOf } from '../frame/parts.ts'
import { t, type Words } from '../message.ts'
import { settingsTabs } from './settings-tabs.ts'

export const settingsPage = (p: {
  readonly denied: string | undefined
  readonly done: Words | undefined
  readonly target: FormTarget
  readonly version: string
  readonly problem: Words | string | undefined
  readonly groups: readonly { readonly title: Words; readonly fields: readonly FieldView[] }[]
  readonly commands: readonly string[]
}): Html => html`${heading({ title: t('Settings') })}
${settingsTabs('sign-in')}
${done(p.done)}
${p.denied !== undefined && html`<p class="empty">${textOf(p.denied)}</p>`}
<form class="stack" method="post" action="${p.target.action}" novalidate>${tokenField(p.target.token)}${hidden('version', p.version)}${problemAlert(p.problem)}
<div class="columns even">${p.groups.map(({ title, fields }) => html`<div>${section(title, html`<div class="stack form-column">${fieldsOf(fields)}</div>`)}</div>`)}</div>
${p.denied === undefined && html`<div class="form-acts"><button class="button primary" type="submit">${t('Save')}</button></div>`}
</form>
${command(p.commands)}`
