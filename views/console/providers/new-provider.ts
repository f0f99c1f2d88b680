// A new identity provider: what it is, and its form.
import { type Html, html } from '../../html.ts'
import { type FormView, formOf } from '../frame/fields.ts'
import { command, heading, section } from '../frame/parts.ts'
import { t, type Words } from '../message.ts'
import { type AddressesView, addressesSection } from './provider.ts'
import { type CheckView, checkedView, newProviderPath } from './providers.ts'

export const providerChoicePage = (
  kinds: readonly { readonly id: string; readonly title: Words }[],
): Html => html`${heading({
  title: t('New provider'),
  crumb: { href: '/console/providers', title: t('Providers') },
  lead: t('With what do people sign in?'),
})}
${section(t('Kind'), html`<ul class="tiles small-tiles">${kinds.map(({ id, title }) => html`<li><a class="tile" href="${newProviderPath}?kind=${id}"><span class="strong">${title}</span></a></li>`)}</ul>`)}`

/** Beside the button that checks and creates. @param label of what is done without a check; undefined: nothing */
export const checkButtons = (label: Words | undefined): Html =>
  html`<button class="button quiet" type="submit" name="do" value="check">${t('Only check')}</button>${label !== undefined && html`<button class="button quiet" type="submit" name="do" value="save">${label}</button>`}`

export const newProviderPage = (p: {
  readonly title: Words
  readonly form: FormView
  readonly checked: CheckView | undefined
  readonly addresses: AddressesView
  /** Where they are entered there. */
  readonly there: Words | undefined
  readonly commands: readonly string[]
}): Html => html`${heading({ title: t('New provider: {kind}', { kind: p.title }), crumb: { href: newProviderPath, title: t('Kind') } })}
${p.checked && checkedView(p.checked)}
${addressesSection(p.addresses, p.there)}
<div class="form-column">${formOf(p.form)}</div>
${command(p.commands)}`
