// A new identity provider: what it is, and its form.
import { type Html, html } from '../../html.ts'
import { type FormView, formOf } from '../frame/fields.ts'
import { command, heading, section } from '../frame/parts.ts'
import { type AddressesView, addressesSection } from './provider.ts'
import { type CheckView, checkedView, newProviderPath } from './providers.ts'

export const providerChoicePage = (
  kinds: readonly { readonly id: string; readonly title: string }[],
): Html => html`${heading({
  title: 'New provider',
  crumb: { href: '/console/providers', title: 'Providers' },
  lead: 'With what do people sign in?',
})}
${section('What it is', html`<ul class="tiles small-tiles">${kinds.map(({ id, title }) => html`<li><a class="tile" href="${newProviderPath}?kind=${id}"><span class="strong">${title}</span></a></li>`)}</ul>`)}`

/** Beside the button that checks and creates. @param label of what is done without a check; undefined: nothing */
export const checkButtons = (label: string | undefined): Html =>
  html`<button class="button quiet" type="submit" name="do" value="check">Only check</button>${label !== undefined && html`<button class="button quiet" type="submit" name="do" value="save">${label}</button>`}`

export const newProviderPage = (p: {
  readonly title: string
  readonly form: FormView
  readonly checked: CheckView | undefined
  readonly addresses: AddressesView
  readonly there: string
  readonly commands: readonly string[]
}): Html => html`${heading({ title: `New provider: ${p.title}`, crumb: { href: newProviderPath, title: 'What it is' } })}
${p.checked && checkedView(p.checked)}
${addressesSection(p.addresses, p.there)}
<div class="form-column">${formOf(p.form)}</div>
${command(p.commands)}`
